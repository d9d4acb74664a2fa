package core_test

import (
	"testing"

	"github.com/stormkeep/stormkeep/core"
	"github.com/stormkeep/stormkeep/core/coretest"
	"github.com/stormkeep/stormkeep/core/store/mem"
)

func TestATenantInUseMakesNoPlace(t *testing.T) {
	lines := lived(t, mem.Open()).Exported(t, core.ExportOptions{Secrets: true, Operators: true})
	w := coretest.New(t, coretest.Badges)
	w.Person(t, w.Directory(t, "My Application Directory").ID, "ann@example.com")
	if to, err := w.App.PrepareImport(w.Machine(), lines[0], true); err == nil {
		t.Errorf("operators of another tenant come into one in use: %+v", to)
	}
	to, err := w.App.PrepareImport(w.Machine(), lines[0], false)
	if err != nil || to.Tenant != w.Tenant || to.Settings || to.Replaced {
		t.Errorf("%+v, %v", to, err)
	}
	w.Application(t, "My Application")
	w.Sound(t)
}

func TestANewTenantIsReplacedWhole(t *testing.T) {
	source := lived(t, mem.Open())
	lines := source.Exported(t, core.ExportOptions{Secrets: true, Operators: true})
	w := coretest.New(t, coretest.Badges)
	to, err := w.App.PrepareImport(w.Machine(), lines[0], true)
	if err != nil || to.Tenant != source.Tenant || !to.Replaced {
		t.Fatalf("%+v, %v", to, err)
	}
	all, err := w.App.Tenants(t.Context())
	if err != nil || len(all) != 1 || all[0] != source.Tenant {
		t.Errorf("%v, %v", all, err)
	}
	if _, err := w.App.KeyTenant(t.Context(), string(w.Key.ID)); err == nil {
		t.Error("a key of the former tenant is still somebody's")
	}
	if _, err := w.App.PrepareImport(w.Machine(), lines[1], true); err == nil {
		t.Error("a group passes for a tenant")
	}
}
