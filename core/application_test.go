package core_test

import (
	"strings"
	"testing"

	"github.com/stormkeep/stormkeep/core"
	"github.com/stormkeep/stormkeep/core/store"
)

func TestTheAdministratorsApplicationDirectoryAndMappingAreProtected(t *testing.T) {
	w := newWorld(t)
	app, dir := w.Application(t, "Stormpath"), w.Directory(t, "Stormpath Administrators")
	mine := w.Application(t, "My Application")
	var mapping *core.AccountStoreMapping
	w.View(t, func(tx *core.Tx) error {
		all, err := core.Mappings(tx, app.ID)
		if err == nil {
			mapping = all[0]
		}
		return err
	})
	g := group(t, w, dir.ID, "g")
	for name, do := range map[string]func(tx *core.Tx) error{
		"delete app": func(tx *core.Tx) error { return core.Delete(tx, app) },
		"rename app": func(tx *core.Tx) error { return edit(tx, app.ID, core.Put, func(a *core.Application) { a.Name = "x" }) },
		"disable app": func(tx *core.Tx) error {
			return edit(tx, app.ID, core.Put, func(a *core.Application) { a.Status = core.Disabled })
		},
		"delete dir": func(tx *core.Tx) error { return core.Delete(tx, dir) },
		"rename dir": func(tx *core.Tx) error { return edit(tx, dir.ID, core.Put, func(d *core.Directory) { d.Name = "x" }) },
		"disable dir": func(tx *core.Tx) error {
			return edit(tx, dir.ID, core.Put, func(d *core.Directory) { d.Status = core.Disabled })
		},
		"delete mapping": func(tx *core.Tx) error { return core.Delete(tx, mapping) },
		"move mapping": func(tx *core.Tx) error {
			return edit(tx, mapping.ID, core.SaveMapping, func(m *core.AccountStoreMapping) { m.Application = mine.ID })
		},
		"another store": func(tx *core.Tx) error {
			return core.SaveMapping(tx, &core.AccountStoreMapping{Application: app.ID, Store: core.RefTo(w.Directory(t, "My Application Directory").ID)})
		},
		"its dir elsewhere": func(tx *core.Tx) error {
			return core.SaveMapping(tx, &core.AccountStoreMapping{Application: mine.ID, Store: core.RefTo(dir.ID)})
		},
		"its group elsewhere": func(tx *core.Tx) error {
			return core.SaveMapping(tx, &core.AccountStoreMapping{Application: mine.ID, Store: core.RefTo(g.ID)})
		},
	} {
		wantCode(t, name, undone(w, by(w, core.Owner, w.Owner.ID, core.AllCaps), t, do), "protected")
	}
	for name, do := range map[string]func(tx *core.Tx) error{
		"an app of that name": func(tx *core.Tx) error {
			a := core.Make[core.Application]()
			a.Name = "ＳTORMPATH"
			return core.Put(tx, a)
		},
		"a dir of that name": func(tx *core.Tx) error { return putDirectory(tx, "stormpath ADMINISTRATORS") },
	} {
		wantCode(t, name, undone(w, core.Actor{Kind: core.Machine, Tenant: w.Tenant}, t, do), "taken")
	}
}

func TestWhatAnApplicationMayHold(t *testing.T) {
	w := newWorld(t)
	for _, c := range []struct {
		name   string
		change func(*core.Application)
		want   string
	}{
		{"a name", func(*core.Application) {}, ""},
		{"no name", func(a *core.Application) { a.Name = "\t" }, "required"},
		{"a long name", func(a *core.Application) { a.Name = strings.Repeat("n", 256) }, "too_long"},
		{"a long description", func(a *core.Application) { a.Description = strings.Repeat("n", 4001) }, "too_long"},
		{"unverified", func(a *core.Application) { a.Status = core.Unverified }, "unsupported_value"},
		{"long callbacks", func(a *core.Application) {
			a.Callbacks = []string{strings.Repeat("c", 2001), strings.Repeat("c", 2000)}
		}, "too_long"},
		{"long origins", func(a *core.Application) { a.Origins = []string{strings.Repeat("c", 4001)} }, "too_long"},
	} {
		wantCode(t, c.name, undone(w, core.Actor{Kind: core.Machine, Tenant: w.Tenant}, t, func(tx *core.Tx) error {
			a := core.Make[core.Application]()
			a.Name = "x"
			c.change(a)
			return core.Put(tx, a)
		}), c.want)
	}
}

func TestADirectoryMadeWithItsApplicationFindsAFreeName(t *testing.T) {
	onEngines(t, func(t *testing.T, s store.Store) {
		w := worldOn(t, s)
		directory(t, w, "shop Directory")
		create := func(name, dir string) (d *core.Directory, a *core.Application, err error) {
			err = w.App.Update(w.Machine(), func(tx *core.Tx) error {
				a = core.Make[core.Application]()
				a.Name = name
				if err := core.Put(tx, a); err != nil {
					return err
				}
				d, err = core.CreateDirectoryFor(tx, a, dir)
				return err
			})
			return d, a, err
		}
		d, a, err := create("shop", "")
		ok(t, err)
		stored, err := get(w, a.ID)
		ok(t, err)
		if d.Name != "shop Directory (2)" || stored.DefaultAccountStore == "" || stored.DefaultAccountStore != stored.DefaultGroupStore {
			t.Errorf("%q, %+v", d.Name, stored)
		}
		if d, _, err = create("other", "mine"); err != nil || d.Name != "mine" {
			t.Errorf("%v, %v", d, err)
		}
		_, _, err = create("third", "MINE")
		wantCode(t, "a name in use", err, "directory_taken")
		if d, _, err = create(strings.Repeat("ü", 255), ""); err != nil || len([]rune(d.Name)) > 255 {
			t.Errorf("%v", err)
		}
		w.View(t, func(tx *core.Tx) error {
			all, err := core.List[core.Directory](tx, nil, core.Query{Limit: 100})
			if err != nil || all.Size != 6 {
				t.Errorf("%d directories, %v", all.Size, err)
			}
			return nil
		})
	})
}

func TestNoNameReadsLikeTheAdministrators(t *testing.T) {
	w := newWorld(t)
	for _, name := range []string{"Stormpath", "stormpath ", " Stormpath", "STORMPATH\t", "Ｓtormpath\u00a0"} {
		wantCode(t, name, w.App.Update(w.Machine(), func(tx *core.Tx) error {
			a := core.Make[core.Application]()
			a.Name = name
			return core.Put(tx, a)
		}), "taken")
	}
	for _, name := range []string{"Stormpath  Administrators", "stormpath administrators ", "Stormpath\tAdministrators"} {
		wantCode(t, name, w.App.Update(w.Machine(), func(tx *core.Tx) error {
			d := core.Make[core.Directory]()
			d.Name = name
			return core.Put(tx, d)
		}), "taken")
	}
	ok(t, w.App.Update(w.Machine(), func(tx *core.Tx) error {
		a := core.Make[core.Application]()
		a.Name = "Stormpath Two"
		return core.Put(tx, a)
	}))
}
