package core_test

import (
	"slices"
	"testing"

	"github.com/stormkeep/stormkeep/core"
)

func TestAScopeIsOneStore(t *testing.T) {
	w := newWorld(t)
	d, ids := people(t, w, "d", 6)
	g := group(t, w, d.ID, "g")
	other := group(t, w, d.ID, "other")
	for _, i := range []int{4, 1} {
		join(t, w, core.ID[core.Account](ids[i]), g.ID)
	}
	scope := func(store core.Ref) (s []core.Scope[core.Account]) {
		w.View(t, func(tx *core.Tx) error {
			one, err := core.AccountScope(tx, store)
			s = append(s, one)
			return err
		})
		return s
	}
	for name, c := range map[string]struct {
		store core.Ref
		terms []core.Term
		want  []string
	}{
		"a directory":                   {core.RefTo(d.ID), nil, ids},
		"a group":                       {core.RefTo(g.ID), []core.Term{text("", "*p*")}, []string{ids[1], ids[4]}},
		"a group, by an index":          {core.RefTo(g.ID), []core.Term{text("username", "p04@d.example")}, []string{ids[4]}},
		"a group, and one not in it":    {core.RefTo(g.ID), []core.Term{text("username", "p03@d.example")}, nil},
		"a group of nobody":             {core.RefTo(other.ID), []core.Term{text("", "*p*")}, nil},
		"a directory, by a part of all": {core.RefTo(d.ID), []core.Term{text("username", "p0*")}, ids},
	} {
		// A scope is good in the transaction that made it only.
		w.View(t, func(tx *core.Tx) error {
			s, err := core.AccountScope(tx, c.store)
			if err != nil {
				return err
			}
			page, err := core.Select(tx, []core.Scope[core.Account]{s}, core.Search{Terms: c.terms})
			var got []string
			for _, a := range page.Items {
				got = append(got, string(a.ID))
			}
			if !slices.Equal(got, c.want) || page.Size != len(c.want) {
				t.Errorf("%s: %q of %d, want %q", name, got, page.Size, c.want)
			}
			return err
		})
	}
	if s := scope(core.RefTo(d.ID)); s[0].Owner != string(d.ID) || s[0].Part != nil {
		t.Errorf("the scope of a directory is %+v", s)
	}
	w.View(t, func(tx *core.Tx) error {
		a, err := core.AccountScope(tx, core.RefTo(d.ID))
		if err != nil {
			return err
		}
		b, err := core.AccountScope(tx, core.RefTo(g.ID))
		if err != nil {
			return err
		}
		page, err := core.Select(tx, []core.Scope[core.Account]{b, a}, core.Search{Terms: []core.Term{text("", "*p*")}})
		var got []string
		for _, a := range page.Items {
			got = append(got, string(a.ID))
		}
		if want := []string{ids[1], ids[4], ids[0], ids[2], ids[3], ids[5]}; !slices.Equal(got, want) || page.Size != 6 {
			t.Errorf("two scopes that overlap show %q of %d, want %q", got, page.Size, want)
		}
		gs, err := core.GroupScope(tx, core.RefTo(g.ID))
		if err != nil {
			return err
		}
		groups, err := core.Select(tx, []core.Scope[core.Group]{gs, core.Only(string(d.ID), []core.ID[core.Group]{other.ID})}, core.Search{Terms: []core.Term{text("status", "enabled")}})
		if len(groups.Items) != 2 || groups.Items[0].ID != g.ID {
			t.Errorf("groups %s", js(groups.Items))
		}
		return err
	})
}
