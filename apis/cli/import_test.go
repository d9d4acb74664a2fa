package cli

import "testing"

func TestTextOfAFileCannotActOnATerminal(t *testing.T) {
	for _, c := range [][2]string{{"plain ü", "plain ü"}, {"\x1b[2Jgone", "\uFFFD[2Jgone"}, {"a\r\nb", "a\uFFFD\uFFFDb"}} {
		if got := plainText(c[0]); got != c[1] {
			t.Errorf("%q is shown as %q", c[0], got)
		}
	}
}
