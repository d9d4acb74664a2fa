package core_test

import (
	"testing"

	"github.com/stormkeep/stormkeep/core"
	"github.com/stormkeep/stormkeep/core/store"
)

func TestDisablingAndNewPasswordsEndWhatWasGivenAndNothingRevivesIt(t *testing.T) {
	onEngines(t, func(t *testing.T, st store.Store) {
		w := worldOn(t, st)
		s := newShop(t, w)
		stamp := func() (st core.Stamp) {
			w.View(t, func(tx *core.Tx) error {
				acc, err := core.Get(tx, s.ann.ID)
				if err != nil {
					return err
				}
				app, err := core.Get(tx, s.app.ID)
				if err != nil {
					return err
				}
				st, err = core.StampOf(tx, acc, app)
				return err
			})
			return st
		}
		for _, c := range []struct {
			name    string
			off, on func()
			moved   func(a, b core.Stamp) bool
		}{
			{"account", func() { change(t, w, s.ann.ID, func(a *core.Account) { a.Status = core.Disabled }) },
				func() { change(t, w, s.ann.ID, func(a *core.Account) { a.Status = core.Enabled }) },
				func(a, b core.Stamp) bool { return b.Account > a.Account }},
			{"directory", func() { change(t, w, s.dir.ID, func(d *core.Directory) { d.Status = core.Disabled }) },
				func() { change(t, w, s.dir.ID, func(d *core.Directory) { d.Status = core.Enabled }) },
				func(a, b core.Stamp) bool { return b.Directory > a.Directory }},
			{"application", func() { change(t, w, s.app.ID, func(a *core.Application) { a.Status = core.Disabled }) },
				func() { change(t, w, s.app.ID, func(a *core.Application) { a.Status = core.Enabled }) },
				func(a, b core.Stamp) bool { return b.App > a.App }},
			{"tenant", func() { change(t, w, w.Tenant, func(t *core.Tenant) { t.Status = core.Disabled }) },
				func() { change(t, w, w.Tenant, func(t *core.Tenant) { t.Status = core.Enabled }) },
				func(a, b core.Stamp) bool { return b.Tenant > a.Tenant }},
			{"password", func() { setPassword(t, w.App, w.Machine, s.ann.ID, "N3wPassword") }, func() {},
				func(a, b core.Stamp) bool { return b.Account > a.Account }},
		} {
			before := stamp()
			c.off()
			off := stamp()
			if !c.moved(before, off) {
				t.Errorf("%s disabled: %+v, then %+v", c.name, before, off)
			}
			c.on()
			if on := stamp(); on != off {
				t.Errorf("%s enabled again: %+v, then %+v", c.name, off, on)
			}
		}
		before := stamp()
		change(t, w, s.ann.ID, func(a *core.Account) { a.GivenName = "Ann" })
		change(t, w, s.dir.ID, func(d *core.Directory) { d.Description = "x" })
		if after := stamp(); after != before {
			t.Errorf("an edit ended something: %+v, then %+v", before, after)
		}
	})
}

func TestAnEpochCannotBeTurnedBackByWhoEdits(t *testing.T) {
	w := newWorld(t)
	s := newShop(t, w)
	change(t, w, s.dir.ID, func(d *core.Directory) { d.Status = core.Disabled })
	change(t, w, s.dir.ID, func(d *core.Directory) { d.Epoch, d.Status = 0, core.Enabled })
	d, err := get(w, s.dir.ID)
	if err != nil || d.Epoch != 1 {
		t.Errorf("epoch %d, %v", d.Epoch, err)
	}
}

func TestAPasswordChangeIsHeardAlsoInTheMillisecondOfTheLast(t *testing.T) {
	w := newWorld(t)
	s := newShop(t, w)
	heard := 0
	w.App.Hooks.Account.Password.After(func(*core.RecordEvent[core.Account]) error { heard++; return nil })
	for n, pw := range []string{"F1rstPassword", "Sec0ndPassword"} {
		w.Clock.Turn(-1) // the clock is no help
		from := now(t, w)
		setPassword(t, w.App, w.Machine, s.ann.ID, pw)
		if lines, events := types(t, w, from); lines != "account.update" || events != "account.update" || heard != n+1 {
			t.Errorf("audit %q, events %q, heard %d", lines, events, heard)
		}
		if _, err := s.login("ann@example.com", pw); err != nil {
			t.Error(err)
		}
	}
}
