//go:build linux || darwin || freebsd

package bolt

import "syscall"

// free is the bytes that a user who is not root may still write below a folder.
func free(dir string) (uint64, error) {
	var s syscall.Statfs_t
	if err := syscall.Statfs(dir, &s); err != nil {
		return 0, err
	}
	return uint64(max(int64(s.Bavail), 0)) * uint64(s.Bsize), nil // below 0 where root has used its reserve
}
