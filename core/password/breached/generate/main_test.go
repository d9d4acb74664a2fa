package main

import (
	"archive/tar"
	"bytes"
	"compress/gzip"
	"os"
	"path/filepath"
	"strings"
	"testing"

	"github.com/bits-and-blooms/bloom/v3"
)

// archive is a package with one file.
func archive(t *testing.T, name, text string) string {
	t.Helper()
	var b bytes.Buffer
	z := gzip.NewWriter(&b)
	w := tar.NewWriter(z)
	if err := w.WriteHeader(&tar.Header{Name: name, Size: int64(len(text)), Mode: 0o644}); err != nil {
		t.Fatal(err)
	}
	if _, err := w.Write([]byte(text)); err != nil {
		t.Fatal(err)
	}
	w.Close()
	z.Close()
	file := filepath.Join(t.TempDir(), "words.tgz")
	if err := os.WriteFile(file, b.Bytes(), 0o600); err != nil {
		t.Fatal(err)
	}
	return file
}

func TestAnArchiveBecomesTheSameListEachTime(t *testing.T) {
	from := archive(t, "package/src/passwords.json", `["one","two!"]`)
	var lists [2][]byte
	for i := range lists {
		to := filepath.Join(t.TempDir(), "list")
		if err := run(from, to); err != nil {
			t.Fatal(err)
		}
		var err error
		if lists[i], err = os.ReadFile(to); err != nil {
			t.Fatal(err)
		}
	}
	if !bytes.Equal(lists[0], lists[1]) {
		t.Error("two lists of one archive differ")
	}
	var f bloom.BloomFilter
	if _, err := f.ReadFrom(bytes.NewReader(lists[0])); err != nil || !f.TestString("one") || !f.TestString("two!") || f.TestString("three") {
		t.Errorf("%v", err)
	}
}

func TestWhatIsNoWordListIsRefused(t *testing.T) {
	for _, row := range []struct{ name, file, text, want string }{
		{"another file", "package/other.json", `[]`, "it holds no"},
		{"no JSON", "package/src/passwords.json", `one`, "invalid character"},
		{"a capital", "package/src/passwords.json", `["One"]`, "is not folded"},
		{"a letter beyond ASCII", "package/src/passwords.json", `["onä"]`, "is not folded"},
	} {
		err := run(archive(t, row.file, row.text), filepath.Join(t.TempDir(), "list"))
		if err == nil || !strings.Contains(err.Error(), row.want) {
			t.Errorf("%s: %v, want %q", row.name, err, row.want)
		}
	}
}
