package core_test

import (
	"errors"
	"fmt"
	"testing"
	"time"

	"github.com/stormkeep/stormkeep/core"
	"github.com/stormkeep/stormkeep/core/coretest"
)

func TestAJobThatWasGivenUpIsTriedAgain(t *testing.T) {
	bad := true
	h := &hands{fail: func(int) error {
		if bad {
			return fmt.Errorf("no: %w", core.ErrGiveUp)
		}
		return nil
	}}
	w := coretest.New(t, h.handle(core.JobKind{}))
	for _, what := range []string{"one", "two", "three"} {
		enqueue(t, w, what, time.Time{})
	}
	w.Settle(t)
	_, dead := pending(t, w)
	if len(dead) != 3 {
		t.Fatalf("%d were given up", len(dead))
	}
	bad = false
	w.Update(t, func(tx *core.Tx) error { return core.RetryJob(tx, dead[0].ID) })
	err := w.App.Update(w.Machine(), func(tx *core.Tx) error { return core.RetryJob(tx, dead[0].ID) })
	if !core.IsNotFound(err) {
		t.Errorf("a second time: %v", err)
	}
	w.Settle(t)
	if did := h.done(); did != "one" {
		t.Errorf("it did %q", did)
	}
	w.Update(t, func(tx *core.Tx) error { return core.DiscardJob(tx, dead[1].ID) })
	for id, do := range map[string]func(*core.Tx, string) error{dead[1].ID: core.DiscardJob, "x": core.RetryJob, "": core.RetryJob} {
		if err := w.App.Update(w.Machine(), func(tx *core.Tx) error { return do(tx, id) }); !core.IsNotFound(err) {
			t.Errorf("%q, which is not there: %v", id, err)
		}
	}
	n, more := 0, true
	retry := func(kind string) func(*core.Tx) error {
		return func(tx *core.Tx) (err error) {
			n, more, err = core.RetryJobs(tx, kind)
			return err
		}
	}
	if w.Update(t, retry("other")); n != 0 || more {
		t.Errorf("of another kind: %d, %v", n, more)
	}
	if w.Update(t, retry("test")); n != 1 || more {
		t.Errorf("of the kind: %d, %v", n, more)
	}
	w.Settle(t)
	if jobs, dead := pending(t, w); h.done() != "one three" || len(jobs)+len(dead) != 0 {
		t.Errorf("it did %q, and %v and %v are left", h.done(), jobs, dead)
	}
}

func TestWhoMayTendJobs(t *testing.T) {
	h := &hands{fail: func(int) error { return core.ErrGiveUp }}
	w := coretest.New(t, h.handle(core.JobKind{}))
	enqueue(t, w, "secret", time.Time{})
	w.Settle(t)
	_, dead := pending(t, w)
	for _, role := range []core.Role{core.Auditor, core.Support, core.Admin, core.Owner} {
		var seen []core.Job
		err := w.App.View(w.As(role), func(tx *core.Tx) (err error) {
			seen, _, err = core.LookAtJobs(tx, true, 10)
			return err
		})
		if err != nil || len(seen) != 1 || seen[0].Payload != nil {
			t.Errorf("%s sees %v, %v", role, seen, err)
		}
		undone := errors.New("undone")
		for name, do := range map[string]func(*core.Tx) error{
			"retry":   func(tx *core.Tx) error { return core.RetryJob(tx, dead[0].ID) },
			"all":     func(tx *core.Tx) error { _, _, err := core.RetryJobs(tx, ""); return err },
			"discard": func(tx *core.Tx) error { return core.DiscardJob(tx, dead[0].ID) },
		} {
			err := w.App.Update(w.As(role), func(tx *core.Tx) error { return errors.Join(do(tx), undone) })
			e, refused := errors.AsType[*core.Error](err)
			if want := role == core.Auditor || role == core.Support; (refused && e.Kind == core.Forbidden) != want {
				t.Errorf("%s, %s: %v", role, name, err)
			}
		}
	}
	other := w.Other(t, "other")
	err := other.App.Update(other.Machine(), func(tx *core.Tx) error { return core.RetryJob(tx, dead[0].ID) })
	if !core.IsNotFound(err) {
		t.Errorf("by another tenant: %v", err)
	}
}

func TestJobsAreLookedAtInTheirOrder(t *testing.T) {
	h := &hands{}
	w := coretest.New(t, h.handle(core.JobKind{}))
	for i, what := range []string{"late", "soon", "last"} {
		enqueue(t, w, what, w.Clock.Now().Add(time.Duration([]int{5, 1, 9}[i])*time.Hour))
	}
	for _, c := range []struct {
		most  int
		whole bool
	}{{3, true}, {2, false}} {
		w.View(t, func(tx *core.Tx) error {
			all, whole, err := core.LookAtJobs(tx, false, c.most)
			if len(all) != c.most || whole != c.whole || !all[0].Due.Before(all[1].Due.Time) {
				t.Errorf("%d: %v, %v", c.most, all, whole)
			}
			return err
		})
	}
}
