package core_test

import (
	"math"
	"testing"

	"github.com/stormkeep/stormkeep/core"
	"github.com/stormkeep/stormkeep/core/coretest"
)

func TestAttributesOfAKind(t *testing.T) {
	w := newWorld(t)
	for kind, want := range map[string]string{
		"accounts":         "createdAt email givenName middleName modifiedAt passwordModifiedAt status surname username",
		"groups":           "createdAt description modifiedAt name status",
		"directories":      "createdAt description modifiedAt name status",
		"applications":     "createdAt description modifiedAt name status",
		"apiKeys":          "createdAt description id modifiedAt name status",
		"groupMemberships": "",
	} {
		if got := sortedKeys(w.App.KindNamed(kind).Info().Search); got != want {
			t.Errorf("%s are searched by %s, want %s", kind, got, want)
		}
	}
}

// holding is a world with one account whose custom data are text.
func holding(t *testing.T, data string, indexes ...string) (*coretest.World, core.ID[core.Directory], string) {
	t.Helper()
	w := newWorld(t)
	d := directory(t, w, "d", func(d *core.Directory) { d.CustomDataIndexes = indexes })
	a := w.Person(t, d.ID, "ann@example.com")
	ok(t, merge(w, core.RefTo(a.ID), data))
	return w, d.ID, string(a.ID)
}

func numbers(from, to float64, open ...bool) *core.NumberRange {
	r := &core.NumberRange{From: from, To: to}
	if len(open) == 2 {
		r.FromOpen, r.ToOpen = open[0], open[1]
	}
	return r
}

func times(from, to string) *core.TimeRange {
	r := &core.TimeRange{}
	if from != "" {
		r.From, _, _ = core.ParsePeriod(from)
	}
	if to != "" {
		r.To, _, _ = core.ParsePeriod(to)
	}
	return r
}

// The same terms find the same, whether an index answers them, the row does, or the
// custom data themselves because there are too many for a row.
func TestCustomDataAreFoundByWhatIsInThem(t *testing.T) {
	const data = `"plan":"Gold Plus","age":42,"big":1e3,"neg":-1.5,"on":true,"none":null,"born":"1990-05-06","years":"2015",
		"address":{"city":"Ulm","zip":"089"},"tags":["Red","blue",7],"items":[{"sku":"a1"},{"sku":"b2"}]`
	paths := []string{"plan", "age", "big", "neg", "on", "born", "years", "address.city", "tags", "items.sku"}
	long := `,"long":"` + string(make64(1500)) + `"}`
	for name, c := range map[string]struct {
		data  string
		paths []string
	}{
		"by the row": {"{" + data + "}", nil}, "by an index": {"{" + data + "}", paths},
		"by the data": {"{" + data + long, nil}, "by an index, of much": {"{" + data + long, paths},
		"by the data, of very much": {"{" + data + `,"long":"` + string(make64(70_000)) + `"}`, nil},
	} {
		t.Run(name, func(t *testing.T) {
			w, d, id := holding(t, c.data, c.paths...)
			for _, row := range []struct {
				term core.Term
				want bool
			}{
				{text("customData.plan", "gold plus"), true},
				{text("customData.plan", "gold"), false},
				{text("customData.plan", "GOLD*"), true},
				{text("customData.plan", "*plus"), true},
				{text("customData.plan", "*d p*"), true},
				{text("customData.Plan", "gold plus"), false},
				{text("customData.age", "42"), true},
				{text("customData.age", "42.0"), true},
				{text("customData.age", "4*"), true},
				{text("customData.big", "1000"), true},
				{text("customData.big", "10*"), true},
				{text("customData.neg", "-1.5"), true},
				{text("customData.on", "TRUE"), true},
				{text("customData.on", "false"), false},
				{text("customData.none", "null"), false},
				{text("customData.address.city", "ulm"), true},
				{text("customData.address", "ulm"), false},
				{text("customData.tags", "RED"), true},
				{text("customData.tags", "blue"), true},
				{text("customData.tags", "7"), true},
				{text("customData.items.sku", "b2"), true},
				{text("customData.years", "2015"), true},
				{core.Term{Attr: "customData.age", Numbers: numbers(42, 50)}, true},
				{core.Term{Attr: "customData.age", Numbers: numbers(42, 50, true, false)}, false},
				{core.Term{Attr: "customData.age", Numbers: numbers(math.Inf(-1), 42, false, true)}, false},
				{core.Term{Attr: "customData.age", Numbers: numbers(math.Inf(-1), 42)}, true},
				{core.Term{Attr: "customData.neg", Numbers: numbers(-2, -1)}, true},
				{core.Term{Attr: "customData.neg", Numbers: numbers(-1, 0)}, false},
				{core.Term{Attr: "customData.plan", Numbers: numbers(math.Inf(-1), math.Inf(1))}, false},
				{core.Term{Attr: "customData.born", Times: times("1990", "1991")}, true},
				{core.Term{Attr: "customData.born", Times: times("1990-05-07", "")}, false},
				{core.Term{Attr: "customData.born", Times: times("", "1990-05-06")}, false},
				{core.Term{Attr: "customData.plan", Times: times("1990", "")}, false},
			} {
				got := found[core.Account](t, w, core.OwnedBy[core.Account](string(d)), core.Search{Terms: []core.Term{row.term}})
				if want := row.want; (len(got) == 1 && got[0] == id) != want || len(got) > 1 {
					t.Errorf("%s finds %q, want it found: %v", js(row.term), got, want)
				}
			}
		})
	}
}

func make64(n int) []byte {
	b := make([]byte, n)
	for i := range b {
		b[i] = 'x'
	}
	return b
}
