package core_test

import (
	"testing"
	"time"

	"github.com/stormkeep/stormkeep/core"
	"github.com/stormkeep/stormkeep/core/coretest"
)

func TestALinkingPolicyIsAPartOfAnApplicationOrAnOrganization(t *testing.T) {
	w := newWorld(t)
	s := newShop(t, w)
	org := organization(t, w, "bank")
	of := func(id string) (p *core.AccountLinkingPolicy, err error) {
		err = w.App.View(w.Machine(), func(tx *core.Tx) error {
			p, err = core.LinkingPolicyOf(tx, core.ID[core.AccountLinkingPolicy](id))
			return err
		})
		return p, err
	}
	w.Clock.Turn(time.Hour)
	for id, made := range map[string]core.Time{string(s.app.ID): s.app.CreatedAt, string(org.ID): org.CreatedAt} {
		p, err := of(id)
		ok(t, err)
		if p.Status != core.Disabled || p.AutomaticProvisioning != core.Disabled || p.MatchingProperty != "" || p.CreatedAt != made || p.ModifiedAt != made {
			t.Errorf("absent: %+v", p)
		}
		w.Update(t, func(tx *core.Tx) error {
			p, err := core.LinkingPolicyOf(tx, p.ID)
			if err != nil {
				return err
			}
			p.Status, p.MatchingProperty = core.Enabled, "EMAIL"
			return core.Put(tx, p)
		})
		p, err = of(id)
		if err != nil || p.Status != core.Enabled || p.MatchingProperty != "email" || p.CreatedAt != made || p.ModifiedAt != core.At(w.Clock.Now()) {
			t.Errorf("written: %+v, %v", p, err)
		}
		wantCode(t, "another property", tryChange(w, p.ID, func(p *core.AccountLinkingPolicy) { p.MatchingProperty = "username" }), "unsupported_value")
		wantCode(t, "another status", tryChange(w, p.ID, func(p *core.AccountLinkingPolicy) { p.Status = core.Unverified }), "unsupported_value")
	}
	for _, id := range []string{string(s.dir.ID), "nothing", "", "-"} {
		_, err := of(id)
		wantCode(t, "the policy of "+id, err, "not_found")
	}
	admins := core.ID[core.AccountLinkingPolicy](w.Application(t, "Stormpath").ID)
	wantCode(t, "the administrators'", tryChange(w, admins, func(p *core.AccountLinkingPolicy) { p.Status = core.Enabled }), "protected")
	ok(t, remove(w, s.app.ID))
	ok(t, remove(w, org.ID))
	for _, id := range []string{string(s.app.ID), string(org.ID)} {
		_, err := of(id)
		wantCode(t, "without its owner", err, "not_found")
	}
	w.Sound(t)
}

// Which of two linked accounts a login ends at (spec 18): ann is of the application's
// first directory, vic, whom the club knows by the same address, of its default
// one.
func TestWhereALoginEnds(t *testing.T) {
	type setting struct {
		t   *testing.T
		s   *shop
		vic *core.Account // of club
		org *core.Organization
	}
	enable := func(x *setting, id string) {
		change(x.t, x.s.w, core.ID[core.AccountLinkingPolicy](id), func(p *core.AccountLinkingPolicy) { p.Status = core.Enabled })
	}
	for _, c := range []struct {
		name   string
		before func(x *setting)
		named  bool // the attempt names the organization
		want   string
	}{
		{name: "no policy", want: "ann"},
		{name: "the application's policy", before: func(x *setting) { enable(x, string(x.s.app.ID)) }, want: "vic"},
		{name: "the organization's policy, and none was named", before: func(x *setting) { enable(x, string(x.org.ID)) }, want: "ann"},
		{name: "the organization's policy, and it was named", before: func(x *setting) { enable(x, string(x.org.ID)) }, named: true, want: "vic"},
		{name: "the application's policy, and an organization was named", before: func(x *setting) { enable(x, string(x.s.app.ID)) }, named: true, want: "ann"},
		{name: "no default account store", want: "ann", before: func(x *setting) {
			enable(x, string(x.s.app.ID))
			x.s.defaultTo(x.t, "")
		}},
		{name: "its own is the default account store", want: "ann", before: func(x *setting) {
			enable(x, string(x.s.app.ID))
			x.s.defaultTo(x.t, core.RefTo(x.s.dir.ID))
		}},
		{name: "the default is a group that the other is in", want: "vic", before: func(x *setting) {
			enable(x, string(x.s.app.ID))
			x.s.defaultTo(x.t, core.RefTo(x.s.vip.ID))
		}},
		{name: "the default is an organization whose default the other is in", want: "vic", before: func(x *setting) {
			enable(x, string(x.s.app.ID))
			x.s.defaultTo(x.t, core.RefTo(x.org.ID))
		}},
		{name: "not linked", want: "ann", before: func(x *setting) {
			enable(x, string(x.s.app.ID))
			x.s.w.Update(x.t, func(tx *core.Tx) error {
				for id := range core.LinksOf(tx, x.s.ann.ID) {
					l, err := core.Get(tx, id)
					return orElse(err, core.Delete(tx, l))
				}
				return nil
			})
		}},
		{name: "the other is disabled", want: "account_disabled", before: func(x *setting) {
			enable(x, string(x.s.app.ID))
			change(x.t, x.s.w, x.vic.ID, func(a *core.Account) { a.Status = core.Disabled })
		}},
		{name: "the other is unverified", want: "account_unverified", before: func(x *setting) {
			enable(x, string(x.s.app.ID))
			change(x.t, x.s.w, x.vic.ID, func(a *core.Account) { a.Status = core.Unverified })
		}},
		{name: "the other's directory is disabled", want: "directory_disabled", before: func(x *setting) {
			enable(x, string(x.s.app.ID))
			change(x.t, x.s.w, x.s.club.ID, func(d *core.Directory) { d.Status = core.Disabled })
		}},
		{name: "the other's organization is disabled", want: "organization_disabled", before: func(x *setting) {
			enable(x, string(x.s.app.ID))
			x.s.defaultTo(x.t, core.RefTo(x.org.ID))
			change(x.t, x.s.w, x.org.ID, func(o *core.Organization) { o.Status = core.Disabled })
		}},
		{name: "it is itself disabled", want: "account_disabled", before: func(x *setting) {
			enable(x, string(x.s.app.ID))
			change(x.t, x.s.w, x.s.ann.ID, func(a *core.Account) { a.Status = core.Disabled })
		}},
	} {
		t.Run(c.name, func(t *testing.T) {
			w := newWorld(t)
			x := &setting{t: t, s: newShop(t, w), org: organization(t, w, "bank")}
			x.vic = x.s.vic
			link(t, w, x.s.ann.ID, x.vic.ID)
			mapOrg(t, w, x.org.ID, core.RefTo(x.s.dir.ID))
			mapOrg(t, w, x.org.ID, core.RefTo(x.s.club.ID), true, false)
			x.s.mapTo(t, core.RefTo(x.s.club.ID))
			x.s.mapTo(t, core.RefTo(x.org.ID))
			x.s.defaultTo(x.t, core.RefTo(x.s.club.ID))
			if c.before != nil {
				c.before(x)
			}
			var store core.Ref
			if c.named {
				store = core.RefTo(x.org.ID)
			}
			var asked core.ID[core.Account]
			w.App.Hooks.Auth.Login.Before(func(e *core.AuthEvent) error { asked = e.Account.ID; return nil })
			out, err := x.s.login("ann@example.com", coretest.Password, store)
			got := code(err)
			if out.Done != nil {
				got = map[core.ID[core.Account]]string{x.s.ann.ID: "ann", x.vic.ID: "vic"}[out.Done.Account.ID]
				if asked != out.Done.Account.ID {
					t.Error("the hooks were asked about another account")
				}
				if (out.Done.Organization == x.org.ID) != c.named {
					t.Errorf("organization %q", out.Done.Organization)
				}
			}
			if got != c.want {
				t.Errorf("%s, %v, want %s", got, err, c.want)
			}
			wantCode(t, "a wrong password", second(x.s.login("ann@example.com", "Wrong1234", store)), "wrong_password")
		})
	}
}

// defaultTo makes a store the shop's default for accounts; "" leaves none.
func (s *shop) defaultTo(t *testing.T, store core.Ref) {
	t.Helper()
	s.w.Update(t, func(tx *core.Tx) error {
		all, err := core.Mappings(tx, s.app.ID)
		if err != nil {
			return err
		}
		for _, m := range all {
			if m.Store == store || store == "" && m.DefaultAccounts {
				m.DefaultAccounts = store != ""
				return core.SaveMapping(tx, m)
			}
		}
		return nil
	})
}
