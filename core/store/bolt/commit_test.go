package bolt

import (
	"errors"
	"fmt"
	"os"
	"path/filepath"
	"sync"
	"syscall"
	"testing"

	"go.etcd.io/bbolt"

	"github.com/stormkeep/stormkeep/core/store"
)

func openTest(t testing.TB) *DB {
	t.Helper()
	d, err := Open(filepath.Join(t.TempDir(), "test.db"), Options{})
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() { d.Close() })
	return d
}

func set(key string) func(store.Tx) error {
	return func(tx store.Tx) error { return tx.Put(key, []byte(key)) }
}

// together holds the turn until all the functions wait, so that they are one batch in their order.
func together(t *testing.T, d *DB, fns ...func(store.Tx) error) []error {
	t.Helper()
	if _, err := d.await(t.Context()); err != nil {
		t.Fatal(err)
	}
	errs := make([]error, len(fns))
	var wg sync.WaitGroup
	for i, fn := range fns {
		wg.Go(func() {
			defer func() {
				if r := recover(); r != nil {
					errs[i] = fmt.Errorf("panic: %v", r)
				}
			}()
			errs[i] = d.Update(t.Context(), fn)
		})
		for waiting := 0; waiting <= i; {
			d.queue.mu.Lock()
			waiting = len(d.queue.waiting)
			d.queue.mu.Unlock()
		}
	}
	d.pass(nil)
	wg.Wait()
	return errs
}

// countCommits counts the commits of d from now on.
func countCommits(d *DB) *int {
	n := new(int)
	commit := d.commit
	d.commit = func(t *bbolt.Tx) error { *n++; return commit(t) }
	return n
}

func has(t *testing.T, d *DB, key string) bool {
	t.Helper()
	var err error
	if e := d.View(t.Context(), func(tx store.Tx) error { _, err = tx.Get(key); return nil }); e != nil {
		t.Fatal(e)
	}
	if err != nil && !errors.Is(err, store.ErrNotFound) {
		t.Fatal(err)
	}
	return err == nil
}

func TestThoseWhoWaitShareOneCommit(t *testing.T) {
	d := openTest(t)
	n := countCommits(d)
	refusal := errors.New("no")
	errs := together(t, d,
		set("a"),
		func(tx store.Tx) error { return errors.Join(set("b")(tx), tx.Delete("a"), refusal) },
		func(tx store.Tx) error { set("c")(tx); panic("c") },
		func(tx store.Tx) error {
			if _, err := tx.Get("a"); err != nil {
				return fmt.Errorf("does not see its neighbour: %w", err)
			}
			for _, k := range []string{"b", "c"} {
				if _, err := tx.Get(k); !errors.Is(err, store.ErrNotFound) {
					return fmt.Errorf("sees what was refused: %q", k)
				}
			}
			return set("d")(tx)
		},
	)
	if errs[0] != nil || !errors.Is(errs[1], refusal) || errs[2] == nil || errs[2].Error() != "panic: c" || errs[3] != nil {
		t.Errorf("errors %v", errs)
	}
	if *n != 1 {
		t.Errorf("%d commits, want 1", *n)
	}
	for key, want := range map[string]bool{"a": true, "b": false, "c": false, "d": true} {
		if got := has(t, d, key); got != want {
			t.Errorf("%s is kept: %v, want %v", key, got, want)
		}
	}
}

func TestABatchThatWroteNothingCommitsNothing(t *testing.T) {
	d := openTest(t)
	n := countCommits(d)
	refusal := errors.New("no")
	nothing := func(store.Tx) error { return nil }
	refused := func(tx store.Tx) error { return errors.Join(set("a")(tx), refusal) }
	errs := together(t, d, nothing, refused, nothing)
	if errs[0] != nil || !errors.Is(errs[1], refusal) || errs[2] != nil || *n != 0 {
		t.Errorf("errors %v and %d commits, want one refusal and none", errs, *n)
	}
}

func TestABatchIsBoundedInFunctionsAndBytes(t *testing.T) {
	big := func(key string) func(store.Tx) error {
		return func(tx store.Tx) error { return tx.Put(key, make([]byte, maxBytes/2)) }
	}
	small := make([]func(store.Tx) error, maxFuncs+1)
	for i := range small {
		small[i] = set(fmt.Sprint("k", i))
	}
	for name, fns := range map[string][]func(store.Tx) error{
		"bytes":     {big("a"), big("b"), big("c"), set("d")},
		"functions": small,
	} {
		d := openTest(t)
		n := countCommits(d)
		if err := errors.Join(together(t, d, fns...)...); err != nil {
			t.Error(err)
		}
		if *n != 2 {
			t.Errorf("%s: %d commits, want 2", name, *n)
		}
	}
}

func TestACommitThatFailsFailsAllAndKeepsNothing(t *testing.T) {
	for _, c := range []struct {
		name  string
		cause error
		want  error
	}{
		{"disk full", &os.PathError{Op: "write", Path: "test.db", Err: syscall.ENOSPC}, store.ErrFull},
		{"disk full, in bbolt's words only", errors.New("file resize error: truncate test.db: " + syscall.ENOSPC.Error()), store.ErrFull},
		{"disk broken", syscall.EIO, syscall.EIO},
	} {
		t.Run(c.name, func(t *testing.T) {
			d := openTest(t)
			commit := d.commit
			d.commit = func(t *bbolt.Tx) error { t.Rollback(); return c.cause }
			refusal := errors.New("no")
			errs := together(t, d, set("a"), func(tx store.Tx) error { return refusal }, set("b"))
			for _, err := range errs {
				if !errors.Is(err, c.want) || !errors.Is(err, c.cause) {
					t.Errorf("Update = %v, want %v", err, c.want)
				}
			}
			if has(t, d, "a") || has(t, d, "b") {
				t.Error("a failed commit left something")
			}
			d.commit = commit
			if err := d.Update(t.Context(), set("c")); err != nil || !has(t, d, "c") {
				t.Errorf("Update once the disk is well = %v", err)
			}
		})
	}
}

func TestAfterACommitOfUnknownOutcomeNoneIsBegun(t *testing.T) {
	d := openTest(t)
	commit := d.commit
	d.commit = func(t *bbolt.Tx) error { return errors.Join(commit(t), syscall.EIO) }
	if err := d.Update(t.Context(), set("a")); !errors.Is(err, syscall.EIO) {
		t.Errorf("Update = %v", err)
	}
	d.commit = commit
	if err := d.Update(t.Context(), set("b")); !errors.Is(err, syscall.EIO) {
		t.Errorf("Update after it = %v", err)
	}
	if has(t, d, "b") {
		t.Error("b was kept")
	}
}

func TestAPanicOfBboltFailsTheCommitAndIsDamage(t *testing.T) {
	d := openTest(t)
	commit := d.commit
	d.commit = func(*bbolt.Tx) error { panic("page 7: invalid page type") }
	if err := d.Update(t.Context(), set("a")); !errors.Is(err, store.ErrDamaged) {
		t.Errorf("Update = %v, want ErrDamaged", err)
	}
	d.commit = commit
	if err := d.Update(t.Context(), set("b")); err != nil || has(t, d, "a") || !has(t, d, "b") {
		t.Errorf("Update after it = %v", err)
	}
}
