//go:build !windows

package keep

import (
	"os"
	"testing"
)

func TestAFileBelongsToWhoMadeIt(t *testing.T) {
	info, err := os.Stat(t.TempDir())
	must(t, err)
	if id, known := ownerOf(info); !known || id != os.Geteuid() {
		t.Errorf("%d, %t", id, known)
	}
	if got := userName(54321); got != "user 54321" {
		t.Errorf("one without a name: %s", got)
	}
}
