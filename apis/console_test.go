package apis_test

import (
	"net/url"
	"strings"
	"testing"
	"testing/fstest"
	"time"

	"github.com/stormkeep/stormkeep/apis"
	"github.com/stormkeep/stormkeep/apis/apitest"
	"github.com/stormkeep/stormkeep/core"
	"github.com/stormkeep/stormkeep/core/coretest"
)

// fromConsole are the headers of the console's own script.
var fromConsole = map[string]string{apis.ConsoleHeader: "1", "Sec-Fetch-Site": "same-origin"}

// atIssuer is a browser at the public URL.
func atIssuer(a *apitest.API) *apitest.Browser {
	b := a.Browser()
	b.Host = strings.TrimPrefix(apitest.PublicURL, "https://")
	return b
}

// along follows one redirect to this server, and tells to where it led.
func along(t *testing.T, b *apitest.Browser, p *apitest.Page) (*apitest.Page, string) {
	t.Helper()
	at := strings.TrimPrefix(p.Header.Get("Location"), apitest.PublicURL)
	if p.Status != 303 || !strings.HasPrefix(at, "/") {
		t.Fatalf("%d to %q\n%s", p.Status, at, p.Text)
	}
	return b.Get(t, at), at
}

// toConsole signs somebody in to the console, up to the answer of the callback, whose
// path it tells.
func toConsole(t *testing.T, b *apitest.Browser, from, login string) (p *apitest.Page, at string) {
	t.Helper()
	p, _ = along(t, b, b.Get(t, from))
	if p.Status != 200 || !strings.Contains(p.Text, `name="password"`) {
		t.Fatalf("no form: %d %v", p.Status, p.Header)
	}
	return along(t, b, b.Post(t, "/login", map[string]string{"login": login, "password": coretest.Password}))
}

func TestAnOperatorSignsInToTheConsole(t *testing.T) {
	a := api(t)
	b := atIssuer(a)
	p, at := toConsole(t, b, "/console/login?next=/console/accounts%3Fq%3Dx", "admin@example.com")
	went(t, "in", p, "/console/accounts?q=x")
	token := b.Cookies["__Host-console"]
	if token == "" || !strings.HasPrefix(at, "/console/callback?") {
		t.Fatalf("%v at %s", b.Cookies, at)
	}
	me := b.Send(t, "GET", "/console/api/me", "", fromConsole)
	for _, want := range []string{`"role":"admin"`, `"email":"admin@example.com"`, `"freshUntil":"2026-11-21T12:05:00.000Z"`, `"idleExpiresAt":"2026-11-21T12:30:00.000Z"`,
		`"expiresAt":"2026-11-21T20:00:00.000Z"`, `"issuer":"https://id.example.com"`, `"locale":null`} {
		if me.Status != 200 || !strings.Contains(me.Text, want) {
			t.Errorf("no %s in %d %s", want, me.Status, me.Text)
		}
	}
	if p := b.Get(t, at); p.Status != 400 {
		t.Errorf("the callback shown again: %d", p.Status)
	}
	if p := b.Send(t, "GET", "/console/api/me", "", fromConsole); p.Status != 200 {
		t.Errorf("without its state a code that is shown again ends nothing: %d", p.Status)
	}
	p, _ = along(t, b, b.Get(t, "/console/login?next=//evil.example"))
	p, _ = along(t, b, p)
	went(t, "signed in already", p, "/console/")
	if b.Cookies["__Host-console"] == token {
		t.Error("the same session")
	}
	a.Clock.Turn(core.StepUp)
	p, _ = toConsole(t, b, "/console/login?fresh=1", "admin@example.com")
	went(t, "once more", p, "/console/")
	if me := b.Send(t, "GET", "/console/api/me", "", fromConsole); !strings.Contains(me.Text, `"freshUntil":"2026-11-21T12:10:00.000Z"`) {
		t.Error(me.Text)
	}
	token = b.Cookies["__Host-console"]
	if p := b.Send(t, "POST", "/console/api/logout", "", map[string]string{apis.ConsoleHeader: "1", "Sec-Fetch-Site": "same-origin", "Content-Type": "application/json"}); p.Status != 204 {
		t.Errorf("out: %d %s", p.Status, p.Text)
	}
	if b.Cookies["__Host-console"] != "" || b.Cookies["__Host-session"] != "" {
		t.Errorf("cookies stay: %v", b.Cookies)
	}
	b.Cookies["__Host-console"] = token
	if p := b.Send(t, "GET", "/console/api/me", "", fromConsole); p.Status != 401 || !strings.Contains(p.Text, `"error":"not_signed_in"`) || strings.Contains(p.Header.Get("WWW-Authenticate"), "Basic") {
		t.Errorf("after signing out: %d %v %s", p.Status, p.Header, p.Text)
	}
}

func TestSigningInToTheConsoleIsRefused(t *testing.T) {
	a := api(t)
	b := atIssuer(a)
	p, _ := toConsole(t, b, "/console/login", "norole@example.com")
	looks(t, "no operator", p, 403, "may not use the console", "/console/login?fresh=1")
	if b.Cookies["__Host-console"] != "" {
		t.Error("no operator has a session")
	}
	b = atIssuer(a)
	p, _ = along(t, b, b.Get(t, "/console/login"))
	looks(t, "an end user", b.Post(t, "/login", map[string]string{"login": "ann@example.com", "password": coretest.Password}), 400)

	began := func() (*apitest.Browser, string) {
		b := atIssuer(a)
		p, _ := along(t, b, b.Get(t, "/console/login"))
		if p.Status != 200 {
			t.Fatal(p.Status)
		}
		p = b.Post(t, "/login", map[string]string{"login": "admin@example.com", "password": coretest.Password})
		return b, strings.TrimPrefix(p.Header.Get("Location"), apitest.PublicURL)
	}
	for name, change := range map[string]func(b *apitest.Browser, at *url.URL, q url.Values){
		"no state":            func(_ *apitest.Browser, _ *url.URL, q url.Values) { q.Del("state") },
		"another state":       func(_ *apitest.Browser, _ *url.URL, q url.Values) { q.Set("state", "x") },
		"another issuer":      func(_ *apitest.Browser, _ *url.URL, q url.Values) { q.Set("iss", "https://evil.example") },
		"no code":             func(_ *apitest.Browser, _ *url.URL, q url.Values) { q.Del("code") },
		"a code of nothing":   func(_ *apitest.Browser, _ *url.URL, q url.Values) { q.Set("code", strings.Repeat("x", 65)) },
		"an error":            func(_ *apitest.Browser, _ *url.URL, q url.Values) { q.Set("error", "access_denied"); q.Del("code") },
		"another browser":     func(b *apitest.Browser, _ *url.URL, _ url.Values) { delete(b.Cookies, "__Host-consoleLogin") },
		"a cookie of nothing": func(b *apitest.Browser, _ *url.URL, _ url.Values) { b.Cookies["__Host-consoleLogin"] = "e30" },
	} {
		b, to := began()
		at, err := url.Parse(to)
		if err != nil {
			t.Fatal(err)
		}
		q := at.Query()
		change(b, at, q)
		looks(t, name, b.Get(t, at.Path+"?"+q.Encode()), 400, "Start once more")
		if b.Cookies["__Host-console"] != "" {
			t.Errorf("%s: signed in", name)
		}
	}
	mine, _ := began() // by who has another browser take it up
	_, theirs := began()
	looks(t, "somebody else's sign-in", mine.Get(t, theirs), 400, "Start once more")
}

func TestTheConsoleIsEnteredAtTheIssuer(t *testing.T) {
	b := api(t).Browser()
	went(t, "from another host", b.Get(t, "/console/login?next=/console/x&fresh=1"), apitest.PublicURL+"/console/login?fresh=1&moved=1&next=%2Fconsole%2Fx")
	if p := b.Get(t, "/console/login?moved=1"); p.Status != 303 || !strings.HasPrefix(p.Header.Get("Location"), "/oauth2/authorize?") {
		t.Errorf("moved already: %d %v", p.Status, p.Header)
	}
	for next, want := range map[string]string{"": "/console/", "/console/": "/console/", "/console/accounts?q=a%20b": "/console/accounts?q=a%20b", "/account/": "/console/",
		"https://evil.example/console/": "/console/", "//evil.example/console/": "/console/", `/\evil`: "/console/", "/console/../x": "/console/", "/console//evil": "/console/",
		"/console/api/me": "/console/", "/console/login": "/console/", "/console/callback?x": "/console/", "javascript:x": "/console/", "/console/a#b": "/console/a"} {
		went(t, next, b.Get(t, "/console/login?next="+url.QueryEscape(next)), apitest.PublicURL+"/console/login?moved=1&next="+url.QueryEscape(want))
	}
}

// Where nobody has asked for the console, the root of a host is the people's.
func TestTheRootLeadsAnOperatorToTheConsole(t *testing.T) {
	a := api(t).With(t, apis.Options{Console: fstest.MapFS{"index.html": {Data: []byte("<!doctype html>")}}})
	b := atIssuer(a)
	went(t, "a stranger", b.Get(t, "/"), "/login")
	toConsole(t, b, "/console/login", "admin@example.com")
	went(t, "an operator", b.Get(t, "/"), "/console/")
	if p := b.Send(t, "GET", "/", "", map[string]string{"Accept": "application/json"}); p.Status != 404 {
		t.Errorf("a program: %d", p.Status)
	}
	a.Clock.Turn(time.Hour)
	went(t, "whose session of the console is over", b.Get(t, "/"), "/account/")
}
