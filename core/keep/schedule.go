package keep

import (
	"errors"
	"fmt"
	"slices"
	"strconv"
	"strings"
	"time"

	"github.com/stormkeep/stormkeep/core"
)

// Schedule is when backups are made: every so often, or daily at a time of day.
type Schedule struct {
	every time.Duration
	daily bool
	at    time.Duration // after midnight, UTC
}

// IsZero tells whether there is no schedule.
func (s Schedule) IsZero() bool { return s == Schedule{} }

// minEvery is how often backups are made at most.
const minEvery = time.Minute

// ParseSchedule reads "24h", "90m", or the "03:30" of every day, which is UTC.
func ParseSchedule(text string) (Schedule, error) {
	if at, err := time.Parse("15:04", text); err == nil {
		return Schedule{daily: true, at: time.Duration(at.Hour())*time.Hour + time.Duration(at.Minute())*time.Minute}, nil
	}
	d, err := time.ParseDuration(text)
	if err != nil {
		return Schedule{}, errors.New("is no interval such as 24h, and no time of day such as 03:30")
	}
	if d < minEvery {
		return Schedule{}, fmt.Errorf("is less than %v", minEvery)
	}
	return Schedule{every: d}, nil
}

// next is when the next backup is due: at once where there is none, after a pause
// where the last attempt failed.
func (s Schedule) next(state core.BackupState) time.Time {
	if state.Failures > 0 {
		pause := time.Hour
		if state.Failures <= 6 {
			pause = time.Minute << (state.Failures - 1)
		}
		return state.Tried.Add(pause)
	}
	last := state.Scheduled.Time
	if last.IsZero() {
		return last
	}
	if !s.daily {
		return last.Add(s.every)
	}
	next := last.UTC().Truncate(24 * time.Hour).Add(s.at)
	if !next.After(last) {
		next = next.Add(24 * time.Hour)
	}
	return next
}

// Retention is which backups are kept: the newest so many, and those younger than
// an age. Zero keeps all.
type Retention struct {
	count int
	age   time.Duration
}

// ParseRetention reads "7", "30d" or "7,30d": what any part keeps is kept.
func ParseRetention(text string) (r Retention, err error) {
	wrong := errors.New("is no number of backups such as 7, no age such as 30d, and not both as 7,30d")
	for part := range strings.SplitSeq(text, ",") {
		part = strings.TrimSpace(part)
		days, isAge := strings.CutSuffix(part, "d")
		n, err := strconv.Atoi(days)
		if err != nil || n < 1 || n > 100_000 || isAge && r.age > 0 || !isAge && r.count > 0 {
			return Retention{}, wrong
		}
		if isAge {
			r.age = time.Duration(n) * 24 * time.Hour
		} else {
			r.count = n
		}
	}
	return r, nil
}

// givesUp are those of the names that are not kept. The newest always is.
func (r Retention) givesUp(names []string, now time.Time) (old []string) {
	if r == (Retention{}) {
		return nil
	}
	names = slices.Sorted(slices.Values(names))
	slices.Reverse(names)
	for i, name := range names {
		at, ok := timeOf(name)
		if i == 0 || !ok || i < r.count || r.age > 0 && now.Sub(at) < r.age {
			continue
		}
		old = append(old, name)
	}
	return old
}
