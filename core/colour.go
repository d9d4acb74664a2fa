package core

import (
	"encoding/hex"
	"fmt"
	"math"
)

// Colour is one of sRGB: red, green, blue.
type Colour [3]uint8

// ParseColour reads "#006793".
func ParseColour(text string) (c Colour, ok bool) {
	if len(text) != 7 || text[0] != '#' {
		return c, false
	}
	b, err := hex.DecodeString(text[1:])
	if err != nil {
		return c, false
	}
	return Colour{b[0], b[1], b[2]}, true
}

func (c Colour) String() string { return fmt.Sprintf("#%02x%02x%02x", c[0], c[1], c[2]) }

// luminance is the relative luminance of WCAG 2.2.
func (c Colour) luminance() float64 {
	sum := 0.0
	for i, share := range [3]float64{0.2126, 0.7152, 0.0722} {
		v := float64(c[i]) / 255
		if v <= 0.04045 {
			v /= 12.92
		} else {
			v = math.Pow((v+0.055)/1.055, 2.4)
		}
		sum += share * v
	}
	return sum
}

// Contrast is the contrast ratio of two colours (WCAG 2.2), from 1 to 21.
func (c Colour) Contrast(d Colour) float64 {
	a, b := c.luminance(), d.luminance()
	return (max(a, b) + 0.05) / (min(a, b) + 0.05)
}

// Toward is the colour with a share of another, from 0 to 1.
func (c Colour) Toward(d Colour, share float64) (out Colour) {
	for i := range c {
		out[i] = uint8(math.Round(float64(c[i])*(1-share) + float64(d[i])*share))
	}
	return out
}

// Readable is the colour, as little changed toward black or white as it takes to be
// read on all of those.
func (c Colour) Readable(on ...Colour) Colour {
	to := Colour{}
	if len(on) > 0 && on[0].luminance() < 0.18 {
		to = Colour{0xff, 0xff, 0xff}
	}
	for share := 0.0; share < 1; share += 0.04 {
		out, reads := c.Toward(to, share), true
		for _, d := range on {
			reads = reads && out.Contrast(d) >= leastContrast
		}
		if reads {
			return out
		}
	}
	return to
}
