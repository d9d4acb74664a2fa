package core_test

import (
	"testing"

	"github.com/stormkeep/stormkeep/core"
	"github.com/stormkeep/stormkeep/core/coretest"
)

func TestWhySheCannotSignInLeavesNoTrace(t *testing.T) {
	w := coretest.New(t)
	ann := w.Person(t, w.Directory(t, "My Application Directory").ID, "ann@example.com")
	app := w.Application(t, "My Application").ID
	count := func() (n int) {
		w.View(t, func(tx *core.Tx) error {
			for _, err := range tx.AuditLog(0) {
				if n++; err != nil {
					return err
				}
			}
			return nil
		})
		return n
	}
	before := count()
	w.View(t, func(tx *core.Tx) error {
		why, err := core.WhyNot(tx, ann.ID, app)
		if err != nil || !why.OK || why.Rule != "" || why.Checks[0].State != core.WhyPassed {
			t.Errorf("%+v, %v", why, err)
		}
		return nil
	})
	if after := count(); after != before {
		t.Errorf("%d lines, then %d", before, after)
	}
}
