package storetest

import (
	"maps"
	"slices"
	"testing"

	"pgregory.net/rapid"

	"github.com/stormkeep/stormkeep/core/store"
)

// op is one step inside a function. Steps are drawn before the function runs, because it may run more than once.
type op struct {
	kind     int // of kinds
	key      string
	value    string
	from, to string
}

const (
	opPut = iota
	opDelete
	opGet
	opScan
	opScanBack
	opDeleteRange
	kinds
)

// letters are few, so that keys meet, and lie on both sides of the ordered class and at the end of the key space.
var letters = []byte("\x00anop\xff")

// machine runs random functions against a store and a map and compares all that both return.
func machine(t *testing.T, open Opener) {
	key := rapid.Map(rapid.SliceOfN(rapid.SampledFrom(letters), 1, 3), func(b []byte) string { return string(b) })
	bound := rapid.OneOf(rapid.Just(""), key)
	ops := rapid.SliceOfN(rapid.Custom(func(rt *rapid.T) op {
		return op{
			kind: rapid.IntRange(0, kinds-1).Draw(rt, "kind"), key: key.Draw(rt, "key"),
			value: rapid.StringN(1, 4, -1).Draw(rt, "value"), from: bound.Draw(rt, "from"), to: bound.Draw(rt, "to"),
		}
	}), 1, 12)
	rapid.Check(t, func(rt *rapid.T) {
		s := open(t)
		defer s.Close()
		model := map[string]string{}
		rt.Repeat(map[string]func(*rapid.T){
			"update": func(rt *rapid.T) {
				steps, refused := ops.Draw(rt, "steps"), rapid.IntRange(0, 3).Draw(rt, "refused") == 0
				var after map[string]string
				err := s.Update(t.Context(), func(tx store.Tx) error {
					after = maps.Clone(model)
					for _, o := range steps {
						o.do(rt, tx, after)
					}
					if refused {
						return errStop
					}
					return nil
				})
				if refused && err != errStop || !refused && err != nil {
					rt.Fatalf("Update = %v", err)
				}
				if !refused {
					model = after
				}
			},
			"view": func(rt *rapid.T) {
				from, to := bound.Draw(rt, "from"), bound.Draw(rt, "to")
				if err := s.View(t.Context(), func(tx store.Tx) error {
					for _, k := range []int{opScan, opScanBack} {
						op{kind: k, from: from, to: to}.do(rt, tx, model)
					}
					return nil
				}); err != nil {
					rt.Fatalf("View = %v", err)
				}
			},
			"": func(rt *rapid.T) {
				if err := s.View(t.Context(), func(tx store.Tx) error {
					op{kind: opScan}.do(rt, tx, model)
					return nil
				}); err != nil {
					rt.Fatalf("View = %v", err)
				}
			},
		})
	})
}

// do takes the step in both and compares.
func (o op) do(rt *rapid.T, tx store.Tx, model map[string]string) {
	var err error
	switch o.kind {
	case opPut:
		err = tx.Put(o.key, []byte(o.value))
		model[o.key] = o.value
	case opDelete:
		err = tx.Delete(o.key)
		delete(model, o.key)
	case opGet:
		got, e := tx.Get(o.key)
		want, has := model[o.key]
		if has != (e == nil) || string(got) != want {
			rt.Fatalf("Get(%q) = %q, %v; want %q", o.key, got, e, want)
		}
	case opScan, opScanBack, opDeleteRange:
		want := slices.Sorted(maps.Keys(model))
		want = slices.DeleteFunc(want, func(k string) bool { return k < o.from || o.to != "" && k >= o.to })
		scan := tx.Scan
		if o.kind == opScanBack {
			scan = tx.ScanBack
			slices.Reverse(want)
		}
		got := []string{}
		for it, e := range scan(o.from, o.to) {
			if e != nil {
				rt.Fatalf("scan: %v", e)
			}
			if got = append(got, it.Key); string(it.Value) != model[it.Key] {
				rt.Fatalf("value at %q is %q, want %q", it.Key, it.Value, model[it.Key])
			}
			if o.kind == opDeleteRange {
				err = tx.Delete(it.Key)
				delete(model, it.Key)
			}
		}
		if !slices.Equal(got, want) {
			rt.Fatalf("scan %d of [%q, %q) = %q, want %q", o.kind, o.from, o.to, got, want)
		}
	}
	if err != nil {
		rt.Fatalf("step %+v: %v", o, err)
	}
}
