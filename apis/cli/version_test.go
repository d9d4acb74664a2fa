package cli

import (
	"runtime/debug"
	"testing"
)

func TestVersion(t *testing.T) { scripts(t, "version") }

func TestTheVersionIsNeverEmpty(t *testing.T) {
	vcs := func(modified string) []debug.BuildSetting {
		return []debug.BuildSetting{{Key: "vcs.revision", Value: "0123456789abcdef"}, {Key: "vcs.modified", Value: modified}}
	}
	for _, c := range []struct {
		name string
		info *debug.BuildInfo
		want string
	}{
		{"no build info", nil, "unknown"},
		{"an empty one", &debug.BuildInfo{}, "devel"},
		{"installed", &debug.BuildInfo{Main: debug.Module{Path: module, Version: "v1.2.3"}}, "v1.2.3"},
		{"built in a checkout", &debug.BuildInfo{Main: debug.Module{Path: module, Version: "(devel)"}, Settings: vcs("false")}, "devel (0123456789ab)"},
		{"changed since", &debug.BuildInfo{Main: debug.Module{Path: module, Version: "(devel)"}, Settings: vcs("true")}, "devel (0123456789ab, changed since)"},
		{"part of another program", &debug.BuildInfo{Main: debug.Module{Path: "acme.example/id", Version: "v9.0.0"}, Settings: vcs("false"),
			Deps: []*debug.Module{{Path: module, Version: "v1.2.3"}}}, "v1.2.3"},
	} {
		if got := version(c.info); got != c.want {
			t.Errorf("%s: %q, want %q", c.name, got, c.want)
		}
	}
}
