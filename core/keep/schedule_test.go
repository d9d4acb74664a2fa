package keep

import (
	"slices"
	"testing"
	"time"

	"github.com/stormkeep/stormkeep/core"
)

func TestWhenTheNextBackupIsDue(t *testing.T) {
	day := func(text string) time.Time {
		at, err := time.Parse("02 15:04", text)
		must(t, err)
		return at.UTC()
	}
	for _, c := range []struct {
		schedule, last, tried string
		failures              int
		want                  string
	}{
		{"24h", "", "", 0, ""},
		{"24h", "10 12:00", "10 12:00", 0, "11 12:00"},
		{"90m", "10 12:00", "10 12:00", 0, "10 13:30"},
		{"03:30", "10 12:00", "10 12:00", 0, "11 03:30"},
		{"03:30", "10 03:30", "10 03:30", 0, "11 03:30"},
		{"03:30", "10 03:29", "10 03:29", 0, "10 03:30"},
		{"03:30", "", "", 0, ""},
		{"24h", "10 12:00", "11 12:00", 1, "11 12:01"},
		{"24h", "10 12:00", "11 12:00", 3, "11 12:04"},
		{"24h", "10 12:00", "11 12:00", 100, "11 13:00"},
	} {
		s, err := ParseSchedule(c.schedule)
		must(t, err)
		state := core.BackupState{Failures: c.failures}
		if c.last != "" {
			state.Scheduled, state.Tried = core.At(day(c.last)), core.At(day(c.tried))
		}
		got, want := s.next(state), time.Time{}
		if c.want != "" {
			want = day(c.want)
		}
		if !got.Equal(want) {
			t.Errorf("%+v: due %v", c, got)
		}
	}
	for _, text := range []string{"", "x", "24", "59s", "-1h", "25:00", "3.30"} {
		if _, err := ParseSchedule(text); err == nil {
			t.Errorf("%q is a schedule", text)
		}
	}
}

func TestWhatTheRetentionGivesUp(t *testing.T) {
	now := time.Date(2026, 11, 22, 3, 0, 0, 0, time.UTC)
	var names []string
	for days := range 5 {
		names = append(names, nameOf(now.Add(-time.Duration(days)*24*time.Hour)))
	}
	names = append(names, "somebody.age")
	for _, c := range []struct {
		keep string
		old  []string
	}{
		{"7", nil},
		{"2", []string{names[2], names[3], names[4]}},
		{"1", []string{names[1], names[2], names[3], names[4]}},
		{"3d", []string{names[3], names[4]}},
		{"4,3d", []string{names[4]}},
		{"1, 2d", []string{names[2], names[3], names[4]}},
	} {
		r, err := ParseRetention(c.keep)
		must(t, err)
		if got := r.givesUp(names, now); !slices.Equal(got, c.old) {
			t.Errorf("%s gives up %v, want %v", c.keep, got, c.old)
		}
	}
	old, err := ParseRetention("1d")
	must(t, err)
	if got := old.givesUp(names[3:5], now); !slices.Equal(got, names[4:5]) {
		t.Errorf("of old ones alone it gives up %v: the newest stays", got)
	}
	if got := (Retention{}).givesUp(names, now); got != nil {
		t.Errorf("no retention gives up %v", got)
	}
	for _, text := range []string{"", "0", "-1", "x", "1,2", "1d,2d", "d", "7,"} {
		if _, err := ParseRetention(text); err == nil {
			t.Errorf("%q is a retention", text)
		}
	}
}
