package oauth_test

import (
	"html"
	"regexp"

	"github.com/stormkeep/stormkeep/apis/apitest"
	"net/url"
	"strings"
	"testing"

	"github.com/stormkeep/stormkeep/core/coretest"
)

// Who makes an account on the way, or sets a new password, goes on to the client.
func TestAClientWaitsForWhoRegistersOrResets(t *testing.T) {
	s := open(t)
	b := s.visitor()
	b.Get(t, "/oauth2/authorize?"+request(s.own).Encode())
	flow := url.QueryEscape(b.Hidden.Get("flow"))
	p := b.Get(t, "/register?flow="+flow)
	if p.Status != 200 || !strings.Contains(p.Text, `action="/register?flow=`) || !strings.Contains(p.Text, `href="/login?flow=`) {
		t.Fatalf("%d %s", p.Status, p.Text)
	}
	p = b.Post(t, "/register?flow="+flow, map[string]string{"givenName": "Eve", "surname": "Ash", "email": "eve@example.com", "password": coretest.Password})
	at := p.Header.Get("Location")
	if p.Status != 302 || !strings.HasPrefix(at, "/login?status=created&flow=") {
		t.Fatalf("%d %q %s", p.Status, at, p.Text)
	}
	if p = b.Get(t, at); p.Status != 200 || !strings.Contains(p.Text, "To go on to Own") || !strings.Contains(p.Text, "Your account is made") {
		t.Fatalf("%d %s", p.Status, p.Text)
	}
	p = b.Post(t, "/login", map[string]string{"login": "eve@example.com", "password": coretest.Password})
	if q := back(t, p, s.own.redirect); q.Get("code") == "" {
		t.Errorf("%v", q)
	}

	b = s.visitor()
	b.Get(t, "/oauth2/authorize?"+request(s.own).Encode())
	flow = url.QueryEscape(b.Hidden.Get("flow"))
	b.Get(t, "/forgot?flow="+flow)
	if p = b.Post(t, "/forgot?flow="+flow, map[string]string{"email": "ann.lee@example.com"}); !strings.HasPrefix(p.Header.Get("Location"), "/login?status=forgot&flow=") {
		t.Fatalf("%d %v", p.Status, p.Header)
	}
	s.Settle(t)
	all := s.Post.All()
	_, token, _ := strings.Cut(all[len(all)-1].Text, "sptoken=")
	token = strings.Fields(token)[0]
	b.Get(t, "/change?sptoken="+token)
	b.Get(t, "/change")
	p = b.Post(t, "/change", map[string]string{"password": "N3w passw0rd for ann", "confirmPassword": "N3w passw0rd for ann"})
	if at = p.Header.Get("Location"); !strings.HasPrefix(at, "/login?status=reset&flow=") {
		t.Fatalf("%d %q %s", p.Status, at, p.Text)
	}
	b.Get(t, at)
	p = b.Post(t, "/login", map[string]string{"login": "ann.lee@example.com", "password": "N3w passw0rd for ann"})
	if q := back(t, p, s.own.redirect); q.Get("code") == "" {
		t.Errorf("%v", q)
	}
}

// The text of a flow is of one browser, on every page that takes it.
func TestClass16_ACarriedFlowIsOfOneBrowser(t *testing.T) {
	s := open(t)
	b := s.visitor()
	b.Get(t, "/oauth2/authorize?"+request(s.own).Encode())
	flow := url.QueryEscape(b.Hidden.Get("flow"))
	for _, path := range []string{"/login", "/register", "/forgot", "/verify"} {
		if p := b.Get(t, path+"?flow="+flow); p.Status != 200 || !strings.Contains(p.Text, "<form") {
			t.Errorf("%s: %d", path, p.Status)
		}
		for name, text := range map[string]string{"another's": flow, "nothing": "AAAA"} {
			if p := s.visitor().Get(t, path+"?flow="+text); p.Status != 400 || !strings.Contains(p.Text, "Start once more") {
				t.Errorf("%s with %s: %d %s", path, name, p.Status, p.Text)
			}
		}
	}
}

// The language that a client asks for is that of all pages of its flow; what the person
// chooses afterwards goes before it.
func TestTheLanguageOfAFlowIsKept(t *testing.T) {
	s := open(t)
	s.change(t, "/v1/clients/"+s.web.id, `{"firstParty":false}`)
	b := s.visitor()
	asked := request(s.web)
	asked.Set("ui_locales", "de-CH en")
	says := func(name, text, want string) {
		t.Helper()
		if !strings.Contains(text, want) {
			t.Errorf("%s: no %q in\n%s", name, want, text)
		}
	}
	says("the first page", b.Get(t, "/oauth2/authorize?"+asked.Encode()).Text, "Bei My Application anmelden")
	flow := url.QueryEscape(b.Hidden.Get("flow"))
	says("a new account", b.Get(t, "/register?flow="+flow).Text, "Konto bei My Application anlegen")
	says("a lost password", b.Get(t, "/forgot?flow="+flow).Text, "Neues Passwort für My Application")
	says("come back", b.Get(t, "/login?flow="+flow).Text, "Danach geht es weiter zu Web")
	says("a wrong one", b.Post(t, "/login", map[string]string{"login": "ann.lee@example.com", "password": "x"}).Text, "Der Name oder das Passwort ist falsch.")
	at := strings.Split(strings.Split(b.Post(t, "/login", map[string]string{"login": "x", "password": "x"}).Text, `<nav aria-label="Sprache"><a href="`)[1], `"`)[0]
	says("chosen", b.Get(t, strings.ReplaceAll(at, "&amp;", "&")).Text, "Sign in to My Application")
	flow = url.QueryEscape(b.Hidden.Get("flow"))
	says("chosen, and kept", b.Get(t, "/register?flow="+flow).Text, "Create an account of My Application")
	p := b.Get(t, "/register?flow="+flow+"&ui_locales=de")
	says("chosen on another page", p.Text, "Konto bei My Application anlegen")
	back := strings.Split(strings.Split(p.Text, `href="/login?`)[1], `"`)[0]
	says("and kept from there", b.Get(t, "/login?"+back).Text, "Bei My Application anmelden")
	says("consent", b.Post(t, "/login", map[string]string{"login": "ann.lee@example.com", "password": coretest.Password}).Text, "Web den Zugriff erlauben?")
}

// The pages of a flow speak what was chosen in it, else what its client asked for, else
// what was chosen with the browser before, else what the browser says.
func TestTheLanguageOfAFlow(t *testing.T) {
	s := open(t)
	for name, c := range map[string]struct{ client, cookie, accept, chosen, is string }{
		"nothing":                      {"", "", "", "", "en"},
		"what the browser says":        {"", "", "de", "", "de"},
		"a former choice before that":  {"", "de", "en", "", "de"},
		"the client before the choice": {"de", "en", "en", "", "de"},
		"what is chosen now":           {"en", "en", "en", "de", "de"},
	} {
		b := s.visitor()
		if c.cookie != "" {
			b.Cookies["__Host-language"] = c.cookie
		}
		say := map[string]string{"Accept-Language": c.accept}
		b.Send(t, "GET", "/oauth2/authorize?"+request(s.web, "ui_locales", c.client).Encode(), "", say)
		if c.chosen != "" {
			b.Send(t, "GET", "/login?"+url.Values{"flow": {b.Hidden.Get("flow")}, "ui_locales": {c.chosen}}.Encode(), "", say)
		}
		in := url.Values{"csrfToken": {b.Hidden.Get("csrfToken")}, "flow": {b.Hidden.Get("flow")}, "login": {"ann.lee@example.com"}, "password": {coretest.Password}}
		p := b.Send(t, "POST", "/login", in.Encode(), say)
		want := map[string]string{"en": "Allow Web?", "de": `lang="de"`}[c.is]
		if p.Status != 200 || p.Header.Get("Content-Language") != c.is || !strings.Contains(p.Text, want) || !strings.Contains(p.Text, `action="/consent"`) {
			t.Errorf("%s: %d %v, want %s\n%s", name, p.Status, p.Header, c.is, p.Text)
		}
	}
}

// Every page of the provider that a GET shows leads to the other languages, and a GET
// of them agrees to nothing and signs nobody out.
func TestThePagesOfTheProviderLeadToTheOtherLanguages(t *testing.T) {
	s := open(t)
	b := s.visitor()
	follow := func(name string, p *apitest.Page, says string) *apitest.Page {
		t.Helper()
		m := regexp.MustCompile(`<a href="([^"]*)" hreflang="de"`).FindStringSubmatch(p.Text)
		if m == nil {
			t.Fatalf("%s: no link in %d %s", name, p.Status, p.Text)
		}
		out := b.Send(t, "GET", html.UnescapeString(m[1]), "", map[string]string{"Sec-Fetch-Site": "same-origin"})
		if out.Status != p.Status || out.Header.Get("Content-Language") != "de" || !strings.Contains(out.Text, says) || b.Cookies["__Host-language"] != "de" {
			t.Errorf("%s: %d %v %s", name, out.Status, out.Header, out.Text)
		}
		delete(b.Cookies, "__Host-language")
		return out
	}
	follow("an error", b.Get(t, "/oauth2/authorize?"+request(s.web, "client_id", "x", "state", `"><script>`).Encode()), `lang="de"`)
	b.Get(t, "/oauth2/authorize?"+request(s.web).Encode())
	follow("consent", signIn(t, b), `action="/consent"`)
	if q := back(t, b.Post(t, "/consent", map[string]string{"answer": "allow"}), s.web.redirect); q.Get("code") == "" || q.Get("state") != "st4te" {
		t.Errorf("%v", q)
	}
	follow("signing out", b.Get(t, "/oauth2/logout?state=x"), `name="leaving"`)
	if b.Cookies["__Host-session"] == "" {
		t.Error("a GET signs out")
	}
	p := b.Post(t, "/oauth2/logout", nil)
	if b.Cookies["__Host-session"] != "" {
		t.Error("still signed in")
	}
	follow("goodbye", p, `lang="de"`)
	follow("a flow that is over", b.Get(t, "/consent?flow=x"), `lang="de"`)
	for _, path := range []string{"/oauth2/logout?leaving=x", "/consent", "/consent?flow=" + strings.Repeat("A", 7000)} {
		if p := b.Get(t, path); p.Status != 400 {
			t.Errorf("%.30s: %d", path, p.Status)
		}
	}
}
