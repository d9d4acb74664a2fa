package core_test

import (
	"strings"
	"testing"

	"github.com/stormkeep/stormkeep/core"
	"github.com/stormkeep/stormkeep/core/coretest"
	"github.com/stormkeep/stormkeep/core/store"
	"github.com/stormkeep/stormkeep/core/store/mem"
)

func TestNothingOfOneTenantIsReachableFromAnother(t *testing.T) {
	onEngines(t, func(t *testing.T, s store.Store) {
		w := worldOn(t, s, coretest.Badges)
		other := w.Other(t, "other")
		h := hang(t, other)
		other.Update(t, func(tx *core.Tx) error {
			return core.MergeCustomData(tx, core.RefTo(h.acc.ID), custom("k", `"canary"`))
		})
		theirs := coretest.Dump(t, s)
		reachable(t, w, h.app.ID)
		reachable(t, w, h.dir.ID)
		reachable(t, w, h.grp.ID)
		reachable(t, w, h.acc.ID)
		reachable(t, w, join(t, other, h.acc.ID, h.grp.ID).ID)
		reachable(t, w, other.Key.ID)
		reachable(t, w, other.Tenant)
		reachable(t, w, core.ID[core.Strength](h.dir.ID))
		reachable(t, w, core.ID[core.Operator](other.Owner.ID))
		reachable(t, w, core.ID[core.Security](h.acc.ID))
		reachable(t, w, badge(t, other, h.dir.ID, "b", "x").ID)
		w.View(t, func(tx *core.Tx) error {
			for ix, list := range map[string]func() (int, error){
				"accounts": func() (int, error) {
					p, err := core.List(tx, core.AccountsOf, core.Query{Owner: string(h.dir.ID)})
					return p.Size + len(p.Items), err
				},
				"names": func() (int, error) {
					all, err := core.FindAll(tx, core.AccountEmail, string(h.dir.ID), "hanger@example.com", 0)
					return len(all), err
				},
				"hostile owner": func() (int, error) {
					p, err := core.List(tx, core.AccountsOf, core.Query{Owner: "../../" + string(other.Tenant) + "/acc.dir/" + string(h.dir.ID)})
					return p.Size + len(p.Items), err
				},
			} {
				if n, err := list(); n != 0 || err != nil {
					t.Errorf("%s: %d, %v", ix, n, err)
				}
			}
			for l, err := range tx.AuditLog(0) {
				if err != nil || strings.Contains(js(l), string(h.dir.ID)) {
					t.Errorf("a line of theirs: %s, %v", js(l), err)
				}
			}
			return nil
		})
		for name, do := range map[string]func(tx *core.Tx) error{
			"custom data": func(tx *core.Tx) error { return core.MergeCustomData(tx, core.RefTo(h.acc.ID), custom("k", "1")) },
			"no data":     func(tx *core.Tx) error { return core.DeleteCustomData(tx, core.RefTo(h.acc.ID)) },
			"a group": func(tx *core.Tx) error {
				return core.Put(tx, &core.Group{Directory: h.dir.ID, Name: "g", Status: core.Enabled})
			},
			"a member": func(tx *core.Tx) error {
				return core.Put(tx, &core.GroupMembership{Account: h.acc.ID, Group: h.grp.ID})
			},
			"a key": func(tx *core.Tx) error {
				k := core.Make[core.ApiKey]()
				k.Account = h.acc.ID
				return core.CreateApiKey(tx, k)
			},
			"an operator": func(tx *core.Tx) error { return core.MakeOperator(tx, h.acc2.ID, core.Owner) },
			"a mapping": func(tx *core.Tx) error {
				app, err := core.Find(tx, core.ApplicationName, "", "my application")
				if err != nil {
					return nil
				}
				return core.SaveMapping(tx, &core.AccountStoreMapping{Application: app.ID, Store: core.RefTo(h.dir.ID)})
			},
		} {
			if err := w.App.Update(w.Machine(), do); err == nil {
				t.Errorf("%s was made over there", name)
			}
		}
		_, err := w.App.Authenticate(w.Machine(), core.Attempt{Application: h.app.ID, Login: "hanger@example.com", Password: coretest.Password})
		wantCode(t, "a login over there", err, "not_found")
		for key, value := range theirs {
			if strings.Contains(key, string(other.Tenant)) && !strings.Contains(key, "/seq") && !strings.Contains(key, "#") &&
				coretest.Dump(t, s)[key] != value {
				t.Errorf("%q changed", key)
			}
			if strings.Contains(key, "canary") {
				t.Errorf("%q", key)
			}
		}
	})
}

// reachable fails the test if a record of another tenant can be had by its id.
func reachable[T any, P core.Record[T]](t *testing.T, w *coretest.World, id core.ID[T]) {
	t.Helper()
	for name, do := range map[string]func(tx *core.Tx) error{
		"Get": func(tx *core.Tx) error { _, err := core.Get[T, P](tx, id); return err },
		"Load": func(tx *core.Tx) error {
			_, err := w.App.KindNamed(core.RefTo(id).Kind()).Load(tx, string(id))
			return err
		},
		"Delete": func(tx *core.Tx) error { return edit(tx, id, core.Delete[T, P], func(P) {}) },
	} {
		if err := w.App.Update(w.Machine(), func(tx *core.Tx) error {
			if alive, err := tx.Alive(core.RefTo(id)); alive || err != nil {
				t.Errorf("Alive(%s) = %v, %v", core.RefTo(id), alive, err)
			}
			err := do(tx)
			if err == nil {
				return errNo
			}
			return err
		}); !core.IsNotFound(err) {
			t.Errorf("%s of %s: %v", name, core.RefTo(id), err)
		}
	}
}

func TestTenantsAreListedTheFirstOneFirst(t *testing.T) {
	w := newWorld(t)
	other := w.Other(t, "other")
	all, err := w.App.Tenants(t.Context())
	if err != nil || len(all) != 2 || all[0] != w.Tenant || all[1] != other.Tenant {
		t.Errorf("%v, %v", all, err)
	}
	first, err := w.App.FirstTenant(t.Context())
	if err != nil || first != w.Tenant {
		t.Errorf("%v, %v", first, err)
	}
	if _, err := w.App.CreateTenant(t.Context(), "x", "Not A Key"); code(err) != "invalid_format" {
		t.Errorf("%v", err)
	}
	if err := remove(w, w.Tenant); code(err) != "not_allowed" {
		t.Errorf("Delete = %v", err)
	}
}

func TestATenantMadeUnderAnUnknownOutcomeHasOneDataKey(t *testing.T) {
	onEngines(t, func(t *testing.T, s store.Store) {
		var sealed core.ID[coretest.Badge]
		w := worldOn(t, s, coretest.Badges, func(a *core.App) {
			// A plugin seals something in the very transaction that makes the tenant.
			a.Hooks.Directory.Create.Use(func(e *core.RecordEvent[core.Directory]) error {
				if err := e.Next(); err != nil {
					return err
				}
				b := core.Make[coretest.Badge]()
				b.Directory, b.Name, b.Print = e.New.ID, "b", core.Seal("canary")
				err := core.Put(e.Tx, b)
				sealed = b.ID
				return err
			})
		})
		w.View(t, func(tx *core.Tx) error {
			b, err := core.Get(tx, sealed)
			if err != nil {
				return err
			}
			if plain, err := b.Print.Open(tx, b.ID, "print"); plain != "canary" || err != nil {
				t.Errorf("Open = %q, %v", plain, err)
			}
			return nil
		})
	})
}

func TestWhatIsOutsideTenantsIsSmall(t *testing.T) {
	s := mem.Open()
	w := worldOn(t, s)
	directory(t, w, "d")
	for key := range coretest.Dump(t, s) {
		own := strings.HasPrefix(key[1:], string(w.Tenant)+"/")
		system := strings.HasPrefix(key, "s-/check") || strings.HasPrefix(key, "s-/tenant/") || strings.HasPrefix(key, "s-/ak/") || strings.HasPrefix(key, "s-/due/") ||
			key == "s-/form"
		if own == system {
			t.Errorf("%q", key)
		}
	}
}
