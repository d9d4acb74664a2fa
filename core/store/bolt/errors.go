package bolt

import (
	"fmt"

	"github.com/stormkeep/stormkeep/core/store"
)

// damaged turns a panic of bbolt, which is how it tells of pages that make no sense, into a store.ErrDamaged.
func damaged(path string, err *error) {
	if r := recover(); r != nil {
		*err = fmt.Errorf("%s: %w: %v", path, store.ErrDamaged, r)
	}
}
