package store

import (
	"errors"
	"fmt"
	"strings"
)

// AsFull returns err, which is not nil, as an ErrFull where the disk or a quota had no room, and else as it is. Some
// libraries keep only the words of an error, so those are compared too.
func AsFull(err error) error {
	for _, e := range noRoom {
		if errors.Is(err, e) || strings.HasSuffix(err.Error(), ": "+e.Error()) {
			return fmt.Errorf("%w: %w", ErrFull, err)
		}
	}
	return err
}
