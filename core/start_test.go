package core_test

import (
	"testing"

	"github.com/stormkeep/stormkeep/core"
	"github.com/stormkeep/stormkeep/core/coretest"
	"github.com/stormkeep/stormkeep/core/secret"
	"github.com/stormkeep/stormkeep/core/store"
	"github.com/stormkeep/stormkeep/core/store/mem"
)

func TestAFirstStartMakesWhatSDKsExpectAndALaterOneNothing(t *testing.T) {
	s := coretest.Lasting{Store: mem.Open()}
	w := coretest.On(t, s)
	for name, dir := range map[string]string{"Stormpath": "Stormpath Administrators", "My Application": "My Application Directory"} {
		app, d := w.Application(t, name), w.Directory(t, dir)
		admin := name == "Stormpath"
		if app.Admin != admin || d.Admin != admin || (app.DefaultAccountStore != "") == admin {
			t.Errorf("%+v %+v", app, d)
		}
		rules, err := get(w, core.ID[core.Strength](d.ID))
		if err != nil || rules.MinLength != 8 || rules.MaxLength != 255 || rules.MinUpperCase != 0 || !rules.DenyCommon {
			t.Errorf("%+v, %v", rules, err)
		}
	}
	tenant, err := get(w, w.Tenant)
	if err != nil || tenant.AdminApp != w.Application(t, "Stormpath").ID || tenant.AdminDir != w.Directory(t, "Stormpath Administrators").ID {
		t.Errorf("%+v, %v", tenant, err)
	}
	before := coretest.Dump(t, s)
	next := w.Again(t, s)
	if next.Tenant != w.Tenant {
		t.Errorf("another tenant %s", next.Tenant)
	}
	for key, value := range coretest.Dump(t, s) {
		if before[key] != value {
			t.Errorf("%q was written", key)
		}
	}
}

func TestAnAppStartsOnceAndUnlocked(t *testing.T) {
	a := core.New(mem.Open())
	if err := a.Start(t.Context()); err == nil {
		t.Error("started while locked")
	}
	ok(t, a.Unlock(t.Context(), &secret.Keyring{Current: secret.NewMaster()}))
	ok(t, a.Start(t.Context()))
	if err := a.Start(t.Context()); err == nil {
		t.Error("started twice")
	}
	ok(t, a.Close())
}

func TestABootstrapThatFailsFailsTheStart(t *testing.T) {
	a := core.New(mem.Open())
	ok(t, a.Unlock(t.Context(), &secret.Keyring{Current: secret.NewMaster()}))
	a.Hooks.App.Bootstrap.Before(func(e *core.AppEvent) error { return errNo })
	if err := a.Start(t.Context()); err != errNo {
		t.Errorf("Start = %v", err)
	}
	ok(t, a.Close())
}

func TestOwnerForMakesOneOwner(t *testing.T) {
	onEngines(t, func(t *testing.T, s store.Store) {
		w := worldOn(t, s) // made owner@example.com
		again, made, err := w.App.OwnerFor(w.Machine(), "other@example.com", "another password")
		if err != nil || made || again.ID != w.Owner.ID {
			t.Errorf("%+v, %v, %v", again, made, err)
		}
		_, _, err = w.App.OwnerFor(w.Machine(), "x@example.com", "short")
		wantCode(t, "a short password", err, "too_short")
		_, _, err = w.App.OwnerFor(w.Machine(), "x@example.com", "Password1")
		wantCode(t, "a common password", err, "weak_password")
		change(t, w, core.ID[core.Strength](w.Owner.Directory), func(s *core.Strength) { s.MinLength = 20 })
		_, _, err = w.App.OwnerFor(w.Machine(), "x@example.com", "another password")
		wantCode(t, "one too short for the present rules", err, "too_short")
		id, err := w.App.CreateTenant(t.Context(), "T", "t")
		ok(t, err)
		owner, made, err := w.App.OwnerFor(core.AsMachine(t.Context(), id), "", "")
		if err != nil || !made || owner.Username != "owner" {
			t.Errorf("%+v, %v, %v", owner, made, err)
		}
	})
}
