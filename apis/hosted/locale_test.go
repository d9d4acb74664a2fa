package hosted

import (
	"encoding/json"
	"io/fs"
	"strings"
	"testing"
	"testing/fstest"

	"github.com/stormkeep/stormkeep/ui"
)

// spoken are pages of one page and the locales of these files.
func spoken(t *testing.T, locales map[string]string) (*Pages, error) {
	t.Helper()
	files := fstest.MapFS{"pages/layout.html": {}, "pages/a.html": {Data: []byte(`{{define "page"}}{{.Lang}} {{t "a"}}{{end}}`)}}
	for name, texts := range locales {
		files["pages/"+name+".json"] = &fstest.MapFile{Data: []byte(texts)}
	}
	return New(files, fstest.MapFS{})
}

func TestPagesSpeakWhatIsWantedMost(t *testing.T) {
	p, err := spoken(t, map[string]string{"de": `{"a":"Ah"}`, "en": `{"a":"A","b":"B"}`, "pt-BR": `{"a":"Á"}`})
	if err != nil {
		t.Fatal(err)
	}
	if got := strings.Join(p.Locales(), " "); got != "en de pt-BR" {
		t.Errorf("locales: %s", got)
	}
	for name, c := range map[string]struct {
		wanted []string
		want   string
	}{
		"nothing":                      {nil, "en"},
		"nothing said":                 {[]string{"", ""}, "en"},
		"a language":                   {[]string{"de"}, "de"},
		"of a country":                 {[]string{"de-AT"}, "de"},
		"by weight":                    {[]string{"en;q=0.3, de;q=0.8"}, "de"},
		"refused":                      {[]string{"de;q=0, en"}, "en"},
		"what is not spoken":           {[]string{"fr"}, "en"},
		"the next that is spoken":      {[]string{"fr, de"}, "de"},
		"a list with spaces":           {[]string{"fr-CA de en"}, "de"},
		"the client before the person": {[]string{"de", "en"}, "de"},
		"one that speaks nothing here": {[]string{"fr", "de"}, "de"},
		"what cannot be read":          {[]string{"\x00;;;=", "de"}, "de"},
		"a near one":                   {[]string{"pt"}, "pt-BR"},
		"an endless list":              {[]string{strings.Repeat("de-", 4000)}, "en"},
	} {
		if got := p.Locale(c.wanted...).Name; got != c.want {
			t.Errorf("%s: %s, want %s", name, got, c.want)
		}
	}
	if got := p.Locale("de").Say("b"); got != "B" {
		t.Errorf("a text that is not there is the first locale's: %q", got)
	}
}

func TestTextsThatCannotBeReadAreSaidAtTheStart(t *testing.T) {
	for name, locales := range map[string]map[string]string{
		"none to fall back to": {"de": `{"a":"Ah"}`},
		"malformed":            {"en": `{"a":"A"}`, "de": `{`},
		"of no language":       {"en": `{"a":"A"}`, "not-a-language-at-all-x": `{}`},
	} {
		if _, err := spoken(t, locales); err == nil {
			t.Errorf("%s: passes", name)
		}
	}
}

// Every language has every text, with the same in the same places.
func TestEveryLocaleHasTheTextsOfTheFirst(t *testing.T) {
	p := pages(t)
	if len(p.locales) < 2 {
		t.Fatal("one language")
	}
	own := func(name string) (texts map[string]string) {
		b, err := fs.ReadFile(ui.Pages, "pages/"+name+".json")
		if err == nil {
			err = json.Unmarshal(b, &texts)
		}
		if err != nil {
			t.Fatal(err)
		}
		return texts
	}
	want := own(first)
	for _, l := range p.locales[1:] {
		got := own(l.Name)
		for name, text := range want {
			if got[name] == "" {
				t.Errorf("%s lacks %s", l.Name, name)
			} else if a, b := verbs(text), verbs(got[name]); a != b {
				t.Errorf("%s: %s has %q, want %q", l.Name, name, b, a)
			}
		}
		for name := range got {
			if want[name] == "" {
				t.Errorf("%s has %s, which nobody asks for", l.Name, name)
			}
		}
	}
}

// A link to the page in another language keeps its query, and leads nowhere else.
func TestTheLinkToAnotherLanguageKeepsTheQuery(t *testing.T) {
	p := pages(t)
	for here, want := range map[string]string{
		"":                              "",
		"/login":                        "/login?ui_locales=de",
		"/login?next=%2Fa&ui_locales=x": "/login?next=%2Fa&ui_locales=de",
		"//evil.example/login":          "",
		"https://evil.example/":         "",
		"/login?a=%zz":                  "",
		`/login?a="><script>`:           "/login?a=%22%3E%3Cscript%3E&ui_locales=de",
	} {
		at := ""
		for _, l := range p.tongues(Visit{Locale: p.Locale(), Here: here}) {
			if at += string(l.At); l.Own != "Deutsch" || l.Name != "de" {
				t.Errorf("%+v", l)
			}
		}
		if at != want {
			t.Errorf("%q: %q, want %q", here, at, want)
		}
	}
}
