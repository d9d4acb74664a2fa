package mail_test

import (
	"context"
	"errors"
	"os"
	"path/filepath"
	"runtime"
	"slices"
	"testing"
	"time"

	"github.com/stormkeep/stormkeep/core/mail"
	"github.com/stormkeep/stormkeep/core/mail/mailtest"
)

func files(t *testing.T, dir string) (names []string) {
	t.Helper()
	all, err := os.ReadDir(dir)
	if err != nil {
		t.Fatal(err)
	}
	for _, e := range all {
		names = append(names, e.Name())
	}
	return names
}

func TestMailsAreKeptAsFiles(t *testing.T) {
	f := &mail.Folder{Dir: filepath.Join(t.TempDir(), "a", "mail")}
	where, err := f.Send(t.Context(), letter())
	if err != nil {
		t.Fatal(err)
	}
	if want := filepath.Join(f.Dir, "20261122T120000.000Z-0f1e-2d3c.1.eml"); where != want {
		t.Errorf("kept at %s, want %s", where, want)
	}
	raw, err := os.ReadFile(where)
	if err != nil {
		t.Fatal(err)
	}
	if got, err := mailtest.Parse(raw); err != nil || got.Text != letter().Text {
		t.Errorf("%v\n%s", err, raw)
	}
	if runtime.GOOS == "windows" {
		return
	}
	for path, want := range map[string]os.FileMode{where: 0o600, f.Dir: 0o700} {
		if i, err := os.Stat(path); err != nil || i.Mode().Perm() != want {
			t.Errorf("%s: %v, %v", path, i.Mode(), err)
		}
	}
}

func TestAMailKeptTwiceIsOneFile(t *testing.T) {
	f := &mail.Folder{Dir: t.TempDir()}
	first, err := f.Send(t.Context(), letter())
	second, again := f.Send(t.Context(), letter())
	if err != nil || again != nil || first != second || len(files(t, f.Dir)) != 1 {
		t.Errorf("%s, %v; %s, %v", first, err, second, again)
	}
}

func TestTheNewestMailsAreKept(t *testing.T) {
	f := &mail.Folder{Dir: t.TempDir(), Keep: 3}
	for _, name := range []string{"notes.txt", "123.unready"} {
		if err := os.WriteFile(filepath.Join(f.Dir, name), nil, 0o600); err != nil {
			t.Fatal(err)
		}
	}
	for _, n := range []int{2, 5, 1, 4, 3} { // not in the order of their dates
		if _, err := f.Send(t.Context(), with(func(m *mail.Message) { m.Date = noon.Add(time.Duration(n) * time.Second) })); err != nil {
			t.Fatal(err)
		}
	}
	want := []string{"20261122T120003.000Z-0f1e-2d3c.1.eml", "20261122T120004.000Z-0f1e-2d3c.1.eml", "20261122T120005.000Z-0f1e-2d3c.1.eml", "notes.txt"}
	if got := files(t, f.Dir); !slices.Equal(got, want) {
		t.Errorf("%q", got)
	}
}

func TestNothingIsKeptOfWhatIsNotSent(t *testing.T) {
	f := &mail.Folder{Dir: t.TempDir()}
	if _, err := f.Send(t.Context(), with(func(m *mail.Message) { m.ID = "../../x" })); !errors.Is(err, mail.ErrRefused) {
		t.Error(err)
	}
	ctx, cancel := context.WithCancel(t.Context())
	cancel()
	if _, err := f.Send(ctx, letter()); !errors.Is(err, context.Canceled) {
		t.Error(err)
	}
	if got := files(t, f.Dir); len(got) != 0 {
		t.Errorf("%q", got)
	}
	blocked := &mail.Folder{Dir: filepath.Join(f.Dir, "file")}
	if err := os.WriteFile(blocked.Dir, nil, 0o600); err != nil {
		t.Fatal(err)
	}
	if _, err := blocked.Send(t.Context(), letter()); err == nil || errors.Is(err, mail.ErrRefused) {
		t.Error(err)
	}
	if err := f.Close(); err != nil {
		t.Error(err)
	}
}
