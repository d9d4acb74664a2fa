package oauth_test

import (
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
