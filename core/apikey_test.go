package core_test

import (
	"testing"

	"github.com/stormkeep/stormkeep/core"
	"github.com/stormkeep/stormkeep/core/coretest"
	"github.com/stormkeep/stormkeep/core/secret"
	"github.com/stormkeep/stormkeep/core/store"
)

// opens asks who acts with a key and its secret, as Basic does.
func opens(t *testing.T, w *coretest.World, id, plain string) (core.Actor, error) {
	t.Helper()
	return w.App.KeyActor(t.Context(), id, func(_ *core.Tx, k *core.ApiKey) bool { return secret.Matches(plain, k.Hash) })
}

func TestAManagementKeyActsAsItsOperator(t *testing.T) {
	w := newWorld(t)
	actor, err := opens(t, w, string(w.Key.ID), w.Secret)
	want := core.Actor{Kind: core.ByKey, Tenant: w.Tenant, Account: w.Owner.ID, Key: w.Key.ID, Role: core.Owner, Caps: core.AllCaps}
	if err != nil || actor != want {
		t.Errorf("%+v, %v", actor, err)
	}
}

func TestEveryKeyThatDoesNotOpenTheDoorReadsTheSame(t *testing.T) {
	for _, c := range []struct {
		name  string
		do    func(t *testing.T, w *coretest.World, acc core.ID[core.Account], key *core.ApiKey) (id, plain string)
		quiet bool // nothing changed that decides who may do what
	}{
		{"unknown", func(_ *testing.T, _ *coretest.World, _ core.ID[core.Account], _ *core.ApiKey) (string, string) {
			return secret.APIKeyID(), "x"
		}, true},
		{"hostile", func(_ *testing.T, _ *coretest.World, _ core.ID[core.Account], _ *core.ApiKey) (string, string) {
			return "../x", "x"
		}, true},
		{"empty", func(_ *testing.T, _ *coretest.World, _ core.ID[core.Account], _ *core.ApiKey) (string, string) {
			return "", ""
		}, true},
		{"wrong secret", func(_ *testing.T, _ *coretest.World, _ core.ID[core.Account], k *core.ApiKey) (string, string) {
			return string(k.ID), "wrong"
		}, true},
		{"ACCOUNT key", func(t *testing.T, w *coretest.World, acc core.ID[core.Account], _ *core.ApiKey) (id, plain string) {
			k := core.Make[core.ApiKey]()
			k.Account = acc
			w.Update(t, func(tx *core.Tx) (err error) {
				if err = core.CreateApiKey(tx, k); err == nil {
					plain, err = k.Plain(tx)
				}
				return err
			})
			return string(k.ID), plain
		}, false},
		{"disabled key", func(t *testing.T, w *coretest.World, _ core.ID[core.Account], k *core.ApiKey) (string, string) {
			change(t, w, k.ID, func(k *core.ApiKey) { k.Status = core.Disabled })
			return string(k.ID), ""
		}, false},
		{"deleted key", func(t *testing.T, w *coretest.World, _ core.ID[core.Account], k *core.ApiKey) (string, string) {
			ok(t, remove(w, k.ID))
			return string(k.ID), ""
		}, false},
		{"disabled account", func(t *testing.T, w *coretest.World, acc core.ID[core.Account], k *core.ApiKey) (string, string) {
			change(t, w, acc, func(a *core.Account) { a.Status = core.Disabled })
			return string(k.ID), ""
		}, false},
		{"unverified account", func(t *testing.T, w *coretest.World, acc core.ID[core.Account], k *core.ApiKey) (string, string) {
			change(t, w, acc, func(a *core.Account) { a.Status = core.Unverified })
			return string(k.ID), ""
		}, false},
		{"deleted account", func(t *testing.T, w *coretest.World, acc core.ID[core.Account], k *core.ApiKey) (string, string) {
			ok(t, remove(w, acc))
			return string(k.ID), ""
		}, false},
		{"disabled tenant", func(t *testing.T, w *coretest.World, _ core.ID[core.Account], k *core.ApiKey) (string, string) {
			change(t, w, w.Tenant, func(t *core.Tenant) { t.Status = core.Disabled })
			return string(k.ID), ""
		}, false},
	} {
		t.Run(c.name, func(t *testing.T) {
			w := newWorld(t)
			acc := w.Person(t, w.Directory(t, "Stormpath Administrators").ID, "second@example.com")
			w.Update(t, func(tx *core.Tx) error { return core.MakeOperator(tx, acc.ID, core.Owner) })
			key, plain, err := w.App.ManagementKeyFor(w.Machine(), acc.ID, "k")
			ok(t, err)
			before := w.App.Authority()
			id, pw := c.do(t, w, acc.ID, key)
			if pw == "" {
				pw = plain
			}
			_, err = opens(t, w, id, pw)
			e := core.AsError(err)
			if e.Kind != core.Unauthenticated || e.Code != "unauthenticated" || e.Msg != "Authentication required." || e.Dev != "" || len(e.Fields) > 0 {
				t.Errorf("%+v", e)
			}
			if moved := w.App.Authority() != before; moved == c.quiet {
				t.Errorf("authority moved: %v", moved)
			}
		})
	}
}

func TestAKeyWhoseAccountIsNoLongerAnOperatorMayNothing(t *testing.T) {
	w := newWorld(t)
	acc := w.Person(t, w.Directory(t, "Stormpath Administrators").ID, "second@example.com")
	w.Update(t, func(tx *core.Tx) error { return core.MakeOperator(tx, acc.ID, core.Admin) })
	key, plain, err := w.App.ManagementKeyFor(w.Machine(), acc.ID, "k")
	ok(t, err)
	before := w.App.Authority()
	ok(t, remove(w, core.ID[core.Operator](acc.ID)))
	if w.App.Authority() == before {
		t.Error("authority did not move")
	}
	actor, err := opens(t, w, string(key.ID), plain)
	ok(t, err)
	err = w.App.View(core.As(t.Context(), actor), func(tx *core.Tx) error { _, err := core.Get(tx, acc.ID); return err })
	wantCode(t, "it reads", err, "forbidden")
}

func TestWhatAKeyIsForIsFixedWhenItIsMade(t *testing.T) {
	w := newWorld(t)
	ann := w.Person(t, w.Directory(t, "My Application Directory").ID, "ann@example.com")
	make := func(change func(*core.ApiKey)) (k *core.ApiKey, err error) {
		err = w.App.Update(w.Machine(), func(tx *core.Tx) error {
			k = core.Make[core.ApiKey]()
			k.Account = ann.ID
			change(k)
			return core.CreateApiKey(tx, k)
		})
		return k, err
	}
	k, err := make(func(*core.ApiKey) {})
	ok(t, err)
	if len(k.ID) != 26 || k.Purpose != core.AccountKey || k.Status != core.Enabled {
		t.Errorf("%+v", k)
	}
	_, err = make(func(k *core.ApiKey) { k.Purpose = core.ManagementKey })
	wantCode(t, "a MANAGEMENT key of no operator", err, "invalid_reference")
	_, err = make(func(k *core.ApiKey) { k.Purpose = "ROOT" })
	wantCode(t, "another kind", err, "unsupported_value")
	_, err = make(func(k *core.ApiKey) { k.Status = core.Unverified })
	wantCode(t, "another status", err, "unsupported_value")
	wantCode(t, "its kind", tryChange(w, k.ID, func(k *core.ApiKey) { k.Purpose = core.ManagementKey }), "protected")
	wantCode(t, "its account", tryChange(w, k.ID, func(k *core.ApiKey) { k.Account = w.Owner.ID }), "protected")
}

func TestANewKeyShowsItsSecretOnceAndIsFoundByItsTenant(t *testing.T) {
	w := newWorld(t)
	other := w.Other(t, "other")
	for _, x := range []*coretest.World{w, other} {
		tenant, err := w.App.KeyTenant(t.Context(), string(x.Key.ID))
		if err != nil || tenant != x.Tenant {
			t.Errorf("KeyTenant = %s, %v", tenant, err)
		}
	}
	w.Update(t, func(tx *core.Tx) error {
		k := core.Make[core.ApiKey]()
		k.Account, k.Purpose, k.Caps = w.Owner.ID, core.ManagementKey, core.Caps{Manage: true}
		if err := core.CreateApiKey(tx, k); err != nil {
			return err
		}
		v := core.View{Tx: tx}
		k.View(&v)
		plain, err := k.Plain(tx)
		if v.Fields[1].Value != core.Secret(plain) || len(plain) < 40 {
			t.Errorf("shown %v", v.Fields[1])
		}
		return err
	})
}

// The secret of a new key is in what made it, also where its transaction was kept and
// ran again.
func TestTheSecretOfANewKeyIsShown(t *testing.T) {
	onEngines(t, func(t *testing.T, s store.Store) {
		w := worldOn(t, s)
		var shown any
		w.Update(t, func(tx *core.Tx) error {
			k := core.Make[core.ApiKey]()
			k.Account, k.Caps = w.Owner.ID, core.Caps{Manage: true}
			if err := core.CreateManagementKey(tx, k); err != nil {
				return err
			}
			view := core.View{Tx: tx}
			k.View(&view)
			for _, f := range view.Fields {
				if f.Name == "secret" {
					shown = f.Value
				}
			}
			return nil
		})
		if plain, ok := shown.(core.Secret); !ok || plain == "" {
			t.Errorf("%v", shown)
		}
		w.View(t, func(tx *core.Tx) error {
			n := 0
			for _, err := range core.ManagementKeysOf(tx, w.Owner.ID) {
				n++
				if err != nil {
					return err
				}
			}
			if n != 2 {
				t.Errorf("%d keys", n)
			}
			return nil
		})
	})
}
