package core

import (
	"context"
	"errors"
	"fmt"
	"strconv"

	"github.com/stormkeep/stormkeep/core/store"
)

// The stored form has a number. Data of an older form are brought up to date before
// they are used, step by step; each step may be broken off and done again. Data of
// a newer one are refused: an older program would damage them.

// migrations are the steps, in order: the n-th makes form n+1 of form n. It runs for
// each tenant, outside any transaction.
var migrations = []func(a *App, ctx context.Context) error{
	(*App).makeRows,  // form 0 had no search rows
	(*App).sealAudit, // form 1 had personal values in the clear in the audit log
	(*App).numberAll, // form 2 had accounts and groups without numbers
	(*App).tallyAll,  // form 3 counted nothing by the hour, and no accounts by their status
}

const formKey = scattered + systemSpace + "/form"

// migrate brings the data to the form of this program.
func (a *App) migrate(ctx context.Context, tenants []ID[Tenant]) error {
	form, err := a.form(ctx)
	if err != nil {
		return err
	}
	switch {
	case form == len(migrations):
		return nil
	case form > len(migrations):
		return newerForm(form)
	}
	for n := form; n < len(migrations) && len(tenants) > 0; n++ {
		a.Log.Info("bringing the stored form up to date", "from", n, "to", n+1, "tenants", len(tenants))
		for _, t := range tenants {
			if err := migrations[n](a, AsSystem(ctx, t)); err != nil {
				return fmt.Errorf("tenant %s, stored form %d: %w", t, n+1, err)
			}
		}
	}
	return a.store.Update(ctx, func(kv store.Tx) error { return kv.Put(formKey, []byte(strconv.Itoa(len(migrations)))) })
}

// form is the form of the data.
func (a *App) form(ctx context.Context) (n int, err error) {
	err = a.store.View(ctx, func(kv store.Tx) error {
		b, err := kv.Get(formKey)
		if errors.Is(err, store.ErrNotFound) {
			return nil
		}
		if err != nil {
			return err
		}
		n, err = strconv.Atoi(string(b))
		return err
	})
	return n, err
}

// migratedATime is how many records a step changes in one transaction.
const migratedATime = 500

// makeRows writes the search rows of all records.
func (a *App) makeRows(ctx context.Context) error {
	for _, k := range a.order {
		for last := ""; ; {
			n, at := 0, ""
			err := a.Update(ctx, func(tx *Tx) (err error) {
				n, at, err = k.makeRows(tx, last)
				return err
			})
			if err != nil {
				return err
			}
			if last = at; n < migratedATime {
				break
			}
		}
	}
	return nil
}

// makeRows writes the rows of the records after the one of that id, and tells how
// many they were and which was the last.
func (k *kind) makeRows(tx *Tx, after string) (n int, last string, err error) {
	if k.rows == nil {
		return 0, "", nil
	}
	p := k.prefix(tx.Tenant)
	for it, err := range tx.s.kv.Scan(p+after+"\x00", store.End(p)) {
		if err != nil {
			return n, last, err
		}
		last = it.Key[len(p):]
		rec, err := k.decode(last, it.Value)
		if err != nil {
			return n, last, err
		}
		if err := tx.putRow(k, rec); err != nil {
			return n, last, err
		}
		if k.Custom {
			refile, err := k.customBefore(tx, last, nil)
			if err != nil {
				return n, last, err
			}
			if err := refile(); err != nil {
				return n, last, err
			}
		}
		if n++; n == migratedATime {
			break
		}
	}
	return n, last, nil
}
