package core_test

import (
	"fmt"
	"strings"
	"testing"
	"time"

	"github.com/stormkeep/stormkeep/core"
	"github.com/stormkeep/stormkeep/core/coretest"
	"github.com/stormkeep/stormkeep/core/store"
	"github.com/stormkeep/stormkeep/core/store/mem"
)

const day = 24 * time.Hour

// A year of the same work every ten days leaves as much as a hundred days of it.
func TestTheStoreDoesNotGrowWithTheYears(t *testing.T) {
	onEngines(t, func(t *testing.T, s store.Store) {
		h := &hands{fail: func(int) error { return errNo }}
		w := worldOn(t, s, h.handle(core.JobKind{Tries: 1}), func(a *core.App) {
			a.Keep = core.Keeping{Audit: 50 * day, Events: 30 * day, Jobs: 20 * day}
		})
		dir := directory(t, w, "d")
		work := func(i int) {
			acc := w.Person(t, dir.ID, fmt.Sprintf("p%d@example.com", i))
			if err := remove(w, acc.ID); !core.IsNotFound(err) { // as the second run of it says
				ok(t, err)
			}
			enqueue(t, w, "x", time.Time{})
			w.Settle(t)
			ok(t, w.App.SealAudit(w.Machine()))
			w.Clock.Turn(10 * day)
			w.App.SweepOld(t.Context())
		}
		size := func() string {
			keys := map[string]int{}
			for key := range coretest.Dump(t, s) {
				if part, ok := strings.CutPrefix(key[1:], string(w.Tenant)+"/"); ok {
					part, _, _ = strings.Cut(part, "/")
					keys[part]++
				}
			}
			return js(keys)
		}
		for i := range 10 {
			work(i)
		}
		before := size()
		for i := range 26 {
			work(10 + i)
		}
		if after := size(); after != before {
			t.Errorf("keys after 100 days: %s\nafter 360: %s", before, after)
		}
		r := sound(t, w)
		if r.Gone == 0 || r.Runs == 0 || r.Runs > 6 || len(checkpoints(t, w)) != r.Runs+1 {
			t.Errorf("%d checkpoints, %s", len(checkpoints(t, w)), js(r))
		}
		_, dead := pending(t, w)
		lines, events := trail(t, w, 0)
		oldest := core.At(w.Clock.Now().Add(-50 * day))
		if len(dead) == 0 || len(events) == 0 || len(lines) == 0 || lines[0].At.Before(oldest.Time) {
			t.Errorf("%d dead, %d events, %d lines", len(dead), len(events), len(lines))
		}
	})
}

func TestWhatIsKeptForEverStays(t *testing.T) {
	w := newWorld(t, func(a *core.App) { a.Keep = core.Keeping{Audit: -1, Events: -1, Jobs: -1} })
	ok(t, w.App.SealAudit(w.Machine()))
	lines, events := trail(t, w, 0)
	w.Clock.Turn(10000 * day)
	w.App.SweepOld(t.Context())
	if l, e := trail(t, w, 0); len(l) != len(lines) || len(e) != len(events) {
		t.Errorf("%d lines of %d, %d events of %d", len(l), len(lines), len(e), len(events))
	}
}

// Lines that no run holds are kept however old they are, and so are events that are
// not too old, whether or not anybody has heard them.
func TestNothingGoesBeforeItsTime(t *testing.T) {
	s := mem.Open()
	e := &ears{deaf: func(core.Event) error { return errNo }}
	w := worldOn(t, s, func(a *core.App) { a.Events.On("*", e.hear, "deaf") })
	lines, events := trail(t, w, 0)
	w.Clock.Turn(29 * day)
	w.App.SweepOld(t.Context())
	if l, e := trail(t, w, 0); len(l) != len(lines) || len(e) != len(events) {
		t.Errorf("after 29 days %d lines of %d, %d events of %d", len(l), len(lines), len(e), len(events))
	}
	w.Clock.Turn(2 * day)
	w.App.SweepOld(t.Context())
	if l, e := trail(t, w, 0); len(l) != len(lines) || len(e) != 0 {
		t.Errorf("after 31 days %d lines of %d, %d events", len(l), len(lines), len(e))
	}
	ok(t, w.App.SealAudit(w.Machine()))
	at := checkpoints(t, w)[0].At
	w.Clock.Turn(at.Sub(w.Clock.Now()) + 399*day)
	w.App.SweepOld(t.Context())
	if l, _ := trail(t, w, 0); len(l) != len(lines) {
		t.Errorf("after 399 days %d lines of %d", len(l), len(lines))
	}
	w.Clock.Turn(2 * day)
	w.App.SweepOld(t.Context())
	if l, _ := trail(t, w, 0); len(l) != 0 {
		t.Errorf("after 401 days %d lines", len(l))
	}
	sound(t, w)
	directory(t, w, "d") // and the chain goes on
	ok(t, w.App.SealAudit(w.Machine()))
	sound(t, w)
}

// The server sweeps by itself, in bounded transactions, and goes on after one failed.
func TestTheServerSweepsByItself(t *testing.T) {
	s := &coretest.Counting{Store: mem.Open()}
	w := coretest.On(t, s)
	for range 3 {
		w.Update(t, func(tx *core.Tx) error {
			for range 1000 {
				if err := tx.Emit(core.Event{Type: "test"}); err != nil {
					return err
				}
			}
			return nil
		})
	}
	before := s.Work()
	w.Clock.Turn(31 * day)
	eventually(t, "the events are gone", func() bool { _, e := trail(t, w, 0); return len(e) == 0 })
	if did := s.Since(before); did.Commits < 4 {
		t.Errorf("%+v", did)
	}
}

// A removal of sealed lines that retention had no hand in is found.
func TestOnlyRetentionMayRemoveTheBeginning(t *testing.T) {
	s := mem.Open()
	w := worldOn(t, s)
	ok(t, w.App.SealAudit(w.Machine()))
	grow(t, w, "a")
	w.Clock.Turn(300 * day)
	grow(t, w, "b")
	w.Clock.Turn(101 * day)
	w.App.SweepOld(t.Context())
	if r := sound(t, w); r.Runs != 1 || r.Gone == 0 {
		t.Errorf("%s", js(r))
	}
	coretest.Plant(t, s, under(t, s, w, "audc/")[0], "")
	if r := verify(t, w); summary(r) != "removed 1" {
		t.Errorf("without the checkpoint that was left: %s", js(r))
	}
}
