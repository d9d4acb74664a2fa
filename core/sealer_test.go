package core_test

import (
	"fmt"
	"testing"
	"time"

	"github.com/stormkeep/stormkeep/core"
	"github.com/stormkeep/stormkeep/core/coretest"
	"github.com/stormkeep/stormkeep/core/store"
	"github.com/stormkeep/stormkeep/core/store/mem"
)

// checkpoints are all of the tenant's.
func checkpoints(t *testing.T, w *coretest.World) (all []core.AuditCheckpoint) {
	t.Helper()
	w.View(t, func(tx *core.Tx) error {
		all = nil
		for c, err := range tx.Checkpoints(0) {
			if err != nil {
				return err
			}
			all = append(all, c)
		}
		return nil
	})
	return all
}

func TestALogIsSealedEveryMinuteInWhichItGrew(t *testing.T) {
	onEngines(t, func(t *testing.T, s store.Store) {
		w := worldOn(t, s)
		for i := range 3 {
			directory(t, w, fmt.Sprint("d", i))
			w.Clock.Turn(time.Minute)
			eventually(t, "a run is closed", func() bool { return len(checkpoints(t, w)) == i+1 })
			w.Clock.Turn(10 * time.Minute) // nothing was added
		}
		all := checkpoints(t, w)
		if len(all) != 3 || all[1].Prev != all[0].Hash || all[2].Prev != all[1].Hash || all[2].Count != 1 {
			t.Errorf("%s", js(all))
		}
		if r := sound(t, w); r.Unsealed != 0 {
			t.Errorf("%s", js(r))
		}
	})
}

// What was not sealed when the process ended is sealed by the next.
func TestALogIsSealedAfterARestart(t *testing.T) {
	s := coretest.Lasting{Store: mem.Open()}
	w := coretest.On(t, s)
	directory(t, w, "d")
	w = w.Again(t, s)
	w.Clock.Turn(time.Minute)
	eventually(t, "it is sealed", func() bool { return sound(t, w).Unsealed == 0 })
}

// A clock that is set back holds the sealer up for a minute, not for as long.
func TestALogIsSealedAlthoughTheClockIsSetBack(t *testing.T) {
	w := newWorld(t)
	w.Clock.Turn(-24 * time.Hour)
	directory(t, w, "d")
	w.Clock.Turn(time.Minute)
	eventually(t, "it is sealed", func() bool { return sound(t, w).Unsealed == 0 })
}

func TestManyLinesAreSeveralRuns(t *testing.T) {
	s := mem.Open()
	w := worldOn(t, s)
	for range 6 {
		w.Update(t, func(tx *core.Tx) error {
			for range 1000 {
				if err := tx.Note(core.AuditLine{Type: "test"}); err != nil {
					return err
				}
			}
			return nil
		})
	}
	w.Clock.Turn(time.Minute)
	eventually(t, "all is sealed", func() bool { return sound(t, w).Unsealed == 0 })
	if all := checkpoints(t, w); len(all) != 2 || all[0].Count != 5000 {
		t.Errorf("%s", js(all))
	}
	if len(coretest.Holding(t, s, "/due/aud/")) != 0 {
		t.Error("the tenant is still marked")
	}
}

// Two who seal at once make one run of a line.
func TestALineIsInOneRun(t *testing.T) {
	onEngines(t, func(t *testing.T, s store.Store) {
		w := worldOn(t, s)
		done := make(chan error)
		for range 8 {
			go func() { done <- w.App.SealAudit(w.Machine()) }()
		}
		for range 8 {
			ok(t, <-done)
		}
		lines, _ := trail(t, w, 0)
		if r := sound(t, w); r.Lines != len(lines) || r.Runs != 1 {
			t.Errorf("%s", js(r))
		}
	})
}
