package core_test

import (
	"fmt"
	"testing"

	"github.com/stormkeep/stormkeep/core"
	"github.com/stormkeep/stormkeep/core/coretest"
	"github.com/stormkeep/stormkeep/core/store"
)

// numbered is a password of its own for each n.
func numbered(n int) string { return fmt.Sprintf("Passw0rd number %d", n) }

func TestAPasswordIsNotUsedAgainWhileTheDirectoryLooksBackOnIt(t *testing.T) {
	onEngines(t, func(t *testing.T, st store.Store) {
		s := newShop(t, worldOn(t, st))
		try := func(pw string) error { return second(s.w.App.ChangePassword(s.w.Machine(), s.ann.ID, pw)) }
		wantCode(t, "the present one, unless it is forbidden", try(coretest.Password), "")
		change(t, s.w, core.ID[core.Strength](s.dir.ID), func(r *core.Strength) { r.PreventReuse = 3 })
		wantCode(t, "the present one", try(coretest.Password), "password_reused")
		for n := range 3 {
			setPassword(t, s.w.App, s.w.Machine, s.ann.ID, numbered(n))
		}
		for _, c := range []struct{ pw, want string }{
			{numbered(2), "password_reused"}, {numbered(1), "password_reused"}, {numbered(0), "password_reused"},
			{coretest.Password, ""}, {numbered(3), ""},
		} {
			wantCode(t, c.pw, try(c.pw), c.want)
		}
		token := s.reset(t)
		_, err := s.w.App.SpendReset(s.w.Machine(), s.app.ID, token, numbered(1))
		wantCode(t, "by a reset", err, "password_reused")
		ok(t, second(s.w.App.SpendReset(s.w.Machine(), s.app.ID, token, numbered(3))))
		wantCode(t, "what was the third last", try(numbered(0)), "")

		change(t, s.w, core.ID[core.Strength](s.dir.ID), func(r *core.Strength) { r.PreventReuse = 0 })
		setPassword(t, s.w.App, s.w.Machine, s.ann.ID, numbered(4))
		change(t, s.w, core.ID[core.Strength](s.dir.ID), func(r *core.Strength) { r.PreventReuse = 25 })
		wantCode(t, "what was forgotten", try(numbered(3)), "")
	})
}

// The work of a change is bounded by what the directory asks, and there is none
// where it asks for nothing.
func TestLookingBackCostsAHashForEachPassword(t *testing.T) {
	s := newShop(t, newWorld(t))
	rules := core.ID[core.Strength](s.dir.ID)
	for _, c := range []struct {
		back   int
		hashes uint64
	}{{25, 2}, {25, 3}, {2, 3}, {1, 2}, {0, 1}, {0, 1}} {
		change(t, s.w, rules, func(r *core.Strength) { r.PreventReuse = c.back })
		before := s.w.App.Passwords.Count()
		setPassword(t, s.w.App, s.w.Machine, s.ann.ID, numbered(int(before)))
		if got := s.w.App.Passwords.Count() - before; got != c.hashes {
			t.Errorf("looking back on %d: %d hashes, want %d", c.back, got, c.hashes)
		}
	}
}

func TestAHashThatCannotBeCheckedKeepsNobodyFromANewPassword(t *testing.T) {
	s := newShop(t, newWorld(t))
	change(t, s.w, core.ID[core.Strength](s.dir.ID), func(r *core.Strength) { r.PreventReuse = 5 })
	ok(t, s.w.App.Update(core.AsSystem(t.Context(), s.w.Tenant), func(tx *core.Tx) error {
		sec, err := core.Get(tx, core.ID[core.Security](s.ann.ID))
		if err != nil {
			return err
		}
		sec.PasswordHash = "$1$of another time"
		return core.Put(tx, sec)
	}))
	setPassword(t, s.w.App, s.w.Machine, s.ann.ID, numbered(1))
	ok(t, second(s.login("ann@example.com", numbered(1))))
}
