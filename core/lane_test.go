package core_test

import (
	"context"
	"encoding/json"
	"errors"
	"fmt"
	"sync"
	"testing"
	"time"

	"github.com/stormkeep/stormkeep/core"
	"github.com/stormkeep/stormkeep/core/coretest"
	"github.com/stormkeep/stormkeep/core/store"
	"github.com/stormkeep/stormkeep/core/store/mem"
)

// throng is a kind of job with workers of its own, which wait to be let go.
type throng struct {
	mu      sync.Mutex
	now     map[core.ID[core.Tenant]]int // at work
	most    int
	did     map[string]int
	release chan struct{}
}

func newThrong() *throng {
	return &throng{now: map[core.ID[core.Tenant]]int{}, did: map[string]int{}, release: make(chan struct{})}
}

func (c *throng) do(ctx context.Context, j core.Job) error {
	c.mu.Lock()
	c.now[j.Tenant]++
	all := 0
	for _, n := range c.now {
		all += n
	}
	c.most = max(c.most, all)
	c.mu.Unlock()
	select {
	case <-c.release:
	case <-ctx.Done():
	}
	c.mu.Lock()
	defer c.mu.Unlock()
	c.now[j.Tenant]--
	if ctx.Err() != nil {
		return ctx.Err()
	}
	var what string
	if err := json.Unmarshal(j.Payload, &what); err != nil {
		return err
	}
	c.did[what]++
	return nil
}

func (c *throng) handle(workers int) func(*core.App) {
	return func(a *core.App) { a.Jobs.Handle("throng", core.JobKind{Do: c.do, Workers: workers}) }
}

func (c *throng) atWork(t core.ID[core.Tenant]) int {
	c.mu.Lock()
	defer c.mu.Unlock()
	return c.now[t]
}

func fill(t *testing.T, w *coretest.World, n int) {
	t.Helper()
	w.Update(t, func(tx *core.Tx) error {
		for i := range n {
			if err := core.Enqueue(tx, "throng", fmt.Sprint(tx.Tenant, i), time.Time{}); err != nil {
				return err
			}
		}
		return nil
	})
}

func TestAKindWithWorkersHoldsUpNobodyElse(t *testing.T) {
	onEngines(t, func(t *testing.T, s store.Store) {
		h, c := &hands{}, newThrong()
		w := worldOn(t, s, h.handle(core.JobKind{}), c.handle(4))
		fill(t, w, 20)
		eventually(t, "half of the workers are one tenant's", func() bool { return c.atWork(w.Tenant) == 2 })
		enqueue(t, w, "aside", time.Time{})
		eventually(t, "another kind is done", func() bool { return h.done() != "" })
		close(c.release)
		w.Settle(t)
		c.mu.Lock()
		defer c.mu.Unlock()
		if len(c.did) != 20 || c.most > 2 {
			t.Errorf("%d of 20 jobs were done, %d at a time", len(c.did), c.most)
		}
	})
}

func TestATenantLeavesHalfOfTheWorkersToOthers(t *testing.T) {
	c := newThrong()
	w := newWorld(t, c.handle(4))
	fill(t, w, 20)
	eventually(t, "half of the workers are one tenant's", func() bool { return c.atWork(w.Tenant) == 2 })
	id, err := w.App.CreateTenant(context.Background(), "Other", "other")
	if err != nil {
		t.Fatal(err)
	}
	if err := w.App.Update(core.AsMachine(context.Background(), id), func(tx *core.Tx) error {
		return core.Enqueue(tx, "throng", "other", time.Time{})
	}); err != nil {
		t.Fatal(err)
	}
	eventually(t, "the other has its turn", func() bool { return c.atWork(id) == 1 })
	close(c.release)
	w.Settle(t)
	eventually(t, "the other's is done", func() bool { c.mu.Lock(); defer c.mu.Unlock(); return c.did["other"] == 1 })
}

func TestJobsWithWorkersAreDoneAcrossARestart(t *testing.T) {
	s := coretest.Lasting{Store: mem.Open()}
	stuck := newThrong()
	w := coretest.On(t, s, stuck.handle(4))
	fill(t, w, 5)
	eventually(t, "they are at work", func() bool { return stuck.atWork(w.Tenant) == 2 })
	c := newThrong()
	close(c.release)
	w = w.Again(t, s, c.handle(4))
	w.Settle(t)
	c.mu.Lock()
	defer c.mu.Unlock()
	for what, n := range c.did {
		if n != 1 {
			t.Errorf("%s was done %d times", what, n)
		}
	}
	if len(c.did) != 5 {
		t.Errorf("%d of 5 were done", len(c.did))
	}
}

func TestAJobThatIsOfNoUseIsGivenUpAtOnce(t *testing.T) {
	h := &hands{fail: func(int) error { return fmt.Errorf("550 no such box: %w", core.ErrGiveUp) }}
	w := newWorld(t, h.handle(core.JobKind{Workers: 2}))
	enqueue(t, w, "x", time.Time{})
	eventually(t, "it is given up", func() bool { _, dead := pending(t, w); return len(dead) == 1 })
	if _, dead := pending(t, w); h.tries() != 1 || dead[0].Tries != 1 {
		t.Errorf("tried %d times: %+v", h.tries(), dead[0])
	}
	if errors.Is(errNo, core.ErrGiveUp) {
		t.Error("every error gives up")
	}
}
