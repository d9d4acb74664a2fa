package core_test

import (
	"context"
	"encoding/json"
	"maps"
	"path/filepath"
	"slices"
	"strings"
	"testing"

	"github.com/stormkeep/stormkeep/core"
	"github.com/stormkeep/stormkeep/core/coretest"
	"github.com/stormkeep/stormkeep/core/store"
	"github.com/stormkeep/stormkeep/core/store/bolt"
	"github.com/stormkeep/stormkeep/core/store/mem"
	"github.com/stormkeep/stormkeep/core/store/storetest"
)

// onEngines runs a test on an engine in memory, on one that runs every closure
// twice, on one that commits and then runs it again, and on a file.
func onEngines(t *testing.T, test func(t *testing.T, s store.Store)) {
	t.Helper()
	for _, e := range []struct {
		name string
		open func(t *testing.T) store.Store
	}{
		{"mem", func(t *testing.T) store.Store { return mem.Open() }},
		{"twice", func(t *testing.T) store.Store { return storetest.Twice(mem.Open()) }},
		{"unknown", func(t *testing.T) store.Store { return storetest.Unknown(mem.Open()) }},
		{"bolt", func(t *testing.T) store.Store {
			s, err := bolt.Open(filepath.Join(t.TempDir(), "data"), bolt.Options{})
			if err != nil {
				t.Fatal(err)
			}
			return s
		}},
	} {
		t.Run(e.name, func(t *testing.T) { test(t, e.open(t)) })
	}
}

// newWorld is a World that must be sound when the test ends.
func newWorld(t *testing.T, prepare ...func(*core.App)) *coretest.World {
	t.Helper()
	return worldOn(t, mem.Open(), prepare...)
}

func worldOn(t *testing.T, s store.Store, prepare ...func(*core.App)) *coretest.World {
	t.Helper()
	w := coretest.On(t, s, prepare...)
	t.Cleanup(func() {
		if !t.Failed() {
			w.Sound(t)
		}
	})
	return w
}

// code is the code of an error, "" for none, "?" for one that is no *core.Error.
func code(err error) string {
	switch e := core.AsError(err); {
	case err == nil:
		return ""
	case e.Kind == core.Internal:
		return "? " + err.Error()
	default:
		return e.Code
	}
}

func wantCode(t *testing.T, what string, err error, want string) {
	t.Helper()
	if got := code(err); got != want {
		t.Errorf("%s: %q (%v), want %q", what, got, err, want)
	}
}

func ok(t *testing.T, err error) {
	t.Helper()
	if err != nil {
		t.Fatal(err)
	}
}

// group makes a group of a directory.
func group(t testing.TB, w *coretest.World, dir core.ID[core.Directory], name string) (g *core.Group) {
	t.Helper()
	w.Update(t, func(tx *core.Tx) error {
		g = core.Make[core.Group]()
		g.Directory, g.Name = dir, name
		return core.Put(tx, g)
	})
	return g
}

// directory makes a directory.
func directory(t testing.TB, w *coretest.World, name string, change ...func(*core.Directory)) (d *core.Directory) {
	t.Helper()
	w.Update(t, func(tx *core.Tx) error {
		d = core.Make[core.Directory]()
		d.Name = name
		for _, c := range change {
			c(d)
		}
		return core.Put(tx, d)
	})
	return d
}

// join puts an account into a group.
func join(t testing.TB, w *coretest.World, acc core.ID[core.Account], g core.ID[core.Group]) (m *core.GroupMembership) {
	t.Helper()
	w.Update(t, func(tx *core.Tx) error {
		m = &core.GroupMembership{Account: acc, Group: g}
		return core.Put(tx, m)
	})
	return m
}

// change reads a record, changes it and puts it, as the machine.
func change[T any, P core.Record[T]](t *testing.T, w *coretest.World, id core.ID[T], fn func(P)) {
	t.Helper()
	ok(t, tryChange(w, id, fn))
}

func tryChange[T any, P core.Record[T]](w *coretest.World, id core.ID[T], fn func(P)) error {
	return w.App.Update(w.Machine(), func(tx *core.Tx) error {
		rec, err := core.Get[T, P](tx, id)
		if err != nil {
			return err
		}
		fn(rec)
		return core.Put[T, P](tx, rec)
	})
}

// remove deletes a record as the machine.
func remove[T any, P core.Record[T]](w *coretest.World, id core.ID[T]) error {
	return w.App.Update(w.Machine(), func(tx *core.Tx) error {
		rec, err := core.Get[T, P](tx, id)
		if err != nil {
			return err
		}
		return core.Delete[T, P](tx, rec)
	})
}

// get reads a record as the machine.
func get[T any, P core.Record[T]](w *coretest.World, id core.ID[T]) (rec P, err error) {
	err = w.App.View(w.Machine(), func(tx *core.Tx) error {
		rec, err = core.Get[T, P](tx, id)
		return err
	})
	return rec, err
}

// trail is the tenant's audit lines and events after a place.
func trail(t *testing.T, w *coretest.World, after uint64) (lines []core.AuditLine, events []core.Event) {
	t.Helper()
	w.View(t, func(tx *core.Tx) error {
		lines, events = nil, nil
		for l, err := range tx.AuditLog(after) {
			if err != nil {
				return err
			}
			lines = append(lines, l)
		}
		for e, err := range tx.Outbox(after) {
			if err != nil {
				return err
			}
			events = append(events, e)
		}
		return nil
	})
	return lines, events
}

// now is the tenant's place in its commit sequence.
func now(t *testing.T, w *coretest.World) (seq uint64) {
	t.Helper()
	lines, events := trail(t, w, 0)
	for _, l := range lines {
		seq = max(seq, l.Seq)
	}
	for _, e := range events {
		seq = max(seq, e.Seq)
	}
	return seq
}

// types are the types of what is in a trail, in order.
func types(t *testing.T, w *coretest.World, after uint64) (lines, events string) {
	t.Helper()
	ls, es := trail(t, w, after)
	var a, b []string
	for _, l := range ls {
		a = append(a, l.Type)
	}
	for _, e := range es {
		b = append(b, e.Type)
	}
	return strings.Join(a, " "), strings.Join(b, " ")
}

func js(v any) string {
	b, err := json.Marshal(v)
	if err != nil {
		return err.Error()
	}
	return string(b)
}

func sortedKeys[V any](m map[string]V) string {
	return strings.Join(slices.Sorted(maps.Keys(m)), " ")
}

// custom are custom data of one key.
func custom(key, value string) map[string]json.RawMessage {
	return map[string]json.RawMessage{key: json.RawMessage(value)}
}

// setPassword gives an account a password, as a door does it.
func setPassword(t *testing.T, app *core.App, as func() context.Context, id core.ID[core.Account], pw string) {
	t.Helper()
	hash, err := app.ChangePassword(as(), id, pw)
	ok(t, err)
	ok(t, app.Update(as(), func(tx *core.Tx) error {
		acc, err := core.Get(tx, id)
		if err != nil {
			return err
		}
		return core.SetPassword(tx, acc, hash)
	}))
}
