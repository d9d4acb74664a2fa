package core

import (
	"strings"
	"time"
)

// periods are the precisions of ISO 8601 that spec 2.8 names, with the step to the
// next period of each.
var periods = []struct {
	layout string
	next   func(time.Time) time.Time
}{
	{"2006", func(t time.Time) time.Time { return t.AddDate(1, 0, 0) }},
	{"2006-01", func(t time.Time) time.Time { return t.AddDate(0, 1, 0) }},
	{"2006-01-02", func(t time.Time) time.Time { return t.AddDate(0, 0, 1) }},
	{"2006-01-02T15", step(time.Hour)},
	{"2006-01-02T15:04", step(time.Minute)},
	{"2006-01-02T15:04:05", step(time.Second)},
	{"2006-01-02T15:04:05.0", step(100 * time.Millisecond)},
	{"2006-01-02T15:04:05.00", step(10 * time.Millisecond)},
	{"2006-01-02T15:04:05.000", step(time.Millisecond)},
}

func step(d time.Duration) func(time.Time) time.Time {
	return func(t time.Time) time.Time { return t.Add(d) }
}

// ParsePeriod reads a date or an instant of ISO 8601 in any precision from the year
// to the millisecond, in any case, with or without the "Z" of UTC, which is always
// meant (spec 2.8). It is the period [from, to) that the text names: "2015" is that
// whole year.
func ParsePeriod(s string) (from, to Time, ok bool) {
	if len(s) < 4 || len(s) > len(timeLayout) || s[0] < '0' || s[0] > '9' {
		return Time{}, Time{}, false
	}
	s = strings.ToUpper(s)
	if strings.Contains(s, "T") {
		s = strings.TrimSuffix(s, "Z")
	}
	for _, p := range periods {
		if len(p.layout) != len(s) {
			continue
		}
		t, err := time.Parse(p.layout, s)
		if err != nil || t.Year() < 2 { // a Time that is zero is none
			return Time{}, Time{}, false
		}
		return At(t), At(p.next(t)), true
	}
	return Time{}, Time{}, false
}
