package core_test

import (
	"context"
	"errors"
	"log/slog"
	"strings"
	"sync"
	"sync/atomic"
	"testing"
	"time"

	"github.com/stormkeep/stormkeep/core"
	"github.com/stormkeep/stormkeep/core/coretest"
	"github.com/stormkeep/stormkeep/core/store"
	"github.com/stormkeep/stormkeep/core/store/mem"
)

// brim is a store that is full while it is told to be.
type brim struct {
	store.Store
	full atomic.Bool
}

func (b *brim) Update(ctx context.Context, fn func(store.Tx) error) error {
	if !b.full.Load() {
		return b.Store.Update(ctx, fn)
	}
	return b.Store.Update(ctx, func(tx store.Tx) error {
		if err := fn(tx); err != nil {
			return err
		}
		return store.ErrFull
	})
}

// said is a log that can be read while it is written.
type said struct {
	mu   sync.Mutex
	text strings.Builder
}

func (s *said) Write(b []byte) (int, error) {
	s.mu.Lock()
	defer s.mu.Unlock()
	return s.text.Write(b)
}

func (s *said) lines() (all []string) {
	s.mu.Lock()
	defer s.mu.Unlock()
	for line := range strings.Lines(s.text.String()) {
		all = append(all, line)
	}
	return all
}

// While the store is full the server's own work waits: a job that was done is not
// done again because that could not be written down, and the log says it once.
func TestAFullStoreMakesTheServersOwnWorkWaitAndNotSpin(t *testing.T) {
	s, log, h, n := &brim{Store: mem.Open()}, &said{}, &hands{}, &notary{}
	w := worldOn(t, s, h.handle(core.JobKind{}), n.witness("one"), func(a *core.App) {
		a.Log = slog.New(slog.NewTextHandler(log, nil))
	})
	ok(t, w.App.SealAudit(w.Machine()))
	eventually(t, "the witness has it", func() bool { return n.runs() == "[1]" })
	directory(t, w, "d")
	enqueue(t, w, "one", w.Clock.Now().Add(time.Minute))
	s.full.Store(true)
	if err := putAs(w, "e"); !errors.Is(err, store.ErrFull) {
		t.Errorf("a write: %v", err)
	}
	w.Clock.Turn(time.Minute)
	eventually(t, "the job is done", func() bool { return h.done() == "one" })
	eventually(t, "it is said", func() bool { return len(log.lines()) > 0 })
	for range 20 {
		w.Clock.Turn(time.Second)
		time.Sleep(5 * time.Millisecond)
	}
	if lines := log.lines(); len(lines) != 1 || !strings.Contains(lines[0], "no room") {
		t.Errorf("the log says %q", lines)
	}
	w.Clock.Turn(time.Minute)
	eventually(t, "it is said again after a minute", func() bool { return len(log.lines()) == 2 })
	s.full.Store(false)
	w.Clock.Turn(2 * time.Minute)
	eventually(t, "the job is settled and the log sealed", func() bool {
		jobs, _ := pending(t, w)
		return len(jobs) == 0 && sound(t, w).Unsealed == 0
	})
	if h.tries() != 1 {
		t.Errorf("the job was done %d times", h.tries())
	}
	eventually(t, "the witness hears of it", func() bool { return n.runs() == "[1 2]" })
}

// putAs makes a directory as the machine.
func putAs(w *coretest.World, name string) error {
	return w.App.Update(w.Machine(), func(tx *core.Tx) error { return putDirectory(tx, name) })
}
