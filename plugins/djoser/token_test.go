package djoser_test

import (
	"strings"
	"testing"
	"time"

	"github.com/stormkeep/stormkeep/core"
	"github.com/stormkeep/stormkeep/core/coretest"
	"github.com/stormkeep/stormkeep/core/store/mem"

	"github.com/stormkeep/stormkeep/apis"
	"github.com/stormkeep/stormkeep/apis/apitest"
	"github.com/stormkeep/stormkeep/hooks"
	"github.com/stormkeep/stormkeep/plugins/djoser"
)

func (s *site) login(t testing.TB, name string) string {
	t.Helper()
	path := "/auth/login"
	if s.version(t) == djoser.New {
		path = "/auth/token/login/"
	}
	return s.call(t, "POST", path, `{"username":"`+name+`","password":"`+secret2+`"}`).at("auth_token")
}

func (s *site) me(t testing.TB, token string) int {
	t.Helper()
	path := "/auth/me"
	if s.version(t) == djoser.New {
		path = "/auth/users/me/"
	}
	return s.call(t, "GET", path, "", "Authorization", "Token "+token).status
}

// A token lives while it is used, and no token that ended comes to life again.
func TestATokenEnds(t *testing.T) {
	for _, version := range []string{djoser.Old, djoser.New} {
		for name, end := range map[string]func(t *testing.T, s *site){
			"unused for 90 days":     func(t *testing.T, s *site) { s.Clock.Turn(90 * 24 * time.Hour) },
			"and tidied up":          func(t *testing.T, s *site) { s.Clock.Turn(91 * 24 * time.Hour); s.Settle(t) },
			"the account off and on": func(t *testing.T, s *site) { s.status(t, "john", core.Disabled); s.status(t, "john", core.Enabled) },
			"the application": func(t *testing.T, s *site) {
				s.do(t, "applications/{app}", `{"status":"DISABLED"}`, `{"status":"ENABLED"}`)
			},
			"the directory": func(t *testing.T, s *site) {
				s.do(t, "directories/{mdir}", `{"status":"DISABLED"}`, `{"status":"ENABLED"}`)
			},
			"a password set": func(t *testing.T, s *site) {
				s.do(t, "accounts/"+string(s.account(t, "john").ID), `{"password":"a right password"}`)
			},
			"signed out": func(t *testing.T, s *site) {
				path := map[string]string{djoser.Old: "/auth/logout", djoser.New: "/auth/token/logout"}[version]
				s.call(t, "POST", path, "", "Authorization", "Token "+s.Vars["token"])
			},
		} {
			t.Run(version+" "+name, func(t *testing.T) {
				s := mounted(t, version, "")
				token := s.join(t, "john", secret2)
				s.Vars["token"] = token
				if got := s.me(t, token); got != 200 {
					t.Fatalf("alive: %d", got)
				}
				end(t, s)
				if got := s.me(t, token); got != 401 {
					t.Errorf("ended: %d", got)
				}
				next := s.login(t, "john")
				if next == token || len(next) != 40 {
					t.Errorf("the next token is %q, the ended one was %q", next, token)
				}
				if got := s.me(t, token); got != 401 {
					t.Errorf("after another login: %d", got)
				}
				if got := s.me(t, next); got != 200 {
					t.Errorf("the next: %d", got)
				}
				s.Sound(t)
			})
		}
	}
}

func TestATokenThatIsUsedLives(t *testing.T) {
	s := mounted(t, djoser.Old, "")
	token := s.join(t, "john", secret2)
	for range 5 {
		s.Clock.Turn(80 * 24 * time.Hour)
		if got := s.me(t, token); got != 200 {
			t.Fatalf("%d", got)
		}
		s.Settle(t)
	}
}

func TestTokensAreNotStored(t *testing.T) {
	st := mem.Open()
	s := mountedOn(t, apitest.Plugged(t, st, apis.Options{}, djoser.Plugin{}), djoser.Old, `{"SEND_ACTIVATION_EMAIL":true}`)
	token := s.join(t, "john", secret2, "email", "john@x.co")
	_, mailed := link(t, s.mails(t)[0])
	for _, secret := range []string{token, mailed, secret2} {
		if keys := coretest.Holding(t, st, secret); len(keys) > 0 {
			t.Errorf("%s is stored at %q", secret, keys)
		}
	}
}

// What is off answers as if it were not there, and on again it is there without a
// restart.
func TestAMountThatIsOff(t *testing.T) {
	for name, c := range map[string][3]string{
		"mount":       {"djoserMounts/{mount}", `{"status":"DISABLED"}`, `{"status":"ENABLED"}`},
		"application": {"applications/{app}", `{"status":"DISABLED"}`, `{"status":"ENABLED"}`},
		"directory":   {"directories/{mdir}", `{"status":"DISABLED"}`, `{"status":"ENABLED"}`},
	} {
		t.Run(name, func(t *testing.T) {
			s := mounted(t, djoser.Old, "")
			token := s.join(t, "john", secret2)
			s.do(t, c[0], c[1])
			for _, r := range [][3]string{{"POST", "/auth/login", `{"username":"john","password":"` + secret2 + `"}`}, {"POST", "/auth/register", `{"username":"x","password":"x"}`},
				{"POST", "/auth/password/reset", `{"email":"a@b.co"}`}, {"GET", "/auth/me", ""}} {
				if got := s.call(t, r[0], r[1], r[2], "Authorization", "Token "+token); got.status != 404 {
					t.Errorf("%s: %d %s", r[1], got.status, got.body)
				}
			}
			s.do(t, c[0], c[2])
			if got := s.login(t, "john"); len(got) != 40 {
				t.Errorf("on again: %q", got)
			}
		})
	}
}

// Every door at which djoser takes a password has the handlers of signing in asked.
func TestTheDoorsOfAMountAskTheHandlersOfSigningIn(t *testing.T) {
	for path, version := range map[string]string{"/auth/login": djoser.Old, "/auth/token/login/": djoser.New, "/auth/jwt/create/": djoser.New} {
		var seen strings.Builder
		refusing := apitest.Prepare(func(a *core.App) {
			a.Hooks.Auth.Identify.Before(func(*core.AuthEvent) error { seen.WriteString("i"); return nil }, hooks.ID("test.identify"))
			a.Hooks.Auth.Login.Before(func(*core.AuthEvent) error {
				seen.WriteString("l")
				return core.Refuse("account", "not on Sundays")
			}, hooks.ID("test.login"))
			a.Hooks.Auth.Failure.Before(func(*core.AuthEvent) error { seen.WriteString("f"); return nil }, hooks.ID("test.failure"))
		})
		s := mountedOn(t, apitest.Plugged(t, mem.Open(), apis.Options{}, djoser.Plugin{}, refusing), version, "")
		s.join(t, "john", secret2)
		seen.Reset()
		ans := s.call(t, "POST", path, `{"username":"john","password":"`+secret2+`"}`)
		if seen.String() != "ilf" || ans.status/100 != 4 || ans.at("auth_token") != "" || ans.at("access") != "" {
			t.Errorf("%s: %q, %d %s", path, seen.String(), ans.status, ans.body)
		}
	}
}
