package core

import (
	"cmp"
	"context"
	"encoding/json"
	"errors"
	"fmt"
	"runtime/debug"
	"time"

	"github.com/stormkeep/stormkeep/core/store"
)

// Job is work to be done after the transaction that wrote it, at least once, even
// if the process dies: mail, a webhook, the sweep of what has lost its owner.
type Job struct {
	ID      string          `json:"-"`
	Tenant  ID[Tenant]      `json:"-"`
	Kind    string          `json:"kind"`
	Payload json.RawMessage `json:"payload,omitempty"`
	Due     Time            `json:"due"`
	Tries   int             `json:"tries"`
	Failed  string          `json:"failed,omitempty"` // the last error
	By      Actor           `json:"by"`
}

// Jobs does the work that transactions leave to be done.
type Jobs struct {
	app   *App
	kinds map[string]JobKind
	bell  bell

	pause pauses
	done  map[string]error // by key, what became of jobs that could not be settled: of the worker's goroutine only
}

// JobKind says how jobs of a name are done.
type JobKind struct {
	// Do does the work, outside any transaction, as the server itself. It may be
	// called again for the same job, also after it has succeeded.
	Do func(ctx context.Context, j Job) error
	// Tries is after how many failures the job is given up; 0 means 12.
	Tries int
	// First and Max are the pauses after the first failure and at most; they
	// double in between. 0 means 1 s and 1 h.
	First, Max time.Duration
}

// Handle registers how jobs of a name are done. Call it before Start.
func (js *Jobs) Handle(name string, k JobKind) {
	if js.app.started || js.kinds[name].Do != nil || k.Do == nil {
		panic(fmt.Sprintf("core: job kind %q: registered late, twice, or without Do", name))
	}
	if js.kinds == nil {
		js.kinds = map[string]JobKind{}
	}
	js.kinds[name] = k.orDefault()
}

func (k JobKind) orDefault() JobKind {
	k.Tries = cmp.Or(k.Tries, 12)
	k.First = cmp.Or(k.First, time.Second)
	k.Max = cmp.Or(k.Max, time.Hour)
	return k
}

func jobPrefix(t ID[Tenant]) string  { return ordered + string(t) + "/job/" }
func deadPrefix(t ID[Tenant]) string { return ordered + string(t) + "/dead/" }

func (j Job) key() string { return jobPrefix(j.Tenant) + duePart(j.Due) + "/" + j.ID }

func duePart(t Time) string { return seqPart(uint64(max(t.UnixMilli(), 0))) }

// Enqueue writes a job, as part of the transaction, to be done at due or at once
// if due is zero.
func Enqueue(tx *Tx, kind string, payload any, due time.Time) error {
	if tx.App.Jobs.kinds[kind].Do == nil {
		return fmt.Errorf("core: nobody handles jobs of kind %q", kind)
	}
	b, err := json.Marshal(payload)
	if err != nil {
		return err
	}
	if due.IsZero() {
		due = tx.Now
	}
	return tx.putJob(Job{ID: tx.s.ids.id("job", nil), Tenant: tx.Tenant, Kind: kind, Payload: b, Due: At(due), By: tx.Actor})
}

func (tx *Tx) putJob(j Job) error {
	b, err := json.Marshal(j)
	if err != nil {
		return err
	}
	if err := tx.s.kv.Put(j.key(), b); err != nil {
		return err
	}
	return tx.mark("job", &tx.App.Jobs.bell)
}

// Pending yields the tenant's jobs, the soonest due first; Dead those given up.
func (tx *Tx) Pending(yield func(Job, error) bool) { tx.jobs(jobPrefix(tx.Tenant), yield) }

// Dead yields the tenant's jobs that were given up.
func (tx *Tx) Dead(yield func(Job, error) bool) { tx.jobs(deadPrefix(tx.Tenant), yield) }

func (tx *Tx) jobs(prefix string, yield func(Job, error) bool) {
	if err := tx.mayRead(false); err != nil {
		yield(Job{}, err)
		return
	}
	for it, err := range tx.s.kv.Scan(prefix, store.End(prefix)) {
		j := Job{Tenant: tx.Tenant}
		if err == nil {
			err = json.Unmarshal(it.Value, &j)
			j.ID = it.Key[len(it.Key)-22:]
		}
		if !yield(j, err) || err != nil {
			return
		}
	}
}

// run does the tenant's due jobs and says when the next is due.
func (js *Jobs) run(ctx context.Context, tenant ID[Tenant]) time.Time {
	for ctx.Err() == nil {
		var next *Job
		err := js.app.View(AsSystem(ctx, tenant), func(tx *Tx) error {
			next = nil
			for j, err := range tx.Pending {
				if err != nil {
					return err
				}
				next = &j
				return nil
			}
			return nil
		})
		if err != nil {
			return js.later(ctx, tenant, err)
		}
		switch {
		case next == nil:
			return time.Time{}
		case next.Due.After(js.app.Now()):
			return next.Due.Time
		}
		beat(ctx)
		err = js.do(ctx, *next)
		if errors.Is(err, errTenantGone) {
			return time.Time{}
		}
		if err != nil {
			return js.later(ctx, tenant, err, "kind", next.Kind)
		}
		js.pause.reset(string(tenant))
	}
	return time.Time{}
}

// later says when to come again to a tenant whose jobs cannot be read or settled.
func (js *Jobs) later(ctx context.Context, t ID[Tenant], err error, attrs ...any) time.Time {
	if ctx.Err() == nil {
		js.app.complain("jobs", err, append(attrs, "tenant", t)...)
	}
	return js.pause.failed(string(t), js.app.Now())
}

// do does one job and settles it: gone, due again, or given up. One that was done
// and could not be settled, for want of room, is not done again while this process
// lives.
func (js *Jobs) do(ctx context.Context, j Job) error {
	k, ok := js.kinds[j.Kind]
	if !ok {
		k = JobKind{}.orDefault() // a plugin that is absent today may be back tomorrow
	}
	failure, done := js.done[j.key()]
	if !done {
		failure = fmt.Errorf("nobody handles jobs of kind %q", j.Kind)
		if k.Do != nil {
			failure = js.call(ctx, k, j)
		}
		if ctx.Err() != nil {
			return nil // stopped in the middle: it is done again at the next start
		}
	}
	err := js.settle(ctx, j, k, failure)
	if err == nil {
		delete(js.done, j.key())
		return nil
	}
	if js.done == nil {
		js.done = map[string]error{}
	}
	js.done[j.key()] = failure
	return err
}

func (js *Jobs) settle(ctx context.Context, j Job, k JobKind, failure error) error {
	return js.app.Update(AsSystem(ctx, j.Tenant), func(tx *Tx) error {
		if _, err := tx.s.kv.Get(j.key()); errors.Is(err, store.ErrNotFound) {
			return nil
		}
		if err := tx.s.kv.Delete(j.key()); err != nil || failure == nil {
			return err
		}
		j := j
		j.Tries++
		j.Failed = failure.Error()
		if j.Tries >= k.Tries {
			b, err := json.Marshal(j)
			if err != nil {
				return err
			}
			tx.After(func() {
				js.app.Log.Error("job given up", "kind", j.Kind, "id", j.ID, "tries", j.Tries, "err", failure)
			})
			if err := tx.s.kv.Put(markKey(deadSort, j.Tenant), []byte{1}); err != nil {
				return err
			}
			return tx.s.kv.Put(deadPrefix(j.Tenant)+j.ID, b)
		}
		j.Due = At(tx.Now.Add(backoff(j.Tries, k.First, k.Max)))
		return tx.putJob(j)
	})
}

func (js *Jobs) call(ctx context.Context, k JobKind, j Job) (err error) {
	defer func() {
		if p := recover(); p != nil {
			err = fmt.Errorf("panic: %v\n%s", p, debug.Stack())
		}
	}()
	return k.Do(AsSystem(ctx, j.Tenant), j)
}

// quiet tells whether a tenant has no job at all.
func (js *Jobs) quiet(tx *Tx) (bool, error) {
	for _, err := range tx.Pending {
		return false, err
	}
	return true, nil
}
