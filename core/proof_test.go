package core_test

import (
	"testing"
	"time"

	"github.com/stormkeep/stormkeep/core"
	"github.com/stormkeep/stormkeep/core/coretest"
	"github.com/stormkeep/stormkeep/core/store"
	"github.com/stormkeep/stormkeep/core/store/mem"
)

// reset asks for a token by which ann of the shop sets a new password.
func (s *shop) reset(t *testing.T) (token string) {
	t.Helper()
	s.w.Update(t, func(tx *core.Tx) (err error) {
		token, _, err = core.RequestReset(tx, s.app.ID, "ann@example.com", "")
		return err
	})
	return token
}

func TestClass03_AResetTokenWorksOnceWhileNothingItIsBoundToChanges(t *testing.T) {
	for _, c := range []struct {
		name   string
		before func(t *testing.T, s *shop, token *string)
		want   string
	}{
		{"at once", func(*testing.T, *shop, *string) {}, ""},
		{"just in time", func(_ *testing.T, s *shop, _ *string) { s.w.Clock.Turn(24*time.Hour - time.Millisecond) }, ""},
		{"too late", func(_ *testing.T, s *shop, _ *string) { s.w.Clock.Turn(24 * time.Hour) }, "not_found"},
		{"twice", func(t *testing.T, s *shop, token *string) {
			ok(t, second(s.w.App.SpendReset(s.w.Machine(), s.app.ID, *token, "N3wPassword")))
		}, "not_found"},
		{"after another was asked for", func(t *testing.T, s *shop, _ *string) { s.reset(t) }, "not_found"},
		{"after a new password", func(t *testing.T, s *shop, _ *string) {
			setPassword(t, s.w.App, s.w.Machine, s.ann.ID, "0therPassword")
		}, "not_found"},
		{"after a new address", func(t *testing.T, s *shop, _ *string) {
			change(t, s.w, s.ann.ID, func(a *core.Account) { a.Email = "new@example.com" })
		}, "not_found"},
		{"after it was disabled", func(t *testing.T, s *shop, _ *string) {
			change(t, s.w, s.ann.ID, func(a *core.Account) { a.Status = core.Disabled })
		}, "not_found"},
		{"of a deleted account", func(t *testing.T, s *shop, _ *string) { ok(t, remove(s.w, s.ann.ID)) }, "not_found"},
		{"of a deleted application", func(t *testing.T, s *shop, _ *string) { ok(t, remove(s.w, s.app.ID)) }, "not_found"},
		{"a guess", func(_ *testing.T, _ *shop, token *string) { *token = (*token)[:22] + "guess" }, "not_found"},
		{"its id alone", func(_ *testing.T, _ *shop, token *string) { *token = (*token)[:22] }, "not_found"},
		{"nothing", func(_ *testing.T, _ *shop, token *string) { *token = "" }, "not_found"},
	} {
		t.Run(c.name, func(t *testing.T) {
			s := newShop(t, newWorld(t))
			token := s.reset(t)
			c.before(t, s, &token)
			_, err := s.w.App.SpendReset(s.w.Machine(), s.app.ID, token, "L4stPassword")
			wantCode(t, "spending it", err, c.want)
			_, err = s.login("ann@example.com", "L4stPassword")
			if signedIn := err == nil; signedIn != (c.want == "") {
				t.Errorf("signed in: %v", err)
			}
		})
	}
}

func TestAResetTokenIsOfOneApplicationAndNotInTheStore(t *testing.T) {
	st := mem.Open()
	s := newShop(t, worldOn(t, st))
	token := s.reset(t)
	_, err := s.w.App.SpendReset(s.w.Machine(), s.w.Application(t, "My Application").ID, token, "N3wPassword")
	wantCode(t, "at another application", err, "not_found")
	_, err = s.w.App.SpendReset(s.w.Machine(), s.app.ID, token, "weak")
	wantCode(t, "with a weak password", err, "too_short")
	if keys := coretest.Holding(t, st, token[22:]); len(keys) > 0 {
		t.Errorf("its secret is at %q", keys)
	}
	ok(t, second(s.w.App.SpendReset(s.w.Machine(), s.app.ID, token, "N3wPassword")))
}

func TestATokenSpentUnderAnUnknownOutcomeIsSpentOnce(t *testing.T) {
	onEngines(t, func(t *testing.T, st store.Store) {
		s := newShop(t, worldOn(t, st))
		token := s.reset(t)
		acc, err := s.w.App.SpendReset(s.w.Machine(), s.app.ID, token, "N3wPassword")
		if err != nil || acc.ID != s.ann.ID {
			t.Errorf("%+v, %v", acc, err)
		}
		_, err = s.w.App.SpendReset(s.w.Machine(), s.app.ID, token, "An0therPassword")
		wantCode(t, "again", err, "not_found")
		ok(t, second(s.login("ann@example.com", "N3wPassword")))
	})
}

func TestALiveProofIsForThoseWhoMayHaveIt(t *testing.T) {
	s := newShop(t, newWorld(t))
	for _, c := range []struct {
		role  core.Role
		caps  core.Caps
		login string
		want  string
	}{
		{core.Owner, core.AllCaps, "ann@example.com", ""},
		{core.Admin, core.AllCaps, "ann@example.com", ""},
		{core.Admin, core.Caps{Manage: true}, "ann@example.com", "forbidden"},
		{core.Support, core.AllCaps, "ann@example.com", "forbidden"},
		{core.Owner, core.AllCaps, "nobody@example.com", "unknown_resource"},
	} {
		err := undone(s.w, by(s.w, c.role, "", c.caps), t, func(tx *core.Tx) error {
			_, _, err := core.RequestReset(tx, s.app.ID, c.login, "")
			return err
		})
		wantCode(t, string(c.role)+" for "+c.login, err, c.want)
	}
}

func TestNothingThatIsDisabledIsGivenAResetToken(t *testing.T) {
	for name, disable := range map[string]func(t *testing.T, s *shop){
		"account": func(t *testing.T, s *shop) {
			change(t, s.w, s.ann.ID, func(a *core.Account) { a.Status = core.Disabled })
		},
		"directory": func(t *testing.T, s *shop) {
			change(t, s.w, s.ann.Directory, func(d *core.Directory) { d.Status = core.Disabled })
		},
	} {
		t.Run(name, func(t *testing.T) {
			s := newShop(t, newWorld(t))
			disable(t, s)
			err := s.w.App.Update(s.w.Machine(), func(tx *core.Tx) error {
				_, _, err := core.RequestReset(tx, s.app.ID, "ann@example.com", "")
				return err
			})
			wantCode(t, "asking for a token", err, "unknown_resource")
		})
	}
}
