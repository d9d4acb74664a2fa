package storetest

import (
	"context"
	"errors"
	"sync"
	"sync/atomic"

	"github.com/stormkeep/stormkeep/core/store"
)

// errAgain takes back the first of two runs.
var errAgain = errors.New("storetest: run again")

// Twice returns s as an engine that runs the function of every Update twice, as after a conflict: what the first run
// wrote is taken back, whatever it returned, and others may have committed before the second. A function that adds to
// what lies outside it, rather than setting it, shows here.
func Twice(s store.Store) store.Store { return twice{s} }

type twice struct{ store.Store }

func (s twice) Update(ctx context.Context, fn func(store.Tx) error) error {
	err := s.Store.Update(ctx, func(tx store.Tx) error {
		fn(tx)
		return errAgain
	})
	if !errors.Is(err, errAgain) {
		return err
	}
	return s.Store.Update(ctx, fn)
}

// Unknown returns s as an engine that never learns what became of a first commit: each Update that succeeds runs again
// on the state it left and commits that too, and what the second run returns is what the caller gets. So an Update
// that is not idempotent spends twice or fails here (it keeps less than the contract that Run checks).
func Unknown(s store.Store) store.Store { return unknown{s} }

type unknown struct{ store.Store }

func (s unknown) Update(ctx context.Context, fn func(store.Tx) error) error {
	if err := s.Store.Update(ctx, fn); err != nil {
		return err
	}
	return s.Store.Update(context.WithoutCancel(ctx), fn)
}

// Turning is a store that becomes an odd one when told, once all that a test needs has been made.
type Turning struct {
	store.Store
	odd store.Store
	on  atomic.Bool
}

// Becoming returns s as an engine that is odd(s) from Turn on.
func Becoming(s store.Store, odd func(store.Store) store.Store) *Turning {
	return &Turning{Store: s, odd: odd(s)}
}

// Turn makes it odd.
func (s *Turning) Turn() { s.on.Store(true) }

// Update implements store.Store.
func (s *Turning) Update(ctx context.Context, fn func(store.Tx) error) error {
	if s.on.Load() {
		return s.odd.Update(ctx, fn)
	}
	return s.Store.Update(ctx, fn)
}

// Faulty is a store whose commits fail when told.
type Faulty struct {
	store.Store
	mu   sync.Mutex
	next []error
}

// Failing returns s as an engine whose commits can be made to fail.
func Failing(s store.Store) *Faulty { return &Faulty{Store: s} }

// FailNext makes the next commits fail, one with each error: a nil lets one through. A function that refuses comes to
// no commit and uses up none.
func (s *Faulty) FailNext(errs ...error) {
	s.mu.Lock()
	defer s.mu.Unlock()
	s.next = append(s.next, errs...)
}

// Update implements store.Store: where a commit is to fail, fn runs, nothing is kept, and the error is returned.
func (s *Faulty) Update(ctx context.Context, fn func(store.Tx) error) error {
	return s.Store.Update(ctx, func(tx store.Tx) error {
		if err := fn(tx); err != nil {
			return err
		}
		return s.take()
	})
}

func (s *Faulty) take() error {
	s.mu.Lock()
	defer s.mu.Unlock()
	if len(s.next) == 0 {
		return nil
	}
	err := s.next[0]
	s.next = s.next[1:]
	return err
}
