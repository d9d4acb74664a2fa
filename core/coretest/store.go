package coretest

import (
	"context"
	"iter"
	"maps"
	"slices"
	"strings"
	"sync/atomic"
	"testing"

	"github.com/stormkeep/stormkeep/core"
	"github.com/stormkeep/stormkeep/core/store"
)

// Counting is a store that counts what is asked of it, so that tests can compare
// the work done for one caller with that for another.
type Counting struct {
	store.Store
	Gets, Scans, Writes atomic.Int64 // of keys, in transactions kept or not
	Commits             atomic.Int64 // Updates that succeeded
	Seen                atomic.Int64 // keys that scans yielded
}

// Work is what a Counting store has done so far.
type Work struct{ Gets, Scans, Writes, Commits int64 }

// Work is what was done so far.
func (c *Counting) Work() Work {
	return Work{c.Gets.Load(), c.Scans.Load(), c.Writes.Load(), c.Commits.Load()}
}

// Since is what was done since before.
func (c *Counting) Since(before Work) Work {
	now := c.Work()
	return Work{now.Gets - before.Gets, now.Scans - before.Scans, now.Writes - before.Writes, now.Commits - before.Commits}
}

// View implements store.Store.
func (c *Counting) View(ctx context.Context, fn func(store.Tx) error) error {
	return c.Store.View(ctx, func(tx store.Tx) error { return fn(counted{tx, c}) })
}

// Update implements store.Store.
func (c *Counting) Update(ctx context.Context, fn func(store.Tx) error) error {
	err := c.Store.Update(ctx, func(tx store.Tx) error { return fn(counted{tx, c}) })
	if err == nil {
		c.Commits.Add(1)
	}
	return err
}

type counted struct {
	store.Tx
	c *Counting
}

func (t counted) Get(key string) ([]byte, error) {
	t.c.Gets.Add(1)
	return t.Tx.Get(key)
}

func (t counted) Put(key string, value []byte) error {
	t.c.Writes.Add(1)
	return t.Tx.Put(key, value)
}

func (t counted) Delete(key string) error {
	t.c.Writes.Add(1)
	return t.Tx.Delete(key)
}

func (t counted) Scan(from, to string) iter.Seq2[store.Item, error] {
	t.c.Scans.Add(1)
	return t.c.see(t.Tx.Scan(from, to))
}

func (t counted) ScanBack(from, to string) iter.Seq2[store.Item, error] {
	t.c.Scans.Add(1)
	return t.c.see(t.Tx.ScanBack(from, to))
}

// see counts what a scan yields.
func (c *Counting) see(all iter.Seq2[store.Item, error]) iter.Seq2[store.Item, error] {
	return func(yield func(store.Item, error) bool) {
		for it, err := range all {
			c.Seen.Add(1)
			if !yield(it, err) {
				return
			}
		}
	}
}

// Lasting is a store that an app's Close leaves open, so that a test can start
// another app on it, as after a restart.
type Lasting struct{ store.Store }

// Close does nothing.
func (Lasting) Close() error { return nil }

// Dump is everything in a store.
func Dump(t testing.TB, s store.Store) map[string]string {
	t.Helper()
	all := map[string]string{}
	must(t, s.View(context.Background(), func(tx store.Tx) error {
		for it, err := range tx.Scan("", "") {
			if err != nil {
				return err
			}
			all[it.Key] = string(it.Value)
		}
		return nil
	}))
	return all
}

// Holding are the keys of a store that hold text, in key or value, in order.
func Holding(t testing.TB, s store.Store, text string) []string {
	t.Helper()
	all := Dump(t, s)
	maps.DeleteFunc(all, func(key, value string) bool { return !strings.Contains(key, text) && !strings.Contains(value, text) })
	return slices.Sorted(maps.Keys(all))
}

// Plant writes to a store behind the app's back: an empty value deletes.
func Plant(t testing.TB, s store.Store, key, value string) {
	t.Helper()
	must(t, s.Update(context.Background(), func(tx store.Tx) error {
		if value == "" {
			return tx.Delete(key)
		}
		return tx.Put(key, []byte(value))
	}))
}

// AtDoors is a store that counts what is done for those who stand before a public door,
// and neither what the server does beside it nor jobs in their name.
type AtDoors struct {
	store.Store
	Counting *Counting
}

// CountAtDoors counts on a store.
func CountAtDoors(under store.Store) AtDoors { return AtDoors{under, &Counting{Store: under}} }

func (d AtDoors) of(ctx context.Context) store.Store {
	if core.ActorOf(ctx).Kind == core.Door && ctx.Done() == nil { // a job ends with the app, a request by itself
		return d.Counting
	}
	return d.Store
}

// View implements store.Store.
func (d AtDoors) View(ctx context.Context, fn func(store.Tx) error) error {
	return d.of(ctx).View(ctx, fn)
}

// Update implements store.Store.
func (d AtDoors) Update(ctx context.Context, fn func(store.Tx) error) error {
	return d.of(ctx).Update(ctx, fn)
}
