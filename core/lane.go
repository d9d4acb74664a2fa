package core

import (
	"context"
	"encoding/json"
	"errors"
	"fmt"
	"maps"
	"runtime/debug"
	"sync"
	"time"

	"github.com/stormkeep/stormkeep/core/store"
)

// lane is jobs that are done apart from all others: those of a kind that has
// workers of its own, or all the rest, which one worker does in order.
type lane struct {
	jobs    *Jobs
	name    string // the kind, "" for the rest
	workers int    // 0 for the rest
	bell    bell
	pause   pauses

	mu      sync.Mutex
	done    map[string]error   // by key, what became of jobs that could not be settled
	busy    map[string]bool    // the jobs under way, by id
	of      map[ID[Tenant]]int // how many of them are a tenant's
	waiting map[ID[Tenant]]bool
}

// sort is the mark of tenants with work in the lane.
func (l *lane) sort() string {
	if l.name == "" {
		return "job"
	}
	return "job." + l.name
}

// quiet tells whether a tenant has no job in the lane.
func (l *lane) quiet(tx *Tx) (bool, error) {
	for _, err := range tx.inLane(l.name) {
		return false, err
	}
	return true, nil
}

// inLane yields the tenant's jobs in a lane, the soonest due first.
func (tx *Tx) inLane(name string) func(func(Job, error) bool) {
	return func(yield func(Job, error) bool) { tx.jobs(jobPrefix(tx.Tenant, name), yield) }
}

// run does the tenant's due jobs and says when the next is due.
func (l *lane) run(ctx context.Context, tenant ID[Tenant]) time.Time {
	if l.workers > 0 {
		return l.spread(ctx, tenant)
	}
	for ctx.Err() == nil {
		next, err := l.next(ctx, tenant, 1)
		if err != nil {
			return l.later(ctx, tenant, err)
		}
		switch {
		case len(next) == 0:
			return time.Time{}
		case next[0].Due.After(l.jobs.app.Now()):
			return next[0].Due.Time
		}
		beat(ctx)
		err = l.do(ctx, next[0])
		if errors.Is(err, errTenantGone) {
			return time.Time{}
		}
		if err != nil {
			return l.later(ctx, tenant, err, "kind", next[0].Kind)
		}
		l.pause.reset(string(tenant))
	}
	return time.Time{}
}

// next are the tenant's jobs that are due soonest and not under way, at most n.
func (l *lane) next(ctx context.Context, tenant ID[Tenant], n int) (next []Job, err error) {
	// What ends from here on is still there in the state that is read below.
	l.mu.Lock()
	busy := maps.Clone(l.busy)
	l.mu.Unlock()
	err = l.jobs.app.View(AsSystem(ctx, tenant), func(tx *Tx) error {
		next = nil
		for j, err := range tx.inLane(l.name) {
			if err != nil {
				return err
			}
			if busy[j.ID] {
				continue
			}
			if next = append(next, j); len(next) == n {
				break
			}
		}
		return nil
	})
	return next, err
}

// spread hands the tenant's due jobs to workers, as long as there are any and the
// tenant has not more than half of them at work; whoever is done rings for those
// that wait. It says when the next job is due.
func (l *lane) spread(ctx context.Context, tenant ID[Tenant]) time.Time {
	if until := l.pause.until(string(tenant)); until.After(l.jobs.app.Now()) {
		return until
	}
	share := max(1, l.workers/2)
	next, err := l.next(ctx, tenant, share+1)
	if errors.Is(err, errTenantGone) {
		return time.Time{}
	}
	if err != nil {
		return l.later(ctx, tenant, err)
	}
	for _, j := range next {
		if j.Due.After(l.jobs.app.Now()) {
			return j.Due.Time
		}
		if !l.take(j, share) {
			return time.Time{}
		}
		l.jobs.app.workers.Go(func() { l.work(ctx, j) })
	}
	return time.Time{}
}

// take notes that a job is under way, unless its tenant has to wait.
func (l *lane) take(j Job, share int) bool {
	l.mu.Lock()
	defer l.mu.Unlock()
	if l.busy == nil {
		l.busy, l.of, l.waiting = map[string]bool{}, map[ID[Tenant]]int{}, map[ID[Tenant]]bool{}
	}
	if len(l.busy) >= l.workers || l.of[j.Tenant] >= share {
		l.waiting[j.Tenant] = true
		return false
	}
	l.busy[j.ID] = true
	l.of[j.Tenant]++
	return true
}

// work does one job on a goroutine of its own.
func (l *lane) work(ctx context.Context, j Job) {
	err := l.do(ctx, j)
	if err != nil && !errors.Is(err, errTenantGone) {
		l.later(ctx, j.Tenant, err, "kind", j.Kind)
	} else {
		l.pause.reset(string(j.Tenant))
	}
	l.mu.Lock()
	delete(l.busy, j.ID)
	if l.of[j.Tenant]--; l.of[j.Tenant] == 0 {
		delete(l.of, j.Tenant)
	}
	waiting := l.waiting
	l.waiting = map[ID[Tenant]]bool{}
	l.mu.Unlock()
	l.bell.strike(j.Tenant) // it may be due again
	for t := range waiting {
		l.bell.strike(t)
	}
}

// later says when to come again to a tenant whose jobs cannot be read or settled.
func (l *lane) later(ctx context.Context, t ID[Tenant], err error, attrs ...any) time.Time {
	if ctx.Err() == nil {
		l.jobs.app.complain("jobs", err, append(attrs, "tenant", t)...)
	}
	return l.pause.failed(string(t), l.jobs.app.Now())
}

// do does one job and settles it: gone, due again, or given up. One that was done
// and could not be settled, for want of room, is not done again while this process
// lives.
func (l *lane) do(ctx context.Context, j Job) error {
	k, ok := l.jobs.kinds[j.Kind]
	if !ok {
		k = JobKind{}.orDefault() // a plugin that is absent today may be back tomorrow
	}
	l.mu.Lock()
	failure, done := l.done[j.key()]
	l.mu.Unlock()
	if !done {
		failure = fmt.Errorf("nobody handles jobs of kind %q", j.Kind)
		if k.Do != nil {
			failure = k.call(ctx, j)
		}
		if ctx.Err() != nil {
			return nil // stopped in the middle: it is done again at the next start
		}
	}
	err := l.settle(ctx, j, k, failure)
	l.mu.Lock()
	defer l.mu.Unlock()
	if err == nil {
		delete(l.done, j.key())
		return nil
	}
	if l.done == nil {
		l.done = map[string]error{}
	}
	l.done[j.key()] = failure
	return err
}

func (l *lane) settle(ctx context.Context, j Job, k JobKind, failure error) error {
	return l.jobs.app.Update(AsSystem(ctx, j.Tenant), func(tx *Tx) error {
		if _, err := tx.s.kv.Get(j.key()); errors.Is(err, store.ErrNotFound) {
			return nil
		}
		if err := tx.s.kv.Delete(j.key()); err != nil || failure == nil {
			return err
		}
		j := j
		j.Tries++
		j.Failed = failure.Error()
		if j.Tries >= k.Tries || errors.Is(failure, ErrGiveUp) {
			b, err := json.Marshal(j)
			if err != nil {
				return err
			}
			tx.After(func() {
				l.jobs.app.Log.Error("job given up", "kind", j.Kind, "id", j.ID, "tries", j.Tries, "err", failure)
			})
			if err := tx.s.kv.Put(markKey(deadSort, j.Tenant), []byte{1}); err != nil {
				return err
			}
			return tx.s.kv.Put(deadPrefix(j.Tenant)+j.ID, b)
		}
		j.Due = At(tx.Now.Add(Backoff(j.Tries, k.First, k.Max)))
		return tx.putJob(j)
	})
}

// ErrGiveUp, wrapped by what the Do of a JobKind returns, says that trying again is
// of no use.
var ErrGiveUp = errors.New("it is of no use to try again")

func (k JobKind) call(ctx context.Context, j Job) (err error) {
	defer func() {
		if p := recover(); p != nil {
			err = fmt.Errorf("panic: %v\n%s", p, debug.Stack())
		}
	}()
	return k.Do(AsSystem(ctx, j.Tenant), j)
}
