package core_test

import (
	"encoding/base64"
	"strings"
	"testing"

	"github.com/stormkeep/stormkeep/core"
)

// rules are of pages that have one text, and take templates of paragraphs.
type rules struct{}

func (rules) TextProblem(locale, name, text string) string {
	if locale != "en" || name != "a" {
		return "is no text of the pages"
	}
	return ""
}

func (rules) TemplateProblem(page, source string) string {
	if !strings.HasPrefix(source, "<p>") {
		return "line 1: no"
	}
	return ""
}

func (rules) Template(page string) (string, bool) { return "<p>ours", page == "login" }

func paged(app *core.App) { app.Pages = rules{} }

const (
	gif = "R0lGODlhAQABAAAAACw="
	png = "iVBORw0KGgoAAAANSUhEUgAAAAEAAAAB"
)

func svg(body string) string {
	return "data:image/svg+xml;base64," + base64.StdEncoding.EncodeToString([]byte(body))
}

func TestABrandingCanBeSeenAndHurtsNobody(t *testing.T) {
	w := newWorld(t)
	paged(w.App)
	s := newShop(t, w)
	id := core.ID[core.Branding](s.app.ID)
	for _, c := range []struct {
		name string
		set  func(b *core.Branding)
		code string
		says string
	}{
		{"a colour", func(b *core.Branding) { b.Primary = "#006793" }, "", ""},
		{"in capitals", func(b *core.Branding) { b.Primary = "#AB0000" }, "", ""},
		{"no colour", func(b *core.Branding) { b.Primary = "red;}body{display:none" }, "invalid_format", "primaryColor"},
		{"too light", func(b *core.Branding) { b.Primary, b.PrimaryDark = "#ffcc00", "#006793" }, "unsupported_value", "primaryColor: text of #ffffff on #ffcc00 has a contrast of 1.51:1"},
		{"too light in the dark", func(b *core.Branding) { b.PrimaryDark = "#ffcc00" }, "unsupported_value", "primaryColorDark"},
		{"light, under black", func(b *core.Branding) {
			b.Primary, b.OnPrimary, b.PrimaryDark, b.OnPrimaryDark = "#ffcc00", "#000000", "", ""
		}, "", ""},
		{"a font", func(b *core.Branding) { b.Font = "serif" }, "", ""},
		{"another's", func(b *core.Branding) { b.Font = "Comic Sans" }, "unsupported_value", "font"},
		{"corners", func(b *core.Branding) { b.Corner = 17 }, "out_of_range", "cornerRadius"},
		{"a picture", func(b *core.Branding) { b.Logo = png }, "", ""},
		{"of another kind", func(b *core.Branding) { b.Logo = gif }, "invalid_format", "logo"},
		{"that says it is another", func(b *core.Branding) { b.Logo = "data:text/html;base64," + png }, "", ""},
		{"too large", func(b *core.Branding) { b.Logo = base64.StdEncoding.EncodeToString(make([]byte, 32<<10+1)) }, "invalid_format", "over 32768"},
		{"no base64", func(b *core.Branding) { b.Favicon = "data:image/png,x" }, "invalid_format", "favicon"},
		{"SVG", func(b *core.Branding) {
			b.Logo = svg(`<svg xmlns="http://www.w3.org/2000/svg"><use href="#a"/><path id="a" d="M0 0"/></svg>`)
		}, "", ""},
		{"SVG with script", func(b *core.Branding) { b.Logo = svg(`<svg><script>alert(1)</script></svg>`) }, "invalid_format", "logo"},
		{"SVG with an event", func(b *core.Branding) { b.Logo = svg(`<svg onload="alert(1)"/>`) }, "invalid_format", "logo"},
		{"SVG from elsewhere", func(b *core.Branding) {
			b.Logo = svg(`<svg xmlns:xlink="x"><image xlink:href="https://evil.example/"/></svg>`)
		}, "invalid_format", "logo"},
		{"SVG with entities", func(b *core.Branding) { b.Logo = svg(`<!DOCTYPE svg [<!ENTITY a "b">]><svg>&a;</svg>`) }, "invalid_format", "logo"},
		{"HTML", func(b *core.Branding) { b.Logo = svg(`<html><svg/></html>`) }, "invalid_format", "logo"},
		{"a link", func(b *core.Branding) { b.PrivacyURL = "https://shop.example/privacy" }, "", ""},
		{"in the clear", func(b *core.Branding) { b.TermsURL = "http://shop.example/" }, "invalid_format", "termsUrl"},
		{"script", func(b *core.Branding) { b.SupportURL = "javascript:alert(1)" }, "invalid_format", "supportUrl"},
		{"what ends an attribute", func(b *core.Branding) { b.SupportURL = `https://a.example/"><script>` }, "invalid_format", "supportUrl"},
		{"a name", func(b *core.Branding) { b.DisplayName = "</style><script>alert(1)</script>" }, "", ""}, // it is a text, and shown as one
		{"a name in two lines", func(b *core.Branding) { b.DisplayName = "a\nb" }, "invalid_value", "displayName"},
		{"a text", func(b *core.Branding) { b.Texts = map[string]map[string]string{"en": {"a": "A"}} }, "", ""},
		{"a text of none", func(b *core.Branding) { b.Texts = map[string]map[string]string{"en": {"b": "B"}} }, "invalid_value", "texts: b in en is no text"},
		{"too many", func(b *core.Branding) {
			b.Texts = map[string]map[string]string{"en": {"a": strings.Repeat("a", 40<<10)}}
		}, "too_long", "texts"},
	} {
		err := tryChange(w, id, c.set)
		wantCode(t, c.name, err, c.code)
		if err != nil && !strings.Contains(err.Error(), c.says) {
			t.Errorf("%s: %v", c.name, err)
		}
	}
	b, err := get(w, id)
	ok(t, err)
	if b.Primary != "#ffcc00" || !strings.HasPrefix(b.Logo, "data:image/svg+xml;base64,") {
		t.Errorf("%+v", b)
	}
	w.Sound(t)
}

func TestTheOrganizationsBrandingGoesBeforeTheApplications(t *testing.T) {
	w := newWorld(t)
	s := newShop(t, w)
	org := organization(t, w, "bank")
	of := func(org core.ID[core.Organization]) (name string) {
		w.View(t, func(tx *core.Tx) error {
			b, err := core.Branded(tx, s.app.ID, org)
			if b != nil {
				name = b.DisplayName
			}
			return err
		})
		return name
	}
	if got := of(org.ID); got != "" {
		t.Error(got)
	}
	change(t, w, core.ID[core.Branding](s.app.ID), func(b *core.Branding) { b.DisplayName = "Shop" })
	if got := of(org.ID); got != "Shop" {
		t.Error(got)
	}
	change(t, w, core.ID[core.Branding](org.ID), func(b *core.Branding) { b.DisplayName = "Bank" })
	if of(org.ID) != "Bank" || of("") != "Shop" {
		t.Error(of(org.ID), of(""))
	}
	err := w.App.View(w.Machine(), func(tx *core.Tx) error {
		if b, err := core.BrandingOf(tx, core.ID[core.Branding](org.ID)); err != nil || b.DisplayName != "Bank" {
			t.Error(b, err)
		}
		_, err := core.BrandingOf(tx, core.ID[core.Branding](s.dir.ID))
		return err
	})
	wantCode(t, "a directory has none", err, "not_found")
}
