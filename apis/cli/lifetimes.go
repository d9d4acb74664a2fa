package cli

import (
	"fmt"
	"time"

	"github.com/knadh/koanf/v2"
)

// lifeConfig is for how long what the server makes is good.
type lifeConfig struct{ KeyRotation, SessionIdle, Session, Code time.Duration }

func lifeSettings(all *koanf.Koanf) lifeConfig {
	at := func(name string) time.Duration { return duration(all.String(name)) }
	return lifeConfig{at("signing-key-rotation"), at("session-idle"), at("session-lifetime"), at("code-lifetime")}
}

// between makes the check of a time with bounds.
func between(least, most time.Duration) func(string) error {
	return func(value string) error {
		if d := duration(value); d < least || d > most {
			return fmt.Errorf("is no time from %s to %s, such as 90s, 8h or 7d", short(least), short(most))
		}
		return nil
	}
}

// short writes a time as a setting has it.
func short(d time.Duration) string {
	switch {
	case d%day == 0:
		return fmt.Sprintf("%dd", d/day)
	case d%time.Minute == 0:
		return fmt.Sprintf("%dm", d/time.Minute)
	}
	return d.String()
}

// duration is a time in days, or as Go writes it; 0 is none.
func duration(value string) time.Duration {
	if inDays.MatchString(value) {
		return days(value)
	}
	d, err := time.ParseDuration(value)
	if err != nil {
		return 0
	}
	return d
}

// lifetimes has the app give what it makes the lifetimes of the settings.
func (in *instance) lifetimes(c lifeConfig) {
	in.KeyRotation = c.KeyRotation
	in.Lifetimes.SessionIdle, in.Lifetimes.Session, in.Lifetimes.Code = c.SessionIdle, c.Session, c.Code
}
