package cli

import (
	"testing"
	"time"

	"github.com/stormkeep/stormkeep/core"
)

func TestTheSettingsOfLifetimesHaveBounds(t *testing.T) {
	for _, c := range []struct {
		setting, value string
		want           time.Duration // 0 is refused
	}{
		{"signing-key-rotation", "90d", 90 * day}, {"signing-key-rotation", "48h", 2 * day}, {"signing-key-rotation", "47h", 0},
		{"signing-key-rotation", "forever", 0}, {"signing-key-rotation", "1001d", 0}, {"signing-key-rotation", "99999d", 0},
		{"session-idle", "30m", 30 * time.Minute}, {"session-idle", "1m", time.Minute}, {"session-idle", "59s", 0}, {"session-idle", "8", 0},
		{"session-idle", "-8h", 0}, {"session-lifetime", "7d", 7 * day}, {"session-lifetime", "0d", 0}, {"session-lifetime", "x", 0},
		{"code-lifetime", "90s", 90 * time.Second}, {"code-lifetime", "9s", 0}, {"code-lifetime", "11m", 0},
	} {
		s, _ := settingOf(c.setting)
		err := s.check(c.value)
		if (err == nil) != (c.want != 0) || err == nil && duration(c.value) != c.want {
			t.Errorf("--%s %s: %v, %v", c.setting, c.value, duration(c.value), err)
		}
	}
}

func TestTheDefaultsOfLifetimesAreTheAppsOwn(t *testing.T) {
	c, err := resolve(flagsOf(t), nil)
	if err != nil {
		t.Fatal(err)
	}
	in := &instance{App: &core.App{}}
	in.lifetimes(c.Lives)
	want := core.DefaultLifetimes()
	want.Flow = 0
	if in.Lifetimes != want || in.KeyRotation != 90*day {
		t.Errorf("%+v, %v", in.Lifetimes, in.KeyRotation)
	}
}
