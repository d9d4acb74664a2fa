package core_test

import (
	"strings"
	"testing"

	"github.com/stormkeep/stormkeep/core"
)

func TestWhatADirectoryMayHold(t *testing.T) {
	w := newWorld(t)
	for _, c := range []struct {
		name   string
		change func(*core.Directory)
		want   string
	}{
		{"a name", func(*core.Directory) {}, ""},
		{"no name", func(d *core.Directory) { d.Name = "" }, "required"},
		{"a long name", func(d *core.Directory) { d.Name = strings.Repeat("d", 256) }, "too_long"},
		{"a long description", func(d *core.Directory) { d.Description = strings.Repeat("d", 1001) }, "too_long"},
		{"another status", func(d *core.Directory) { d.Status = core.Unverified }, "unsupported_value"},
	} {
		wantCode(t, c.name, undone(w, core.Actor{Kind: core.Machine, Tenant: w.Tenant}, t, func(tx *core.Tx) error {
			d := core.Make[core.Directory]()
			d.Name = "d"
			c.change(d)
			return core.Put(tx, d)
		}), c.want)
	}
}

func TestANewDirectoryIsAsStormpathMadeThem(t *testing.T) {
	w := newWorld(t)
	d := directory(t, w, "d")
	if !d.EmailRequired || !d.EmailUnique || !d.UsernameDefault || d.UsernameCaseSensitive || d.Status != core.Enabled || d.Admin {
		t.Errorf("%+v", d)
	}
	s, err := get(w, core.ID[core.Strength](d.ID))
	if err != nil || s.Rev != 0 || s.MinLength != 8 || s.MaxLength != 100 || s.MinUpperCase != 1 || s.MinLowerCase != 1 || s.MinNumeric != 1 {
		t.Errorf("%+v, %v", s, err)
	}
}
