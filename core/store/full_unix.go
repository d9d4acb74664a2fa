//go:build !windows

package store

import "syscall"

// noRoom lists what the system says when a file cannot grow.
var noRoom = []error{syscall.ENOSPC, syscall.EDQUOT, syscall.EFBIG}
