// Package hosted makes the pages that people see: HTML of the server's own, which
// works without script, under a strict content security policy.
package hosted

import (
	"bytes"
	"crypto/rand"
	"encoding/base64"
	"fmt"
	"html/template"
	"io/fs"
	"net/url"
	"path"
	"strings"

	"github.com/gofiber/fiber/v3"
	"golang.org/x/text/language"
)

// Pages are templates, with their texts and what they load.
type Pages struct {
	locales []*Locale // the first is what others fall back to
	matcher language.Matcher
	assets  map[string]asset // by the last part of their path
	paths   map[string]string
}

// Visit is how a browser came to a page, and in which language it is answered.
type Visit struct {
	*Locale
	TLS     bool // by https, as far as the browser knows
	Exposed bool // by plain http over a network
}

// layout is the template whose parts all pages share.
const layout = "pages/layout.html"

// New reads "pages/*.html", their texts of "pages/en.json" and of further languages
// beside it, and "assets/*".
func New(pages, assets fs.FS) (*Pages, error) {
	p := &Pages{}
	if err := p.load(assets); err != nil {
		return nil, err
	}
	if err := p.readLocales(pages); err != nil {
		return nil, err
	}
	names, err := fs.Glob(pages, "pages/*.html")
	if err != nil {
		return nil, err
	}
	for _, name := range names {
		if name == layout {
			continue
		}
		for _, l := range p.locales {
			t, err := template.New("").Funcs(template.FuncMap{"t": l.must, "asset": p.asset}).ParseFS(pages, layout, name)
			if err != nil {
				return nil, err
			}
			l.templates[strings.TrimSuffix(path.Base(name), ".html")] = t
		}
	}
	return p, nil
}

// asset is the path of a file of that name.
func (p *Pages) asset(name string) (string, error) {
	at, ok := p.paths[name]
	if !ok {
		return "", fmt.Errorf("pages: no asset is called %q", name)
	}
	return at, nil
}

// shown is what a template sees.
type shown struct {
	Nonce, Form, Lang string
	Exposed           bool
	Data              any
}

// Notice is what a page says that has nothing to fill in; More and Code may be "".
type Notice struct{ Title, Text, More, Code string }

// Show answers with a page. Nothing of it is kept by anybody, it loads nothing but
// what the server names, stands in no frame, and tells nobody where it was.
func (p *Pages) Show(c fiber.Ctx, v Visit, status int, name string, data any) error {
	return p.ShowTo(c, v, status, name, data, "")
}

// ShowTo is Show of a page whose form may lead to a further origin, or to a scheme with
// its colon: browsers hold all redirects of a form to what the page allows.
func (p *Pages) ShowTo(c fiber.Ctx, v Visit, status int, name string, data any, origin string) error {
	return p.show(c, v, status, name, data, "form-action "+strings.TrimSpace("'self' "+origin))
}

// ShowFrames is Show of a page that has frames of those addresses.
func (p *Pages) ShowFrames(c fiber.Ctx, v Visit, status int, name string, data any, frames []string) error {
	policy := "form-action 'self'"
	if len(frames) > 0 {
		policy += "; frame-src"
	}
	for _, at := range frames {
		if u, err := url.Parse(at); err == nil {
			policy += " " + u.Scheme + "://" + u.Host
		}
	}
	return p.show(c, v, status, name, data, policy)
}

func (p *Pages) show(c fiber.Ctx, v Visit, status int, name string, data any, policy string) error {
	if v.Locale == nil {
		v.Locale = p.locales[0]
	}
	t := v.templates[name]
	if t == nil {
		return fmt.Errorf("pages: no page is called %q", name)
	}
	nonce := random(16)
	var out bytes.Buffer
	if err := t.ExecuteTemplate(&out, "page", shown{Nonce: nonce, Form: formToken(c, v), Lang: v.Name, Exposed: v.Exposed, Data: data}); err != nil {
		return err
	}
	Private(c)
	c.Set(fiber.HeaderContentSecurityPolicy, "default-src 'none'; script-src 'nonce-"+nonce+"'; style-src 'nonce-"+nonce+
		"'; img-src 'self'; "+policy+"; base-uri 'none'; frame-ancestors 'none'; require-trusted-types-for 'script'; trusted-types 'none'")
	c.Set(fiber.HeaderXFrameOptions, "DENY")
	c.Set(fiber.HeaderContentType, "text/html; charset=utf-8")
	c.Set(fiber.HeaderContentLanguage, v.Name)
	if v.TLS {
		c.Set("Cross-Origin-Opener-Policy", "same-origin")
	}
	return c.Status(status).Send(out.Bytes())
}

// Private has an answer kept by nobody, read as nothing but what it says it is, and
// its address told to nobody.
func Private(c fiber.Ctx) {
	c.Set(fiber.HeaderCacheControl, "no-store")
	c.Set(fiber.HeaderReferrerPolicy, "no-referrer")
	c.Set(fiber.HeaderXContentTypeOptions, "nosniff")
}

// random is n random bytes as text for URLs, cookies and headers.
func random(n int) string {
	raw := make([]byte, n)
	rand.Read(raw)
	return base64.RawURLEncoding.EncodeToString(raw)
}
