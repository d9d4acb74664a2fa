package djoser_test

import (
	"testing"

	"github.com/stormkeep/stormkeep/core"
	"github.com/stormkeep/stormkeep/core/store/mem"
	"github.com/stormkeep/stormkeep/core/store/storetest"
	"github.com/stormkeep/stormkeep/plugins/djoser"
)

// A mount comes along with an export, and with it the settings and whom it serves. With
// the secrets its tokens and passwords are good as before; without there are none, and
// it makes new keys of its own.
func TestAMountGoesIntoAnotherStore(t *testing.T) {
	for _, version := range []string{djoser.Old, djoser.New} {
		for _, secrets := range []bool{true, false} {
			s := mounted(t, version, `{"SITE_NAME":"Moved"}`)
			s.join(t, "john", secret2, "email", "john@x.co")
			auth, jwt := s.login(t, "john"), ""
			if version == djoser.New {
				jwt = s.call(t, "POST", "/auth/jwt/create/", `{"username":"john","password":"`+secret2+`"}`).at("access")
			}
			next := *s
			next.API = s.Into(t, storetest.Twice(mem.Open()), core.ExportOptions{Secrets: secrets, Operators: secrets}, djoser.Plugin{})
			if got := next.Get(t, "/v1/djoserMounts/{mount}"); got.Has("path=/auth") != nil || got.Has("settings.SITE_NAME=Moved") != nil {
				t.Errorf("%s", got.Body)
			}
			want := map[bool]int{true: 200, false: 401}[secrets]
			if got := next.me(t, auth); got != want {
				t.Errorf("version %s, secrets %v: the token: %d, want %d", version, secrets, got, want)
			}
			if jwt != "" {
				if got := next.call(t, "GET", "/auth/users/me/", "", "Authorization", "JWT "+jwt); got.status != want {
					t.Errorf("secrets %v: the JWT: %d %s, want %d", secrets, got.status, got.body, want)
				}
			}
			if secrets {
				if again := next.login(t, "john"); version == djoser.Old && again != auth {
					t.Errorf("the token of every login was %s and is %s", auth, again)
				}
			} else {
				next.join(t, "jane", secret2, "email", "jane@x.co")
				if got := next.me(t, next.login(t, "jane")); got != 200 {
					t.Errorf("version %s: somebody new: %d", version, got)
				}
			}
			next.Sound(t)
		}
	}
}
