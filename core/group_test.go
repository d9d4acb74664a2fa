package core_test

import (
	"strings"
	"testing"

	"github.com/stormkeep/stormkeep/core"
)

func TestWhatAGroupMayHold(t *testing.T) {
	w := newWorld(t)
	d := directory(t, w, "d")
	for _, c := range []struct {
		name string
		g    core.Group
		want string
	}{
		{"a name", core.Group{Name: "g", Status: core.Enabled}, ""},
		{"no name", core.Group{Name: " ", Status: core.Enabled}, "required"},
		{"a long name", core.Group{Name: strings.Repeat("g", 256), Status: core.Enabled}, "too_long"},
		{"a long description", core.Group{Name: "g", Description: strings.Repeat("g", 1001), Status: core.Disabled}, "too_long"},
		{"no status", core.Group{Name: "g"}, "unsupported_value"},
	} {
		wantCode(t, c.name, undone(w, core.Actor{Kind: core.Machine, Tenant: w.Tenant}, t, func(tx *core.Tx) error {
			g := c.g
			g.Directory = d.ID
			return core.Put(tx, &g)
		}), c.want)
	}
}
