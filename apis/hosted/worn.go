package hosted

import (
	"errors"
	"fmt"
	"html/template"
	"maps"
	"strings"
	"sync"

	"github.com/stormkeep/stormkeep/core"
)

// maxWorn bounds how many languages and pages of others are kept ready.
const maxWorn = 200

// worn are the languages and pages that somebody has changed, by what they are known by.
type worn struct {
	mu      sync.Mutex
	locales map[string]*Locale
	pages   map[string]*template.Template
}

// Dress has a visit look and read as a branding says.
func (p *Pages) Dress(v Visit, b *core.Branding) Visit {
	v.Brand, v.Locale = nil, v.Locale.plain()
	if b == nil {
		return v
	}
	v.Brand = NewBrand(b)
	texts := b.Texts[v.Locale.Name]
	if len(texts) == 0 {
		return v
	}
	key := fmt.Sprint(v.Locale.Name, "/", b.ID, "/", b.Rev, "/", b.ModifiedAt)
	p.worn.mu.Lock()
	defer p.worn.mu.Unlock()
	l := p.worn.locales[key]
	if l == nil {
		l = v.Locale.with(key, texts)
		if len(p.worn.locales) >= maxWorn || p.worn.locales == nil {
			p.worn.locales = map[string]*Locale{}
		}
		p.worn.locales[key] = l
	}
	v.Locale = l
	return v
}

// Named is the name of an application as its pages say it.
func (v Visit) Named(name string) string {
	if v.Brand != nil && v.Brand.Name != "" {
		return v.Brand.Name
	}
	return name
}

// plain is the locale as we have it.
func (l *Locale) plain() *Locale {
	if l != nil && l.base != nil {
		return l.base
	}
	return l
}

// with is the locale with some of its texts in other words. A text that does not fit in
// its place is left as it is.
func (l *Locale) with(key string, texts map[string]string) *Locale {
	out := &Locale{Name: l.Name, own: l.own, base: l, key: key, texts: maps.Clone(l.texts)}
	for name, text := range texts {
		if was, ok := l.texts[name]; ok && verbs(was) == verbs(text) {
			out.texts[name] = text
		}
	}
	return out
}

// TextProblem says what is wrong with a text in place of ours (core.PageRules).
func (p *Pages) TextProblem(locale, name, text string) string {
	for _, l := range p.locales {
		if l.Name != locale {
			continue
		}
		was, ok := l.texts[name]
		switch {
		case !ok:
			return "is no text of the pages"
		case verbs(was) != verbs(text):
			return fmt.Sprintf("must have %q where other things stand, in that order", verbs(was))
		case len(text) > 1000:
			return "has over 1000 bytes"
		case strings.ContainsFunc(text, func(r rune) bool { return r < ' ' && r != '\n' }):
			return "has control characters"
		}
		return ""
	}
	return "is of no language that the pages speak"
}

// page is the template of a page in the language of a visit: ours, in the words of who
// has others.
func (p *Pages) page(l *Locale, name string) (*template.Template, error) {
	if l.base == nil {
		if t := l.templates[name]; t != nil {
			return t, nil
		}
		return nil, fmt.Errorf("pages: no page is called %q", name)
	}
	return p.kept(l.key+"/"+name, func() (*template.Template, error) { return p.parse(l, name) })
}

// kept is a template that was made before, or is made now.
func (p *Pages) kept(key string, make func() (*template.Template, error)) (*template.Template, error) {
	p.worn.mu.Lock()
	defer p.worn.mu.Unlock()
	if t := p.worn.pages[key]; t != nil {
		return t, nil
	}
	t, err := make()
	if err != nil {
		return nil, err
	}
	if len(p.worn.pages) >= maxWorn || p.worn.pages == nil {
		p.worn.pages = map[string]*template.Template{}
	}
	p.worn.pages[key] = t
	return t, nil
}

// parse makes the template of a page of ours in a language.
func (p *Pages) parse(l *Locale, name string) (*template.Template, error) {
	source, ok := p.sources[name]
	if !ok {
		return nil, fmt.Errorf("pages: no page is called %q", name)
	}
	t, err := template.New("").Funcs(template.FuncMap{"t": l.must, "asset": p.asset}).Parse(p.sources[layoutName])
	if err != nil {
		return nil, err
	}
	return t.Parse(source)
}

const layoutName = "layout"

var errNoLayout = errors.New(layout + " is missing")
