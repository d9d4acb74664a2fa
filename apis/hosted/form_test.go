package hosted

import (
	"io"
	"net/http"
	"net/http/httptest"
	"net/url"
	"strings"
	"testing"
	"time"

	"github.com/gofiber/fiber/v3"
)

// forms is an app that gives out form tokens and says whose it is that comes back.
func forms(tls bool) *fiber.App {
	app := fiber.New(fiber.Config{ErrorHandler: func(c fiber.Ctx, err error) error { return c.Status(400).SendString(err.Error()) }})
	v := Visit{TLS: tls}
	app.Get("/", func(c fiber.Ctx) error { return c.SendString(formToken(c, v)) })
	app.Post("/", func(c fiber.Ctx) error {
		f, err := ReadForm(c, v)
		if err != nil {
			return err
		}
		return c.SendString(map[bool]string{true: "own", false: "not own"}[f.Own()] + " " + f.Value("a"))
	})
	return app
}

func send(t *testing.T, app *fiber.App, r *http.Request) (*http.Response, string) {
	t.Helper()
	res, err := app.Test(r)
	if err != nil {
		t.Fatal(err)
	}
	b, err := io.ReadAll(res.Body)
	if err != nil {
		t.Fatal(err)
	}
	return res, string(b)
}

func TestAFormIsBoundToTheBrowserAndValidOnEveryPage(t *testing.T) {
	for _, tls := range []bool{false, true} {
		app := forms(tls)
		res, first := send(t, app, httptest.NewRequest("GET", "/", nil))
		cookie := res.Cookies()[0]
		if cookie.Name != map[bool]string{false: "form", true: "__Host-form"}[tls] || cookie.Secure != tls || !cookie.HttpOnly || cookie.Path != "/" {
			t.Errorf("%s", cookie)
		}
		again := httptest.NewRequest("GET", "/", nil)
		again.AddCookie(cookie)
		res, second := send(t, app, again)
		if len(res.Cookies()) != 0 || second == first {
			t.Errorf("%v, %q twice", res.Cookies(), first)
		}
		_, foreign := send(t, app, httptest.NewRequest("GET", "/", nil))
		once, mac, _ := strings.Cut(first, ".")
		for _, c := range []struct{ name, token, cookie, want string }{
			{"the first", first, cookie.Value, "own 1"}, {"the second", second, cookie.Value, "own 1"},
			{"another browser's", foreign, cookie.Value, "not own 1"}, {"none", "", cookie.Value, "not own 1"},
			{"without a cookie", first, "", "not own 1"}, {"with a short one", "." + formMAC("x", ""), "x", "not own 1"},
			{"half", once, cookie.Value, "not own 1"}, {"another page's half", foreign[:22] + "." + mac, cookie.Value, "not own 1"},
		} {
			r := httptest.NewRequest("POST", "/", strings.NewReader(url.Values{"csrfToken": {c.token}, "a": {"1"}}.Encode()))
			r.Header.Set("Content-Type", "application/x-www-form-urlencoded; charset=utf-8")
			r.AddCookie(&http.Cookie{Name: cookie.Name, Value: c.cookie})
			if _, got := send(t, app, r); got != c.want {
				t.Errorf("%s: %q, want %q", c.name, got, c.want)
			}
		}
	}
}

func TestAFormIsReadFromItsBodyAlone(t *testing.T) {
	app := forms(false)
	for _, c := range []struct{ name, body, kind, site, want string }{
		{"plainly", "a=1", "application/x-www-form-urlencoded", "", "not own 1"},
		{"escaped", "a=%C3%A9+%26", "application/x-www-form-urlencoded", "none", "not own é &"},
		{"nothing", "", "application/x-www-form-urlencoded", "same-origin", "not own "},
		{"twice", "a=1&a=2", "application/x-www-form-urlencoded", "", "The form has a field twice."},
		{"of another type", "a=1", "text/plain", "", "The Content-Type must be application/x-www-form-urlencoded."},
		{"of no type", "a=1", "", "", "The Content-Type must be application/x-www-form-urlencoded."},
		{"of another site", "a=1", "application/x-www-form-urlencoded", "cross-site", "This form was sent by another site."},
		{"of a neighbour", "a=1", "application/x-www-form-urlencoded", "same-site", "This form was sent by another site."},
	} {
		r := httptest.NewRequest("POST", "/?a=query&form=query", strings.NewReader(c.body))
		r.Header.Set("Content-Type", c.kind)
		r.Header.Set("Sec-Fetch-Site", c.site)
		if _, got := send(t, app, r); got != c.want {
			t.Errorf("%s: %q, want %q", c.name, got, c.want)
		}
	}
}

func TestCookiesLastAsLongAsTheyAreGiven(t *testing.T) {
	app := fiber.New()
	app.Get("/", func(c fiber.Ctx) error {
		SetCookie(c, Visit{}, "session", "1", 0)
		SetCookie(c, Visit{}, "short", "1", time.Minute)
		SetCookie(c, Visit{TLS: true}, "gone", "", -1)
		return nil
	})
	res, _ := send(t, app, httptest.NewRequest("GET", "/", nil))
	got := map[string]int{}
	for _, k := range res.Cookies() {
		got[k.Name] = k.MaxAge
	}
	if got["session"] != 0 || got["short"] != 60 || got["__Host-gone"] >= 0 {
		t.Errorf("%v %v", got, res.Header["Set-Cookie"])
	}
}

// FuzzForm reads what a stranger posts: it never panics, and never takes it for ours.
func FuzzForm(f *testing.F) {
	app := forms(false)
	f.Add("a=1&form=x.y", "x")
	f.Add("a=%zz&&=&form=%00.", strings.Repeat("A", 43))
	f.Fuzz(func(t *testing.T, body, cookie string) {
		r := httptest.NewRequest("POST", "/", strings.NewReader(body))
		r.Header.Set("Content-Type", "application/x-www-form-urlencoded")
		r.AddCookie(&http.Cookie{Name: "form", Value: cookie})
		if _, got := send(t, app, r); strings.HasPrefix(got, "own") {
			t.Errorf("%q with %q passes", body, cookie)
		}
	})
}
