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
	sources map[string]string // of pages by name, and of what they share
	worn    worn

	// Samples are the data of an application's pages as they may be, by the name of the
	// page: by them templates of others are tried.
	Samples func(application string) map[string][]any
	// Failed is told of a template of somebody's with which no page could be made.
	Failed func(page string, err error)
}

// Visit is how a browser came to a page, and in which language it is answered.
type Visit struct {
	*Locale
	TLS     bool                                   // by https, as far as the browser knows
	Exposed bool                                   // by plain http over a network
	Asked   string                                 // the query of links that keeps a language that was chosen, "" or "ui_locales=de"
	Brand   *Brand                                 // nil for our own look
	Base    string                                 // of the paths of pages, "" or "/shop"
	Source  func(page string) (source, key string) // in place of a page of ours; nil or "" for none
	Here    string                                 // by which a GET shows the page again, with its query; "" for none
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
	p.sources = map[string]string{}
	for _, file := range names {
		b, err := fs.ReadFile(pages, file)
		if err != nil {
			return nil, err
		}
		p.sources[strings.TrimSuffix(path.Base(file), ".html")] = string(b)
	}
	if _, ok := p.sources[layoutName]; !ok {
		return nil, errNoLayout
	}
	for name := range p.sources {
		if name == layoutName {
			continue
		}
		for _, l := range p.locales {
			if l.templates[name], err = p.parse(l, name); err != nil {
				return nil, fmt.Errorf("pages/%s.html: %w", name, err)
			}
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
	Tongues           []Tongue
	Brand             *Brand
	Base              string
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

// ShowCalling is Show of a page whose script asks this server for more.
func (p *Pages) ShowCalling(c fiber.Ctx, v Visit, status int, name string, data any) error {
	return p.show(c, v, status, name, data, "form-action 'self'; connect-src 'self'")
}

func (p *Pages) show(c fiber.Ctx, v Visit, status int, name string, data any, policy string) error {
	if v.Locale == nil {
		v.Locale = p.locales[0]
	}
	t, err := p.page(v.Locale, name)
	if err != nil {
		return err
	}
	nonce := random(16)
	seen := shown{Nonce: nonce, Form: formToken(c, v), Lang: v.Name, Exposed: v.Exposed, Tongues: p.tongues(v), Brand: v.Brand, Base: v.Base, Data: data}
	made := p.others(v, name, seen)
	if made == nil {
		var out bytes.Buffer
		if err := t.ExecuteTemplate(&out, "page", seen); err != nil {
			return err
		}
		made = out.Bytes()
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
	return c.Status(status).Send(made)
}

// others makes a page by somebody's template; nil where there is none, or it fails.
func (p *Pages) others(v Visit, name string, seen shown) []byte {
	if v.Source == nil {
		return nil
	}
	source, key := v.Source(name)
	if source == "" {
		return nil
	}
	t, err := p.kept("own/"+key+"/"+v.Name+v.key, func() (*template.Template, error) { return p.override(v.Locale, name, source) })
	if err == nil {
		var out []byte
		if out, err = render(t, name, seen); err == nil {
			return out
		}
	}
	if p.Failed != nil {
		p.Failed(name, err)
	}
	return nil
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
