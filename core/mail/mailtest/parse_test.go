package mailtest_test

import (
	"slices"
	"strings"
	"testing"

	"github.com/stormkeep/stormkeep/core/mail/mailtest"
)

func TestMessagesAreReadAsPeopleSeeThem(t *testing.T) {
	got, err := mailtest.Parse([]byte(strings.ReplaceAll(`Subject: =?utf-8?b?R3LDvMOfZQ==?=
Content-Type: multipart/alternative; boundary=b

--b
Content-Type: text/plain; charset=utf-8
Content-Transfer-Encoding: quoted-printable

Gr=C3=BC=C3=9Fe, see https://keep.example/a?x=3D1&lt=3D2.
--b
Content-Type: text/html; charset=utf-8
Content-Transfer-Encoding: base64

PGEgaHJlZj0iaHR0cHM6Ly9rZWVwLmV4YW1wbGUvYj94PTEmYW1wO3k9MiI+
--b--
`, "\n", "\r\n")))
	if err != nil {
		t.Fatal(err)
	}
	if got.Subject != "Grüße" || got.Text != "Grüße, see https://keep.example/a?x=1&lt=2." || got.HTML != `<a href="https://keep.example/b?x=1&amp;y=2">` {
		t.Errorf("%+v", got)
	}
	if want := []string{"https://keep.example/a?x=1&lt=2", "https://keep.example/b?x=1&y=2"}; !slices.Equal(got.Links, want) {
		t.Errorf("%q", got.Links)
	}
}

func TestWhatIsNoMessageIsNotRead(t *testing.T) {
	for _, raw := range []string{"", "no header\r\n\r\n", "Subject: x\r\n\r\nno type\r\n", "Content-Type: image/png\r\n\r\nx",
		"Content-Type: multipart/alternative; boundary=b\r\n\r\n--b\r\nContent-Type: text/plain\r\n\r\nhalf"} {
		if got, err := mailtest.Parse([]byte(raw)); err == nil {
			t.Errorf("%q is read as %+v", raw, got)
		}
	}
}
