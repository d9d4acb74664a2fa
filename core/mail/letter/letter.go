// Package letter is the texts of mails: those that the server comes with, and the
// macros by which texts of any origin name what is put into them.
package letter

import (
	"embed"
	"fmt"
	"html"
	"io/fs"
	"slices"
	"strings"
)

//go:embed texts
var texts embed.FS

// Text is a mail as it is written down: with macros in it, or with what they stand
// for.
type Text struct {
	Subject string
	Plain   string
	HTML    string
}

// Locales are the languages that every default text is there in.
func Locales() []string { return []string{"en", "de"} }

// Default is the text of that name that the server comes with, in the language that
// a locale such as "de-AT" falls back to, and that language. It is an error if there is none of
// the name.
func Default(name, locale string) (Text, string, error) {
	language := Fallback(locale, Locales())
	b, err := fs.ReadFile(texts, "texts/"+name+"."+language+".txt")
	if err != nil {
		return Text{}, "", fmt.Errorf("there is no mail text %q", name)
	}
	layout, err := fs.ReadFile(texts, "texts/layout.html")
	if err != nil {
		return Text{}, "", err
	}
	return compose(string(b), string(layout), language), language, nil
}

// Fallback is which of the locales one falls back to: "de-AT" to "de-AT", then to
// "de", then to the first.
func Fallback(locale string, there []string) string {
	locale = strings.ReplaceAll(strings.ToLower(locale), "_", "-")
	for locale != "" {
		if i := slices.IndexFunc(there, func(s string) bool { return strings.EqualFold(s, locale) }); i >= 0 {
			return there[i]
		}
		cut := strings.LastIndexByte(locale, '-')
		if cut < 0 {
			break
		}
		locale = locale[:cut]
	}
	return there[0]
}

// compose makes the parts of a mail from their one source: paragraphs, of which one
// that begins with "[label]" is a link with that label.
func compose(source, layout, language string) Text {
	head, body, _ := strings.Cut(strings.TrimSpace(source), "\n")
	t := Text{Subject: strings.TrimSpace(strings.TrimPrefix(head, "Subject:"))}
	var plain, rich []string
	for _, p := range strings.Split(strings.TrimSpace(body), "\n\n") {
		if label, link, ok := strings.Cut(strings.TrimPrefix(p, "["), "] "); ok && strings.HasPrefix(p, "[") {
			plain = append(plain, label+":\n"+link)
			rich = append(rich, button(html.EscapeString(label), link))
			continue
		}
		plain = append(plain, p)
		rich = append(rich, `<p style="margin:0 0 16px;">`+html.EscapeString(p)+"</p>\n")
	}
	t.Plain = strings.Join(plain, "\n\n") + "\n"
	t.HTML = strings.NewReplacer("LOCALE", language, "SUBJECT", html.EscapeString(t.Subject), "BODY", strings.Join(rich, "")).Replace(layout)
	return t
}

func button(label, link string) string {
	return `<p style="margin:24px 0;"><a href="` + link + `" style="display:inline-block;padding:12px 20px;border-radius:8px;background-color:#006793;color:#ffffff;font-weight:600;text-decoration:none;">` + label + "</a></p>\n" +
		`<p style="margin:0 0 16px;font-size:13px;line-height:18px;color:#5d6675;word-break:break-all;">` + link + "</p>\n"
}
