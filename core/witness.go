package core

import (
	"context"
	"fmt"
	"slices"
	"time"
)

// A witness keeps the checkpoints of the audit log outside the store, where who
// alters the store cannot reach them. The checkpoints themselves are the outbox:
// what each witness has is kept beside them.

const witnessSort = "wit"

type witness struct {
	id   string
	tell func(context.Context, AuditCheckpoint) error
}

// Witness has tell take every checkpoint of every tenant to some place outside, in
// order, at least once each; an error is tried again with growing pauses, for as
// long as it takes. id names the place for ever: letters and digits. A new witness
// begins with the newest checkpoint, which vouches for those before. Call it before
// Start; tell must give up by itself, since it holds up the others.
func (a *App) Witness(id string, tell func(context.Context, AuditCheckpoint) error) {
	if a.started || !validID(id) || slices.ContainsFunc(a.audit.witnesses, func(w witness) bool { return w.id == id }) {
		panic(fmt.Sprintf("core: witness %q: registered late, twice, or under no id", id))
	}
	a.audit.witnesses = append(a.audit.witnesses, witness{id, tell})
}

func witnessKey(t ID[Tenant], id string) string { return scattered + string(t) + "/audwit/" + id }

// testify tells each witness what it has not heard of a tenant, and says when to
// come again because one of them failed.
func (a *App) testify(ctx context.Context, t ID[Tenant]) time.Time {
	var again time.Time
	for _, w := range a.audit.witnesses {
		name := w.id + "/" + string(t)
		until := a.audit.pause.until(name)
		if !until.After(a.Now()) {
			err := a.tellWitness(ctx, t, w)
			if ctx.Err() != nil {
				return time.Time{}
			}
			if err == nil {
				a.audit.pause.reset(name)
				continue
			}
			a.complain("sending an audit checkpoint", err, "tenant", t, "to", w.id)
			until = a.audit.pause.failed(name, a.Now())
		}
		if again.IsZero() || until.Before(again) {
			again = until
		}
	}
	return again
}

func (a *App) tellWitness(ctx context.Context, t ID[Tenant], w witness) error {
	heard, err := a.place(ctx, t, w)
	if err != nil {
		return err
	}
	for ctx.Err() == nil {
		var batch []AuditCheckpoint
		if err := a.View(AsSystem(ctx, t), func(tx *Tx) error {
			batch = nil
			for c, err := range tx.Checkpoints(heard) {
				if err != nil {
					return err
				}
				if batch = append(batch, c); len(batch) == 100 {
					return nil
				}
			}
			return nil
		}); err != nil || len(batch) == 0 {
			return err
		}
		var refused error
		was := heard
		for _, c := range batch {
			if refused = w.tell(ctx, c); refused != nil {
				break
			}
			heard = c.Run
		}
		if heard != was {
			if err := a.setPlace(ctx, t, w, heard); err != nil {
				return err
			}
		}
		if refused != nil {
			return refused
		}
	}
	return ctx.Err()
}

// place is the last run that a witness has; of a new one, the last but one there is,
// written down so that it stays there whatever becomes of the first try.
func (a *App) place(ctx context.Context, t ID[Tenant], w witness) (heard uint64, err error) {
	isNew := false
	err = a.View(AsSystem(ctx, t), func(tx *Tx) error {
		known, err := tx.stored(witnessKey(t, w.id), &heard)
		if err != nil || known {
			return err
		}
		last, err := tx.lastCheckpoint()
		isNew, heard = true, max(last.Run, 1)-1
		return err
	})
	if err == nil && isNew {
		err = a.setPlace(ctx, t, w, heard)
	}
	return heard, err
}

func (a *App) setPlace(ctx context.Context, t ID[Tenant], w witness, heard uint64) error {
	return a.Update(AsSystem(ctx, t), func(tx *Tx) error { return tx.store(witnessKey(t, w.id), heard) })
}

// testified tells whether every witness has every checkpoint.
func (a *App) testified(tx *Tx) (bool, error) {
	last, err := tx.lastCheckpoint()
	if err != nil {
		return false, err
	}
	for _, w := range a.audit.witnesses {
		var heard uint64
		known, err := tx.stored(witnessKey(tx.Tenant, w.id), &heard)
		if err != nil || !known || heard < last.Run {
			return false, err
		}
	}
	return true, nil
}
