package bolt

import (
	"errors"
	"fmt"
	"slices"
	"strings"
	"testing"

	"github.com/stormkeep/stormkeep/core/store"
)

func TestAWalkEntersOnlyTheStretchesItsBoundsTouch(t *testing.T) {
	d := openTest(t)
	for _, c := range []struct{ from, to, want string }{
		{"", "", "[,o) [o,p) [p,)"},
		{"a", "b", "[a,b)"},
		{"a", "o", "[a,o)"},
		{"o", "p", "[o,p)"},
		{"o/1", "o/2", "[o/1,o/2)"},
		{"n", "oz", "[n,o) [o,oz)"},
		{"ox", "q", "[ox,p) [p,q)"},
		{"p", "", "[p,)"},
		{"b", "a", ""},
	} {
		for _, back := range []bool{false, true} {
			var got []string
			s, err := d.views.acquire()
			if err != nil {
				t.Fatal(err)
			}
			w := walk{base: s.base, from: c.from, to: c.to, back: back}
			for ; w.stretch < 3; w.stretch++ {
				if b := w.enter(); b != nil {
					got = append(got, fmt.Sprintf("[%s,%s)", w.lo, w.hi))
					if (b == s.ordered) != (w.lo >= "o" && w.lo < "p") {
						t.Errorf("[%q, %q): %s is in the wrong bucket", c.from, c.to, got)
					}
				}
			}
			d.views.release(s)
			if back {
				slices.Reverse(got)
			}
			if got := strings.Join(got, " "); got != c.want {
				t.Errorf("[%q, %q) back %v goes through %s, want %s", c.from, c.to, back, got, c.want)
			}
		}
	}
}

// Keys that were there, keys of a neighbour in the batch and keys of the function itself are one sorted space.
func TestAScanMergesAllThatLiesOverTheBase(t *testing.T) {
	d := openTest(t)
	for _, k := range []string{"b", "d", "o2", "q"} {
		if err := d.Update(t.Context(), set(k)); err != nil {
			t.Fatal(err)
		}
	}
	errs := together(t, d,
		func(tx store.Tx) error { return errors.Join(set("c")(tx), set("o1")(tx), tx.Delete("b")) },
		func(tx store.Tx) error {
			if err := errors.Join(set("a")(tx), tx.Delete("o1"), set("z")(tx), set("d")(tx)); err != nil {
				return err
			}
			got := ""
			for it, err := range tx.Scan("", "") {
				if err != nil {
					return err
				}
				got += it.Key + " "
				if it.Key == "c" {
					// One behind the scan, one ahead, and one that is there taken away ahead.
					if err := errors.Join(set("bb")(tx), set("p")(tx), tx.Delete("q")); err != nil {
						return err
					}
				}
			}
			if want := "a c d o2 p z "; got != want {
				t.Errorf("Scan = %s, want %s", got, want)
			}
			return nil
		})
	if err := errors.Join(errs...); err != nil {
		t.Error(err)
	}
}
