package core_test

import (
	"testing"

	"github.com/stormkeep/stormkeep/core"
	"github.com/stormkeep/stormkeep/core/coretest"
)

// perch is a noun that is mounted.
type perch struct {
	core.Base[perch]
	At string `json:"at"`
}

var perchAt = &core.Index[perch]{Name: "at", Rule: core.Unique, Key: func(p *perch) (core.Entry, bool) { return core.Entry{Value: p.At}, true }}

var perches = &core.Kind[perch]{Name: "perches", Noun: "Perch", Key: "perch", Indexes: []*core.Index[perch]{perchAt}}

func (*perch) Kind() *core.Kind[perch] { return perches }
func (p *perch) MountPath() string     { return p.At }
func (p *perch) Check(c *core.Checks)  { c.MountPath("at", &p.At, p) }

// roost is another, to which the same paths belong.
type roost struct {
	core.Base[roost]
	At string `json:"at"`
}

var roostAt = &core.Index[roost]{Name: "at", Rule: core.Unique, Key: func(r *roost) (core.Entry, bool) { return core.Entry{Value: r.At}, true }}

var roosts = &core.Kind[roost]{Name: "roosts", Noun: "Roost", Key: "roost", Indexes: []*core.Index[roost]{roostAt}}

func (*roost) Kind() *core.Kind[roost] { return roosts }
func (r *roost) MountPath() string     { return r.At }
func (r *roost) Check(c *core.Checks)  { c.MountPath("at", &r.At, r) }

func mountable(app *core.App) {
	core.Register[perch](app)
	core.Register[roost](app)
	core.Mountable(app, perchAt)
	core.Mountable(app, roostAt)
	app.Mounts.Reserve("v1", "setup")
}

func TestAPathIsOneMounts(t *testing.T) {
	w := newWorld(t, mountable)
	put := func(rec func(*core.Tx) error) error { return w.App.Update(w.Machine(), rec) }
	for _, c := range [][2]string{{"/auth", ""}, {"/auth/", "taken"}, {"/auth/two", ""}, {"/a.b/c_d/e~f/g-h", ""}, {"/a/b/c/d/e", "invalid_format"},
		{"auth", "invalid_format"}, {"/.hidden", "invalid_format"}, {"/a//b", "invalid_format"}, {"/a/..", "invalid_format"}, {"/a b", "invalid_format"},
		{"/%61", "invalid_format"}, {"", "required"}, {"/", "required"}, {"/v1", "invalid_value"}, {"/setup/x", "invalid_value"}, {"/v10", ""}} {
		wantCode(t, c[0], put(func(tx *core.Tx) error { return core.Put(tx, &perch{At: c[0]}) }), c[1])
	}
	wantCode(t, "of another kind", put(func(tx *core.Tx) error { return core.Put(tx, &roost{At: "/auth"}) }), "taken")
	ok(t, put(func(tx *core.Tx) error { return core.Put(tx, &roost{At: "/auth/three"}) }))
	for path, want := range map[string][2]string{
		"/auth": {"/auth", ""}, "/auth/": {"/auth", "/"}, "/auth/login/": {"/auth", "/login/"}, "/auth/two/x": {"/auth/two", "/x"}, "/auth/three": {"/auth/three", ""},
		"/authx": {}, "/": {}, "": {}, "x": {}, "//auth": {}, "/Auth": {}, "/x/auth": {}, "/a.b/c_d/e~f/g-h/i/j": {"/a.b/c_d/e~f/g-h", "/i/j"},
	} {
		w.View(t, func(tx *core.Tx) error {
			m, below, err := tx.App.Mounts.Find(tx, path)
			at := ""
			if m != nil {
				at = m.MountPath()
			}
			if at != want[0] || below != want[1] {
				t.Errorf("%s: %q and %q below it, want %q", path, at, below, want)
			}
			return err
		})
	}
	other := w.Other(t, "other")
	ok(t, other.App.Update(other.Machine(), func(tx *core.Tx) error { return core.Put(tx, &perch{At: "/auth"}) }))
}

func TestMountableOnce(t *testing.T) {
	coretest.New(t, func(app *core.App) {
		mountable(app)
		defer func() {
			if recover() == nil {
				t.Error("a kind is made mountable twice")
			}
		}()
		core.Mountable(app, perchAt)
	})
}
