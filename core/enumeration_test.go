package core_test

import (
	"testing"

	"github.com/stormkeep/stormkeep/core"
	"github.com/stormkeep/stormkeep/core/coretest"
	"github.com/stormkeep/stormkeep/core/store/mem"
)

// Whoever asks for a mail makes the server hash, commit and queue as much for a name of
// nobody as for one of somebody: what /v1 says of it is for the application, which may
// tell its users nothing.
func TestClass15_AskingForAMailCommitsAndQueuesAlike(t *testing.T) {
	for name, ask := range map[string]func(s *shop, login string) error{
		"reset": func(s *shop, login string) error {
			return s.w.App.Update(s.w.Machine(), func(tx *core.Tx) error {
				_, _, err := core.RequestReset(tx, s.app.ID, login, "")
				return err
			})
		},
		"resend": func(s *shop, login string) error { return s.resend(login) },
	} {
		counting := &coretest.Counting{Store: mem.Open()}
		s := newShop(t, worldOn(t, counting))
		verifying(t, s)
		s.w.Settle(t)
		type cost struct {
			commits int64 // of whoever asks, and of what it leaves to be done
			hashes  uint64
		}
		var costs [2]cost
		for i, login := range []string{"ann@example.com", "nobody@example.com"} {
			before, hashes := counting.Commits.Load(), s.w.App.Passwords.Count()
			if err := ask(s, login); (err == nil) != (i == 0) {
				t.Errorf("%s of %s: %v", name, login, err)
			}
			s.w.Settle(t)
			costs[i] = cost{counting.Commits.Load() - before, s.w.App.Passwords.Count() - hashes}
		}
		// A mail that is sent is written down; one to nobody is not.
		if costs[0].hashes != costs[1].hashes || costs[1].commits < 2 || costs[0].commits-costs[1].commits > 1 || costs[0].commits < costs[1].commits {
			t.Errorf("%s: %+v for a known and %+v for an unknown name", name, costs[0], costs[1])
		}
	}
}
