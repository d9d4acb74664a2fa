package core_test

import (
	"testing"

	"github.com/stormkeep/stormkeep/core"
	"github.com/stormkeep/stormkeep/core/coretest"
)

func TestAViewAddsWhatIsComputedInOrder(t *testing.T) {
	w := newWorld(t, coretest.Badges)
	b := badge(t, w, directory(t, w, "d").ID, "b", "print")
	w.View(t, func(tx *core.Tx) error {
		v := core.View{Tx: tx}
		any(b).(core.Viewer).View(&v)
		if len(v.Fields) != 2 || v.Fields[0] != (core.ViewField{Name: "label", Value: "b (grey)"}) || v.Fields[1].Value != core.Secret("print") {
			t.Errorf("%+v", v.Fields)
		}
		return nil
	})
}
