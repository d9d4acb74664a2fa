package core_test

import (
	"testing"

	"github.com/stormkeep/stormkeep/core"
	"github.com/stormkeep/stormkeep/core/coretest"
)

func TestAKindOfUnknownTypeStoresItsOwnRecordsOnly(t *testing.T) {
	w := coretest.New(t)
	groups := w.App.KindNamed("groups")
	dir := w.Directory(t, "My Application Directory")
	w.Update(t, func(tx *core.Tx) error {
		g := groups.Make().(*core.Group)
		if g.Status != core.Enabled {
			t.Errorf("a made group has status %q, want its default", g.Status)
		}
		g.Directory, g.Name = dir.ID, "staff"
		if err := groups.Put(tx, g); err != nil {
			return err
		}
		page, err := groups.All(tx, core.Search{})
		if err != nil || len(page.Items) != 1 || page.Size != 1 {
			t.Errorf("All = %v, %v; want the one group", page, err)
		}
		if err := groups.Put(tx, dir); err == nil {
			t.Error("a directory was put as a group")
		}
		if err := groups.Remove(tx, dir); err == nil {
			t.Error("a directory was removed as a group")
		}
		return groups.Remove(tx, g)
	})
}
