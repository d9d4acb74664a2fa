package ui_test

import (
	"io/fs"
	"regexp"
	"testing"

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
