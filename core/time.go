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
func (t Time) MarshalJSON() ([]byte, error) { return t.AppendJSON(nil), nil }

// AppendJSON appends what MarshalJSON returns to b.
func (t Time) AppendJSON(b []byte) []byte {
	if t.IsZero() {
		return append(b, "null"...)
	}
	b = append(b, '"')
	b = t.UTC().AppendFormat(b, timeLayout)
	return append(b, '"')
}

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
