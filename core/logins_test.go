package core_test

import (
	"testing"

	"github.com/stormkeep/stormkeep/core"
	"github.com/stormkeep/stormkeep/core/coretest"
	"github.com/stormkeep/stormkeep/core/store/mem"
)

func TestLoginsAreCountedByWhatBecameOfThem(t *testing.T) {
	s := newShop(t, worldOn(t, mem.Open(), func(a *core.App) {
		a.Hooks.Auth.Login.Before(func(e *core.AuthEvent) error {
			if e.Attempt.Login == "vic@example.com" {
				return core.Refuse("login", "Not today.")
			}
			return nil
		})
	}))
	s.login("ann@example.com", coretest.Password)
	s.login("ann@example.com", "wrong")
	s.login("nobody@example.com", "wrong")
	s.login("vic@example.com", coretest.Password)
	got := s.w.App.Logins()
	for name, want := range map[string]uint64{"success": 1, "wrong_password": 1, "unknown_login": 1, "refused": 1, "error": 0, "factor": 0} {
		if n, ok := got[name]; !ok || n != want {
			t.Errorf("%s: %d (%v), want %d", name, n, ok, want)
		}
	}
}
