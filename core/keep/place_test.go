package keep

import (
	"errors"
	"io"
	"io/fs"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"testing"
	"time"
)

func TestPlacesAreReadAsTheyAreWritten(t *testing.T) {
	wd, err := os.Getwd()
	must(t, err)
	for _, c := range []struct{ to, place, name string }{
		{"/mnt/backups", "/mnt/backups", ""},
		{"backups/", filepath.Join(wd, "backups"), ""},
		{"/mnt/one.age", "/mnt", "one.age"},
		{"s3://bucket", "s3://bucket/", ""},
		{"s3://bucket/a/b", "s3://bucket/a/b/", ""},
		{"s3://bucket/a/b/", "s3://bucket/a/b/", ""},
		{"s3://bucket/a/one.age", "s3://bucket/a/", "one.age"},
	} {
		p, name, err := ParsePlace(c.to, Bucket{})
		if err != nil || p.String() != c.place || name != c.name {
			t.Errorf("%s is %v, %q, %v", c.to, p, name, err)
		}
	}
	for _, to := range []string{"", "s3://", "s3:///x"} {
		if _, _, err := ParsePlace(to, Bucket{}); err == nil {
			t.Errorf("%q is taken", to)
		}
	}
}

func TestAFolderKeepsWholeFilesAndWritesNothingOver(t *testing.T) {
	holdPlace(t, Directory(filepath.Join(t.TempDir(), "made", "on", "the", "way")))
}

// holdPlace holds a place to what is promised of all.
func holdPlace(t *testing.T, p Place) {
	t.Helper()
	ctx := t.Context()
	if names, err := p.Names(ctx); err != nil || len(names) > 0 {
		t.Errorf("an empty place has %v, %v", names, err)
	}
	one, two := nameOf(time.UnixMilli(1e12)), nameOf(time.UnixMilli(2e12))
	for _, name := range []string{two, one, "other.txt"} {
		must(t, p.Put(ctx, name, strings.NewReader("hello"), 5))
	}
	if err := p.Put(ctx, one, strings.NewReader("again"), 5); !errors.Is(err, fs.ErrExist) {
		t.Errorf("written over: %v", err)
	}
	if err := p.Put(ctx, "short.age", io.LimitReader(strings.NewReader("hello"), 3), 5); err == nil {
		t.Error("half a file is kept")
	}
	names, err := p.Names(ctx)
	if want := []string{one, two}; err != nil || !slices.Equal(names, want) {
		t.Errorf("%v, %v; want %v", names, err, want)
	}
	sum, size, err := Sum(ctx, p, one)
	if want := "2cf24dba5fb0a30e26e83b2ac5b9e29e1b161e5c1fa7425e73043362938b9824"; err != nil || sum != want || size != 5 {
		t.Errorf("%s, %d, %v", sum, size, err)
	}
	must(t, p.Remove(ctx, one))
	for _, name := range []string{one, "short.age"} {
		if _, err := p.Open(ctx, name); !errors.Is(err, fs.ErrNotExist) {
			t.Errorf("%s: %v, want that it is not there", name, err)
		}
	}
}

func TestNamesSayWhenTheirDataWereCopied(t *testing.T) {
	at := time.Date(2026, 11, 22, 3, 0, 0, 123e6, time.UTC)
	if got, ok := timeOf(nameOf(at)); !ok || !got.Equal(at) {
		t.Errorf("%s is of %v, %v", nameOf(at), got, ok)
	}
	for _, name := range []string{"", "x.age", "stormkeep-20261122.age", "stormkeep-20269922T030000.123Z.age", nameOf(at) + ".part"} {
		if _, ok := timeOf(name); ok {
			t.Errorf("%q is a backup's name", name)
		}
	}
}
