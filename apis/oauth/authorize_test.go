package oauth_test

import (
	"net/url"
	"strings"
	"testing"
	"time"
)

// What a client asks for wrongly is told to it; where it is not known who asks, or
// where the answer would go, a page says so and nobody is sent anywhere.
func TestAuthorizationRequests(t *testing.T) {
	s := open(t)
	for _, c := range []struct {
		name string
		in   url.Values
		err  string // told to the client; "" is a page
	}{
		{"no client", request(s.web, "client_id", ""), ""},
		{"an unknown client", request(s.web, "client_id", "x"), ""},
		{"no redirect URI", request(s.web, "redirect_uri", ""), ""},
		{"another redirect URI", request(s.web, "redirect_uri", "https://web.example/cb/"), ""},
		{"a redirect URI of another client", request(s.web, "redirect_uri", "https://spa.example/"), ""},
		{"a parameter twice", url.Values{"client_id": {s.web.id, s.web.id}, "redirect_uri": {s.web.redirect}, "response_type": {"code"}}, ""},
		{"no response type", request(s.web, "response_type", ""), "invalid_request"},
		{"the implicit flow", request(s.web, "response_type", "token"), "unsupported_response_type"},
		{"the hybrid flow", request(s.web, "response_type", "code id_token"), "unsupported_response_type"},
		{"a response mode", request(s.web, "response_mode", "fragment"), "invalid_request"},
		{"no challenge", request(s.web, "code_challenge", ""), "invalid_request"},
		{"a plain challenge", request(s.web, "code_challenge_method", "plain"), "invalid_request"},
		{"a challenge of no method", request(s.web, "code_challenge_method", ""), "invalid_request"},
		{"a short challenge", request(s.web, "code_challenge", "abc"), "invalid_request"},
		{"a method without a challenge", request(s.own, "code_challenge", ""), "invalid_request"},
		{"a request object", request(s.web, "request", "x"), "request_not_supported"},
		{"a request URI", request(s.web, "request_uri", "https://x"), "request_uri_not_supported"},
		{"a registration", request(s.web, "registration", "{}"), "registration_not_supported"},
		{"a resource", request(s.web, "resource", "https://api.example"), "invalid_target"},
		{"scopes that there are not", request(s.web, "scope", "everything"), "invalid_scope"},
		{"claims that are none", request(s.web, "claims", "["), "invalid_request"},
		{"a prompt", request(s.web, "prompt", "please"), "invalid_request"},
		{"none and more", request(s.web, "prompt", "none login"), "invalid_request"},
		{"a max_age", request(s.web, "max_age", "-1"), "invalid_request"},
		{"nobody is there", request(s.web, "prompt", "none"), "login_required"},
		{"a hint that is none", request(s.web, "id_token_hint", "x.y.z"), "invalid_request"},
		{"a machine", url.Values{"client_id": {s.robot.id}, "redirect_uri": {"https://web.example/cb"}, "response_type": {"code"}}, ""},
	} {
		p := s.visitor().Get(t, "/oauth2/authorize?"+c.in.Encode())
		if c.err == "" {
			if p.Status != 400 || p.Header.Get("Location") != "" {
				t.Errorf("%s: %d %v", c.name, p.Status, p.Header)
			}
			continue
		}
		if q := back(t, p, c.in.Get("redirect_uri")); q.Get("error") != c.err || q.Get("state") != "st4te" || q.Get("iss") != issuer || q.Get("code") != "" {
			t.Errorf("%s: %v", c.name, q)
		}
	}
}

func TestARequestByPostIsSentOnAsAGet(t *testing.T) {
	s := open(t)
	p := s.form(t, "/oauth2/authorize", request(s.web))
	if at := p.Header.Get("Location"); p.Status != 303 || !strings.HasPrefix(at, "/oauth2/authorize?") || !strings.Contains(at, "nonce=n0nce") {
		t.Errorf("%d %q", p.Status, at)
	}
}

// Who has signed in for one client is signed in for the next; a client can ask for
// more.
func TestSingleSignOn(t *testing.T) {
	s := open(t)
	b := s.visitor()
	id := s.redeem(t, s.own, s.authorized(t, b, s.own)).IDToken
	s.Clock.Turn(10 * time.Minute)
	for _, c := range []struct {
		name   string
		in     url.Values
		signIn bool
	}{
		{"another client", request(s.spa), false},
		{"the same", request(s.own), false},
		{"silently", request(s.own, "prompt", "none"), false},
		{"hinted", request(s.own, "prompt", "none", "id_token_hint", id), false},
		{"prompt=login", request(s.own, "prompt", "login"), true},
		{"prompt=select_account", request(s.own, "prompt", "select_account"), true},
		{"a recent sign-in", request(s.own, "max_age", "60"), true},
		{"not so recent", request(s.own, "max_age", "3600"), false},
	} {
		p := b.Get(t, "/oauth2/authorize?"+c.in.Encode())
		if asked := p.Status == 200 && strings.Contains(p.Text, `action="/login"`); asked != c.signIn {
			t.Errorf("%s: %d %v %s", c.name, p.Status, p.Header, p.Text)
		}
	}
	b.Get(t, "/oauth2/authorize?"+request(s.own, "prompt", "login").Encode())
	if q := back(t, signIn(t, b), s.own.redirect); q.Get("code") == "" {
		t.Errorf("who has just signed in is asked again: %v", q)
	}
	s.Clock.Turn(8 * time.Hour)
	if q := back(t, b.Get(t, "/oauth2/authorize?"+request(s.own, "prompt", "none").Encode()), s.own.redirect); q.Get("error") != "login_required" {
		t.Errorf("a session lasts 8 hours without use: %v", q)
	}
}

func TestAnAnswerByForm(t *testing.T) {
	s := open(t)
	b := s.visitor()
	b.Get(t, "/oauth2/authorize?"+request(s.own, "response_mode", "form_post").Encode())
	p := signIn(t, b)
	if p.Status != 200 || !strings.Contains(p.Text, `action="`+s.own.redirect+`"`) || b.Hidden.Get("state") != "st4te" || b.Hidden.Get("code") == "" || b.Hidden.Get("iss") != issuer {
		t.Errorf("%d %s", p.Status, p.Text)
	}
	if policy := p.Header.Get("Content-Security-Policy"); !strings.Contains(policy, "form-action 'self' https://own.example;") {
		t.Error(policy)
	}
	if got := s.redeem(t, s.own, b.Hidden.Get("code")); got.status != 200 {
		t.Errorf("%+v", got)
	}
}
