package letter

import (
	"strings"
	"testing"
)

func TestLintTellsWhatIsWrong(t *testing.T) {
	good := Text{Subject: "S", Plain: "$!{url}", HTML: `<a href="$!{url}">x</a>`}
	for name, c := range map[string]struct {
		change  func(*Text)
		says    string
		serious bool
	}{
		"nothing":          {func(*Text) {}, "", false},
		"no subject":       {func(x *Text) { x.Subject = " " }, "no subject", true},
		"no text":          {func(x *Text) { x.Plain, x.HTML = "", "" }, "no text", true},
		"no link":          {func(x *Text) { x.Plain = "Hello" }, "nobody could follow", true},
		"no link in HTML":  {func(x *Text) { x.HTML = "Hello" }, "nobody could follow", true},
		"another link":     {func(x *Text) { x.Plain = "https://x.example/#$!{sptoken}" }, "", false},
		"unknown macro":    {func(x *Text) { x.Plain += "${acount.email}" }, "no macro", false},
		"known macro":      {func(x *Text) { x.Plain += "${account.customData.a.b}" }, "", false},
		"script":           {func(x *Text) { x.HTML += "\n\n<script>x</script>" }, "Line 3: <script>", true},
		"handler":          {func(x *Text) { x.HTML += `<p onclick="x">` }, "onclick", true},
		"javascript":       {func(x *Text) { x.HTML += `<a href="java script:x">` }, "href leads", true},
		"form":             {func(x *Text) { x.HTML += `<form action="https://x.example">` }, "<form>", true},
		"template":         {func(x *Text) { x.HTML += `{{.Put "url"}} {{define "x"}}` }, "", false},
		"unended":          {func(x *Text) { x.HTML += `<a href="$!{url}` }, "not well formed", true},
		"far too long":     {func(x *Text) { x.Plain += strings.Repeat("x", 200_000) }, "longer", true},
		"far too long too": {func(x *Text) { x.HTML += strings.Repeat("<b>", 100_000) }, "longer", true},
	} {
		text := good
		c.change(&text)
		got, serious := "", false
		for _, p := range text.Lint(true, []string{"account", "url", "sptoken"}) {
			got += p.Part + ": " + p.Says + "\n"
			serious = serious || p.Serious
		}
		if (got == "") != (c.says == "") || !strings.Contains(got, c.says) || serious != c.serious {
			t.Errorf("%s: %q, serious %t", name, got, serious)
		}
	}
}
