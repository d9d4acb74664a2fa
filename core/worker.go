package core

import (
	"context"
	"errors"
	"math/rand/v2"
	"sync"
	"time"

	"github.com/stormkeep/stormkeep/core/store"
)

// A worker does what transactions leave to be done, tenant by tenant. Which
// tenants have something to do is marked in the system space, so that a start
// walks no tenant that has nothing.

// bell is how a kept transaction wakes a worker: it remembers for whom.
type bell struct {
	mu   sync.Mutex
	due  map[ID[Tenant]]bool
	ring chan struct{}
	pulse
}

func (b *bell) strike(t ID[Tenant]) {
	b.mu.Lock()
	if b.due == nil {
		b.due = map[ID[Tenant]]bool{}
	}
	b.due[t] = true
	b.mu.Unlock()
	b.wake()
}

func (b *bell) wake() {
	b.mu.Lock()
	ring := b.ring
	b.mu.Unlock()
	select {
	case ring <- struct{}{}:
	default: // it is ringing, or nobody is there yet
	}
}

func (b *bell) take() map[ID[Tenant]]bool {
	b.mu.Lock()
	defer b.mu.Unlock()
	due := b.due
	b.due = nil
	return due
}

// pauses grow with each failure of a name, with jitter, from 100 ms to a minute.
type pauses struct {
	mu sync.Mutex
	by map[string]pause
}

type pause struct {
	failures int
	until    time.Time
}

// until is when the name may be tried again, zero if it has not failed.
func (p *pauses) until(name string) time.Time {
	p.mu.Lock()
	defer p.mu.Unlock()
	return p.by[name].until
}

func (p *pauses) failed(name string, now time.Time) time.Time {
	p.mu.Lock()
	defer p.mu.Unlock()
	if p.by == nil {
		p.by = map[string]pause{}
	}
	n := p.by[name].failures + 1
	until := now.Add(Backoff(n, 100*time.Millisecond, time.Minute))
	p.by[name] = pause{n, until}
	return until
}

func (p *pauses) reset(name string) {
	p.mu.Lock()
	defer p.mu.Unlock()
	delete(p.by, name)
}

// Backoff is the pause after the n-th failure: doubled each time up to max, and
// up to a quarter shorter, so that many do not come back at once.
func Backoff(n int, first, max time.Duration) time.Duration {
	d := max
	if n < 30 && first<<(n-1) < max {
		d = first << (n - 1)
	}
	return d - time.Duration(rand.Int64N(int64(d)/4+1))
}

func markKey(sort string, t ID[Tenant]) string {
	return scattered + systemSpace + "/due/" + sort + "/" + string(t)
}

// mark notes that the tenant has work of a sort, and wakes the worker once the
// transaction is kept.
func (tx *Tx) mark(sort string, b *bell) error {
	if tx.s.marks[sort] {
		return nil
	}
	if tx.s.marks == nil {
		tx.s.marks = map[string]bool{}
	}
	tx.s.marks[sort] = true
	tx.s.ids.bells[b] = true
	if _, err := tx.s.kv.Get(markKey(sort, tx.Tenant)); !errors.Is(err, store.ErrNotFound) {
		return err
	}
	return tx.s.kv.Put(markKey(sort, tx.Tenant), []byte{1})
}

// markOnce is mark for a sort whose worker removes the mark in the transaction
// that leaves nothing to do: only the transaction that sets it wakes the worker. The
// mark says when there is something to do.
func (tx *Tx) markOnce(sort string, b *bell, due time.Time) error {
	if tx.s.marks[sort] {
		return nil
	}
	if tx.s.marks == nil {
		tx.s.marks = map[string]bool{}
	}
	tx.s.marks[sort] = true
	if _, err := tx.s.kv.Get(markKey(sort, tx.Tenant)); !errors.Is(err, store.ErrNotFound) {
		return err
	}
	tx.s.ids.bells[b] = true
	return tx.s.kv.Put(markKey(sort, tx.Tenant), []byte(duePart(At(due))))
}

// dueMark is when a mark of markOnce says, false without one.
func (a *App) dueMark(ctx context.Context, sort string, t ID[Tenant]) (due time.Time, ok bool, err error) {
	err = a.store.View(ctx, func(kv store.Tx) error {
		b, err := kv.Get(markKey(sort, t))
		if errors.Is(err, store.ErrNotFound) {
			return nil
		}
		if err != nil {
			return err
		}
		ms, err := parseSeq(string(b))
		due, ok = time.UnixMilli(int64(ms)), err == nil
		return err
	})
	return due, ok, err
}

// marked are the tenants with work of a sort.
func (a *App) marked(ctx context.Context, sort string) (map[ID[Tenant]]bool, error) {
	due := map[ID[Tenant]]bool{}
	p := markKey(sort, "")
	err := a.store.View(ctx, func(kv store.Tx) error {
		for it, err := range kv.Scan(p, store.End(p)) {
			if err != nil {
				return err
			}
			due[ID[Tenant](it.Key[len(p):])] = true
		}
		return nil
	})
	return due, err
}

// unmark removes the marks of tenants that have nothing left to do.
func (a *App) unmark(ctx context.Context, sort string, t ID[Tenant], quiet func(*Tx) (bool, error)) error {
	err := a.Update(AsSystem(ctx, t), func(tx *Tx) error {
		if ok, err := quiet(tx); err != nil || !ok {
			return err
		}
		return tx.s.kv.Delete(markKey(sort, t))
	})
	if errors.Is(err, errTenantGone) {
		return nil
	}
	return err
}

// quietFor is how long a tenant has nothing to do before its mark is removed, so
// that a busy one does not pay a commit for it each time.
const quietFor = 5 * time.Second

// work calls do for each tenant with work of a sort, whenever its bell rings and
// at the time do returned, until ctx ends.
func (a *App) work(ctx context.Context, sort string, b *bell, do func(context.Context, ID[Tenant]) time.Time, quiet func(*Tx) (bool, error)) {
	b.mu.Lock()
	b.ring = make(chan struct{}, 1)
	b.mu.Unlock()
	due, idle := map[ID[Tenant]]time.Time{}, map[ID[Tenant]]time.Time{}
	marked, err := a.marked(ctx, sort)
	if err != nil {
		if ctx.Err() == nil {
			a.Log.Error("reading what is due", "sort", sort, "err", err)
		}
	}
	for t := range marked {
		due[t] = time.Time{}
	}
	for last := a.Now(); ; {
		for t := range b.take() {
			due[t] = time.Time{}
		}
		now := a.Now()
		if now.Before(last) { // the clock was set back: what is due when is asked anew
			for t := range due {
				due[t] = time.Time{}
			}
		}
		last = now
		next := time.Now().Add(time.Hour)
		for t, at := range due {
			if !at.After(a.Now()) {
				at = b.during(ctx, func(ctx context.Context) time.Time { return do(ctx, t) })
			}
			if at.IsZero() {
				delete(due, t)
				idle[t] = time.Now()
				continue
			}
			delete(idle, t)
			due[t] = at
			if at := time.Now().Add(at.Sub(a.Now())); at.Before(next) {
				next = at
			}
		}
		for t, since := range idle {
			if time.Since(since) < quietFor {
				next = minTime(next, since.Add(quietFor))
				continue
			}
			delete(idle, t)
			if err := a.unmark(ctx, sort, t, quiet); err != nil && ctx.Err() == nil {
				a.Log.Error("worker", "sort", sort, "err", err)
			}
		}
		timer := time.NewTimer(time.Until(next))
		select {
		case <-ctx.Done():
			timer.Stop()
			return
		case <-b.ring:
		case <-timer.C:
		}
		timer.Stop()
	}
}

func minTime(a, b time.Time) time.Time {
	if b.Before(a) {
		return b
	}
	return a
}
