package core_test

import (
	"testing"

	"github.com/stormkeep/stormkeep/core"
	"github.com/stormkeep/stormkeep/core/store"
)

// The clients of a session hear of its end also where one epoch has ended all sessions
// at once.
func TestClientsAreToldOfWhatAnEpochEnds(t *testing.T) {
	for _, c := range []struct {
		name string
		do   func(t *testing.T, p *portal, org *core.Organization)
		told bool
		ends bool
	}{
		{"tenant", func(t *testing.T, p *portal, _ *core.Organization) {
			change(t, p.w, p.w.Tenant, func(r *core.Tenant) { r.Status = core.Disabled })
		}, true, true},
		{"directory", func(t *testing.T, p *portal, _ *core.Organization) {
			change(t, p.w, p.club.ID, func(r *core.Directory) { r.Status = core.Disabled })
		}, true, true},
		{"another directory", func(t *testing.T, p *portal, _ *core.Organization) {
			change(t, p.w, p.dir.ID, func(r *core.Directory) { r.Status = core.Disabled })
		}, false, false},
		{"organization", func(t *testing.T, p *portal, o *core.Organization) {
			change(t, p.w, o.ID, func(r *core.Organization) { r.Status = core.Disabled })
		}, true, true},
		{"organization is gone", func(t *testing.T, p *portal, o *core.Organization) { vanished(t, remove(p.w, o.ID)) }, true, true},
		{"application", func(t *testing.T, p *portal, _ *core.Organization) {
			change(t, p.w, p.app.ID, func(r *core.Application) { r.Status = core.Disabled })
		}, true, false},
		{"application is renamed", func(t *testing.T, p *portal, _ *core.Organization) {
			change(t, p.w, p.app.ID, func(r *core.Application) { r.Name = "renamed" })
		}, false, false},
	} {
		t.Run(c.name, func(t *testing.T) {
			onEngines(t, func(t *testing.T, s store.Store) {
				p := portalOn(t, s)
				org := organization(t, p.w, "branch")
				mapOrg(t, p.w, org.ID, core.RefTo(p.vip.ID))
				p.mapTo(t, core.RefTo(org.ID))
				_, ses := p.open(t, "vic@example.com", core.RefTo(org.ID))
				p.grant(t, ses.ID, p.web)
				c.do(t, p, org)
				told := p.heard(t)
				if (len(told) == 1 && told[0] == p.web.ID) != c.told {
					t.Errorf("told %v", told)
				}
				if now, err := get(p.w, ses.ID); err != nil || now.EndedAt.IsZero() == c.ends {
					t.Errorf("%+v, %v", now, err)
				}
			})
		})
	}
}

// Who signed in through a link is out once it is gone, and nobody else.
func TestARemovedLinkEndsWhatWasMadeThroughIt(t *testing.T) {
	onEngines(t, func(t *testing.T, s store.Store) {
		p := portalOn(t, s)
		l := link(t, p.w, p.vic.ID, p.ann.ID)
		through := func(from core.ID[core.Account]) (ses *core.Session) {
			done := *p.signIn(t, "ann@example.com")
			p.w.Update(t, func(tx *core.Tx) (err error) {
				d := done
				d.From = from
				if d.Stamp, err = d.Bond(p.app.ID).Stamp(tx); err != nil {
					return err
				}
				_, ses, err = core.OpenSession(tx, &d, p.app.ID)
				return err
			})
			return ses
		}
		linked, own := through(p.vic.ID), through("")
		g, _ := p.grant(t, linked.ID, p.web, offline)
		mine, _ := p.grant(t, own.ID, p.spa)
		vanished(t, remove(p.w, l.ID))
		wantCode(t, "a grant through the link", p.live(g.ID), "ended")
		wantCode(t, "a grant of her own", p.live(mine.ID), "")
		if told := p.heard(t); len(told) != 1 || told[0] != p.web.ID {
			t.Errorf("told %v", told)
		}
	})
}
