package core

import (
	"context"
	"encoding/json"
	"errors"
	"time"

	"github.com/stormkeep/stormkeep/core/store"
)

// Backlog is what is left to be done of all tenants. Counts go up to MostCounted,
// so that reading it costs the same however much there is.
type Backlog struct {
	Unheard   int           // events that some handler has not heard
	OldestEvt time.Duration // the age of the oldest of them
	Pending   int           // jobs
	Late      time.Duration // for how long the soonest of them has been due
	Dead      int           // jobs that were given up
	Mails     int           // those of the jobs that are mails to be sent
	OldestMsg time.Duration // the age of the oldest of them
}

// MostCounted is up to how many a Backlog counts of each thing, and the tenants
// with work that it looks at.
const MostCounted = 1000

// Backlog reads what is left to be done, from the marks of the tenants that have
// work and the left edges of what they have; no record is read.
func (a *App) Backlog(ctx context.Context) (Backlog, error) {
	var l Backlog
	err := a.store.View(ctx, func(kv store.Tx) error {
		l = Backlog{}
		now := a.Now()
		for _, lane := range a.Jobs.lanes {
			err := eachMarked(kv, lane.sort(), func(t ID[Tenant]) error {
				first, err := tally(kv, jobPrefix(t, lane.name), &l.Pending)
				if err != nil || first == nil {
					return err
				}
				var j Job
				if err := json.Unmarshal(first, &j); err != nil {
					return err
				}
				l.Late = max(l.Late, now.Sub(j.Due.Time))
				if lane.name == mailJob {
					return waitingMails(kv, t, now, &l)
				}
				return nil
			})
			if err != nil {
				return err
			}
		}
		if err := eachMarked(kv, deadSort, func(t ID[Tenant]) error {
			_, err := tally(kv, deadPrefix(t), &l.Dead)
			return err
		}); err != nil || len(a.Events.handlers) == 0 {
			return err
		}
		return eachMarked(kv, "evt", func(t ID[Tenant]) error { return a.unheardOf(kv, t, now, &l) })
	})
	return l, StoreError(err)
}

// Queue is what a tenant's workers have before them, and what they gave up. Each count
// goes up to MostCounted.
type Queue struct {
	Mails int // that are to be sent
	Lost  int // jobs that were given up; a mail is told of by its own record, and counted by the hour
}

// Queue reads it, from the left edges of the tenant's jobs.
func (tx *Tx) Queue() (q Queue, err error) {
	if err := tx.mayRead(false); err != nil {
		return q, err
	}
	var l Backlog
	if err := waitingMails(tx.s.kv, tx.Tenant, tx.Now, &l); err != nil {
		return q, err
	}
	q.Mails = l.Mails
	_, err = tally(tx.s.kv, deadPrefix(tx.Tenant), &q.Lost)
	return q, err
}

// waitingMails counts a tenant's mails that are to be sent, tried before or not.
func waitingMails(kv store.Tx, t ID[Tenant], now time.Time, l *Backlog) (err error) {
	p := jobPrefix(t, mailJob)
	passed := store.Pass(kv, p, store.End(p), func(_, value []byte) bool {
		var j Job
		if err = json.Unmarshal(value, &j); err != nil || l.Mails == MostCounted {
			return false
		}
		l.Mails++
		if !j.Made.IsZero() {
			l.OldestMsg = max(l.OldestMsg, now.Sub(j.Made.Time))
		}
		return true
	})
	return errors.Join(err, passed)
}

// unheardOf counts a tenant's events that are after the place of the handler that
// has heard least.
func (a *App) unheardOf(kv store.Tx, t ID[Tenant], now time.Time, l *Backlog) error {
	tx := &Tx{s: &state{kv: kv}}
	least := -1
	for _, h := range a.Events.handlers {
		n, err := tx.count(cursorKey(t, h.id))
		if err != nil {
			return err
		}
		if least < 0 || n < least {
			least = n
		}
	}
	p := eventPrefix(t)
	first, err := tallyFrom(kv, p+seqPart(uint64(least)+1), store.End(p), &l.Unheard)
	if err != nil || first == nil {
		return err
	}
	var e Event
	if err := json.Unmarshal(first, &e); err != nil {
		return err
	}
	l.OldestEvt = max(l.OldestEvt, now.Sub(e.At.Time))
	return nil
}

// eachMarked calls fn for the tenants with work of a sort, or the first of them if
// they are many.
func eachMarked(kv store.Tx, sort string, fn func(ID[Tenant]) error) error {
	var all []ID[Tenant]
	p := markKey(sort, "")
	err := store.Pass(kv, p, store.End(p), func(key, _ []byte) bool {
		all = append(all, ID[Tenant](key[len(p):]))
		return len(all) < MostCounted
	})
	if err != nil {
		return err
	}
	for _, t := range all {
		if err := fn(t); err != nil {
			return err
		}
	}
	return nil
}

// tally adds the keys of a prefix to n, up to MostCounted in all, and returns the
// value of the first.
func tally(kv store.Tx, prefix string, n *int) (first []byte, err error) {
	return tallyFrom(kv, prefix, store.End(prefix), n)
}

func tallyFrom(kv store.Tx, from, to string, n *int) (first []byte, err error) {
	err = store.Pass(kv, from, to, func(_, value []byte) bool {
		if first == nil {
			first = append([]byte{}, value...)
		}
		if *n < MostCounted {
			*n++
		}
		return *n < MostCounted
	})
	return first, err
}

// deadSort marks the tenants that have ever had a job given up.
const deadSort = "dead"
