package core_test

import (
	"slices"
	"strings"
	"testing"

	"github.com/stormkeep/stormkeep/core"
	"github.com/stormkeep/stormkeep/core/coretest"
	"github.com/stormkeep/stormkeep/core/store/mem"
)

func TestARepairedStoreIsSound(t *testing.T) {
	s := mem.Open()
	w := worldOn(t, s)
	d := directory(t, w, "d")
	g := group(t, w, d.ID, "g")
	acc := w.Person(t, d.ID, "ann@example.com")
	w.Update(t, func(tx *core.Tx) error { return core.MergeCustomData(tx, core.RefTo(acc.ID), custom("k", `"v"`)) })
	p := func(class, rest string) string { return class + string(w.Tenant) + "/" + rest }
	row := p("o", "grp.~/"+string(d.ID)+"/"+string(g.ID))
	if coretest.Dump(t, s)[row] == "" {
		t.Fatal("the group has no row there")
	}
	for _, c := range []struct{ name, key, value string }{
		{"an index entry is lost", p("s", "grp.name/"+string(d.ID)+"/g\x00"+string(g.ID)), ""},
		{"a list entry is lost", p("o", "grp.dir/"+string(d.ID)+"/\x00"+string(g.ID)), ""},
		{"an entry of nobody", p("s", "grp.name/"+string(d.ID)+"/x\x00"+string(g.ID)), "\x01"},
		{"a count is wrong", p("s", "#grp"), "9"},
		{"a count is lost", p("s", "#grp.dir/"+string(d.ID)), ""},
		{"a count of nothing", p("s", "#grp.dir/nobody"), "9"},
		{"a count is no number", p("s", "#acc"), "x"},
		{"a row is lost", row, ""},
		{"a row is wrong", row, "something else"},
		{"a row of nobody", row + "x", "something else"},
		{"custom data of nobody", p("s", "cdm/nobody"), "{}"},
		{"a record is lost", p("o", "grp/"+string(g.ID)), ""},
		{"a directory is lost, and all in it lost their owner", p("o", "dir/"+string(d.ID)), ""},
	} {
		coretest.Plant(t, s, c.key, c.value)
		mended, left, err := w.App.Repair(t.Context(), w.Tenant)
		if err != nil || len(mended) == 0 {
			t.Errorf("%s: mended %q, left %q, %v", c.name, mended, left, err)
		}
		if !strings.HasPrefix(c.name, "a directory") { // the custom data of ann went with it in part
			w.Sound(t)
		}
	}
	coretest.Plant(t, s, p("s", "cd/"+string(acc.ID)+"/k\x000000"), "")
	w.Sound(t)
}

func TestARepairLeavesWhatItCannotDecide(t *testing.T) {
	s := mem.Open()
	w := worldOn(t, s)
	g := group(t, w, directory(t, w, "d").ID, "g")
	record := "o" + string(w.Tenant) + "/grp/" + string(g.ID)
	whole := coretest.Dump(t, s)[record]
	coretest.Plant(t, s, record, "{")
	_, left, err := w.App.Repair(t.Context(), w.Tenant)
	if err != nil || !slices.ContainsFunc(left, func(line string) bool { return strings.Contains(line, "stored record") }) {
		t.Errorf("%q, %v", left, err)
	}
	if coretest.Dump(t, s)[record] != "{" {
		t.Error("a record that cannot be read is gone")
	}
	coretest.Plant(t, s, record, whole)
	if _, left, err := w.App.Repair(t.Context(), w.Tenant); err != nil || len(left) > 0 {
		t.Errorf("%q, %v", left, err)
	}
}
