package bolt

import (
	"errors"
	"fmt"
	"strings"
	"testing"

	"github.com/stormkeep/stormkeep/core/store"
)

func TestADiskWithoutRoomIsToldFromOtherTrouble(t *testing.T) {
	other := errors.New("input/output error")
	if err := asFull(other); err != other {
		t.Errorf("asFull(%v) = %v", other, err)
	}
	for _, cause := range noRoom {
		for _, err := range []error{
			cause,
			fmt.Errorf("write test.db: %w", cause),
			fmt.Errorf("file resize error: %s", fmt.Errorf("truncate test.db: %w", cause)),
		} {
			if got := asFull(err); !errors.Is(got, store.ErrFull) || !errors.Is(got, err) {
				t.Errorf("asFull(%v) = %v, want ErrFull around it", err, got)
			}
		}
	}
}

func TestAPanicBecomesDamageWithTheFilesName(t *testing.T) {
	err := func() (err error) {
		defer damaged("some.db", &err)
		panic("page 3: invalid page type")
	}()
	if !errors.Is(err, store.ErrDamaged) || !strings.Contains(err.Error(), "some.db") || !strings.Contains(err.Error(), "page 3") {
		t.Errorf("got %v", err)
	}
	want := errors.New("other")
	err = func() (err error) {
		defer damaged("some.db", &err)
		return want
	}()
	if err != want {
		t.Errorf("got %v, want it untouched", err)
	}
}
