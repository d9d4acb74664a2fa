package core_test

import (
	"slices"
	"strings"
	"testing"
	"time"

	"github.com/stormkeep/stormkeep/core"
	"github.com/stormkeep/stormkeep/core/coretest"
	"github.com/stormkeep/stormkeep/core/store/mem"
)

// rows are the keys of the search rows of a kind, by its key in the store.
func rows(t *testing.T, w *coretest.World, s *mem.DB, kind string) (keys []string) {
	t.Helper()
	for key := range coretest.Dump(t, s) {
		if strings.HasPrefix(key[1:], string(w.Tenant)+"/"+kind+".~/") {
			keys = append(keys, key)
		}
	}
	slices.Sort(keys)
	return keys
}

func TestARowComesAndGoesWithItsRecord(t *testing.T) {
	s := mem.Open()
	w := worldOn(t, s)
	d := directory(t, w, "d")
	before := len(rows(t, w, s, "acc"))
	a := w.Person(t, d.ID, "ann@example.com")
	all := rows(t, w, s, "acc")
	if len(all) != before+1 || !slices.ContainsFunc(all, func(k string) bool { return strings.HasSuffix(k, string(d.ID)+"/"+string(a.ID)) }) {
		t.Fatalf("rows %q", all)
	}
	ok(t, remove(w, a.ID))
	if n := len(rows(t, w, s, "acc")); n != before {
		t.Errorf("%d rows after the deletion, want %d", n, before)
	}
}

func TestARowHasAtMost256BytesAndItsRecordIsFoundAllTheSame(t *testing.T) {
	s := mem.Open()
	w := worldOn(t, s)
	d := directory(t, w, "d")
	var long *core.Group
	w.Update(t, func(tx *core.Tx) error {
		long = core.Make[core.Group]()
		long.Directory, long.Name, long.Description = d.ID, "Crew", strings.Repeat("ab ", 330)+"needle"
		return core.Put(tx, long)
	})
	for _, key := range rows(t, w, s, "grp") {
		if n := len(coretest.Dump(t, s)[key]); n > 256 {
			t.Errorf("the row %q has %d bytes", key, n)
		}
	}
	for term, want := range map[core.Term]int{
		{Text: &core.TextTerm{Text: "NEEDLE", Before: true, After: true}}:                        1,
		{Text: &core.TextTerm{Text: "hay", Before: true, After: true}}:                           0,
		{Attr: "name", Text: &core.TextTerm{Text: "CREW"}}:                                       1,
		{Attr: "description", Text: &core.TextTerm{Text: "needle", Before: true}}:                1,
		{Attr: "status", Text: &core.TextTerm{Text: "enabled"}}:                                  1,
		{Attr: "createdAt", Times: &core.TimeRange{From: core.At(w.Clock.Now().Add(time.Hour))}}: 0,
	} {
		if got := found[core.Group](t, w, core.OwnedBy[core.Group](string(d.ID)), core.Search{Terms: []core.Term{term}}); len(got) != want {
			t.Errorf("%s finds %q, want %d", js(term), got, want)
		}
	}
}

func TestCheckFindsPlantedDamageOfRows(t *testing.T) {
	s := mem.Open()
	w := worldOn(t, s)
	d := directory(t, w, "d", func(d *core.Directory) { d.CustomDataIndexes = []string{"plan"} })
	acc := w.Person(t, d.ID, "ann@example.com")
	w.Update(t, func(tx *core.Tx) error { return core.MergeCustomData(tx, core.RefTo(acc.ID), custom("plan", `"gold"`)) })
	w.Sound(t)
	all := coretest.Dump(t, s)
	here := string(w.Tenant) + "/"
	row := "o" + here + "acc.~/" + string(d.ID) + "/" + string(acc.ID)
	for _, c := range []struct{ name, key, value, want string }{
		{"a row is lost", row, "", "is missing"},
		{"a row is another's", row, strings.ToUpper(all[row]), "is not its record's"},
		{"a row of nobody", row + "x", "\x00", "has no record"},
		{"a row of custom data is lost", "o" + here + "acc.+/" + string(d.ID) + "/" + string(acc.ID), "", "is missing"},
		{"an entry of a declared path is lost", "s" + here + "acc.=/" + string(d.ID) + "/plan\x00sgold\x00" + string(acc.ID), "", "is missing"},
	} {
		if _, there := all[c.key]; !there && c.value == "" {
			t.Fatalf("%s: there is no %q", c.name, c.key)
		}
		coretest.Plant(t, s, c.key, c.value)
		wrong, err := w.App.Check(t.Context(), w.Tenant)
		if err != nil || !slices.ContainsFunc(wrong, func(line string) bool { return strings.Contains(line, c.want) }) {
			t.Errorf("%s: %q, %v; want %q in it", c.name, wrong, err, c.want)
		}
		coretest.Plant(t, s, c.key, all[c.key])
		w.Sound(t)
	}
}
