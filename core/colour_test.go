package core_test

import (
	"fmt"
	"testing"

	"github.com/stormkeep/stormkeep/core"
)

func TestContrastIsThatOfWCAG(t *testing.T) {
	for _, c := range [][3]string{{"#000000", "#ffffff", "21.00"}, {"#777777", "#ffffff", "4.48"}, {"#767676", "#FFFFFF", "4.54"}, {"#123456", "#123456", "1.00"}} {
		a, _ := core.ParseColour(c[0])
		b, _ := core.ParseColour(c[1])
		if got := fmt.Sprintf("%.2f", a.Contrast(b)); got != c[2] || a.Contrast(b) != b.Contrast(a) {
			t.Errorf("%s on %s: %s, want %s", c[0], c[1], got, c[2])
		}
	}
	for _, bad := range []string{"", "red", "#fff", "#12345", "#1234567", "#12345g", "#12 456", "123456#"} {
		if c, ok := core.ParseColour(bad); ok {
			t.Errorf("%q is %s", bad, c)
		}
	}
}

func TestAColourIsMadeReadable(t *testing.T) {
	white, black := core.Colour{0xff, 0xff, 0xff}, core.Colour{}
	for r := 0; r < 256; r += 51 {
		for g := 0; g < 256; g += 51 {
			c := core.Colour{uint8(r), uint8(g), 0x80}
			for _, on := range []core.Colour{white, black} {
				if out := c.Readable(on); out.Contrast(on) < 4.5 {
					t.Errorf("%s on %s becomes %s", c, on, out)
				}
			}
		}
	}
	if c := (core.Colour{0, 0x33, 0}); c.Readable(white) != c {
		t.Error("what can be read changes")
	}
}
