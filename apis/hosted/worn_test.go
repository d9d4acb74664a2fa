package hosted

import (
	"testing"

	"github.com/stormkeep/stormkeep/core"
)

func TestTextsOfOthersAreInPlaceOfOurs(t *testing.T) {
	p := pages(t)
	b := &core.Branding{Texts: map[string]map[string]string{"de": {"login.submit": "Los", "login.title": "ohne Namen", "nothing": "x"}}}
	b.ID, b.Rev = "b", 1
	for range 2 {
		v := p.Dress(Visit{Locale: p.Locale("de")}, b)
		v = p.Dress(v, b) // on top of itself
		if v.Say("login.submit") != "Los" || v.Say("login.title", "X") != "Bei X anmelden" || v.Say("nothing") != "nothing" || v.Name != "de" {
			t.Errorf("%q %q", v.Say("login.submit"), v.Say("login.title", "X"))
		}
		if v = p.Dress(v, nil); v.Say("login.submit") != "Anmelden" || v.Brand != nil {
			t.Error("it stays")
		}
	}
	if v := p.Dress(Visit{Locale: p.Locale()}, b); v.Say("login.submit") != "Sign in" {
		t.Error("in another language")
	}
	b.Rev, b.Texts["de"]["login.submit"] = 2, "Weiter"
	if v := p.Dress(Visit{Locale: p.Locale("de")}, b); v.Say("login.submit") != "Weiter" {
		t.Error("a change is not seen")
	}
	for i := range 2 * maxWorn {
		b.Rev = uint64(i)
		p.Dress(Visit{Locale: p.Locale("de")}, b)
	}
	if n := len(p.worn.locales); n > maxWorn {
		t.Errorf("%d are kept", n)
	}
}

func TestATextFitsInItsPlace(t *testing.T) {
	p := pages(t)
	for _, c := range []struct{ locale, name, text, says string }{
		{"en", "login.submit", "Go", ""},
		{"de", "login.title", "Willkommen bei %s", ""},
		{"de", "login.title", "Willkommen", `must have "%s" where other things stand, in that order`},
		{"de", "login.title", "%d", `must have "%s" where other things stand, in that order`},
		{"en", "login.submit", "100%", ""},
		{"en", "login.submit", "%s", `must have "" where other things stand, in that order`},
		{"en", "zebra", "x", "is no text of the pages"},
		{"fr", "login.submit", "x", "is of no language that the pages speak"},
		{"en", "login.submit", "a\x00", "has control characters"},
	} {
		if got := p.TextProblem(c.locale, c.name, c.text); got != c.says {
			t.Errorf("%s %s %q: %q", c.locale, c.name, c.text, got)
		}
	}
}
