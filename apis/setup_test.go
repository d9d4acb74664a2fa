package apis_test

import (
	"bytes"
	"fmt"
	"log/slog"
	"maps"
	"net/http"
	"net/url"
	"regexp"
	"strings"
	"sync"
	"sync/atomic"
	"testing"
	"time"

	"github.com/stormkeep/stormkeep/apis/apitest"
	"github.com/stormkeep/stormkeep/core"
)

// fresh is a served tenant that nobody owns, with a link and the browser of who has it.
type fresh struct {
	*apitest.Browser
	link string
	log  *bytes.Buffer
}

func newFresh(t *testing.T) *fresh {
	t.Helper()
	log := new(bytes.Buffer)
	a := hooked(t, func(app *core.App) {
		app.Log = slog.New(slog.NewJSONHandler(&locked{w: log}, &slog.HandlerOptions{Level: slog.LevelDebug}))
	})
	id, err := a.App.CreateTenant(t.Context(), "Fresh", "fresh")
	if err != nil {
		t.Fatal(err)
	}
	w := *a.World
	w.Tenant, a.World = id, &w
	f := &fresh{Browser: a.Browser(), log: log}
	f.link = f.setupLink(t)
	return f
}

// locked lets many write.
type locked struct {
	mu sync.Mutex
	w  *bytes.Buffer
}

func (l *locked) Write(b []byte) (int, error) {
	l.mu.Lock()
	defer l.mu.Unlock()
	return l.w.Write(b)
}

func (f *fresh) setupLink(t *testing.T) (token string) {
	t.Helper()
	f.Update(t, func(tx *core.Tx) (err error) {
		token, err = core.NewSetupLink(tx)
		return err
	})
	return token
}

// hannah is what she fills in, with some of it changed.
func (f *fresh) hannah(change ...string) map[string]string {
	fields := map[string]string{"token": f.link, "email": "hannah@example.com", "givenName": "Hannah", "surname": "Goldberg",
		"password": "correct horse battery", "application": "Larkspur"}
	for i := 0; i < len(change); i += 2 {
		fields[change[i]] = change[i+1]
	}
	return fields
}

func (f *fresh) owners(t *testing.T) (all []*core.Account) {
	t.Helper()
	f.View(t, func(tx *core.Tx) (err error) {
		all, err = core.Owners(tx)
		return err
	})
	return all
}

func (p pageTest) check(t *testing.T, got *apitest.Page) {
	t.Helper()
	if got.Status != p.status {
		t.Errorf("status %d, want %d", got.Status, p.status)
	}
	for _, want := range p.want {
		if !strings.Contains(got.Text, want) {
			t.Errorf("it lacks %q", want)
		}
	}
	for _, not := range p.not {
		if strings.Contains(got.Text, not) {
			t.Errorf("it has %q", not)
		}
	}
	if t.Failed() {
		t.Logf("%d %s", got.Status, mainPart.FindString(got.Text))
	}
}

// mainPart is what is said of a page whose test fails: the part that differs.
var mainPart = regexp.MustCompile(`(?s)<main>.*</main>|^[^<].*`)

type pageTest struct {
	status    int
	want, not []string
}

func TestTheFirstOwnerIsMadeInABrowserWithoutScript(t *testing.T) {
	for _, host := range []string{apitest.Host, "id.example.com"} {
		t.Run(host, func(t *testing.T) {
			f := newFresh(t)
			f.Host = host
			pageTest{200, []string{`id="token" name="token" value=""`, `value="My Application"`}, []string{f.link, "aria-invalid", "plain http"}}.check(t, f.Get(t, "/setup"))
			done := f.Post(t, "/setup", f.hannah())
			if done.Status != 303 || done.Header.Get("Location") != "/setup/done" {
				t.Fatalf("%d %v %s", done.Status, done.Header, done.Text)
			}
			for range 2 { // it may be read again
				pageTest{200, []string{"hannah@example.com", `action="/setup/key"`, "https://id.example.com/v1/tenants/current"}, nil}.check(t, f.Get(t, "/setup/done"))
			}
			pageTest{404, []string{"There is nothing to set up"}, []string{"<form"}}.check(t, f.API.Browser().Get(t, "/setup"))
			key := f.Post(t, "/setup/key", nil)
			m := regexp.MustCompile(`^apiKey\.id = ([0-9A-Z]{26})\napiKey\.secret = ([0-9A-Za-z]{43})\n$`).FindStringSubmatch(key.Text)
			if m == nil || key.Header.Get("Content-Disposition") != `attachment; filename="apiKey.properties"` {
				t.Fatalf("%d %v %s", key.Status, key.Header, key.Text)
			}
			f.Keys["hannah"] = apitest.Key{ID: m[1], Secret: m[2]}
			if ans := f.Do(t, "hannah", "GET", "/v1/tenants/"+string(f.Tenant)+"/applications?name=Larkspur", "", nil); ans.Has("size=1") != nil {
				t.Errorf("%d %s", ans.Status, ans.Body)
			}
			pageTest{404, nil, []string{m[2]}}.check(t, f.Post(t, "/setup/key", nil))
			pageTest{404, nil, []string{"<form"}}.check(t, f.Get(t, "/setup/done"))
			pageTest{404, nil, nil}.check(t, f.Post(t, "/setup", f.hannah()))
			if all := f.owners(t); len(all) != 1 || all[0].FullName() != "Hannah Goldberg" {
				t.Errorf("%+v", all)
			}
			for what, text := range map[string]string{"link": f.link[22:], "secret": m[2], "password": "correct horse battery"} {
				if strings.Contains(f.log.String(), text) {
					t.Errorf("the %s is in the log: %s", what, f.log)
				}
			}
			if !strings.Contains(f.log.String(), `"route":"/setup"`) {
				t.Errorf("the log is not read: %s", f.log)
			}
		})
	}
}

func TestWhatIsWrongIsSaidAtItsFieldAndNothingTypedIsLost(t *testing.T) {
	typed := []string{`value="hannah@example.com"`, `value="Hannah"`, `value="Goldberg"`, `value="Larkspur"`}
	at := func(field string) string { return `aria-describedby="` + field }
	for _, c := range []struct {
		name   string
		fields []string
		pageTest
	}{
		{"no address", []string{"email", ""}, pageTest{400, []string{"Write your e-mail address.", at("email-e"), typed[1]}, []string{"Account"}}},
		{"a malformed address", []string{"email", "hannah@"}, pageTest{400, []string{"This is no e-mail address.", `value="hannah@"`}, nil}},
		{"a common password", []string{"password", "Password1"}, pageTest{400, append(typed, "among the first that are tried", `aria-invalid="true" autofocus aria-describedby="password-e"`), []string{"Password1"}}},
		{"a short password", []string{"password", "short"}, pageTest{400, append(typed, "too short"), []string{`"short"`}}},
		{"no password", []string{"password", ""}, pageTest{400, append(typed, "Choose a password."), nil}},
		{"a long password", []string{"password", strings.Repeat("long", 64)}, pageTest{400, append(typed, "too long"), nil}},
		{"no name", []string{"application", " "}, pageTest{400, append(typed[:3:3], "Give the application a name."), nil}},
		{"a name that is taken", []string{"application", "Stormpath"}, pageTest{409, append(typed[:3:3], "Another application has this name.", `value="Stormpath"`), nil}},
		{"several", []string{"email", "x", "password", "y", "application", ""}, pageTest{400, []string{"This is no e-mail", "too short", "Give the application"}, nil}},
		{"a long name", []string{"surname", strings.Repeat("x", 256)}, pageTest{400, []string{"This is too long."}, nil}},
		{"markup", []string{"email", `"><script>alert(1)</script>`, "givenName", `' onfocus='x' autofocus='`}, pageTest{400, []string{`&#34;&gt;&lt;script&gt;alert`}, []string{"<script>alert", "' onfocus"}}},
		{"a wrong link", []string{"token", "0000000000000000000000" + strings.Repeat("A", 43)}, pageTest{400, append(typed, "wrong, too old, or was used before", at("token-e")), nil}},
		{"no link", []string{"token", ""}, pageTest{400, append(typed, "wrong, too old, or was used before"), nil}},
		{"not its secret", []string{"token", "{link}x"}, pageTest{400, append(typed, "wrong, too old, or was used before"), nil}},
	} {
		t.Run(c.name, func(t *testing.T) {
			f := newFresh(t)
			f.Get(t, "/setup")
			fields := f.hannah(c.fields...)
			fields["token"] = strings.ReplaceAll(fields["token"], "{link}", f.link)
			c.check(t, f.Post(t, "/setup", fields))
			if n := len(f.owners(t)); n != 0 {
				t.Fatalf("%d owners", n)
			}
			if again := f.Post(t, "/setup", f.hannah()); again.Status != 303 {
				t.Errorf("the link is spent: %d %s", again.Status, again.Text)
			}
		})
	}
}

func TestTheWholeLinkMayBePasted(t *testing.T) {
	for _, form := range []string{" %s \n", "http://localhost:8080/setup#%s", "#%s"} {
		f := newFresh(t)
		f.Get(t, "/setup")
		if got := f.Post(t, "/setup", f.hannah("token", fmt.Sprintf(form, f.link))); got.Status != 303 {
			t.Errorf("%q: %d %s", form, got.Status, got.Text)
		}
	}
}

func TestSetupIsThereOnlyWhileALinkIsLive(t *testing.T) {
	f := newFresh(t)
	former := f.link
	f.link = f.setupLink(t) // as at another start
	f.Get(t, "/setup")
	pageTest{400, []string{"wrong, too old"}, nil}.check(t, f.Post(t, "/setup", f.hannah("token", former)))
	f.Clock.Turn(30 * time.Minute)
	for _, got := range []*apitest.Page{f.Get(t, "/setup"), f.Post(t, "/setup", f.hannah()), f.Get(t, "/setup/password"),
		f.Post(t, "/setup/password", f.hannah()), f.Get(t, "/setup/done"), f.Post(t, "/setup/key", nil)} {
		pageTest{404, []string{"There is nothing to set up"}, []string{"<form"}}.check(t, got)
	}
	f.link = f.setupLink(t)
	pageTest{200, nil, nil}.check(t, f.Get(t, "/setup"))
	// Somebody gets a password by another way.
	if _, _, err := f.App.OwnerFor(f.Machine(), "other@example.com", "correct horse battery"); err != nil {
		t.Fatal(err)
	}
	pageTest{404, nil, nil}.check(t, f.Get(t, "/setup"))
	pageTest{404, nil, nil}.check(t, f.Post(t, "/setup", f.hannah()))
}

func TestReadingSpendsNothing(t *testing.T) {
	f := newFresh(t)
	for _, path := range []string{"/setup", "/setup?token=" + f.link, "/setup/done", "/setup/key"} {
		for _, method := range []string{"GET", "HEAD"} {
			f.Send(t, method, path, "", nil)
		}
	}
	f.Get(t, "/setup")
	pageTest{400, []string{"wrong, too old"}, nil}.check(t, f.Post(t, "/setup?token="+f.link, f.hannah("token", "")))
	if got := f.Post(t, "/setup", f.hannah()); got.Status != 303 {
		t.Fatalf("%d %s", got.Status, got.Text)
	}
	for _, method := range []string{"GET", "HEAD"} {
		f.Send(t, method, "/setup/key", "", nil)
		f.Send(t, method, "/setup/done", "", nil)
	}
	f.Get(t, "/setup/done")
	pageTest{200, []string{"apiKey.secret = "}, nil}.check(t, f.Post(t, "/setup/key", nil))
}

// A form counts if it came with a page that this very browser was given.
func TestClass16_FormsOfOthers(t *testing.T) {
	f := newFresh(t)
	f.Get(t, "/setup")
	token := f.Hidden.Get("csrfToken")
	others := f.API.Browser()
	others.Get(t, "/setup")
	for name, form := range map[string]string{"none": "", "another browser's": others.Hidden.Get("csrfToken"), "a guess": "x." + strings.Repeat("A", 43), "half": strings.Split(token, ".")[0]} {
		pageTest{403, []string{"your browser sends no cookies", `value="Larkspur"`}, []string{"correct horse"}}.check(t, f.Post(t, "/setup", f.hannah("csrfToken", form)))
		if n := len(f.owners(t)); n != 0 {
			t.Fatalf("%s: %d owners", name, n)
		}
	}
	body := url.Values{"csrfToken": {token}}
	for name, value := range f.hannah() {
		body.Set(name, value)
	}
	for _, site := range []string{"cross-site", "same-site"} {
		pageTest{403, []string{"sent by another site"}, []string{"<form", "Larkspur"}}.check(t, f.Send(t, "POST", "/setup", body.Encode(), map[string]string{"Sec-Fetch-Site": site}))
	}
	pageTest{415, nil, nil}.check(t, f.Send(t, "POST", "/setup", body.Encode(), map[string]string{"Content-Type": "text/plain"}))
	pageTest{415, nil, nil}.check(t, f.Send(t, "POST", "/setup", `{"token":"x"}`, map[string]string{"Content-Type": "application/json"}))
	pageTest{400, []string{"a field twice"}, nil}.check(t, f.Send(t, "POST", "/setup", body.Encode()+"&email=x", nil))
	pageTest{303, nil, nil}.check(t, f.Send(t, "POST", "/setup", body.Encode(), map[string]string{"Sec-Fetch-Site": "same-origin"}))
	f.Get(t, "/setup/done")
	pageTest{403, nil, []string{"apiKey.secret"}}.check(t, f.Post(t, "/setup/key", map[string]string{"csrfToken": ""}))
	f.Get(t, "/setup/done")
	thief := f.API.Browser()
	thief.Cookies, thief.Hidden = maps.Clone(f.Cookies), url.Values{"csrfToken": {f.Hidden.Get("csrfToken")}}
	delete(thief.Cookies, "setup")
	pageTest{404, nil, []string{"apiKey.secret"}}.check(t, thief.Post(t, "/setup/key", nil))
	pageTest{200, []string{"apiKey.secret"}, nil}.check(t, f.Post(t, "/setup/key", nil))
}

func TestClass16_WrongLinksAreHeldBack(t *testing.T) {
	f := newFresh(t)
	f.Get(t, "/setup")
	wrong := f.hannah("token", strings.Repeat("0", 65))
	for range 3 { // what is right does not count, whatever else is wrong
		pageTest{400, nil, nil}.check(t, f.Post(t, "/setup", f.hannah("password", "short")))
	}
	for range core.DefaultLockout().Place.Free {
		pageTest{400, nil, nil}.check(t, f.Post(t, "/setup", wrong))
	}
	got := f.Post(t, "/setup", f.hannah())
	pageTest{429, []string{"Too many wrong links", `value="Larkspur"`}, nil}.check(t, got)
	if got.Header.Get("Retry-After") != "2" {
		t.Errorf("Retry-After %q", got.Header.Get("Retry-After"))
	}
	f.Clock.Turn(2 * time.Second)
	pageTest{303, nil, nil}.check(t, f.Post(t, "/setup", f.hannah()))
}

func TestClass16_SetupRaceOfBrowsers(t *testing.T) {
	f := newFresh(t)
	f.Get(t, "/setup")
	var made, keys atomic.Int32
	race := func(send func(b *apitest.Browser)) {
		var wg sync.WaitGroup
		for range 100 {
			b := f.API.Browser()
			b.Cookies, b.Hidden = maps.Clone(f.Cookies), url.Values{"csrfToken": {f.Hidden.Get("csrfToken")}}
			wg.Go(func() { send(b) })
		}
		wg.Wait()
	}
	var winner atomic.Pointer[apitest.Browser]
	race(func(b *apitest.Browser) {
		if b.Post(t, "/setup", f.hannah()).Status == http.StatusSeeOther {
			made.Add(1)
			winner.Store(b)
		}
	})
	if n := len(f.owners(t)); n != 1 || made.Load() != 1 {
		t.Fatalf("%d owners, %d answers", n, made.Load())
	}
	f.Browser = winner.Load()
	f.Clock.Turn(16 * time.Minute) // the other 99 were wrong tries from the same address
	f.Get(t, "/setup/done")
	race(func(b *apitest.Browser) {
		if b.Post(t, "/setup/key", nil).Status == http.StatusOK {
			keys.Add(1)
		}
	})
	if keys.Load() != 1 {
		t.Errorf("%d keys", keys.Load())
	}
}

func TestAnOwnerWhoIsLockedOutSetsANewPassword(t *testing.T) {
	f := newFresh(t)
	owner, _, err := f.App.OwnerFor(f.Machine(), "hannah@example.com", "correct horse battery")
	if err != nil {
		t.Fatal(err)
	}
	pageTest{404, nil, nil}.check(t, f.Get(t, "/setup/password"))
	var link string
	f.Update(t, func(tx *core.Tx) (err error) {
		link, err = core.NewRecoveryLink(tx, owner.ID)
		return err
	})
	pageTest{404, nil, nil}.check(t, f.Get(t, "/setup"))
	pageTest{200, []string{"Choose a new password"}, []string{"hannah", link}}.check(t, f.Get(t, "/setup/password"))
	pageTest{400, []string{"too short", `value="` + link}, nil}.check(t, f.Post(t, "/setup/password", map[string]string{"token": link, "password": "short"}))
	pageTest{400, []string{"Ask the machine"}, nil}.check(t, f.Post(t, "/setup/password", map[string]string{"token": f.link, "password": "a wholly new one"}))
	pageTest{200, []string{"Your password is set", "hannah@example.com"}, nil}.check(t, f.Post(t, "/setup/password", map[string]string{"token": link, "password": "a wholly new one"}))
	pageTest{404, nil, nil}.check(t, f.Post(t, "/setup/password", map[string]string{"token": link, "password": "another new one"}))
	_, err = f.App.Authenticate(f.Machine(), core.Attempt{Application: f.Application(t, "Stormpath").ID, Login: "hannah@example.com", Password: "a wholly new one"})
	if err != nil {
		t.Error(err)
	}
}

func TestSetupNamesWhatHasNoNameOfItsOwn(t *testing.T) {
	f := newFresh(t)
	f.Update(t, func(tx *core.Tx) error {
		app, err := core.Find(tx, core.ApplicationName, "", core.Fold("My Application"))
		if err != nil {
			return err
		}
		app.Name = "Shop"
		return core.Put(tx, app)
	})
	pageTest{200, nil, []string{`name="application"`}}.check(t, f.Get(t, "/setup"))
	fields := f.hannah()
	delete(fields, "application")
	pageTest{303, nil, nil}.check(t, f.Post(t, "/setup", fields))
}

func TestPlainHTTPOverANetworkIsWarnedOf(t *testing.T) {
	f := newFresh(t)
	alias(t, f.World, "http://192.0.2.7:8080")
	alias(t, f.World, "http://id.example.com:8080")
	for host, warned := range map[string]bool{"localhost:8080": false, "127.0.0.1": false, "id.example.com": false, "192.0.2.7:8080": true, "id.example.com:8080": true} {
		f.Host = host
		if got := strings.Contains(f.Get(t, "/setup").Text, "plain http"); got != warned {
			t.Errorf("%s: warned %v", host, got)
		}
	}
}

// A fault of ours is a page too, and tells nothing but its request.
func TestAFaultOfAPage(t *testing.T) {
	f := newFresh(t)
	f.Get(t, "/setup")
	f.Faults = true
	if err := f.App.Close(); err != nil {
		t.Fatal(err)
	}
	got := f.Get(t, "/setup")
	pageTest{503, []string{"shutting down", got.Header.Get("Stormpath-Request-Id")}, nil}.check(t, got)
}
