package core_test

import (
	"strings"
	"testing"

	"github.com/stormkeep/stormkeep/core"
	"github.com/stormkeep/stormkeep/core/coretest"
	"github.com/stormkeep/stormkeep/core/store/mem"
)

// mall is a shop that also has an organization as a store: of the directory "firm",
// in which eve is, and of the club's group "board", in which out is. Ann has a twin
// of the same address in the firm, with another password.
type mall struct {
	*shop
	org   *core.Organization
	firm  *core.Directory
	board *core.Group
	eve   *core.Account
	twin  *core.Account
}

const twinPassword = "Tw1nPassword"

func newMall(t *testing.T, w *coretest.World) *mall {
	t.Helper()
	m := &mall{shop: newShop(t, w), org: organization(t, w, "bank"), firm: directory(t, w, "firm")}
	m.board = group(t, w, m.club.ID, "board")
	m.eve, m.twin = w.Person(t, m.firm.ID, "eve@example.com"), w.Person(t, m.firm.ID, "ann@example.com")
	setPassword(t, w.App, w.Machine, m.twin.ID, twinPassword)
	join(t, w, m.out.ID, m.board.ID)
	mapOrg(t, w, m.org.ID, core.RefTo(m.firm.ID))
	mapOrg(t, w, m.org.ID, core.RefTo(m.board.ID))
	m.mapTo(t, core.RefTo(m.org.ID))
	return m
}

func (m *mall) first(t *testing.T, store core.Ref) {
	t.Helper()
	m.w.Update(t, func(tx *core.Tx) error {
		all, err := core.Mappings(tx, m.app.ID)
		if err != nil {
			return err
		}
		for _, x := range all {
			if x.Store == store {
				x.ListIndex = 0
				return core.SaveMapping(tx, x)
			}
		}
		return nil
	})
}

// The login matrix of spec 30.6.
func TestWhoMaySignInThroughWhat(t *testing.T) {
	disable := func(what string) func(*testing.T, *mall) {
		return func(t *testing.T, m *mall) {
			switch what {
			case "organization":
				change(t, m.w, m.org.ID, func(o *core.Organization) { o.Status = core.Disabled })
			case "firm":
				change(t, m.w, m.firm.ID, func(d *core.Directory) { d.Status = core.Disabled })
			case "board":
				change(t, m.w, m.board.ID, func(g *core.Group) { g.Status = core.Disabled })
			case "club":
				change(t, m.w, m.club.ID, func(d *core.Directory) { d.Status = core.Disabled })
			case "application":
				change(t, m.w, m.app.ID, func(a *core.Application) { a.Status = core.Disabled })
			case "eve":
				change(t, m.w, m.eve.ID, func(a *core.Account) { a.Status = core.Disabled })
			}
		}
	}
	for _, c := range []struct {
		name   string
		before func(t *testing.T, m *mall)
		login  string
		pw     string
		store  string // names what the attempt names
		want   string // whom it ends at, through what; or a code
	}{
		{name: "a directory of the organization", login: "eve", want: "eve through firm"},
		{name: "a group of the organization", login: "out", want: "out through board"},
		{name: "a group of the application", login: "vic", want: "vic through vip"},
		{name: "the first of two of the same address", login: "ann", want: "ann through dir"},
		{name: "the first decides: the second's password is wrong", login: "ann", pw: twinPassword, want: "wrong_password"},
		{name: "the organization first: the other is found", login: "ann", pw: twinPassword, want: "twin through firm",
			before: func(t *testing.T, m *mall) { m.first(t, core.RefTo(m.org.ID)) }},
		{name: "the organization first: the first's password is wrong", login: "ann", want: "wrong_password",
			before: func(t *testing.T, m *mall) { m.first(t, core.RefTo(m.org.ID)) }},

		{name: "the organization named", login: "eve", store: "org", want: "eve through firm"},
		{name: "the organization named: the other of the same address", login: "ann", pw: twinPassword, store: "org", want: "twin through firm"},
		{name: "the organization named: who is not in it", login: "vic", store: "org", want: "unknown_login"},
		{name: "its directory named", login: "eve", store: "firm", want: "eve through firm"},
		{name: "its group named", login: "out", store: "board", want: "out through board"},
		{name: "its group's directory named", login: "out", store: "club", want: "store_not_mapped"},
		{name: "its group named: who is not in it", login: "vic", store: "board", want: "unknown_login"},
		{name: "another organization named", login: "eve", store: "other", want: "store_not_mapped"},
		{name: "an organization that is not there", login: "eve", store: "nobody", want: "invalid_reference"},
		{name: "an account named", login: "eve", store: "eve", want: "invalid_reference"},
		{name: "an organization without stores", login: "eve", store: "org", want: "organization_no_stores", before: func(t *testing.T, m *mall) {
			ok(t, remove(m.w, m.firm.ID))
			ok(t, remove(m.w, m.board.ID))
		}},
		{name: "an application whose organization has none", login: "vic", want: "vic through vip", before: func(t *testing.T, m *mall) {
			ok(t, remove(m.w, m.firm.ID))
			ok(t, remove(m.w, m.board.ID))
		}},

		{name: "organization disabled", login: "eve", before: disable("organization"), want: "organization_disabled"},
		{name: "organization disabled, wrong password", login: "eve", pw: "Wrong1234", before: disable("organization"), want: "wrong_password"},
		{name: "organization disabled, named", login: "eve", store: "org", before: disable("organization"), want: "organization_disabled"},
		{name: "organization disabled, its directory named", login: "eve", store: "firm", before: disable("organization"), want: "organization_disabled"},
		{name: "organization disabled, its directory mapped directly too, and named", login: "eve", store: "firm", want: "eve through firm",
			before: func(t *testing.T, m *mall) {
				disable("organization")(t, m)
				m.mapTo(t, core.RefTo(m.firm.ID))
			}},
		{name: "organization disabled, its directory mapped directly too, and later", login: "eve", want: "organization_disabled",
			before: func(t *testing.T, m *mall) {
				disable("organization")(t, m)
				m.mapTo(t, core.RefTo(m.firm.ID))
			}},
		{name: "organization disabled, who comes otherwise", login: "vic", before: disable("organization"), want: "vic through vip"},
		{name: "directory of the organization disabled", login: "eve", before: disable("firm"), want: "directory_disabled"},
		{name: "group of the organization disabled", login: "out", before: disable("board"), want: "group_disabled"},
		{name: "directory of its group disabled", login: "out", before: disable("club"), want: "directory_disabled"},
		{name: "application disabled", login: "eve", before: disable("application"), want: "application_disabled"},
		{name: "account disabled", login: "eve", before: disable("eve"), want: "account_disabled"},
		{name: "account and organization disabled", login: "eve", want: "account_disabled", before: func(t *testing.T, m *mall) {
			disable("organization")(t, m)
			disable("eve")(t, m)
		}},
		{name: "organization deleted", login: "eve", want: "unknown_login", before: func(t *testing.T, m *mall) { ok(t, remove(m.w, m.org.ID)) }},
	} {
		t.Run(c.name, func(t *testing.T) {
			w := newWorld(t)
			m := newMall(t, w)
			other := organization(t, w, "other")
			if c.before != nil {
				c.before(t, m)
			}
			stores := map[string]core.Ref{"": "", "org": core.RefTo(m.org.ID), "other": core.RefTo(other.ID), "firm": core.RefTo(m.firm.ID),
				"board": core.RefTo(m.board.ID), "club": core.RefTo(m.club.ID), "nobody": "organizations/nobody", "eve": core.RefTo(m.eve.ID)}
			pw := coretest.Password
			if c.pw != "" {
				pw = c.pw
			}
			out, err := m.login(c.login+"@example.com", pw, stores[c.store])
			got := code(err)
			if d := out.Done; d != nil {
				who := map[core.ID[core.Account]]string{m.ann.ID: "ann", m.vic.ID: "vic", m.out.ID: "out", m.eve.ID: "eve", m.twin.ID: "twin"}
				through := map[core.Ref]string{core.RefTo(m.dir.ID): "dir", core.RefTo(m.vip.ID): "vip", core.RefTo(m.firm.ID): "firm", core.RefTo(m.board.ID): "board"}
				got = who[d.Account.ID] + " through " + through[d.Store]
				if (d.Organization != "") != (c.store == "org") {
					t.Errorf("organization %q", d.Organization)
				}
			}
			if got != c.want {
				t.Errorf("%s (%v), want %s", got, err, c.want)
			}
		})
	}
}

func TestClass15_AKnownAndAnUnknownLoginCostTheSameThroughOrganizations(t *testing.T) {
	counting := &coretest.Counting{Store: mem.Open()}
	w := worldOn(t, counting)
	m := newMall(t, w)
	link(t, w, m.eve.ID, m.ann.ID)
	m.defaultTo(t, core.RefTo(m.dir.ID))
	for _, id := range []string{string(m.app.ID), string(m.org.ID)} {
		change(t, w, core.ID[core.AccountLinkingPolicy](id), func(p *core.AccountLinkingPolicy) { p.Status = core.Enabled })
	}
	m.login("warm up", "x")
	for _, store := range []core.Ref{"", core.RefTo(m.org.ID), core.RefTo(m.firm.ID), core.RefTo(m.board.ID)} {
		measure := func(login string) (least coretest.Work) {
			for n := range 3 { // a worker that has just begun may read meanwhile
				w.Settle(t) // the tenth wrong try leaves a mail to be sent
				before := counting.Work()
				_, err := m.login(login, "Wrong1234", store)
				if err == nil {
					t.Errorf("%s signs in", login)
				}
				if work := counting.Since(before); n == 0 || work.Scans < least.Scans {
					least = work
				}
			}
			return least
		}
		want := measure("nobody@example.com")
		for _, login := range []string{"eve@example.com", "out@example.com", "ann@example.com", "vic@example.com", "nobody"} {
			if got := measure(login); got != want {
				t.Errorf("%s through %q: %+v, want %+v", login, store, got, want)
			}
		}
	}
}

func TestWhereAttemptsEndIsWrittenDown(t *testing.T) {
	w := newWorld(t)
	m := newMall(t, w)
	link(t, w, m.eve.ID, m.vic.ID)
	m.w.Update(t, func(tx *core.Tx) error {
		x := &core.OrganizationAccountStoreMapping{Organization: m.org.ID, Store: core.RefTo(m.vip.ID), DefaultAccounts: true}
		return core.SaveMapping(tx, x)
	})
	change(t, w, core.ID[core.AccountLinkingPolicy](m.org.ID), func(p *core.AccountLinkingPolicy) { p.Status = core.Enabled })
	from := now(t, w)
	_, err := m.login("eve@example.com", coretest.Password, core.RefTo(m.org.ID))
	ok(t, err)
	lines, events := trail(t, w, from)
	if len(lines) != 1 || len(events) != 1 || lines[0].Ref != core.RefTo(m.vic.ID) || events[0].Ref != core.RefTo(m.vic.ID) ||
		lines[0].Note["linkedFrom"] != string(m.eve.ID) || lines[0].Note["organization"] != string(m.org.ID) || lines[0].Note["store"] != core.RefTo(m.vip.ID).Path() {
		t.Errorf("%s %s", js(lines), js(events))
	}
	change(t, w, m.vic.ID, func(a *core.Account) { a.Status = core.Disabled })
	from = now(t, w)
	_, err = m.login("eve@example.com", coretest.Password, core.RefTo(m.org.ID))
	wantCode(t, "the linked account is disabled", err, "account_disabled")
	lines, _ = trail(t, w, from)
	if len(lines) != 1 || lines[0].Note["account"] != string(m.eve.ID) || lines[0].Note["linkedTo"] != string(m.vic.ID) {
		t.Errorf("%s", js(lines))
	}
}

func TestALinkThatGoesMeanwhileLetsNobodyIn(t *testing.T) {
	w := newWorld(t)
	s := newShop(t, w)
	l := link(t, w, s.ann.ID, s.vic.ID)
	s.defaultTo(t, core.RefTo(s.vip.ID))
	change(t, w, core.ID[core.AccountLinkingPolicy](s.app.ID), func(p *core.AccountLinkingPolicy) { p.Status = core.Enabled })
	w.App.Hooks.Auth.Login.Before(func(e *core.AuthEvent) error {
		if !strings.HasPrefix(e.Account.Email, "vic") {
			t.Errorf("asked about %s", e.Account.Email)
		}
		return remove(w, l.ID)
	})
	_, err := s.login("ann@example.com", coretest.Password)
	wantCode(t, "the link went", err, "unknown_login")
}
