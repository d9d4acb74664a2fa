package core_test

import (
	"bytes"
	"encoding/json"
	"fmt"
	"strings"
	"testing"

	"github.com/stormkeep/stormkeep/core"
	"github.com/stormkeep/stormkeep/core/coretest"
	"github.com/stormkeep/stormkeep/core/store"
	"github.com/stormkeep/stormkeep/core/store/mem"
)

func merge(w *coretest.World, owner core.Ref, text string) error {
	var set map[string]json.RawMessage
	if err := json.Unmarshal([]byte(text), &set); err != nil {
		return err
	}
	return w.App.Update(w.Machine(), func(tx *core.Tx) error { return core.MergeCustomData(tx, owner, set) })
}

func customOf(t *testing.T, w *coretest.World, owner core.Ref) (d *core.CustomData) {
	t.Helper()
	w.View(t, func(tx *core.Tx) (err error) {
		d, err = core.GetCustomData(tx, owner)
		return err
	})
	return d
}

func TestCustomDataIsMergedByItsTopKeys(t *testing.T) {
	onEngines(t, func(t *testing.T, s store.Store) {
		w := worldOn(t, s)
		d := directory(t, w, "d")
		ref := core.RefTo(d.ID)
		if got := customOf(t, w, ref); len(got.Values) != 0 || got.CreatedAt != d.CreatedAt || got.ModifiedAt != d.CreatedAt {
			t.Errorf("none yet: %+v", got)
		}
		for _, c := range []struct{ merge, remove, want string }{
			{`{"a":1,"b":{"c":[1,2]}}`, "", `{"a":1,"b":{"c":[1,2]}}`},
			{`{"b":{"d":2}}`, "", `{"a":1,"b":{"d":2}}`},
			{`{"a":null}`, "", `{"a":null,"b":{"d":2}}`},
			{`{"href":"x","createdAt":1,"modifiedAt":2,"z":true}`, "", `{"a":null,"b":{"d":2},"z":true}`},
			{`{}`, "", `{"a":null,"b":{"d":2},"z":true}`},
			{"", "b", `{"a":null,"z":true}`},
			{"", "b", `{"a":null,"z":true}`},
			{`{"b":"ü\u0000"}`, "", `{"a":null,"b":"ü\u0000","z":true}`},
			{"", "", `{}`},
			{`{"a":1}`, "", `{"a":1}`},
		} {
			if c.merge != "" {
				ok(t, merge(w, ref, c.merge))
			} else {
				ok(t, w.App.Update(w.Machine(), func(tx *core.Tx) error {
					return core.DeleteCustomData(tx, ref, strings.Fields(c.remove)...)
				}))
			}
			if got := js(customOf(t, w, ref).Values); got != c.want {
				t.Errorf("%s: %s, want %s", c.merge, got, c.want)
			}
		}
	})
}

func TestKeysOfCustomData(t *testing.T) {
	w := newWorld(t)
	ref := core.RefTo(directory(t, w, "d").ID)
	for key, want := range map[string]string{
		"a": "", "A_b-9": "", "_": "", "9": "", strings.Repeat("k", 255): "",
		"": "custom_empty", "-a": "custom_chars", "a b": "custom_chars", "a.b": "custom_chars", "ü": "custom_chars",
		"a\x00b": "custom_chars", "a/b": "custom_chars", "a\n": "custom_chars", strings.Repeat("k", 256): "custom_long",
		"meta": "custom_reserved", "spMeta": "custom_reserved", "ionmeta": "custom_reserved",
	} {
		err := w.App.Update(w.Machine(), func(tx *core.Tx) error { return core.MergeCustomData(tx, ref, custom(key, "1")) })
		wantCode(t, key, err, want)
	}
	err := w.App.Update(w.Machine(), func(tx *core.Tx) error { return core.MergeCustomData(tx, ref, custom("a", "{")) })
	wantCode(t, "no JSON", err, "invalid_value")
}

func TestAHookCannotStoreWhatNobodyMay(t *testing.T) {
	w := newWorld(t)
	ref := core.RefTo(directory(t, w, "d").ID)
	bad := custom("a\x00b", "1")
	w.App.Hooks.CustomData.Update.Before(func(e *core.CustomDataEvent) error {
		for key, value := range bad {
			e.Set[key] = value
		}
		return nil
	})
	wantCode(t, "a key", merge(w, ref, `{"a":1}`), "custom_chars")
	bad = custom("a", "{")
	wantCode(t, "a value", merge(w, ref, `{"a":1}`), "invalid_value")
	bad = custom("added", "2")
	ok(t, merge(w, ref, `{"a":1}`))
	if got := js(customOf(t, w, ref).Values); got != `{"a":1,"added":2}` {
		t.Error(got)
	}
}

func TestLongValuesComeBackWholeAndLeaveNothing(t *testing.T) {
	s := mem.Open()
	w := worldOn(t, s)
	ref := core.RefTo(directory(t, w, "d").ID)
	before := len(coretest.Holding(t, s, "/cd/"))
	for _, size := range []int{64<<10 - 2, 64<<10 - 1, 64 << 10, 200_000, 70_000, 3} {
		value := `"` + strings.Repeat("v", size) + `"`
		ok(t, merge(w, ref, `{"k":`+value+`,"kk":1}`))
		got := customOf(t, w, ref)
		if !bytes.Equal(got.Values["k"], []byte(value)) || string(got.Values["kk"]) != "1" {
			t.Errorf("%d bytes come back as %d", len(value), len(got.Values["k"]))
		}
	}
	ok(t, w.App.Update(w.Machine(), func(tx *core.Tx) error { return core.DeleteCustomData(tx, ref) }))
	if after := len(coretest.Holding(t, s, "/cd/")); after != before {
		t.Errorf("%d pieces are left", after-before)
	}
}

func TestCustomDataHoldsTenMegabytes(t *testing.T) {
	w := newWorld(t)
	ref := core.RefTo(directory(t, w, "d").ID)
	half := `"` + strings.Repeat("v", 5<<20) + `"`
	ok(t, merge(w, ref, `{"a":`+half+`}`))
	wantCode(t, "over the limit", merge(w, ref, `{"b":`+half+`,"c":1}`), "custom_size")
	w.Update(t, func(tx *core.Tx) error { // also where the refusal is swallowed
		wantCode(t, "swallowed", core.MergeCustomData(tx, ref, custom("b", half)), "custom_size")
		return nil
	})
	if got := customOf(t, w, ref); len(got.Values) != 1 {
		t.Errorf("%d keys", len(got.Values))
	}
	ok(t, merge(w, ref, `{"a":1}`))
	ok(t, merge(w, ref, `{"b":`+half+`}`))
}

func TestAChangeOfCustomDataIsHeardOnceAndShowsNoValue(t *testing.T) {
	s := mem.Open()
	w := worldOn(t, s)
	d := directory(t, w, "d")
	heard := 0
	w.App.Hooks.CustomData.Update.After(func(*core.CustomDataEvent) error { heard++; return nil })
	from := now(t, w)
	for range 2 { // the second changes nothing
		ok(t, merge(w, core.RefTo(d.ID), `{"b":"canary","a":1}`))
		w.Clock.Turn(1e9)
	}
	lines, events := trail(t, w, from)
	if len(lines) != 1 || len(events) != 1 || heard != 1 {
		t.Fatalf("%d lines, %d events, heard %d", len(lines), len(events), heard)
	}
	want := core.RefTo(d.ID) + "/customData"
	if events[0].Type != "customData.update" || events[0].Ref != want || strings.Join(events[0].Fields, " ") != "a b" || lines[0].Note["keys"] != "a b" || lines[0].Ref != want {
		t.Errorf("%s %s", js(lines), js(events))
	}
	for _, key := range coretest.Holding(t, s, "canary") {
		if !strings.Contains(key, "/cd/") && !strings.Contains(key, ".+/") {
			t.Errorf("the value is at %q", key)
		}
	}
	ok(t, remove(w, d.ID))
	if keys := coretest.Holding(t, s, "canary"); len(keys) > 0 {
		t.Errorf("it is still at %q", keys)
	}
}

func TestCustomDataOfWhatHasNone(t *testing.T) {
	w := newWorld(t)
	for _, ref := range []core.Ref{core.RefTo(w.Key.ID), "directories/nobody", "nouns/x", "", "accountSecurity/" + core.Ref(w.Owner.ID)} {
		w.View(t, func(tx *core.Tx) error {
			if _, err := core.GetCustomData(tx, ref); !core.IsNotFound(err) {
				t.Errorf("%q: %v", ref, err)
			}
			return nil
		})
		if err := merge(w, ref, `{"a":1}`); !core.IsNotFound(err) {
			t.Errorf("%q: %v", ref, err)
		}
	}
}

func TestAnOwnerHasAtMostAThousandKeys(t *testing.T) {
	w := newWorld(t)
	acc := w.Person(t, w.Directory(t, "My Application Directory").ID, "ann@example.com")
	merge := func(from, to int) error {
		set := map[string]json.RawMessage{}
		for i := from; i < to; i++ {
			set[fmt.Sprintf("key%04d", i)] = json.RawMessage("1")
		}
		return w.App.Update(w.Machine(), func(tx *core.Tx) error { return core.MergeCustomData(tx, core.RefTo(acc.ID), set) })
	}
	wantCode(t, "1,001 at once", merge(0, 1001), "custom_size")
	before := now(t, w)
	ok(t, merge(0, 1000))
	lines, events := trail(t, w, before)
	if n := len(events[0].Fields); n != 51 || events[0].Fields[50] != "and 950 more" || len(lines[0].Note["keys"]) > 1000 {
		t.Errorf("the event names %d keys, the audit line says %q", n, lines[0].Note["keys"])
	}
	wantCode(t, "one more", merge(1000, 1001), "custom_size")
	ok(t, merge(10, 20))
}
