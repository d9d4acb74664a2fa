package oauth_test

import (
	"net/url"
	"testing"
)

// Who tries a sign-in as somebody stays signed in as herself, and what the trial opened
// opens nothing else.
func TestATriedSignInLeavesTheBrowserSignedIn(t *testing.T) {
	s := open(t)
	trial := s.client(t, `{"name":"Test sign-in","kind":"SPA","redirectUris":["`+issuer+`/console/start/return"],"firstParty":true}`)
	b := s.visitor()
	s.authorized(t, b, s.web)
	session := b.Cookies["__Host-session"]
	if session == "" {
		t.Fatal("nobody is signed in")
	}
	code := s.authorized(t, b, trial, "prompt", "login")
	if b.Cookies["__Host-session"] != session || b.Cookies["__Host-trial"] == "" || b.Cookies["__Host-trial"] == session {
		t.Fatalf("%v", b.Cookies)
	}
	if got := s.token(t, trial, url.Values{"grant_type": {"authorization_code"}, "code": {code}, "redirect_uri": {trial.redirect}, "code_verifier": {verifierText}}); got.IDToken == "" {
		t.Errorf("%+v", got)
	}
	if q := back(t, b.Get(t, "/oauth2/authorize?"+request(s.web, "prompt", "none").Encode()), s.web.redirect); q.Get("code") == "" {
		t.Errorf("the browser's own session is gone: %v", q)
	}
	delete(b.Cookies, "__Host-session")
	if q := back(t, b.Get(t, "/oauth2/authorize?"+request(s.web, "prompt", "none").Encode()), s.web.redirect); q.Get("error") != "login_required" {
		t.Errorf("the session of a trial answers another client: %v", q)
	}
	b.Cookies["__Host-session"] = session
	delete(b.Cookies, "__Host-trial")
	if q := back(t, b.Get(t, "/oauth2/authorize?"+request(trial, "prompt", "none").Encode()), trial.redirect); q.Get("error") != "login_required" {
		t.Errorf("the browser's own session answers a trial: %v", q)
	}
}
