package apitest

import (
	"net/http"
	"strings"
	"testing"
)

// A page that breaks a promise is found out.
func TestPromisesOfPages(t *testing.T) {
	good := func() *Page {
		h := http.Header{}
		h.Set("Content-Type", "text/html; charset=utf-8")
		h.Set("Cache-Control", "no-store")
		h.Set("Referrer-Policy", "no-referrer")
		h.Set("X-Content-Type-Options", "nosniff")
		h.Set("Content-Security-Policy", "default-src 'none'; script-src 'nonce-AAAAAAAAAAAAAAAAAAAAAA'; style-src 'nonce-AAAAAAAAAAAAAAAAAAAAAA'; form-action 'self'; base-uri 'none'; frame-ancestors 'none'; require-trusted-types-for 'script'")
		return &Page{Status: 200, Header: h, Text: `<script src="/a.js" nonce="AAAAAAAAAAAAAAAAAAAAAA" defer></script><p>`}
	}
	for name, c := range map[string]struct {
		spoil func(*Page)
		ok    bool
	}{
		"as it is":         {func(*Page) {}, true},
		"kept":             {func(p *Page) { p.Header.Set("Cache-Control", "max-age=60") }, false},
		"told":             {func(p *Page) { p.Header.Del("Referrer-Policy") }, false},
		"framed":           {func(p *Page) { replace(p, "frame-ancestors 'none'", "") }, false},
		"inline by policy": {func(p *Page) { replace(p, "style-src", "style-src 'unsafe-inline'") }, false},
		"from anywhere":    {func(p *Page) { replace(p, "form-action 'self'", "form-action 'self' *") }, false},
		"inline script":    {func(p *Page) { p.Text += "<script>x</script>" }, false},
		"another nonce":    {func(p *Page) { p.Text = strings.Replace(p.Text, "AAAA", "BBBB", 1) }, false},
		"a handler":        {func(p *Page) { p.Text += `<p onclick="x">` }, false},
		"a style":          {func(p *Page) { p.Text += `<p style="x">` }, false},
		"a remote image":   {func(p *Page) { p.Text += `<img src="https://example.com/x">` }, false},
	} {
		p := good()
		c.spoil(p)
		if err := p.promises(); (err == nil) != c.ok {
			t.Errorf("%s: %v", name, err)
		}
	}
}

func replace(p *Page, old, by string) {
	const name = "Content-Security-Policy"
	p.Header.Set(name, strings.Replace(p.Header.Get(name), old, by, 1))
}

func TestCookiesOfABrowser(t *testing.T) {
	b := (&API{}).Browser()
	ok := http.Cookie{Name: "a", Value: "1", Path: "/", HttpOnly: true, SameSite: http.SameSiteLaxMode}
	if err := b.safe(&ok); err != nil {
		t.Error(err)
	}
	for name, spoil := range map[string]func(*http.Cookie){
		"open to script": func(k *http.Cookie) { k.HttpOnly = false }, "sent by other sites": func(k *http.Cookie) { k.SameSite = http.SameSiteNoneMode },
		"of a path": func(k *http.Cookie) { k.Path = "/x" }, "of a domain": func(k *http.Cookie) { k.Domain = "example.com" },
		"secure by plain http": func(k *http.Cookie) { k.Secure = true }, "with the prefix by plain http": func(k *http.Cookie) { k.Name, k.Secure = "__Host-a", true },
	} {
		k := ok
		spoil(&k)
		if b.safe(&k) == nil {
			t.Errorf("%s: passes", name)
		}
	}
}
