package oauth_test

import (
	"maps"
	"strings"
	"testing"

	"github.com/stormkeep/stormkeep/core/coretest"
)

func TestThePageOfSigningIn(t *testing.T) {
	s := open(t)
	b := s.visitor()
	p := b.Get(t, "/oauth2/authorize?"+request(s.own, "login_hint", "ann.lee@example.com").Encode())
	if p.Status != 200 || !strings.Contains(p.Text, `value="ann.lee@example.com"`) || !strings.Contains(p.Text, "Sign in to My Application") {
		t.Fatalf("%d %s", p.Status, p.Text)
	}
	for _, c := range []struct {
		name, login, password string
		status                int
		says                  string
	}{
		{"nothing", "", "", 400, "Type your password."},
		{"a wrong password", "ann.lee@example.com", "wrong", 400, "The name or the password is wrong."},
		{"nobody", "nobody@example.com", "wrong", 400, "The name or the password is wrong."},
	} {
		p := b.Post(t, "/login", map[string]string{"login": c.login, "password": c.password})
		if p.Status != c.status || !strings.Contains(p.Text, c.says) || strings.Contains(p.Text, `value="wrong"`) || c.login != "" && !strings.Contains(p.Text, `value="`+c.login+`"`) {
			t.Errorf("%s: %d %s", c.name, p.Status, p.Text)
		}
		if b.Cookies["__Host-session"] != "" {
			t.Errorf("%s: signed in", c.name)
		}
	}
	if q := back(t, signIn(t, b), s.own.redirect); q.Get("code") == "" {
		t.Errorf("%v", q)
	}
}

// Who guesses is held back, by whom she claims to be or not (TestClass06).
func TestClass06_GuessesAtThePageAreHeldBack(t *testing.T) {
	s := open(t)
	for _, who := range []string{"ann.lee@example.com", "nobody@example.com"} {
		b := s.visitor()
		b.Get(t, "/oauth2/authorize?"+request(s.own).Encode())
		for n := range 6 {
			p := b.Post(t, "/login", map[string]string{"login": who, "password": "wrong"})
			if want := map[bool]int{true: 400, false: 429}[n < 5]; p.Status != want {
				t.Errorf("%s, try %d: %d, want %d", who, n+1, p.Status, want)
			}
		}
	}
}

// A page of signing in is of one browser: its form does nothing in another, and a
// session that somebody plants is not the one that is used (TestClass16).
func TestClass16_ASignInIsOfOneBrowser(t *testing.T) {
	s := open(t)
	mallory, victim := s.visitor(), s.visitor()
	mallory.Get(t, "/oauth2/authorize?"+request(s.own).Encode())
	victim.Get(t, "/oauth2/authorize?"+request(s.own).Encode())
	own := maps.Clone(victim.Hidden)
	victim.Hidden.Set("flow", mallory.Hidden.Get("flow"))
	if p := victim.Post(t, "/login", map[string]string{"login": "ann.lee@example.com", "password": coretest.Password}); p.Status != 400 || victim.Cookies["__Host-session"] != "" {
		t.Errorf("the flow of another browser: %d", p.Status)
	}
	victim.Hidden = own
	victim.Hidden.Set("csrfToken", mallory.Hidden.Get("csrfToken"))
	if p := signIn(t, victim); p.Status != 403 || victim.Cookies["__Host-session"] != "" {
		t.Errorf("the form of another browser: %d", p.Status)
	}
	back(t, signIn(t, mallory), s.own.redirect)
	planted := mallory.Cookies["__Host-session"]
	victim.Cookies["__Host-session"] = planted
	victim.Get(t, "/oauth2/authorize?"+request(s.own, "prompt", "login").Encode())
	back(t, signIn(t, victim), s.own.redirect)
	if is := victim.Cookies["__Host-session"]; is == "" || is == planted || is[:22] == planted[:22] {
		t.Error("a session outlives a sign-in")
	}
	if p := mallory.Get(t, "/oauth2/authorize?"+request(s.own).Encode()); p.Status != 200 {
		t.Errorf("the session that was there before still works: %d", p.Status)
	}
}
