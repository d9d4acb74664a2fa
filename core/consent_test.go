package core_test

import (
	"testing"

	"github.com/stormkeep/stormkeep/core"
	"github.com/stormkeep/stormkeep/core/store"
)

// agrees remembers a consent of ann's to the web client.
func (p *portal) agrees(t *testing.T, r *core.Resource, scopes ...string) {
	t.Helper()
	p.w.Update(t, func(tx *core.Tx) error { return core.GiveConsent(tx, p.ann.ID, p.web.ID, scopes, r) })
}

func (p *portal) consent(t *testing.T) (c *core.Consent) {
	t.Helper()
	p.w.View(t, func(tx *core.Tx) (err error) {
		c, err = core.ConsentOf(tx, p.ann.ID, p.web.ID)
		return err
	})
	return c
}

func TestAConsentCoversWhatWasAgreedTo(t *testing.T) {
	onEngines(t, func(t *testing.T, s store.Store) {
		p := portalOn(t, s)
		if c := p.consent(t); c != nil {
			t.Fatalf("%+v", c)
		}
		p.agrees(t, nil, "openid", "email")
		p.agrees(t, p.api, "openid", "orders")
		p.agrees(t, p.api, "profile")
		c := p.consent(t)
		if js(c.Scopes) != `["openid","email","profile"]` || len(c.Of) != 1 || js(c.Of[0].Scopes) != `["orders"]` {
			t.Errorf("%+v", c)
		}
		for _, q := range []struct {
			scopes   []string
			resource core.ID[core.Resource]
			want     bool
		}{
			{nil, "", true},
			{[]string{"openid", "profile"}, "", true},
			{[]string{"openid", "groups"}, "", false},
			{[]string{"orders"}, "", false},
			{[]string{"orders", "email"}, p.api.ID, true},
			{[]string{"orders"}, "another", false},
			{[]string{"email"}, "another", true},
			{[]string{"orders", "refunds"}, p.api.ID, false},
		} {
			if got := c.Covers(q.scopes, q.resource); got != q.want {
				t.Errorf("%v of %q: %v", q.scopes, q.resource, got)
			}
		}
	})
}

func TestAConsentThatIsTakenBackEndsItsGrants(t *testing.T) {
	onEngines(t, func(t *testing.T, s store.Store) {
		p := portalOn(t, s)
		p.agrees(t, nil, "openid", "email")
		_, ses := p.open(t, "ann@example.com")
		asked := func(a *core.Authorized) { a.Asked = true }
		g1, _ := p.grant(t, ses.ID, p.web, asked)
		g2, r2 := p.grant(t, ses.ID, p.web, asked, offline)
		other, _ := p.grant(t, ses.ID, p.spa)
		ok(t, p.live(g1.ID))
		vanished(t, remove(p.w, p.consent(t).ID))
		wantCode(t, "a grant", p.live(g1.ID), "ended")
		wantCode(t, "another", p.live(g2.ID), "ended")
		_, err := p.refresh(p.web, r2)
		wantCode(t, "its refresh token", err, "ended")
		wantCode(t, "another client's", p.live(other.ID), "")
		p.agrees(t, nil, "openid", "email")
		wantCode(t, "agreed again", p.live(g1.ID), "ended")
		if n := len(revoked(t, p.w)); n != 2 {
			t.Errorf("%d revocations", n)
		}
	})
}

func TestAGrantThatAskedLivesAsItsConsentDoes(t *testing.T) {
	p := portalOn(t, memory())
	_, ses := p.open(t, "ann@example.com")
	for _, c := range []struct {
		name  string
		given []string
		want  string
	}{{"nothing agreed to", nil, "ended"}, {"less", []string{"openid"}, "ended"}, {"all", []string{"openid", "email"}, ""}} {
		if c.given != nil {
			p.agrees(t, nil, c.given...)
		}
		_, _, err := p.redeem(p.web, p.code(t, ses.ID, p.web, func(a *core.Authorized) { a.Asked = true }))
		wantCode(t, c.name, err, c.want)
	}
}

func TestConsentsGoWithTheirClient(t *testing.T) {
	p := portalOn(t, memory())
	p.agrees(t, nil, "openid")
	id := p.consent(t).ID
	vanished(t, remove(p.w, p.web.ID))
	_, err := get(p.w, id)
	wantCode(t, "the consent", err, "not_found")
}
