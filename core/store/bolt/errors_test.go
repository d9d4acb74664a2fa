package bolt

import (
	"errors"
	"strings"
	"testing"

	"github.com/stormkeep/stormkeep/core/store"
)

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
