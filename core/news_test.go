package core_test

import (
	"context"
	"testing"
	"time"

	"github.com/stormkeep/stormkeep/core"
)

func TestWhoWaitsForAnEventIsWokenByTheCommit(t *testing.T) {
	w := newWorld(t)
	other := w.Other(t, "other")
	woken := func(c <-chan struct{}) bool {
		select {
		case <-c:
			return true
		default:
			return false
		}
	}
	mine, theirs := w.App.Events.Next(w.Tenant), w.App.Events.Next(other.Tenant)
	if mine != w.App.Events.Next(w.Tenant) {
		t.Error("each who waits has a bell of its own")
	}
	if err := w.App.Update(w.Machine(), func(tx *core.Tx) error {
		if err := tx.Emit(core.Event{Type: "x.y"}); err != nil {
			return err
		}
		return core.Refuse("x", "no")
	}); err == nil || woken(mine) {
		t.Errorf("woken by what was not kept: %v", err)
	}
	w.Update(t, func(tx *core.Tx) error { return tx.Emit(core.Event{Type: "x.y"}) })
	if !woken(mine) || woken(theirs) || woken(w.App.Events.Next(w.Tenant)) {
		t.Error("not the tenant's own, or not for one event only")
	}
}

func TestWhatWasSweptFromTheOutboxIsKnown(t *testing.T) {
	w := newWorld(t, func(a *core.App) { a.Keep = core.Keeping{Events: day} })
	trimmed := func() (n uint64) {
		w.View(t, func(tx *core.Tx) (err error) { n, err = tx.Trimmed(); return err })
		return n
	}
	if trimmed() != 0 {
		t.Error("something is gone from a new tenant")
	}
	_, events := trail(t, w, 0)
	last := events[len(events)-1].Seq
	w.Clock.Turn(2 * day)
	w.App.SweepOld(t.Context())
	if trimmed() != last {
		t.Errorf("%d is gone, of %d", trimmed(), last)
	}
	err := w.App.View(core.As(context.Background(), core.Actor{Kind: core.Anonymous, Tenant: w.Tenant}), func(tx *core.Tx) error {
		_, err := tx.Trimmed()
		return err
	})
	if err == nil {
		t.Error("anybody is told")
	}
}

// A handler that wants nothing of a tenant costs its transactions nothing, and hears
// from where it begins to want.
func TestAHandlerHearsInBatchesFromWhereItWants(t *testing.T) {
	wanted := false
	var batches [][]core.Event
	heard := make(chan bool, 100)
	w := newWorld(t, func(a *core.App) {
		a.Events.Listen("batches", core.Listener{Pattern: "x.*", Wanted: func(*core.Tx) (bool, error) { return wanted, nil },
			Hear: func(_ context.Context, b []core.Event) error {
				batches = append(batches, b)
				heard <- true
				return nil
			}})
	})
	emit := func(types ...string) {
		w.Update(t, func(tx *core.Tx) error {
			for _, typ := range types {
				if err := tx.Emit(core.Event{Type: typ}); err != nil {
					return err
				}
			}
			return nil
		})
	}
	emit("x.before")
	if l := backlog(t, w); l.Unheard != 0 {
		t.Errorf("%+v", l)
	}
	wanted = true
	w.Update(t, func(tx *core.Tx) error { return w.App.Events.Skip(tx, "batches") })
	emit("x.a", "y.b", "x.c")
	select {
	case <-heard:
	case <-time.After(20 * time.Second):
		t.Fatal("nothing is heard")
	}
	if len(batches) != 1 || len(batches[0]) != 2 || batches[0][0].Type != "x.a" || batches[0][1].Type != "x.c" {
		t.Errorf("%+v", batches)
	}
}
