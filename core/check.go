package core

import (
	"fmt"
	"slices"
	"strings"
	"unicode/utf8"

	"golang.org/x/text/cases"
	unorm "golang.org/x/text/unicode/norm"
)

// Checks gathers what is wrong with a record that is about to be written. Only
// Put runs a record's Check, so that no way in can skip it. A Check may also set
// what follows from the record's other members; it may run more than once.
type Checks struct {
	Tx  *Tx
	New bool // the record is being made
	Old any  // the record as it was, of the same type; nil when made
	// Moved says that a new record comes from another store, where it was made: what is
	// asked only of those who make one is not asked again.
	Moved bool

	noun  string
	first *Error
}

// That demands ok, or refuses the field with an error of that code.
func (c *Checks) That(ok bool, field, code, format string, args ...any) {
	if ok {
		return
	}
	msg := fmt.Sprintf(format, args...)
	if c.first == nil {
		c.first = fieldError(field, code, msg)
		return
	}
	if _, dup := c.first.Fields[field]; !dup && c.first.Fields != nil {
		c.first.Fields[field] = msg
	}
}

// Fail refuses the record with err, which a look-up inside a Check returned.
func (c *Checks) Fail(err error) {
	if err != nil && c.first == nil {
		c.first = AsError(err)
	}
}

// Required demands a value that is not blank (2000).
func (c *Checks) Required(field, value string) {
	c.That(strings.TrimSpace(value) != "", field, "required",
		"%s %s is required; it cannot be null, empty, or blank.", c.noun, field)
}

// Text demands at most max characters of valid text (2008, 2005).
func (c *Checks) Text(field, value string, max int) {
	if len(value) <= max && utf8.ValidString(value) && strings.IndexByte(value, 0) < 0 {
		return // what is said of it below is made only for what is wrong
	}
	c.That(utf8.ValidString(value), field, "bad_encoding", "%s %s is not valid UTF-8.", c.noun, field)
	c.That(utf8.RuneCountInString(value) <= max, field, "too_long",
		"%s %s maximum length is %d characters.", c.noun, field, max)
	c.That(strings.IndexByte(value, 0) < 0, field, "invalid_value",
		"%s %s must not contain the NUL character.", c.noun, field)
}

// Status demands one of the allowed statuses.
func (c *Checks) Status(field string, value Status, allowed ...Status) {
	oneOf(c, field, value, allowed...)
}

// oneOf demands one of the allowed values of an enumeration.
func oneOf[T ~string](c *Checks, field string, value T, allowed ...T) {
	c.That(slices.Contains(allowed, value), field, "unsupported_value", "%s %s %q is not supported.", c.noun, field, value)
}

func (c *Checks) err() error {
	if c.first == nil {
		return nil
	}
	return c.first
}

// Status says whether something may be used. Each noun checks which it allows.
type Status string

// The states of a record.
const (
	Enabled    Status = "ENABLED"
	Disabled   Status = "DISABLED"
	Unverified Status = "UNVERIFIED"
)

// UnmarshalText reads a status in any case (spec 2.3).
func (s *Status) UnmarshalText(b []byte) error {
	*s = Status(strings.ToUpper(string(b)))
	return nil
}

// Fold is the form in which names, user names and addresses are compared: NFKC
// and Unicode case folding, for ever.
func Fold(s string) string {
	for i := 0; i < len(s); i++ {
		if c := s[i]; c >= utf8.RuneSelf {
			return norm(cases.Fold().String(norm(s)))
		}
	}
	return strings.ToLower(s)
}

// norm is the compatibility form in which look-alikes of plain letters are them.
func norm(s string) string { return unorm.NFKC.String(s) }
