package mail_test

import (
	"bytes"
	"errors"
	"fmt"
	"maps"
	netmail "net/mail"
	"slices"
	"strings"
	"testing"
	"time"

	"github.com/stormkeep/stormkeep/core/mail"
	"github.com/stormkeep/stormkeep/core/mail/mailtest"
)

var noon = time.Date(2026, 11, 22, 12, 0, 0, 0, time.UTC)

// letter is a message with everything.
func letter() *mail.Message {
	return &mail.Message{
		ID: "0f1e-2d3c.1", From: mail.Address{Name: "Storm & Keep", Addr: "no-reply@keep.example"}, To: mail.Address{Name: "Ann Lee", Addr: "ann@example.com"},
		ReplyTo: mail.Address{Addr: "help@keep.example"}, Subject: "Grüße, Ann", Text: "Hallo Ännchen\nhttps://keep.example/verify?a=1&lt=2\n.\n",
		HTML: `<p>Hallo <a href="https://keep.example/verify?a=1&amp;lt=2">Ännchen</a></p>`, Date: noon, Locale: "de-AT", Auto: true,
		Unsubscribe: "https://keep.example/stop?t=abc",
	}
}

func with(change func(*mail.Message)) *mail.Message {
	m := letter()
	change(m)
	return m
}

func composed(t testing.TB, m *mail.Message) mailtest.Mail {
	t.Helper()
	raw, err := mail.Compose(m)
	if err != nil {
		t.Fatal(err)
	}
	got, err := mailtest.Parse(raw)
	if err != nil {
		t.Fatalf("%v in\n%s", err, raw)
	}
	return got
}

func TestAMessageIsComposedWhole(t *testing.T) {
	m := letter()
	got := composed(t, m)
	if got.Subject != m.Subject || got.Text != m.Text || got.HTML != m.HTML {
		t.Errorf("%q\n%q\n%q", got.Subject, got.Text, got.HTML)
	}
	for name, want := range map[string]string{
		"From": `"Storm & Keep" <no-reply@keep.example>`, "To": `"Ann Lee" <ann@example.com>`, "Reply-To": "<help@keep.example>",
		"Message-Id": "<0f1e-2d3c.1@keep.example>", "Date": "Sun, 22 Nov 2026 12:00:00 +0000", "Mime-Version": "1.0",
		"Auto-Submitted": "auto-generated", "X-Auto-Response-Suppress": "All", "Content-Language": "de-AT",
		"List-Unsubscribe": "<https://keep.example/stop?t=abc>", "List-Unsubscribe-Post": "List-Unsubscribe=One-Click",
	} {
		if v := got.Header.Get(name); v != want {
			t.Errorf("%s: %q, want %q", name, v, want)
		}
	}
	if kind := got.Header.Get("Content-Type"); !strings.HasPrefix(kind, "multipart/alternative;") {
		t.Error(kind)
	}
	if want := []string{"https://keep.example/verify?a=1&lt=2"}; !slices.Equal(got.Links, want) {
		t.Errorf("links %q", got.Links)
	}
	if i := bytes.IndexFunc(got.Raw, func(r rune) bool { return r >= 0x80 }); i >= 0 {
		t.Errorf("a server without 8BITMIME cannot take %q", got.Raw[i:])
	}
}

func TestHeadersAreThereWhereTheyAreDue(t *testing.T) {
	for _, c := range []struct {
		name   string
		change func(*mail.Message)
		want   map[string]string // "" for none
	}{
		{"text alone", func(m *mail.Message) { m.HTML = "" }, map[string]string{"Content-Type": "text/plain; charset=UTF-8"}},
		{"HTML alone", func(m *mail.Message) { m.Text = "" }, map[string]string{"Content-Type": "text/html; charset=UTF-8"}},
		{"no reply", func(m *mail.Message) { m.ReplyTo = mail.Address{} }, map[string]string{"Reply-To": ""}},
		{"written by a person", func(m *mail.Message) { m.Auto = false }, map[string]string{"Auto-Submitted": "", "X-Auto-Response-Suppress": ""}},
		{"nothing to unsubscribe from", func(m *mail.Message) { m.Unsubscribe = "" }, map[string]string{"List-Unsubscribe": "", "List-Unsubscribe-Post": ""}},
		{"no https", func(m *mail.Message) { m.Unsubscribe = "http://127.0.0.1:8080/stop" },
			map[string]string{"List-Unsubscribe": "<http://127.0.0.1:8080/stop>", "List-Unsubscribe-Post": ""}},
		{"no language", func(m *mail.Message) { m.Locale = "" }, map[string]string{"Content-Language": ""}},
		{"what is no language", func(m *mail.Message) { m.Locale = "de\r\nBcc: eve@example.com" }, map[string]string{"Content-Language": "", "Bcc": ""}},
		{"a domain of another script", func(m *mail.Message) { m.To.Addr, m.From.Addr = "ann@bücher.example", "x@münchen.example" },
			map[string]string{"To": `"Ann Lee" <ann@xn--bcher-kva.example>`, "Message-Id": "<0f1e-2d3c.1@xn--mnchen-3ya.example>"}},
		{"a name of another script", func(m *mail.Message) { m.To.Name = "Ännchen" }, map[string]string{"To": "=?utf-8?q?=C3=84nnchen?= <ann@example.com>"}},
	} {
		t.Run(c.name, func(t *testing.T) {
			got := composed(t, with(c.change))
			for name, want := range c.want {
				if v := got.Header.Get(name); v != want {
					t.Errorf("%s: %q, want %q", name, v, want)
				}
			}
		})
	}
}

func TestTheSameMessageGivesTheSameBytes(t *testing.T) {
	first, err := mail.Compose(letter())
	if err != nil {
		t.Fatal(err)
	}
	for range 20 { // maps are walked in any order
		if again, _ := mail.Compose(letter()); !bytes.Equal(first, again) {
			t.Fatalf("%s\n%s", first, again)
		}
	}
	other, _ := mail.Compose(with(func(m *mail.Message) { m.Text += "x" }))
	of := func(b []byte) string { _, s, _ := strings.Cut(string(b), "boundary="); return s[:20] }
	if of(first) == of(other) {
		t.Error("a boundary can be known before the text is written")
	}
}

func TestWhatCannotBeComposedIsRefused(t *testing.T) {
	for name, change := range map[string]func(*mail.Message){
		"no id":                func(m *mail.Message) { m.ID = "" },
		"a header in the id":   func(m *mail.Message) { m.ID = "x>\r\nBcc: eve@example.com\r\nX: <" },
		"a path in the id":     func(m *mail.Message) { m.ID = "../x" },
		"dots in the id":       func(m *mail.Message) { m.ID = "a..b" },
		"nothing to say":       func(m *mail.Message) { m.Text, m.HTML = "", "" },
		"no date":              func(m *mail.Message) { m.Date = time.Time{} },
		"nobody to":            func(m *mail.Message) { m.To = mail.Address{} },
		"nobody from":          func(m *mail.Message) { m.From.Addr = "" },
		"a header in an addr":  func(m *mail.Message) { m.To.Addr = "a@b.c\r\nBcc: eve@example.com" },
		"an answer to nowhere": func(m *mail.Message) { m.ReplyTo = mail.Address{Name: "Help"} },
		"no URL":               func(m *mail.Message) { m.Unsubscribe = "stop" },
		"a URL with a header":  func(m *mail.Message) { m.Unsubscribe = "https://x.example/>\r\nBcc: eve@example.com" },
		"a URL with another":   func(m *mail.Message) { m.Unsubscribe = "https://x.example/,mailto:eve@example.com" },
		"script for a URL":     func(m *mail.Message) { m.Unsubscribe = "javascript:alert(1)" },
		"a URL without an end": func(m *mail.Message) { m.Unsubscribe = "https://x.example/" + strings.Repeat("a", 1000) },
	} {
		if _, err := mail.Compose(with(change)); !errors.Is(err, mail.ErrRefused) {
			t.Errorf("%s: %v", name, err)
		}
	}
}

// hostile are texts that break out of headers elsewhere.
var hostile = []string{
	"Ann\r\nBcc: eve@example.com", "Ann\nBcc: eve@example.com", "Ann\rBcc: eve@example.com", "Ann\r\n\r\n<script>", "Ann\x00\x0b\x0c\x1b[31m",
	"Ann\u0085Bcc: eve@example.com", "Ann\u2028Bcc: eve@example.com", "=?utf-8?q?Ann=0D=0ABcc:_eve@example.com?=", `Ann" <eve@example.com>, "`,
	`Ann\`, "Ann, eve@example.com", "Ann <eve@example.com>", "\u202eexe.nnA", "\xff\xfe\xfd", "=?", "=?=?utf-8?b?QW5u?=", strings.Repeat("a", 5000),
	strings.Repeat("ä", 5000), strings.Repeat("a ", 500), strings.Repeat(" ", 500) + "x", "(Ann)", "Ann: ;", "\ufeffAnn", "A\u00adnn", "\r\n.\r\nRCPT TO:<eve@example.com>",
}

func TestClass24_NobodyAddsAHeader(t *testing.T) {
	want := names(composed(t, letter()))
	for _, s := range hostile {
		for field, change := range map[string]func(*mail.Message){
			"subject":         func(m *mail.Message) { m.Subject = s },
			"name":            func(m *mail.Message) { m.To.Name = s },
			"name of sender":  func(m *mail.Message) { m.From.Name = s },
			"name to reply":   func(m *mail.Message) { m.ReplyTo.Name = s },
			"text":            func(m *mail.Message) { m.Text = s },
			"HTML":            func(m *mail.Message) { m.HTML = s },
			"subject in line": func(m *mail.Message) { m.Subject = "Hello " + s + ", hello" },
		} {
			sound(t, fmt.Sprintf("%s %.40q", field, s), with(change), want)
		}
	}
}

func names(m mailtest.Mail) []string { return slices.Sorted(maps.Keys(m.Header)) }

// sound proves that a composed message has these headers, each once, is for one
// reader and has no line that a server refuses.
func sound(t *testing.T, name string, m *mail.Message, headers []string) {
	t.Helper()
	got := composed(t, m)
	if have := names(got); !slices.Equal(have, headers) {
		t.Errorf("%s: headers %q, want %q", name, have, headers)
	}
	for header, values := range got.Header {
		if len(values) != 1 {
			t.Errorf("%s: %s is there %d times", name, header, len(values))
		}
	}
	for header, want := range map[string]mail.Address{"To": m.To, "From": m.From} {
		list, err := got.Header.AddressList(header)
		if err != nil || len(list) != 1 || list[0].Address != want.Addr {
			t.Errorf("%s: %s is read as %v, %v from %q", name, header, list, err, got.Header[header])
		}
	}
	head, _, _ := bytes.Cut(got.Raw, []byte("\r\n\r\n"))
	for _, line := range bytes.Split(head, []byte("\r\n")) {
		if len(bytes.TrimSpace(line)) == 0 {
			t.Errorf("%s: a line of white space ends the headers for some: %q", name, head)
		}
	}
	for _, line := range bytes.Split(got.Raw, []byte("\r\n")) {
		if len(line) > 998 || bytes.ContainsAny(line, "\r\n\x00") {
			t.Errorf("%s: a line of %d bytes: %.100q", name, len(line), line)
		}
	}
	if strings.ContainsAny(got.Subject, "\r\n\x00\u2028\u0085\u202e") {
		t.Errorf("%s: subject %q", name, got.Subject)
	}
}

func FuzzNobodyAddsAHeader(f *testing.F) {
	for _, s := range hostile {
		f.Add(s, s, "ann@example.com", "en", "id-1", "text", "https://x.example/")
	}
	f.Add("s", "n", "jörg@bücher.example", "de\r\n", "a\r\nb", "", "https://x.example/\r\n")
	f.Fuzz(func(t *testing.T, subject, name, addr, locale, id, text, stop string) {
		m := &mail.Message{ID: id, From: mail.Address{Name: name, Addr: "no-reply@keep.example"}, To: mail.Address{Name: name, Addr: addr},
			Subject: subject, Text: text, HTML: "<p>" + text, Date: noon, Locale: locale, Unsubscribe: stop}
		raw, err := mail.Compose(m)
		if err != nil {
			return
		}
		read, err := netmail.ReadMessage(bytes.NewReader(raw))
		if err != nil {
			t.Fatal(err)
		}
		allowed := []string{"Content-Language", "Content-Transfer-Encoding", "Content-Type", "Date", "From", "List-Unsubscribe", "List-Unsubscribe-Post",
			"Message-Id", "Mime-Version", "Subject", "To"}
		for header, values := range read.Header {
			if !slices.Contains(allowed, header) || len(values) != 1 {
				t.Fatalf("%s: %q in\n%s", header, values, raw)
			}
		}
		if to, err := read.Header.AddressList("To"); err != nil || len(to) != 1 {
			t.Fatalf("%v, %v", to, err)
		}
		if from, err := read.Header.AddressList("From"); err != nil || len(from) != 1 || from[0].Address != m.From.Addr {
			t.Fatalf("%v, %v", from, err)
		}
	})
}
