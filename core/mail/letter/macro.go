package letter

import (
	"fmt"
	"html/template"
	"regexp"
	"strings"
	"unicode/utf8"
)

// A macro names what is put in its place, "${account.givenName}"; with a "!" it
// leaves nothing where there is nothing to put, without one it stays as it is (spec
// 15).
var macro = regexp.MustCompile(`\$(!?)\{([A-Za-z][A-Za-z0-9_.-]{0,200})\}`)

// The macros of which a mail that leads somewhere must keep one.
var linkMacros = []string{"url", "sptoken", "sptokenNameValuePair"}

// The bounds of what is put into a mail, and of a mail.
const (
	maxValue = 2000      // characters
	maxMail  = 256 << 10 // bytes
)

// Values finds what a macro of that name stands for, false if for nothing.
type Values func(name string) (string, bool)

// Render puts values into a text. In HTML they are escaped as their place asks for;
// a link that leads to anything but http, https or mailto is taken out.
func (t Text) Render(v Values) (Text, error) {
	out := Text{Subject: line(fill(t.Subject, v)), Plain: fill(unescape(t.Plain), v)}
	if t.HTML != "" {
		page, err := parse(t.HTML)
		if err != nil {
			return Text{}, err
		}
		var b limited
		if err := page.Execute(&b, data{v}); err != nil {
			return Text{}, fmt.Errorf("HTML of the mail: %w", err)
		}
		out.HTML = b.String()
	}
	if len(out.Plain) > maxMail {
		return Text{}, errTooLong
	}
	return out, nil
}

// fill is Render of plain text.
func fill(text string, v Values) string {
	return macro.ReplaceAllStringFunc(text, func(m string) string {
		part := macro.FindStringSubmatch(m)
		return put(v, part[2], part[1] == "!")
	})
}

func put(v Values, name string, quiet bool) string {
	s, ok := v(name)
	switch {
	case ok:
		return cut(s)
	case quiet:
		return ""
	}
	return "${" + name + "}"
}

// cut bounds a value, and takes out what ends a line or controls a terminal.
func cut(s string) string {
	s = strings.Map(func(r rune) rune {
		if r < ' ' && r != '\t' || r == 0x7f || r == utf8.RuneError || r >= 0x80 && r < 0xa0 || r == 0x2028 || r == 0x2029 {
			return ' '
		}
		return r
	}, s)
	n := 0
	for i := range s {
		if n++; n > maxValue {
			return s[:i] + "…"
		}
	}
	return s
}

// line is a text on one line.
func line(s string) string { return strings.Join(strings.Fields(s), " ") }

// data is what the HTML of a mail is executed on.
type data struct{ values Values }

// Put is what a macro stands for.
func (d data) Put(name string, quiet bool) any {
	s := put(d.values, name, quiet)
	for _, link := range linkMacros {
		if name == link {
			return template.URL(s) //nolint:gosec // our own: the operator's base and our token
		}
	}
	return s
}

// parse makes a page of HTML with macros; everything but they is text to it.
func parse(text string) (*template.Template, error) {
	var b strings.Builder
	text = unescape(text)
	at := 0
	for _, m := range macro.FindAllStringSubmatchIndex(text, -1) {
		b.WriteString(inert.Replace(text[at:m[0]]))
		fmt.Fprintf(&b, "{{.Put %q %t}}", text[m[4]:m[5]], m[3] > m[2])
		at = m[1]
	}
	b.WriteString(inert.Replace(text[at:]))
	page, err := template.New("mail").Parse(b.String())
	if err != nil {
		return nil, fmt.Errorf("HTML of the mail: %w", err)
	}
	return page, nil
}

var inert = strings.NewReplacer("{{", `{{"{{"}}`)

// unescape reads the escapes of Java that bodies may have (spec 15).
func unescape(s string) string {
	if !strings.Contains(s, `\`) {
		return s
	}
	return javaEscapes.Replace(s)
}

var javaEscapes = strings.NewReplacer(`\\`, `\`, `\n`, "\n", `\r`, "", `\t`, "\t", `\"`, `"`, `\'`, `'`)

// limited is a buffer that takes no more than a mail.
type limited struct{ strings.Builder }

var errTooLong = fmt.Errorf("the mail would be longer than %d bytes", maxMail)

// Write adds to the mail.
func (l *limited) Write(b []byte) (int, error) {
	if l.Len()+len(b) > maxMail {
		return 0, errTooLong
	}
	return l.Builder.Write(b)
}
