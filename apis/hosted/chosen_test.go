package hosted

import (
	"net/http"
	"net/http/httptest"
	"testing"

	"github.com/gofiber/fiber/v3"
)

// A language is kept that was chosen by a link of a page of ours, and by nothing else.
func TestALanguageIsKeptThatWasChosen(t *testing.T) {
	p := pages(t)
	app := fiber.New()
	app.All("/*", func(c fiber.Ctx) error {
		v := Visit{TLS: true}
		v.Locale = p.Locale(c.Query("ui_locales"), Chosen(c, v))
		Choose(c, v)
		return c.SendString(v.Name)
	})
	for name, c := range map[string]struct{ method, target, site, had, kept, is string }{
		"by a link of ours":              {"GET", "/login?ui_locales=de", "same-origin", "", "de", "de"},
		"back":                           {"GET", "/login?ui_locales=en", "same-origin", "de", "en", "en"},
		"the same":                       {"GET", "/login?ui_locales=de", "same-origin", "de", "", "de"},
		"by a browser that does not say": {"GET", "/login?ui_locales=de", "", "", "de", "de"},
		"typed":                          {"GET", "/login?ui_locales=de", "none", "", "de", "de"},
		"by another site":                {"GET", "/login?ui_locales=de", "cross-site", "", "", "de"},
		"by a neighbour":                 {"GET", "/login?ui_locales=de", "same-site", "", "", "de"},
		"by a client":                    {"GET", "/oauth2/authorize?ui_locales=de", "cross-site", "", "", "de"},
		"by a client, for all we know":   {"GET", "/oauth2/authorize?ui_locales=de", "none", "", "", "de"},
		"at an error of a client":        {"GET", "/oauth2/authorize?ui_locales=de", "same-origin", "", "de", "de"},
		"by a form":                      {"POST", "/login?ui_locales=de", "same-origin", "", "", "de"},
		"not at all":                     {"GET", "/login", "same-origin", "de", "", "de"},
		"none of ours":                   {"GET", "/login?ui_locales=fr", "same-origin", "", "", "en"},
		"a list":                         {"GET", "/login?ui_locales=de+en", "same-origin", "", "", "de"},
		"a hostile one":                  {"GET", "/login?ui_locales=de%0d%0aSet-Cookie:x=y", "same-origin", "", "", "en"},
		"a hostile cookie":               {"GET", "/login", "same-origin", "><script>", "", "en"},
	} {
		r := httptest.NewRequest(c.method, c.target, nil)
		if c.site != "" {
			r.Header.Set("Sec-Fetch-Site", c.site)
		}
		if c.had != "" {
			r.AddCookie(&http.Cookie{Name: "__Host-language", Value: c.had})
		}
		res, is := send(t, app, r)
		kept := ""
		for _, k := range res.Cookies() {
			if kept = k.Value; k.Name != "__Host-language" || !k.HttpOnly || !k.Secure || k.SameSite != http.SameSiteLaxMode || k.Path != "/" || k.Domain != "" || k.MaxAge != 365*24*60*60 {
				t.Errorf("%s: %s", name, k)
			}
		}
		if kept != c.kept || is != c.is {
			t.Errorf("%s: %q is kept, shown in %s; want %q, %s", name, kept, is, c.kept, c.is)
		}
	}
}
