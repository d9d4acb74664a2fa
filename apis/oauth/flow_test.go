package oauth_test

import (
	"fmt"
	"net/url"
	"strings"
	"testing"
	"time"

	"github.com/stormkeep/stormkeep/apis/apitest"
	"github.com/stormkeep/stormkeep/core"
	"github.com/stormkeep/stormkeep/core/coretest"
)

// A flow is forgotten after half an hour, and a request that is too long for a page is
// not begun.
func TestAFlowIsForgotten(t *testing.T) {
	s := open(t)
	b := s.visitor()
	b.Get(t, "/oauth2/authorize?"+request(s.own).Encode())
	s.Clock.Turn(30 * time.Minute)
	if p := signIn(t, b); p.Status != 400 || !strings.Contains(p.Text, "Start once more") || b.Cookies["__Host-session"] != "" {
		t.Errorf("%d %s", p.Status, p.Text)
	}
	if p := b.Get(t, "/oauth2/authorize?"+request(s.own, "state", strings.Repeat("x", 4000)).Encode()); p.Status != 400 {
		t.Errorf("%d", p.Status)
	}
	for _, flow := range []string{"x", strings.Repeat("A", 5000)} {
		b.Hidden.Set("flow", flow)
		if p := signIn(t, b); p.Status != 400 {
			t.Errorf("%.10q: %d", flow, p.Status)
		}
	}
}

// A client may have people sign in to one organization of its application: the pages are
// that organization's, and nobody else is known there.
func TestASignInToAnOrganization(t *testing.T) {
	s := open(t)
	app := s.Application(t, "My Application").ID
	org := s.Organization(t, app, "Bank", "bank")
	s.Person(t, s.Directory(t, "Bank Directory").ID, "bob@example.com")
	s.change(t, "/v1/applications/"+string(app)+"/branding", `{"displayName":"The Shop","primaryColor":"#1f5c7a"}`)
	s.change(t, "/v1/organizations/"+string(org)+"/branding", `{"displayName":"The Bank","primaryColor":"#7a1f5c"}`)
	says := func(name string, p *apitest.Page, status int, want ...string) {
		t.Helper()
		for _, text := range append(want, "--accent:light-dark(#7a1f5c,#7a1f5c)") {
			if p.Status != status || !strings.Contains(p.Text, text) {
				t.Errorf("%s: %d, no %q in %s", name, p.Status, text, p.Text)
			}
		}
	}
	bob := map[string]string{"login": "bob@example.com", "password": coretest.Password}
	for _, name := range []string{string(org), "bank", "BANK"} {
		b := s.visitor()
		says(name, b.Get(t, "/oauth2/authorize?"+request(s.web, "organization", name, "prompt", "login consent").Encode()), 200, "Sign in to The Bank")
		carry := "?flow=" + url.QueryEscape(b.Hidden.Get("flow"))
		says("somebody else's", signIn(t, b), 400, "The name or the password is wrong.")
		for _, path := range []string{"/register", "/forgot", "/verify", "/login"} {
			says(path, b.Get(t, path+carry), 200, "The Bank")
		}
		says("consent", b.Post(t, "/login", bob), 200, "Allow Web?")
		got := s.redeem(t, s.web, back(t, b.Post(t, "/consent", map[string]string{"answer": "allow"}), s.web.redirect).Get("code"))
		if got.status != 200 || claims(t, got.AccessToken)["org"] != string(org) {
			t.Errorf("%s: %+v", name, got)
		}
		if q := back(t, b.Get(t, "/oauth2/authorize?"+request(s.web, "organization", name, "prompt", "none").Encode()), s.web.redirect); q.Get("code") == "" {
			t.Errorf("%s: a session of the organization is not used: %v", name, q)
		}
	}
	b := s.visitor()
	s.authorized(t, b, s.own)
	if q := back(t, b.Get(t, "/oauth2/authorize?"+request(s.own, "organization", "bank", "prompt", "none").Encode()), s.own.redirect); q.Get("error") != "login_required" {
		t.Errorf("a session of nobody in the organization is used for it: %v", q)
	}
	b.Get(t, "/oauth2/authorize?"+request(s.own, "organization", "bank", "prompt", "login").Encode())
	carry := "?flow=" + url.QueryEscape(b.Hidden.Get("flow"))
	b.Get(t, "/register"+carry)
	p := b.Post(t, "/register"+carry, map[string]string{"givenName": "Eve", "surname": "Moss", "email": "eve@example.com", "password": coretest.Password})
	b.Get(t, p.Header.Get("Location"))
	if q := back(t, b.Post(t, "/login", map[string]string{"login": "eve@example.com", "password": coretest.Password}), s.own.redirect); q.Get("code") == "" {
		t.Errorf("a new account of the organization: %v", q)
	}
}

func TestAnOrganizationThatIsNoneOfTheApplications(t *testing.T) {
	s := open(t)
	app := s.Application(t, "My Application").ID
	s.Organization(t, app, "Bank", "bank")
	if ans := s.Do(t, "", "POST", "/v1/organizations", `{"name":"Other","nameKey":"other"}`, nil); ans.Status != 201 {
		t.Fatalf("%d %s", ans.Status, ans.Body)
	}
	for name, text := range map[string]string{"not mapped": "other", "none": "x", "an application": string(app), "a directory": string(s.Directory(t, "Bank Directory").ID),
		"long": strings.Repeat("a", 3000), "a path": "../applications/" + string(app), "a pattern": "ban%", "a list": "bank other", "padded": " bank ", "turned": "\u202ebank",
		"markup": "<script>alert(1)</script>", "a reference": "organizations/bank", "lines": "bank\r\nx: y"} {
		for _, prompt := range []string{"login", "none"} {
			q := back(t, s.visitor().Get(t, "/oauth2/authorize?"+request(s.own, "organization", text, "prompt", prompt).Encode()), s.own.redirect)
			if q.Get("error") != "invalid_request" || q.Get("error_description") != "The organization is not one of this application." || q.Get("state") != "st4te" {
				t.Errorf("%s: %v", name, q)
			}
		}
	}
	if p := s.visitor().Get(t, "/oauth2/authorize?"+request(s.own, "organization", "\x00").Encode()); p.Status != 400 {
		t.Errorf("a zero: %d", p.Status)
	}
	if p := s.visitor().Get(t, "/oauth2/authorize?"+request(s.own, "organization", "bank").Encode()+"&organization=bank"); p.Status != 400 {
		t.Errorf("twice: %d", p.Status)
	}
	b := s.visitor()
	b.Get(t, "/oauth2/authorize?"+request(s.own, "organization", "bank").Encode())
	ms := s.Get(t, "/v1/applications/"+string(app)+"/accountStoreMappings")
	href, _ := ms.Value("items.1.href").(string)
	if ans := s.Do(t, "", "DELETE", "/v1/"+strings.SplitN(href, "/v1/", 2)[1], "", nil); ans.Status != 204 {
		t.Fatalf("%d %s", ans.Status, ans.Body)
	}
	if p := signIn(t, b); p.Status != 400 || !strings.Contains(p.Text, "Start once more") || b.Cookies["__Host-session"] != "" {
		t.Errorf("unmapped meanwhile: %d %s", p.Status, p.Text)
	}
}

// The host of an organization's domain names it, for the clients of that application.
func TestTheHostOfADomainNamesTheOrganization(t *testing.T) {
	s := open(t)
	app := string(s.Application(t, "My Application").ID)
	org := string(s.Organization(t, core.ID[core.Application](app), "Bank", "bank"))
	second := s.Organization(t, core.ID[core.Application](app), "Mill", "mill")
	s.Person(t, s.Directory(t, "Bank Directory").ID, "bob@example.com")
	s.Reached(t, "http://bank.example")
	s.change(t, "/v1/applications/"+app+"/domains", `{"host":"bank.example","organization":{"href":"`+apitest.Base+`/organizations/`+org+`"}}`)
	b := s.Browser()
	b.Host = "bank.example"
	b.Get(t, "/oauth2/authorize?"+request(s.own).Encode())
	if p := signIn(t, b); p.Status != 400 || !strings.Contains(p.Text, "The name or the password is wrong.") {
		t.Errorf("somebody else's: %d %s", p.Status, p.Text)
	}
	got := s.redeem(t, s.own, back(t, b.Post(t, "/login", map[string]string{"login": "bob@example.com", "password": coretest.Password}), s.own.redirect).Get("code"))
	if got.status != 200 || claims(t, got.AccessToken)["org"] != org {
		t.Errorf("%+v", got)
	}
	for name, want := range map[string]string{"bank": "", string(second): "invalid_request"} {
		if q := back(t, b.Get(t, "/oauth2/authorize?"+request(s.own, "organization", name).Encode()), s.own.redirect); q.Get("error") != want {
			t.Errorf("%s: %v", name, q)
		}
	}
	ans := s.Do(t, "", "POST", "/v1/applications?createDirectory=true", `{"name":"Other"}`, nil)
	href, _ := ans.Value("href").(string)
	ans = s.Do(t, "", "POST", "/v1/applications/"+href[len(href)-22:]+"/clients", `{"name":"Elsewhere","redirectUris":["https://other.example/cb"],"firstParty":true}`, nil)
	other := party{id: fmt.Sprint(ans.Value("clientId")), redirect: "https://other.example/cb"}
	if p := b.Get(t, "/oauth2/authorize?"+request(other).Encode()); p.Status != 200 || !strings.Contains(p.Text, "Sign in to Other") {
		t.Errorf("a client of another application: %d %v %s", p.Status, p.Header, p.Text)
	}
}
