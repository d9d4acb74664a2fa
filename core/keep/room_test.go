package keep

import (
	"context"
	"testing"
	"time"

	"github.com/stormkeep/stormkeep/core"
	"github.com/stormkeep/stormkeep/core/coretest"
	"github.com/stormkeep/stormkeep/core/store"
)

// No disk has room for so many copies.
func TestADiskWithoutRoomForACopyIsFoundAndNoCopyMade(t *testing.T) {
	h := newHouse(t)
	if f, fits := h.keeper.space(); f.Level != Fine || !fits {
		t.Errorf("a disk with room: %+v", f)
	}
	h.keeper.spare = 1 << 40
	all, err := h.keeper.Examine(t.Context())
	must(t, err)
	if f := worst(all, "disk"); f.Level != Warn || f.Hint == "" {
		t.Errorf("%+v", f)
	}
	if f := worst(all, "records"); f.Level != Fine {
		t.Errorf("one copy fits: %+v", f)
	}
	h.keeper.App = core.New(&narrow{h.store})
	must(t, h.keeper.App.Unlock(t.Context(), h.Ring))
	all, err = h.keeper.Examine(t.Context())
	must(t, err)
	if f := worst(all, "disk"); f.Level != Warn {
		t.Errorf("%+v", f)
	}
	if f := worst(all, "records"); f.Level != "" && f.Level != Skip {
		t.Errorf("no copy fits: %+v", f)
	}
}

// narrow is an engine on a disk that has less room than the data takes.
type narrow struct{ store.Store }

func (n *narrow) Commits() *store.Commits { return store.NewCommits() }
func (n *narrow) Trouble() error          { return nil }
func (n *narrow) Held() time.Duration     { return 0 }
func (n *narrow) Free() (uint64, error)   { return 1, nil }
func (n *narrow) Size() int64             { return n.Store.(store.Sizer).Size() }

func TestAViewThatKeepsTheDataGrowingIsFound(t *testing.T) {
	h := newHouse(t)
	h.keeper.patience = time.Nanosecond
	must(t, h.store.View(t.Context(), func(store.Tx) error {
		if f := h.keeper.readers(); f.Level != Fine {
			t.Errorf("before a commit: %+v", f)
		}
		coretest.Plant(t, h.store, "s-/x", "1")
		if f := h.keeper.readers(); f.Level != Warn || f.Hint == "" {
			t.Errorf("after one: %+v", f)
		}
		return nil
	}))
	if f := h.keeper.readers(); f.Level != Fine {
		t.Errorf("after its end: %+v", f)
	}
}

func TestWorkThatNobodyDoesIsFound(t *testing.T) {
	h := newHouse(t) // whose keeper's app is not started
	h.App.Jobs.Handle("test", core.JobKind{Do: func(context.Context, core.Job) error { return nil }})
	h.App.Events.On("*", func(context.Context, core.Event) error { return nil }, "test")
	all, err := h.keeper.work(t.Context())
	must(t, err)
	if len(all) != 1 || all[0].Level != Fine {
		t.Errorf("%+v", all)
	}
	h.Update(t, func(tx *core.Tx) error {
		dir := core.Make[core.Directory]()
		dir.Name = "d"
		return core.Put(tx, dir)
	})
	h.Update(t, func(tx *core.Tx) error { return core.Enqueue(tx, "test", "x", time.Time{}) })
	h.Clock.Turn(3 * time.Hour)
	all, err = h.keeper.work(t.Context())
	must(t, err)
	if len(all) != 2 || all[0].Level != Warn || all[1].Level != Warn {
		t.Errorf("%+v", all)
	}
}
