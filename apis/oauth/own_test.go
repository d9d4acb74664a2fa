package oauth_test

import (
	"strings"
	"testing"

	"github.com/stormkeep/stormkeep/core/coretest"
)

// The tokens of an account that its owner deletes end with it, and the clients that are
// told by frames are told by the page that says good-bye.
func TestAnAccountThatItsOwnerDeletesTakesItsTokensAlong(t *testing.T) {
	s := open(t)
	s.change(t, "/v1/clients/"+s.web.id, `{"frontchannelLogoutUri":"https://web.example/front","frontchannelLogoutSessionRequired":true}`)
	b := s.visitor()
	got := s.redeem(t, s.web, s.authorized(t, b, s.web, "scope", "openid offline_access"))
	if status, _ := s.userInfo(t, got.AccessToken); status != 200 {
		t.Fatalf("%+v", got)
	}
	b.Get(t, "/account/delete")
	p := b.Post(t, "/account/delete", map[string]string{"login": "ann.lee@example.com", "current": coretest.Password})
	if p.Status != 200 || !strings.Contains(p.Text, "Good-bye") || !strings.Contains(p.Text, `<iframe src="https://web.example/front?iss=`) || b.Cookies["__Host-session"] != "" {
		t.Errorf("%d %s", p.Status, p.Text)
	}
	if status, _ := s.userInfo(t, got.AccessToken); status != 401 {
		t.Errorf("the access token: %d", status)
	}
	if again := s.token(t, s.web, map[string][]string{"grant_type": {"refresh_token"}, "refresh_token": {got.RefreshToken}}); again.status != 400 {
		t.Errorf("the refresh token: %+v", again)
	}
}

// A password that is shown once more is a sign-in: clients that ask how old it is hear so.
func TestAProofOnAnAccountPageIsOneOfTheSession(t *testing.T) {
	s := open(t)
	b := s.visitor()
	first := claims(t, s.redeem(t, s.own, s.authorized(t, b, s.own)).IDToken)
	s.Clock.Turn(3600e9)
	b.Get(t, "/account/")
	if p := b.Post(t, "/account/email", map[string]string{"email": "next@example.com", "current": coretest.Password}); p.Status != 303 {
		t.Fatalf("%d %s", p.Status, p.Text)
	}
	next := claims(t, s.redeem(t, s.own, s.authorized(t, b, s.own)).IDToken)
	if next["auth_time"].(float64) != first["auth_time"].(float64)+3600 || next["sid"] != first["sid"] {
		t.Errorf("%v, then %v", first, next)
	}
}
