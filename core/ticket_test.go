package core_test

import (
	"testing"
	"time"

	"github.com/stormkeep/stormkeep/core"
	"github.com/stormkeep/stormkeep/core/store"
)

func TestATicketIsForOneThing(t *testing.T) {
	onEngines(t, func(t *testing.T, s store.Store) {
		w := worldOn(t, s)
		app := w.Application(t, "My Application")
		dir := w.Directory(t, "My Application Directory").ID
		acc := w.Person(t, dir, "ann@example.com")
		other := w.Person(t, dir, "bob@example.com")
		ticket := core.Ticket{Purpose: "test.verify", Account: acc, Application: app.ID, For: core.RefTo(dir)}
		give := func(of core.Ticket) (token string) {
			n := 0
			w.Update(t, func(tx *core.Tx) (err error) {
				token, err = of.Give(tx, time.Hour, func() string { n++; return string(rune('a'+n)) + "-token" })
				return err
			})
			return token
		}
		good := func(of core.Ticket, token string) (p *core.Proof) {
			w.View(t, func(tx *core.Tx) (err error) {
				p, err = of.Find(tx, token)
				return err
			})
			return p
		}
		token := give(ticket)
		elsewhere := ticket
		elsewhere.For = core.RefTo(app.ID)
		otherwise := ticket
		otherwise.Purpose = "test.other"
		ofBob := ticket
		ofBob.Account = other
		if good(ticket, token) == nil || good(elsewhere, token) != nil || good(otherwise, token) != nil || good(ofBob, token) != nil || good(ticket, "x") != nil || good(ticket, "") != nil {
			t.Error("a token is good for what it is for, and nothing else")
		}
		spend := func() (again bool, err error) {
			err = w.App.Update(w.Machine(), func(tx *core.Tx) error {
				p, err := ticket.Find(tx, token)
				if err != nil {
					return err
				}
				again, err = p.Spend(tx)
				return err
			})
			return again, err
		}
		if _, err := spend(); err != nil {
			t.Errorf("once: %v", err)
		}
		if _, err := spend(); !core.IsNotFound(err) {
			t.Errorf("twice: %v", err)
		}
		if p := good(ticket, token); p == nil || !p.Spent() {
			t.Errorf("a spent one: %+v", p)
		}
		former := give(otherwise)
		latest := give(otherwise)
		if good(otherwise, former) != nil && former != latest || good(otherwise, latest) == nil {
			t.Error("the later ends the former")
		}
		w.Clock.Turn(time.Hour)
		if good(otherwise, latest) != nil {
			t.Error("it lives for ever")
		}
		w.Settle(t)
	})
}

func TestAConfirmedAddress(t *testing.T) {
	w := newWorld(t)
	acc := w.Person(t, w.Directory(t, "My Application Directory").ID, "ann@example.com")
	change(t, w, acc.ID, func(a *core.Account) { a.Status = core.Unverified })
	w.Update(t, func(tx *core.Tx) error {
		acc, err := core.Get(tx, acc.ID)
		if err != nil {
			return err
		}
		return core.ConfirmAddress(tx, acc, "")
	})
	w.View(t, func(tx *core.Tx) error {
		acc, err := core.Get(tx, acc.ID)
		if err != nil {
			return err
		}
		p, err := core.EmailProofOf(tx, acc)
		if p == nil || p.Method != core.ByMail || acc.Status != core.Enabled {
			t.Errorf("%+v, %+v", acc, p)
		}
		return err
	})
}
