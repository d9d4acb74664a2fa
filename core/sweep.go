package core

import (
	"context"
	"encoding/json"
	"fmt"

	"github.com/stormkeep/stormkeep/core/store"
)

// What a deleted record owned goes with it: a little in the same transaction, so
// that most deletions are whole at once, and the rest by a job. Nothing of it is
// found meanwhile: Get and List ask whether the owners still are.

const (
	sweptAtOnce = 64   // records that a Delete removes itself
	sweptATime  = 1000 // records that the sweep job removes a transaction
	sweepJob    = "sweep"
)

type sweepTask struct {
	Owner Ref `json:"owner"`
}

// orphan removes what ref owned, or leaves it to the sweep.
func (tx *Tx) orphan(ref Ref) error {
	if !tx.s.sweeping {
		tx.s.sweeping, tx.s.budget = true, sweptAtOnce
		defer func() { tx.s.sweeping = false }()
	}
	left, err := tx.sweepAll(ref)
	if err != nil || !left {
		return err
	}
	return Enqueue(tx, sweepJob, sweepTask{ref}, tx.Now)
}

// sweepAll removes what ref owned while the budget lasts, and tells whether
// anything is left.
func (tx *Tx) sweepAll(ref Ref) (left bool, err error) {
	for _, k := range tx.App.order {
		if left, err := k.sweep(tx.trusted(), ref); err != nil || left {
			return left, err
		}
	}
	return tx.dropCustomData(ref)
}

// sweep deletes records of the kind that owner owned, by the lists that file them
// under it, while the budget lasts.
func (k *kind) sweep(tx *Tx, owner Ref) (left bool, err error) {
	if k.Part {
		return false, k.sweepPart(tx, owner)
	}
	for _, ix := range k.indexes {
		if !ix.list {
			continue
		}
		var recs []record
		for id, err := range tx.walk(k, ix, Query{Owner: owner.ID()}) {
			if err != nil {
				return false, err
			}
			rec, err := tx.load(k, id)
			if err != nil {
				return false, err
			}
			if !ownedBy(rec, owner) {
				continue
			}
			if recs = append(recs, rec); len(recs) > tx.s.budget {
				break
			}
		}
		for _, rec := range recs {
			if tx.s.budget <= 0 {
				return true, nil
			}
			tx.s.budget--
			if err := tx.remove(k, rec); err != nil && !IsNotFound(err) {
				return false, fmt.Errorf("sweep %s: %w", rec.Path(), err)
			}
		}
	}
	return false, nil
}

func (k *kind) sweepPart(tx *Tx, owner Ref) error {
	var ids []string
	p := k.prefix(tx.Tenant)
	for it, err := range tx.s.kv.Scan(p+owner.ID(), store.End(p+owner.ID())) {
		if err != nil {
			return err
		}
		ids = append(ids, it.Key[len(p):])
	}
	for _, id := range ids {
		rec, err := tx.load(k, id)
		if err != nil {
			return err
		}
		if !ownedBy(rec, owner) {
			continue
		}
		if err := tx.remove(k, rec); err != nil {
			return err
		}
	}
	return nil
}

func ownedBy(rec any, owner Ref) bool {
	o, ok := rec.(Owned)
	if !ok {
		return false
	}
	for _, ref := range o.Owners() {
		if ref == owner {
			return true
		}
	}
	return false
}

// runSweep is the job: a transaction for every thousand records, until nothing
// is left.
func (a *App) runSweep(ctx context.Context, j Job) error {
	var t sweepTask
	if err := json.Unmarshal(j.Payload, &t); err != nil {
		return err
	}
	for ctx.Err() == nil {
		var left bool
		err := a.Update(AsSystem(ctx, j.Tenant), func(tx *Tx) error {
			tx.s.sweeping, tx.s.budget = true, sweptATime
			var err error
			left, err = tx.sweepAll(t.Owner)
			return err
		})
		if err != nil || !left {
			return err
		}
	}
	return ctx.Err()
}
