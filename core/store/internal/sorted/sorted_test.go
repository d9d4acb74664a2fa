package sorted_test

import (
	"fmt"
	"maps"
	"slices"
	"testing"

	"pgregory.net/rapid"

	"github.com/stormkeep/stormkeep/core/store/internal/sorted"
)

func TestACopyIsNotChangedByWritesToTheOther(t *testing.T) {
	m := sorted.New()
	for i := range 1000 {
		m.Set(fmt.Sprintf("%04d", i), []byte("old"))
	}
	c := m.Copy()
	for i := range 1000 {
		if i%2 == 0 {
			c.Delete(fmt.Sprintf("%04d", i))
			continue
		}
		c.Set(fmt.Sprintf("%04d", i), []byte("new"))
	}
	if m.Len() != 1000 || c.Len() != 500 {
		t.Errorf("lengths are %d and %d, want 1000 and 500", m.Len(), c.Len())
	}
	for i := range 1000 {
		key := fmt.Sprintf("%04d", i)
		if v, _ := m.Get(key); string(v) != "old" {
			t.Errorf("the first has %q at %s", v, key)
		}
		if v, ok := c.Get(key); ok != (i%2 == 1) || ok && string(v) != "new" {
			t.Errorf("the copy has %q at %s", v, key)
		}
	}
}

// A walk during which anything may be set or deleted goes at each step to the nearest key beyond the last.
func TestAWalkGoesToTheNearestKeyThatIsThere(t *testing.T) {
	key := rapid.StringOfN(rapid.SampledFrom([]rune("abc")), 1, 4, -1)
	bound := rapid.OneOf(rapid.Just(""), key)
	rapid.Check(t, func(rt *rapid.T) {
		m, model := sorted.New(), map[string]bool{}
		set := func(k string) { m.Set(k, []byte(k)); model[k] = true }
		for _, k := range rapid.SliceOf(key).Draw(rt, "keys") {
			set(k)
		}
		from, to, back := bound.Draw(rt, "from"), bound.Draw(rt, "to"), rapid.Bool().Draw(rt, "back")
		w := m.Walk(from, to, back)
		for last, begun := "", false; ; begun = true {
			for _, k := range rapid.SliceOfN(key, 0, 2).Draw(rt, "changes") {
				if model[k] {
					m.Delete(k)
					delete(model, k)
				} else if !begun || back == (k >= last) { // only behind, so that the walk ends
					set(k)
				}
			}
			var left []string
			for k := range maps.Keys(model) {
				beyond := !begun || (k > last) != back && k != last
				if beyond && k >= from && (to == "" || k < to) {
					left = append(left, k)
				}
			}
			slices.Sort(left)
			if back {
				slices.Reverse(left)
			}
			got, value, ok := w.Peek()
			if ok != (len(left) > 0) || ok && (got != left[0] || string(value) != got) {
				rt.Fatalf("Peek after %q = %q, %q, %v; want the first of %q", last, got, value, ok, left)
			}
			if !ok {
				return
			}
			w.Pass(got)
			last = got
		}
	})
}
