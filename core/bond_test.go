package core_test

import (
	"testing"

	"github.com/stormkeep/stormkeep/core"
	"github.com/stormkeep/stormkeep/core/coretest"
	"github.com/stormkeep/stormkeep/core/store"
)

// bonds are a session, a grant and an access token of each sort, of one person.
type bonds struct {
	session      core.ID[core.Session]
	grant        core.ID[core.Grant]
	access, mine *core.AccessClaims // of the grant, and of the person's API key
}

// vanished takes the result of a removal, of which a second run finds nothing left.
func vanished(t *testing.T, err error) {
	t.Helper()
	if !core.IsNotFound(err) {
		ok(t, err)
	}
}

// keyOf makes an account's API key.
func keyOf(t *testing.T, w *coretest.World, acc core.ID[core.Account]) (k *core.ApiKey) {
	t.Helper()
	w.Update(t, func(tx *core.Tx) error {
		k = core.Make[core.ApiKey]()
		k.Account, k.Name = acc, "program"
		return core.CreateApiKey(tx, k)
	})
	return k
}

func (p *portal) bonds(t *testing.T, s *core.Session, k *core.ApiKey) bonds {
	t.Helper()
	g, _ := p.grant(t, s.ID, p.web, offline)
	return bonds{s.ID, g.ID, p.access(t, p.web, &core.Issue{Grant: g, Scopes: g.Scopes}), p.access(t, k.AsClient(), &core.Issue{Bond: k.BondAt(p.app.ID)})}
}

// access is what an access token says, as who reads it from its JWT.
func (p *portal) access(t *testing.T, by *core.Client, i *core.Issue) (c *core.AccessClaims) {
	t.Helper()
	p.w.Update(t, func(tx *core.Tx) error {
		tokens, err := i.Draft(tx, by, "https://id.example.com")
		if err != nil {
			return err
		}
		c = &core.AccessClaims{}
		return unmarshal([]byte(js(tokens.Access)), c)
	})
	return c
}

// alive are those of the bonds that are good: s, g, a, k.
func (p *portal) alive(t *testing.T, b bonds) (all string) {
	t.Helper()
	p.w.View(t, func(tx *core.Tx) error {
		all = ""
		for _, c := range []struct {
			name string
			do   func() error
		}{
			{"s", func() error { _, err := core.LiveSession(tx, b.session); return err }},
			{"g", func() error { _, err := core.LiveGrant(tx, b.grant); return err }},
			{"a", func() error { _, _, err := core.LiveAccess(tx, b.access); return err }},
			{"k", func() error { _, _, err := core.LiveAccess(tx, b.mine); return err }},
		} {
			switch err := c.do(); {
			case err == nil:
				all += c.name
			case !core.IsEnded(err):
				t.Errorf("%s: %v is not ended", c.name, err)
			}
		}
		return nil
	})
	return all
}

// What is disabled, or gone, ends what was given for it, and nothing of it comes back
// with what has an epoch (security.md class 7).
func TestClass07_WhatIsDisabledEndsWhatWasGivenForIt(t *testing.T) {
	type world struct {
		*portal
		org    *core.Organization
		vip    *core.GroupMembership
		key    *core.ApiKey
		mapped core.ID[core.AccountStoreMapping]
	}
	for _, c := range []struct {
		name      string
		do        func(t *testing.T, w *world, to core.Status)
		alive     string // while it is off
		again     string // once it is on again; "-" where there is no way back
		organized bool
	}{
		{name: "tenant", do: func(t *testing.T, w *world, to core.Status) {
			change(t, w.w, w.w.Tenant, func(r *core.Tenant) { r.Status = to })
		}},
		{name: "application", alive: "s", again: "s", do: func(t *testing.T, w *world, to core.Status) {
			change(t, w.w, w.app.ID, func(r *core.Application) { r.Status = to })
		}},
		{name: "client", alive: "sk", again: "sk", do: func(t *testing.T, w *world, to core.Status) {
			change(t, w.w, w.web.ID, func(r *core.Client) { r.Status = to })
		}},
		{name: "directory", do: func(t *testing.T, w *world, to core.Status) {
			change(t, w.w, w.club.ID, func(r *core.Directory) { r.Status = to })
		}},
		{name: "account", do: func(t *testing.T, w *world, to core.Status) {
			change(t, w.w, w.vic.ID, func(r *core.Account) { r.Status = to })
		}},
		{name: "organization", organized: true, alive: "k", again: "k", do: func(t *testing.T, w *world, to core.Status) {
			change(t, w.w, w.org.ID, func(r *core.Organization) { r.Status = to })
		}},
		{name: "organization is gone", organized: true, alive: "k", again: "-", do: func(t *testing.T, w *world, _ core.Status) {
			vanished(t, remove(w.w, w.org.ID))
		}},
		{name: "group that is the store", alive: "s", again: "sgak", do: func(t *testing.T, w *world, to core.Status) {
			change(t, w.w, w.shop.vip.ID, func(r *core.Group) { r.Status = to })
		}},
		{name: "membership is gone", alive: "s", again: "-", do: func(t *testing.T, w *world, _ core.Status) {
			vanished(t, remove(w.w, w.vip.ID))
		}},
		{name: "mapping is gone", alive: "s", again: "-", do: func(t *testing.T, w *world, _ core.Status) {
			vanished(t, remove(w.w, w.mapped))
		}},
		{name: "API key", alive: "sga", again: "sga", do: func(t *testing.T, w *world, to core.Status) {
			change(t, w.w, w.key.ID, func(r *core.ApiKey) { r.Status = to })
		}},
		{name: "API key is gone", alive: "sga", again: "-", do: func(t *testing.T, w *world, _ core.Status) { vanished(t, remove(w.w, w.key.ID)) }},
		{name: "account is gone", again: "-", do: func(t *testing.T, w *world, _ core.Status) { vanished(t, remove(w.w, w.vic.ID)) }},
		{name: "client is gone", alive: "sk", again: "-", do: func(t *testing.T, w *world, _ core.Status) { vanished(t, remove(w.w, w.web.ID)) }},
		{name: "application is gone", alive: "s", again: "-", do: func(t *testing.T, w *world, _ core.Status) { vanished(t, remove(w.w, w.app.ID)) }},
		{name: "password", again: "-", alive: "", do: func(t *testing.T, w *world, _ core.Status) {
			setPassword(t, w.w.App, w.w.Machine, w.vic.ID, "N3wPassword!")
		}},
	} {
		t.Run(c.name, func(t *testing.T) {
			onEngines(t, func(t *testing.T, s store.Store) {
				w := &world{portal: portalOn(t, s)}
				w.w.View(t, func(tx *core.Tx) (err error) {
					if w.vip, err = core.Find(tx, core.MembershipPair, string(w.shop.vip.ID), string(w.vic.ID)); err != nil {
						return err
					}
					all, err := core.Mappings(tx, w.app.ID)
					w.mapped = all[len(all)-1].ID
					return err
				})
				w.key = keyOf(t, w.w, w.vic.ID)
				var in []core.Ref
				if c.organized {
					w.org = organization(t, w.w, "branch")
					mapOrg(t, w.w, w.org.ID, core.RefTo(w.shop.vip.ID))
					w.mapTo(t, core.RefTo(w.org.ID))
					in = append(in, core.RefTo(w.org.ID))
				}
				_, ses := w.open(t, "vic@example.com", in...)
				b := w.bonds(t, ses, w.key)
				if got := w.alive(t, b); got != "sgak" {
					t.Fatalf("before: %q", got)
				}
				c.do(t, w, core.Disabled)
				if got := w.alive(t, b); got != c.alive {
					t.Errorf("off: %q, want %q", got, c.alive)
				}
				if c.again == "-" {
					return
				}
				c.do(t, w, core.Enabled)
				if got := w.alive(t, b); got != c.again {
					t.Errorf("on again: %q, want %q", got, c.again)
				}
			})
		})
	}
}

// Whoever signs in through a link is out once the account whose password she showed
// changes it, or is disabled, or its directory is.
func TestAFollowedLinkEndsWithWhereItBegan(t *testing.T) {
	for _, c := range []struct {
		name string
		do   func(t *testing.T, p *portal)
	}{
		{"password", func(t *testing.T, p *portal) { setPassword(t, p.w.App, p.w.Machine, p.vic.ID, "N3wPassword!") }},
		{"account", func(t *testing.T, p *portal) {
			for _, to := range []core.Status{core.Disabled, core.Enabled} {
				change(t, p.w, p.vic.ID, func(a *core.Account) { a.Status = to })
			}
		}},
		{"directory", func(t *testing.T, p *portal) {
			for _, to := range []core.Status{core.Disabled, core.Enabled} {
				change(t, p.w, p.club.ID, func(d *core.Directory) { d.Status = to })
			}
		}},
		{"gone", func(t *testing.T, p *portal) { vanished(t, remove(p.w, p.vic.ID)) }},
	} {
		t.Run(c.name, func(t *testing.T) {
			onEngines(t, func(t *testing.T, s store.Store) {
				p := portalOn(t, s)
				var ses *core.Session
				link(t, p.w, p.ann.ID, p.vic.ID)
				done := p.signIn(t, "ann@example.com")
				p.w.Update(t, func(tx *core.Tx) (err error) {
					d := *done
					d.From = p.vic.ID
					if d.Stamp, err = d.Bond(p.app.ID).Stamp(tx); err != nil {
						return err
					}
					_, ses, err = core.OpenSession(tx, &d, p.app.ID)
					return err
				})
				g, _ := p.grant(t, ses.ID, p.web)
				c.do(t, p)
				wantCode(t, "the grant", p.live(g.ID), "ended")
				if c.name == "password" || c.name == "account" {
					if told := p.heard(t); len(told) != 1 || told[0] != p.web.ID {
						t.Errorf("told %v", told)
					}
				}
			})
		})
	}
}

func TestASignInThatWasEndedMeanwhileOpensNoSession(t *testing.T) {
	onEngines(t, func(t *testing.T, s store.Store) {
		p := portalOn(t, s)
		done := p.signIn(t, "ann@example.com")
		setPassword(t, p.w.App, p.w.Machine, p.ann.ID, "N3wPassword!")
		err := p.w.App.Update(p.w.Machine(), func(tx *core.Tx) error {
			_, _, err := core.OpenSession(tx, done, p.app.ID)
			return err
		})
		wantCode(t, "opened", err, "ended")
	})
}
