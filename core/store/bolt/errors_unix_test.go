//go:build !windows

package bolt

import (
	"errors"
	"fmt"
	"os"
	"syscall"
	"testing"

	"github.com/stormkeep/stormkeep/core/store"
)

// A limit on the size of files stands in for a full disk: writes beyond it fail the same way, in the same places.
func TestAFullDiskFailsTheCommitAndNothingElse(t *testing.T) {
	var free syscall.Rlimit
	if err := syscall.Getrlimit(syscall.RLIMIT_FSIZE, &free); err != nil {
		t.Fatal(err)
	}
	limit := func(t *testing.T, l syscall.Rlimit) {
		if err := syscall.Setrlimit(syscall.RLIMIT_FSIZE, &l); err != nil {
			t.Fatal(err)
		}
	}
	for _, c := range []struct {
		name string
		room func(*DB, os.FileInfo) int64
	}{
		{"the file cannot grow", func(_ *DB, info os.FileInfo) int64 { return info.Size() }},
		{"its pages cannot be written", func(d *DB, _ os.FileInfo) int64 { return d.Size() }},
	} {
		t.Run(c.name, func(t *testing.T) {
			d := openTest(t)
			info, err := os.Stat(d.path)
			if err != nil {
				t.Fatal(err)
			}
			big := func(tx store.Tx) error { return tx.Put("big", make([]byte, 24<<20)) }
			full := free
			full.Cur = uint64(c.room(d, info))
			limit(t, full)
			defer limit(t, free)
			for range 3 {
				if err := d.Update(t.Context(), big); !errors.Is(err, store.ErrFull) {
					t.Errorf("Update on a full disk = %v, want ErrFull", err)
				}
				if has(t, d, "big") {
					t.Error("what did not fit is there")
				}
			}
			limit(t, free)
			for i := range 3 {
				key := fmt.Sprint("k", i)
				err := errors.Join(d.Update(t.Context(), big), d.Update(t.Context(), set(key)))
				if err != nil || !has(t, d, key) || !has(t, d, "big") {
					t.Errorf("Update once there is room = %v", err)
				}
			}
		})
	}
}
