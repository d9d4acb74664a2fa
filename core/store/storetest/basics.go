package storetest

import (
	"bytes"
	"errors"
	"slices"
	"strings"
	"testing"

	"github.com/stormkeep/stormkeep/core/store"
)

var basics = []check{
	{"get of a missing key is ErrNotFound", func(t *testing.T, s store.Store) {
		get := func(tx store.Tx) error {
			for _, k := range []string{"", "nobody", "o", "o/nobody", "\xff", strings.Repeat("k", store.MaxKey+1)} {
				if v, err := tx.Get(k); v != nil || !errors.Is(err, store.ErrNotFound) {
					t.Errorf("Get(%.9q) = %q, %v; want ErrNotFound", k, v, err)
				}
			}
			return nil
		}
		view(t, s, get)
		update(t, s, get)
	}},
	{"delete of a missing key is no error", func(t *testing.T, s store.Store) {
		update(t, s, func(tx store.Tx) error {
			for _, k := range []string{"", "nobody", "o/nobody", strings.Repeat("k", store.MaxKey+1)} {
				if err := tx.Delete(k); err != nil {
					t.Errorf("Delete(%.9q) = %v", k, err)
				}
			}
			return nil
		})
		holds(t, s)
	}},
	{"what was put is there, whatever its bytes", func(t *testing.T, s store.Store) {
		long := strings.Repeat("k", store.MaxKey)
		all := []string{"\x00", "\x00\x00", "a", "a\x00", long, "o", "o\x00", "oo", "p", "ÿ", "\xff\xff"}
		update(t, s, fill(all...))
		slices.Sort(all)
		holds(t, s, all...)
		big := bytes.Repeat([]byte("0123456789abcdef"), 1<<16)
		update(t, s, func(tx store.Tx) error { return tx.Put("big", big) })
		view(t, s, func(tx store.Tx) error {
			if got, err := tx.Get("big"); err != nil || !bytes.Equal(got, big) {
				t.Errorf("Get of 1 MiB = %d bytes, %v", len(got), err)
			}
			return nil
		})
	}},
	{"put refuses an empty or oversized key or value", func(t *testing.T, s store.Store) {
		update(t, s, func(tx store.Tx) error {
			for _, c := range []struct {
				key   string
				value []byte
			}{{"", []byte("v")}, {"k", nil}, {"k", []byte{}}, {strings.Repeat("k", store.MaxKey+1), []byte("v")}} {
				if err := tx.Put(c.key, c.value); !errors.Is(err, store.ErrInvalid) {
					t.Errorf("Put(%.9q, %q) = %v, want ErrInvalid", c.key, c.value, err)
				}
			}
			return nil
		})
		holds(t, s)
	}},
	{"put copies the value", func(t *testing.T, s store.Store) {
		update(t, s, func(tx store.Tx) error {
			v := []byte("k")
			err := tx.Put("k", v)
			v[0] = 'x'
			return err
		})
		holds(t, s, "k")
	}},
	{"a value stays as it was read until the function returns", func(t *testing.T, s store.Store) {
		update(t, s, fill("a", "b"))
		update(t, s, func(tx store.Tx) error {
			a, err := tx.Get("a")
			if err != nil {
				return err
			}
			if err := tx.Put("a", []byte("A")); err != nil {
				return err
			}
			again, err := tx.Get("a")
			if err != nil {
				return err
			}
			if err := tx.Delete("a"); err != nil {
				return err
			}
			if string(a) != "a" || string(again) != "A" {
				t.Errorf("values became %q and %q", a, again)
			}
			return nil
		})
		holds(t, s, "b")
	}},
	{"a function sees what it wrote", func(t *testing.T, s store.Store) {
		update(t, s, fill("a", "c", "o1", "o3", "z"))
		update(t, s, func(tx store.Tx) error {
			if err := fill("b", "o2", "p")(tx); err != nil {
				return err
			}
			for _, k := range []string{"c", "o1"} {
				if err := tx.Delete(k); err != nil {
					return err
				}
				if _, err := tx.Get(k); !errors.Is(err, store.ErrNotFound) {
					t.Errorf("Get(%q) after its Delete = %v", k, err)
				}
			}
			want := []string{"a", "b", "o2", "o3", "p", "z"}
			if got := keys(t, tx, "", "", false); !slices.Equal(got, want) {
				t.Errorf("Scan = %q, want %q", got, want)
			}
			slices.Reverse(want)
			if got := keys(t, tx, "", "", true); !slices.Equal(got, want) {
				t.Errorf("ScanBack = %q, want %q", got, want)
			}
			return tx.Delete("b")
		})
		holds(t, s, "a", "o2", "o3", "p", "z")
	}},
	{"a View cannot write", func(t *testing.T, s store.Store) {
		update(t, s, fill("k"))
		view(t, s, func(tx store.Tx) error {
			if err := tx.Put("l", []byte("l")); !errors.Is(err, store.ErrReadOnly) {
				t.Errorf("Put in a View = %v, want ErrReadOnly", err)
			}
			if err := tx.Delete("k"); !errors.Is(err, store.ErrReadOnly) {
				t.Errorf("Delete in a View = %v, want ErrReadOnly", err)
			}
			return nil
		})
		holds(t, s, "k")
	}},
}
