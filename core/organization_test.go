package core_test

import (
	"strings"
	"testing"

	"github.com/stormkeep/stormkeep/core"
	"github.com/stormkeep/stormkeep/core/coretest"
	"github.com/stormkeep/stormkeep/core/store"
)

// organization makes an organization whose nameKey is its name.
func organization(t testing.TB, w *coretest.World, name string) (o *core.Organization) {
	t.Helper()
	w.Update(t, func(tx *core.Tx) error {
		o = core.Make[core.Organization]()
		o.Name, o.NameKey = name, name
		return core.Put(tx, o)
	})
	return o
}

// mapOrg maps a store to an organization, at its end.
func mapOrg(t testing.TB, w *coretest.World, org core.ID[core.Organization], store core.Ref, flags ...bool) (m *core.OrganizationAccountStoreMapping) {
	t.Helper()
	w.Update(t, func(tx *core.Tx) error {
		m = core.Make[core.OrganizationAccountStoreMapping]()
		m.Organization, m.Store = org, store
		if len(flags) > 0 {
			m.DefaultAccounts, m.DefaultGroups = flags[0], flags[1]
		}
		return core.SaveMapping(tx, m)
	})
	return m
}

func TestWhatAnOrganizationMayHold(t *testing.T) {
	w := newWorld(t)
	organization(t, w, "taken")
	for _, c := range []struct {
		name   string
		change func(*core.Organization)
		want   string
	}{
		{"a name and a key", func(*core.Organization) {}, ""},
		{"a key of one character", func(o *core.Organization) { o.NameKey = "7" }, ""},
		{"a key of 63", func(o *core.Organization) { o.NameKey = strings.Repeat("k", 63) }, ""},
		{"no name", func(o *core.Organization) { o.Name = " " }, "required"},
		{"a long name", func(o *core.Organization) { o.Name = strings.Repeat("n", 256) }, "too_long"},
		{"a name in use", func(o *core.Organization) { o.Name = "TAKEN" }, "taken"},
		{"no key", func(o *core.Organization) { o.NameKey = "" }, "required"},
		{"a key of 64", func(o *core.Organization) { o.NameKey = strings.Repeat("k", 64) }, "invalid_format"},
		{"a key with a hyphen before", func(o *core.Organization) { o.NameKey = "-a" }, "invalid_format"},
		{"a key with a hyphen behind", func(o *core.Organization) { o.NameKey = "a-" }, "invalid_format"},
		{"a key in capitals", func(o *core.Organization) { o.NameKey = "Bank" }, "invalid_format"},
		{"a key with a dot", func(o *core.Organization) { o.NameKey = "a.b" }, "invalid_format"},
		{"a key with a line's end", func(o *core.Organization) { o.NameKey = "a\n" }, "invalid_format"},
		{"a key in use", func(o *core.Organization) { o.NameKey = "taken" }, "taken"},
		{"a long description", func(o *core.Organization) { o.Description = strings.Repeat("d", 1001) }, "too_long"},
		{"unverified", func(o *core.Organization) { o.Status = core.Unverified }, "unsupported_value"},
	} {
		wantCode(t, c.name, undone(w, core.Actor{Kind: core.Machine, Tenant: w.Tenant}, t, func(tx *core.Tx) error {
			o := core.Make[core.Organization]()
			o.Name, o.NameKey = "new", "new"
			c.change(o)
			return core.Put(tx, o)
		}), c.want)
	}
}

func TestDisablingAnOrganizationRaisesItsEpoch(t *testing.T) {
	w := newWorld(t)
	id := organization(t, w, "bank").ID
	for _, status := range []core.Status{core.Disabled, core.Enabled} {
		change(t, w, id, func(o *core.Organization) { o.Status = status })
		if o, err := get(w, id); err != nil || o.Epoch != 1 {
			t.Errorf("%s: epoch %d, %v, want 1", status, o.Epoch, err)
		}
	}
}

func TestADirectoryMadeWithItsOrganization(t *testing.T) {
	onEngines(t, func(t *testing.T, s store.Store) {
		w := worldOn(t, s)
		directory(t, w, "bank Directory")
		create := func(name, dir string) (d *core.Directory, o *core.Organization, err error) {
			err = w.App.Update(w.Machine(), func(tx *core.Tx) error {
				o = core.Make[core.Organization]()
				o.Name, o.NameKey = name, name
				if err := core.Put(tx, o); err != nil {
					return err
				}
				d, err = core.CreateDirectoryForOrganization(tx, o, dir)
				return err
			})
			return d, o, err
		}
		d, o, err := create("bank", "")
		ok(t, err)
		stored, err := get(w, o.ID)
		ok(t, err)
		if d.Name != "bank Directory (2)" || stored.DefaultAccountStore == "" || stored.DefaultAccountStore != stored.DefaultGroupStore {
			t.Errorf("%q, %+v", d.Name, stored)
		}
		if d, _, err = create("other", "mine"); err != nil || d.Name != "mine" {
			t.Errorf("%v, %v", d, err)
		}
		_, _, err = create("third", "MINE")
		wantCode(t, "a name in use", err, "organization_directory_taken")
		w.Sound(t)
	})
}

func TestAnOrganizationTakesItsMappingsAndNothingElse(t *testing.T) {
	onEngines(t, func(t *testing.T, s store.Store) {
		w := worldOn(t, s)
		shop := newShop(t, w)
		org := organization(t, w, "bank")
		change(t, w, core.ID[core.AccountLinkingPolicy](org.ID), func(p *core.AccountLinkingPolicy) { p.Status = core.Enabled })
		inner := mapOrg(t, w, org.ID, core.RefTo(shop.club.ID), true, true)
		shop.mapTo(t, core.RefTo(org.ID))
		from := now(t, w)
		if err := remove(w, org.ID); err != nil && !core.IsNotFound(err) {
			t.Fatal(err)
		}
		w.Settle(t)
		want := "accountStoreMapping.delete organizationAccountStoreMapping.delete accountLinkingPolicy.delete organization.delete"
		if _, events := types(t, w, from); events != want {
			t.Errorf("events %s", events)
		}
		if _, err := get(w, inner.ID); !core.IsNotFound(err) {
			t.Errorf("its mapping: %v", err)
		}
		for name, err := range map[string]error{"directory": second(get(w, shop.club.ID)), "account": second(get(w, shop.vic.ID)), "application": second(get(w, shop.app.ID))} {
			if err != nil {
				t.Errorf("%s: %v", name, err)
			}
		}
		w.View(t, func(tx *core.Tx) error {
			if all, err := core.Mappings(tx, shop.app.ID); err != nil || len(all) != 2 {
				t.Errorf("%d mappings left, %v", len(all), err)
			}
			return nil
		})
		w.Sound(t)
	})
}

func TestADirectoryTakesTheMappingsOfOrganizations(t *testing.T) {
	w := newWorld(t)
	org, first, next := organization(t, w, "bank"), directory(t, w, "first"), directory(t, w, "next")
	mapOrg(t, w, org.ID, core.RefTo(first.ID), true, true)
	left := mapOrg(t, w, org.ID, core.RefTo(next.ID))
	ok(t, remove(w, first.ID))
	w.Settle(t)
	o, err := get(w, org.ID)
	ok(t, err)
	m, err := get(w, left.ID)
	ok(t, err)
	if o.DefaultAccountStore != "" || o.DefaultGroupStore != "" || m.ListIndex != 0 {
		t.Errorf("%+v, %+v", o, m)
	}
	w.Sound(t)
}
