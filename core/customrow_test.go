package core_test

import (
	"fmt"
	"runtime"
	"slices"
	"strings"
	"testing"

	"github.com/stormkeep/stormkeep/core"
	"github.com/stormkeep/stormkeep/core/coretest"
	"github.com/stormkeep/stormkeep/core/store/mem"
)

func TestARowOfCustomDataFollowsThem(t *testing.T) {
	s := mem.Open()
	w := worldOn(t, s)
	d := directory(t, w, "d")
	a := w.Person(t, d.ID, "ann@example.com")
	key := "o" + string(w.Tenant) + "/acc.+/" + string(d.ID) + "/" + string(a.ID)
	find := func(value string) int {
		return len(found[core.Account](t, w, core.OwnedBy[core.Account](string(d.ID)), core.Search{Terms: []core.Term{text("customData.a.b", value)}}))
	}
	for _, c := range []struct {
		name, data, remove string
		row                bool // there is one
		one, two           int  // how many have it
	}{
		{"none at first", `{}`, "", false, 0, 0},
		{"a value", `{"a":{"b":"one"}}`, "", true, 1, 0},
		{"another value", `{"a":{"b":"two"}}`, "", true, 0, 1},
		{"a value beside it", `{"c":3}`, "", true, 0, 1},
		{"too many for a row", `{"c":"` + strings.Repeat("x", 2000) + `"}`, "", true, 0, 1},
		{"few again", `{"c":4}`, "", true, 0, 1},
		{"nothing to search by", `{"c":null}`, "a", false, 0, 0},
		{"back", `{"a":[{"b":"one"},{"b":"two"}]}`, "", true, 1, 1},
	} {
		ok(t, merge(w, core.RefTo(a.ID), c.data))
		if c.remove != "" {
			w.Update(t, func(tx *core.Tx) error { return core.DeleteCustomData(tx, core.RefTo(a.ID), c.remove) })
		}
		if _, there := coretest.Dump(t, s)[key]; there != c.row {
			t.Errorf("%s: a row is there: %v", c.name, there)
		}
		if one, two := find("one"), find("two"); one != c.one || two != c.two {
			t.Errorf("%s: %d have one, %d two", c.name, one, two)
		}
		w.Sound(t)
	}
	ok(t, remove(w, a.ID))
	if _, there := coretest.Dump(t, s)[key]; there {
		t.Error("the row outlives its record")
	}
}

func TestAnOrderByCustomDataPutsNothingFirstAndNumbersBeforeText(t *testing.T) {
	w := newWorld(t)
	d, ids := people(t, w, "d", 6)
	for i, data := range []string{`{"v":"b"}`, `{"v":10}`, `{}`, `{"v":-3}`, `{"v":"A"}`, `{"v":true}`} {
		ok(t, merge(w, core.RefTo(core.ID[core.Account](ids[i])), data))
	}
	got := found[core.Account](t, w, core.OwnedBy[core.Account](string(d.ID)), core.Search{Order: []core.Order{{Attr: "customData.v"}}})
	if want := []string{ids[2], ids[5], ids[3], ids[1], ids[4], ids[0]}; !slices.Equal(got, want) {
		t.Errorf("%q, want %q", got, want)
	}
}

// allocated is how many bytes do takes from the heap, whether or not it gives them back.
func allocated(do func()) uint64 {
	var before, after runtime.MemStats
	runtime.ReadMemStats(&before)
	do()
	runtime.ReadMemStats(&after)
	return after.TotalAlloc - before.TotalAlloc
}

func TestALongNameInCustomDataIsNotRepeatedForAllThatIsBelowIt(t *testing.T) {
	for _, c := range []struct {
		name     string
		declared []string
		long, n  int // the name's length, and how many values are below it
	}{
		{"for a row", nil, 30_000, 3000},
		{"for a declared path", []string{"k.x"}, 100_000, 3000},
		{"for a search", nil, 100_000, 3000},
	} {
		w := newWorld(t)
		d := directory(t, w, "d", func(d *core.Directory) { d.CustomDataIndexes = append([]string{}, c.declared...) })
		a := w.Person(t, d.ID, "ann@example.com")
		var below strings.Builder
		for i := range c.n {
			fmt.Fprintf(&below, `"%d":1,`, i)
		}
		data := `{"k":{"` + strings.Repeat("x", c.long) + `":{` + below.String() + `"z":1},"x":7}}`
		n := allocated(func() {
			ok(t, merge(w, core.RefTo(a.ID), data))
			for _, value := range []string{"7", "8"} {
				got := found[core.Account](t, w, core.OwnedBy[core.Account](string(d.ID)), core.Search{Terms: []core.Term{text("customData.k.x", value)}})
				if (len(got) == 1) != (value == "7") {
					t.Errorf("%s: %s finds %d", c.name, value, len(got))
				}
			}
		})
		if n > 32<<20 {
			t.Errorf("%s: %d MiB for %d KiB", c.name, n>>20, len(data)>>10)
		}
	}
}

func TestALongTextIsOrderedByItsBeginning(t *testing.T) {
	w := newWorld(t)
	d, ids := people(t, w, "d", 30)
	for _, id := range ids {
		ok(t, merge(w, core.RefTo(core.ID[core.Account](id)), `{"v":"`+strings.Repeat("x", 250)+id+strings.Repeat("y", 300_000)+`"}`))
	}
	kept := []string{}
	w.View(t, func(tx *core.Tx) error {
		page, err := core.Select(tx, core.OwnedBy[core.Account](string(d.ID)), core.Search{Order: []core.Order{{Attr: "customData.v"}}, Limit: 100})
		for _, a := range page.Items {
			kept = append(kept, string(a.ID))
		}
		return err
	})
	if !slices.Equal(kept, ids) {
		t.Errorf("%q, want %q", kept, ids)
	}
}
