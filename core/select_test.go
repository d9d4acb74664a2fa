package core_test

import (
	"fmt"
	"slices"
	"strings"
	"testing"
	"time"

	"github.com/stormkeep/stormkeep/core"
	"github.com/stormkeep/stormkeep/core/coretest"
)

// found are the ids that a search finds, and demands that its size is theirs.
func found[T any, P core.Record[T]](t *testing.T, w *coretest.World, in []core.Scope[T], s core.Search) (ids []string) {
	t.Helper()
	s.Limit = 10_000
	w.View(t, func(tx *core.Tx) error {
		page, err := core.Select[T, P](tx, in, s)
		for _, rec := range page.Items {
			_, id, _ := strings.Cut(any(rec).(interface{ Path() string }).Path(), "/")
			ids = append(ids, id)
		}
		if err == nil && page.Size != len(ids) {
			t.Errorf("size %d of %d", page.Size, len(ids))
		}
		return err
	})
	return ids
}

func text(attr, value string) core.Term {
	t := &core.TextTerm{}
	t.Text, t.Before = strings.CutPrefix(value, "*")
	t.Text, t.After = strings.CutSuffix(t.Text, "*")
	return core.Term{Attr: attr, Text: t}
}

// people are a directory with n accounts, whose surnames repeat.
func people(t *testing.T, w *coretest.World, name string, n int) (*core.Directory, []string) {
	t.Helper()
	d := directory(t, w, name)
	var ids []string
	for i := range n {
		w.Update(t, func(tx *core.Tx) error {
			a := core.Make[core.Account]()
			a.Directory, a.Email = d.ID, fmt.Sprintf("p%02d@%s.example", i, name)
			a.Surname = []string{"Zoe", "ann", "Émile", ""}[i%4]
			if i%3 == 0 {
				a.Status = core.Disabled
			}
			err := core.Put(tx, a)
			ids = append(ids, string(a.ID))
			return err
		})
		w.Clock.Turn(time.Second)
	}
	return d, ids
}

func TestASearchAndsItsTerms(t *testing.T) {
	w := newWorld(t)
	d, ids := people(t, w, "d", 12)
	here := core.OwnedBy[core.Account](string(d.ID))
	pick := func(which ...int) (want []string) {
		for _, i := range which {
			want = append(want, ids[i])
		}
		return want
	}
	for name, c := range map[string]struct {
		terms []core.Term
		want  []string
	}{
		"nothing asked":                  {nil, ids},
		"an exact name, by its index":    {[]core.Term{text("email", "P03@D.example")}, pick(3)},
		"a prefix, by its index":         {[]core.Term{text("username", "p1*")}, pick(10, 11)},
		"a prefix and a status":          {[]core.Term{text("username", "p1*"), text("status", "enabled")}, pick(10, 11)},
		"a prefix and another status":    {[]core.Term{text("username", "p0*"), text("status", "DISABLED"), text("surname", "zoe")}, pick(0)},
		"a text without an index":        {[]core.Term{text("surname", "ÉMILE")}, pick(2, 6, 10)},
		"the end of a text":              {[]core.Term{text("surname", "*NN")}, pick(1, 5, 9)},
		"any text, twice":                {[]core.Term{text("", "*oe*"), text("", "*p0*")}, pick(0, 4, 8)},
		"two statuses":                   {[]core.Term{text("status", "enabled"), text("status", "disabled")}, nil},
		"an exact name and what is not":  {[]core.Term{text("email", "p03@d.example"), text("surname", "zoe")}, nil},
		"everything, by two wild cards":  {[]core.Term{text("surname", "**")}, ids},
		"nothing between two wild cards": {[]core.Term{text("givenName", "*x*")}, nil},
	} {
		if got := found[core.Account](t, w, here, core.Search{Terms: c.terms}); !slices.Equal(got, c.want) {
			t.Errorf("%s: found %q, want %q", name, got, c.want)
		}
	}
	w.View(t, func(tx *core.Tx) error {
		for _, s := range []core.Search{{Terms: []core.Term{text("nmae", "x")}}, {Terms: []core.Term{text("status", "enab*")}},
			{Terms: []core.Term{text("createdAt", "x")}}, {Order: []core.Order{{Attr: "nmae"}}}} {
			if _, err := core.Select(tx, here, s); code(err) != "unsupported_query" && code(err) != "unsupported_order" {
				t.Errorf("%s: %v", js(s), err)
			}
		}
		return nil
	})
}

func TestAnOrderGoesByItsAttributesThenByAge(t *testing.T) {
	w := newWorld(t)
	d, ids := people(t, w, "d", 8)
	here := core.OwnedBy[core.Account](string(d.ID))
	for name, c := range map[string]struct {
		order []core.Order
		want  []int
	}{
		"folded text, none first (unconfirmed in 2.7)": {[]core.Order{{Attr: "surname"}}, []int{3, 7, 1, 5, 0, 4, 2, 6}},
		"descending":                        {[]core.Order{{Attr: "surname", Desc: true}}, []int{2, 6, 0, 4, 1, 5, 3, 7}},
		"two attributes":                    {[]core.Order{{Attr: "status"}, {Attr: "createdAt", Desc: true}}, []int{6, 3, 0, 7, 5, 4, 2, 1}},
		"by an index":                       {[]core.Order{{Attr: "username", Desc: true}}, []int{7, 6, 5, 4, 3, 2, 1, 0}},
		"by an index, after what is unlike": {[]core.Order{{Attr: "modifiedAt"}}, []int{0, 1, 2, 3, 4, 5, 6, 7}},
	} {
		var want []string
		for _, i := range c.want {
			want = append(want, ids[i])
		}
		if got := found[core.Account](t, w, here, core.Search{Order: c.order}); !slices.Equal(got, want) {
			t.Errorf("%s: %q, want %q", name, got, want)
		}
	}
}

func TestPagesOfASearchMeet(t *testing.T) {
	w := newWorld(t)
	d, _ := people(t, w, "d", 23)
	for _, s := range []core.Search{
		{Terms: []core.Term{text("", "*@d*")}},
		{Terms: []core.Term{text("username", "p*")}},
		{Order: []core.Order{{Attr: "surname"}}},
		{Order: []core.Order{{Attr: "username", Desc: true}}},
	} {
		whole := found[core.Account](t, w, core.OwnedBy[core.Account](string(d.ID)), s)
		var pages []string
		for s.Limit = 5; s.Offset < 30; s.Offset += 5 {
			w.View(t, func(tx *core.Tx) error {
				p, err := core.Select(tx, core.OwnedBy[core.Account](string(d.ID)), s)
				for _, a := range p.Items {
					pages = append(pages, string(a.ID))
				}
				if p.Size != 23 {
					t.Errorf("size %d", p.Size)
				}
				return err
			})
		}
		if !slices.Equal(pages, whole) {
			t.Errorf("%s: pages %q of %q", js(s), pages, whole)
		}
	}
	w.View(t, func(tx *core.Tx) error {
		p, err := core.Select(tx, core.OwnedBy[core.Account](string(d.ID)), core.Search{Offset: 1<<63 - 1, Order: []core.Order{{Attr: "surname"}}})
		if len(p.Items) > 0 || p.Size != 23 {
			t.Errorf("beyond the end: %d of %d", len(p.Items), p.Size)
		}
		return err
	})
}

func TestWhatHasLostItsOwnerIsNotFound(t *testing.T) {
	w := newWorld(t)
	d, _ := people(t, w, "gone", 3)
	_, kept := people(t, w, "kept", 2)
	if got := found[core.Account](t, w, core.Everywhere[core.Account](), core.Search{Terms: []core.Term{text("username", "*.example")}}); len(got) != 5 {
		t.Fatalf("found %q", got)
	}
	w.Update(t, func(tx *core.Tx) error {
		dir, err := core.Get(tx, d.ID)
		if err != nil {
			return err
		}
		if err := core.Delete(tx, dir); err != nil {
			return err
		}
		page, err := core.Select(tx, core.Everywhere[core.Account](), core.Search{Terms: []core.Term{text("username", "*.example")}})
		if page.Size != len(kept) {
			t.Errorf("%d found in the transaction that deleted", page.Size)
		}
		return err
	})
	for value, want := range map[string]int{"*.example": 2, "p01@gone.example": 0, "*gone*": 0} {
		if got := found[core.Account](t, w, core.Everywhere[core.Account](), core.Search{Terms: []core.Term{text("username", value)}}); len(got) != want {
			t.Errorf("%s finds %q, want %d", value, got, want)
		}
	}
}
