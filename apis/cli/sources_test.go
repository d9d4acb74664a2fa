package cli

import (
	"testing"

	"github.com/stormkeep/stormkeep/apis"
	"github.com/stormkeep/stormkeep/core"
)

// A value comes from the strongest that sets it, and from the console only below these.
func TestEachValueTellsItsOrigin(t *testing.T) {
	file := fileOf(t, "session-idle: 3h\n")
	kept := map[string]core.KeptSetting{"session-idle": {Value: "2h"}, "log-level": {Value: "error"}}
	for _, c := range []struct {
		name       string
		flags, env []string
		kept       map[string]core.KeptSetting
		value      string
		origin, by string
		locked     bool
	}{
		{"nobody", nil, nil, nil, "8h", apis.FromDefault, "", false},
		{"the console", nil, nil, kept, "2h", apis.FromConsole, "", false},
		{"the file", []string{"--config", file}, nil, kept, "3h", apis.FromFile, "session-idle in " + file, true},
		{"a variable", []string{"--config", file}, []string{"STORMKEEP_SESSION_IDLE=4h"}, kept, "4h", apis.FromEnvironment, "STORMKEEP_SESSION_IDLE", true},
		{"a flag", []string{"--config", file, "--session-idle", "5h"}, []string{"STORMKEEP_SESSION_IDLE=4h"}, kept, "5h", apis.FromFlag, "--session-idle", true},
		{"a flag that says the default", []string{"--session-idle", "8h"}, nil, kept, "8h", apis.FromFlag, "--session-idle", true},
		{"an empty variable", nil, []string{"STORMKEEP_SESSION_IDLE="}, kept, "2h", apis.FromConsole, "", false},
	} {
		flags := flagsOf(t)
		addSettings(flags, []string{"session-idle"})
		if err := flags.Parse(c.flags); err != nil {
			t.Fatal(err)
		}
		base, err := resolve(flags, c.env)
		if err != nil {
			t.Fatal(err)
		}
		with, wrong := base.with(c.kept)
		if s, _ := settingOf("session-idle"); true {
			from := sourceOf(with.sources.layers, s.name)
			if len(wrong) > 0 || with.sources.value(s) != c.value || duration(c.value) != with.Lives.SessionIdle || from.origin != c.origin || from.by(s) != c.by || from.locks() != c.locked {
				t.Errorf("%s: %s by %s %q (%v), used is %v; %v", c.name, with.sources.value(s), from.origin, from.by(s), from.locks(), with.Lives.SessionIdle, wrong)
			}
		}
		if c.kept != nil && with.LogLevel != levels["error"] {
			t.Errorf("%s: the level is %v", c.name, with.LogLevel)
		}
		if without, _ := with.with(nil); without.LogLevel != levels["info"] {
			t.Errorf("%s: what the console forgot stays: %v", c.name, without.LogLevel)
		}
	}
}
