package hosted

import (
	"strings"
	"testing"
)

func TestAPreviewIsThePageThatATemplateMakes(t *testing.T) {
	p := tried(t)
	for name, c := range map[string]struct {
		page, source string
		sample       int
		shows, wrong string
	}{
		"the first sample":          {"message", "<main>{{.Data.Title}}</main>", 0, "<main>Title</main>", ""},
		"another":                   {"message", "<main>{{.Data.Title}}</main>", 1, "<main>T</main>", ""},
		"one that is not there":     {"message", "<main>{{.Data.Title}}</main>", 9, "<main>T</main>", ""},
		"one before all":            {"message", "<main>{{.Data.Title}}</main>", -1, "<main>Title</main>", ""},
		"with our head":             {"message", "<main></main>", 0, "<!doctype html>", ""},
		"refused":                   {"message", "<main>\n<script></script></main>", 0, "", "line 2"},
		"no template":               {"message", "<main>{{", 0, "", "line 1"},
		"nothing":                   {"message", " \n", 0, "", "no source"},
		"no page of which there is": {"setup", "<main></main>", 0, "", "no such page"},
	} {
		html, problem := p.Preview(Visit{}, "Application", c.page, c.source, c.sample)
		if !strings.Contains(string(html), c.shows) || c.wrong == "" && problem != "" || !strings.Contains(problem, c.wrong) || c.wrong != "" && html != nil {
			t.Errorf("%s: %q\n%s", name, problem, html)
		}
	}
}
