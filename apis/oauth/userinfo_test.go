package oauth_test

import (
	"net/http"
	"net/url"
	"strings"
	"testing"
)

func TestWhereTheTokenOfUserInfoIs(t *testing.T) {
	s := open(t)
	got := s.redeem(t, s.own, s.authorized(t, s.visitor(), s.own))
	for _, c := range []struct {
		name, method, header string
		in                   url.Values
		status               int
		says                 string
	}{
		{"in the header", "GET", "Bearer " + got.AccessToken, nil, 200, ""},
		{"in the header of a POST", "POST", "Bearer " + got.AccessToken, url.Values{}, 200, ""},
		{"in the body", "POST", "", url.Values{"access_token": {got.AccessToken}}, 200, ""},
		{"in both", "POST", "Bearer " + got.AccessToken, url.Values{"access_token": {got.AccessToken}}, 400, "invalid_request"},
		{"in the query", "GET", "", nil, 401, "invalid_token"},
		{"nowhere", "GET", "", nil, 401, "invalid_token"},
		{"an ID token", "GET", "Bearer " + got.IDToken, nil, 401, "invalid_token"},
		{"a refresh token", "GET", "Bearer " + got.RefreshToken, nil, 401, "invalid_token"},
		{"a password", "GET", "Basic eDp5", nil, 401, "invalid_token"},
	} {
		path, h := "/oauth2/userinfo", map[string]string{}
		if c.name == "in the query" {
			path += "?access_token=" + got.AccessToken
		}
		if c.header != "" {
			h["Authorization"] = c.header
		}
		p := s.visitor().Send(t, c.method, path, c.in.Encode(), h)
		if p.Status != c.status || !strings.Contains(p.Text, c.says) {
			t.Errorf("%s: %d %s", c.name, p.Status, p.Text)
		}
		if p.Status == 401 && !strings.HasPrefix(p.Header.Get("WWW-Authenticate"), "Bearer ") {
			t.Errorf("%s: %v", c.name, p.Header)
		}
	}
}

// What scopes give, and what is asked for one by one, is told; nothing else is.
func TestWhatUserInfoTells(t *testing.T) {
	s := open(t)
	b := s.visitor()
	for _, c := range []struct{ name, scope, claims, want string }{
		{"openid", "openid", "", "sub"},
		{"email", "openid email", "", "email email_verified sub"},
		{"profile", "openid profile", "", "preferred_username sub updated_at"},
		{"one claim", "openid", `{"userinfo":{"email":{"essential":true},"nickname":null}}`, "email sub"},
		{"a claim of the ID token", "openid", `{"id_token":{"email":null}}`, "sub"},
	} {
		got := s.redeem(t, s.own, s.authorized(t, b, s.own, "scope", c.scope, "claims", c.claims))
		_, who := s.userInfo(t, got.AccessToken)
		names := []string{}
		for _, name := range []string{"email", "email_verified", "family_name", "given_name", "groups", "name", "nickname", "preferred_username", "sub", "updated_at"} {
			if _, ok := who[name]; ok {
				names = append(names, name)
			}
		}
		if is := strings.Join(names, " "); is != c.want || len(names) != len(who) {
			t.Errorf("%s: %v", c.name, who)
		}
	}
}

func TestScriptsOfAClientMayCall(t *testing.T) {
	s := open(t)
	pre := func(origin string) http.Header {
		return s.visitor().Send(t, http.MethodOptions, "/oauth2/token", "", map[string]string{"Origin": origin, "Access-Control-Request-Method": "POST"}).Header
	}
	if h := pre("https://spa.example"); h.Get("Access-Control-Allow-Origin") != "https://spa.example" || h.Get("Access-Control-Allow-Credentials") != "" {
		t.Errorf("%v", h)
	}
	for _, origin := range []string{"https://evil.example", "null", "https://spa.example.evil.example", ""} {
		if h := pre(origin); h.Get("Access-Control-Allow-Origin") != "" {
			t.Errorf("%s: %v", origin, h)
		}
	}
}
