package core_test

import (
	"fmt"
	"strings"
	"testing"

	"github.com/stormkeep/stormkeep/core"
	"github.com/stormkeep/stormkeep/core/store"
)

// Mappings of organizations keep their order and their defaults as those of
// applications do.
func TestMappingsOfOrganizationsKeepTheirOrderWithoutGaps(t *testing.T) {
	onEngines(t, func(t *testing.T, s store.Store) {
		w := worldOn(t, s)
		org := organization(t, w, "bank")
		ids := map[string]core.ID[core.OrganizationAccountStoreMapping]{}
		add := func(name string, at int, accounts bool) {
			d := directory(t, w, name)
			w.Update(t, func(tx *core.Tx) error {
				m := &core.OrganizationAccountStoreMapping{Organization: org.ID, Store: core.RefTo(d.ID), ListIndex: at, DefaultAccounts: accounts}
				err := core.SaveMapping(tx, m)
				ids[name] = m.ID
				return err
			})
		}
		order := func() string {
			var names []string
			w.View(t, func(tx *core.Tx) error {
				all, err := core.OrganizationMappings(tx, org.ID)
				if err != nil {
					return err
				}
				o, err := core.Get(tx, org.ID)
				if err != nil {
					return err
				}
				for i, m := range all {
					id, _ := core.IDOf[core.Directory](m.Store)
					d, err := core.Get(tx, id)
					if err != nil {
						return err
					}
					name := d.Name
					if m.DefaultAccounts != (o.DefaultAccountStore == m.ID) {
						t.Errorf("%s: %+v, the organization says %s", name, m, o.DefaultAccountStore)
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
				return edit(tx, ids[name], core.SaveMapping, func(m *core.OrganizationAccountStoreMapping) { m.ListIndex = at })
			})
		}
		for _, c := range []struct {
			do   func()
			want string
		}{
			{func() { add("a", core.AtEnd, true) }, "a*"},
			{func() { add("b", 0, true) }, "b* a"},
			{func() { add("c", 1, false) }, "b* c a"},
			{func() { move("a", -7) }, "a b* c"},
			{func() { move("b", 99) }, "a c b*"},
			{func() { remove(w, ids["b"]) }, "a c"},
			{func() { remove(w, ids["a"]) }, "c"},
		} {
			if c.do(); order() != c.want {
				t.Errorf("%q, want %q", order(), c.want)
			}
		}
		w.Sound(t)
	})
}

func TestAnOrganizationHasAtMost250AccountStores(t *testing.T) {
	w := newWorld(t)
	org, dir := organization(t, w, "bank"), directory(t, w, "big")
	for i := range 250 {
		mapOrg(t, w, org.ID, core.RefTo(group(t, w, dir.ID, fmt.Sprint("g", i)).ID))
	}
	wantCode(t, "the 251st", w.App.Update(w.Machine(), func(tx *core.Tx) error {
		return core.SaveMapping(tx, &core.OrganizationAccountStoreMapping{Organization: org.ID, Store: core.RefTo(dir.ID)})
	}), "above_max")
}

// However they are spread over organizations, a login looks in a thousand stores at
// most.
func TestAnApplicationHasAtMost1000StoresWithThoseOfItsOrganizations(t *testing.T) {
	w := newWorld(t)
	app, dir := w.Application(t, "My Application"), directory(t, w, "big")
	var groups []core.Ref
	w.Update(t, func(tx *core.Tx) error {
		groups = nil
		for i := range 251 {
			g := core.Make[core.Group]()
			g.Directory, g.Name = dir.ID, fmt.Sprint("g", i)
			if err := core.Put(tx, g); err != nil {
				return err
			}
			groups = append(groups, core.RefTo(g.ID))
		}
		return nil
	})
	// Put asks nothing of the order, and is quicker where there are many.
	fill := func(org *core.Organization, n int) {
		w.Update(t, func(tx *core.Tx) error {
			for i, store := range groups[:n] {
				if err := core.Put(tx, &core.OrganizationAccountStoreMapping{Organization: org.ID, Store: store, ListIndex: i}); err != nil {
					return err
				}
			}
			return nil
		})
	}
	add := func(org *core.Organization, store core.Ref) error {
		return w.App.Update(w.Machine(), func(tx *core.Tx) error {
			return core.SaveMapping(tx, &core.OrganizationAccountStoreMapping{Organization: org.ID, Store: store})
		})
	}
	mapIt := func(store core.Ref) error {
		return w.App.Update(w.Machine(), func(tx *core.Tx) error {
			return core.SaveMapping(tx, &core.AccountStoreMapping{Application: app.ID, Store: store, ListIndex: core.AtEnd})
		})
	}
	full := organization(t, w, "full")
	fill(full, 250)
	for name, n := range map[string]int{"a": 250, "b": 250, "c": 250, "d": 100} {
		org := organization(t, w, name)
		fill(org, n)
		ok(t, mapIt(core.RefTo(org.ID)))
	}
	// 850 and the application's own directory.
	wantCode(t, "a full organization more", mapIt(core.RefTo(full.ID)), "above_max")
	last := organization(t, w, "last")
	ok(t, mapIt(core.RefTo(last.ID)))
	fill(last, 148)
	ok(t, add(last, groups[149]))
	wantCode(t, "a store more in one that is mapped", add(last, groups[150]), "above_max")
	wantCode(t, "a store more", mapIt(groups[0]), "above_max")
}
