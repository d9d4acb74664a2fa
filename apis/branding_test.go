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
