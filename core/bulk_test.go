package core_test

import (
	"fmt"
	"slices"
	"testing"

	"github.com/stormkeep/stormkeep/core"
	"github.com/stormkeep/stormkeep/core/coretest"
)

// What a batch remembers of the records that it reads is what they are: a group that
// one line makes is there for the next, and the counters are right.
func TestABatchSeesWhatItWrote(t *testing.T) {
	w := coretest.New(t)
	dir := w.Directory(t, "My Application Directory").ID
	var lines [][]byte
	for i := range 300 {
		lines = append(lines, fmt.Appendf(nil, `{"email":"p%d@x.io","groups":["Crew","G%d"]}`, i, i%7))
	}
	r, err := w.App.ImportAccounts(w.Machine(), lines, core.AccountImport{Directory: dir})
	if err != nil || r.Made != len(lines) {
		t.Fatalf("%+v, %v", r, err)
	}
	w.Sound(t)
	w.View(t, func(tx *core.Tx) error {
		accounts, err := core.Count(tx, core.AccountsOf, core.Query{Owner: string(dir)})
		if err != nil {
			return err
		}
		groups, err := core.Count(tx, core.GroupsOf, core.Query{Owner: string(dir)})
		if accounts != len(lines) || groups != 8 {
			t.Errorf("%d accounts, %d groups", accounts, groups)
		}
		return err
	})
}

// The names of a batch are looked up at once, before its first line is written. Each
// line finds what a batch of its own would have found.
func TestABatchFindsTheNamesThatEachLineWouldFind(t *testing.T) {
	lines := [][]byte{
		[]byte(`{"email":"a@x.io","username":"ann"}`),
		[]byte(`{"email":"b@x.io","username":"ann"}`),    // the first's
		[]byte(`{"email":"c@x.io","username":"a@x.io"}`), // the first's address
		[]byte(`{"email":"d@x.io","username":"later@x.io"}`),
		[]byte(`{"email":"later@x.io"}`),               // the name of the one before
		[]byte(`{"email":"e@x.io","username":"OLD"}`),  // of before the batch
		[]byte(`{"email":"old@x.io","username":"e"}`),  // it is there, with another name
		[]byte(`{"email":"A@X.io","username":"ann2"}`), // the first, in other letters
		[]byte(`{"email":"f@x.io","username":"an"}`),   // begins as others do
		[]byte(`{"email":"f@x.io.io","username":"ann.n"}`),
	}
	one, many := coretest.New(t), coretest.New(t)
	for _, w := range []*coretest.World{one, many} {
		dir := w.Directory(t, "My Application Directory").ID
		o := core.AccountImport{Directory: dir, OnConflict: core.ConflictFail}
		if r, err := w.App.ImportAccounts(w.Machine(), [][]byte{[]byte(`{"email":"old@x.io","username":"old"}`)}, o); err != nil || r.Made != 1 {
			t.Fatalf("%+v, %v", r, err)
		}
	}
	o := core.AccountImport{Directory: many.Directory(t, "My Application Directory").ID, OnConflict: core.ConflictFail}
	got, err := many.App.ImportAccounts(many.Machine(), lines, o)
	if err != nil {
		t.Fatal(err)
	}
	var together, alone []int
	o.Directory = one.Directory(t, "My Application Directory").ID
	for i, line := range lines {
		r, err := one.App.ImportAccounts(one.Machine(), [][]byte{line}, o)
		if err != nil {
			t.Fatal(err)
		}
		if len(r.Refused) > 0 {
			alone = append(alone, i)
		}
	}
	for _, r := range got.Refused {
		together = append(together, r.Line)
	}
	if !slices.Equal(together, alone) || got.Made != 4 || len(alone) != 6 {
		t.Errorf("refused are the lines %v, by themselves %v; %d were made", together, alone, got.Made)
	}
	many.Sound(t)
}
