package core

import (
	"cmp"
	"encoding/json"
	"errors"
	"slices"
	"strconv"

	"github.com/stormkeep/stormkeep/core/store"
)

// MostRetried is how many jobs RetryJobs has tried again at a time.
const MostRetried = 1000

// mostLooked is how many jobs it looks at for them.
const mostLooked = 20_000

// LookAtJobs are at most so many of the tenant's jobs, without what they hold: those that
// wait, the soonest due first, or those that were given up, the last one first. whole
// tells whether these are all.
func LookAtJobs(tx *Tx, dead bool, most int) (all []Job, whole bool, err error) {
	from, whole := tx.Pending, true
	if dead {
		from = tx.Dead
	}
	for j, err := range from {
		if err != nil {
			return nil, false, err
		}
		if len(all) == most {
			whole = false
			break
		}
		j.Payload = nil
		all = append(all, j)
	}
	slices.SortStableFunc(all, func(a, b Job) int {
		if dead {
			a, b = b, a
		}
		return cmp.Compare(a.Due.UnixMilli(), b.Due.UnixMilli())
	})
	return all, whole, nil
}

// LaneOf names the kind apart from all others with which jobs of a kind are done, ""
// for the common row.
func (js *Jobs) LaneOf(kind string) string { return js.laneOf(kind).name }

// mayTendJobs refuses whose role only reads, or helps.
func (tx *Tx) mayTendJobs() error {
	if err := tx.mayRead(false); err != nil || tx.boundless() {
		return err
	}
	if tx.Actor.Role.Rank() < Admin.Rank() {
		return errForbidden("The role " + string(tx.Actor.Role) + " may not retry or discard jobs.")
	}
	return nil
}

// RetryJob has a job that was given up tried again, as if it were new. One that is not
// among these, since somebody else was faster, is not found.
func RetryJob(tx *Tx, id string) error {
	j, err := tx.givenUp(id)
	if err != nil {
		return err
	}
	if err := tx.revive(j); err != nil {
		return err
	}
	return tx.Note(AuditLine{Type: "job.retry", Note: map[string]string{"job": j.ID, "kind": j.Kind}})
}

// RetryJobs has the jobs of a kind that were given up tried again, those of all kinds for
// "", and tells how many these were: MostRetried at most. more tells that some are left.
func RetryJobs(tx *Tx, kind string) (n int, more bool, err error) {
	if err := tx.mayTendJobs(); err != nil {
		return 0, false, err
	}
	var found []Job
	looks := 0
	for j, err := range tx.Dead {
		if err != nil {
			return 0, false, err
		}
		if looks++; looks > mostLooked {
			more = true
			break
		}
		if kind != "" && j.Kind != kind {
			continue
		}
		if len(found) == MostRetried {
			more = true
			break
		}
		found = append(found, j)
	}
	for _, j := range found {
		if err := tx.revive(j); err != nil {
			return 0, false, err
		}
	}
	if len(found) == 0 {
		return 0, more, nil
	}
	return len(found), more, tx.Note(AuditLine{Type: "job.retry", Note: map[string]string{"jobs": strconv.Itoa(len(found)), "kind": cmp.Or(kind, "*")}})
}

// DiscardJob removes a job that was given up: nobody will do it.
func DiscardJob(tx *Tx, id string) error {
	j, err := tx.givenUp(id)
	if err != nil {
		return err
	}
	if err := tx.s.kv.Delete(deadPrefix(tx.Tenant) + j.ID); err != nil {
		return err
	}
	return tx.Note(AuditLine{Type: "job.discard", Note: map[string]string{"job": j.ID, "kind": j.Kind}})
}

// givenUp is the job of that id that was given up, for who may tend jobs.
func (tx *Tx) givenUp(id string) (j Job, err error) {
	if err := tx.mayTendJobs(); err != nil {
		return j, err
	}
	b, err := tx.s.kv.Get(deadPrefix(tx.Tenant) + id)
	if errors.Is(err, store.ErrNotFound) {
		return j, errNotFound()
	}
	if err != nil {
		return j, err
	}
	err = json.Unmarshal(b, &j)
	j.ID, j.Tenant = id, tx.Tenant
	return j, err
}

// revive puts a job that was given up back among those that wait. It keeps its id and its
// last error, and has all its tries before it.
func (tx *Tx) revive(j Job) error {
	if err := tx.s.kv.Delete(deadPrefix(tx.Tenant) + j.ID); err != nil {
		return err
	}
	j.Tries, j.Due = 0, At(tx.Now)
	return tx.putJob(j)
}
