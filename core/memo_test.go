package core_test

import (
	"testing"

	"github.com/stormkeep/stormkeep/core"
	"github.com/stormkeep/stormkeep/core/store"
)

func TestWhatFollowsAChangeFollowsOnceHoweverOftenItRuns(t *testing.T) {
	onEngines(t, func(t *testing.T, s store.Store) {
		w := worldOn(t, s)
		d := directory(t, w, "d")
		heard := map[string]int{}
		h := &w.App.Hooks.Directory
		h.Create.After(func(*core.RecordEvent[core.Directory]) error { heard["create"]++; return nil })
		h.Update.After(func(*core.RecordEvent[core.Directory]) error { heard["update"]++; return nil })
		directory(t, w, "e")
		change(t, w, d.ID, func(d *core.Directory) { d.Description = "x" })
		if heard["create"] != 1 || heard["update"] != 1 {
			t.Errorf("heard %v", heard)
		}
		w.Update(t, func(tx *core.Tx) error { // twice in one transaction is two changes, and an unchanged Put none
			for _, text := range []string{"y", "z", "z"} {
				d, err := core.Get(tx, d.ID)
				if err != nil {
					return err
				}
				d.Description = text
				if err := core.Put(tx, d); err != nil {
					return err
				}
			}
			return nil
		})
		if heard["update"] < 3 {
			t.Errorf("heard %v", heard)
		}
		before := w.App.Authority()
		change(t, w, w.Key.ID, func(k *core.ApiKey) { k.Status = core.Disabled })
		if w.App.Authority() == before {
			t.Error("authority did not move")
		}
	})
}
