package hosted

import (
	"encoding/json"
	"io/fs"
	"net/http/httptest"
	"regexp"
	"strings"
	"testing"
	"testing/fstest"

	"github.com/gofiber/fiber/v3"

	"github.com/stormkeep/stormkeep/ui"
)

func pages(t *testing.T) *Pages {
	t.Helper()
	p, err := New(ui.Pages, ui.Assets)
	if err != nil {
		t.Fatal(err)
	}
	return p
}

// Texts are in one place: a page has none of its own, and none is left over.
func TestEveryTextIsUsedAndThere(t *testing.T) {
	p := pages(t)
	uses := regexp.MustCompile(`\bt "([a-zA-Z.]+)"`)
	used := map[string]bool{}
	files, err := fs.Glob(ui.Pages, "pages/*.html")
	if err != nil || len(files) < 2 {
		t.Fatal(files, err)
	}
	for _, file := range files {
		b, err := fs.ReadFile(ui.Pages, file)
		if err != nil {
			t.Fatal(err)
		}
		for _, m := range uses.FindAllStringSubmatch(string(b), -1) {
			used[m[1]] = true
			if _, ok := p.Locale().Text(m[1]); !ok {
				t.Errorf("%s: no text is called %q", file, m[1])
			}
		}
		plain := regexp.MustCompile(`(?s)\{\{.*?\}\}|<code>.*?</code>|<[^>]*>| aria-invalid="true"| autofocus`).ReplaceAllString(string(b), "")
		if word := regexp.MustCompile(`[A-Za-z]{2,}`).FindString(plain); word != "" {
			t.Errorf("%s has the text %q of its own", file, word)
		}
	}
	for name := range p.Locale().texts {
		// What the handlers say begins with one of these; their own tests read it.
		if !used[name] && !regexp.MustCompile(`^(ago|error|claim|notice|gone|fault|link|flow|scope|authorize|told|login\.status|framework|field|restore\.told|(password|reset|restore|verify)\.done|account\.(done|device|field|stop))\.|^(account\.gone|setup\.application\.default|forgot\.invalid|register\.none|change\.mismatch|consent\.on)$`).MatchString(name) {
			t.Errorf("the text %q is used by no page", name)
		}
	}
}

// What all pages load is small enough for a slow line.
func TestPagesAreLight(t *testing.T) {
	total := 0
	for name, a := range pages(t).assets {
		if !strings.HasPrefix(name, "restore.") { // which one page loads
			total += len(a.body)
		}
	}
	if total > 20_000 {
		t.Errorf("%d bytes of assets", total)
	}
}

func TestWhatCannotBeReadIsSaidAtTheStart(t *testing.T) {
	const page = `{{define "page"}}{{t "a"}}{{end}}`
	ok := fstest.MapFS{"pages/layout.html": {}, "pages/a.html": {Data: []byte(page)}, "pages/en.json": {Data: []byte(`{"a":"A"}`)}}
	assets := fstest.MapFS{"assets/a.css": {}}
	if _, err := New(ok, assets); err != nil {
		t.Error(err)
	}
	for name, spoil := range map[string]func(pages, assets fstest.MapFS){
		"no texts":           func(p, _ fstest.MapFS) { delete(p, "pages/en.json") },
		"malformed texts":    func(p, _ fstest.MapFS) { p["pages/en.json"] = &fstest.MapFile{Data: []byte("{")} },
		"a broken template":  func(p, _ fstest.MapFS) { p["pages/a.html"] = &fstest.MapFile{Data: []byte("{{")} },
		"no layout":          func(p, _ fstest.MapFS) { delete(p, "pages/layout.html") },
		"an unknown file":    func(_, a fstest.MapFS) { a["assets/a.exe"] = &fstest.MapFile{} },
		"a file without end": func(_, a fstest.MapFS) { a["assets/a"] = &fstest.MapFile{} },
	} {
		p, a := fstest.MapFS{}, fstest.MapFS{"assets/a.css": {}}
		for k, v := range ok {
			p[k] = v
		}
		spoil(p, a)
		if _, err := New(p, a); err == nil {
			t.Errorf("%s: passes", name)
		}
	}
}

func TestAPageThatCannotBeMadeIsAnError(t *testing.T) {
	files := fstest.MapFS{"pages/layout.html": {}, "pages/en.json": {Data: []byte(`{"a":"A %s"}`)},
		"pages/text.html":  {Data: []byte(`{{define "page"}}{{t "b"}}{{end}}`)},
		"pages/asset.html": {Data: []byte(`{{define "page"}}{{asset "b"}}{{end}}`)},
		"pages/good.html":  {Data: []byte(`{{define "page"}}{{t "a" "<b>"}}{{end}}`)}}
	p, err := New(files, fstest.MapFS{})
	if err != nil {
		t.Fatal(err)
	}
	app := fiber.New(fiber.Config{ErrorHandler: func(c fiber.Ctx, err error) error { return c.Status(500).SendString(err.Error()) }})
	app.Get("/:page", func(c fiber.Ctx) error { return p.Show(c, Visit{}, 200, c.Params("page"), nil) })
	for page, want := range map[string]int{"good": 200, "text": 500, "asset": 500, "none": 500} {
		res, err := app.Test(httptest.NewRequest("GET", "/"+page, nil))
		if err != nil || res.StatusCode != want {
			t.Errorf("%s: %v, %v", page, res.StatusCode, err)
		}
	}
	if got := p.Locale().Say("a", "x") + p.Locale().Say("b"); got != "A xb" {
		t.Errorf("%q", got)
	}
}

func TestEachPageHasANonceOfItsOwn(t *testing.T) {
	p := pages(t)
	app := fiber.New()
	app.Get("/", func(c fiber.Ctx) error {
		return p.Show(c, Visit{TLS: true}, 200, "message", map[string]string{"Title": "a"})
	})
	seen := map[string]bool{}
	for range 10 {
		res, err := app.Test(httptest.NewRequest("GET", "/", nil))
		if err != nil {
			t.Fatal(err)
		}
		policy := res.Header.Get("Content-Security-Policy")
		if seen[policy] || res.Header.Get("Cross-Origin-Opener-Policy") != "same-origin" || !strings.Contains(policy, "'nonce-") {
			t.Errorf("%q %v", policy, res.Header)
		}
		seen[policy] = true
	}
}

func TestTheTextsAreJSONOfTexts(t *testing.T) {
	b, err := fs.ReadFile(ui.Pages, "pages/en.json")
	if err != nil {
		t.Fatal(err)
	}
	var texts map[string]string
	if err := json.Unmarshal(b, &texts); err != nil {
		t.Fatal(err)
	}
	for name, text := range texts {
		if strings.TrimSpace(text) == "" || strings.Contains(text, "<") {
			t.Errorf("%s: %q", name, text)
		}
	}
}
