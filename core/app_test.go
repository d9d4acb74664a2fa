package core_test

import (
	"sync"
	"testing"

	"github.com/stormkeep/stormkeep/core"
	"github.com/stormkeep/stormkeep/core/store"
)

func TestManyWriteAtOnceAndEachWriteCounts(t *testing.T) {
	onEngines(t, func(t *testing.T, s store.Store) {
		w := worldOn(t, s)
		d := directory(t, w, "d")
		var wg sync.WaitGroup
		for range 8 {
			wg.Go(func() {
				ctx := w.Machine()
				for range 5 {
					for {
						err := w.App.Update(ctx, func(tx *core.Tx) error {
							return edit(tx, d.ID, core.Put, func(d *core.Directory) { d.Description += "x" })
						})
						if err == nil {
							break
						}
						t.Error(err)
						return
					}
				}
			})
		}
		wg.Wait()
		got, err := get(w, d.ID)
		ok(t, err)
		if n := len(got.Description); n < 40 { // an unknown outcome may write twice: x is not idempotent
			t.Errorf("%d of 40 writes, rev %d", n, got.Rev)
		}
	})
}

func TestWakeIsHarmlessBeforeTheStart(t *testing.T) {
	core.New(nil).Wake()
}
