// Package layer lays what is written over a store that stays as it is: a rehearsal
// reads both and changes the upper one only.
package layer

import (
	"context"
	"errors"
	"iter"

	"github.com/stormkeep/stormkeep/core/store"
)

// Over is base with top over it. What is written goes to top, which must be empty at
// first and is closed with it; base is only read.
func Over(base, top store.Store) store.Store { return &layered{base, top} }

type layered struct{ base, top store.Store }

// The first byte of a value in top says what became of the key.
const (
	gone  = 0
	there = 1
)

// View implements store.Store.
func (l *layered) View(ctx context.Context, fn func(store.Tx) error) error {
	return l.base.View(ctx, func(base store.Tx) error {
		return l.top.View(ctx, func(top store.Tx) error { return fn(&tx{base, top}) })
	})
}

// Update implements store.Store.
func (l *layered) Update(ctx context.Context, fn func(store.Tx) error) error {
	return l.top.Update(ctx, func(top store.Tx) error {
		return l.base.View(ctx, func(base store.Tx) error { return fn(&tx{base, top}) })
	})
}

// Close closes the upper store.
func (l *layered) Close() error { return l.top.Close() }

type tx struct{ base, top store.Tx }

// Get implements store.Tx.
func (t *tx) Get(key string) ([]byte, error) {
	v, err := t.top.Get(key)
	switch {
	case errors.Is(err, store.ErrNotFound):
		return t.base.Get(key)
	case err != nil:
		return nil, err
	case v[0] == gone:
		return nil, store.ErrNotFound
	}
	return v[1:], nil
}

// Put implements store.Tx.
func (t *tx) Put(key string, value []byte) error {
	if err := store.Check(key, value); err != nil {
		return err
	}
	return t.top.Put(key, append([]byte{there}, value...))
}

// Delete implements store.Tx.
func (t *tx) Delete(key string) error {
	if key == "" || len(key) > store.MaxKey {
		return nil
	}
	return t.top.Put(key, []byte{gone})
}

// Scan implements store.Tx.
func (t *tx) Scan(from, to string) iter.Seq2[store.Item, error] {
	return merge(t.base.Scan(from, to), t.top.Scan(from, to), func(a, b string) bool { return a < b })
}

// ScanBack implements store.Tx.
func (t *tx) ScanBack(from, to string) iter.Seq2[store.Item, error] {
	return merge(t.base.ScanBack(from, to), t.top.ScanBack(from, to), func(a, b string) bool { return a > b })
}

// merge yields what base has under what over says became of it.
func merge(base, over iter.Seq2[store.Item, error], before func(a, b string) bool) iter.Seq2[store.Item, error] {
	return func(yield func(store.Item, error) bool) {
		next, stop := iter.Pull2(over)
		defer stop()
		above, err, more := next()
		// upTo yields what over has before a key, and tells whether the key itself was
		// settled there and whether to go on.
		upTo := func(key string, all bool) (settled, on bool) {
			for more {
				if err != nil {
					yield(store.Item{}, err)
					return false, false
				}
				if !all && above.Key != key && !before(above.Key, key) {
					return false, true
				}
				settled = !all && above.Key == key
				if above.Value[0] == there && !yield(store.Item{Key: above.Key, Value: above.Value[1:]}, nil) {
					return settled, false
				}
				above, err, more = next()
				if settled {
					return true, true
				}
			}
			return false, true
		}
		for it, fault := range base {
			if fault != nil {
				yield(store.Item{}, fault)
				return
			}
			settled, on := upTo(it.Key, false)
			if !on || !settled && !yield(it, nil) {
				return
			}
		}
		upTo("", true)
	}
}
