package oauth_test

import (
	"net/url"
	"strings"
	"testing"

	"github.com/stormkeep/stormkeep/core"
	"github.com/stormkeep/stormkeep/hooks"
)

// A refusal of a handler reaches the client as an error that it knows, and by the way
// on which it waits for one.
func TestAHandlersRefusalReachesTheClient(t *testing.T) {
	no := core.Refuse("account", "not on Sundays")
	own := core.Errorf(core.Invalid, "interaction_required", "Not on Sundays.")
	refused := map[string]error{}
	ask := func(name string) error { return refused[name] }
	s := open(t, func(a *core.App) {
		h := &a.Hooks
		h.OAuth.Authorize.Before(func(*core.AuthorizeEvent) error { return ask("authorize") }, hooks.ID("test.authorize"))
		h.OAuth.Consent.Before(func(*core.ConsentEvent) error { return ask("consent") }, hooks.ID("test.consent"))
		h.OAuth.Token.Before(func(*core.TokenRequestEvent) error { return ask("token") }, hooks.ID("test.token"))
		h.Token.Issue.Before(func(*core.TokenEvent) error { return ask("issue") }, hooks.ID("test.issue"))
		h.Token.Verify.Before(func(*core.VerifyEvent) error { return ask("verify") }, hooks.ID("test.verify"))
		h.Token.Revoke.Before(func(*core.RevokeEvent) error { return ask("revoke") }, hooks.ID("test.revoke"))
		h.Token.Introspect.Before(func(e *core.IntrospectEvent) error {
			e.More["tier"], e.More["active"], e.More["sub"] = "gold", false, "somebody"
			return ask("introspect")
		}, hooks.ID("test.introspect"))
		h.Session.Open.Before(func(*core.SessionEvent) error { return ask("session") }, hooks.ID("test.session"))
	})
	b := s.visitor()
	good := s.redeem(t, s.own, s.authorized(t, b, s.own))
	authorize := func() string {
		return back(t, b.Get(t, "/oauth2/authorize?"+request(s.own).Encode()), s.own.redirect).Get("error")
	}
	credentials := func() string {
		return s.token(t, s.robot, url.Values{"grant_type": {"client_credentials"}}).Error
	}
	refresh := func() string {
		return s.token(t, s.own, url.Values{"grant_type": {"refresh_token"}, "refresh_token": {good.RefreshToken}}).Error
	}
	told := func(path string) string {
		status, out := s.ask(t, path, s.own, false, url.Values{"token": {good.AccessToken}})
		if status == 200 && out["active"] != nil {
			return map[any]string{true: "active", false: "inactive"}[out["active"]]
		}
		text, _ := out["error"].(string)
		return text
	}
	for _, c := range []struct {
		name string
		err  error
		do   func() string
		want string
	}{
		{"authorize", no, authorize, "access_denied"},
		{"authorize", own, authorize, "interaction_required"},
		{"consent", no, func() string {
			b.Get(t, "/oauth2/authorize?"+request(s.web).Encode())
			return back(t, b.Post(t, "/consent", map[string]string{"answer": "allow"}), s.web.redirect).Get("error")
		}, "access_denied"},
		{"token", no, credentials, "unauthorized_client"},
		{"token", no, refresh, "invalid_grant"},
		{"issue", no, credentials, "unauthorized_client"},
		{"issue", no, refresh, "invalid_grant"},
		{"verify", no, func() string { return told("/oauth2/introspect") }, "inactive"},
		{"verify", no, func() string {
			status, _ := s.userInfo(t, good.AccessToken)
			return map[int]string{401: "401"}[status]
		}, "401"},
		{"introspect", no, func() string { return told("/oauth2/introspect") }, "inactive"},
		{"none", nil, func() string { return told("/oauth2/introspect") }, "active"},
		{"revoke", no, func() string { return told("/oauth2/revoke") }, "unauthorized_client"},
		{"none", nil, authorize, ""},
		{"none", nil, refresh, ""},
	} {
		refused[c.name] = c.err
		if got := c.do(); got != c.want {
			t.Errorf("%s: %q, want %q", c.name, got, c.want)
		}
		delete(refused, c.name)
	}
	if _, out := s.ask(t, "/oauth2/introspect", s.own, false, url.Values{"token": {good.AccessToken}}); out["tier"] != "gold" || out["active"] != true || out["sub"] != string(s.ann.ID) {
		t.Errorf("what a handler says stands beside what we do: %v", out)
	}
}

// Every door at which people sign in has the handlers asked.
func TestEveryDoorAsksTheHandlersOfSigningIn(t *testing.T) {
	seen := ""
	s := open(t, func(a *core.App) {
		a.Hooks.Auth.Identify.Before(func(*core.AuthEvent) error { seen += "i"; return nil }, hooks.ID("test.identify"))
		a.Hooks.Auth.Login.Before(func(e *core.AuthEvent) error {
			seen += "l"
			return core.Refuse("account", "not on Sundays")
		}, hooks.ID("test.login"))
		a.Hooks.Auth.Failure.Before(func(*core.AuthEvent) error { seen += "f"; return nil }, hooks.ID("test.failure"))
	})
	b := s.visitor()
	for name, do := range map[string]func(){
		"loginAttempts": func() {
			s.Do(t, "", "POST", "/v1/applications/"+string(s.Application(t, "My Application").ID)+"/loginAttempts", `{"type":"basic","value":"YW5uLmxlZUBleGFtcGxlLmNvbTpQYXNzdzByZCE="}`, nil)
		},
		"the page, for a client": func() {
			b.Get(t, "/oauth2/authorize?"+request(s.own).Encode())
			if p := signIn(t, b); p.Status == 303 {
				t.Errorf("%v", p.Header)
			}
		},
		"the page": func() {
			b.Get(t, "/login")
			signIn(t, b)
		},
	} {
		seen = ""
		do()
		if seen != "ilf" {
			t.Errorf("%s: %q", name, seen)
		}
	}
}

func TestClaimsAskedOneByOneAreAgreedTo(t *testing.T) {
	s := open(t, func(a *core.App) {
		a.Claims.Add("department", core.Claim{Scopes: []string{"profile"}, Value: func(*core.Tx, *core.Account) (any, error) { return "sales", nil }})
	})
	b := s.visitor()
	ask := func(claims string, more ...string) string {
		return "/oauth2/authorize?" + request(s.web, append([]string{"scope", "openid", "claims", claims}, more...)...).Encode()
	}
	const mail, both = `{"id_token":{"email":{"essential":true}}}`, `{"id_token":{"email":null},"userinfo":{"department":null,"unheard_of":null}}`
	b.Get(t, ask(mail))
	if p := signIn(t, b); p.Status != 200 || !strings.Contains(p.Text, "<b>See your e-mail address</b>") || strings.Contains(p.Text, "department") {
		t.Fatalf("%d %s", p.Status, p.Text)
	}
	first := s.redeem(t, s.web, back(t, b.Post(t, "/consent", map[string]string{"answer": "allow"}), s.web.redirect).Get("code"))
	if is := claims(t, first.IDToken); is["email"] != "ann.lee@example.com" || is["given_name"] != nil {
		t.Errorf("%v", is)
	}
	if q := back(t, b.Get(t, ask(mail, "prompt", "none")), s.web.redirect); q.Get("code") == "" {
		t.Errorf("what was agreed to is asked for again: %v", q)
	}
	if q := back(t, b.Get(t, ask(both, "prompt", "none")), s.web.redirect); q.Get("error") != "consent_required" {
		t.Errorf("more was asked for: %v", q)
	}
	if p := b.Get(t, ask(both)); p.Status != 200 || !strings.Contains(p.Text, "<b>See your department</b>") || strings.Contains(p.Text, "unheard_of") {
		t.Errorf("%d %s", p.Status, p.Text)
	}
	second := s.redeem(t, s.web, back(t, b.Post(t, "/consent", map[string]string{"answer": "allow"}), s.web.redirect).Get("code"))
	if _, who := s.userInfo(t, second.AccessToken); who["department"] != "sales" || who["email"] != nil {
		t.Errorf("%v", who)
	}
	if list := s.Get(t, "/v1/accounts/"+string(s.ann.ID)+"/consents"); !strings.Contains(string(list.Body), `"department"`) {
		t.Errorf("%s", list.Body)
	}
	if q := back(t, b.Get(t, ask(both, "prompt", "none")), s.web.redirect); q.Get("code") == "" {
		t.Errorf("%v", q)
	}
}
