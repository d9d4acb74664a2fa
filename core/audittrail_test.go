package core_test

import (
	"slices"
	"testing"

	"github.com/stormkeep/stormkeep/core"
	"github.com/stormkeep/stormkeep/core/coretest"
)

// Backwards is the log the other way round, from any place and over many windows.
func TestTheAuditLogBackwards(t *testing.T) {
	w := coretest.New(t)
	w.Update(t, func(tx *core.Tx) error {
		for range 1200 {
			if err := tx.Note(core.AuditLine{Type: "test.line"}); err != nil {
				return err
			}
		}
		return nil
	})
	w.View(t, func(tx *core.Tx) error {
		var forth, back, part []uint64
		for line, err := range tx.AuditLog(0) {
			if err != nil {
				return err
			}
			forth = append(forth, line.Seq)
		}
		for line, err := range tx.AuditBack(0) {
			if err != nil {
				return err
			}
			back = append(back, line.Seq)
		}
		middle := forth[len(forth)/2]
		for line, err := range tx.AuditBack(middle) {
			if err != nil {
				return err
			}
			part = append(part, line.Seq)
		}
		slices.Reverse(back)
		slices.Reverse(part)
		if len(forth) < 1200 || !slices.Equal(forth, back) || !slices.Equal(part, forth[:len(forth)/2]) {
			t.Errorf("%d lines, %d backwards, %d from the middle", len(forth), len(back), len(part))
		}
		return nil
	})
}
