package core_test

import (
	"errors"
	"fmt"
	"testing"

	"github.com/stormkeep/stormkeep/core"
)

func TestOnlyOurErrorsAreShownAsTheyAre(t *testing.T) {
	cause := errors.New("cause")
	e := core.Errorf(core.Conflict, "taken", "%s is taken", "x")
	for _, c := range []struct {
		err  error
		kind core.ErrorKind
		text string
	}{
		{e, core.Conflict, "x is taken"},
		{fmt.Errorf("put: %w", e), core.Conflict, "put: x is taken"},
		{core.Keep(e), core.Conflict, "x is taken"},
		{cause, core.Internal, "cause"},
		{&core.Error{Kind: core.Invalid, Msg: "m", Dev: "d", Err: cause}, core.Invalid, "d: cause"},
		{core.Refuse("name", "no %d", 7), core.Invalid, "no 7"},
	} {
		if got := core.AsError(c.err); got.Kind != c.kind || c.err.Error() != c.text {
			t.Errorf("%v: %+v", c.err, got)
		}
	}
	if got := core.AsError(cause); !errors.Is(got, cause) || got.Msg == "cause" {
		t.Errorf("%+v", got)
	}
	if core.IsNotFound(e) || core.IsNotFound(nil) || !core.IsNotFound(core.Keep(core.Errorf(core.NotFound, "x", "x"))) {
		t.Error("IsNotFound")
	}
	if core.Refuse("name", "no").Fields["name"] != "no" {
		t.Error("Refuse names no field")
	}
}
