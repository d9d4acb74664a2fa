package storetest

import (
	"errors"
	"fmt"
	"slices"
	"testing"

	"github.com/stormkeep/stormkeep/core/store"
)

var scans = []check{
	{"scans keep to their bounds and to byte order", func(t *testing.T, s store.Store) {
		all := []string{"B", "a", "b/1", "b/10", "b/2", "c", "n\xff", "o", "o/1", "o/2", "o\xff", "p", "p1", "\xff"}
		update(t, s, fill(all...))
		for _, c := range []struct{ from, to string }{
			{"", ""}, {"b/", store.End("b/")}, {"A", "b"}, {"a", "a"}, {"b", "a"}, {"o", "p"}, {"o", ""}, {"", "o"},
			{"", "p"}, {"n", "o/2"}, {"o/1", "p1"}, {"o/1", "o/2"}, {"p", ""}, {"p1", ""}, {"\xff", ""}, {"\xff\xff", ""},
			{"z", ""}, {"", "A"}, {"", "B"}, {"oz", "p"}, {"o\xff\xff", ""}, {"", "\xff"}, {"", "\xff\xff"}, {"o/3", "o/4"},
		} {
			want := []string{}
			for _, k := range all {
				if k >= c.from && (c.to == "" || k < c.to) {
					want = append(want, k)
				}
			}
			scan := func(tx store.Tx) error {
				if got := keys(t, tx, c.from, c.to, false); !slices.Equal(got, want) {
					t.Errorf("Scan(%q, %q) = %q, want %q", c.from, c.to, got, want)
				}
				got := keys(t, tx, c.from, c.to, true)
				if slices.Reverse(got); !slices.Equal(got, want) {
					t.Errorf("ScanBack(%q, %q) reversed = %q, want %q", c.from, c.to, got, want)
				}
				return nil
			}
			view(t, s, scan)
			update(t, s, scan)
		}
	}},
	{"a scan can be left and begun again", func(t *testing.T, s store.Store) {
		update(t, s, fill("a", "b", "c", "o", "p"))
		view(t, s, func(tx store.Tx) error {
			scan := tx.Scan("", "")
			for range 2 {
				got := ""
				for it, err := range scan {
					if err != nil {
						return err
					}
					if got += it.Key; len(got) == 4 {
						break
					}
				}
				if got != "abco" {
					t.Errorf("the first four are %q", got)
				}
			}
			return nil
		})
	}},
	{"keys of a scan may be kept", func(t *testing.T, s store.Store) {
		want := numbered("k", 500)
		update(t, s, fill(want...))
		var got []string
		view(t, s, func(tx store.Tx) error { got = keys(t, tx, "", "", false); return nil })
		update(t, s, func(tx store.Tx) error { return deleteAll(tx, false) })
		if !slices.Equal(got, want) {
			t.Errorf("kept keys changed: %q", got)
		}
	}},
	{"deleting while scanning deletes all", func(t *testing.T, s store.Store) { deleting(t, s, false) }},
	{"deleting while scanning back deletes all", func(t *testing.T, s store.Store) { deleting(t, s, true) }},
	{"writes behind a scan are not seen by it, untouched keys once", func(t *testing.T, s store.Store) {
		old := numbered("k", 100)
		update(t, s, fill(old...))
		for _, back := range []bool{false, true} {
			err := s.Update(t.Context(), func(tx store.Tx) error {
				scan, behind := tx.Scan, "a"
				if back {
					scan, behind = tx.ScanBack, "z"
				}
				var got []string
				for it, err := range scan("", "") {
					if err != nil {
						return err
					}
					got = append(got, it.Key)
					if err := tx.Put(fmt.Sprintf("%s%04d", behind, len(got)), []byte("v")); err != nil {
						return err
					}
					if err := tx.Put(it.Key, []byte(it.Key)); err != nil {
						return err
					}
				}
				if back {
					slices.Reverse(got)
				}
				if !slices.Equal(got, old) {
					t.Errorf("back %v: got %q", back, got)
				}
				return errStop
			})
			if !errors.Is(err, errStop) {
				t.Fatalf("Update = %v", err)
			}
		}
	}},
}

// deleting deletes keys as they are met: committed ones, ones of this function, and more than one at a time.
func deleting(t *testing.T, s store.Store, back bool) {
	update(t, s, fill(append(numbered("k", 300), numbered("o", 300)...)...))
	update(t, s, func(tx store.Tx) error {
		if err := fill(append(numbered("l", 300), numbered("oo", 300)...)...)(tx); err != nil {
			return err
		}
		return deleteAll(tx, back)
	})
	holds(t, s)
}

func deleteAll(tx store.Tx, back bool) error {
	scan := tx.Scan
	if back {
		scan = tx.ScanBack
	}
	for it, err := range scan("", "") {
		if err != nil {
			return err
		}
		if err := tx.Delete(it.Key); err != nil {
			return err
		}
	}
	return nil
}

func numbered(prefix string, n int) []string {
	ks := make([]string, n)
	for i := range ks {
		ks[i] = fmt.Sprintf("%s%04d", prefix, i)
	}
	return ks
}
