package core_test

import (
	"errors"
	"testing"

	"github.com/stormkeep/stormkeep/core"
	"github.com/stormkeep/stormkeep/core/coretest"
)

func TestAPeekIsNeverOlderThanItsTransaction(t *testing.T) {
	w := coretest.New(t)
	app := w.Application(t, "My Application").ID
	peek := func(tx *core.Tx) string {
		a, err := core.Peek(tx, app)
		if err != nil {
			t.Fatal(err)
		}
		return a.Name
	}
	rename := func(tx *core.Tx, name string) error {
		a, err := core.Get(tx, app)
		if err != nil {
			return err
		}
		a.Name = name
		return core.Put(tx, a)
	}
	var first, again *core.Application
	w.View(t, func(tx *core.Tx) error { first, _ = core.Peek(tx, app); again, _ = core.Peek(tx, app); return nil })
	if first != again || first.Name != "My Application" {
		t.Errorf("the same form is decoded twice: %p %p", first, again)
	}
	undone := errors.New("undone")
	err := w.App.Update(w.Machine(), func(tx *core.Tx) error {
		if err := rename(tx, "Store"); err != nil {
			return err
		}
		if got := peek(tx); got != "Store" {
			t.Errorf("in the transaction that renames it: %s", got)
		}
		return undone
	})
	if !errors.Is(err, undone) {
		t.Fatal(err)
	}
	w.View(t, func(tx *core.Tx) error {
		if got := peek(tx); got != "My Application" {
			t.Errorf("what was undone is seen: %s", got)
		}
		return nil
	})
	w.Update(t, func(tx *core.Tx) error { return rename(tx, "Store") })
	w.View(t, func(tx *core.Tx) error {
		if got := peek(tx); got != "Store" {
			t.Errorf("after the commit: %s", got)
		}
		return nil
	})
	if first.Name != "My Application" {
		t.Errorf("what somebody holds was changed: %s", first.Name)
	}
	w.Update(t, func(tx *core.Tx) error {
		a, err := core.Get(tx, app)
		if err != nil {
			return err
		}
		return core.Delete(tx, a)
	})
	w.View(t, func(tx *core.Tx) error {
		if _, err := core.Peek(tx, app); !core.IsNotFound(err) {
			t.Errorf("after it was deleted: %v", err)
		}
		return nil
	})
}
