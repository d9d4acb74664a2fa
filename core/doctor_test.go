package core_test

import (
	"context"
	"slices"
	"strings"
	"testing"
	"time"

	"github.com/stormkeep/stormkeep/core"
	"github.com/stormkeep/stormkeep/core/coretest"
	"github.com/stormkeep/stormkeep/core/store/mem"
)

func TestCheckFindsPlantedDamage(t *testing.T) {
	s := mem.Open()
	w := worldOn(t, s)
	d := directory(t, w, "d")
	g, g2 := group(t, w, d.ID, "g"), group(t, w, d.ID, "g2")
	acc := w.Person(t, d.ID, "ann@example.com")
	w.Update(t, func(tx *core.Tx) error { return core.MergeCustomData(tx, core.RefTo(acc.ID), custom("k", `"v"`)) })
	w.Sound(t)
	all := coretest.Dump(t, s)
	p := func(class, rest string) string { return class + string(w.Tenant) + "/" + rest }
	record := p("o", "grp/"+string(g.ID))
	name := p("s", "grp.name/"+string(d.ID)+"/g\x00"+string(g.ID))
	for _, c := range []struct{ name, key, value, want string }{
		{"an index entry is lost", name, "", "is missing"},
		{"a list entry is lost", p("o", "grp.dir/"+string(d.ID)+"/\x00"+string(g.ID)), "", "is missing"},
		{"an entry of nobody", p("s", "grp.name/"+string(d.ID)+"/x\x00"+string(g.ID)), "\x01", "has no record"},
		{"a record is lost", record, "", "has no record"},
		{"a record cannot be read", record, "{", "stored record"},
		{"a record is of nobody's", record, strings.Replace(all[record], string(d.ID), string(acc.ID), 1), "has lost its owner"},
		{"two have one name", record, strings.Replace(all[record], `"name":"g"`, `"name":"g2"`, 1), "share the index entry"},
		{"a count is wrong", p("s", "#grp"), "9", "says 9 of 2"},
		{"a list's count is wrong", p("s", "#grp.dir/"+string(d.ID)), "9", "says 9 of 2"},
		{"a list's count is lost", p("s", "#grp.dir/"+string(d.ID)), "", "is missing"},
		{"a count of nothing", p("s", "#grp.dir/nobody"), "9", "says 9 of 0"},
		{"a count is no number", p("s", "#acc"), "x", "says"},
		{"a piece of custom data is lost", p("s", "cd/"+string(acc.ID)+"/k\x000000"), "", "bytes are missing"},
		{"custom data of nobody", p("s", "cdm/nobody"), "{}", "has lost its owner"},
	} {
		coretest.Plant(t, s, c.key, c.value)
		wrong, err := w.App.Check(t.Context(), w.Tenant)
		if err != nil || !slices.ContainsFunc(wrong, func(line string) bool { return strings.Contains(line, c.want) }) {
			t.Errorf("%s: %q, %v; want %q in it", c.name, wrong, err, c.want)
		}
		coretest.Plant(t, s, c.key, all[c.key])
		w.Sound(t)
	}
	_ = g2
}

func TestCheckFindsWorkThatNoWorkerWouldFind(t *testing.T) {
	s := mem.Open()
	w := worldOn(t, s, func(a *core.App) {
		a.Jobs.Handle("later", core.JobKind{Do: func(context.Context, core.Job) error { return nil }})
	})
	w.Update(t, func(tx *core.Tx) error { return core.Enqueue(tx, "later", nil, tx.Now.Add(time.Hour)) })
	mark := "s-/due/job/" + string(w.Tenant)
	for value, want := range map[string]int{coretest.Dump(t, s)[mark]: 0, "": 1} {
		coretest.Plant(t, s, mark, value)
		wrong, err := w.App.Check(t.Context(), w.Tenant)
		if err != nil || len(wrong) != want {
			t.Errorf("with the mark %q: %q, %v; want %d lines", value, wrong, err, want)
		}
	}
	coretest.Plant(t, s, mark, "\x01")
}
