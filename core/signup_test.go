package core_test

import (
	"testing"

	"github.com/stormkeep/stormkeep/core"
	"github.com/stormkeep/stormkeep/core/coretest"
	"github.com/stormkeep/stormkeep/core/store/mem"
)

// Whoever registers at an application that verifies addresses gets the same answer, at
// the same cost, whether or not there is such an account; its owner is told.
func TestClass15_SigningUpTellsNobodyWhoIsThere(t *testing.T) {
	counting := &coretest.Counting{Store: mem.Open()}
	s := newShop(t, worldOn(t, counting))
	verifying(t, s)
	s.w.Update(t, func(tx *core.Tx) error {
		all, err := core.Mappings(tx, s.app.ID)
		if err != nil {
			return err
		}
		all[0].DefaultAccounts = true
		return core.SaveMapping(tx, all[0])
	})
	s.w.Settle(t)
	sign := func(email, pw string) (*core.Account, error) {
		acc := core.Make[core.Account]()
		acc.Email = email
		return s.w.App.SignUp(s.w.Machine(), core.Registration{Through: core.RefTo(s.app.ID), Account: acc, Password: pw})
	}
	type cost struct {
		commits int64
		hashes  uint64
		mails   int
	}
	var costs [2]cost
	for i, email := range []string{"new@example.com", "ANN@example.com"} {
		commits, hashes, mails := counting.Commits.Load(), s.w.App.Passwords.Count(), len(s.w.Post.All())
		acc, err := sign(email, coretest.Password)
		if err != nil || (acc == nil) != (i == 1) {
			t.Errorf("%s: %v %v", email, acc, err)
		}
		s.w.Settle(t)
		costs[i] = cost{counting.Commits.Load() - commits, s.w.App.Passwords.Count() - hashes, len(s.w.Post.All()) - mails}
	}
	if costs[0].hashes != 1 || costs[1].hashes != 1 || costs[0].mails != 1 || costs[1].mails != 1 || costs[0].commits != costs[1].commits {
		t.Errorf("%+v for a new and %+v for a taken address", costs[0], costs[1])
	}
	all := s.w.Post.All()
	if last := all[len(all)-1]; last.Subject != "You have an account already" {
		t.Errorf("%+v", last)
	}
	for _, email := range []string{"other@example.com", "ann@example.com"} {
		if _, err := sign(email, "x"); core.AsError(err).Fields["password"] == "" {
			t.Errorf("%s with a weak password: %v", email, err)
		}
	}
}
