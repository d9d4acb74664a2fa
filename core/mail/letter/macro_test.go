package letter

import (
	"strings"
	"testing"
)

func TestMacrosAreFilledIn(t *testing.T) {
	v := values(map[string]string{"account.givenName": "Ann", "url": "https://id.example.com/passwordReset?a=1&sptoken=T-_",
		"sptokenNameValuePair": "sptoken=T-_", "evil": "<b>\r\nBcc: x@y.example", "empty": "", "hasMacro": "${url}", "tmpl": "{{.Values}}"})
	for _, c := range []struct{ text, plain, html string }{
		{"Hi ${account.givenName}!", "Hi Ann!", "Hi Ann!"},
		{"Hi $!{account.surname}!", "Hi !", "Hi !"},
		{"Hi ${account.surname}!", "Hi ${account.surname}!", "Hi ${account.surname}!"},
		{"${empty}.", ".", "."},
		{"${evil}", "<b>  Bcc: x@y.example", "&lt;b&gt;  Bcc: x@y.example"},
		{"$!{url}", "https://id.example.com/passwordReset?a=1&sptoken=T-_", "https://id.example.com/passwordReset?a=1&amp;sptoken=T-_"},
		{`<a href="$!{url}">`, `<a href="https://id.example.com/passwordReset?a=1&sptoken=T-_">`, `<a href="https://id.example.com/passwordReset?a=1&amp;sptoken=T-_">`},
		{`<a href="https://x.example/?$!{sptokenNameValuePair}">`, `<a href="https://x.example/?sptoken=T-_">`, `<a href="https://x.example/?sptoken=T-_">`},
		{"${hasMacro}", "${url}", "${url}"},
		{"{{.Values}} ${tmpl}", "{{.Values}} {{.Values}}", "{{.Values}} {{.Values}}"},
		{`one\ntwo\tthree\\n`, "one\ntwo\tthree\\n", "one\ntwo\tthree\\n"},
		{"$${url", "$${url", "$${url"},
		{"${}${1}$!{.x}", "${}${1}$!{.x}", "${}${1}$!{.x}"},
	} {
		out, err := Text{Subject: c.text, Plain: c.text, HTML: c.text}.Render(v)
		if err != nil || out.Plain != c.plain || out.HTML != c.html {
			t.Errorf("%s: plain %q, HTML %q, %v", c.text, out.Plain, out.HTML, err)
		}
		if strings.ContainsAny(out.Subject, "\r\n") {
			t.Errorf("%s: subject %q", c.text, out.Subject)
		}
	}
}

func TestNoValueLeadsAwayOrRunsScript(t *testing.T) {
	v := values(map[string]string{"x": `javascript:alert(1)`, "q": `" onclick="alert(1)`})
	for text, never := range map[string]string{
		`<a href="${x}">`:         "javascript:alert",
		`<a title="${q}">`:        `onclick="alert`,
		`<p style="color:${q}">`:  "alert",
		`<a href="https:/${q}">x`: `" onclick`,
	} {
		out, err := Text{HTML: text}.Render(v)
		if err != nil || strings.Contains(out.HTML, never) {
			t.Errorf("%s: %q, %v", text, out.HTML, err)
		}
	}
}

func TestAMailIsBounded(t *testing.T) {
	long := values(map[string]string{"x": strings.Repeat("é", 100_000)})
	out, err := Text{Subject: "${x}", Plain: "${x}", HTML: "${x}"}.Render(long)
	if err != nil || len([]rune(out.Plain)) != maxValue+1 || len([]rune(out.HTML)) != maxValue+1 {
		t.Errorf("%d, %v", len(out.Plain), err)
	}
	for _, text := range []Text{{Plain: strings.Repeat("${x}", 200)}, {HTML: strings.Repeat("${x}", 200)}} {
		if _, err := text.Render(long); err == nil {
			t.Error("a mail of a megabyte was made")
		}
	}
}

func FuzzRender(f *testing.F) {
	f.Add("Hi ${account.givenName}", "Ann")
	f.Add(`<a href="$!{url}">x</a> {{.}} \n`, `javascript:x"`)
	f.Fuzz(func(t *testing.T, text, value string) {
		tt := Text{Subject: text, Plain: text, HTML: text}
		problems := tt.Lint(true, []string{"account"})
		out, err := tt.Render(func(string) (string, bool) { return value, true })
		if err == nil && strings.ContainsAny(out.Subject, "\r\n") {
			t.Errorf("subject %q", out.Subject)
		}
		serious := false
		for _, p := range problems {
			serious = serious || p.Serious
		}
		if err != nil && !serious && len(value) < 1000 && len(text) < 1000 {
			t.Errorf("%q lints clean and does not render: %v", text, err)
		}
	})
}
