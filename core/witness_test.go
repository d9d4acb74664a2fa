package core_test

import (
	"context"
	"errors"
	"fmt"
	"slices"
	"sync"
	"testing"
	"time"

	"github.com/stormkeep/stormkeep/core"
	"github.com/stormkeep/stormkeep/core/coretest"
	"github.com/stormkeep/stormkeep/core/store"
	"github.com/stormkeep/stormkeep/core/store/mem"
)

// notary is a witness that remembers what it was told.
type notary struct {
	mu   sync.Mutex
	deaf bool
	has  []core.AuditCheckpoint
}

func (n *notary) tell(_ context.Context, c core.AuditCheckpoint) error {
	n.mu.Lock()
	defer n.mu.Unlock()
	if n.deaf {
		return errors.New("nobody is there")
	}
	n.has = append(n.has, c)
	return nil
}

func (n *notary) set(deaf bool) {
	n.mu.Lock()
	defer n.mu.Unlock()
	n.deaf = deaf
}

// runs are the numbers of the runs that it has, each once.
func (n *notary) runs() string {
	n.mu.Lock()
	defer n.mu.Unlock()
	var all []uint64
	for _, c := range n.has {
		all = append(all, c.Run)
	}
	return fmt.Sprint(slices.Compact(all))
}

func (n *notary) witness(id string) func(*core.App) {
	return func(a *core.App) { a.Witness(id, n.tell) }
}

// grow adds to the log and has it sealed.
func grow(t *testing.T, w *coretest.World, name string) {
	t.Helper()
	directory(t, w, name)
	ok(t, w.App.SealAudit(w.Machine()))
}

func TestWitnessesHaveEveryCheckpointInOrder(t *testing.T) {
	onEngines(t, func(t *testing.T, s store.Store) {
		n, other := &notary{}, &notary{deaf: true}
		w := worldOn(t, s, n.witness("one"), other.witness("two"))
		for i := range 3 {
			grow(t, w, fmt.Sprint("d", i))
			eventually(t, "it is told", func() bool { return n.runs() == []string{"[1]", "[1 2]", "[1 2 3]"}[i] })
		}
		if other.runs() != "[]" {
			t.Errorf("the deaf one has %s", other.runs())
		}
		other.set(false)
		w.Clock.Turn(2 * time.Minute)
		eventually(t, "the other hears it all once it listens", func() bool { return other.runs() == "[1 2 3]" })
		public, err := w.App.AuditKey(w.Machine())
		ok(t, err)
		for _, c := range n.has {
			if !c.Authentic(public) || c.Tenant != w.Tenant {
				t.Errorf("%s", js(c))
			}
		}
		if r := verify(t, w, n.has...); !r.Sound() {
			t.Errorf("%s", js(r))
		}
	})
}

func TestAWitnessGoesOnAfterARestartAndANewOneBeginsWithTheNewest(t *testing.T) {
	s := coretest.Lasting{Store: mem.Open()}
	n, late := &notary{}, &notary{}
	w := coretest.On(t, s, n.witness("one"))
	grow(t, w, "a")
	eventually(t, "it is told", func() bool { return n.runs() == "[1]" })
	n.set(true)
	grow(t, w, "b")
	n.set(false)
	w = w.Again(t, s, n.witness("one"), late.witness("late"))
	eventually(t, "it is told the rest", func() bool { return n.runs() == "[1 2]" && late.runs() == "[2]" })
	grow(t, w, "c")
	eventually(t, "both go on", func() bool { return n.runs() == "[1 2 3]" && late.runs() == "[2 3]" })
}

func TestAWitnessIsNamedOnceAndBeforeTheStart(t *testing.T) {
	w := newWorld(t)
	n := &notary{}
	a := core.New(mem.Open())
	a.Witness("one", n.tell)
	for name, bind := range map[string]func(){
		"twice":      func() { a.Witness("one", n.tell) },
		"hostile id": func() { a.Witness("a/b", n.tell) },
		"late":       func() { w.App.Witness("two", n.tell) },
	} {
		func() {
			defer func() {
				if recover() == nil {
					t.Errorf("%s: no panic", name)
				}
			}()
			bind()
		}()
	}
}
