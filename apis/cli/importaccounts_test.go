package cli

import "testing"

func TestNoCellOfTheRejectsIsAFormula(t *testing.T) {
	for _, c := range [][2]string{{"=1+1", "'=1+1"}, {"@x", "'@x"}, {"-1", "'-1"}, {"\tx", "'\tx"}, {"ann@x.io", "ann@x.io"}, {"", ""}} {
		if got := harmless(c[0]); got != c[1] {
			t.Errorf("%q is written as %q", c[0], got)
		}
	}
}
