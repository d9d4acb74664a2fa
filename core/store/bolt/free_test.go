//go:build linux || darwin || freebsd

package bolt

import (
	"path/filepath"
	"testing"
)

func TestTheDiskSaysWhatIsFree(t *testing.T) {
	if n, err := openTest(t).Free(); err != nil || n == 0 {
		t.Errorf("%d bytes, %v", n, err)
	}
	if n, err := free(filepath.Join(t.TempDir(), "nowhere")); err == nil {
		t.Errorf("a folder that is not there has %d bytes free", n)
	}
}
