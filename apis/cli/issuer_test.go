package cli

import (
	"testing"
	"time"
)

func TestADateIsADayOrAnInstant(t *testing.T) {
	for text, want := range map[string]string{
		"2027-01-31": "2027-01-31T00:00:00Z", "2027-01-31T12:00:00+01:00": "2027-01-31T11:00:00Z",
		"": "", "tomorrow": "", "2027-02-30": "", "2027-01-31 12:00": "", "30d": "",
	} {
		at, err := parseDate(text)
		if (err == nil) != (want != "") || err == nil && at.UTC().Format(time.RFC3339) != want {
			t.Errorf("%q: %v, %v", text, at, err)
		}
	}
}
