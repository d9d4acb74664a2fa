package storetest

import (
	"context"
	"errors"
	"runtime"
	"sync/atomic"
	"testing"

	"github.com/stormkeep/stormkeep/core/store"
)

// errStop is a function's own refusal.
var errStop = errors.New("stop")

var transactions = []check{
	{"a refused function leaves nothing and its error comes back", func(t *testing.T, s store.Store) {
		update(t, s, fill("a", "b"))
		err := s.Update(t.Context(), func(tx store.Tx) error {
			if err := errors.Join(fill("c", "o")(tx), tx.Put("a", []byte("x")), tx.Delete("b")); err != nil {
				return err
			}
			return errStop
		})
		if err != errStop {
			t.Errorf("Update = %v, want the function's own error", err)
		}
		holds(t, s, "a", "b")
		if err := s.View(t.Context(), func(store.Tx) error { return errStop }); err != errStop {
			t.Errorf("View = %v, want the function's own error", err)
		}
	}},
	{"a panic is its caller's and leaves nothing", func(t *testing.T, s store.Store) {
		update(t, s, fill("a"))
		for name, do := range map[string]func(context.Context, func(store.Tx) error) error{"View": s.View, "Update": s.Update} {
			got := recovered(func() {
				do(t.Context(), func(tx store.Tx) error {
					if name == "Update" {
						if err := fill("b")(tx); err != nil {
							return err
						}
					}
					panic(errStop)
				})
			})
			if got != errStop {
				t.Errorf("%s panicked with %v, want the function's own value", name, got)
			}
		}
		update(t, s, fill("c"))
		holds(t, s, "a", "c")
	}},
	{"leaving the goroutine leaves nothing and stops nobody", func(t *testing.T, s store.Store) {
		for name, do := range map[string]func(context.Context, func(store.Tx) error) error{"View": s.View, "Update": s.Update} {
			done := make(chan struct{})
			go func() {
				defer close(done)
				do(t.Context(), func(tx store.Tx) error {
					if name == "Update" {
						if err := fill("b")(tx); err != nil {
							return err
						}
					}
					runtime.Goexit()
					return nil
				})
				t.Errorf("%s returned after Goexit", name)
			}()
			<-done
		}
		update(t, s, fill("c"))
		holds(t, s, "c")
	}},
	{"an ended context runs nothing", func(t *testing.T, s store.Store) {
		ctx, cancel := context.WithCancel(t.Context())
		cancel()
		for name, do := range map[string]func(context.Context, func(store.Tx) error) error{"View": s.View, "Update": s.Update} {
			err := do(ctx, func(store.Tx) error { t.Errorf("%s ran", name); return nil })
			if !errors.Is(err, context.Canceled) {
				t.Errorf("%s = %v, want context.Canceled", name, err)
			}
		}
	}},
	{"a context that ends while waiting runs nothing", func(t *testing.T, s store.Store) {
		ctx, cancel := context.WithCancel(t.Context())
		began, done := make(chan struct{}), make(chan error)
		var once atomic.Bool
		go func() {
			done <- s.Update(t.Context(), func(tx store.Tx) error {
				if once.CompareAndSwap(false, true) {
					close(began)
				}
				<-ctx.Done()
				return fill("a")(tx)
			})
		}()
		<-began
		waits := make(chan error)
		go func() { waits <- s.Update(ctx, fill("b")) }()
		runtime.Gosched()
		cancel()
		if err := <-waits; !errors.Is(err, context.Canceled) {
			t.Errorf("Update = %v, want context.Canceled", err)
		}
		if err := <-done; err != nil {
			t.Errorf("Update = %v", err)
		}
		update(t, s, fill("c"))
		holds(t, s, "a", "c")
	}},
	{"a context that ends inside stops nothing", func(t *testing.T, s store.Store) {
		ctx, cancel := context.WithCancel(t.Context())
		err := s.Update(ctx, func(tx store.Tx) error { cancel(); return fill("a")(tx) })
		if err != nil && !errors.Is(err, context.Canceled) {
			t.Errorf("Update = %v", err)
		}
		if err == nil {
			holds(t, s, "a")
		}
	}},
	{"a transaction ends with its function", func(t *testing.T, s store.Store) {
		update(t, s, fill("a"))
		var kept []store.Tx
		keep := func(tx store.Tx) error { kept = append(kept, tx); return nil }
		view(t, s, keep)
		update(t, s, keep)
		for _, tx := range kept {
			_, get := tx.Get("a")
			put, del := tx.Put("a", []byte("a")), tx.Delete("a")
			var scan error
			for _, scan = range tx.Scan("", "") {
			}
			for name, err := range map[string]error{"Get": get, "Put": put, "Delete": del, "Scan": scan} {
				if !errors.Is(err, store.ErrClosed) {
					t.Errorf("%s after the end = %v, want ErrClosed", name, err)
				}
			}
		}
		holds(t, s, "a")
	}},
	{"a View inside a View reads", func(t *testing.T, s store.Store) {
		update(t, s, fill("a"))
		view(t, s, func(store.Tx) error { holds(t, s, "a"); return nil })
	}},
	{"close waits, and refuses what comes after", func(t *testing.T, s store.Store) {
		update(t, s, fill("a"))
		began, finish, ended := make(chan struct{}), make(chan struct{}), make(chan struct{})
		var over atomic.Bool
		go func() {
			defer close(ended)
			err := s.View(t.Context(), func(tx store.Tx) error {
				close(began)
				<-finish
				_, err := tx.Get("a")
				over.Store(true)
				return err
			})
			if err != nil {
				t.Errorf("View during Close = %v", err)
			}
		}()
		<-began
		closed := make(chan error)
		go func() { closed <- s.Close() }()
		runtime.Gosched()
		close(finish)
		if err := <-closed; err != nil {
			t.Errorf("Close = %v", err)
		}
		if !over.Load() {
			t.Error("Close did not wait for a View")
		}
		<-ended
		nothing := func(store.Tx) error { t.Error("ran in a closed store"); return nil }
		if err := s.View(t.Context(), nothing); !errors.Is(err, store.ErrClosed) {
			t.Errorf("View = %v, want ErrClosed", err)
		}
		if err := s.Update(t.Context(), nothing); !errors.Is(err, store.ErrClosed) {
			t.Errorf("Update = %v, want ErrClosed", err)
		}
	}},
}

// recovered returns what fn panics with.
func recovered(fn func()) (value any) {
	defer func() { value = recover() }()
	fn()
	return nil
}
