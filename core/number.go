package core

import (
	"context"
	"encoding/json"

	"github.com/stormkeep/stormkeep/core/store"
)

// The integers by which Django and its like know accounts and groups: each
// directory counts its own, from 1, and never gives one twice.

// AccountNumber and GroupNumber find accounts and groups of a directory by their
// number, in the form of NumberValue; they order a list by it.
var (
	AccountNumber = &Index[Account]{Name: "number", Rule: Unique,
		Key: func(a *Account) (Entry, bool) { return Entry{string(a.Directory), NumberValue(a.Number)}, a.Number > 0 }}
	GroupNumber = &Index[Group]{Name: "number", Rule: Unique,
		Key: func(g *Group) (Entry, bool) { return Entry{string(g.Directory), NumberValue(g.Number)}, g.Number > 0 }}
)

// NumberValue is the form in which a number is filed: it sorts as numbers do.
func NumberValue(n int64) string { return seqPart(uint64(n)) }

// Numbered is what a record needs to have a number.
type Numbered struct {
	Number int64 `json:"number" api:"ro"` // within its directory, for ever; an import may set it

	drawn int64 // what a former run of the call that makes it has drawn: it may be another's by now
}

// numberOnce gives a new record the next number of its directory, unless it brings
// its own, and keeps that of any other.
func (n *Numbered) numberOnce(c *Checks, kind string, dir ID[Directory], old *Numbered) {
	if old != nil && old.Number > 0 {
		*n = *old
		return
	}
	c.That(n.Number >= 0 && n.Number < 1<<53, "number", "out_of_range", "%s number must be from 1 to 2^53-1.", c.noun)
	if !c.Tx.s.write || c.err() != nil {
		return
	}
	if n.Number == n.drawn {
		n.Number = 0
	}
	c.Fail(n.draw(c.Tx, kind, dir))
}

// draw takes the next number where none is set, and has all later ones lie above it.
func (n *Numbered) draw(tx *Tx, kind string, dir ID[Directory]) error {
	key := numberKey(tx.Tenant, kind, dir)
	last, err := tx.count(key)
	if err != nil {
		return err
	}
	if n.Number == 0 {
		n.Number = int64(last) + 1
		n.drawn = n.Number
	}
	if n.Number <= int64(last) {
		return nil
	}
	return tx.recount(false, key, int(n.Number)-last)
}

// numberKey is where the highest number is kept that a directory ever gave.
func numberKey(t ID[Tenant], kind string, dir ID[Directory]) string {
	return scattered + string(t) + "/#number/" + kind + "/" + string(dir)
}

// forgetNumbers removes what a directory that is deleted has counted.
func (d *Directory) forgetNumbers(tx *Tx) error {
	for _, kind := range []string{accounts.Key, groups.Key} {
		key := numberKey(tx.Tenant, kind, d.ID)
		tx.s.bulk.uncount(key)
		if err := tx.s.kv.Delete(key); err != nil {
			return err
		}
	}
	return nil
}

// numberAll is the step to form 3: accounts and groups get numbers, in the order in
// which they were made.
func (a *App) numberAll(ctx context.Context) error {
	if err := numberKind(a, ctx, accounts, func(acc *Account) (*Numbered, ID[Directory]) { return &acc.Numbered, acc.Directory }); err != nil {
		return err
	}
	return numberKind(a, ctx, groups, func(g *Group) (*Numbered, ID[Directory]) { return &g.Numbered, g.Directory })
}

func numberKind[T any, P Record[T]](a *App, ctx context.Context, k *Kind[T], of func(P) (*Numbered, ID[Directory])) error {
	for last := ""; ; {
		n, at := 0, ""
		err := a.Update(ctx, func(tx *Tx) (err error) {
			n, at, err = tx.rewrite(k.prefix(tx.Tenant), last, func(it store.Item) ([]byte, error) {
				rec, err := decodeRecord[T, P](ID[T](it.Key[len(k.prefix(tx.Tenant)):]), it.Value)
				if err != nil {
					return nil, err
				}
				num, dir := of(rec)
				if num.Number > 0 {
					return nil, nil
				}
				old := *rec
				if err := num.draw(tx, k.Key, dir); err != nil {
					return nil, err
				}
				if err := tx.reindex(kindIn[T, P](a), P(&old), rec); err != nil {
					return nil, err
				}
				return json.Marshal(rec)
			})
			return err
		})
		if err != nil {
			return err
		}
		if last = at; n < migratedATime {
			return nil
		}
	}
}
