package core_test

import (
	"context"
	"encoding/json"
	"strings"
	"sync"
	"testing"
	"time"

	"github.com/stormkeep/stormkeep/core"
	"github.com/stormkeep/stormkeep/core/coretest"
	"github.com/stormkeep/stormkeep/core/store"
	"github.com/stormkeep/stormkeep/core/store/mem"
)

// hands are a kind of job that remembers what it did.
type hands struct {
	mu   sync.Mutex
	did  []string
	fail func(n int) error // of the n-th try, from 1
	n    int
}

func (h *hands) do(ctx context.Context, j core.Job) error {
	h.mu.Lock()
	defer h.mu.Unlock()
	h.n++
	if h.fail != nil {
		if err := h.fail(h.n); err != nil {
			return err
		}
	}
	var what string
	if err := json.Unmarshal(j.Payload, &what); err != nil {
		return err
	}
	if a := core.ActorOf(ctx); a.Kind != core.System || a.Tenant != j.Tenant {
		what += " as " + string(a.Kind)
	}
	h.did = append(h.did, what)
	return nil
}

func (h *hands) done() string {
	h.mu.Lock()
	defer h.mu.Unlock()
	return strings.Join(h.did, " ")
}

func (h *hands) tries() int {
	h.mu.Lock()
	defer h.mu.Unlock()
	return h.n
}

func (h *hands) handle(k core.JobKind) func(*core.App) {
	k.Do = h.do
	return func(a *core.App) { a.Jobs.Handle("test", k) }
}

func enqueue(t *testing.T, w *coretest.World, what string, due time.Time) {
	t.Helper()
	w.Update(t, func(tx *core.Tx) error { return core.Enqueue(tx, "test", what, due) })
}

// pending are the tenant's jobs, and those given up.
func pending(t *testing.T, w *coretest.World) (jobs, dead []core.Job) {
	t.Helper()
	w.View(t, func(tx *core.Tx) error {
		jobs, dead = nil, nil
		for j, err := range tx.Pending {
			if err != nil {
				return err
			}
			jobs = append(jobs, j)
		}
		for j, err := range tx.Dead {
			if err != nil {
				return err
			}
			dead = append(dead, j)
		}
		return nil
	})
	return jobs, dead
}

func TestAJobIsDoneIfItsTransactionIsKept(t *testing.T) {
	onEngines(t, func(t *testing.T, s store.Store) {
		h := &hands{}
		w := worldOn(t, s, h.handle(core.JobKind{}))
		w.App.Update(w.Machine(), func(tx *core.Tx) error {
			core.Enqueue(tx, "test", "undone", time.Time{})
			return errNo
		})
		enqueue(t, w, "one", time.Time{})
		enqueue(t, w, "two", time.Time{})
		w.Settle(t)
		did := h.done()
		// Under an unknown outcome a job may be done again: its engine writes it twice.
		if did = strings.ReplaceAll(strings.ReplaceAll(did, "one one", "one"), "two two", "two"); did != "one two" {
			t.Errorf("done: %s", did)
		}
	})
}

func TestAJobIsTriedAgainWithGrowingPausesAndThenGivenUp(t *testing.T) {
	h := &hands{fail: func(n int) error {
		if n == 2 {
			panic("ouch")
		}
		return errNo
	}}
	w := newWorld(t, h.handle(core.JobKind{Tries: 4, First: time.Minute, Max: 3 * time.Minute}))
	enqueue(t, w, "x", time.Time{})
	start := w.Clock.Now()
	for n, pause := range []time.Duration{time.Minute, 2 * time.Minute, 3 * time.Minute} {
		eventually(t, "it is tried", func() bool {
			jobs, _ := pending(t, w)
			return len(jobs) == 1 && jobs[0].Tries == n+1
		})
		jobs, _ := pending(t, w)
		due := jobs[0].Due.Sub(w.Clock.Now())
		if due > pause || due < pause*3/4 || jobs[0].Failed == "" || jobs[0].By.Kind != core.Machine {
			t.Errorf("after %d failures: due in %v, %+v", n+1, due, jobs[0])
		}
		w.Clock.Turn(pause)
	}
	eventually(t, "it is given up", func() bool { _, dead := pending(t, w); return len(dead) == 1 })
	jobs, dead := pending(t, w)
	if len(jobs) != 0 || dead[0].Tries != 4 || dead[0].Failed != "no" || dead[0].ID == "" || h.tries() != 4 {
		t.Errorf("after %v: %+v %+v", w.Clock.Now().Sub(start), jobs, dead)
	}
}

func TestAFutureJobWaitsForTheClock(t *testing.T) {
	h := &hands{}
	w := newWorld(t, h.handle(core.JobKind{}))
	enqueue(t, w, "later", w.Clock.Now().Add(time.Hour))
	enqueue(t, w, "soon", time.Time{})
	eventually(t, "the soon one is done", func() bool { return h.done() == "soon" })
	w.Clock.Turn(59 * time.Minute)
	enqueue(t, w, "soon", time.Time{})
	eventually(t, "another", func() bool { return h.done() == "soon soon" })
	w.Clock.Turn(time.Minute)
	eventually(t, "the later one is done", func() bool { return h.done() == "soon soon later" })
}

func TestAJobIsDoneOnceAcrossARestart(t *testing.T) {
	s := coretest.Lasting{Store: mem.Open()}
	stuck := make(chan struct{})
	w := coretest.On(t, s, func(a *core.App) {
		a.Jobs.Handle("test", core.JobKind{Do: func(ctx context.Context, j core.Job) error {
			close(stuck)
			<-ctx.Done()
			return ctx.Err()
		}})
	})
	enqueue(t, w, "x", time.Time{})
	<-stuck
	h := &hands{}
	w = w.Again(t, s, h.handle(core.JobKind{}))
	eventually(t, "it is done", func() bool { return h.done() == "x" })
	w.Settle(t)
	again := &hands{}
	w = w.Again(t, s, again.handle(core.JobKind{}))
	enqueue(t, w, "y", time.Time{})
	eventually(t, "the next is done", func() bool { return again.done() != "" })
	if got := again.done(); got != "y" {
		t.Errorf("done after the restart: %s", got)
	}
}

func TestAJobOfAnAbsentPluginWaitsForIt(t *testing.T) {
	s := coretest.Lasting{Store: mem.Open()}
	h := &hands{}
	w := coretest.On(t, s, h.handle(core.JobKind{}))
	enqueue(t, w, "x", w.Clock.Now().Add(time.Minute))
	w = w.Again(t, s)
	w.Clock.Turn(time.Minute)
	eventually(t, "it is tried", func() bool { jobs, _ := pending(t, w); return len(jobs) == 1 && jobs[0].Tries == 1 })
	w = w.Again(t, s, h.handle(core.JobKind{}))
	w.Clock.Turn(time.Minute)
	eventually(t, "it is done", func() bool { return h.done() == "x" })
	err := w.App.Update(w.Machine(), func(tx *core.Tx) error { return core.Enqueue(tx, "unknown", 1, time.Time{}) })
	if err == nil {
		t.Error("a job was enqueued that nobody handles")
	}
}

func TestAJobKindIsRegisteredOnceAndInTime(t *testing.T) {
	do := func(context.Context, core.Job) error { return nil }
	a, w := core.New(mem.Open()), newWorld(t)
	a.Jobs.Handle("one", core.JobKind{Do: do})
	for name, handle := range map[string]func(){
		"twice":      func() { a.Jobs.Handle("one", core.JobKind{Do: do}) },
		"without Do": func() { a.Jobs.Handle("two", core.JobKind{}) },
		"late":       func() { w.App.Jobs.Handle("three", core.JobKind{Do: do}) },
	} {
		func() {
			defer func() {
				if recover() == nil {
					t.Errorf("%s: no panic", name)
				}
			}()
			handle()
		}()
	}
}
