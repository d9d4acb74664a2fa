package core_test

import (
	"slices"
	"testing"

	"github.com/stormkeep/stormkeep/core"
)

func TestIDsAreOrderedByWhenTheyWereMade(t *testing.T) {
	var ids []string
	for range 10_000 {
		ids = append(ids, core.NewID7())
	}
	if !slices.IsSorted(ids) || len(slices.Compact(slices.Clone(ids))) != len(ids) || len(ids[0]) != 22 {
		t.Errorf("not ordered, or not unique, or %q", ids[0])
	}
}

func TestARefNamesARecordOfOneKind(t *testing.T) {
	for _, c := range []struct {
		ref       core.Ref
		kind, id  string
		directory bool
	}{
		{"directories/x", "directories", "x", true}, {"groups/x", "groups", "x", false}, {"directories/", "directories", "", false},
		{"", "", "", false}, {"directories", "directories", "", false}, {"directories/x/y", "directories", "x/y", true},
	} {
		id, is := core.IDOf[core.Directory](c.ref)
		if c.ref.Kind() != c.kind || c.ref.ID() != c.id || is != c.directory || c.ref.Path() != string(c.ref) {
			t.Errorf("%q: %q %q %v", c.ref, c.ref.Kind(), c.ref.ID(), is)
		}
		if is && core.RefTo(id) != c.ref {
			t.Errorf("%q comes back as %q", c.ref, core.RefTo(id))
		}
	}
	if p := core.ID[core.Account]("").Path(); p != "" {
		t.Errorf("the empty id is at %q", p)
	}
	if p := core.ID[int]("x").Path(); p != "" {
		t.Errorf("an id of no record is at %q", p)
	}
}

func TestNoStrangersTextIsAnID(t *testing.T) {
	w := newWorld(t)
	w.View(t, func(tx *core.Tx) error {
		for _, id := range []core.ID[core.Account]{"", "/", "..", "a b", "a\x00", "ü", core.ID[core.Account](make([]byte, 65)), "a.b", "a-b"} {
			if _, err := core.Get(tx, id); !core.IsNotFound(err) {
				t.Errorf("%q: %v", id, err)
			}
		}
		return nil
	})
}
