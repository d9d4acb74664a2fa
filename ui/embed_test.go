package ui_test

import (
	"bytes"
	"compress/gzip"
	"io"
	"io/fs"
	"os"
	"regexp"
	"strings"
	"testing"

	"github.com/andybalholm/brotli"
	"github.com/stormkeep/stormkeep/ui"
)

func TestEveryPageOfTheHandbookHasATitleAndLinksThatLead(t *testing.T) {
	pages, err := fs.Glob(ui.Docs, "docs/*.md")
	if err != nil || len(pages) == 0 {
		t.Fatalf("pages = %v, %v", pages, err)
	}
	link := regexp.MustCompile(`\]\(([a-z-]+\.md)`)
	for _, page := range pages {
		b, err := fs.ReadFile(ui.Docs, page)
		if err != nil {
			t.Fatal(err)
		}
		if len(b) < 2 || string(b[:2]) != "# " {
			t.Errorf("%s has no title", page)
		}
		for _, m := range link.FindAllSubmatch(b, -1) {
			if _, err := fs.Stat(ui.Docs, "docs/"+string(m[1])); err != nil {
				t.Errorf("%s links to %s, which is not there", page, m[1])
			}
		}
	}
}

func TestTheConsoleLoadsOnlyWhatIsThereAndHashed(t *testing.T) {
	index, err := fs.ReadFile(ui.Dist, "dist/index.html")
	if err != nil {
		t.Fatal(err)
	}
	links := regexp.MustCompile(`(?:src|href)="([^"]+)"`).FindAllSubmatch(index, -1)
	if len(links) == 0 {
		t.Fatalf("index.html loads nothing:\n%s", index)
	}
	hashed := regexp.MustCompile(`^/console/(assets/[A-Za-z0-9_]+-[A-Za-z0-9_-]{8}\.(js|css|svg))$`)
	for _, link := range links {
		m := hashed.FindSubmatch(link[1])
		if m == nil {
			t.Errorf("index.html loads %s, which is no hashed file of /console/assets", link[1])
			continue
		}
		if files, err := fs.Glob(ui.Dist, "dist/"+string(m[1])+"*"); err != nil || len(files) == 0 {
			t.Errorf("%s is not there: %v", m[1], err)
		}
	}
	for _, inline := range []string{"<style", " style=", "<script>", " onload="} {
		if strings.Contains(string(index), inline) {
			t.Errorf("index.html has %q, which the content security policy forbids", inline)
		}
	}
}

// TestBothPackedFormsHoldTheSameFile unpacks them as browsers do.
func TestBothPackedFormsHoldTheSameFile(t *testing.T) {
	unpacked := func(name string, unpack func(io.Reader) (io.Reader, error)) []byte {
		t.Helper()
		packed, err := fs.ReadFile(ui.Dist, name)
		if err != nil {
			t.Fatal(err)
		}
		r, err := unpack(bytes.NewReader(packed))
		if err != nil {
			t.Fatal(err)
		}
		b, err := io.ReadAll(r)
		if err != nil {
			t.Fatalf("%s: %v", name, err)
		}
		return b
	}
	packed, err := fs.Glob(ui.Dist, "dist/assets/*.gz")
	if err != nil || len(packed) == 0 {
		t.Fatalf("packed = %v, %v", packed, err)
	}
	for _, name := range packed {
		gz := unpacked(name, func(r io.Reader) (io.Reader, error) { return gzip.NewReader(r) })
		br := unpacked(strings.TrimSuffix(name, ".gz")+".br", func(r io.Reader) (io.Reader, error) { return brotli.NewReader(r), nil })
		if len(gz) < 1024 || !bytes.Equal(gz, br) {
			t.Errorf("%s holds %d bytes, its .br %d others", name, len(gz), len(br))
		}
	}
}

// TestTheConsoleIsSmall holds it to its budgets: 3 MB in all, and 150 kB of packed
// script before the first page shows.
func TestTheConsoleIsSmall(t *testing.T) {
	var all, first int64
	index, err := fs.ReadFile(ui.Dist, "dist/index.html")
	if err != nil {
		t.Fatal(err)
	}
	err = fs.WalkDir(ui.Dist, "dist", func(path string, d fs.DirEntry, err error) error {
		if err != nil || d.IsDir() {
			return err
		}
		info, err := d.Info()
		if err != nil {
			return err
		}
		all += info.Size()
		if name, ok := strings.CutSuffix(d.Name(), ".js.gz"); ok && strings.Contains(string(index), name) {
			first += info.Size()
		}
		return nil
	})
	if err != nil {
		t.Fatal(err)
	}
	if all > 3_000_000 || first == 0 || first > 150_000 {
		t.Errorf("the console is %d bytes, its first script %d packed; it may be 3,000,000 and 150,000", all, first)
	}
}

// TestBothStylesHaveTheSameColours compares what stands twice, since the server's own
// pages load nothing of the console's.
func TestBothStylesHaveTheSameColours(t *testing.T) {
	colour := regexp.MustCompile(`(--[a-z0-9-]+): (light-dark\(#.+?\)|#[0-9a-f]+);`)
	tokens := func(css []byte) map[string]string {
		all := map[string]string{}
		for _, m := range colour.FindAllSubmatch(css, -1) {
			all[string(m[1])] = string(m[2])
		}
		return all
	}
	console, err := os.ReadFile("src/style/tokens.css")
	if err != nil {
		t.Fatal(err)
	}
	hosted, err := fs.ReadFile(ui.Assets, "assets/hosted.css")
	if err != nil {
		t.Fatal(err)
	}
	want, got := tokens(console), tokens(hosted)
	if len(got) < 20 {
		t.Fatalf("hosted.css has %d colours", len(got))
	}
	for name, value := range got {
		plain := strings.TrimSuffix(strings.TrimPrefix(want[name], "light-dark("+value+", "), ")")
		if want[name] != value && plain != value {
			t.Errorf("%s is %s in hosted.css and %q in tokens.css", name, value, want[name])
		}
	}
}
