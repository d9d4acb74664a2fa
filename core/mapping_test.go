package core_test

import (
	"fmt"
	"strings"
	"testing"

	"github.com/stormkeep/stormkeep/core"
	"github.com/stormkeep/stormkeep/core/store"
)

func TestMappingsKeepTheirOrderWithoutGaps(t *testing.T) {
	onEngines(t, func(t *testing.T, s store.Store) {
		w := worldOn(t, s)
		app := w.Application(t, "My Application")
		ids := map[string]core.ID[core.AccountStoreMapping]{}
		add := func(name string, at int, accounts bool) {
			d := directory(t, w, name)
			w.Update(t, func(tx *core.Tx) error {
				m := &core.AccountStoreMapping{Application: app.ID, Store: core.RefTo(d.ID), ListIndex: at, DefaultAccounts: accounts}
				err := core.SaveMapping(tx, m)
				ids[name] = m.ID
				return err
			})
		}
		order := func() string {
			var names []string
			w.View(t, func(tx *core.Tx) error {
				all, err := core.Mappings(tx, app.ID)
				if err != nil {
					return err
				}
				a, err := core.Get(tx, app.ID)
				if err != nil {
					return err
				}
				for i, m := range all {
					id, _ := core.IDOf[core.Directory](m.Store)
					d, err := core.Get(tx, id)
					if err != nil {
						return err
					}
					name := strings.TrimSuffix(d.Name, "My Application Directory")
					if m.DefaultAccounts != (a.DefaultAccountStore == m.ID) || m.DefaultGroups != (a.DefaultGroupStore == m.ID) {
						t.Errorf("%s: %+v, the application says %s", name, m, a.DefaultAccountStore)
					}
					if m.DefaultAccounts {
						name += "*"
					}
					if m.ListIndex != i {
						name += fmt.Sprint("@", m.ListIndex)
					}
					names = append(names, name)
				}
				return nil
			})
			return strings.Join(names, " ")
		}
		move := func(name string, at int) {
			w.Update(t, func(tx *core.Tx) error {
				return edit(tx, ids[name], core.SaveMapping, func(m *core.AccountStoreMapping) { m.ListIndex = at })
			})
		}
		for _, c := range []struct {
			do   func()
			want string
		}{
			{func() {}, "*"},
			{func() { add("a", core.AtEnd, false) }, "* a"},
			{func() { add("b", 0, true) }, "b*  a"},
			{func() { add("c", 1, false) }, "b* c  a"},
			{func() { move("a", 0) }, "a b* c "},
			{func() { move("b", 99) }, "a c  b*"},
			{func() { move("b", -3) }, "b* a c "},
			{func() { move("a", 1) }, "b* a c "},
			{func() { remove(w, ids["b"]) }, "a c "},
			{func() { remove(w, ids["a"]) }, "c "},
		} {
			if c.do(); order() != c.want {
				t.Errorf("%q, want %q", order(), c.want)
			}
		}
	})
}

func TestWhatMayBeMapped(t *testing.T) {
	w := newWorld(t)
	app := w.Application(t, "My Application")
	d := directory(t, w, "d")
	g := group(t, w, d.ID, "g")
	first := w.Directory(t, "My Application Directory")
	for _, c := range []struct {
		name string
		m    core.AccountStoreMapping
		want string
	}{
		{"a directory", core.AccountStoreMapping{Application: app.ID, Store: core.RefTo(d.ID), DefaultGroups: true}, ""},
		{"a group", core.AccountStoreMapping{Application: app.ID, Store: core.RefTo(g.ID), DefaultAccounts: true}, ""},
		{"a group for groups", core.AccountStoreMapping{Application: app.ID, Store: core.RefTo(g.ID), DefaultGroups: true}, "group_as_group_store"},
		{"the same again", core.AccountStoreMapping{Application: app.ID, Store: core.RefTo(first.ID)}, "already_mapped"},
		{"an account", core.AccountStoreMapping{Application: app.ID, Store: core.RefTo(w.Owner.ID)}, "invalid_reference"},
		{"nothing", core.AccountStoreMapping{Application: app.ID}, "required"},
		{"a directory that is not there", core.AccountStoreMapping{Application: app.ID, Store: "directories/x"}, "invalid_reference"},
		{"hostile text", core.AccountStoreMapping{Application: app.ID, Store: "directories/../x"}, "invalid_reference"},
		{"no application", core.AccountStoreMapping{Application: "x", Store: core.RefTo(d.ID)}, "invalid_reference"},
	} {
		wantCode(t, c.name, undone(w, core.Actor{Kind: core.Machine, Tenant: w.Tenant}, t, func(tx *core.Tx) error {
			m := c.m
			return core.SaveMapping(tx, &m)
		}), c.want)
	}
}

func TestAnApplicationHasAtMost250AccountStores(t *testing.T) {
	w := newWorld(t)
	app, dir := w.Application(t, "My Application"), directory(t, w, "big")
	var groups []*core.Group
	for i := range 251 {
		groups = append(groups, group(t, w, dir.ID, fmt.Sprint("g", i)))
	}
	add := func(g *core.Group) error {
		return w.App.Update(w.Machine(), func(tx *core.Tx) error {
			return core.SaveMapping(tx, &core.AccountStoreMapping{Application: app.ID, Store: core.RefTo(g.ID), ListIndex: core.AtEnd})
		})
	}
	for _, g := range groups[:249] {
		ok(t, add(g))
	}
	wantCode(t, "the 251st", add(groups[249]), "above_max")
	// Deleting the directory takes 249 of them, and closes the gaps once a transaction.
	before := now(t, w)
	ok(t, remove(w, dir.ID))
	w.Settle(t)
	lines, _ := trail(t, w, before)
	renumbered := 0
	for _, l := range lines {
		if l.Type == "accountStoreMapping.update" {
			renumbered++
		}
	}
	if renumbered > 1000 {
		t.Errorf("%d mappings were renumbered for 249 that went", renumbered)
	}
	w.View(t, func(tx *core.Tx) error {
		left, err := core.Mappings(tx, app.ID)
		if err != nil || len(left) != 1 || left[0].ListIndex != 0 {
			t.Errorf("left: %v, %v", left, err)
		}
		return err
	})
}

func TestNobodyRegistersWithTheApplicationOfTheAdministrators(t *testing.T) {
	w := newWorld(t)
	app := w.Application(t, "Stormpath")
	for name, set := range map[string]func(*core.AccountStoreMapping){
		"accounts": func(m *core.AccountStoreMapping) { m.DefaultAccounts = true },
		"groups":   func(m *core.AccountStoreMapping) { m.DefaultGroups = true },
	} {
		err := w.App.Update(w.As(core.Owner), func(tx *core.Tx) error {
			all, err := core.Mappings(tx, app.ID)
			if err != nil {
				return err
			}
			set(all[0])
			return core.SaveMapping(tx, all[0])
		})
		wantCode(t, name, err, "protected")
	}
}
