package core_test

import (
	"fmt"
	"testing"
	"time"

	"github.com/stormkeep/stormkeep/core"
	"github.com/stormkeep/stormkeep/core/store/mem"
)

func TestTheSessionsOfAll(t *testing.T) {
	c := chiefOn(t, mem.Open(), core.Owner)
	_, first, err := c.open(t)
	if err != nil {
		t.Fatal(err)
	}
	_, second, err := c.open(t)
	if err != nil {
		t.Fatal(err)
	}
	look := func(offset, limit, max int) (ids []core.ID[core.Session], size int, whole bool) {
		c.View(t, func(tx *core.Tx) error {
			page, n, all, err := core.LiveSessions(tx, offset, limit, max)
			for _, s := range page {
				ids = append(ids, s.ID)
			}
			size, whole = n, all
			return err
		})
		return ids, size, whole
	}
	if ids, n, whole := look(0, 9, 9); n != 2 || !whole || ids[0] != second.ID || ids[1] != first.ID {
		t.Errorf("%v of %d", ids, n)
	}
	if ids, n, _ := look(1, 1, 9); n != 2 || len(ids) != 1 || ids[0] != first.ID {
		t.Errorf("the second: %v of %d", ids, n)
	}
	if _, n, whole := look(0, 9, 1); n != 1 || whole {
		t.Errorf("not all were looked at: %d", n)
	}
	c.Update(t, func(tx *core.Tx) error {
		s, err := core.Get(tx, second.ID)
		if err != nil {
			return err
		}
		return s.End(tx, "test")
	})
	if ids, n, _ := look(0, 9, 9); n != 1 || ids[0] != first.ID {
		t.Errorf("after one has ended: %v of %d", ids, n)
	}
}

func TestLiveSessionsAreCounted(t *testing.T) {
	c := chiefOn(t, mem.Open(), core.Owner)
	count := func(max int) string {
		var n int
		var whole bool
		c.View(t, func(tx *core.Tx) (err error) {
			n, whole, err = core.CountSessions(tx, max)
			return err
		})
		return fmt.Sprint(n, whole)
	}
	for range 3 {
		_, _, err := c.open(t)
		ok(t, err)
	}
	_, last, err := c.open(t)
	ok(t, err)
	for _, step := range []struct {
		name string
		do   func()
		max  int
		want string
	}{
		{"all", func() {}, 9, "4 true"},
		{"the newest of them", func() {}, 3, "3 false"},
		{"one has ended", func() { c.Update(t, func(tx *core.Tx) error { return last.End(tx, "test") }) }, 9, "3 true"},
		{"they were not used for long", func() { c.Clock.Turn(8 * time.Hour) }, 9, "0 true"},
	} {
		step.do()
		if got := count(step.max); got != step.want {
			t.Errorf("%s: %s, want %s", step.name, got, step.want)
		}
	}
}
