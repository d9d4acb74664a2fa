package core_test

import (
	"strings"
	"testing"

	"github.com/stormkeep/stormkeep/core"
	"github.com/stormkeep/stormkeep/core/store/mem"
)

func TestAMailThatIsAskedForIsSentToWhoHasTheLogin(t *testing.T) {
	s := newShop(t, worldOn(t, mem.Open()))
	verifying(t, s)
	change(t, s.w, s.out.ID, func(a *core.Account) { a.Status = core.Disabled })
	s.w.Settle(t)
	for _, c := range []struct {
		purpose core.Purpose
		login   string
		app     core.ID[core.Application]
		subject string // of the mail; "" for none
	}{
		{core.PasswordReset, "ann@example.com", s.app.ID, "Reset your Password"},
		{core.PasswordReset, "out@example.com", s.app.ID, ""},
		{core.PasswordReset, "nobody@example.com", s.app.ID, ""},
		{core.PasswordReset, "", s.app.ID, ""},
		{core.EmailVerification, "nobody@example.com", s.app.ID, ""},
		{core.EmailChange, "ann@example.com", s.app.ID, ""},
	} {
		before := len(s.w.Post.All())
		s.w.Update(t, func(tx *core.Tx) error { return core.AskForMail(tx, c.purpose, c.app, c.login, "") })
		s.w.Settle(t)
		all, got := s.w.Post.All()[before:], ""
		if len(all) > 0 {
			got = all[0].Subject
		}
		if got != c.subject || len(all) > 1 {
			t.Errorf("%s of %q: %d mails, %q", c.purpose, c.login, len(all), got)
		}
	}
	err := s.w.App.Update(s.w.Machine(), func(tx *core.Tx) error {
		return core.AskForMail(tx, core.PasswordReset, "0123456789012345678901", "ann@example.com", "")
	})
	if !core.IsNotFound(err) {
		t.Errorf("at no application: %v", err)
	}
}

// What was typed may be a password: no job shows it.
func TestWhatAMailIsAskedForByIsNotReadable(t *testing.T) {
	s := newShop(t, worldOn(t, mem.Open()))
	const typed = "my-Passw0rd-in-the-wrong-field"
	s.w.Update(t, func(tx *core.Tx) error {
		if err := core.AskForMail(tx, core.PasswordReset, s.app.ID, typed, ""); err != nil {
			return err
		}
		n := 0
		for j, err := range tx.Pending {
			if err != nil {
				return err
			}
			if n++; strings.Contains(string(j.Payload), typed) {
				t.Errorf("%s", j.Payload)
			}
		}
		if n == 0 {
			t.Error("no job")
		}
		return nil
	})
	s.w.Settle(t)
}
