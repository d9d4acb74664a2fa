package hooks

import (
	"errors"
	"testing"
)

func TestErrorsSayWhoBrokeWhichRule(t *testing.T) {
	cause := errors.New("cause")
	for _, tt := range []struct {
		err  error
		is   error
		want string
	}{
		{&MisuseError{"account.create", "acme.audit", ErrSkipped}, ErrSkipped,
			`hooks: account.create: handler "acme.audit" returned without calling Next or Stop`},
		{&MisuseError{"", "acme.audit", ErrNextTwice}, ErrNextTwice,
			`hooks: unnamed hook: handler "acme.audit" called Next twice`},
		{&MisuseError{Err: ErrOutside}, ErrOutside, `hooks: called Next or Stop outside a Use handler`},
		{&PanicError{Value: cause}, cause, "panic: cause"},
		{&PanicError{Value: 7}, nil, "panic: 7"},
	} {
		if got := tt.err.Error(); got != tt.want {
			t.Errorf("got %s, want %s", got, tt.want)
		}
		if tt.is != nil && !errors.Is(tt.err, tt.is) {
			t.Errorf("%v is not %v", tt.err, tt.is)
		}
	}
	if err := errors.Unwrap(&PanicError{Value: 7}); err != nil {
		t.Errorf("a value that is no error unwraps to %v", err)
	}
}
