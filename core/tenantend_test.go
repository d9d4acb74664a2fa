package core_test

import (
	"context"
	"fmt"
	"testing"

	"github.com/stormkeep/stormkeep/core"
	"github.com/stormkeep/stormkeep/core/coretest"
	"github.com/stormkeep/stormkeep/core/store"
	"github.com/stormkeep/stormkeep/core/store/mem"
)

// full is another tenant of w, with things of many kinds and a host.
func full(t *testing.T, w *coretest.World) *coretest.World {
	t.Helper()
	other := w.Other(t, "other")
	h := hang(t, other)
	other.Update(t, func(tx *core.Tx) error {
		if err := core.MergeCustomData(tx, core.RefTo(h.acc.ID), custom("k", `"v"`)); err != nil {
			return err
		}
		tenant, err := core.Get(tx, other.Tenant)
		if err != nil {
			return err
		}
		if err := tenant.AddAlias("https://other.example"); err != nil {
			return err
		}
		return core.Put(tx, tenant)
	})
	return other
}

func TestNothingOfADeletedTenantIsLeft(t *testing.T) {
	onEngines(t, func(t *testing.T, s store.Store) {
		w := worldOn(t, s)
		other := full(t, w)
		if len(coretest.Holding(t, s, string(other.Tenant))) < 20 {
			t.Fatal("there is little to delete")
		}
		ok(t, w.App.DeleteTenant(w.Machine(), other.Tenant))
		if left := coretest.Holding(t, s, string(other.Tenant)); len(left) > 0 {
			t.Errorf("left: %q", left)
		}
		_, err := opens(t, w, string(other.Key.ID), other.Secret)
		wantCode(t, "its key", err, "unauthenticated")
		host, err := w.App.HostTenant(t.Context(), "other.example")
		if host != "" || err != nil {
			t.Errorf("its host: %q, %v", host, err)
		}
		err = w.App.Update(other.Machine(), func(tx *core.Tx) error { return core.Put(tx, core.Make[core.Directory]()) })
		wantCode(t, "a late write", err, "unauthenticated")
		if err := w.App.DeleteTenant(w.Machine(), other.Tenant); !core.IsNotFound(err) {
			t.Errorf("again: %v", err)
		}
		wantCode(t, "the only one", w.App.DeleteTenant(w.Machine(), w.Tenant), "only_tenant")
		var line core.AuditLine
		w.View(t, func(tx *core.Tx) error {
			for l, err := range tx.AuditLog(0) {
				if err != nil {
					return err
				}
				line = l
			}
			return nil
		})
		if line.Type != "tenant.delete" || line.Note["key"] != "other" || line.Actor.Kind != core.Machine {
			t.Errorf("%+v", line)
		}
		w.Other(t, "other") // its key is free again
		w.Sound(t)
	})
}

// dying is a store that fails after some Updates.
type dying struct {
	store.Store
	left int
}

func (d *dying) Update(ctx context.Context, fn func(store.Tx) error) error {
	if d.left == 0 {
		return errNo
	}
	d.left--
	return d.Store.Update(ctx, fn)
}

func TestADeletionIsFinishedAtTheNextStart(t *testing.T) {
	for n := range 5 {
		t.Run(fmt.Sprint(n), func(t *testing.T) {
			s := mem.Open()
			d := &dying{coretest.Lasting{Store: s}, -1}
			w := worldOn(t, d)
			other := full(t, w)
			other.Settle(t)
			crowd(t, other, other.Directory(t, "My Application Directory").ID, 300)
			d.left = n
			if err := w.App.DeleteTenant(w.Machine(), other.Tenant); err == nil {
				t.Fatal("it did not die")
			}
			d.left = -1
			all, err := w.App.Tenants(t.Context())
			ok(t, err)
			if alive := len(all) == 2; alive != (n == 0) {
				t.Errorf("after %d transactions its record is there: %v", n, alive)
			}
			if n == 0 {
				return // nothing was begun
			}
			w.Again(t, coretest.Lasting{Store: s})
			eventually(t, "nothing is left", func() bool { return len(coretest.Holding(t, s, string(other.Tenant))) == 0 })
		})
	}
}

func TestATenantThatOthersMissIsDisabledOnlyByWhoIsSure(t *testing.T) {
	w := newWorld(t)
	ctx := func() context.Context { return w.Machine() }
	wantCode(t, "the first", w.App.SetTenantStatus(ctx(), w.Tenant, core.Disabled, false), "first_tenant")
	other := w.Other(t, "other")
	wantCode(t, "the first of two", w.App.SetTenantStatus(ctx(), w.Tenant, core.Disabled, false), "first_tenant")
	ok(t, w.App.SetTenantStatus(ctx(), w.Tenant, core.Disabled, true))
	_, err := opens(t, w, string(w.Key.ID), w.Secret)
	wantCode(t, "a key of a disabled tenant", err, "unauthenticated")
	wantCode(t, "the last enabled", w.App.SetTenantStatus(ctx(), other.Tenant, core.Disabled, false), "last_tenant")
	ok(t, w.App.SetTenantStatus(ctx(), w.Tenant, core.Enabled, false))
	ok(t, w.App.SetTenantStatus(ctx(), other.Tenant, core.Disabled, false))
	w.View(t, func(tx *core.Tx) error {
		tenant, err := core.Get(tx, w.Tenant)
		if err != nil || tenant.Epoch != 1 {
			t.Errorf("epoch %d, %v", tenant.Epoch, err)
		}
		return nil
	})
	_, err = opens(t, w, string(w.Key.ID), w.Secret)
	ok(t, err)
}
