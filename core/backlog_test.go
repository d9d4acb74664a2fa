package core_test

import (
	"context"
	"errors"
	"testing"
	"time"

	"github.com/stormkeep/stormkeep/core"
	"github.com/stormkeep/stormkeep/core/coretest"
	"github.com/stormkeep/stormkeep/core/mail"
	"github.com/stormkeep/stormkeep/core/store/mem"
)

func backlog(t *testing.T, w *coretest.World) core.Backlog {
	t.Helper()
	l, err := w.App.Backlog(context.Background())
	if err != nil {
		t.Fatal(err)
	}
	return l
}

func TestABacklogTellsOfEveryTenantsWork(t *testing.T) {
	no := errors.New("no")
	h := &hands{fail: func(int) error { return no }}
	deaf := &ears{deaf: func(core.Event) error { return no }}
	counting := &coretest.Counting{Store: mem.Open()}
	w := worldOn(t, counting, h.handle(core.JobKind{Tries: 1}), func(a *core.App) {
		a.Events.On("*", (&ears{}).hear, "all")
		a.Events.On("group.*", deaf.hear, "deaf")
	})
	eventually(t, "all is heard", func() bool { return backlog(t, w).Unheard == 0 })
	other := w.Other(t, "other")
	group(t, other, directory(t, other, "d").ID, "g")
	enqueue(t, w, "given up", time.Time{})
	eventually(t, "a job is given up", func() bool { return backlog(t, w).Dead == 1 })
	enqueue(t, w, "soon", w.Clock.Now().Add(time.Minute))
	enqueue(t, other, "later", w.Clock.Now().Add(time.Hour))
	eventually(t, "all but groups are heard", func() bool { return backlog(t, w).Unheard == 1 })
	if l := backlog(t, w); l.Pending != 2 || l.Dead != 1 || l.Late > 0 {
		t.Errorf("%+v", l)
	}
	before, seen := counting.Work(), counting.Seen.Load()
	backlog(t, w)
	if d := counting.Since(before); d.Writes != 0 || counting.Seen.Load()-seen > 12 {
		t.Errorf("reading the backlog wrote %d keys and passed %d", d.Writes, counting.Seen.Load()-seen)
	}
}

func TestABacklogCountsNoFurtherThanItSays(t *testing.T) {
	counting := &coretest.Counting{Store: mem.Open()}
	w := worldOn(t, counting, (&hands{}).handle(core.JobKind{}))
	w.Update(t, func(tx *core.Tx) error {
		for range core.MostCounted + 500 {
			if err := core.Enqueue(tx, "test", "x", tx.Now.Add(time.Hour)); err != nil {
				return err
			}
		}
		return nil
	})
	seen := counting.Seen.Load()
	if l := backlog(t, w); l.Pending != core.MostCounted {
		t.Errorf("%+v", l)
	}
	if n := counting.Seen.Load() - seen; n > core.MostCounted+10 {
		t.Errorf("%d keys were passed", n)
	}
}

func TestABacklogTellsForHowLongAJobIsDue(t *testing.T) {
	hold := make(chan bool)
	h := &hands{fail: func(int) error { <-hold; return nil }}
	w := worldOn(t, mem.Open(), h.handle(core.JobKind{}))
	defer close(hold)
	enqueue(t, w, "x", time.Time{})
	w.Clock.Turn(time.Minute)
	if l := backlog(t, w); l.Late != time.Minute || l.Pending != 1 {
		t.Errorf("%+v", l)
	}
}

// A mail that fails for now is due later, and waits all the while.
func TestABacklogTellsForHowLongMailsWait(t *testing.T) {
	sh := newShop(t, newWorld(t))
	sh.w.Post.Refuse(func(*mail.Message) error { return errors.New("not yet") })
	if l := backlog(t, sh.w); l.Mails != 0 || l.OldestMsg != 0 {
		t.Errorf("%+v", l)
	}
	post(t, sh.w, core.Letter{Template: "welcome", Account: sh.ann})
	for range 5 {
		sh.w.Settle(t)
		sh.w.Clock.Turn(10 * time.Minute)
	}
	sh.w.Settle(t)
	if l := backlog(t, sh.w); l.Mails != 1 || l.OldestMsg != 50*time.Minute {
		t.Errorf("%+v", l)
	}
	sh.w.Post.Refuse(nil)
	sh.w.Clock.Turn(time.Hour)
	eventually(t, "it is sent", func() bool { return backlog(t, sh.w).Mails == 0 })
}

func TestTheQueueOfATenant(t *testing.T) {
	w := newWorld(t, (&hands{fail: func(int) error { return errNo }}).handle(core.JobKind{Tries: 1}))
	sh, other := newShop(t, w), newShop(t, w.Other(t, "other"))
	queue := func(w *coretest.World) (q core.Queue) {
		w.View(t, func(tx *core.Tx) (err error) {
			q, err = tx.Queue()
			return err
		})
		return q
	}
	w.Post.Refuse(func(*mail.Message) error { return errors.New("not yet") })
	post(t, w, core.Letter{Template: "welcome", Account: sh.ann})
	w.Settle(t)
	enqueue(t, w, "x", time.Time{})
	w.Settle(t)
	if q := queue(w); q != (core.Queue{Mails: 1, Lost: 1}) || queue(other.w) != (core.Queue{}) {
		t.Errorf("%+v, of another tenant %+v", q, queue(other.w))
	}
	for range 40 {
		w.Clock.Turn(6 * time.Hour)
		w.Settle(t)
	}
	if q := queue(w); q != (core.Queue{Lost: 1}) {
		t.Errorf("%+v", q)
	}
	lost := 0
	w.View(t, func(tx *core.Tx) error {
		lost = 0
		hours, err := tx.Tallies(tx.Now.Add(-core.TalliesKept), tx.Now)
		for _, h := range hours {
			lost += h.LostMails
		}
		return err
	})
	if lost != 1 {
		t.Errorf("%d mails were given up", lost)
	}
	w.Sound(t)
}
