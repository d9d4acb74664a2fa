package core_test

import (
	"fmt"
	"slices"
	"testing"

	"github.com/stormkeep/stormkeep/core"
)

func TestPagesMeetWithoutGapOrOverlap(t *testing.T) {
	w := newWorld(t)
	d := directory(t, w, "d")
	var made, named []string
	for i := range 23 {
		g := group(t, w, d.ID, fmt.Sprintf("g%02d", (i*7)%23)) // the names are in another order
		made = append(made, string(g.ID))
	}
	w.View(t, func(tx *core.Tx) error {
		for i := range 23 {
			g, err := core.Find(tx, core.GroupName, string(d.ID), fmt.Sprintf("g%02d", i))
			if err != nil {
				return err
			}
			named = append(named, string(g.ID))
		}
		return nil
	})
	reversed := func(s []string) []string { s = slices.Clone(s); slices.Reverse(s); return s }
	for _, c := range []struct {
		name string
		ix   *core.Index[core.Group]
		desc bool
		want []string
	}{
		{"a list", core.GroupsOf, false, made},
		{"a list, backwards", core.GroupsOf, true, reversed(made)},
		{"by name", core.GroupName, false, named},
		{"by name, backwards", core.GroupName, true, reversed(named)},
		{"all of the tenant's", nil, false, made},
		{"all of the tenant's, backwards", nil, true, reversed(made)},
	} {
		for _, by := range []string{"offset", "after"} {
			t.Run(c.name+" by "+by, func(t *testing.T) {
				var got []string
				q := core.Query{Owner: string(d.ID), Limit: 5, Desc: c.desc}
				for range 10 {
					var page core.Page[*core.Group]
					w.View(t, func(tx *core.Tx) (err error) {
						page, err = core.List(tx, c.ix, q)
						return err
					})
					if page.Size != 23 || page.Limit != 5 || page.Offset != q.Offset {
						t.Fatalf("page %+v of %+v", page, q)
					}
					if len(page.Items) == 0 {
						break
					}
					for _, g := range page.Items {
						got = append(got, string(g.ID))
					}
					if q.Offset += 5; by == "after" {
						q.Offset, q.After = 0, got[len(got)-1]
					}
				}
				if !slices.Equal(got, c.want) {
					t.Errorf("got %v\nwant %v", got, c.want)
				}
			})
		}
	}
}

func TestAListAfterADeletedRecordGoesOn(t *testing.T) {
	w := newWorld(t)
	d := directory(t, w, "d")
	a, b := group(t, w, d.ID, "a"), group(t, w, d.ID, "b")
	ok(t, remove(w, a.ID))
	w.View(t, func(tx *core.Tx) error {
		page, err := core.List(tx, core.GroupsOf, core.Query{Owner: string(d.ID), After: string(a.ID)})
		if err != nil || len(page.Items) != 1 || page.Items[0].ID != b.ID {
			t.Errorf("%+v, %v", page, err)
		}
		for _, after := range []string{"../x", string(a.ID), string(d.ID)} {
			if _, err := core.List(tx, core.GroupName, core.Query{Owner: string(d.ID), After: after}); !core.IsNotFound(err) {
				t.Errorf("by name after %q: %v", after, err)
			}
		}
		return nil
	})
}

func TestAListIsOfItsOwnerOnly(t *testing.T) {
	w := newWorld(t)
	a, b := directory(t, w, "a"), directory(t, w, "b")
	group(t, w, a.ID, "one")
	group(t, w, b.ID, "two")
	w.View(t, func(tx *core.Tx) error {
		for owner, want := range map[string]int{string(a.ID): 1, string(b.ID): 1, "": 0, "x": 0, string(a.ID) + "/": 0, string(a.ID)[:10]: 0} {
			for _, ix := range []*core.Index[core.Group]{core.GroupsOf, core.GroupName} {
				page, err := core.List(tx, ix, core.Query{Owner: owner})
				if err != nil || len(page.Items) != want || page.Size != want {
					t.Errorf("%s of %q: %d items of %d, %v", ix.Name, owner, len(page.Items), page.Size, err)
				}
			}
		}
		return nil
	})
}

func TestAPrefixHoldsAlsoBeyondTheRecordBeforeIt(t *testing.T) {
	w := newWorld(t)
	d := directory(t, w, "d")
	first, last := group(t, w, d.ID, "a"), group(t, w, d.ID, "z")
	group(t, w, d.ID, "m")
	w.View(t, func(tx *core.Tx) error {
		for _, c := range []struct {
			after core.ID[core.Group]
			desc  bool
			want  int
		}{{first.ID, false, 1}, {first.ID, true, 0}, {last.ID, false, 0}, {last.ID, true, 1}} {
			page, err := core.List(tx, core.GroupName, core.Query{Owner: string(d.ID), Prefix: "m", After: string(c.after), Desc: c.desc})
			if err != nil || len(page.Items) != c.want {
				t.Errorf("after %s, desc %v: %d items, %v", c.after, c.desc, len(page.Items), err)
			}
		}
		return nil
	})
}

func TestFindAllReadsAtMostMax(t *testing.T) {
	w := newWorld(t)
	d := directory(t, w, "d", func(d *core.Directory) { d.EmailUnique = false })
	w.Update(t, func(tx *core.Tx) error {
		for _, name := range []string{"ann", "bob", "cyd"} {
			a := core.Make[core.Account]()
			a.Directory, a.Username, a.Email = d.ID, name, "all@example.com"
			if err := core.Put(tx, a); err != nil {
				return err
			}
		}
		return nil
	})
	w.View(t, func(tx *core.Tx) error {
		for max, want := range map[int]int{1: 1, 2: 2, 3: 3, 9: 3, 0: 3} {
			all, err := core.FindAll(tx, core.AccountEmail, string(d.ID), "all@example.com", max)
			if err != nil || len(all) != want || all[0].Username != "ann" {
				t.Errorf("max %d: %d, %v", max, len(all), err)
			}
		}
		first, err := core.Find(tx, core.AccountEmail, string(d.ID), "all@example.com")
		if err != nil || first.Username != "ann" {
			t.Errorf("Find = %+v, %v", first, err)
		}
		return nil
	})
}
