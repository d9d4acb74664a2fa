package core_test

import (
	"fmt"
	"slices"
	"testing"

	"github.com/stormkeep/stormkeep/core"
	"github.com/stormkeep/stormkeep/core/store"
	"github.com/stormkeep/stormkeep/core/store/mem"
)

func TestADirectoryCountsItsOwnAndGivesNoNumberTwice(t *testing.T) {
	onEngines(t, func(t *testing.T, s store.Store) {
		w := worldOn(t, s)
		one, two := directory(t, w, "one"), directory(t, w, "two")
		number := func(dir core.ID[core.Directory], name string) int64 {
			return w.Person(t, dir, name+"@example.com").Number
		}
		var got []int64
		for i := range 3 {
			got = append(got, number(one.ID, fmt.Sprint("a", i)))
		}
		got = append(got, number(two.ID, "b"), group(t, w, one.ID, "g").Number, group(t, w, one.ID, "h").Number)
		if !slices.Equal(got, []int64{1, 2, 3, 1, 1, 2}) {
			t.Errorf("numbers %d", got)
		}
		var last *core.Account
		w.View(t, func(tx *core.Tx) (err error) {
			last, err = core.Find(tx, core.AccountNumber, string(one.ID), core.NumberValue(3))
			return err
		})
		gone(t, remove(w, last.ID))
		if n := number(one.ID, "c"); n != 4 {
			t.Errorf("the number %d after 3 was given and its account deleted", n)
		}
		gone(t, remove(w, one.ID))
		w.Settle(t)
	})
}

// gone is ok for a deletion that may have been kept before.
func gone(t *testing.T, err error) {
	t.Helper()
	if !core.IsNotFound(err) {
		ok(t, err)
	}
}

func TestANumberStays(t *testing.T) {
	w := newWorld(t)
	acc := w.Person(t, w.Directory(t, "My Application Directory").ID, "ann@example.com")
	n := acc.Number
	change(t, w, acc.ID, func(a *core.Account) { a.Number = 99; a.Surname = "Other" })
	if acc, err := get(w, acc.ID); err != nil || acc.Number != n || acc.Surname != "Other" {
		t.Errorf("%+v, %v", acc, err)
	}
}

// An import says the number, and what comes after goes on from the highest.
func TestAnImportSaysTheNumber(t *testing.T) {
	w := newWorld(t)
	dir := w.Directory(t, "My Application Directory").ID
	r, err := w.App.ImportAccounts(w.Machine(), [][]byte{
		[]byte(`{"email":"a@x.io","number":70}`), []byte(`{"email":"b@x.io","number":7}`), []byte(`{"email":"c@x.io","number":70}`),
		[]byte(`{"email":"d@x.io","number":-1}`), []byte(`{"email":"e@x.io","number":9007199254740992}`), []byte(`{"email":"f@x.io"}`)},
		core.AccountImport{Directory: dir})
	ok(t, err)
	if r.Made != 3 || len(r.Refused) != 3 {
		t.Errorf("%+v", r)
	}
	if n := w.Person(t, dir, "g@x.io").Number; n != 72 {
		t.Errorf("the next is %d", n)
	}
}

func TestNumbersComeAlong(t *testing.T) {
	w := lived(t, mem.Open())
	dir := w.Directory(t, "My Application Directory").ID
	acc := w.Person(t, dir, "last@x.io")
	to, _ := imported(t, mem.Open(), w.Exported(t, core.ExportOptions{Secrets: true, Operators: true}), core.ImportOptions{Operators: true})
	if got, err := get(to, acc.ID); err != nil || got.Number != acc.Number {
		t.Errorf("%+v, %v", got, err)
	}
	if n := to.Person(t, dir, "next@x.io").Number; n != acc.Number+1 {
		t.Errorf("the next is %d after %d", n, acc.Number)
	}
	to.Sound(t)
}
