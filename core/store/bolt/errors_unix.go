//go:build !windows

package bolt

import (
	"os"
	"syscall"
)

// unlock lets go of the lock that bbolt took on f.
func unlock(f *os.File) { syscall.Flock(int(f.Fd()), syscall.LOCK_UN) }
