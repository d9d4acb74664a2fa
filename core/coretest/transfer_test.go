package coretest_test

import (
	"testing"

	"github.com/stormkeep/stormkeep/core"
	"github.com/stormkeep/stormkeep/core/coretest"
)

func TestAWorldGoesIntoAnother(t *testing.T) {
	from, to := coretest.New(t), coretest.New(t)
	lines := from.Exported(t, core.ExportOptions{Secrets: true, Operators: true})
	first := to.Tenant
	if r := to.Import(t, lines, core.ImportOptions{Operators: true}); len(r.Refused) > 0 || r.Made == 0 || to.Tenant != from.Tenant || to.Tenant == first {
		t.Errorf("%+v in %s, want it in %s", r, to.Tenant, from.Tenant)
	}
	to.View(t, func(tx *core.Tx) error {
		_, err := core.Get(tx, from.Owner.ID)
		return err
	})
	to.Sound(t)
}
