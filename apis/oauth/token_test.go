package oauth_test

import (
	"net/url"
	"testing"
	"time"
)

func TestClass03_ACodeIsOfOneClientAndOneRequest(t *testing.T) {
	s := open(t)
	b := s.visitor()
	for _, c := range []struct {
		name string
		by   party
		in   url.Values
		err  string
	}{
		{"another client", s.web, url.Values{}, "invalid_grant"},
		{"another redirect URI", s.own, url.Values{"redirect_uri": {"https://own.example/cb"}}, "invalid_grant"},
		{"no redirect URI", s.own, url.Values{"redirect_uri": {""}}, "invalid_grant"},
		{"another verifier", s.own, url.Values{"code_verifier": {verifierText[:42] + "x"}}, "invalid_grant"},
		{"no verifier", s.own, url.Values{"code_verifier": {""}}, "invalid_grant"},
		{"a short verifier", s.own, url.Values{"code_verifier": {"x"}}, "invalid_request"},
		{"no code", s.own, url.Values{"code": {""}}, "invalid_request"},
		{"another code", s.own, url.Values{"code": {"0351zLdtki0a2tmn3UFdQb" + verifierText}}, "invalid_grant"},
		{"another resource", s.own, url.Values{"resource": {"https://api.example"}}, "invalid_target"},
	} {
		code := s.authorized(t, b, s.own)
		in := url.Values{"grant_type": {"authorization_code"}, "code": {code}, "redirect_uri": {s.own.redirect}, "code_verifier": {verifierText}}
		for name, values := range c.in {
			in[name] = values
		}
		if got := s.token(t, c.by, in); got.status != 400 || got.Error != c.err {
			t.Errorf("%s: %+v", c.name, got)
		}
		if got := s.redeem(t, s.own, code); got.status != 200 {
			t.Errorf("%s: the code was spent: %+v", c.name, got)
		}
	}
	code := s.authorized(t, b, s.own)
	s.Clock.Turn(time.Minute)
	if got := s.redeem(t, s.own, code); got.Error != "invalid_grant" {
		t.Errorf("a code is good for a minute: %+v", got)
	}
	if got := s.redeem(t, s.own, s.authorized(t, b, s.own, "code_challenge", "", "code_challenge_method", "")); got.Error != "invalid_grant" {
		t.Errorf("a verifier without a challenge (RFC 9700 section 4.8.2): %+v", got)
	}
}

func TestRefreshTokensRotate(t *testing.T) {
	s := open(t)
	b := s.visitor()
	first := s.redeem(t, s.spa, s.authorized(t, b, s.spa))
	refresh := func(token string, more ...string) tokens {
		in := url.Values{"grant_type": {"refresh_token"}, "refresh_token": {token}}
		for i := 0; i+1 < len(more); i += 2 {
			in.Set(more[i], more[i+1])
		}
		return s.token(t, s.spa, in)
	}
	second := refresh(first.RefreshToken)
	if second.status != 200 || second.RefreshToken == "" || second.RefreshToken == first.RefreshToken || second.IDToken == "" {
		t.Fatalf("%+v", second)
	}
	if again := refresh(first.RefreshToken); again.RefreshToken != second.RefreshToken {
		t.Errorf("an answer that was lost is given again: %+v", again)
	}
	if got := refresh(second.RefreshToken, "scope", "openid groups"); got.Error != "invalid_scope" {
		t.Errorf("scopes only narrow: %+v", got)
	}
	third := refresh(second.RefreshToken, "scope", "openid")
	if third.status != 200 || third.Scope != "openid" {
		t.Errorf("%+v", third)
	}
	if got := refresh(first.RefreshToken); got.Error != "invalid_grant" {
		t.Errorf("%+v", got)
	}
	if got := refresh(third.RefreshToken); got.Error != "invalid_grant" {
		t.Errorf("a token that was stolen ends all of its family: %+v", got)
	}
	if status, _ := s.userInfo(t, third.AccessToken); status != 401 {
		t.Errorf("%d", status)
	}
}

func TestAMachineActsForItself(t *testing.T) {
	s := open(t)
	s.change(t, "/v1/applications/"+string(s.Application(t, "My Application").ID)+"/resources",
		`{"name":"Invoices","identifier":"https://api.example","scopes":[{"name":"read","description":"Read invoices"},{"name":"write"}]}`)
	for _, c := range []struct {
		name            string
		in              url.Values
		aud, scope, err string
	}{
		{"for the provider", url.Values{}, issuer, "", ""},
		{"for an API, all", url.Values{"resource": {"https://api.example"}}, "https://api.example", "read write", ""},
		{"for an API, a part", url.Values{"resource": {"https://api.example"}, "scope": {"read everything"}}, "https://api.example", "read", ""},
		{"what is not there", url.Values{"resource": {"https://api.example"}, "scope": {"everything"}}, "", "", "invalid_scope"},
		{"of OpenID Connect", url.Values{"scope": {"openid"}}, "", "", "invalid_scope"},
		{"an API that is not there", url.Values{"resource": {"https://other.example"}}, "", "", "invalid_target"},
	} {
		c.in.Set("grant_type", "client_credentials")
		got := s.token(t, s.robot, c.in)
		if got.Error != c.err || got.Scope != c.scope {
			t.Errorf("%s: %+v", c.name, got)
			continue
		}
		if c.err != "" {
			continue
		}
		is := claims(t, got.AccessToken)
		if is["aud"] != c.aud || is["sub"] != s.robot.id || is["client_id"] != s.robot.id || got.RefreshToken != "" || got.IDToken != "" {
			t.Errorf("%s: %v", c.name, is)
		}
		if status, _ := s.userInfo(t, got.AccessToken); status != 403 {
			t.Errorf("%s: it is nobody: %d", c.name, status)
		}
	}
	for name, c := range map[string]struct {
		by   party
		in   url.Values
		want string
	}{
		"no grant_type":         {s.robot, url.Values{}, "invalid_request"},
		"a password":            {s.own, url.Values{"grant_type": {"password"}, "username": {"ann"}, "password": {"x"}}, "unsupported_grant_type"},
		"a grant of others":     {s.robot, url.Values{"grant_type": {"refresh_token"}, "refresh_token": {"x"}}, "unauthorized_client"},
		"credentials of a page": {s.spa, url.Values{"grant_type": {"client_credentials"}}, "unauthorized_client"},
	} {
		if got := s.token(t, c.by, c.in); got.status != 400 || got.Error != c.want {
			t.Errorf("%s: %+v", name, got)
		}
	}
}
