package oauth_test

import (
	"strings"
	"testing"
	"time"
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
