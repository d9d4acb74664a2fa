package hooks

import (
	"errors"
	"fmt"
)

// The rules of Use, as errors. They arrive inside a [MisuseError], which says who
// broke them, and are told apart with errors.Is.
var (
	// ErrSkipped means that a Use handler returned nil without Next or Stop.
	ErrSkipped = errors.New("returned without calling Next or Stop")
	// ErrNextTwice means that a Use handler called Next a second time.
	ErrNextTwice = errors.New("called Next twice")
	// ErrNextAfterStop means that a Use handler called Next after Stop.
	ErrNextAfterStop = errors.New("called Next after Stop")
	// ErrStopAfterNext means that a Use handler called Stop when what it meant to
	// stop had already run.
	ErrStopAfterNext = errors.New("called Stop after Next")
	// ErrOutside means that Next or Stop was called where there is nothing to
	// continue: in a Before, an After, a filter, or outside any Trigger.
	ErrOutside = errors.New("called Next or Stop outside a Use handler")
	// ErrPanicSwallowed means that a Use handler recovered a panic of what it
	// surrounds and returned nil, as if the action had run.
	ErrPanicSwallowed = errors.New("recovered a panic of Next and returned nil")
)

// MisuseError says which handler of which hook broke a rule of Use. Err is one
// of the errors of this package. It is a programmer's mistake, never a user's.
type MisuseError struct {
	Hook    string // as Walk named it, empty for a hook outside any registry
	Handler string // the handler's id, empty outside any handler
	Err     error
}

func (e *MisuseError) Error() string {
	if e.Handler == "" {
		return fmt.Sprintf("hooks: %v", e.Err)
	}
	hook := e.Hook
	if hook == "" {
		hook = "unnamed hook"
	}
	return fmt.Sprintf("hooks: %s: handler %q %v", hook, e.Handler, e.Err)
}

// Unwrap gives the rule that was broken.
func (e *MisuseError) Unwrap() error { return e.Err }

// PanicError is how a panic in an After handler is reported. What the handler
// reacted to is already kept, so the panic must not undo or hide it.
type PanicError struct {
	Value any    // what was given to panic
	Stack []byte // of the goroutine, taken where it was caught
}

func (e *PanicError) Error() string { return fmt.Sprintf("panic: %v", e.Value) }

// Unwrap gives the value, if it is an error.
func (e *PanicError) Unwrap() error {
	err, _ := e.Value.(error)
	return err
}
