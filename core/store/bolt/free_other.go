//go:build !linux && !darwin && !freebsd

package bolt

import "errors"

// free is not asked of these systems: a full disk is known there from the commit
// that failed.
func free(string) (uint64, error) { return 0, errors.ErrUnsupported }
