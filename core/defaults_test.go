package core_test

import (
	"testing"

	"github.com/stormkeep/stormkeep/core"
)

// Where an application or an organization puts what is new, or why it cannot.
func TestWhereNewAccountsAndGroupsGo(t *testing.T) {
	w := newWorld(t)
	on, off := directory(t, w, "on"), directory(t, w, "off", func(d *core.Directory) { d.Status = core.Disabled })
	crew, closed := group(t, w, on.ID, "crew"), group(t, w, on.ID, "closed")
	change(t, w, closed.ID, func(g *core.Group) { g.Status = core.Disabled })
	org := func(name string, store core.Ref) *core.Organization {
		o := organization(t, w, name)
		if store != "" {
			mapOrg(t, w, o.ID, store, true, store.Kind() != "groups")
		}
		return o
	}
	app := func(name string, store core.Ref) core.Ref {
		a := core.Make[core.Application]()
		w.Update(t, func(tx *core.Tx) error {
			a = core.Make[core.Application]()
			a.Name = name
			if err := core.Put(tx, a); err != nil || store == "" {
				return err
			}
			return core.SaveMapping(tx, &core.AccountStoreMapping{Application: a.ID, Store: store, DefaultAccounts: true, DefaultGroups: store.Kind() != "groups"})
		})
		return core.RefTo(a.ID)
	}
	full, none, shut := org("full", core.RefTo(on.ID)), org("none", ""), org("shut", core.RefTo(off.ID))
	club, asleep := org("club", core.RefTo(crew.ID)), org("asleep", core.RefTo(on.ID))
	change(t, w, asleep.ID, func(o *core.Organization) { o.Status = core.Disabled })
	for _, c := range []struct {
		owner            core.Ref
		accounts, groups string // a path, or a code
	}{
		{app("a1", core.RefTo(on.ID)), on.ID.Path(), on.ID.Path()},
		{app("a2", ""), "no_account_store", "no_group_store"},
		{app("a3", core.RefTo(off.ID)), "account_store_disabled", "group_store_disabled"},
		{app("a4", core.RefTo(crew.ID)), crew.ID.Path(), "no_group_store"},
		{app("a5", core.RefTo(closed.ID)), "account_store_disabled", "no_group_store"},
		{core.RefTo(full.ID), on.ID.Path(), on.ID.Path()},
		{core.RefTo(none.ID), "organization_no_account_store", "organization_no_group_store"},
		{core.RefTo(shut.ID), "organization_account_store_disabled", "organization_group_store_disabled"},
		{core.RefTo(club.ID), crew.ID.Path(), "organization_no_group_store"},
		{app("b1", core.RefTo(full.ID)), on.ID.Path(), on.ID.Path()},
		{app("b2", core.RefTo(none.ID)), "nested_no_account_store", "nested_no_group_store"},
		{app("b3", core.RefTo(shut.ID)), "nested_account_store_disabled", "nested_group_store_disabled"},
		{app("b4", core.RefTo(club.ID)), crew.ID.Path(), "nested_no_group_store"},
		{app("b5", core.RefTo(asleep.ID)), "account_store_disabled", "group_store_disabled"},
		{core.RefTo(on.ID), "not_found", "not_found"},
		{"organizations/none", "not_found", "not_found"},
	} {
		for forGroups, want := range map[bool]string{false: c.accounts, true: c.groups} {
			w.View(t, func(tx *core.Tx) error {
				got, err := core.DefaultStore(tx, c.owner, forGroups)
				if string(got)+code(err) != want {
					t.Errorf("%s, for groups %v: %s %v, want %s", c.owner, forGroups, got, err, want)
				}
				return nil
			})
		}
	}
}

func TestAnAccountComesThroughAnOrganization(t *testing.T) {
	w := newWorld(t)
	s := newShop(t, w)
	org := organization(t, w, "bank")
	mapOrg(t, w, org.ID, core.RefTo(s.vip.ID), true, false)
	acc := core.Make[core.Account]()
	acc.Email = "new@example.com"
	got, err := w.App.Register(w.Machine(), core.Registration{Through: core.RefTo(org.ID), Account: acc, Password: "Passw0rd!"})
	ok(t, err)
	w.View(t, func(tx *core.Tx) error {
		in, err := core.IsMember(tx, got.ID, s.vip.ID)
		if !in || got.Directory != s.club.ID {
			t.Errorf("%+v, a member %v", got, in)
		}
		return err
	})
}
