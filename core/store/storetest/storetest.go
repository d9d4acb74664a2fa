// Package storetest checks that an engine keeps the store's contract, and makes engines that are difficult in the ways
// the contract allows, for the tests of what is built on them.
package storetest

import (
	"slices"
	"testing"

	"github.com/stormkeep/stormkeep/core/store"
)

// Opener returns an empty store, which Run closes.
type Opener func(*testing.T) store.Store

// Run checks the engine that open returns.
func Run(t *testing.T, open Opener) {
	for _, c := range slices.Concat(basics, scans, transactions, concurrency) {
		t.Run(c.name, func(t *testing.T) {
			s := open(t)
			t.Cleanup(func() {
				if err := s.Close(); err != nil {
					t.Errorf("Close = %v", err)
				}
			})
			c.test(t, s)
		})
	}
	t.Run("any history reads as a sorted map's would", func(t *testing.T) { machine(t, open) })
}

// check is one promise of the contract.
type check struct {
	name string
	test func(*testing.T, store.Store)
}

// update commits fn or ends the test.
func update(t *testing.T, s store.Store, fn func(store.Tx) error) {
	t.Helper()
	if err := s.Update(t.Context(), fn); err != nil {
		t.Fatalf("Update = %v", err)
	}
}

// view runs fn or ends the test.
func view(t *testing.T, s store.Store, fn func(store.Tx) error) {
	t.Helper()
	if err := s.View(t.Context(), fn); err != nil {
		t.Fatalf("View = %v", err)
	}
}

// fill puts each key with itself as its value.
func fill(keys ...string) func(store.Tx) error {
	return func(tx store.Tx) error {
		for _, k := range keys {
			if err := tx.Put(k, []byte(k)); err != nil {
				return err
			}
		}
		return nil
	}
}

// keys returns the keys of a scan that must not fail, and checks that each value is its key's.
func keys(t *testing.T, tx store.Tx, from, to string, back bool) []string {
	t.Helper()
	scan := tx.Scan
	if back {
		scan = tx.ScanBack
	}
	ks := []string{}
	for it, err := range scan(from, to) {
		if err != nil {
			t.Fatalf("scan of [%q, %q): %v", from, to, err)
		}
		if string(it.Value) != it.Key {
			t.Errorf("value at %q is %q", it.Key, it.Value)
		}
		ks = append(ks, it.Key)
	}
	if passed := passed(t, tx, from, to); !back && !slices.Equal(passed, ks) {
		t.Errorf("Pass of [%q, %q) shows %q, and Scan %q", from, to, passed, ks)
	}
	return ks
}

// passed returns the keys that Pass shows, and checks as keys does.
func passed(t *testing.T, tx store.Tx, from, to string) []string {
	t.Helper()
	ks := []string{}
	if err := store.Pass(tx, from, to, func(key, value []byte) bool {
		if string(value) != string(key) {
			t.Errorf("Pass shows %q at %q", value, key)
		}
		ks = append(ks, string(key))
		return true
	}); err != nil {
		t.Fatalf("pass of [%q, %q): %v", from, to, err)
	}
	return ks
}

// holds checks that the store holds just these keys.
func holds(t *testing.T, s store.Store, want ...string) {
	t.Helper()
	view(t, s, func(tx store.Tx) error {
		if got := keys(t, tx, "", "", false); !slices.Equal(got, want) {
			t.Errorf("the store holds %q, want %q", got, want)
		}
		return nil
	})
}
