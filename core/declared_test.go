package core_test

import (
	"context"
	"fmt"
	"slices"
	"strings"
	"sync/atomic"
	"testing"

	"github.com/stormkeep/stormkeep/core"
	"github.com/stormkeep/stormkeep/core/coretest"
	"github.com/stormkeep/stormkeep/core/store"
	"github.com/stormkeep/stormkeep/core/store/mem"
)

func TestWhatMayBeDeclared(t *testing.T) {
	w := newWorld(t)
	d := directory(t, w, "d")
	for _, c := range []struct {
		name  string
		paths []string
		want  string
	}{
		{"none", []string{}, ""},
		{"a key", []string{"plan"}, ""},
		{"a path", []string{"address.city", "a.b.c"}, ""},
		{"as many as may be", strings.Split("a b c d e f g h i j", " "), ""},
		{"one more", strings.Split("a b c d e f g h i j k", " "), "above_max"},
		{"one twice", []string{"a", "a"}, "invalid_value"},
		{"an empty one", []string{""}, "invalid_format"},
		{"a path that ends in a dot", []string{"a."}, "invalid_format"},
		{"a path with nothing between", []string{"a..b"}, "invalid_format"},
		{"a key that cannot be", []string{"-a"}, "invalid_format"},
		{"a long one", []string{"a." + strings.Repeat("x", 255)}, "too_long"},
	} {
		wantCode(t, c.name, tryChange(w, d.ID, func(d *core.Directory) { d.CustomDataIndexes = c.paths }), c.want)
	}
}

// entries is how many index entries of declared paths there are.
func entries(t *testing.T, s *mem.DB) (n int) {
	t.Helper()
	for key := range coretest.Dump(t, s) {
		if strings.Contains(key, ".=/") {
			n++
		}
	}
	return n
}

func TestADeclaredPathIsFiledForWhatWasThereBefore(t *testing.T) {
	s := mem.Open()
	w := worldOn(t, s)
	d := directory(t, w, "d")
	w.Update(t, func(tx *core.Tx) error {
		for i := range 1201 { // more than two transactions of the job
			a := person(d.ID, i)
			if err := core.Put(tx, a); err != nil {
				return err
			}
			if err := core.MergeCustomData(tx, core.RefTo(a.ID), custom("n", fmt.Sprintf(`{"v":[%d,%d]}`, i, i+1))); err != nil {
				return err
			}
		}
		return nil
	})
	g := group(t, w, d.ID, "g")
	ok(t, merge(w, core.RefTo(g.ID), `{"n":{"v":5}}`))
	search := core.Search{Terms: []core.Term{{Attr: "customData.n.v", Numbers: numbers(5, 7)}}}
	here := core.OwnedBy[core.Account](string(d.ID))
	before := found[core.Account](t, w, here, search)

	change(t, w, d.ID, func(d *core.Directory) { d.CustomDataIndexes = []string{"n.v"} })
	late := w.Person(t, d.ID, "late@example.com")
	ok(t, merge(w, core.RefTo(late.ID), `{"n":{"v":6}}`))
	between := found[core.Account](t, w, here, search)
	w.Settle(t)
	now, err := get(w, d.ID)
	if err != nil || !slices.Equal(now.CustomDataReady, []string{"n.v"}) {
		t.Fatalf("ready %q, %v", now.CustomDataReady, err)
	}
	after := found[core.Account](t, w, here, search)
	if want := append(slices.Clone(before), string(late.ID)); len(before) != 4 || !slices.Equal(between, want) || !slices.Equal(after, want) {
		t.Errorf("found %d before, %d meanwhile, %d after", len(before), len(between), len(after))
	}
	if got := found[core.Group](t, w, core.OwnedBy[core.Group](string(d.ID)), search); len(got) != 1 {
		t.Errorf("groups %q", got)
	}
	if n := entries(t, s); n != 2*1201+2 {
		t.Errorf("%d entries", n)
	}
	change(t, w, d.ID, func(d *core.Directory) { d.CustomDataIndexes = []string{} })
	w.Settle(t)
	if n := entries(t, s); n != 0 {
		t.Errorf("%d entries of what is declared no more", n)
	}
}

func TestNothingFiledOutlivesItsDirectory(t *testing.T) {
	s := mem.Open()
	w := worldOn(t, s)
	d := directory(t, w, "d", func(d *core.Directory) { d.CustomDataIndexes = []string{"n"} })
	for i := range 200 {
		a := w.Person(t, d.ID, fmt.Sprintf("p%d@example.com", i))
		ok(t, merge(w, core.RefTo(a.ID), `{"n":1}`))
	}
	ok(t, remove(w, d.ID))
	w.Settle(t)
	if n := entries(t, s); n != 0 {
		t.Errorf("%d entries are left", n)
	}
}

func TestARecordOfManyValuesIsAskedNotFiled(t *testing.T) {
	s := mem.Open()
	w := worldOn(t, s)
	d := directory(t, w, "d", func(d *core.Directory) { d.CustomDataIndexes = []string{"n", "m"} })
	many, few := w.Person(t, d.ID, "many@example.com"), w.Person(t, d.ID, "few@example.com")
	var values strings.Builder
	for i := range 5000 {
		fmt.Fprintf(&values, "%d,", 10+i)
	}
	values.WriteString(`1,2,"word","2015-05-05",true`)
	ok(t, merge(w, core.RefTo(many.ID), `{"n":[`+values.String()+`]}`))
	ok(t, merge(w, core.RefTo(few.ID), `{"n":[2,3],"m":2}`))
	if n := entries(t, s); n > 4 {
		t.Errorf("%d entries for a record of thousands of values and one of three", n)
	}
	for _, c := range []struct {
		name string
		term core.Term
		want int
	}{
		{"a number of both", text("customData.n", "2"), 2},
		{"a number of one", text("customData.n", "1"), 1},
		{"a number of none", text("customData.n", "4"), 0},
		{"a range", core.Term{Attr: "customData.n", Numbers: numbers(2, 9)}, 2},
		{"a range of none", core.Term{Attr: "customData.n", Numbers: numbers(4, 9)}, 0},
		{"a word", text("customData.n", "word"), 1},
		{"another path", text("customData.m", "2"), 1},
	} {
		got := found[core.Account](t, w, core.OwnedBy[core.Account](string(d.ID)), core.Search{Terms: []core.Term{c.term}})
		if len(got) != c.want {
			t.Errorf("%s: %d, want %d", c.name, len(got), c.want)
		}
	}
	w.Sound(t)
	ok(t, merge(w, core.RefTo(many.ID), `{"n":9}`))
	w.Sound(t)
	ok(t, remove(w, many.ID))
	w.Sound(t)
}

// updates counts the transactions of a store.
type updates struct {
	store.Store
	n atomic.Int64
}

func (u *updates) Update(ctx context.Context, fn func(store.Tx) error) error {
	u.n.Add(1)
	return u.Store.Update(ctx, fn)
}

func TestLargeCustomDataAreFiledAFewATransaction(t *testing.T) {
	s := &updates{Store: mem.Open()}
	w := worldOn(t, s)
	d := directory(t, w, "d")
	for i := range 120 {
		a := w.Person(t, d.ID, fmt.Sprintf("p%d@example.com", i))
		ok(t, merge(w, core.RefTo(a.ID), `{"n":{"v":1,"text":"`+strings.Repeat("x", 100<<10)+`"}}`))
	}
	change(t, w, d.ID, func(d *core.Directory) { d.CustomDataIndexes = []string{"n.v"} })
	before := s.n.Load()
	w.Settle(t)
	if n := s.n.Load() - before; n < 20 {
		t.Errorf("%d transactions for 12 MB", n)
	}
	got := found[core.Account](t, w, core.OwnedBy[core.Account](string(d.ID)), core.Search{Terms: []core.Term{text("customData.n.v", "1")}})
	if len(got) != 120 {
		t.Errorf("%d of 120", len(got))
	}
}
