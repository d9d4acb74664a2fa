package mail_test

import (
	"errors"
	"strings"
	"testing"

	"github.com/stormkeep/stormkeep/core/mail"
)

func TestAddressesAreReadAsPeopleWriteThem(t *testing.T) {
	for _, c := range []struct {
		text string
		want mail.Address
	}{
		{"ann@example.com", mail.Address{Addr: "ann@example.com"}},
		{" ann@example.com ", mail.Address{Addr: "ann@example.com"}},
		{"Ann Lee <ann@example.com>", mail.Address{Name: "Ann Lee", Addr: "ann@example.com"}},
		{`"Lee, Ann \"A\" \\ B" <ann@example.com>`, mail.Address{Name: `Lee, Ann "A" \ B`, Addr: "ann@example.com"}},
		{"Jörg <jörg@bücher.example>", mail.Address{Name: "Jörg", Addr: "jörg@bücher.example"}},
		{"a+b=c%d@sub.example.com", mail.Address{Addr: "a+b=c%d@sub.example.com"}},
		{"a..b.@docomo.example", mail.Address{Addr: "a..b.@docomo.example"}},
		{"root@localhost", mail.Address{Addr: "root@localhost"}},
	} {
		got, err := mail.ParseAddress(c.text)
		if err != nil || got != c.want {
			t.Errorf("%s: %#v, %v", c.text, got, err)
		}
		if again, err := mail.ParseAddress(got.String()); err != nil || again != got {
			t.Errorf("%s: read again from %s: %#v, %v", c.text, got, again, err)
		}
	}
}

func TestWhatNoServerCouldTakeIsRefused(t *testing.T) {
	for _, text := range []string{
		"", "@", "ann", "ann@", "@example.com", "ann lee@example.com", "ann@exa mple.com", "ann@example..com", "ann@.example.com",
		"ann@example.com.", "ann@-example.com", "ann@[127.0.0.1]", "ann@example.com\r\nRCPT TO:<eve@example.com>", "ann\r\n@example.com",
		"ann>@example.com", `"ann lee"@example.com`, "ann\x00@example.com", "an\u2028n@example.com", "ann@ex\u00admple\u2028.com",
		"a@b@example.com", "ann(comment)@example.com", "ann,eve@example.com", strings.Repeat("a", 65) + "@example.com",
		"ann@" + strings.Repeat("a", 64) + ".com", "ann@" + strings.Repeat("abcdefgh.", 28) + "com", "\xff@example.com", "ann@\xff.com",
		"Ann <ann@example.com", "ann@exa\uff0fmple.com",
	} {
		if got, err := mail.ParseAddress(text); !errors.Is(err, mail.ErrRefused) {
			t.Errorf("%q is read as %#v, %v", text, got, err)
		}
	}
}

func FuzzAddressesStayWhatTheyAre(f *testing.F) {
	for _, s := range []string{"ann@example.com", "Ann <ann@example.com>", "jörg@bücher.example", "a\r\nb@c", "<>@<>"} {
		f.Add(s)
	}
	f.Fuzz(func(t *testing.T, s string) {
		a, err := mail.ParseAddress(s)
		if err != nil {
			return
		}
		if strings.ContainsAny(a.Addr, "\r\n\x00 <>\"") || strings.ContainsAny(a.Name, "\r\n\x00") {
			t.Fatalf("%q is read as %#v", s, a)
		}
		if again, err := mail.ParseAddress(a.String()); err != nil || again != a {
			t.Fatalf("%q: %#v is read again as %#v, %v", s, a, again, err)
		}
	})
}
