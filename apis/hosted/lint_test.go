package hosted

import (
	"strings"
	"testing"

	"golang.org/x/net/html"

	"github.com/stormkeep/stormkeep/ui"
)

// tried are pages by whose message templates are tried.
func tried(t testing.TB) *Pages {
	p, err := New(ui.Pages, ui.Assets)
	if err != nil {
		t.Fatal(err)
	}
	p.Samples = func(string) map[string][]any {
		return map[string][]any{"message": {Notice{Title: "Title", Text: "Text"}, Notice{Title: "T", Text: "javascript:alert(1)", More: "//evil.example", Code: "c"}}}
	}
	return p
}

func TestATemplateMayOnlyDoWhatAPageMay(t *testing.T) {
	p := tried(t)
	for source, says := range map[string]string{
		`<main><h1>{{.Data.Title}}</h1>{{with .Data.More}}<p class="hint">{{.}}</p>{{end}}</main>`: "",
		`{{template "mark" .}}<a href="https://shop.example/help">{{t "foot.support"}}</a>`:        "",
		`<svg viewBox="0 0 1 1"><path d="M0 0"/></svg><br><!-- a comment -->`:                      "",
		`<p {{if .Data.More}}class="a"{{else}}class="b"{{end}}>a</p>`:                              "",
		"<p>\n<script>alert(1)</script>":                                                           `line 2: the element "script"`,
		"<p style=\"x\">":                                                                          `line 1: the attribute "style"`,
		"\n\n<p\nonclick=x>":                                                                       `line 3: the attribute "onclick"`,
		`<p {{if .Data.More}}onclick="x"{{end}}>`:                                                  `the attribute "onclick"`,
		`<style>a{}</style>`:                                                                       `the element "style"`,
		`<iframe src="/">`:                                                                         `the element "iframe"`, `<object>`: `"object"`, `<embed>`: `"embed"`, `<base href="/">`: `"base"`,
		`<meta http-equiv="refresh" content="0">`: `"meta"`, `<link rel="stylesheet">`: `"link"`,
		`<svg><use href="#a"/></svg>`: `"use"`, `<svg><script/></svg>`: `"script"`, `<svg><a href="javascript:x">`: "leads elsewhere",
		`<img src="https://evil.example/a.png">`: "loads what is not ours", `<img src="/assets/../v1">`: "loads what is not ours", `<img src="/assets/a.svg" srcset="x">`: `"srcset"`,
		`<a href="javascript:alert(1)">`: "leads elsewhere", `<a href=" javascript:alert(1)">`: "has a space", "<a href=\"java\nscript:x\">": "has a space",
		`<a href="//evil.example">`: "leads elsewhere", `<a href="/\evil.example">`: "a backslash", `<a href="https:evil">`: "leads elsewhere", `<a href="http://a.example">`: "leads elsewhere",
		`<a href="{{.Data.Text}}">a</a>`: "leads elsewhere", `<a href="{{.Data.More}}">a</a>`: "leads elsewhere", `<a href="https://{{.Data.More}}">`: "leads elsewhere",
		`<form action="https://evil.example" method="post">`: "leads elsewhere", `<form method="post" action="/x"></form>`: "this page has no form",
		`<button formaction="https://evil.example">`: `"formaction"`, `<input type="image" src="/a">`: "the type image",
		`<p data-send>`: `"data-send"`, `<a data-go href="/">`: `"data-go"`, `<p nonce="x">`: `"nonce"`, `<p>{{.Nonce}}</p>`: "line 1: the nonce is for the head alone",
		`<p>{{$.Nonce}}</p>`: "the nonce", "<p>\n{{.Data.Zebra}}": "line 2: ", `{{zebra}}`: `line 1: function "zebra" not defined`, `{{printf "%1000000d" 1}}`: "not defined",
		`{{define "head"}}{{end}}`: "defines no others", `{{block "x" .}}{{end}}`: "defines no others", `{{end}}`: "line 1: unexpected {{end}}", `{{if}}`: "line 1: missing value",
		`{{template "head" .}}`: `no part "head"`, `{{template "body" .}}`: `no part "body"`, `{{template "zebra" .}}`: `no part "zebra"`,
		`{{range 1000000000}}{{end}}`: "nothing is counted", `{{$n := 1000000000}}{{range $n}}{{end}}`: "nothing is counted", `{{with 9}}{{range .}}{{end}}{{end}}`: "nothing is counted",
		`<p`: "a tag does not end", `<!doctype html>`: "is no comment", `<?xml?>`: "is no comment", `<!-- a --!> <script> -->`: "",
		`<textarea>`: `"textarea"`, `<math>`: `"math"`, `<noscript>`: `"noscript"`, `<a href="/" HREF="javascript:x">a</a>`: "",
		strings.Repeat("a", 300<<10): "262144",
	} {
		got := p.TemplateProblem("message", source)
		if says == "" && strings.HasPrefix(source, "<!-- a --!>") {
			if got == "" {
				t.Error("what a browser reads as the end of a comment")
			}
			continue
		}
		if !strings.Contains(got, says) || (got == "") != (says == "") {
			t.Errorf("%s\n\t%q, want %q", short(source), got, says)
		}
	}
	if got := p.TemplateProblem("setup", ""); got == "" {
		t.Error("the page of the setup is taken")
	}
}

func short(s string) string { return s[:min(len(s), 200)] }

// A template that passes makes nothing but what pages may have, as browsers read it, and
// not as a tokenizer does.
func FuzzATemplateThatPassesMakesOnlyWhatPagesMay(f *testing.F) {
	p := tried(f)
	for _, seed := range []string{`<p>{{.Data.Title}}</p>`, `<svg><path d="M0"/></svg>`, `<p {{if .Data.More}}hidden{{end}}>`, `<a href="/{{.Data.Text}}">a</a>`, `<!-- a --!><script>`, `<select><option>a`, `<svg><p><b>`, `<table><p>`} {
		f.Add(seed)
	}
	f.Fuzz(func(t *testing.T, source string) {
		if p.TemplateProblem("message", source) != "" {
			return
		}
		tmpl, err := p.override(p.Locale(), "message", source)
		if err != nil {
			t.Fatal(err)
		}
		for _, data := range p.Samples("Application")["message"] {
			var out bounded
			if err := tmpl.ExecuteTemplate(&out, "body", shown{Data: data}); err != nil {
				continue // it is ours that is shown
			}
			doc, err := html.Parse(strings.NewReader("<!doctype html><body>" + out.String()))
			if err != nil {
				t.Fatal(err)
			}
			for n := range doc.Descendants() {
				if n.Type != html.ElementNode {
					continue
				}
				switch n.Data {
				case "html", "head", "body":
					if len(n.Attr) > 0 {
						t.Errorf("%q makes %v", source, n)
					}
					continue
				case "script", "style", "iframe", "object", "embed", "base", "meta", "link", "use", "form":
					t.Errorf("%q makes %s", source, n.Data)
				}
				for _, a := range n.Attr {
					value := strings.TrimLeft(strings.ToLower(a.Val), "\x00\t\n\f\r ")
					if strings.HasPrefix(a.Key, "on") || a.Key == "style" || a.Key == "nonce" || a.Key == "formaction" || a.Key == "srcset" ||
						(a.Key == "href" || a.Key == "src" || a.Key == "action") && (strings.HasPrefix(value, "javascript:") || strings.HasPrefix(value, "//") || strings.HasPrefix(value, "data:")) {
						t.Errorf("%q makes %s=%q", source, a.Key, a.Val)
					}
				}
			}
		}
	})
}
