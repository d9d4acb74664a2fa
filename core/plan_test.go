package core_test

import (
	"fmt"
	"testing"

	"github.com/stormkeep/stormkeep/core"
	"github.com/stormkeep/stormkeep/core/coretest"
	"github.com/stormkeep/stormkeep/core/store/mem"
)

// What an index answers reads as little from many records as from few.
func TestAnIndexIsWalkedWhereOneFits(t *testing.T) {
	c := &coretest.Counting{Store: mem.Open()}
	w := worldOn(t, c)
	d := directory(t, w, "d", func(d *core.Directory) { d.CustomDataIndexes = []string{"n", "plan"} })
	blind := directory(t, w, "blind", func(d *core.Directory) { d.UsernameCaseSensitive = true })
	w.Update(t, func(tx *core.Tx) error {
		for i := range 300 {
			for _, dir := range []core.ID[core.Directory]{d.ID, blind.ID} {
				a := person(dir, i)
				if err := core.Put(tx, a); err != nil {
					return err
				}
				if err := core.MergeCustomData(tx, core.RefTo(a.ID), custom("n", fmt.Sprint(i))); err != nil {
					return err
				}
			}
		}
		return nil
	})
	in := func(dir core.ID[core.Directory], terms ...core.Term) (hits int, gets int64) {
		before := c.Gets.Load() + c.Seen.Load()
		w.View(t, func(tx *core.Tx) error {
			p, err := core.Select(tx, core.OwnedBy[core.Account](string(dir)), core.Search{Terms: terms, Limit: 1})
			hits = p.Size
			return err
		})
		return hits, c.Gets.Load() + c.Seen.Load() - before
	}
	for name, c := range map[string]struct {
		dir   core.ID[core.Directory]
		terms []core.Term
		hits  int
		few   bool
	}{
		"an exact name":                       {d.ID, []core.Term{text("username", "person7@example.com")}, 1, true},
		"an exact address":                    {d.ID, []core.Term{text("email", "person7@example.com")}, 1, true},
		"a prefix":                            {d.ID, []core.Term{text("username", "person29*")}, 11, true},
		"a prefix, and more":                  {d.ID, []core.Term{text("username", "person29*"), text("", "*9@*")}, 2, true},
		"a declared path":                     {d.ID, []core.Term{text("customData.n", "7")}, 1, true},
		"a range of a declared path":          {d.ID, []core.Term{{Attr: "customData.n", Numbers: numbers(290, 295)}}, 6, true},
		"a range of a declared path, half":    {d.ID, []core.Term{{Attr: "customData.n", Numbers: numbers(290, 295, true, true)}}, 4, true},
		"a prefix of a number cannot":         {d.ID, []core.Term{text("customData.n", "29*")}, 11, false},
		"a path that is not declared":         {blind.ID, []core.Term{text("customData.n", "7")}, 1, false},
		"a name, where case counts":           {blind.ID, []core.Term{text("username", "PERSON7@example.com")}, 1, false},
		"a text that has no index":            {d.ID, []core.Term{text("surname", "surname")}, 300, false},
		"the end of a name":                   {d.ID, []core.Term{text("username", "*7@example.com")}, 30, false},
		"an exact address, where case counts": {blind.ID, []core.Term{text("email", "PERSON7@example.com")}, 1, true},
	} {
		hits, gets := in(c.dir, c.terms...)
		if hits != c.hits || (gets < 60) != c.few {
			t.Errorf("%s: %d hits, want %d; read %d keys, which should be few: %v", name, hits, c.hits, gets, c.few)
		}
	}
}
