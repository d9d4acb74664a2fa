package core_test

import (
	"strings"
	"testing"
	"time"

	"github.com/stormkeep/stormkeep/core"
)

// What leaves with a page comes back to its purpose, from its browser, in its time, to
// its tenant.
func TestABlobIsBoundToWhatItIsFor(t *testing.T) {
	type value struct{ A string }
	w := newWorld(t)
	other := w.Other(t, "other")
	text := ""
	w.View(t, func(tx *core.Tx) (err error) {
		text, err = tx.SealBlob("flow", "browser", value{"x"}, time.Minute)
		return err
	})
	if strings.Contains(text, "x\"") {
		t.Error("it can be read")
	}
	read := func(w func(testing.TB, func(*core.Tx) error), purpose, browser, text string) (out value, err error) {
		w(t, func(tx *core.Tx) error {
			err = tx.OpenBlob(purpose, browser, text, &out)
			return nil
		})
		return out, err
	}
	for name, c := range map[string]struct {
		purpose, browser, text string
		good                   bool
	}{
		"as it was":       {"flow", "browser", text, true},
		"another purpose": {"logout", "browser", text, false},
		"another browser": {"flow", "other", text, false},
		"altered":         {"flow", "browser", text[:len(text)-2] + "AA", false},
		"cut off":         {"flow", "browser", text[:10], false},
		"nothing":         {"flow", "browser", "", false},
		"too long":        {"flow", "browser", strings.Repeat("A", 8000), false},
		"no base64":       {"flow", "browser", "!", false},
	} {
		out, err := read(w.View, c.purpose, c.browser, c.text)
		if c.good != (err == nil) || c.good && out.A != "x" || !c.good && !core.IsEnded(err) {
			t.Errorf("%s: %+v %v", name, out, err)
		}
	}
	if _, err := read(other.View, "flow", "browser", text); !core.IsEnded(err) {
		t.Errorf("another tenant reads it: %v", err)
	}
	w.Clock.Turn(time.Minute)
	if _, err := read(w.View, "flow", "browser", text); !core.IsEnded(err) {
		t.Errorf("it is read when its time is over: %v", err)
	}
	w.View(t, func(tx *core.Tx) error {
		if _, err := tx.SealBlob("flow", "browser", value{strings.Repeat("x", 4000)}, time.Minute); code(err) != "too_long" {
			t.Errorf("%v", err)
		}
		return nil
	})
}
