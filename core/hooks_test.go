package core_test

import (
	"errors"
	"fmt"
	"slices"
	"strings"
	"testing"
	"time"

	"github.com/stormkeep/stormkeep/core"
	"github.com/stormkeep/stormkeep/core/coretest"
	"github.com/stormkeep/stormkeep/core/store"
	"github.com/stormkeep/stormkeep/hooks"
)

func TestEveryHookFires(t *testing.T) {
	fired := map[string]bool{}
	var all []hooks.Any
	w := newWorld(t, func(a *core.App) {
		all = hooks.Walk(&a.Hooks)
		for _, h := range all {
			h.Observe(func(name string) { fired[name] = true })
		}
	})
	h := hang(t, w)
	ok(t, w.App.Serving())
	change(t, w, w.Tenant, func(t *core.Tenant) { t.Name = "renamed" })
	ok(t, second(w.App.Authenticate(w.Machine(), core.Attempt{Application: w.Application(t, "Stormpath").ID,
		Login: "owner@example.com", Password: "correct horse battery"})))
	if err := second(w.App.Authenticate(w.Machine(), core.Attempt{Application: w.Application(t, "Stormpath").ID,
		Login: "owner@example.com", Password: "wrong"})); err == nil {
		t.Error("a wrong password is right")
	}
	w.Update(t, func(tx *core.Tx) error { return core.MakeOperator(tx, h.acc2.ID, core.Admin) })
	w.Update(t, func(tx *core.Tx) error { return core.MakeOperator(tx, h.acc2.ID, core.Support) })
	ok(t, remove(w, core.ID[core.Operator](h.acc2.ID)))
	change(t, w, h.app.ID, func(a *core.Application) { a.Name = "renamed" })
	var m *core.AccountStoreMapping
	w.Update(t, func(tx *core.Tx) error {
		m = &core.AccountStoreMapping{Application: h.app.ID, Store: core.RefTo(h.dir.ID)}
		return core.SaveMapping(tx, m)
	})
	change(t, w, m.ID, func(m *core.AccountStoreMapping) { m.DefaultGroups = true })
	ok(t, remove(w, m.ID))
	org := organization(t, w, "hanger")
	om := mapOrg(t, w, org.ID, core.RefTo(h.dir.ID))
	change(t, w, om.ID, func(m *core.OrganizationAccountStoreMapping) { m.DefaultGroups = true })
	policy := core.ID[core.AccountLinkingPolicy](org.ID)
	change(t, w, policy, func(p *core.AccountLinkingPolicy) { p.Status = core.Enabled })
	change(t, w, policy, func(p *core.AccountLinkingPolicy) { p.Status = core.Disabled })
	ok(t, remove(w, org.ID))
	ok(t, remove(w, link(t, w, h.acc.ID, w.Person(t, directory(t, w, "twins").ID, "twin@example.com").ID).ID))
	server := mailServer()
	w.Update(t, func(tx *core.Tx) error { return core.Put(tx, server) })
	change(t, w, server.ID, func(s *core.SmtpServer) { s.Name = "renamed" })
	ok(t, remove(w, server.ID))
	kid := signer(t, w, core.EdDSA).Kid
	ok(t, second(w.App.RevokeKey(w.Machine(), core.SigningKeyOf(kid))))
	ok(t, remove(w, core.SigningKeyOf(kid)))
	signInAtTheProvider(t, w, h)
	paged(w.App)
	w.App.PublicURL = "https://id.example.com"
	life(t, w, core.ID[core.Branding](h.app.ID), func(b *core.Branding) { b.DisplayName += "x" })
	life(t, w, core.PageTemplateOf(h.app.ID, "login"), func(p *core.PageTemplate) { p.Source += "<p>x" })
	domain := &core.Domain{Application: h.app.ID, Host: "id.example.com"}
	w.Update(t, func(tx *core.Tx) error { return core.Put(tx, domain) })
	shop := organization(t, w, "shop")
	change(t, w, domain.ID, func(d *core.Domain) { d.Organization = shop.ID })
	ok(t, remove(w, domain.ID))
	ok(t, remove(w, h.app.ID))
	change(t, w, h.dir.ID, func(d *core.Directory) { d.Name = "renamed" })
	life(t, w, core.ID[core.Strength](h.dir.ID), func(s *core.Strength) { s.MinLength++ })
	life(t, w, core.ID[core.PasswordPolicy](h.dir.ID), func(p *core.PasswordPolicy) { p.ResetTokenTTL++ })
	life(t, w, core.ID[core.AccountCreationPolicy](h.dir.ID), func(p *core.AccountCreationPolicy) {
		p.EmailDomainBlacklist = append(p.EmailDomainBlacklist, fmt.Sprint("x", len(p.EmailDomainBlacklist)))
	})
	life(t, w, core.ID[core.AccountSchema](h.dir.ID), func(s *core.AccountSchema) { s.GivenName = !s.GivenName || !s.Surname; s.Surname = !s.Surname })
	life(t, w, core.EmailTemplateOf(h.dir.ID, "welcome"), func(e *core.EmailTemplate) { e.Description += "x" })
	w.Update(t, func(tx *core.Tx) error { return core.Post(tx, core.Letter{Template: "welcome", Account: h.acc}) })
	w.Post.Wait(t, 1)
	change(t, w, h.grp.ID, func(g *core.Group) { g.Name = "renamed" })
	mem := join(t, w, h.acc.ID, h.grp.ID)
	ok(t, remove(w, mem.ID))
	change(t, w, h.acc.ID, func(a *core.Account) { a.Email, a.Status = "new@example.com", core.Disabled })
	hash, err := w.App.ChangePassword(w.Machine(), h.acc.ID, "N3wPassword")
	ok(t, err)
	w.Update(t, func(tx *core.Tx) error {
		acc, err := core.Get(tx, h.acc.ID)
		if err != nil {
			return err
		}
		return core.SetPassword(tx, acc, hash)
	})
	change(t, w, w.Key.ID, func(k *core.ApiKey) { k.Name = "renamed" })
	ok(t, remove(w, w.Key.ID))
	w.Update(t, func(tx *core.Tx) error { return core.MergeCustomData(tx, core.RefTo(h.acc.ID), custom("a", "1")) })
	ok(t, remove(w, h.grp.ID))
	ok(t, remove(w, h.acc.ID))
	ok(t, remove(w, h.dir.ID))
	ok(t, w.App.Stopping())

	// What cannot fire from here, and where it is proved.
	elsewhere := map[string]string{
		"request":           "apis: around every request",
		"webhook":           "plugins/webhooks: with each try to send",
		"app.backup":        "keep: it takes an engine that can copy itself",
		"app.restore":       "keep: where a backup is made ready",
		"provider.create":   "a provider of our own has nothing to change",
		"provider.update":   "the same",
		"provider.delete":   "the same",
		"tenant.delete":     "a tenant goes by a command on the machine",
		"membership.update": "a membership has nothing to change",
		"link.update":       "a link has nothing to change",
	}
	for _, h := range all {
		if name := h.HookName(); fired[name] == (elsewhere[name] != "") {
			t.Errorf("%s fired: %v", name, fired[name])
		}
	}
}

// signInAtTheProvider makes and ends all that comes of it.
func signInAtTheProvider(t *testing.T, w *coretest.World, h hangers) {
	t.Helper()
	w.Update(t, func(tx *core.Tx) error {
		return core.SaveMapping(tx, &core.AccountStoreMapping{Application: h.app.ID, Store: core.RefTo(h.dir.ID)})
	})
	p := &portal{shop: &shop{w: w, app: h.app, dir: h.dir, ann: h.acc}}
	p.fill(t)
	change(t, w, p.web.ID, func(c *core.Client) { c.Name = "renamed" })
	change(t, w, p.api.ID, func(r *core.Resource) { r.Name = "renamed" })
	p.agrees(t, nil, "openid")
	p.agrees(t, nil, "email")
	_, s := p.open(t, h.acc.Email)
	w.Clock.Turn(time.Minute)
	p.with(t, s.ID, func(tx *core.Tx, s *core.Session) error { return s.Touch(tx) })
	c := p.access(t, p.web, &core.Issue{Bond: core.Bond{Application: h.app.ID, Client: p.web.ID}})
	p.code(t, s.ID, p.web)
	w.Update(t, func(tx *core.Tx) error {
		if _, _, err := core.LiveAccess(tx, c); err != nil {
			return err
		}
		if _, err := core.Introspected(tx, p.web, c, nil); err != nil {
			return err
		}
		nothing := core.GrantType{Do: func(*core.Tx, core.TokenRequest) (*core.Issue, error) { return &core.Issue{}, nil }}
		if _, err := nothing.Answer(tx, "nothing", core.TokenRequest{Client: p.web}); err != nil {
			return err
		}
		return core.TakeBack(tx, p.web, c, "")
	})
	ok(t, end(p, s.ID))
	ok(t, remove(w, p.consent(t).ID))
	ok(t, remove(w, p.web.ID))
	ok(t, remove(w, p.api.ID))
}

// life makes, changes and removes a part.
func life[T any, P core.Record[T]](t *testing.T, w *coretest.World, id core.ID[T], fn func(P)) {
	t.Helper()
	change(t, w, id, fn)
	change(t, w, id, fn)
	ok(t, remove[T, P](w, id))
}

func TestBeforeChangesAndRefusesAndAfterSeesWhatWasKept(t *testing.T) {
	onEngines(t, func(t *testing.T, s store.Store) {
		w := worldOn(t, s)
		var seen []string
		h := &w.App.Hooks.Group
		h.Create.Before(func(e *core.RecordEvent[core.Group]) error {
			if e.New.Name == "forbidden" {
				return core.Refuse("name", "no such group")
			}
			e.New.Description = "by a hook"
			return nil
		}, hooks.ID("test.describe"))
		h.Create.After(func(e *core.RecordEvent[core.Group]) error {
			seen = append(seen, e.New.Name+" "+e.New.Description)
			g, err := get(w, e.New.ID) // another transaction sees it
			if err != nil || g.Name != e.New.Name {
				t.Errorf("kept: %+v, %v", g, err)
			}
			return errNo // is logged only
		})
		d := directory(t, w, "d")
		g := group(t, w, d.ID, "g")
		if g.Description != "by a hook" || !slices.Equal(seen, []string{"g by a hook"}) {
			t.Errorf("%+v, seen %q", g, seen)
		}
		err := w.App.Update(w.Machine(), func(tx *core.Tx) error {
			return core.Put(tx, &core.Group{Directory: d.ID, Name: "forbidden", Status: core.Enabled})
		})
		wantCode(t, "a refused group", err, "invalid_value")
		w.App.Update(w.Machine(), func(tx *core.Tx) error {
			return errors.Join(core.Put(tx, &core.Group{Directory: d.ID, Name: "undone", Status: core.Enabled}), errNo)
		})
		if len(seen) != 1 {
			t.Errorf("After heard of what was not kept: %q", seen)
		}
	})
}

func TestTheFinerHooksHearOnlyWhatIsKept(t *testing.T) {
	w := newWorld(t)
	d := directory(t, w, "d")
	ann := w.Person(t, d.ID, "ann@example.com")
	w.Person(t, d.ID, "bob@example.com")
	heard := 0
	w.App.Hooks.Account.Email.After(func(*core.RecordEvent[core.Account]) error { heard++; return nil })
	try := func(email string) {
		w.Update(t, func(tx *core.Tx) error {
			a, err := core.Get(tx, ann.ID)
			if err != nil {
				return err
			}
			a.Email = email
			core.Put(tx, a) // whoever swallows the refusal
			return nil
		})
	}
	if try("bob@example.com"); heard != 0 {
		t.Error("it heard of an address that was refused")
	}
	if try("ann2@example.com"); heard != 1 {
		t.Errorf("it heard of a new address %d times", heard)
	}
	w.App.Hooks.Account.Status.Before(func(*core.RecordEvent[core.Account]) error { return core.Refuse("status", "no") })
	wantCode(t, "a status that a hook refuses", tryChange(w, ann.ID, func(a *core.Account) { a.Status = core.Disabled }), "invalid_value")
	ok(t, tryChange(w, ann.ID, func(a *core.Account) { a.Surname = "A" }))
}

func TestHooksNarrowToOneDirectory(t *testing.T) {
	w := newWorld(t)
	staff, rest := directory(t, w, "staff"), directory(t, w, "rest")
	var heard []string
	hear := func(what string) { heard = append(heard, what) }
	for _, tag := range []string{"directory:staff", "directory:" + string(staff.ID)} {
		w.App.Hooks.Account.Create.For(tag).After(func(e *core.RecordEvent[core.Account]) error { hear("account"); return nil })
		w.App.Hooks.Group.Create.For(tag).After(func(e *core.RecordEvent[core.Group]) error { hear("group"); return nil })
		w.App.Hooks.Membership.Add.For(tag).After(func(e *core.RecordEvent[core.GroupMembership]) error { hear("add"); return nil })
		w.App.Hooks.Account.Delete.For(tag).After(func(e *core.RecordEvent[core.Account]) error { hear("gone"); return nil })
		w.App.Hooks.Directory.Update.For(tag).After(func(e *core.RecordEvent[core.Directory]) error { hear("dir"); return nil })
	}
	for _, d := range []*core.Directory{staff, rest} {
		acc, g := w.Person(t, d.ID, "ann@example.com"), group(t, w, d.ID, "g")
		join(t, w, acc.ID, g.ID)
		ok(t, remove(w, acc.ID))
		change(t, w, d.ID, func(d *core.Directory) { d.Description = "x" })
	}
	want := "account account group group add add gone gone dir dir"
	if got := strings.Join(heard, " "); got != want {
		t.Errorf("heard %s, want %s", got, want)
	}
}

func TestEveryEventSaysItsLevel(t *testing.T) {
	for _, c := range []struct {
		event interface{ Level() core.Level }
		want  core.Level
	}{
		{&core.RecordEvent[core.Account]{}, core.RecordLevel},
		{&core.CustomDataEvent{}, core.RecordLevel},
		{&core.AuditEvent{}, core.RecordLevel},
		{&core.AppEvent{}, core.RequestLevel},
		{&core.RequestEvent{}, core.RequestLevel},
		{&core.RegisterEvent{}, core.RequestLevel},
		{&core.AuthEvent{}, core.RequestLevel},
	} {
		if got := c.event.Level(); got != c.want {
			t.Errorf("%T: %s", c.event, got)
		}
	}
}

func TestABootstrapHookStopsTheStart(t *testing.T) {
	w := newWorld(t)
	w.App.Hooks.App.Serve.Before(func(*core.AppEvent) error { return errNo })
	w.App.Hooks.App.Shutdown.Before(func(*core.AppEvent) error { return errNo })
	if !errors.Is(w.App.Serving(), errNo) || !errors.Is(w.App.Stopping(), errNo) {
		t.Error("a refusal is lost")
	}
}
