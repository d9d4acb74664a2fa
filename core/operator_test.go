package core_test

import (
	"testing"

	"github.com/stormkeep/stormkeep/core"
	"github.com/stormkeep/stormkeep/core/store"
)

func TestTheLastEnabledOwnerRemains(t *testing.T) {
	w := newWorld(t)
	op := core.ID[core.Operator](w.Owner.ID)
	spare := w.Person(t, w.Directory(t, "Stormpath Administrators").ID, "spare@example.com")
	all := func(want map[string]string) {
		t.Helper()
		for name, do := range map[string]func(tx *core.Tx) error{
			"demote": func(tx *core.Tx) error { return core.MakeOperator(tx, w.Owner.ID, core.Admin) },
			"depose": func(tx *core.Tx) error { return edit(tx, op, core.Delete, func(*core.Operator) {}) },
			"disable": func(tx *core.Tx) error {
				return edit(tx, w.Owner.ID, core.Put, func(a *core.Account) { a.Status = core.Disabled })
			},
			"unverify": func(tx *core.Tx) error {
				return edit(tx, w.Owner.ID, core.Put, func(a *core.Account) { a.Status = core.Unverified })
			},
			"delete": func(tx *core.Tx) error { return edit(tx, w.Owner.ID, core.Delete, func(*core.Account) {}) },
		} {
			wantCode(t, name, undone(w, core.Actor{Kind: core.Machine, Tenant: w.Tenant}, t, do), want[name])
		}
	}
	last := map[string]string{"demote": "last_owner", "depose": "last_owner", "disable": "owner_status", "unverify": "owner_status", "delete": "owner_account"}
	all(last)
	w.Update(t, func(tx *core.Tx) error { return core.MakeOperator(tx, spare.ID, core.Admin) })
	all(last)
	w.Update(t, func(tx *core.Tx) error { return core.MakeOperator(tx, spare.ID, core.Owner) })
	change(t, w, spare.ID, func(a *core.Account) { a.Status = core.Disabled })
	all(last)
	change(t, w, spare.ID, func(a *core.Account) { a.Status = core.Enabled })
	all(map[string]string{})
	w.View(t, func(tx *core.Tx) error {
		owners, err := core.Owners(tx)
		if err != nil || len(owners) != 2 || owners[0].ID != w.Owner.ID {
			t.Errorf("%v, %v", owners, err)
		}
		return nil
	})
}

func TestNobodyChangesItsOwnRole(t *testing.T) {
	w := newWorld(t)
	spare := w.Person(t, w.Directory(t, "Stormpath Administrators").ID, "spare@example.com")
	w.Update(t, func(tx *core.Tx) error { return core.MakeOperator(tx, spare.ID, core.Owner) })
	me := by(w, core.Owner, w.Owner.ID, core.AllCaps)
	for name, do := range map[string]func(tx *core.Tx) error{
		"demote": func(tx *core.Tx) error { return core.MakeOperator(tx, w.Owner.ID, core.Admin) },
		"depose": func(tx *core.Tx) error {
			return edit(tx, core.ID[core.Operator](w.Owner.ID), core.Delete, func(*core.Operator) {})
		},
	} {
		wantCode(t, name, undone(w, me, t, do), "forbidden")
	}
	ok(t, undone(w, me, t, func(tx *core.Tx) error { return core.MakeOperator(tx, spare.ID, core.Admin) }))
}

func TestOnlyAnAdministratorsAccountIsAnOperator(t *testing.T) {
	w := newWorld(t)
	ann := w.Person(t, w.Directory(t, "My Application Directory").ID, "ann@example.com")
	for _, c := range []struct {
		id   core.ID[core.Account]
		role core.Role
		want string
	}{{ann.ID, core.Owner, "invalid_reference"}, {w.Owner.ID, "king", "unsupported_value"}, {w.Owner.ID, "", "unsupported_value"}, {"nobody", core.Admin, "not_found"}} {
		err := w.App.Update(w.Machine(), func(tx *core.Tx) error { return core.MakeOperator(tx, c.id, c.role) })
		wantCode(t, string(c.role), err, c.want)
	}
	w.View(t, func(tx *core.Tx) error {
		for id, want := range map[core.ID[core.Account]]core.Role{w.Owner.ID: core.Owner, ann.ID: "", "nobody": "", "../x": ""} {
			if role, err := core.RoleOf(tx, id); role != want || err != nil {
				t.Errorf("RoleOf(%s) = %q, %v", id, role, err)
			}
		}
		return nil
	})
}

func TestAnOperatorIsAddedOnce(t *testing.T) {
	onEngines(t, func(t *testing.T, s store.Store) {
		w := worldOn(t, s)
		acc := w.Person(t, w.Directory(t, "Stormpath Administrators").ID, "spare@example.com")
		add := func(id core.ID[core.Account], role core.Role) (*core.Operator, error) {
			var op *core.Operator
			err := w.App.Update(w.Machine(), func(tx *core.Tx) error {
				op = core.Make[core.Operator]()
				op.Account, op.Role = id, role
				return core.AddOperator(tx, op)
			})
			return op, err
		}
		op, err := add(acc.ID, core.Support)
		ok(t, err)
		if op.Rev != 1 || op.Role != core.Support {
			t.Errorf("%+v", op)
		}
		_, err = add(acc.ID, core.Owner)
		wantCode(t, "again", err, "taken")
		_, err = add("nobody", core.Owner)
		wantCode(t, "nobody", err, "invalid_reference")
		w.View(t, func(tx *core.Tx) error {
			if role, err := core.RoleOf(tx, acc.ID); role != core.Support || err != nil {
				t.Errorf("%q, %v", role, err)
			}
			if _, err := core.OperatorOf(tx, acc.ID); err != nil {
				t.Error(err)
			}
			_, err := core.OperatorOf(tx, core.ID[core.Account]("nobody"))
			wantCode(t, "no operator", err, "not_found")
			return nil
		})
		w.Sound(t)
	})
}
