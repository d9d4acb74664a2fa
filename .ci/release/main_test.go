package main

import (
	"archive/tar"
	"archive/zip"
	"compress/gzip"
	"context"
	"encoding/json"
	"errors"
	"fmt"
	"io"
	"os"
	"os/exec"
	"path/filepath"
	"runtime"
	"slices"
	"strings"
	"testing"
	"time"
)

// clone is a copy of the project's commit in a folder of its own.
func clone(t *testing.T, name string) string {
	t.Helper()
	dir := filepath.Join(t.TempDir(), name)
	if out, err := exec.Command("git", "clone", "--quiet", "../..", dir).CombinedOutput(); err != nil {
		t.Fatalf("%v: %s", err, out)
	}
	return dir
}

func read(t *testing.T, path string) string {
	t.Helper()
	b, err := os.ReadFile(path)
	if err != nil {
		t.Fatal(err)
	}
	return string(b)
}

func TestAReleaseIsTheSameWhereverItIsBuilt(t *testing.T) {
	only := runtime.GOOS + "_" + runtime.GOARCH
	var sums []string
	var first string
	for _, name := range []string{"a", "elsewhere"} {
		root := clone(t, name)
		out := filepath.Join(t.TempDir(), "dist")
		if err := release(context.Background(), root, out, only); err != nil {
			t.Fatal(err)
		}
		sums = append(sums, read(t, filepath.Join(out, "SHA256SUMS")))
		first = out
	}
	if sums[0] != sums[1] {
		t.Errorf("from two folders:\n%s\n%s", sums[0], sums[1])
	}
	if n := strings.Count(sums[0], "\n"); n != 3 {
		t.Errorf("%d files, want an executable, its SBOM and an archive:\n%s", n, sums[0])
	}
	binary := filepath.Join(first, only, target{runtime.GOOS, ""}.binary())
	out, err := exec.Command(binary, "version").Output()
	commit, _ := exec.Command("git", "rev-parse", "--short=12", "HEAD").Output()
	if err != nil || !strings.Contains(string(out), strings.TrimSpace(string(commit))) || strings.Contains(string(out), "changed") {
		t.Errorf("it says %q, %v; want the commit %s", out, err, commit)
	}
	boms, err := filepath.Glob(filepath.Join(first, "*.cdx.json"))
	if err != nil || len(boms) != 1 {
		t.Fatal(boms, err)
	}
	var bom struct {
		SpecVersion string
		Components  []struct{ Name, Version, Purl string }
	}
	if err := json.Unmarshal([]byte(read(t, boms[0])), &bom); err != nil {
		t.Fatal(err)
	}
	names := map[string]bool{}
	for _, c := range bom.Components {
		names[c.Name] = c.Version != "" && strings.HasPrefix(c.Purl, "pkg:golang/"+c.Name+"@")
	}
	if bom.SpecVersion != "1.6" || !names["go.etcd.io/bbolt"] || !names["std"] || names["github.com/rogpeppe/go-internal"] {
		t.Errorf("the SBOM of version %s names %v", bom.SpecVersion, names)
	}
}

func TestWhatIsNotCommittedIsNotReleased(t *testing.T) {
	root := clone(t, "changed")
	if err := os.WriteFile(filepath.Join(root, "new.go"), []byte("package main\n"), 0o600); err != nil {
		t.Fatal(err)
	}
	err := release(context.Background(), root, filepath.Join(t.TempDir(), "dist"), "")
	if err == nil || !strings.Contains(err.Error(), "new.go") {
		t.Errorf("release = %v", err)
	}
	if err := release(context.Background(), clone(t, "same"), filepath.Join(t.TempDir(), "dist"), "plan9_mips"); err == nil {
		t.Error("a target that is none was built")
	}
}

func TestArchivesHoldFilesWithTheirModes(t *testing.T) {
	dir := t.TempDir()
	when := "2026-11-22T00:00:00Z"
	if err := os.WriteFile(filepath.Join(dir, "f"), []byte("text"), 0o600); err != nil {
		t.Fatal(err)
	}
	files := []file{{filepath.Join(dir, "f"), "stormkeep", 0o755}, {filepath.Join(dir, "f"), "LICENSE", 0o644}}
	stamp := parse(t, when)
	tgz, zipped := filepath.Join(dir, "a.tar.gz"), filepath.Join(dir, "a.zip")
	if err := errors.Join(packTar(tgz, files, stamp), packZip(zipped, files, stamp)); err != nil {
		t.Fatal(err)
	}
	want := []string{"stormkeep 755 text", "LICENSE 644 text"}
	f, err := os.Open(tgz)
	if err != nil {
		t.Fatal(err)
	}
	defer f.Close()
	z, err := gzip.NewReader(f)
	if err != nil {
		t.Fatal(err)
	}
	var got []string
	for r := tar.NewReader(z); ; {
		h, err := r.Next()
		if err == io.EOF {
			break
		}
		if err != nil {
			t.Fatal(err)
		}
		b, _ := io.ReadAll(r)
		got = append(got, entry(h.Name, h.FileInfo().Mode(), b))
		if !h.ModTime.Equal(stamp) || h.Uname != "" || h.Uid != 0 {
			t.Errorf("%+v", h)
		}
	}
	if !slices.Equal(got, want) {
		t.Errorf("tar: %q", got)
	}
	r, err := zip.OpenReader(zipped)
	if err != nil {
		t.Fatal(err)
	}
	defer r.Close()
	got = nil
	for _, f := range r.File {
		in, err := f.Open()
		if err != nil {
			t.Fatal(err)
		}
		b, _ := io.ReadAll(in)
		got = append(got, entry(f.Name, f.Mode(), b))
	}
	if !slices.Equal(got, want) {
		t.Errorf("zip: %q", got)
	}
}

func entry(name string, mode os.FileMode, b []byte) string {
	return fmt.Sprintf("%s %o %s", name, mode.Perm(), b)
}

func parse(t *testing.T, stamp string) time.Time {
	t.Helper()
	when, err := time.Parse(time.RFC3339, stamp)
	if err != nil {
		t.Fatal(err)
	}
	return when
}
