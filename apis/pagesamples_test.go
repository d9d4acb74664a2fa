package apis

import (
	"testing"

	"github.com/stormkeep/stormkeep/core"
)

// A page of which there is no sample would be kept untried.
func TestEveryPageOfWhichThereMayBeAnotherHasSamples(t *testing.T) {
	all := samples("Application")
	for _, name := range core.PageNames {
		if len(all[name]) < 2 {
			t.Errorf("%s has %d", name, len(all[name]))
		}
		delete(all, name)
	}
	if len(all) > 0 {
		t.Errorf("of no page: %v", all)
	}
}
