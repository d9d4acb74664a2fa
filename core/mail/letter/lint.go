package letter

import (
	"errors"
	"fmt"
	"io"
	"slices"
	"strings"

	"golang.org/x/net/html"
)

// Problem is what is wrong with a text. Serious ones keep it from being used.
type Problem struct {
	Part    string `json:"part"` // "subject", "textBody", "htmlBody"
	Line    int    `json:"line"` // where it stands, 0 where it is no single place
	Serious bool   `json:"serious"`
	NoLink  bool   `json:"-"` // it must lead somewhere, and does not
	Says    string `json:"says"`
}

// Lint tells what is wrong with a text. A part of one that must lead somewhere needs
// a macro for the link. known are the names that macros may have, or begin with and a
// dot.
func (t Text) Lint(leads bool, known []string) (all []Problem) {
	bad := func(part, format string, args ...any) {
		all = append(all, Problem{Part: part, Serious: true, Says: fmt.Sprintf(format, args...)})
	}
	if strings.TrimSpace(t.Subject) == "" {
		bad("subject", "There is no subject.")
	}
	if t.Plain == "" && t.HTML == "" {
		bad("textBody", "There is no text.")
	}
	for _, part := range []struct{ name, text string }{{"subject", t.Subject}, {"textBody", t.Plain}, {"htmlBody", t.HTML}} {
		if len(part.text) > maxMail/2 {
			bad(part.name, "It is longer than %d bytes.", maxMail/2)
			continue
		}
		if part.name != "subject" && part.text != "" && leads && !linked(part.text) {
			all = append(all, Problem{Part: part.name, Serious: true, NoLink: true,
				Says: "It has none of $!{url}, $!{sptoken} and $!{sptokenNameValuePair}: nobody could follow it."})
		}
		for _, m := range macro.FindAllStringSubmatchIndex(part.text, -1) {
			name := part.text[m[4]:m[5]]
			if !slices.ContainsFunc(known, func(k string) bool { return name == k || strings.HasPrefix(name, k+".") }) {
				all = append(all, Problem{Part: part.name, Line: 1 + strings.Count(part.text[:m[0]], "\n"), Says: fmt.Sprintf("%s is no macro that is known.", part.text[m[0]:m[1]])})
			}
		}
	}
	if t.Plain == "" && t.HTML != "" {
		all = append(all, Problem{Part: "textBody", Says: "There is no plain text: who reads mails without HTML sees nothing."})
	}
	if t.HTML != "" && len(t.HTML) <= maxMail/2 {
		all = append(all, lintHTML(t.HTML)...)
	}
	return all
}

func linked(text string) bool {
	for _, m := range macro.FindAllStringSubmatch(text, -1) {
		if slices.Contains(linkMacros, m[2]) {
			return true
		}
	}
	return false
}

// lintHTML refuses what a mail must not do, with the line where it stands.
func lintHTML(text string) (all []Problem) {
	lineNo := 1
	bad := func(format string, args ...any) {
		all = append(all, Problem{Part: "htmlBody", Line: lineNo, Serious: true, Says: fmt.Sprintf("Line %d: ", lineNo) + fmt.Sprintf(format, args...)})
	}
	z := html.NewTokenizer(strings.NewReader(text))
	for {
		kind := z.Next()
		raw := string(z.Raw())
		if kind == html.ErrorToken {
			if err := z.Err(); !errors.Is(err, io.EOF) {
				bad("%v", err)
			}
			break
		}
		if kind == html.StartTagToken || kind == html.SelfClosingTagToken {
			tok := z.Token()
			switch tok.Data {
			case "script", "iframe", "object", "embed", "form", "input", "button", "base", "link", "svg", "math":
				bad("<%s> has no place in a mail.", tok.Data)
			}
			for _, a := range tok.Attr {
				value := strings.ToLower(strings.Join(strings.Fields(a.Val), ""))
				switch {
				case strings.HasPrefix(a.Key, "on"):
					bad("%s: there is no script in mails.", a.Key)
				case slices.Contains([]string{"href", "src", "action", "background"}, a.Key) && (strings.HasPrefix(value, "javascript:") || strings.HasPrefix(value, "data:") || strings.HasPrefix(value, "vbscript:")):
					bad("%s leads to neither http, https nor mailto.", a.Key)
				}
			}
		}
		lineNo += strings.Count(raw, "\n")
	}
	if page, err := parse(text); err != nil {
		all = append(all, Problem{Part: "htmlBody", Serious: true, Says: err.Error()})
	} else if err := page.Execute(io.Discard, data{func(string) (string, bool) { return "x", true }}); err != nil {
		all = append(all, Problem{Part: "htmlBody", Serious: true, Says: "The HTML is not well formed: " + err.Error()})
	}
	return all
}
