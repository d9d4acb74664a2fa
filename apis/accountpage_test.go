package apis_test

import (
	"net/http"
	"net/url"
	"strings"
	"testing"
	"time"

	"github.com/stormkeep/stormkeep/apis/apitest"
	"github.com/stormkeep/stormkeep/core"
	"github.com/stormkeep/stormkeep/core/coretest"
)

// desk is a browser in which somebody is signed in.
func (f *front) desk(t testing.TB, login string) *apitest.Browser {
	t.Helper()
	b := f.Browser()
	f.signIn(t, b, login, coretest.Password)
	return b
}

func (f *front) signIn(t testing.TB, b *apitest.Browser, login, password string) {
	t.Helper()
	b.Get(t, "/login")
	went(t, login, b.Post(t, "/login?next=/account/", map[string]string{"login": login, "password": password}), "/account/")
}

// looks holds a page to a status and to what it says.
func looks(t testing.TB, name string, p *apitest.Page, status int, says ...string) {
	t.Helper()
	if p.Status != status {
		t.Errorf("%s: %d, want %d\n%s", name, p.Status, status, p.Text)
		return
	}
	for _, want := range says {
		if !strings.Contains(p.Text, want) {
			t.Errorf("%s: no %q in\n%s", name, want, p.Text)
		}
	}
}

// forms are the pages that take one, with what each would do.
var forms = map[string]map[string]string{
	"/account/":         {"username": "eve", "givenName": "Eve"},
	"/account/email":    {"email": "eve@example.com"},
	"/account/password": {"current": coretest.Password, "password": "N3w passw0rd!"},
	"/account/sessions": {},
	"/account/apps":     {"client": "x"},
	"/account/data":     {},
	"/account/delete":   {"login": "ann.lee@example.com", "current": coretest.Password},
}

func TestTheAccountPagesAreForWhoIsSignedIn(t *testing.T) {
	f := newFront(t)
	for _, path := range []string{"/account/", "/account/password", "/account/sessions", "/account/apps", "/account/data", "/account/delete"} {
		b := f.Browser()
		at := "/login?next=" + url.QueryEscape(path)
		went(t, path, b.Get(t, path), at)
		b.Get(t, at)
		went(t, path+", and back", b.Post(t, at, map[string]string{"login": "ann.lee@example.com", "password": coretest.Password}), path)
		p := b.Get(t, path)
		looks(t, path, p, 200, `<nav class="tabs" aria-label="Your account">`, `action="/logout"`, "<h1>")
		if len(p.Text) > 20_000 || strings.Count(p.Text, `aria-current="page"`) != 1 {
			t.Errorf("%s: %d bytes, %s", path, len(p.Text), p.Text)
		}
		if p := b.Get(t, path+"?done=zebra"); p.Status != 200 || strings.Contains(p.Text, "zebra") || strings.Contains(p.Text, `role="status"`) {
			t.Errorf("%s: %s", path, p.Text)
		}
	}
	b := f.desk(t, "ann.lee@example.com")
	went(t, "without its slash", b.Get(t, "/account"), "/account/")
	looks(t, "what was done", b.Get(t, "/account/?done=saved"), 200, `role="status"`, "Your profile is saved.")
	for path, fields := range forms {
		home := path
		if path == "/account/email" {
			home = "/account/"
		}
		went(t, path+" by a stranger", f.Browser().Post(t, path, fields), "/login?next="+url.QueryEscape(home))
	}
}

// A form that did not come with a page of ours does nothing.
func TestAccountFormsAreOfOneBrowser(t *testing.T) {
	f := newFront(t)
	b, away, mallory := f.desk(t, "ann.lee@example.com"), f.desk(t, "ann.lee@example.com"), f.Browser()
	mallory.Get(t, "/login")
	for path, fields := range forms {
		for name, send := range map[string]func() *apitest.Page{
			"no token": func() *apitest.Page { b.Hidden = url.Values{}; return b.Post(t, path, fields) },
			"another browser's": func() *apitest.Page {
				b.Hidden = url.Values{"csrfToken": mallory.Hidden["csrfToken"]}
				return b.Post(t, path, fields)
			},
			"another site's": func() *apitest.Page {
				b.Get(t, "/account/")
				form := url.Values{"csrfToken": b.Hidden["csrfToken"]}
				for k, v := range fields {
					form.Set(k, v)
				}
				return b.Send(t, http.MethodPost, path, form.Encode(), map[string]string{"Sec-Fetch-Site": "cross-site"})
			},
		} {
			if p := send(); p.Status != 403 || p.Header.Get("Content-Disposition") != "" {
				t.Errorf("%s, %s: %d %s", path, name, p.Status, p.Text)
			}
		}
		if p := b.Send(t, http.MethodPost, path, `{}`, map[string]string{"Content-Type": "application/json"}); p.Status != 415 {
			t.Errorf("%s in JSON: %d", path, p.Status)
		}
	}
	looks(t, "nothing was done", b.Get(t, "/account/"), 200, `value="ann.lee@example.com"`)
	looks(t, "nobody was signed out", away.Get(t, "/account/"), 200)
	f.Settle(t)
	if all := f.Post.All(); len(all) != 1 || !strings.Contains(all[0].Subject, "new device") { // of the second browser
		t.Errorf("mails: %+v", all)
	}
	f.signIn(t, f.Browser(), "ann.lee@example.com", coretest.Password)
}

// A session is of one tenant: at the host of another it is none.
func TestClass20_AnAccountReachesNothingOfAnotherTenant(t *testing.T) {
	f := newFront(t)
	var token string
	var theirs *core.Session
	other := core.AsMachine(t.Context(), core.ID[core.Tenant](f.Vars["othertenant"]))
	err := f.App.Update(other, func(tx *core.Tx) error {
		ann, err := core.Get(tx, core.ID[core.Account](f.Vars["otherann"]))
		if err != nil {
			return err
		}
		app := core.ID[core.Application](f.Vars["otherapp"])
		done := &core.Done{Account: ann, ACR: "pwd", AMR: []string{"pwd"}, AuthTime: core.At(tx.Now)}
		if done.Stamp, err = done.Bond(app).Stamp(tx); err != nil {
			return err
		}
		token, theirs, err = core.OpenSession(tx, done, app)
		return err
	})
	if err != nil {
		t.Fatal(err)
	}
	b := f.Browser()
	b.Cookies["session"] = token
	went(t, "its session here", b.Get(t, "/account/"), "/login?next=%2Faccount%2F")
	b = f.desk(t, "ann.lee@example.com")
	b.Get(t, "/account/sessions")
	looks(t, "to end it", b.Post(t, "/account/sessions", map[string]string{"session": string(theirs.ID)}), 404, "This session is over already.")
	if err := f.App.View(other, func(tx *core.Tx) error { _, err := core.LiveSession(tx, theirs.ID); return err }); err != nil {
		t.Error(err)
	}
}

// Passwords that are asked for once more draw on the buckets of sign-ins.
func TestClass06_ThePasswordsOfAccountPagesAreHeldBack(t *testing.T) {
	for path, fields := range map[string]map[string]string{
		"/account/password": {"password": "N3w passw0rd!"},
		"/account/delete":   {"login": "ann.lee@example.com"},
		"/account/email":    {"email": "next@example.com"},
	} {
		f := newFront(t)
		b := f.desk(t, "ann.lee@example.com")
		f.Clock.Turn(core.StepUp + time.Second)
		page := path
		if path == "/account/email" {
			page = "/account/"
		}
		looks(t, path, b.Get(t, page), 200, `name="current"`)
		send := func(current string) *apitest.Page {
			fields["current"] = current
			return b.Post(t, path, fields)
		}
		looks(t, path+", nothing", send(""), 400, "Type your present password.")
		for range 10 { // as many as a device that is known has
			p := send("wrong")
			looks(t, path, p, 400, "This is not your password.", `aria-invalid="true"`)
			if strings.Contains(p.Text, `value="wrong"`) {
				t.Errorf("%s shows a password: %s", path, p.Text)
			}
		}
		if p := send(coretest.Password); p.Status != 429 || p.Header.Get("Retry-After") == "" || !strings.Contains(p.Text, "Too many wrong tries") {
			t.Errorf("%s, held back: %d %s", path, p.Status, p.Text)
		}
		looks(t, path+", the account", b.Get(t, "/account/"), 200)
	}
}

func TestAPasswordThatIsShownOnceMoreRenewsTheSession(t *testing.T) {
	f := newFront(t)
	b := f.desk(t, "ann.lee@example.com")
	b.Get(t, "/account/")
	if p := b.Get(t, "/account/"); strings.Contains(p.Text, `name="current"`) {
		t.Errorf("asked at once: %s", p.Text)
	}
	f.Clock.Turn(core.StepUp + time.Second)
	b.Get(t, "/account/")
	was := b.Cookies["session"]
	went(t, "a new address", b.Post(t, "/account/email", map[string]string{"email": "next@example.com", "current": coretest.Password}), "/account/?done=mail")
	if is := b.Cookies["session"]; is == was || is[:22] != was[:22] {
		t.Error("the session has its former secret")
	}
	looks(t, "fresh again", b.Get(t, "/account/"), 200)
	former := f.Browser()
	former.Cookies["session"] = was
	went(t, "the former secret", former.Get(t, "/account/"), "/login?next=%2Faccount%2F")
}

// Whoever signed in by another application than the host's proves herself there.
func TestAnAccountOfAnotherApplicationIsLookedAfterToo(t *testing.T) {
	f := newFront(t)
	ans := f.Do(t, "", http.MethodPost, "/v1/applications?createDirectory=true", `{"name":"Larkspur"}`, nil)
	app, _ := core.IDOf[core.Application](core.Ref(strings.TrimPrefix(ans.Value("href").(string), "http://localhost:8080/v1/")))
	f.Person(t, f.Directory(t, "Larkspur Directory").ID, "bob@example.com")
	out, err := f.App.Authenticate(core.AsMachine(t.Context(), f.Tenant), core.Attempt{Application: app, Login: "bob@example.com", Password: coretest.Password})
	if err != nil {
		t.Fatal(err)
	}
	b := f.Browser()
	f.Update(t, func(tx *core.Tx) (err error) {
		b.Cookies["session"], _, err = core.OpenSession(tx, out.Done, app)
		return err
	})
	b.Get(t, "/account/password")
	went(t, "a new password", b.Post(t, "/account/password", map[string]string{"current": coretest.Password, "password": "N3w passw0rd!"}), "/account/password?done=password")
	b.Get(t, "/account/")
	went(t, "a new address", b.Post(t, "/account/email", map[string]string{"email": "next@example.com"}), "/account/?done=mail")
}

// A language that was chosen once stays, on the pages of the account and on all others.
func TestALanguageThatWasChosenStays(t *testing.T) {
	f := newFront(t)
	b := f.desk(t, "ann.lee@example.com")
	looks(t, "chosen", b.Get(t, "/account/?ui_locales=de"), 200, `<html lang="de">`)
	for _, path := range []string{"/account/", "/account/sessions", "/oauth2/logout", "/forgot", "/account/deleted", "/verify"} {
		looks(t, path, b.Get(t, path), 200, `<html lang="de">`)
	}
	b.Get(t, "/account/")
	looks(t, "after a form", b.Get(t, b.Post(t, "/account/", map[string]string{"username": "ann.lee@example.com", "givenName": "Ann", "surname": "Lee"}).Header.Get("Location")), 200, `<html lang="de">`)
	looks(t, "a program", b.Send(t, "POST", "/login", `{}`, map[string]string{"Accept": "application/json", "Content-Type": "application/json"}), 400, "required")
	looks(t, "and back", b.Get(t, "/account/?ui_locales=en"), 200, `<html lang="en">`)
	looks(t, "it stays too", b.Send(t, "GET", "/account/apps", "", map[string]string{"Accept-Language": "de"}), 200, `<html lang="en">`)
}
