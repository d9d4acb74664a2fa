package core_test

import (
	"testing"
	"unicode/utf8"

	"github.com/stormkeep/stormkeep/core"
)

func TestChecksTellEveryWrongFieldAndTheFirstReason(t *testing.T) {
	w := newWorld(t)
	err := undone(w, core.Actor{Kind: core.Machine, Tenant: w.Tenant}, t, func(tx *core.Tx) error {
		t2, err := core.Get(tx, tx.Tenant)
		if err != nil {
			return err
		}
		return core.Put(tx, &core.Group{Directory: t2.AdminDir, Name: " ", Description: "\x00", Status: "X"})
	})
	e := core.AsError(err)
	if e.Kind != core.Invalid || e.Code != "required" || sortedKeys(e.Fields) != "description name status" {
		t.Errorf("%+v", e)
	}
}

func TestALookUpThatFailsInACheckIsTheError(t *testing.T) {
	var c core.Checks
	c.Fail(nil)
	c.Fail(errNo)
	c.That(false, "a", "b", "c") // must not write into somebody's error
	c.Fail(core.Refuse("x", "y"))
}

func FuzzFold(f *testing.F) {
	for _, s := range []string{"", "Ann", "STRASSE", "ß", "\u0345", "ﷺ", "İ", "\xff", "a\u0300\u0345"} {
		f.Add(s)
	}
	f.Fuzz(func(t *testing.T, s string) {
		once := core.Fold(s)
		if utf8.ValidString(s) && !utf8.ValidString(once) {
			t.Errorf("Fold(%q) = %q is no UTF-8", s, once)
		}
		if twice := core.Fold(once); utf8.ValidString(s) && twice != once {
			t.Errorf("Fold(%q) = %q, and again %q", s, once, twice)
		}
	})
}
