package core_test

import (
	"testing"

	"github.com/stormkeep/stormkeep/core"
	"github.com/stormkeep/stormkeep/core/coretest"
	"github.com/stormkeep/stormkeep/core/store"
	"github.com/stormkeep/stormkeep/core/store/layer"
	"github.com/stormkeep/stormkeep/core/store/mem"
)

func TestNothingFollowsFromARehearsal(t *testing.T) {
	w := coretest.New(t)
	on, err := w.App.Over(func(base store.Store) (store.Store, error) { return layer.Over(base, mem.Open()), nil })
	if err != nil {
		t.Fatal(err)
	}
	heard, authority := false, w.App.Authority()
	make := func(tx *core.Tx) error {
		tx.After(func() { heard = true })
		d := core.Make[core.Directory]()
		d.Name = "Rehearsed"
		return core.Put(tx, d)
	}
	find := func(tx *core.Tx) error {
		_, err := core.Find(tx, core.DirectoryName, "", core.Fold("Rehearsed"))
		return err
	}
	if err := w.App.Update(core.AsRehearsal(w.Machine(), on), make); err != nil {
		t.Fatal(err)
	}
	if err := w.App.View(core.AsRehearsal(w.Machine(), on), find); err != nil {
		t.Errorf("the rehearsal does not see it: %v", err)
	}
	if err := w.App.View(w.Machine(), find); !core.IsNotFound(err) || heard || w.App.Authority() != authority {
		t.Errorf("it is seen outside: %v, %v", err, heard)
	}
}
