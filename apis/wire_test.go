package apis

import (
	"encoding/json"
	"testing"
	"unicode/utf8"

	"pgregory.net/rapid"
)

// Text is written as encoding/json writes it, and reads back as it was.
func TestTextOnTheWire(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		s := rapid.String().Draw(t, "s")
		var back string
		if err := json.Unmarshal(appendString(nil, s), &back); err != nil || utf8.ValidString(s) && back != s {
			t.Fatalf("%q became %q: %v", s, back, err)
		}
	})
}
