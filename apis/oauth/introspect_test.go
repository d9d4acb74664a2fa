package oauth_test

import (
	"encoding/json"
	"net/url"
	"testing"
	"time"
)

func TestWhoMayAskAboutAToken(t *testing.T) {
	s := open(t)
	inspector := s.client(t, `{"name":"API","kind":"MACHINE"}`)
	s.change(t, "/v1/applications/"+string(s.Application(t, "My Application").ID)+"/resources",
		`{"name":"Invoices","identifier":"https://api.example","scopes":[{"name":"read"}],"introspectors":["`+inspector.id+`"]}`)
	b := s.visitor()
	got := s.redeem(t, s.web, s.authorized(t, b, s.web, "scope", "openid read", "resource", "https://api.example"))
	if got.Scope != "openid read" {
		t.Fatalf("%+v", got)
	}
	ask := func(p party, token string) (int, map[string]any) {
		page := s.form(t, "/oauth2/introspect", url.Values{"token": {token}}, "Authorization", basic(p))
		out := map[string]any{}
		if err := json.Unmarshal([]byte(page.Text), &out); err != nil {
			t.Fatalf("%d %s", page.Status, page.Text)
		}
		return page.Status, out
	}
	for _, c := range []struct {
		name, token string
		by          party
		active      bool
	}{
		{"its client", got.AccessToken, s.web, true},
		{"its API", got.AccessToken, inspector, true},
		{"another client", got.AccessToken, s.robot, false},
		{"its client, of the refresh token", got.RefreshToken, s.web, true},
		{"its API, of the refresh token", got.RefreshToken, inspector, false},
		{"an ID token", got.IDToken, s.web, false},
		{"an altered one", got.AccessToken[:len(got.AccessToken)-4] + "AAAA", s.web, false},
		{"nothing like a token", "x", s.web, false},
	} {
		status, out := ask(c.by, c.token)
		if status != 200 || out["active"] != c.active || !c.active && len(out) != 1 {
			t.Errorf("%s: %d %v", c.name, status, out)
		}
	}
	if _, out := ask(inspector, got.AccessToken); out["sub"] != string(s.ann.ID) || out["aud"] != "https://api.example" || out["username"] != "ann.lee@example.com" || out["client_id"] != s.web.id {
		t.Errorf("%v", out)
	}
	if p := s.form(t, "/oauth2/introspect", url.Values{"token": {got.AccessToken}, "client_id": {s.spa.id}}); p.Status != 401 {
		t.Errorf("a public client: %d %s", p.Status, p.Text)
	}
	s.Clock.Turn(11 * time.Minute)
	if _, out := ask(s.web, got.AccessToken); out["active"] != false {
		t.Errorf("an expired one: %v", out)
	}
}

func TestATokenIsTakenBack(t *testing.T) {
	s := open(t)
	b := s.visitor()
	got := s.redeem(t, s.own, s.authorized(t, b, s.own))
	other := s.redeem(t, s.own, s.authorized(t, b, s.own))
	revoke := func(p party, token string) int {
		return s.form(t, "/oauth2/revoke", url.Values{"token": {token}, "client_id": {p.id}, "client_secret": {p.secret}}).Status
	}
	if revoke(s.own, "x") != 200 || revoke(s.own, "x.y.z") != 200 {
		t.Error("what is none is taken back as well")
	}
	if p := s.form(t, "/oauth2/revoke", url.Values{"token": {got.AccessToken}, "client_id": {s.spa.id}}); p.Status != 200 {
		t.Errorf("%d", p.Status)
	}
	if status, _ := s.userInfo(t, got.AccessToken); status != 200 {
		t.Errorf("another client took it back: %d", status)
	}
	if revoke(s.own, got.AccessToken) != 200 {
		t.Error("an access token is not taken back")
	}
	if status, _ := s.userInfo(t, got.AccessToken); status != 401 {
		t.Errorf("%d", status)
	}
	if status, _ := s.userInfo(t, other.AccessToken); status != 200 {
		t.Errorf("another token went with it: %d", status)
	}
	next := s.token(t, s.own, url.Values{"grant_type": {"refresh_token"}, "refresh_token": {got.RefreshToken}})
	if next.status != 200 {
		t.Fatalf("%+v", next)
	}
	if revoke(s.own, next.RefreshToken) != 200 {
		t.Error("a refresh token is not taken back")
	}
	if status, _ := s.userInfo(t, next.AccessToken); status != 401 {
		t.Errorf("its access token outlives it: %d", status)
	}
}
