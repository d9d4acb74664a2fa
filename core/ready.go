package core

import (
	"cmp"
	"context"
	"errors"
	"fmt"
	"sync"
	"time"

	"github.com/stormkeep/stormkeep/core/store"
)

// Ready says when an app counts as one that can do its work.
type Ready struct {
	Answer time.Duration // within which the store must answer; 0 is two seconds
	Stuck  time.Duration // for which a worker may be at one thing; 0 is five minutes
	Free   uint64        // bytes that must be left on the disk; 0 is LeastFree
}

// LeastFree is how many bytes a disk is to have left.
const LeastFree = 64 << 20

// Condition is one of those that must hold of an app that can do its work.
type Condition struct {
	Name string // "store", "disk": of a fixed set
	Err  error  // why it does not hold
}

// Conditions looks whether the app can do its work: it runs, the store answers,
// the master key is that of the data, commits are kept, the disk has room, and no
// worker is stuck. It writes nothing and is cheap, however many ask at once.
func (a *App) Conditions(ctx context.Context) []Condition {
	if !a.running.Load() {
		return []Condition{{"running", errors.New("it is starting or has stopped")}}
	}
	answer := a.askStore(ctx)
	all := []Condition{{Name: "running"}, {"store", answer.store}, {"master_key", answer.key}}
	if w := a.Engine(); w != nil {
		all = append(all, Condition{"commits", w.Trouble()}, Condition{"disk", a.room(w)})
	}
	var jobs error
	for _, l := range a.Jobs.lanes {
		jobs = cmp.Or(jobs, a.stuck(&l.bell.pulse))
	}
	return append(all, Condition{"jobs", jobs}, Condition{"events", a.stuck(&a.Events.bell.pulse)})
}

func (a *App) room(w store.Watched) error {
	free, err := w.Free()
	if errors.Is(err, errors.ErrUnsupported) {
		return nil
	}
	if want := cmp.Or(a.Ready.Free, LeastFree); err == nil && free < want {
		err = fmt.Errorf("%d bytes are free, want %d", free, want)
	}
	return err
}

func (a *App) stuck(p *pulse) error {
	if still := p.still(); still > cmp.Or(a.Ready.Stuck, 5*time.Minute) {
		return fmt.Errorf("the worker has been at one thing for %s", still.Round(time.Second))
	}
	return nil
}

// asking is the question that the store is asked: one at a time, whose answer all
// get who wait for it, so that a store that hangs is not asked by ever more.
type asking struct {
	mu  sync.Mutex
	now *question
}

type question struct {
	done       chan struct{} // closed with the answer
	store, key error
}

// askStore reads the check value of the master key.
func (a *App) askStore(ctx context.Context) *question {
	a.asking.mu.Lock()
	q := a.asking.now
	if q == nil {
		q = &question{done: make(chan struct{})}
		a.asking.now = q
		go a.ask(context.WithoutCancel(ctx), q)
	}
	a.asking.mu.Unlock()
	limit := cmp.Or(a.Ready.Answer, 2*time.Second)
	timer := time.NewTimer(limit)
	defer timer.Stop()
	select {
	case <-q.done:
		return q
	case <-timer.C:
		late := fmt.Errorf("it has not answered within %s", limit)
		return &question{store: late, key: errors.New("the store does not answer")}
	}
}

func (a *App) ask(ctx context.Context, q *question) {
	var value []byte
	q.store = a.store.View(ctx, func(kv store.Tx) error {
		b, err := kv.Get(checkKey)
		value = append([]byte{}, b...)
		if errors.Is(err, store.ErrNotFound) {
			return nil
		}
		return err
	})
	if q.key = q.store; q.store == nil {
		_, q.key = a.ring.VerifyCheck(value)
	}
	a.asking.mu.Lock()
	a.asking.now = nil
	a.asking.mu.Unlock()
	close(q.done)
}
