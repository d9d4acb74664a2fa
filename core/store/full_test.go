package store

import (
	"errors"
	"fmt"
	"testing"
)

func TestADiskWithoutRoomIsToldFromOtherTrouble(t *testing.T) {
	other := errors.New("input/output error")
	if err := AsFull(other); err != other {
		t.Errorf("AsFull(%v) = %v", other, err)
	}
	for _, cause := range noRoom {
		for _, err := range []error{
			cause,
			fmt.Errorf("write test.db: %w", cause),
			fmt.Errorf("file resize error: %s", fmt.Errorf("truncate test.db: %w", cause)),
		} {
			if got := AsFull(err); !errors.Is(got, ErrFull) || !errors.Is(got, err) {
				t.Errorf("AsFull(%v) = %v, want ErrFull around it", err, got)
			}
		}
	}
}
