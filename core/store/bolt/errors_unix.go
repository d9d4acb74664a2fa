//go:build !windows

package bolt

import (
	"os"
	"syscall"
)

// noRoom lists what the system says when a file cannot grow.
var noRoom = []error{syscall.ENOSPC, syscall.EDQUOT, syscall.EFBIG}

// unlock lets go of the lock that bbolt took on f.
func unlock(f *os.File) { syscall.Flock(int(f.Fd()), syscall.LOCK_UN) }
