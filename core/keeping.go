package core

import (
	"cmp"
	"context"
	"encoding/json"
	"fmt"
	"time"

	"github.com/stormkeep/stormkeep/core/store"
)

// Keeping says for how long what grows by itself is kept. Zero is the default; a
// negative time is for ever.
type Keeping struct {
	Audit  time.Duration // audit lines, by whole runs: 400 days
	Events time.Duration // events of the outbox, heard or not: 30 days
	Jobs   time.Duration // jobs that were given up: 30 days
}

const (
	day       = 24 * time.Hour
	keepFirst = time.Minute // after the start, so that it does not slow it
	keepEvery = time.Hour
)

// keep removes what is older than it is to be kept, every hour. All of it lies at
// the left edges of its ranges, so that a tenant with nothing to remove costs a few
// look-ups, and a sweep that was broken off goes on where it was.
func (a *App) keep(ctx context.Context) {
	ring := make(chan struct{}, 1)
	a.keeper.mu.Lock()
	a.keeper.ring = ring
	a.keeper.mu.Unlock()
	next := a.Now().Add(keepFirst)
	for {
		if now := a.Now(); !now.Before(next) || next.Sub(now) > keepEvery { // or the clock was set back
			a.SweepOld(ctx)
			a.TendKeys(ctx)
			next = now.Add(keepEvery)
		}
		timer := time.NewTimer(max(next.Sub(a.Now()), time.Second))
		select {
		case <-ctx.Done():
			timer.Stop()
			return
		case <-ring:
		case <-timer.C:
		}
		timer.Stop()
	}
}

// SweepOld removes now what is older than it is to be kept, in all tenants. What
// cannot be removed is logged, and tried again the next time.
func (a *App) SweepOld(ctx context.Context) {
	all, err := a.Tenants(ctx)
	if err != nil && ctx.Err() == nil {
		a.complain("removing what is old", err)
	}
	for _, t := range all {
		for what, sweep := range map[string]func(context.Context, ID[Tenant]) error{
			"audit": a.sweepAudit, "events": a.sweepEvents, "jobs": a.sweepDead, "wrong attempts": a.sweepFailures, "revocations": a.sweepRevocations, "sessions and grants": a.sweepEnded, "tallies": a.sweepTallies,
		} {
			if err := sweep(ctx, t); err != nil && ctx.Err() == nil {
				a.complain("removing what is old", err, "tenant", t, "of", what)
			}
		}
	}
}

// since is the time before which something is too old, false if nothing is.
func (a *App) since(keep, def time.Duration) (Time, bool) {
	keep = cmp.Or(keep, def)
	return At(a.Now().Add(-keep)), keep > 0
}

func (a *App) sweepEvents(ctx context.Context, t ID[Tenant]) error {
	before, ok := a.since(a.Tuned().Keep.Events, 30*day)
	if !ok {
		return nil
	}
	p := eventPrefix(t)
	last, err := a.dropOld(ctx, t, p, store.End(p), func(b []byte) (bool, error) {
		var e struct{ At Time }
		err := json.Unmarshal(b, &e)
		return e.At.Before(before.Time), err
	}, func(tx *Tx, last string) error {
		seq, err := parseSeq(last[len(p):])
		if err != nil {
			return err
		}
		return tx.s.kv.Put(trimmedKey(t), fmt.Appendf(nil, "%d", seq))
	})
	if err != nil || last == "" {
		return err
	}
	seq, err := parseSeq(last[len(p):])
	if err != nil {
		return err
	}
	return a.View(AsSystem(ctx, t), func(tx *Tx) error {
		for _, h := range a.Events.handlers {
			n, err := tx.count(cursorKey(t, h.id))
			if err != nil {
				return err
			}
			if uint64(n) < seq {
				a.Log.Warn("events are gone that a handler has not heard: they were too old", "tenant", t, "handler", h.id, "heard", n, "gone", seq)
			}
		}
		return nil
	})
}

func (a *App) sweepDead(ctx context.Context, t ID[Tenant]) error {
	before, ok := a.since(a.Tuned().Keep.Jobs, 30*day)
	if !ok {
		return nil
	}
	p := deadPrefix(t)
	_, err := a.dropOld(ctx, t, p, store.End(p), func(b []byte) (bool, error) {
		var j Job
		err := json.Unmarshal(b, &j)
		return j.Due.Before(before.Time), err
	})
	return err
}

// sweepFailures removes the wrong tries that nobody remembers any more. Two hours of
// them are looked at.
func (a *App) sweepFailures(ctx context.Context, t ID[Tenant]) error {
	_, err := a.dropOld(ctx, t, attemptsPrefix(t), attemptsKey(t, a.Now().Add(-failuresKept), ""), func([]byte) (bool, error) { return true, nil })
	return err
}

// sweepAudit removes the runs that were closed too long ago. It first says so,
// signed, and leaves the checkpoint of the last of them, at which the chain then
// begins.
func (a *App) sweepAudit(ctx context.Context, t ID[Tenant]) error {
	before, ok := a.since(a.Tuned().Keep.Audit, 400*day)
	if !ok {
		return nil
	}
	var floor auditFloor
	found := false // a run to be removed
	err := a.View(AsSystem(ctx, t), func(tx *Tx) error {
		found = false
		if _, err := tx.stored(floorKey(t), &floor); err != nil {
			return err
		}
		for c, err := range tx.Checkpoints(floor.Run) {
			if err != nil || !c.At.Before(before.Time) {
				return err
			}
			found = true
			floor = auditFloor{Run: c.Run, To: c.To, Hash: c.Hash}
		}
		return nil
	})
	if err != nil {
		return err
	}
	if found {
		if err := a.raiseFloor(ctx, t, floor); err != nil {
			return err
		}
	}
	if floor.Run == 0 {
		return nil
	}
	all := func([]byte) (bool, error) { return true, nil }
	for _, r := range [][2]string{
		{auditPrefix(t), auditPrefix(t) + seqPart(floor.To+1)},
		{marksPrefix(t), marksPrefix(t) + seqPart(floor.Run+1)},
		{checkpointPrefix(t), checkpointPrefix(t) + seqPart(floor.Run)},
	} {
		if _, err := a.dropOld(ctx, t, r[0], r[1], all); err != nil {
			return err
		}
	}
	return nil
}

// raiseFloor writes up to where the log has been removed.
func (a *App) raiseFloor(ctx context.Context, t ID[Tenant], to auditFloor) error {
	return a.Update(AsSystem(ctx, t), func(tx *Tx) error {
		var is auditFloor
		if _, err := tx.stored(floorKey(t), &is); err != nil || is.Run >= to.Run {
			return err
		}
		key, err := tx.useAuditKey()
		if err != nil {
			return err
		}
		f := to
		f.At = At(tx.Now)
		f.Signature = key.sign(f.statement(t))
		return tx.store(floorKey(t), f)
	})
}

// dropOld deletes keys from the left edge of a range while they are old, a thousand
// a transaction, and returns the last it deleted.
// With each of the transactions goes what also does, which is told the last.
func (a *App) dropOld(ctx context.Context, t ID[Tenant], from, to string, old func(value []byte) (bool, error), also ...func(tx *Tx, last string) error) (last string, err error) {
	for {
		var keys []string
		err := a.View(AsSystem(ctx, t), func(tx *Tx) error {
			keys = nil
			for it, err := range tx.s.kv.Scan(from, to) {
				if err != nil {
					return err
				}
				if ok, err := old(it.Value); err != nil || !ok {
					return err
				}
				if keys = append(keys, it.Key); len(keys) == sweptATime {
					return nil
				}
			}
			return nil
		})
		if err != nil || len(keys) == 0 {
			return last, err
		}
		err = a.Update(AsSystem(ctx, t), func(tx *Tx) error {
			for _, key := range keys {
				if err := tx.s.kv.Delete(key); err != nil {
					return err
				}
			}
			for _, do := range also {
				if err := do(tx, keys[len(keys)-1]); err != nil {
					return err
				}
			}
			return nil
		})
		if err != nil {
			return last, err
		}
		last = keys[len(keys)-1]
	}
}
