package hosted

import (
	"cmp"
	"encoding/json"
	"fmt"
	"html/template"
	"io/fs"
	"maps"
	"net/url"
	"path"
	"regexp"
	"slices"
	"strings"

	"golang.org/x/text/language"
	"golang.org/x/text/language/display"
)

// first is the locale that has every text, and that others fall back to.
const first = "en"

// Locale is the pages in one language.
type Locale struct {
	Name      string // BCP 47
	own       string // what it calls itself
	texts     map[string]string
	base      *Locale // of one that somebody has changed
	key       string  // by which that is known
	templates map[string]*template.Template
}

// readLocales reads the texts of "pages/*.json", the first locale before the others. A
// text that another locale lacks is the first's.
func (p *Pages) readLocales(pages fs.FS) error {
	names, err := fs.Glob(pages, "pages/*.json")
	if err != nil {
		return err
	}
	for _, name := range names {
		l := &Locale{Name: strings.TrimSuffix(path.Base(name), ".json"), templates: map[string]*template.Template{}}
		b, err := fs.ReadFile(pages, name)
		if err != nil {
			return err
		}
		if err := json.Unmarshal(b, &l.texts); err != nil {
			return fmt.Errorf("%s: %w", name, err)
		}
		p.locales = append(p.locales, l)
	}
	slices.SortStableFunc(p.locales, func(a, b *Locale) int {
		return cmp.Or(rank(a.Name)-rank(b.Name), strings.Compare(a.Name, b.Name))
	})
	if len(p.locales) == 0 || p.locales[0].Name != first {
		return fmt.Errorf("pages/%s.json: %w", first, fs.ErrNotExist)
	}
	tags := make([]language.Tag, len(p.locales))
	for i, l := range p.locales {
		if tags[i], err = language.Parse(l.Name); err != nil {
			return fmt.Errorf("pages/%s.json: %w", l.Name, err)
		}
		l.own = display.Self.Name(tags[i])
		if i > 0 {
			texts := maps.Clone(p.locales[0].texts)
			maps.Copy(texts, l.texts)
			l.texts = texts
		}
	}
	p.matcher = language.NewMatcher(tags)
	return nil
}

func rank(name string) int {
	if name == first {
		return 0
	}
	return 1
}

// Locales are the languages that the pages speak, the one first that others fall back to.
func (p *Pages) Locales() (names []string) {
	for _, l := range p.locales {
		names = append(names, l.Name)
	}
	return names
}

// Locale is the language that suits best. Each of wanted is a list as Accept-Language
// has it, or as ui_locales has it, with spaces (OpenID Connect Core, section 3.1.2.1);
// an earlier one counts before a later one, and what cannot be read does not count.
func (p *Pages) Locale(wanted ...string) *Locale {
	for _, list := range wanted {
		if !strings.ContainsAny(list, ",;") {
			list = strings.Join(strings.Fields(list), ",")
		}
		tags, _, err := language.ParseAcceptLanguage(list)
		if err != nil || len(tags) == 0 {
			continue
		}
		if _, i, sure := p.matcher.Match(tags...); sure > language.No {
			return p.locales[i]
		}
	}
	return p.locales[0]
}

// Tongue is a link to the same page in another language.
type Tongue struct {
	Name, Own string // "de", and "Deutsch"
	At        template.URL
}

// tongues lead to the page in the other languages. A page that no GET shows again has
// none.
func (p *Pages) tongues(v Visit) (all []Tongue) {
	path, query, _ := strings.Cut(v.Here, "?")
	if !strings.HasPrefix(path, "/") || strings.HasPrefix(path, "//") {
		return nil
	}
	values, err := url.ParseQuery(query)
	if err != nil {
		return nil
	}
	for _, l := range p.locales {
		if l.Name == v.Name {
			continue
		}
		values.Set("ui_locales", l.Name)
		all = append(all, Tongue{Name: l.Name, Own: l.own, At: template.URL(path + "?" + values.Encode())})
	}
	return all
}

// Text is the text of that name, with what stands for its %s; false if there is none.
func (l *Locale) Text(name string, with ...any) (string, bool) {
	text, ok := l.texts[name]
	if ok && len(with) > 0 {
		text = fmt.Sprintf(text, with...)
	}
	return text, ok
}

// Say is the text of a name that is there.
func (l *Locale) Say(name string, with ...any) string {
	text, ok := l.Text(name, with...)
	if !ok {
		return name
	}
	return text
}

func (l *Locale) must(name string, with ...any) (string, error) {
	text, ok := l.Text(name, with...)
	if !ok {
		return "", fmt.Errorf("pages: no text is called %q", name)
	}
	return text, nil
}

var verbPattern = regexp.MustCompile(`%.`)

// verbs are the places in a text where something else stands.
func verbs(text string) string { return strings.Join(verbPattern.FindAllString(text, -1), " ") }
