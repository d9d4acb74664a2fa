package core_test

import (
	"context"
	"strings"
	"testing"
	"time"

	"github.com/stormkeep/stormkeep/core"
	"github.com/stormkeep/stormkeep/core/coretest"
	"github.com/stormkeep/stormkeep/core/store"
	"github.com/stormkeep/stormkeep/core/store/mem"
)

// fresh is a tenant that nobody owns.
type fresh struct {
	*coretest.World // of the tenant
	link            string
}

func newFresh(t *testing.T, s store.Store) *fresh {
	t.Helper()
	w := *worldOn(t, s)
	var err error
	w.Tenant, err = w.App.CreateTenant(t.Context(), "Fresh", "fresh")
	ok(t, err)
	f := &fresh{World: &w}
	f.link = f.setupLink(t)
	return f
}

func (f *fresh) setupLink(t *testing.T) (token string) {
	t.Helper()
	f.Update(t, func(tx *core.Tx) (err error) {
		token, err = core.NewSetupLink(tx)
		return err
	})
	return token
}

func (f *fresh) recoveryLink(t *testing.T, of core.ID[core.Account]) (token string) {
	t.Helper()
	f.Update(t, func(tx *core.Tx) (err error) {
		token, err = core.NewRecoveryLink(tx, of)
		return err
	})
	return token
}

// holder is a context of who holds a link and nothing else.
func (f *fresh) holder() context.Context {
	return core.As(context.Background(), core.Actor{Kind: core.ByLink, Tenant: f.Tenant, IP: "192.0.2.1"})
}

// hannah is what she says of the server.
var hannah = core.Setup{Email: " hannah@example.com ", GivenName: "Hannah", Surname: "Goldberg",
	Password: "correct horse battery", Application: "Larkspur"}

func (f *fresh) setUp(t *testing.T) (owner *core.Account, key string) {
	t.Helper()
	owner, key, err := f.App.SpendSetup(f.holder(), f.link, hannah)
	ok(t, err)
	return owner, key
}

func TestASetupLinkWorksOnceWhileNothingItIsBoundToChanges(t *testing.T) {
	for _, c := range []struct {
		name   string
		before func(t *testing.T, f *fresh)
		want   string
	}{
		{"at once", func(*testing.T, *fresh) {}, ""},
		{"just in time", func(_ *testing.T, f *fresh) { f.Clock.Turn(30*time.Minute - time.Millisecond) }, ""},
		{"too late", func(_ *testing.T, f *fresh) { f.Clock.Turn(30 * time.Minute) }, "dead_link"},
		{"twice", func(t *testing.T, f *fresh) { f.setUp(t) }, "dead_link"},
		{"after another was made", func(t *testing.T, f *fresh) { f.setupLink(t) }, "dead_link"},
		{"after somebody gave an owner a password", func(t *testing.T, f *fresh) {
			_, _, err := f.App.OwnerFor(f.Machine(), "other@example.com", "correct horse battery")
			ok(t, err)
		}, "dead_link"},
		{"after the tenant was disabled for a while", func(t *testing.T, f *fresh) {
			for _, s := range []core.Status{core.Disabled, core.Enabled} {
				change(t, f.World, f.Tenant, func(n *core.Tenant) { n.Status = s })
			}
		}, "dead_link"},
		{"while the tenant is disabled", func(t *testing.T, f *fresh) {
			change(t, f.World, f.Tenant, func(n *core.Tenant) { n.Status = core.Disabled })
		}, "dead_link"},
		{"a guess", func(_ *testing.T, f *fresh) { f.link = f.link[:22] + strings.Repeat("A", 43) }, "dead_link"},
		{"its id alone", func(_ *testing.T, f *fresh) { f.link = f.link[:22] }, "dead_link"},
		{"nothing", func(_ *testing.T, f *fresh) { f.link = "" }, "dead_link"},
		{"a recovery link", func(t *testing.T, f *fresh) {
			owner, _ := f.setUp(t)
			f.link = f.recoveryLink(t, owner.ID)
		}, "dead_link"},
		{"a link to a key", func(t *testing.T, f *fresh) { _, f.link = f.setUp(t) }, "dead_link"},
	} {
		t.Run(c.name, func(t *testing.T) {
			f := newFresh(t, mem.Open())
			c.before(t, f)
			_, _, err := f.App.SpendSetup(f.holder(), f.link, hannah)
			wantCode(t, "spending it", err, c.want)
			f.View(t, func(tx *core.Tx) error {
				owners, err := core.Owners(tx)
				if len(owners) > 1 {
					t.Errorf("%d owners", len(owners))
				}
				return err
			})
		})
	}
}

func TestOnlyTheMachineMakesSetupLinks(t *testing.T) {
	w := newWorld(t)
	for _, as := range []context.Context{w.As(core.Owner), core.As(t.Context(), core.Actor{Kind: core.ByLink, Tenant: w.Tenant}),
		core.As(t.Context(), core.Actor{Kind: core.Anonymous, Tenant: w.Tenant})} {
		wantCode(t, "setup", w.App.Update(as, func(tx *core.Tx) error { return second(core.NewSetupLink(tx)) }), "forbidden")
		wantCode(t, "recovery", w.App.Update(as, func(tx *core.Tx) error { return second(core.NewRecoveryLink(tx, w.Owner.ID)) }), "forbidden")
	}
	wantCode(t, "setup of what is set up", w.App.Update(w.Machine(), func(tx *core.Tx) error { return second(core.NewSetupLink(tx)) }), "set_up")
}

func TestARecoveryLinkIsForAnEnabledOwner(t *testing.T) {
	w := newWorld(t)
	ann := w.Person(t, w.Directory(t, "Stormpath Administrators").ID, "ann@example.com")
	try := func(id core.ID[core.Account]) error {
		return w.App.Update(w.Machine(), func(tx *core.Tx) error { return second(core.NewRecoveryLink(tx, id)) })
	}
	wantCode(t, "of no operator", try(ann.ID), "invalid_reference")
	w.Update(t, func(tx *core.Tx) error { return core.MakeOperator(tx, ann.ID, core.Admin) })
	wantCode(t, "of an admin", try(ann.ID), "invalid_reference")
	w.Update(t, func(tx *core.Tx) error { return core.MakeOperator(tx, ann.ID, core.Owner) })
	wantCode(t, "of a second owner", try(ann.ID), "")
	change(t, w, ann.ID, func(a *core.Account) { a.Status = core.Disabled })
	wantCode(t, "of a disabled one", try(ann.ID), "invalid_reference")
	wantCode(t, "of nobody", try("nobody"), "not_found")

	f := newFresh(t, mem.Open())
	owner, _, err := f.App.OwnerFor(f.Machine(), "", "")
	ok(t, err)
	wantCode(t, "of one who is yet to be completed", f.App.Update(f.Machine(), func(tx *core.Tx) error {
		return second(core.NewRecoveryLink(tx, owner.ID))
	}), "not_set_up")
}

func TestWhetherThereIsSomethingToSetUp(t *testing.T) {
	f := newFresh(t, mem.Open())
	open := func(p core.SetupPurpose) string {
		is, unnamed, err := f.App.SetupOpen(t.Context(), p)
		ok(t, err)
		return js([2]bool{is, unnamed})
	}
	if got := open(core.FirstOwner) + open(core.OwnerRecovery); got != "[true,true][false,false]" {
		t.Errorf("at first: %s", got)
	}
	change(t, f.World, f.Application(t, "My Application").ID, func(a *core.Application) { a.Name = "Shop" })
	if got := open(core.FirstOwner); got != "[true,false]" {
		t.Errorf("with a named application: %s", got)
	}
	f.Clock.Turn(30 * time.Minute)
	if got := open(core.FirstOwner); got != "[false,false]" {
		t.Errorf("too late: %s", got)
	}
	f.link = f.setupLink(t)
	owner, _ := f.setUp(t)
	if got := open(core.FirstOwner) + open(core.OwnerRecovery); got != "[false,false][false,false]" {
		t.Errorf("once it is set up: %s", got)
	}
	f.recoveryLink(t, owner.ID)
	if got := open(core.FirstOwner) + open(core.OwnerRecovery); got != "[false,false][true,false]" {
		t.Errorf("with an owner locked out: %s", got)
	}
}

func TestALinkNamesItsTenantAndIsForgotten(t *testing.T) {
	st := mem.Open()
	f := newFresh(t, st)
	if got, err := f.App.LinkTenant(t.Context(), f.link); err != nil || got != f.Tenant {
		t.Errorf("tenant %q, %v", got, err)
	}
	for _, token := range []string{"", f.link[:22], strings.Repeat("0", 65), "../" + f.link} {
		wantCode(t, token, second(f.App.LinkTenant(t.Context(), token)), "dead_link")
	}
	if keys := coretest.Holding(t, st, f.link[22:]); len(keys) > 0 {
		t.Errorf("its secret is at %q", keys)
	}
	owner, _ := f.setUp(t)
	recovery := f.recoveryLink(t, owner.ID)
	f.Clock.Turn(2 * time.Hour)
	eventually(t, "no link is left", func() bool {
		return len(coretest.Holding(t, st, "/setup/")) == 0
	})
	wantCode(t, "what is forgotten", second(f.App.LinkTenant(t.Context(), recovery)), "dead_link")
}

func TestWhatMakesAndSpendsLinksIsToldWithoutTheirSecrets(t *testing.T) {
	onEngines(t, func(t *testing.T, st store.Store) {
		f := newFresh(t, st)
		owner, key := f.setUp(t)
		_, secret, err := f.App.SpendSetupKey(f.holder(), key, "made at setup")
		ok(t, err)
		recovery := f.recoveryLink(t, owner.ID)
		ok(t, second(f.App.SpendRecovery(f.holder(), recovery, "another good one")))
		lines, events := trail(t, f.World, 0)
		told := map[string]int{}
		for _, l := range lines {
			told[l.Type]++
			if l.Type == "setup.done" && (l.Actor.Kind != core.ByLink || l.Actor.IP != "192.0.2.1" || l.Ref != core.RefTo(owner.ID)) {
				t.Errorf("%+v", l)
			}
		}
		for _, want := range []string{"setup.request", "setup.done", "apiKey.create", "account.recoveryRequest", "account.recovery"} {
			if told[want] != 1 {
				t.Errorf("%d lines %s", told[want], want)
			}
		}
		for what, text := range map[string]string{"setup link": f.link[22:], "key link": key[22:], "recovery link": recovery[22:],
			"key": secret, "password": hannah.Password} {
			if strings.Contains(js(lines)+js(events), text) {
				t.Errorf("the %s is told", what)
			}
			if keys := coretest.Holding(t, st, text); len(keys) > 0 {
				t.Errorf("the %s is at %q", what, keys)
			}
		}
	})
}
