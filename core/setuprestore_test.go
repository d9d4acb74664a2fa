package core_test

import (
	"testing"

	"github.com/stormkeep/stormkeep/core"
	"github.com/stormkeep/stormkeep/core/coretest"
)

func TestASetupLinkIsSpentForARestoreOnce(t *testing.T) {
	w := coretest.New(t)
	link := w.Unowned(t)
	for range 2 { // a look spends nothing
		if err := w.App.HoldsSetup(t.Context(), link); err != nil {
			t.Fatal(err)
		}
	}
	for _, wrong := range []string{"", "x", link[:len(link)-1] + "?", "1" + link[1:]} {
		if err := w.App.HoldsSetup(t.Context(), wrong); err == nil || core.AsError(err).Code != "dead_link" {
			t.Errorf("%q: %v", wrong, err)
		}
		if err := w.App.SpendSetupRestore(t.Context(), wrong); err == nil || core.AsError(err).Code != "dead_link" {
			t.Errorf("%q: %v", wrong, err)
		}
	}
	if err := w.App.SpendSetupRestore(t.Context(), link); err != nil {
		t.Fatal(err)
	}
	if err := w.App.SpendSetupRestore(t.Context(), link); err == nil {
		t.Error("it is spent twice")
	}
	if err := w.App.HoldsSetup(t.Context(), link); err == nil {
		t.Error("a spent link is held")
	}
}
