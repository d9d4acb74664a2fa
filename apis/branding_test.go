package apis_test

import (
	"html"
	"net/http"
	"regexp"
	"strings"
	"testing"

	"github.com/stormkeep/stormkeep/core/coretest"
)

const brandLogo = "iVBORw0KGgoAAAANSUhEUgAAAAEAAAAB"

// hostile is a branding whose texts are all that a page could be hurt by, where a text
// may stand.
const hostile = `{"displayName":"</style></title><script>alert(1)</script>","primaryColor":"#7a1f5c","cornerRadius":2,"font":"serif","logo":"` + brandLogo + `",
	"privacyUrl":"https://shop.example/privacy","texts":{"en":{"login.submit":"<img src=x onerror=alert(1)>","front.signin":"\"><script>alert(2)</script>","secured":"</footer><svg onload=alert(3)>"}}}`

// The pages of an application have its branding, and none of it is anything but text and
// tokens: apitest.Browser holds each page to that.
func TestPagesHaveTheBrandingOfTheirApplication(t *testing.T) {
	f := newFront(t)
	f.verifies(t)
	app := string(f.Application(t, "My Application").ID)
	f.set(t, "/v1/applications/"+app+"/branding", hostile)
	token := f.resetToken(t, "ann.lee@example.com")
	b := f.Browser()
	b.Get(t, "/change?sptoken="+token)
	var logo string
	for _, path := range []string{"/login", "/register", "/forgot", "/change", "/verify"} {
		p := b.Get(t, path)
		shows(t, path, p, 200, "--accent:light-dark(#7a1f5c,#7a1f5c)", "--corner:2px", "--font:Charter", `<img class="emblem" src="/branding/`+app+`/`, `data-out href="https://shop.example/privacy"`)
		if strings.Contains(p.Text, "<script>") || strings.Contains(p.Text, "onerror=alert(1)>") || path != "/change" && !strings.Contains(p.Text, html.EscapeString("</style></title><script>alert(1)</script>")) {
			t.Errorf("%s: %s", path, p.Text)
		}
		logo = regexp.MustCompile(`/branding/[^"]*`).FindString(p.Text)
	}
	if p := b.Get(t, logo); p.Status != 200 || p.Header.Get("Content-Type") != "image/png" || !strings.Contains(p.Header.Get("Content-Security-Policy"), "sandbox") {
		t.Errorf("%d %v", p.Status, p.Header)
	}
	if p := b.Get(t, "/branding/"+app+"/0123.png"); p.Status != 404 {
		t.Errorf("%d", p.Status)
	}
	b.Get(t, "/login")
	b.Post(t, "/login", map[string]string{"login": "ann.lee@example.com", "password": coretest.Password})
	shows(t, "the account", b.Get(t, "/account/"), 200, "#7a1f5c")
	if p := b.Get(t, "/oauth2/logout"); !strings.Contains(p.Text, "#7a1f5c") || !strings.Contains(p.Text, "Sign out?") {
		t.Errorf("%d %s", p.Status, p.Text)
	}
	f.set(t, "/v1/applications/"+app+"/branding", `{"primaryColor":null,"displayName":null,"logo":null,"texts":{}}`)
	shows(t, "as before", f.Browser().Get(t, "/login"), 200, `type="submit" name="signin" value="1">Sign in</button>`, `<span class="mark" aria-hidden="true"><svg class="logo"`)
}

func TestABrandingThatCannotBeUsedIsRefusedWithWhatIsWrong(t *testing.T) {
	f := newFront(t)
	app := string(f.Application(t, "My Application").ID)
	for body, says := range map[string]string{
		`{"primaryColor":"#ffcc00"}`:                        "has a contrast of 1.51:1; it must have 4.5:1",
		`{"primaryColor":"red;}body{"}`:                     "must look like #006793",
		`{"texts":{"en":{"zebra":"x"}}}`:                    "zebra in en is no text of the pages",
		`{"texts":{"de":{"login.title":"x"}}}`:              `must have \"%s\"`,
		`{"termsUrl":"javascript:alert(1)"}`:                "must be a URL of https",
		`{"logo":"data:image/svg+xml;base64,PHNjcmlwdC8+"}`: "is no picture",
		`{"texts":{"en":{"login.submit":{"a":"b"}}}}`:       "wrong type",
	} {
		if ans := f.Do(t, "", http.MethodPost, "/v1/applications/"+app+"/branding", body, nil); ans.Status != 400 || !strings.Contains(string(ans.Body), says) {
			t.Errorf("%s: %d %s", body, ans.Status, ans.Body)
		}
	}
	if ans := f.Do(t, "", http.MethodGet, "/v1/organizations/"+app+"/branding", "", nil); ans.Status != 404 {
		t.Errorf("an application's as an organization's: %d %s", ans.Status, ans.Body)
	}
}

func TestALookIsShownBeforeItIsKept(t *testing.T) {
	a := consoled(t)
	const logo = "data:image/png;base64,iVBORw0KGgoAAAANSUhEUgAAAAEAAAABCAYAAAAfFcSJAAAADUlEQVR42mNk+M9QDwADhgGAWjR9awAAAABJRU5ErkJggg=="
	at := "/v1/brandings/{app}/preview"
	a.Run(t, []row{
		{Name: "of an application", Path: "/v1/applications/{app}", Body: `{"name":"Fernhill"}`, Events: []string{"application.update"}},
		{Name: "as it is, of the application's name", Path: at, Body: `{}`, Want: w{"problems.#=0", "Sign in to Fernhill", `html lang=\"en\"`}, Not: w{"--accent:"}},
		{Name: "with what is typed", As: "console admin", Path: at, Body: `{"branding":{"primaryColor":"#7a1f5c","displayName":"Larkspur","cornerRadius":2,"logo":"` + logo + `","texts":{"de":{"login.submit":"Hinein"}}},"locale":"de"}`,
			Want: w{"--accent:light-dark(#7a1f5c,#7a1f5c)", "--corner:2px", "Larkspur", "Hinein", "data:image/png;base64,iVBOR"}, Not: w{"ZgotmplZ"}},
		{Name: "another page", Path: at, Body: `{"page":"forgot"}`, Want: w{"problems.#=0"}, Not: w{"Sign in to"}},
		{Name: "what cannot be read on it", Path: at, Body: `{"branding":{"primaryColor":"#ffff00"}}`, Status: 400, Want: w{"4.5:1", "primaryColor"}},
		{Name: "a text of no page", Path: at, Body: `{"branding":{"texts":{"en":{"zebra":"x"}}}}`, Status: 400, Want: w{"texts"}},
		{Name: "no page", Path: at, Body: `{"page":"setup"}`, Status: 400, Want: w{"page"}},
		{Name: "no look", Path: at, Body: `{"branding":1}`, Status: 400},
		{Name: "by who may not keep it", As: "console auditor", Path: at, Body: `{}`, Status: 403},
		{Name: "by support", As: "console support", Path: at, Body: `{}`, Status: 403},
		{Name: "of another tenant's", Path: "/v1/brandings/{otherapp}/preview", Body: `{}`, Status: 404},
		{Name: "nothing was kept", Path: "/v1/brandings/{app}", Not: w{"7a1f5c", "Larkspur"}},
		{Name: "nor remembered", Path: at, Body: `{"locale":"de"}`, Not: w{"Hinein", "Larkspur"}},
	})
}
