//go:build !windows

package store

import (
	"errors"
	"os"
	"syscall"
	"testing"
)

// A limit on the size of files stands in for a full disk.
func TestAFileThatCannotGrowIsAFullDisk(t *testing.T) {
	var free syscall.Rlimit
	if err := syscall.Getrlimit(syscall.RLIMIT_FSIZE, &free); err != nil {
		t.Fatal(err)
	}
	full := free
	full.Cur = 1 << 10
	if err := syscall.Setrlimit(syscall.RLIMIT_FSIZE, &full); err != nil {
		t.Fatal(err)
	}
	err := os.WriteFile(t.TempDir()+"/big", make([]byte, 2<<10), 0o600)
	if err := syscall.Setrlimit(syscall.RLIMIT_FSIZE, &free); err != nil {
		t.Fatal(err)
	}
	if err == nil || !errors.Is(AsFull(err), ErrFull) {
		t.Errorf("a write beyond the limit is %v, want ErrFull", err)
	}
}
