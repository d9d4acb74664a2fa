package core_test

import (
	"slices"
	"testing"
	"time"

	"github.com/stormkeep/stormkeep/core"
	"github.com/stormkeep/stormkeep/core/coretest"
	"github.com/stormkeep/stormkeep/core/store"
)

func TestPutRefusesStaleRecordsAndSkipsUnchangedOnes(t *testing.T) {
	onEngines(t, func(t *testing.T, s store.Store) {
		w := worldOn(t, s)
		d := directory(t, w, "d")
		stale, err := get(w, d.ID)
		ok(t, err)
		w.Clock.Turn(time.Second)
		change(t, w, d.ID, func(d *core.Directory) { d.Description = "new" })
		err = w.App.Update(w.Machine(), func(tx *core.Tx) error {
			mine := *stale
			mine.Description = "other"
			return core.Put(tx, &mine)
		})
		if core.AsError(err).Kind != core.Stale {
			t.Errorf("a stale Put: %v", err)
		}
		before, from := coretest.Dump(t, s), now(t, w)
		w.Clock.Turn(time.Second)
		heard := 0
		w.App.Hooks.Directory.Update.After(func(*core.RecordEvent[core.Directory]) error { heard++; return nil })
		change(t, w, d.ID, func(*core.Directory) {})
		if lines, events := types(t, w, from); lines+events != "" || heard != 0 {
			t.Errorf("an unchanged Put: audit %q, events %q, After %d times", lines, events, heard)
		}
		for key, value := range coretest.Dump(t, s) {
			if before[key] != value {
				t.Errorf("an unchanged Put wrote %q", key)
			}
		}
	})
}

func TestAClockSetBackKeepsTheOrderOfChanges(t *testing.T) {
	w := newWorld(t)
	d := directory(t, w, "d")
	w.Clock.Turn(-time.Hour)
	change(t, w, d.ID, func(d *core.Directory) { d.Description = "later" })
	got, err := get(w, d.ID)
	ok(t, err)
	if got.ModifiedAt.Before(d.ModifiedAt.Time) || got.Rev != 2 || got.CreatedAt != d.CreatedAt {
		t.Errorf("created %v, modified %v then %v, rev %d", got.CreatedAt, d.ModifiedAt, got.ModifiedAt, got.Rev)
	}
}

func TestAHookOfAChangeHearsTheRecordAsItWasAndAsItBecame(t *testing.T) {
	w := newWorld(t)
	var got []string
	names := func(e *core.RecordEvent[core.Directory]) error {
		was, is := "-", "-"
		if e.Old != nil {
			was = e.Old.Name
		}
		if e.New != nil {
			is = e.New.Name
		}
		got = append(got, was+" "+is)
		return nil
	}
	h := &w.App.Hooks.Directory
	h.Create.After(names)
	h.Update.After(names)
	h.Delete.After(names)
	d := directory(t, w, "first")
	change(t, w, d.ID, func(d *core.Directory) { d.Name = "second" })
	ok(t, remove(w, d.ID))
	if want := []string{"- first", "first second", "second -"}; !slices.Equal(got, want) {
		t.Errorf("%q, want %q", got, want)
	}
}
