package oauth_test

import (
	"encoding/base64"
	"encoding/json"
	"net/http"
	"net/http/httptest"
	"net/url"
	"strings"
	"sync"
	"testing"
	"time"

	"github.com/stormkeep/stormkeep/core/coretest"
)

// Who shows an ID token of the session signs out without being asked, and goes where
// its client has registered; everybody else is asked, and goes nowhere else.
func TestSigningOut(t *testing.T) {
	const to = "https://own.example/bye"
	for _, c := range []struct {
		name   string
		in     func(s *shop, id string) url.Values
		status int    // 200 asks, 303 goes on, 400 stops
		next   string // after the answer
	}{
		{"with a hint and a place", func(s *shop, id string) url.Values {
			return url.Values{"id_token_hint": {id}, "post_logout_redirect_uri": {to}, "state": {"x&y"}}
		}, 303, to + "?state=x%26y"},
		{"with a hint", func(s *shop, id string) url.Values { return url.Values{"id_token_hint": {id}} }, 200, ""},
		{"with nothing", func(*shop, string) url.Values { return url.Values{} }, 200, ""},
		{"with a place", func(s *shop, _ string) url.Values {
			return url.Values{"client_id": {s.own.id}, "post_logout_redirect_uri": {to}}
		}, 200, ""},
		{"to where nobody registered", func(s *shop, id string) url.Values {
			return url.Values{"id_token_hint": {id}, "post_logout_redirect_uri": {"https://evil.example/"}}
		}, 400, ""},
		{"with another client's hint", func(s *shop, id string) url.Values {
			return url.Values{"id_token_hint": {id}, "client_id": {s.web.id}}
		}, 400, ""},
		{"with a hint that is none", func(*shop, string) url.Values { return url.Values{"id_token_hint": {"a.b.c"}} }, 400, ""},
	} {
		s := open(t)
		s.change(t, "/v1/clients/"+s.own.id, `{"postLogoutRedirectUris":["`+to+`"]}`)
		b := s.visitor()
		got := s.redeem(t, s.own, s.authorized(t, b, s.own))
		s.Clock.Turn(time.Hour) // an expired hint is as good
		p := b.Get(t, "/oauth2/logout?"+c.in(s, got.IDToken).Encode())
		if p.Status != c.status {
			t.Errorf("%s: %d %s", c.name, p.Status, p.Text)
			continue
		}
		asks := p.Status == 200 && strings.Contains(p.Text, "Sign out?")
		if c.status == 400 || asks {
			if q := back(t, b.Get(t, "/oauth2/authorize?"+request(s.own, "prompt", "none").Encode()), s.own.redirect); q.Get("code") == "" {
				t.Errorf("%s: signed out without being asked: %v", c.name, q)
			}
		}
		if asks {
			b.Get(t, "/oauth2/logout?"+c.in(s, got.IDToken).Encode())
			p = b.Post(t, "/oauth2/logout", nil)
		}
		if c.status == 400 {
			continue
		}
		if p.Header.Get("Location") != c.next || c.next == "" && !strings.Contains(p.Text, "You are signed out") {
			t.Errorf("%s: %d %q %s", c.name, p.Status, p.Header.Get("Location"), p.Text)
		}
		if q := back(t, b.Get(t, "/oauth2/authorize?"+request(s.own, "prompt", "none").Encode()), s.own.redirect); q.Get("error") != "login_required" {
			t.Errorf("%s: still signed in: %v", c.name, q)
		}
		if r := s.token(t, s.own, url.Values{"grant_type": {"refresh_token"}, "refresh_token": {got.RefreshToken}}); r.Error != "invalid_grant" {
			t.Errorf("%s: what the session gave outlives it: %+v", c.name, r)
		}
	}
}

// A page of another site cannot sign anybody out.
func TestAStrangersFormSignsNobodyOut(t *testing.T) {
	s := open(t)
	b := s.visitor()
	s.authorized(t, b, s.own)
	b.Get(t, "/oauth2/logout")
	for name, change := range map[string]func(){
		"another browser's form": func() { b.Hidden.Set("csrfToken", "x.y") },
		"a text of nobody":       func() { b.Hidden.Set("leaving", "AAAA") },
	} {
		b.Get(t, "/oauth2/logout")
		change()
		b.Post(t, "/oauth2/logout", nil)
		if q := back(t, b.Get(t, "/oauth2/authorize?"+request(s.own, "prompt", "none").Encode()), s.own.redirect); q.Get("code") == "" {
			t.Errorf("%s: %v", name, q)
		}
	}
}

// listener is a client's own server, which is told of sessions that have ended.
type listener struct {
	*httptest.Server
	mu     sync.Mutex
	tokens []string
	busy   bool // it answers 503 once
}

func listen(t *testing.T) *listener {
	l := &listener{}
	l.Server = httptest.NewServer(http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		l.mu.Lock()
		defer l.mu.Unlock()
		if l.busy {
			l.busy = false
			w.WriteHeader(503)
			return
		}
		l.tokens = append(l.tokens, r.FormValue("logout_token"))
	}))
	t.Cleanup(l.Close)
	return l
}

func (l *listener) told() []string {
	l.mu.Lock()
	defer l.mu.Unlock()
	return append([]string{}, l.tokens...)
}

// Clients are told of the end of a session: their servers by a token that is for them,
// the pages in the browser by a frame.
func TestClientsAreToldOfALogout(t *testing.T) {
	s := open(t)
	coretest.Private(s.App)
	l := listen(t)
	l.busy = true
	s.change(t, "/v1/clients/"+s.own.id, `{"backchannelLogoutUri":"`+l.URL+`/out"}`)
	s.change(t, "/v1/clients/"+s.spa.id, `{"frontchannelLogoutUri":"https://spa.example/out","frontchannelLogoutSessionRequired":true}`)
	b := s.visitor()
	got := s.redeem(t, s.own, s.authorized(t, b, s.own))
	s.authorized(t, b, s.spa)
	sid := claims(t, got.IDToken)["sid"].(string)
	p := b.Get(t, "/oauth2/logout?"+url.Values{"id_token_hint": {got.IDToken}}.Encode())
	if !strings.Contains(p.Text, `<iframe src="https://spa.example/out?iss=`) || !strings.Contains(p.Text, sid) ||
		!strings.Contains(p.Header.Get("Content-Security-Policy"), "frame-src https://spa.example;") {
		t.Errorf("%v %s", p.Header, p.Text)
	}
	for limit := time.Now().Add(20 * time.Second); len(l.told()) == 0 && time.Now().Before(limit); time.Sleep(5 * time.Millisecond) {
		s.Clock.Turn(time.Minute)
	}
	told := l.told()
	if len(told) != 1 {
		t.Fatalf("%d logout tokens", len(told))
	}
	is := claims(t, told[0])
	events, _ := is["events"].(map[string]any)
	if is["iss"] != issuer || is["aud"] != s.own.id || is["sid"] != sid || is["sub"] != string(s.ann.ID) || is["nonce"] != nil || is["jti"] == nil ||
		events["http://schemas.openid.net/event/backchannel-logout"] == nil || is["exp"].(float64)-is["iat"].(float64) != 120 {
		t.Errorf("%v", is)
	}
	raw, _ := base64.RawURLEncoding.DecodeString(strings.Split(told[0], ".")[0])
	var head map[string]string
	if json.Unmarshal(raw, &head) != nil || head["typ"] != "logout+jwt" || head["alg"] != "RS256" {
		t.Errorf("%s", raw)
	}
	if status, _ := s.userInfo(t, told[0]); status != 401 {
		t.Errorf("a logout token is none of access: %d", status)
	}
}
