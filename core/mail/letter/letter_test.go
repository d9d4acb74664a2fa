package letter

import (
	"os"
	"strings"
	"testing"
)

func names(t *testing.T) (all []string) {
	t.Helper()
	files, err := os.ReadDir("texts")
	if err != nil {
		t.Fatal(err)
	}
	for _, f := range files {
		if name, ok := strings.CutSuffix(f.Name(), ".en.txt"); ok {
			all = append(all, name)
		}
	}
	if len(all) < 9 {
		t.Fatalf("only %v", all)
	}
	return all
}

func TestEveryDefaultTextIsThereInEveryLanguageAndLintsClean(t *testing.T) {
	known := []string{"account", "application", "url", "newEmail", "time", "ip", "device", "count", "code"}
	for _, name := range names(t) {
		seen := map[string]bool{}
		for _, locale := range Locales() {
			text, language, err := Default(name, locale)
			if err != nil || language != locale {
				t.Errorf("%s.%s: %q, %v", name, locale, language, err)
				continue
			}
			for _, p := range text.Lint(linked(text.Plain), known) {
				t.Errorf("%s.%s: %+v", name, locale, p)
			}
			if linked(text.Plain) != linked(text.HTML) || seen[text.Subject] || strings.Contains(text.HTML, "SUBJECT") {
				t.Errorf("%s.%s: %+v", name, locale, text)
			}
			seen[text.Subject] = true
		}
	}
	if _, _, err := Default("none", "en"); err == nil {
		t.Error("there is a text of no name")
	}
}

func TestALocaleFallsBack(t *testing.T) {
	for locale, want := range map[string]string{"de-AT": "de", "de": "de", "DE_ch": "de", "en-GB": "en", "fr": "en", "": "en", "d": "en", "-": "en"} {
		if got := Fallback(locale, Locales()); got != want {
			t.Errorf("%q falls back to %q, want %q", locale, got, want)
		}
	}
	if got := Fallback("de-AT", []string{"en", "de", "de-AT"}); got != "de-AT" {
		t.Errorf("de-AT falls back to %q", got)
	}
}

func values(m map[string]string) Values {
	return func(name string) (string, bool) { s, ok := m[name]; return s, ok }
}
