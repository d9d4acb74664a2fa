package core

import (
	"cmp"
	"context"
	"encoding/json"
	"fmt"
	"strings"
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
	Made    Time            `json:"made,omitzero"`
	Tries   int             `json:"tries"`
	Failed  string          `json:"failed,omitempty"` // the last error
	By      Actor           `json:"by"`

	lane string
}

// Jobs does the work that transactions leave to be done.
type Jobs struct {
	app   *App
	kinds map[string]JobKind
	lanes []*lane // the first is that of all kinds that have none of their own
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
	// Workers is how many jobs of the kind are done at a time, apart from those of all
	// other kinds, in no order: for work that waits for others. 0 has them done one by
	// one with the other kinds, the soonest due first.
	Workers int
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
	if k.Workers > 0 {
		js.lanes = append(js.lanes, &lane{jobs: js, name: name, workers: k.Workers})
	}
}

// laneOf is where jobs of a kind wait.
func (js *Jobs) laneOf(kind string) *lane {
	for _, l := range js.lanes[1:] {
		if l.name == kind {
			return l
		}
	}
	return js.lanes[0]
}

func (k JobKind) orDefault() JobKind {
	k.Tries = cmp.Or(k.Tries, 12)
	k.First = cmp.Or(k.First, time.Second)
	k.Max = cmp.Or(k.Max, time.Hour)
	return k
}

func deadPrefix(t ID[Tenant]) string { return ordered + string(t) + "/dead/" }

// jobPrefix begins the keys of the jobs of a lane, lanePrefix of those of all but
// the first.
func jobPrefix(t ID[Tenant], lane string) string {
	if lane == "" {
		return ordered + string(t) + "/job/"
	}
	return lanePrefix(t) + lane + "/"
}

func lanePrefix(t ID[Tenant]) string { return ordered + string(t) + "/lane/" }

func (j Job) key() string { return jobPrefix(j.Tenant, j.lane) + duePart(j.Due) + "/" + j.ID }

func duePart(t Time) string { return seqPart(uint64(max(t.UnixMilli(), 0))) }

// Enqueue writes a job, as part of the transaction, to be done at due or at once
// if due is zero.
func Enqueue(tx *Tx, kind string, payload any, due time.Time) error {
	if tx.App.Jobs.kinds[kind].Do == nil {
		return fmt.Errorf("core: nobody handles jobs of kind %q", kind)
	}
	return tx.enqueue(kind, payload, due)
}

// enqueue is Enqueue of a job that is handled once the app has started.
func (tx *Tx) enqueue(kind string, payload any, due time.Time) error {
	b, err := json.Marshal(payload)
	if err != nil {
		return err
	}
	if due.IsZero() {
		due = tx.Now
	}
	return tx.putJob(Job{ID: tx.s.ids.id("job", nil), Tenant: tx.Tenant, Kind: kind, Payload: b, Due: At(due), Made: At(tx.Now), By: tx.Actor})
}

func (tx *Tx) putJob(j Job) error {
	b, err := json.Marshal(j)
	if err != nil {
		return err
	}
	l := tx.App.Jobs.laneOf(j.Kind)
	j.lane = l.name
	if err := tx.s.kv.Put(j.key(), b); err != nil {
		return err
	}
	return tx.mark(l.sort(), &l.bell)
}

// Pending yields the tenant's jobs, the soonest due first among those that are done
// one by one, and then those of the kinds that have workers of their own.
func (tx *Tx) Pending(yield func(Job, error) bool) {
	more := true
	tx.jobs(jobPrefix(tx.Tenant, ""), func(j Job, err error) bool {
		more = yield(j, err) && err == nil
		return more
	})
	if more {
		tx.jobs(lanePrefix(tx.Tenant), yield)
	}
}

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
			j.ID, j.lane = it.Key[len(it.Key)-22:], laneIn(tx.Tenant, it.Key)
		}
		if !yield(j, err) || err != nil {
			return
		}
	}
}

// laneIn is the lane that a key of a job names, "" if it names none.
func laneIn(t ID[Tenant], key string) string {
	rest, ok := strings.CutPrefix(key, lanePrefix(t))
	if !ok {
		return ""
	}
	lane, _, _ := strings.Cut(rest, "/")
	return lane
}
