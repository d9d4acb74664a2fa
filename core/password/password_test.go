package password

import (
	"errors"
	"strings"
	"testing"
	"time"
)

func TestBusyTellsWhenToComeAgain(t *testing.T) {
	err := error(&BusyError{RetryAfter: 3 * time.Second})
	if !errors.Is(err, ErrBusy) || errors.Is(err, ErrTooLong) || !strings.Contains(err.Error(), "3s") {
		t.Errorf("%v", err)
	}
}

func TestZeroFieldsAreTheDefaults(t *testing.T) {
	if got, want := (Params{}).orDefault(), (Params{19456, 2, 1}); got != want {
		t.Errorf("%+v, want %+v", got, want)
	}
	if got, want := (Params{Memory: 1, Parallelism: 4}).orDefault(), (Params{32, 2, 4}); got != want {
		t.Errorf("%+v, want %+v", got, want)
	}
	if got, want := (Caps{}).orDefault(), (Caps{262144, 16, 15, 2000000, 268435456, 1000000}); got != want {
		t.Errorf("%+v, want %+v", got, want)
	}
	set := Caps{1, 2, 3, 4, 5, 6}
	if got := set.orDefault(); got != set {
		t.Errorf("%+v, want what was set", got)
	}
}
