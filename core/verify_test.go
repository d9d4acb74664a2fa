package core_test

import (
	"path"
	"testing"

	"github.com/stormkeep/stormkeep/core"
	"github.com/stormkeep/stormkeep/core/coretest"
	"github.com/stormkeep/stormkeep/core/store"
	"github.com/stormkeep/stormkeep/core/store/mem"
)

// verifying has the shop's directory verify addresses and makes bob there.
func verifying(t *testing.T, s *shop) *core.Account {
	t.Helper()
	change(t, s.w, core.ID[core.AccountCreationPolicy](s.dir.ID), func(p *core.AccountCreationPolicy) { p.VerificationEmailStatus = core.Enabled })
	return s.w.Person(t, s.dir.ID, "bob@example.com")
}

// pendingToken is the token that an account waits for, as its view shows it to an
// actor.
func pendingToken(t *testing.T, w *coretest.World, as core.Actor, id core.ID[core.Account]) (token string) {
	t.Helper()
	ok(t, w.App.View(core.As(t.Context(), as), func(tx *core.Tx) error {
		acc, err := core.Get(tx, id)
		if err != nil {
			return err
		}
		view := core.View{Tx: tx}
		acc.View(&view)
		for _, f := range view.Fields {
			if href, ok := f.Value.(core.Href); ok && f.Name == "emailVerificationToken" {
				token = path.Base(string(href))
			}
		}
		return nil
	}))
	return token
}

func (s *shop) token(t *testing.T, id core.ID[core.Account]) string {
	t.Helper()
	return pendingToken(t, s.w, core.Actor{Kind: core.Machine, Tenant: s.w.Tenant}, id)
}

func (s *shop) verify(token string) (acc *core.Account, err error) {
	err = s.w.App.Update(s.w.Machine(), func(tx *core.Tx) (err error) {
		acc, err = core.VerifyEmail(tx, token)
		return err
	})
	return acc, err
}

func (s *shop) resend(login string) error {
	return s.w.App.Update(s.w.Machine(), func(tx *core.Tx) error {
		return core.RequestVerification(tx, s.app.ID, login, "")
	})
}

func TestAnAddressIsVerifiedOnceByWhoReadItsMail(t *testing.T) {
	onEngines(t, func(t *testing.T, st store.Store) {
		s := newShop(t, worldOn(t, st))
		from := now(t, s.w)
		bob := verifying(t, s)
		if bob.Status != core.Unverified || bob.EmailVerificationStatus != core.AddressUnverified {
			t.Errorf("%+v", bob)
		}
		token := s.token(t, bob.ID)
		acc, err := s.verify(token)
		if err != nil || acc.ID != bob.ID || acc.Status != core.Enabled || acc.EmailVerificationStatus != core.AddressVerified {
			t.Fatalf("%+v, %v", acc, err)
		}
		wantCode(t, "again", second(s.verify(token)), "not_found")
		if left := s.token(t, bob.ID); left != "" {
			t.Errorf("it still waits for %q", left)
		}
		_, events := types(t, s.w, from)
		if want := "accountCreationPolicy.create account.create account.verificationRequest account.update account.verify"; events != want {
			t.Errorf("events\n%s, want\n%s", events, want)
		}
		ok(t, second(s.login("bob@example.com", coretest.Password)))
	})
}

func TestNobodySignsInBeforeTheAddressIsVerified(t *testing.T) {
	s := newShop(t, newWorld(t))
	verifying(t, s)
	wantCode(t, "before", second(s.login("bob@example.com", coretest.Password)), "account_unverified")
}

func TestClass03_WhatEndsAVerificationToken(t *testing.T) {
	for _, c := range []struct {
		name   string
		before func(t *testing.T, s *shop, bob core.ID[core.Account], token *string)
		want   string
		status core.Status
	}{
		{"nothing", func(*testing.T, *shop, core.ID[core.Account], *string) {}, "", core.Enabled},
		{"a new password does not", func(t *testing.T, s *shop, bob core.ID[core.Account], _ *string) {
			setPassword(t, s.w.App, s.w.Machine, bob, "0therPassword")
		}, "", core.Enabled},
		{"disabling does not, and stays", func(t *testing.T, s *shop, bob core.ID[core.Account], _ *string) {
			change(t, s.w, bob, func(a *core.Account) { a.Status = core.Disabled })
		}, "", core.Disabled},
		{"a new address", func(t *testing.T, s *shop, bob core.ID[core.Account], _ *string) {
			change(t, s.w, bob, func(a *core.Account) { a.Email = "new@example.com" })
		}, "not_found", core.Unverified},
		{"a new address and back", func(t *testing.T, s *shop, bob core.ID[core.Account], _ *string) {
			change(t, s.w, bob, func(a *core.Account) { a.Email = "new@example.com" })
			change(t, s.w, bob, func(a *core.Account) { a.Email = "bob@example.com" })
		}, "not_found", core.Unverified},
		{"an operator's word", func(t *testing.T, s *shop, bob core.ID[core.Account], _ *string) {
			change(t, s.w, bob, func(a *core.Account) { a.EmailVerificationStatus = core.AddressVerified })
		}, "not_found", core.Unverified},
		{"another one", func(t *testing.T, s *shop, _ core.ID[core.Account], _ *string) { ok(t, s.resend("bob@example.com")) }, "not_found", core.Unverified},
		{"the end of all of the tenant's", func(t *testing.T, s *shop, _ core.ID[core.Account], _ *string) {
			change(t, s.w, s.w.Tenant, func(x *core.Tenant) { x.Status = core.Disabled })
			change(t, s.w, s.w.Tenant, func(x *core.Tenant) { x.Status = core.Enabled })
		}, "not_found", core.Unverified},
		{"the end of its account", func(t *testing.T, s *shop, bob core.ID[core.Account], _ *string) { ok(t, remove(s.w, bob)) }, "not_found", ""},
		{"a guess", func(_ *testing.T, _ *shop, _ core.ID[core.Account], token *string) { *token = (*token)[:22] + "guess" }, "not_found", core.Unverified},
		{"its id alone", func(_ *testing.T, _ *shop, _ core.ID[core.Account], token *string) { *token = (*token)[:22] }, "not_found", core.Unverified},
		{"a token to set a password", func(t *testing.T, s *shop, _ core.ID[core.Account], token *string) { *token = s.reset(t) }, "not_found", core.Unverified},
	} {
		t.Run(c.name, func(t *testing.T) {
			s := newShop(t, newWorld(t))
			bob := verifying(t, s).ID
			token := s.token(t, bob)
			c.before(t, s, bob, &token)
			wantCode(t, "spending it", second(s.verify(token)), c.want)
			if acc, err := get(s.w, bob); err == nil && acc.Status != c.status || core.IsNotFound(err) != (c.status == "") {
				t.Errorf("%+v, %v", acc, err)
			}
		})
	}
	s := newShop(t, newWorld(t))
	token := s.token(t, verifying(t, s).ID)
	other := s.w.Other(t, "other")
	err := other.App.Update(other.Machine(), func(tx *core.Tx) error { return second(core.VerifyEmail(tx, token)) })
	wantCode(t, "in another tenant", err, "not_found")
	_, err = s.w.App.SpendReset(s.w.Machine(), s.app.ID, token, "N3wPassword")
	wantCode(t, "to set a password", err, "not_found")
}

func TestAskingForAnotherVerificationMail(t *testing.T) {
	s := newShop(t, newWorld(t))
	bob := verifying(t, s)
	first := s.token(t, bob.ID)
	ok(t, s.resend("BOB@example.com"))
	if again := s.token(t, bob.ID); again == "" || again == first || proofs(t, s) != 1 {
		t.Errorf("%q after %q, %d proofs", again, first, proofs(t, s))
	}
	ok(t, second(s.verify(s.token(t, bob.ID))))
	from := now(t, s.w)
	wantCode(t, "verified already", s.resend("bob@example.com"), "")
	if _, events := types(t, s.w, from); events != "" || s.token(t, bob.ID) != "" {
		t.Errorf("it does something: %s", events)
	}
	wantCode(t, "one made before the workflow", s.resend("ann@example.com"), "")
	ok(t, second(s.verify(s.token(t, s.ann.ID))))
	wantCode(t, "nobody", s.resend("nobody@example.com"), "unknown_resource")
	wantCode(t, "where nothing is verified", s.resend("vic@example.com"), "no_verification")
	change(t, s.w, bob.ID, func(a *core.Account) { a.Status = core.Disabled })
	wantCode(t, "one that is disabled", s.resend("bob@example.com"), "unknown_resource")
	for role, want := range map[core.Role]string{core.Owner: "", core.Admin: "", core.Support: "", core.Auditor: "forbidden", "": "forbidden"} {
		err := undone(s.w, by(s.w, role, "", core.AllCaps), t, func(tx *core.Tx) error { return core.RequestVerification(tx, s.app.ID, "ann@example.com", "") })
		wantCode(t, string(role), err, want)
	}
}

func TestTheWorkflowOfARegistration(t *testing.T) {
	for _, c := range []struct {
		name            string
		verify, welcome core.Status
		flow            core.Status
		fill            func(*core.Account)
		status          core.Status
		events          string
	}{
		{name: "none", status: core.Enabled},
		{name: "verification", verify: core.Enabled, status: core.Unverified, events: " account.verificationRequest"},
		{name: "welcome", welcome: core.Enabled, status: core.Enabled, events: " account.welcome"},
		{name: "both: the welcome comes later", verify: core.Enabled, welcome: core.Enabled, status: core.Unverified, events: " account.verificationRequest"},
		{name: "suppressed", verify: core.Enabled, welcome: core.Enabled, flow: core.Disabled, status: core.Enabled},
		{name: "forced", flow: core.Enabled, status: core.Unverified, events: " account.verificationRequest"},
		{name: "of one made disabled", verify: core.Enabled, status: core.Disabled, events: " account.verificationRequest",
			fill: func(a *core.Account) { a.Status = core.Disabled }},
		{name: "of one made verified", verify: core.Enabled, welcome: core.Enabled, status: core.Enabled, events: " account.welcome",
			fill: func(a *core.Account) { a.EmailVerificationStatus = core.AddressVerified }},
	} {
		t.Run(c.name, func(t *testing.T) {
			onEngines(t, func(t *testing.T, st store.Store) {
				w := worldOn(t, st)
				d := directory(t, w, "d")
				change(t, w, core.ID[core.AccountCreationPolicy](d.ID), func(p *core.AccountCreationPolicy) {
					p.EmailDomainBlacklist = []string{"x"}
					if c.verify != "" {
						p.VerificationEmailStatus = c.verify
					}
					if c.welcome != "" {
						p.WelcomeEmailStatus = c.welcome
					}
				})
				from := now(t, w)
				acc := core.Make[core.Account]()
				acc.Email = "bob@example.com"
				if c.fill != nil {
					c.fill(acc)
				}
				got, err := w.App.Register(w.Machine(), core.Registration{Through: core.RefTo(d.ID), Account: acc, Password: coretest.Password, Workflow: c.flow})
				if err != nil || got.Status != c.status {
					t.Fatalf("%+v, %v", got, err)
				}
				if _, events := types(t, w, from); events != "account.create"+c.events {
					t.Errorf("events %s", events)
				}
			})
		})
	}
}

func TestClass08_WhoSaysThatAnAddressIsVerified(t *testing.T) {
	s := newShop(t, newWorld(t))
	bob := verifying(t, s)
	proof := func(id core.ID[core.Account]) string {
		t.Helper()
		text := "none"
		s.w.View(t, func(tx *core.Tx) error {
			acc, err := core.Get(tx, id)
			if err != nil {
				return err
			}
			p, err := core.EmailProofOf(tx, acc)
			if p != nil {
				text = string(p.Method) + " " + p.Address
			}
			return err
		})
		return text
	}
	step := func(what, got, want string) {
		t.Helper()
		if got != want {
			t.Errorf("%s: %s, want %s", what, got, want)
		}
	}
	step("at first", proof(bob.ID), "none")
	ok(t, second(s.verify(s.token(t, bob.ID))))
	step("by mail", proof(bob.ID), "MAIL bob@example.com")
	change(t, s.w, bob.ID, func(a *core.Account) { a.Surname = "B" })
	step("after another change", proof(bob.ID), "MAIL bob@example.com")
	change(t, s.w, bob.ID, func(a *core.Account) { a.Email = "New@example.com" })
	step("after a new address", proof(bob.ID), "none")
	change(t, s.w, bob.ID, func(a *core.Account) { a.EmailVerificationStatus = core.AddressVerified })
	step("by an operator", proof(bob.ID), "OPERATOR new@example.com")
	change(t, s.w, bob.ID, func(a *core.Account) { a.Email = "NEW@example.com" })
	step("in another case", proof(bob.ID), "OPERATOR new@example.com")
	change(t, s.w, bob.ID, func(a *core.Account) { a.EmailVerificationStatus = core.AddressUnknown })
	step("taken back", proof(bob.ID), "none")
	ok(t, register(s.w, s.dir.ID, "made@example.com", func(a *core.Account) { a.EmailVerificationStatus = core.AddressVerified }))
	s.w.View(t, func(tx *core.Tx) error {
		found, err := core.FindLogin(tx, s.dir, "made@example.com")
		if err == nil {
			step("made so", proof(found.ID), "OPERATOR made@example.com")
		}
		return err
	})
	ok(t, second(s.login("made@example.com", coretest.Password)))
}

func TestAVerificationTokenIsSealedAndForThoseWhoMaySeeIt(t *testing.T) {
	st := mem.Open()
	s := newShop(t, worldOn(t, st))
	bob := verifying(t, s)
	token := s.token(t, bob.ID)
	for _, c := range []struct {
		role core.Role
		caps core.Caps
		want bool
	}{
		{core.Owner, core.AllCaps, true}, {core.Admin, core.Caps{Manage: true, ReadSecrets: true}, true},
		{core.Admin, core.Caps{Manage: true}, false}, {core.Support, core.AllCaps, false}, {core.Auditor, core.AllCaps, false},
	} {
		if got := pendingToken(t, s.w, by(s.w, c.role, "", c.caps), bob.ID); (got == token) != c.want || got != "" && !c.want {
			t.Errorf("%s with %+v: %q", c.role, c.caps, got)
		}
	}
	if keys := coretest.Holding(t, st, token[22:]); len(keys) > 0 {
		t.Errorf("its secret is at %q", keys)
	}
	for role, want := range map[core.Role]string{core.Owner: "", core.Admin: "", core.Support: "", core.Auditor: "forbidden", "": "forbidden"} {
		err := undone(s.w, by(s.w, role, "", core.AllCaps), t, func(tx *core.Tx) error { return second(core.VerifyEmail(tx, token)) })
		wantCode(t, "spent by "+string(role), err, want)
	}
}
