package core

import (
	"bytes"
	"fmt"
	"time"
)

// Time is an instant as the API shows it: UTC, milliseconds, always ".000Z"
// (spec 2.3). Its zero value is shown as null.
type Time struct{ time.Time }

const timeLayout = "2006-01-02T15:04:05.000Z"

// At is t in the precision that is stored.
func At(t time.Time) Time { return Time{t.UTC().Truncate(time.Millisecond)} }

// MarshalJSON shows the instant, or null for the zero value.
func (t Time) MarshalJSON() ([]byte, error) {
	return t.AppendJSON(make([]byte, 0, len(timeLayout)+2)), nil
}

// AppendJSON appends what MarshalJSON returns to b.
func (t Time) AppendJSON(b []byte) []byte {
	if t.IsZero() {
		return append(b, "null"...)
	}
	u := t.UTC()
	year, month, day := u.Date()
	if year < 0 || year > 9999 {
		return u.AppendFormat(append(b, '"'), timeLayout+`"`)
	}
	hour, minute, second := u.Clock()
	b = digits(append(b, '"'), year, 4)
	b = digits(append(b, '-'), int(month), 2)
	b = digits(append(b, '-'), day, 2)
	b = digits(append(b, 'T'), hour, 2)
	b = digits(append(b, ':'), minute, 2)
	b = digits(append(b, ':'), second, 2)
	b = digits(append(b, '.'), u.Nanosecond()/1e6, 3)
	return append(b, 'Z', '"')
}

// digits appends n in that many digits. Every answer has three instants a record,
// and the general formatter costs five times as much.
func digits(b []byte, n, width int) []byte {
	for i := range width {
		b = append(b, byte('0'+n/pow10[width-1-i]%10))
	}
	return b
}

var pow10 = [...]int{1, 10, 100, 1000}

// UnmarshalJSON reads what MarshalJSON writes, and any RFC 3339 instant.
func (t *Time) UnmarshalJSON(b []byte) error {
	if bytes.Equal(b, []byte("null")) {
		*t = Time{}
		return nil
	}
	if len(b) < 2 || b[0] != '"' {
		return fmt.Errorf("%s is no instant: it must be a string such as %q", b, timeLayout)
	}
	at, err := time.Parse(time.RFC3339Nano, string(b[1:len(b)-1]))
	if err != nil {
		return fmt.Errorf("%s is no instant: it must look like %q", b, timeLayout)
	}
	*t = At(at)
	return nil
}
