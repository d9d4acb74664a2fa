package core_test

import (
	"testing"
	"time"

	"github.com/stormkeep/stormkeep/core"
)

func TestAPeriodIsTheUnitItNames(t *testing.T) {
	for text, want := range map[string][2]string{
		"2015":                     {"2015-01-01T00:00:00Z", "2016-01-01T00:00:00Z"},
		"2015-12":                  {"2015-12-01T00:00:00Z", "2016-01-01T00:00:00Z"},
		"2016-02-29":               {"2016-02-29T00:00:00Z", "2016-03-01T00:00:00Z"},
		"2015-02-03T12":            {"2015-02-03T12:00:00Z", "2015-02-03T13:00:00Z"},
		"2015-02-03T12:34":         {"2015-02-03T12:34:00Z", "2015-02-03T12:35:00Z"},
		"2015-02-03t12:34:56z":     {"2015-02-03T12:34:56Z", "2015-02-03T12:34:57Z"},
		"2015-02-03T12:34:56.7":    {"2015-02-03T12:34:56.7Z", "2015-02-03T12:34:56.8Z"},
		"2015-02-03T12:34:56.789Z": {"2015-02-03T12:34:56.789Z", "2015-02-03T12:34:56.79Z"},
	} {
		from, to, ok := core.ParsePeriod(text)
		if got := [2]string{from.Format(time.RFC3339Nano), to.Format(time.RFC3339Nano)}; !ok || got != want {
			t.Errorf("%s is %v, %v; want %v", text, got, ok, want)
		}
	}
	for _, text := range []string{"", "201", "2015-", "2015-13", "2015-02-30", "2015-2-3", "2015Z", "2015-02-03T25", "2015-02-03 12",
		"2015-02-03T12:34:56.7890", "2015-02-03T12:34:56+02:00", "now", "-015", "+015", "１２３４"} {
		if _, _, ok := core.ParsePeriod(text); ok {
			t.Errorf("%q is read as a period", text)
		}
	}
}

// What is read holds at least the instant it begins with, whatever was sent.
func FuzzParsePeriod(f *testing.F) {
	for _, s := range []string{"2015", "2015-02", "2015-02-03T12:34:56.789Z", "0000-00", "9999-12-31T23:59:59.999Z"} {
		f.Add(s)
	}
	f.Fuzz(func(t *testing.T, s string) {
		if from, to, ok := core.ParsePeriod(s); ok && !from.Before(to.Time) {
			t.Errorf("%q is [%v, %v)", s, from, to)
		}
	})
}
