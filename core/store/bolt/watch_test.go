package bolt

import (
	"errors"
	"fmt"
	"syscall"
	"testing"
	"time"

	"go.etcd.io/bbolt"

	"github.com/stormkeep/stormkeep/core/store"
)

func TestEachCommitIsCountedWithWhatItHolds(t *testing.T) {
	d := openTest(t)
	for _, err := range together(t, d, set("a"), set("b"), set("c")) {
		if err != nil {
			t.Fatal(err)
		}
	}
	if err := d.Update(t.Context(), func(store.Tx) error { return nil }); err != nil {
		t.Fatal(err)
	}
	c := d.Commits()
	funcs, bytes, took := c.Funcs.Read(), c.Bytes.Read(), c.Took.Read()
	if funcs.Count != 1 || funcs.Sum != 3 || bytes.Sum != 6 || took.Count != 1 || took.Sum <= 0 || c.Failed.Load() != 0 {
		t.Errorf("funcs %+v, bytes %+v, took %+v: want one commit of three functions, and none for what wrote nothing", funcs, bytes, took)
	}
}

func TestACommitThatFailedIsTroubleUntilOneSucceedsOrAWhile(t *testing.T) {
	d := openTest(t)
	commit := d.commit
	d.commit = func(t *bbolt.Tx) error { return errors.Join(t.Rollback(), syscall.ENOSPC) }
	if err := d.Update(t.Context(), set("a")); !errors.Is(err, store.ErrFull) {
		t.Fatal(err)
	}
	now := time.Now()
	if err := d.trouble(now); !errors.Is(err, store.ErrFull) || d.Commits().Failed.Load() != 1 {
		t.Errorf("after a failed commit: %v, %d failed", err, d.Commits().Failed.Load())
	}
	if err := d.trouble(now.Add(fresh)); err != nil {
		t.Errorf("half a minute later: %v", err)
	}
	d.commit = commit
	if err := d.Update(t.Context(), set("a")); err != nil {
		t.Fatal(err)
	}
	if err := d.trouble(now); err != nil {
		t.Errorf("after a commit that was kept: %v", err)
	}
}

func TestACommitThatMayBeKeptIsTroubleForEver(t *testing.T) {
	d := openTest(t)
	commit := d.commit
	d.commit = func(t *bbolt.Tx) error { return errors.Join(commit(t), syscall.EIO) }
	if err := d.Update(t.Context(), set("a")); err == nil {
		t.Fatal("kept")
	}
	d.commit = commit
	if err := d.trouble(time.Now().Add(time.Hour)); !errors.Is(err, syscall.EIO) {
		t.Errorf("got %v", err)
	}
}

func TestACommitThatDoesNotEndIsTrouble(t *testing.T) {
	d := openTest(t)
	commit := d.commit
	in, out := make(chan bool), make(chan bool)
	d.commit = func(t *bbolt.Tx) error { in <- true; <-out; return commit(t) }
	done := make(chan error)
	go func() { done <- d.Update(t.Context(), set("a")) }()
	<-in
	for after, trouble := range map[time.Duration]bool{0: false, hung / 2: false, 2 * hung: true} {
		if err := d.trouble(time.Now().Add(after)); (err != nil) != trouble {
			t.Errorf("after %s: %v", after, err)
		}
	}
	close(out)
	if err := errors.Join(<-done, d.trouble(time.Now().Add(time.Hour))); err != nil {
		t.Error(fmt.Errorf("once it has: %w", err))
	}
}

func TestAViewHoldsFromTheCommitThatReplacesWhatItReadsUntilItsEnd(t *testing.T) {
	d := openTest(t)
	err := d.View(t.Context(), func(store.Tx) error {
		if n := d.Held(); n != 0 {
			t.Errorf("nothing was written since it began: %s", n)
		}
		if err := d.Update(t.Context(), set("a")); err != nil {
			return err
		}
		if n := d.Held(); n <= 0 {
			t.Errorf("a commit replaced what it reads: %s", n)
		}
		if n, want := d.views.longest(time.Now().Add(time.Hour)), time.Hour; n < want {
			t.Errorf("an hour later: %s", n)
		}
		return d.View(t.Context(), func(store.Tx) error { return nil }) // ends before the first
	})
	if err != nil {
		t.Fatal(err)
	}
	if n := d.Held(); n != 0 || len(d.views.held) != 0 {
		t.Errorf("it has ended: %s, %d", n, len(d.views.held))
	}
}
