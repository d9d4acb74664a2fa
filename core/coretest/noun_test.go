package coretest_test

import (
	"testing"

	"github.com/stormkeep/stormkeep/core"
	"github.com/stormkeep/stormkeep/core/coretest"
)

// That a badge behaves as every noun does is proved in core/kind_test.go.
func TestABadgeIsANounFromOutside(t *testing.T) {
	w := coretest.New(t, coretest.Badges)
	info := w.App.KindNamed("badges").Info()
	if info.Noun != "Badge" || !info.Custom || info.Type.PkgPath() == "github.com/stormkeep/stormkeep/core" {
		t.Errorf("%+v", info)
	}
	made := 0
	core.NounOf[coretest.Badge](w.App).Create.After(func(*core.RecordEvent[coretest.Badge]) error { made++; return nil })
	dir := w.Directory(t, "My Application Directory")
	w.Update(t, func(tx *core.Tx) error {
		b := core.Make[coretest.Badge]()
		b.Directory, b.Name = dir.ID, "b"
		return core.Put(tx, b)
	})
	if made != 1 {
		t.Errorf("its hook ran %d times", made)
	}
	w.Sound(t)
}
