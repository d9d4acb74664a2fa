package storetest

import (
	"errors"
	"fmt"
	"math/rand/v2"
	"strconv"
	"sync"
	"sync/atomic"
	"testing"

	"github.com/stormkeep/stormkeep/core/store"
)

var concurrency = []check{
	{"a View sees one state while Updates come", func(t *testing.T, s store.Store) {
		update(t, s, fill("a", "o"))
		view(t, s, func(tx store.Tx) error {
			done := make(chan error)
			go func() {
				for i := range 20 {
					if err := s.Update(t.Context(), func(tx store.Tx) error {
						return errors.Join(fill(fmt.Sprint("b", i), fmt.Sprint("o", i))(tx), tx.Delete("a"))
					}); err != nil {
						done <- err
						return
					}
				}
				done <- nil
			}()
			if err := <-done; err != nil {
				return err
			}
			if got := keys(t, tx, "", "", false); len(got) != 2 {
				t.Errorf("an older View sees %q", got)
			}
			view(t, s, func(tx store.Tx) error {
				if got := keys(t, tx, "", "", true); len(got) != 41 {
					t.Errorf("a newer View sees %d keys: %q", len(got), got)
				}
				return nil
			})
			return nil
		})
	}},
	{"concurrent updates add up", func(t *testing.T, s store.Store) {
		var wg sync.WaitGroup
		for range 20 {
			wg.Go(func() {
				for range 10 {
					if err := s.Update(t.Context(), func(tx store.Tx) error { return add(tx, "n", 1) }); err != nil {
						t.Errorf("Update = %v", err)
					}
				}
			})
		}
		wg.Wait()
		view(t, s, func(tx store.Tx) error {
			if n, err := number(tx, "n"); err != nil || n != 200 {
				t.Errorf("200 updates made %d, %v", n, err)
			}
			return nil
		})
	}},
	{"refusals and panics beside others leave nothing, and the others are kept", neighbours},
	{"money moves and is never made", bank},
}

// neighbours has writers that succeed, refuse, and panic at once, so that an engine that commits many together has all
// of them together. Each writes its own key and one that all share.
func neighbours(t *testing.T, s store.Store) {
	const writers, rounds = 24, 10
	var wg sync.WaitGroup
	for w := range writers {
		wg.Go(func() {
			for r := range rounds {
				key := fmt.Sprintf("%c%02d/%02d", "ok"[r%2], w, r)
				var err error
				value := recovered(func() {
					err = s.Update(t.Context(), func(tx store.Tx) error {
						if err := errors.Join(fill(key)(tx), add(tx, "shared", 1)); err != nil {
							return err
						}
						switch w % 3 {
						case 1:
							return errStop
						case 2:
							panic(key)
						}
						return nil
					})
				})
				want, wantValue := []error{nil, errStop, nil}[w%3], []any{nil, nil, key}[w%3]
				if err != want || value != wantValue {
					t.Errorf("writer %d: Update = %v, panic %v; want %v, %v", w, err, value, want, wantValue)
				}
			}
		})
	}
	wg.Wait()
	view(t, s, func(tx store.Tx) error {
		if n, err := number(tx, "shared"); err != nil || n != writers/3*rounds {
			t.Errorf("shared is %d, %v; want %d", n, err, writers/3*rounds)
		}
		for w := range writers {
			for r := range rounds {
				_, err := tx.Get(fmt.Sprintf("%c%02d/%02d", "ok"[r%2], w, r))
				if kept := err == nil; kept != (w%3 == 0) {
					t.Errorf("key of writer %d: %v", w, err)
				}
			}
		}
		return nil
	})
}

// bank moves money between accounts; whoever looks, inside or outside an Update, must see the same sum.
func bank(t *testing.T, s store.Store) {
	const accounts, sum = 10, 1000
	account := func(i int) string { return fmt.Sprintf("%c%d", "ao"[i%2], i) }
	update(t, s, func(tx store.Tx) error {
		for i := range accounts {
			if err := add(tx, account(i), sum/accounts); err != nil {
				return err
			}
		}
		return nil
	})
	total := func(tx store.Tx) error {
		n := 0
		for it, err := range tx.Scan("", "") {
			if err != nil {
				return err
			}
			v, err := strconv.Atoi(string(it.Value))
			if err != nil || v < 0 {
				return fmt.Errorf("%s has %q", it.Key, it.Value)
			}
			n += v
		}
		if n != sum {
			return fmt.Errorf("the sum is %d", n)
		}
		return nil
	}
	var readers, writers sync.WaitGroup
	var stop atomic.Bool
	for range 4 {
		readers.Go(func() {
			for !stop.Load() {
				if err := s.View(t.Context(), total); err != nil {
					t.Errorf("View: %v", err)
					return
				}
			}
		})
	}
	for w := range 8 {
		r := rand.New(rand.NewPCG(1, uint64(w)))
		writers.Go(func() {
			for range 50 {
				from, to, n := account(r.IntN(accounts)), account(r.IntN(accounts)), 1+r.IntN(50)
				err := s.Update(t.Context(), func(tx store.Tx) error {
					if err := errors.Join(add(tx, from, -n), add(tx, to, n)); err != nil {
						return err
					}
					if left, err := number(tx, from); err != nil || left < 0 {
						return errors.Join(err, errStop)
					}
					return total(tx)
				})
				if err != nil && !errors.Is(err, errStop) {
					t.Errorf("Update: %v", err)
				}
			}
		})
	}
	writers.Wait()
	stop.Store(true)
	readers.Wait()
	view(t, s, total)
}

// number reads a key that holds a decimal number; one that is missing is 0.
func number(tx store.Tx, key string) (int, error) {
	v, err := tx.Get(key)
	if errors.Is(err, store.ErrNotFound) {
		return 0, nil
	}
	if err != nil {
		return 0, err
	}
	return strconv.Atoi(string(v))
}

// add adds n to the number at key.
func add(tx store.Tx, key string, n int) error {
	old, err := number(tx, key)
	if err != nil {
		return err
	}
	return tx.Put(key, []byte(strconv.Itoa(old+n)))
}
