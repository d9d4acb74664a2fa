package apis_test

import (
	"encoding/json"
	"net/http"
	"net/url"
	"regexp"
	"strings"
	"testing"

	"github.com/stormkeep/stormkeep/apis"
	"github.com/stormkeep/stormkeep/apis/apitest"
	"github.com/stormkeep/stormkeep/core"
	"github.com/stormkeep/stormkeep/core/coretest"
)

// front is a server with people at its host's application.
type front struct {
	*apitest.API
	dir core.ID[core.Directory]
	ann *core.Account
}

func newFront(t testing.TB) *front {
	t.Helper()
	f := &front{API: apitest.New(t)}
	f.dir = f.Directory(t, "My Application Directory").ID
	f.ann = f.Person(t, f.dir, "ann.lee@example.com")
	return f
}

// verifies has the directory verify addresses.
func (f *front) verifies(t testing.TB) {
	t.Helper()
	f.set(t, "/v1/accountCreationPolicies/"+string(f.dir), `{"verificationEmailStatus":"enabled"}`)
}

func (f *front) set(t testing.TB, path, body string) {
	t.Helper()
	if ans := f.Do(t, "", http.MethodPost, path, body, nil); ans.Status/100 != 2 {
		t.Fatalf("%s: %d %s", path, ans.Status, ans.Body)
	}
}

// resetToken is that of the link in a mail by which to set a new password.
func (f *front) resetToken(t *testing.T, email string) string {
	t.Helper()
	f.json(t, "POST", "/forgot", `{"email":"`+email+`"}`)
	path, _ := lastMail(t, f.API)
	_, token, ok := strings.Cut(path, "sptoken=")
	if !ok {
		t.Fatalf("no link in the mail: %q", path)
	}
	return token
}

// json is a call of a program.
func (f *front) json(t testing.TB, method, path, body string, header ...string) *apitest.Page {
	t.Helper()
	h := map[string]string{"Accept": "application/json", "Content-Type": "application/json"}
	for i := 0; i+1 < len(header); i += 2 {
		h[header[i]] = header[i+1]
	}
	return f.Browser().Send(t, method, path, body, h)
}

// shows holds a page to a status, to what it says, and to the hooks that the
// framework's own tests look for (framework spec 5.3).
func shows(t testing.TB, name string, p *apitest.Page, status int, says ...string) {
	t.Helper()
	if p.Status != status {
		t.Errorf("%s: %d, want %d %v\n%s", name, p.Status, status, p.Header, p.Text)
		return
	}
	for _, want := range says {
		if !strings.Contains(p.Text, want) {
			t.Errorf("%s: no %q in\n%s", name, want, p.Text)
		}
	}
	if !strings.Contains(p.Header.Get("Vary"), "Accept") {
		t.Errorf("%s: Vary is %q", name, p.Header.Get("Vary"))
	}
	for _, e := range elements.FindAllString(p.Text, -1) {
		for tag, need := range map[string][]string{"<div": {"class="}, "<input": {"name=", "type="}, "<button": {"type="}, "<form": {"method="}} {
			for _, attr := range need {
				if strings.HasPrefix(e, tag) && !strings.Contains(e, " "+attr) && strings.Contains(p.Header.Get("Content-Type"), "html") {
					t.Errorf("%s: %s lacks %s", name, e, attr)
				}
			}
		}
	}
}

var elements = regexp.MustCompile(`<(?:div|input|button|form)\b[^>]*>`)

// went holds an answer to a redirect.
func went(t testing.TB, name string, p *apitest.Page, to string) {
	t.Helper()
	if at := p.Header.Get("Location"); p.Status != 302 && p.Status != 303 || at != to {
		t.Errorf("%s: %d to %q, want %q\n%s", name, p.Status, at, to, p.Text)
	}
}

func TestTheRoutesOfTheFrameworkAnswerInTheKindThatIsAskedFor(t *testing.T) {
	f := newFront(t)
	for _, path := range []string{"/login", "/register", "/forgot", "/verify"} {
		shows(t, path, f.Browser().Get(t, path), 200, "<form", `class="intro header"`)
		if p := f.Browser().Send(t, "GET", path, "", map[string]string{"Accept": "foo/bar"}); p.Status != 404 {
			t.Errorf("%s: %d", path, p.Status)
		}
		for _, method := range []string{"PUT", "DELETE"} {
			if p := f.json(t, method, path, ""); p.Status != 405 {
				t.Errorf("%s %s: %d", method, path, p.Status)
			}
		}
	}
	for path, fields := range map[string]string{
		"/login":    `[{"name":"login","label":"Username or Email","placeholder":"Username or Email","required":true,"type":"text"},{"name":"password","label":"Password","placeholder":"Password","required":true,"type":"password"}]`,
		"/register": `[{"name":"givenName","label":"First Name","placeholder":"First Name","required":true,"type":"text"},{"name":"surname","label":"Last Name","placeholder":"Last Name","required":true,"type":"text"},{"name":"email","label":"Email","placeholder":"Email","required":true,"type":"email"},{"name":"password","label":"Password","placeholder":"Password","required":true,"type":"password"}]`,
	} {
		for _, accept := range []string{"", "*/*", "application/json"} {
			p := f.json(t, "GET", path, "", "Accept", accept)
			var got struct {
				Form          struct{ Fields json.RawMessage }
				AccountStores []any
			}
			if err := json.Unmarshal([]byte(p.Text), &got); err != nil || p.Status != 200 || string(got.Form.Fields) != fields || got.AccountStores == nil {
				t.Errorf("%s %q: %d %s", path, accept, p.Status, p.Text)
			}
			if kind := p.Header.Get("Content-Type"); kind != "application/json; charset=utf-8" {
				t.Errorf("%s: %q", path, kind)
			}
		}
	}
	for path, status := range map[string]int{"/forgot": 405, "/logout": 405, "/verify": 400, "/change": 400} {
		if p := f.json(t, "GET", path, ""); p.Status != status {
			t.Errorf("%s: %d %s", path, p.Status, p.Text)
		}
	}
	if p := f.json(t, "POST", "/login", `{"login":1}`); p.Status != 400 || p.Text != `{"status":400,"message":"login must be a string."}` {
		t.Errorf("%d %s", p.Status, p.Text)
	}
	if p := f.json(t, "POST", "/login", `{"login":"ann","password":"x"}`, "Content-Type", "text/plain"); p.Status != 415 {
		t.Errorf("JSON that a form of another site can send: %d", p.Status)
	}
}

// Where a browser goes on is always ours (framework spec 5.5).
func TestClass17_WhereABrowserGoesOn(t *testing.T) {
	f := newFront(t)
	for next, want := range map[string]string{
		"": "/", "/me": "/me", "/me?x=1&y=%2F": "/me?x=1&y=%2F", "me": "/me", "http://stormpath.com/foo?a=b": "/foo?a=b", "https://evil.example": "/", "/a%2Fb": "/a%2Fb",
		"//evil.example": "/", "//evil.example/x": "/x", "///evil.example": "/", `/\evil.example`: "/", `\\evil.example`: "/", "http:////evil.example": "/", "https://x//evil.example/": "/",
		"/\tx": "/", "/\nx": "/", "javascript:alert(1)": "/", "data:text/html,x": "/", "/x#y": "/x", "%2F%2Fevil.example": "/%2F%2Fevil.example", "/.//evil.example": "/.//evil.example",
	} {
		b := f.Browser()
		at := "/login?" + url.Values{"next": {next}}.Encode()
		b.Get(t, at)
		went(t, next, b.Post(t, at, map[string]string{"login": "ann.lee@example.com", "password": coretest.Password}), want)
	}
}

// The application that a host serves is the one that the setting names, else the only
// one there is.
func TestTheApplicationOfTheHost(t *testing.T) {
	f := newFront(t)
	title := func(a *apitest.API) string {
		p := a.Browser().Get(t, "/login")
		_, rest, _ := strings.Cut(p.Text, "<h1>")
		text, _, _ := strings.Cut(rest, "</h1>")
		return text
	}
	if got := title(f.API); got != "Sign in to My Application" {
		t.Errorf("%q", got)
	}
	f.set(t, "/v1/applications/"+string(f.Application(t, "My Application").ID), `{"name":"Larkspur"}`)
	if got := title(f.API); got != "Sign in to Larkspur" {
		t.Errorf("the only one: %q", got)
	}
	f.set(t, "/v1/applications", `{"name":"Shop"}`)
	if p := f.Browser().Get(t, "/login"); p.Status != 404 || !strings.Contains(p.Text, "No application is served here.") {
		t.Errorf("one of two: %d %s", p.Status, p.Text)
	}
	if got := title(f.With(t, apis.Options{HostedApplication: "SHOP"})); got != "Sign in to Shop" {
		t.Errorf("the one that is named: %q", got)
	}
	if p := f.With(t, apis.Options{HostedApplication: "Stormpath"}).Browser().Get(t, "/login"); p.Status != 404 {
		t.Errorf("the administrators': %d", p.Status)
	}
}
