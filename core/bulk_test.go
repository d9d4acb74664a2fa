package core_test

import (
	"fmt"
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
