package core

import (
	"errors"
	"fmt"
	"time"
)

// ErrorKind classes an error. It alone decides how grave an answer is; each
// wire form has one table from it.
type ErrorKind string

// The kinds of error.
const (
	Invalid         ErrorKind = "invalid"         // the caller sent something wrong
	Unauthenticated ErrorKind = "unauthenticated" // who is calling is not known
	Forbidden       ErrorKind = "forbidden"       // the caller may not do this
	NotFound        ErrorKind = "not_found"       // there is no such thing for this caller
	Conflict        ErrorKind = "conflict"        // something like it is already there
	Stale           ErrorKind = "stale"           // the record is no longer what the caller read
	NotAllowed      ErrorKind = "not_allowed"     // the thing exists, but not this verb on it
	Unsupported     ErrorKind = "unsupported"     // the body is of a type not understood
	TooLarge        ErrorKind = "too_large"       // the request is over a limit
	Limited         ErrorKind = "limited"         // too many at once; try later
	Unavailable     ErrorKind = "unavailable"     // the server cannot do this now
	Internal        ErrorKind = "internal"        // a fault of ours
)

// Error is the one error type that people may see. Any other error is Internal.
type Error struct {
	Kind       ErrorKind
	Code       string            // stable name, such as "taken"; each wire form maps it
	Msg        string            // for people; never holds a secret
	Dev        string            // for the caller's developer; "" means Msg
	Fields     map[string]string // what is wrong with which field
	Fault      *Fault            // the rule that a password breaks
	Existing   Ref               // for Conflict: what is already there, if the caller may know
	RetryAfter time.Duration     // for Limited and Unavailable
	Err        error             // the cause; logged, never sent
}

func (e *Error) Error() string {
	msg := e.Msg
	if e.Dev != "" {
		msg = e.Dev
	}
	if e.Err != nil {
		return msg + ": " + e.Err.Error()
	}
	return msg
}

// Unwrap gives errors.Is and errors.As the cause.
func (e *Error) Unwrap() error { return e.Err }

// Errorf makes an error of a kind.
func Errorf(kind ErrorKind, code, format string, args ...any) *Error {
	return &Error{Kind: kind, Code: code, Msg: fmt.Sprintf(format, args...)}
}

// Refuse makes the Invalid error of one field: what a hook returns to refuse a
// record.
func Refuse(field, format string, args ...any) *Error {
	return fieldError(field, "invalid_value", fmt.Sprintf(format, args...))
}

func fieldError(field, code, msg string) *Error {
	return &Error{Kind: Invalid, Code: code, Msg: msg, Fields: map[string]string{field: msg}}
}

// AsError returns err as an *Error, Internal when it is none.
func AsError(err error) *Error {
	if e, ok := errors.AsType[*Error](err); ok {
		return e
	}
	return &Error{Kind: Internal, Code: "internal", Msg: "Something went wrong on our side.", Err: err}
}

// IsNotFound tells whether err says that there is no such record.
func IsNotFound(err error) bool {
	e, ok := errors.AsType[*Error](err)
	return ok && e.Kind == NotFound
}

func errNotFound() *Error {
	return &Error{Kind: NotFound, Code: "not_found", Msg: "The requested resource does not exist."}
}

// Keep makes Update commit and then return err: a refusal that must be
// remembered, such as a wrong password that counts toward a lock.
func Keep(err error) error { return &kept{err} }

type kept struct{ err error }

func isKept(err error) bool {
	_, ok := errors.AsType[*kept](err)
	return ok
}

func (k *kept) Error() string { return k.err.Error() }
func (k *kept) Unwrap() error { return k.err }
