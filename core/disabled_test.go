package core_test

import (
	"testing"

	"github.com/stormkeep/stormkeep/core"
	"github.com/stormkeep/stormkeep/core/coretest"
)

// ways is a shop that is reached in three ways: ann by her directory, vic by a group and
// oli by an organization.
type ways struct {
	*shop
	oli *core.Account
	org core.ID[core.Organization]
}

func newWays(t *testing.T) *ways {
	t.Helper()
	s := &ways{shop: newShop(t, newWorld(t))}
	staff := directory(t, s.w, "staff")
	s.oli = s.w.Person(t, staff.ID, "oli@example.com")
	s.w.Update(t, func(tx *core.Tx) error {
		org := core.Make[core.Organization]()
		org.Name, org.NameKey = "crew", "crew"
		if err := core.Put(tx, org); err != nil {
			return err
		}
		s.org = org.ID
		return core.SaveMapping(tx, &core.OrganizationAccountStoreMapping{Organization: org.ID, Store: core.RefTo(staff.ID), ListIndex: core.AtEnd})
	})
	s.mapTo(t, core.RefTo(s.org))
	for _, d := range []core.ID[core.Directory]{s.dir.ID, s.club.ID, staff.ID} {
		change(t, s.w, core.ID[core.AccountCreationPolicy](d), func(p *core.AccountCreationPolicy) { p.VerificationEmailStatus = core.Enabled })
	}
	return s
}

// use is something that an account is good for: make gives the artefact that it takes.
type use struct {
	name string
	make func(t *testing.T, s *ways, acc *core.Account) (token, code string)
	try  func(s *ways, acc *core.Account, token, code string) error
}

func resetFor(t *testing.T, s *ways, acc *core.Account) (token, code string) {
	t.Helper()
	s.w.Update(t, func(tx *core.Tx) (err error) {
		token, _, err = core.RequestReset(tx, s.app.ID, acc.Email, "")
		return err
	})
	return token, ""
}

func verificationFor(t *testing.T, s *ways, acc *core.Account) (token, code string) {
	t.Helper()
	ok(t, s.resend(acc.Email))
	return letterTo(t, s.w, acc.Email)
}

func changeFor(app bool) func(t *testing.T, s *ways, acc *core.Account) (token, code string) {
	return func(t *testing.T, s *ways, acc *core.Account) (token, code string) {
		t.Helper()
		through := core.ID[core.Application]("")
		if app {
			through = s.app.ID
		}
		s.w.Update(t, func(tx *core.Tx) error { return core.RequestEmailChange(tx, acc.ID, through, "", "next@example.com") })
		return letterTo(t, s.w, "next@example.com")
	}
}

func confirmed(s *ways, _ *core.Account, token, code string) error {
	_, err := s.w.App.ConfirmAddress(holder(s.w), token, core.Confirmation{Code: code})
	return err
}

func nothing(*testing.T, *ways, *core.Account) (token, code string) { return "", "" }

var uses = []use{
	{"login", nothing, func(s *ways, acc *core.Account, _, _ string) error {
		return second(s.login(acc.Email, coretest.Password))
	}},
	{"ask for a reset", nothing, func(s *ways, acc *core.Account, _, _ string) error {
		return s.w.App.Update(s.w.Machine(), func(tx *core.Tx) error {
			_, _, err := core.RequestReset(tx, s.app.ID, acc.Email, "")
			return err
		})
	}},
	{"ask for a verification", nothing, func(s *ways, acc *core.Account, _, _ string) error { return s.resend(acc.Email) }},
	{"reset token looked at", resetFor, func(s *ways, _ *core.Account, token, _ string) error {
		return s.w.App.View(s.w.Machine(), func(tx *core.Tx) error {
			_, _, err := core.Reset(tx, s.app.ID, token)
			return err
		})
	}},
	{"reset token", resetFor, func(s *ways, _ *core.Account, token, _ string) error {
		return second(s.w.App.SpendReset(s.w.Machine(), s.app.ID, token, "N3wPassword"))
	}},
	{"reset link looked at", resetFor, func(s *ways, _ *core.Account, token, _ string) error {
		return second(s.w.App.ReadMailedLink(holder(s.w), token))
	}},
	{"reset link", resetFor, func(s *ways, _ *core.Account, token, _ string) error {
		return second(s.w.App.SpendResetLink(holder(s.w), token, "N3wPassword"))
	}},
	{"verification token", verificationFor, func(s *ways, _ *core.Account, token, _ string) error { return second(s.verify(token)) }},
	{"verification link", verificationFor, confirmed},
	{"change-of-address link", changeFor(true), confirmed},
	{"change-of-address link, of no application", changeFor(false), confirmed},
}

// What is disabled is good for nothing, and what it gave before is dead once it is
// enabled again, where it has an epoch. Two things are so by the contract: the proof of
// an address outlives its account's being disabled, which stays so (spec 14), and a
// change of address that was asked for through no application knows of none.
func TestClass07_WhatIsDisabledIsGoodForNothing(t *testing.T) {
	for _, e := range []struct {
		name   string
		who    func(s *ways) *core.Account
		set    func(t *testing.T, s *ways, to core.Status)
		epoch  bool            // what it gave before is dead for good
		spared map[string]bool // uses that it has nothing to do with
	}{
		{name: "tenant", who: func(s *ways) *core.Account { return s.ann }, epoch: true,
			set: func(t *testing.T, s *ways, to core.Status) {
				change(t, s.w, s.w.Tenant, func(x *core.Tenant) { x.Status = to })
			}},
		{name: "application", who: func(s *ways) *core.Account { return s.ann }, epoch: true,
			spared: map[string]bool{"change-of-address link, of no application": true},
			set: func(t *testing.T, s *ways, to core.Status) {
				change(t, s.w, s.app.ID, func(x *core.Application) { x.Status = to })
			}},
		{name: "directory", who: func(s *ways) *core.Account { return s.ann }, epoch: true,
			set: func(t *testing.T, s *ways, to core.Status) {
				change(t, s.w, s.dir.ID, func(x *core.Directory) { x.Status = to })
			}},
		{name: "account", who: func(s *ways) *core.Account { return s.ann }, epoch: true,
			spared: map[string]bool{"verification token": true, "verification link": true},
			set: func(t *testing.T, s *ways, to core.Status) {
				change(t, s.w, s.ann.ID, func(x *core.Account) { x.Status = to })
			}},
		{name: "group", who: func(s *ways) *core.Account { return s.vic },
			spared: map[string]bool{"change-of-address link, of no application": true},
			set: func(t *testing.T, s *ways, to core.Status) {
				change(t, s.w, s.vip.ID, func(x *core.Group) { x.Status = to })
			}},
		{name: "organization", who: func(s *ways) *core.Account { return s.oli },
			spared: map[string]bool{"change-of-address link, of no application": true},
			set: func(t *testing.T, s *ways, to core.Status) {
				change(t, s.w, s.org, func(x *core.Organization) { x.Status = to })
			}},
	} {
		for _, u := range uses {
			t.Run(e.name+"/"+u.name, func(t *testing.T) {
				for _, when := range []string{"on", "off", "again"} {
					s := newWays(t)
					acc := e.who(s)
					token, code := u.make(t, s, acc)
					if when != "on" {
						e.set(t, s, core.Disabled)
					}
					if when == "again" {
						e.set(t, s, core.Enabled)
					}
					err := u.try(s, acc, token, code)
					works := when == "on" || e.spared[u.name] || when == "again" && (!e.epoch || token == "")
					if (err == nil) != works {
						t.Errorf("%s: %v", when, err)
					}
					if now, err := get(s.w, acc.ID); err != nil || when == "off" && e.name == "account" && now.Status != core.Disabled {
						t.Errorf("%s: %+v, %v", when, now, err)
					}
				}
			})
		}
	}
}
