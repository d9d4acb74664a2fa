package bolt

import (
	"errors"
	"fmt"
	"strings"

	"github.com/stormkeep/stormkeep/core/store"
)

// asFull returns err as a store.ErrFull where the disk or a quota had no room, and else as it is. bbolt keeps
// only the words of some errors, so those are compared too.
func asFull(err error) error {
	for _, e := range noRoom {
		if errors.Is(err, e) || strings.HasSuffix(err.Error(), ": "+e.Error()) {
			return fmt.Errorf("%w: %w", store.ErrFull, err)
		}
	}
	return err
}

// damaged turns a panic of bbolt, which is how it tells of pages that make no sense, into a store.ErrDamaged.
func damaged(path string, err *error) {
	if r := recover(); r != nil {
		*err = fmt.Errorf("%s: %w: %v", path, store.ErrDamaged, r)
	}
}
