package core_test

import (
	"testing"

	"github.com/stormkeep/stormkeep/core"
	"github.com/stormkeep/stormkeep/core/store"
)

func TestAdministratorsAreMadeAndFound(t *testing.T) {
	onEngines(t, func(t *testing.T, s store.Store) {
		w := worldOn(t, s)
		person := func(email, username string) *core.Account {
			acc := core.Make[core.Account]()
			acc.Email, acc.Username = email, username
			return acc
		}
		ann, err := w.App.AddAdministrator(w.Machine(), person("ann@example.com", "ann"), core.Admin, "correct horse battery")
		ok(t, err)
		_, err = w.App.AddAdministrator(w.Machine(), person("bob@example.com", ""), core.Owner, "")
		ok(t, err)
		for _, c := range []struct {
			name, email, pw, want string
			role                  core.Role
		}{
			{"a taken address", "ann@example.com", "", "taken", core.Admin},
			{"no address", "", "", "required", core.Admin},
			{"no role", "cy@example.com", "", "unsupported_value", ""},
			{"a weak password", "cy@example.com", "short", "too_short", core.Admin},
		} {
			_, err := w.App.AddAdministrator(w.Machine(), person(c.email, ""), c.role, c.pw)
			wantCode(t, c.name, err, c.want)
		}
		// An admin makes nobody an administrator.
		if _, err := w.App.AddAdministrator(w.As(core.Admin), person("dee@example.com", ""), core.Auditor, ""); err == nil {
			t.Error("an admin made an operator")
		}
		w.View(t, func(tx *core.Tx) error {
			for _, who := range []string{string(ann.ID), "ANN", "ann@EXAMPLE.com"} {
				one, err := core.FindAdministrator(tx, who)
				if err != nil || one.Account.ID != ann.ID || one.Role != core.Admin || !one.HasPassword {
					t.Errorf("%s: %+v, %v", who, one, err)
				}
			}
			for _, who := range []string{"nobody", "../x"} {
				if _, err := core.FindAdministrator(tx, who); !core.IsNotFound(err) {
					t.Errorf("%s: %v", who, err)
				}
			}
			all, err := core.Administrators(tx)
			if err != nil || len(all) != 3 || all[2].HasPassword || all[2].Role != core.Owner {
				t.Errorf("%+v, %v", all, err)
			}
			return err
		})
	})
}
