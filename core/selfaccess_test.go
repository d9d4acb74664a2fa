package core_test

import (
	"slices"
	"testing"
	"time"

	"github.com/stormkeep/stormkeep/core"
	"github.com/stormkeep/stormkeep/core/store"
)

func (p *portal) sessionsSeen(t *testing.T, acc core.ID[core.Account], s core.ID[core.Session]) (all []core.SeenSession) {
	t.Helper()
	ok(t, p.herself(acc, s, func(me *core.Self) (err error) {
		all, err = me.Sessions()
		return err
	}))
	return all
}

func TestAnOwnerSeesAndEndsHerSessionsAndNobodyElses(t *testing.T) {
	onEngines(t, func(t *testing.T, s store.Store) {
		p := portalOn(t, s)
		_, here := p.open(t, "ann@example.com")
		_, ended := p.open(t, "ann@example.com")
		p.w.Clock.Turn(time.Hour)
		away, there := p.open(t, "ann@example.com")
		foreign, other := p.open(t, "vic@example.com")
		p.with(t, ended.ID, func(tx *core.Tx, s *core.Session) error { return s.End(tx, "over") })
		p.with(t, here.ID, func(tx *core.Tx, s *core.Session) error { return s.Touch(tx) })
		all := p.sessionsSeen(t, p.ann.ID, here.ID)
		if len(all) != 2 || all[0].ID != here.ID || !all[0].Here || all[1].ID != there.ID || all[1].Here || !all[0].Seen.After(all[0].CreatedAt.Time) {
			t.Errorf("%+v", all)
		}
		end := func(id core.ID[core.Session]) error {
			return p.herself(p.ann.ID, here.ID, func(me *core.Self) error { return me.EndSession(id) })
		}
		for name, id := range map[string]core.ID[core.Session]{"another's": other.ID, "none": "", "no id": "../x", "unknown": "0000000000000000000001"} {
			wantCode(t, name, end(id), "not_found")
		}
		_, err := p.by(foreign)
		wantCode(t, "another's session", err, "")
		ok(t, end(there.ID))
		_, err = p.by(away)
		wantCode(t, "hers", err, "ended")
		if all := p.sessionsSeen(t, p.ann.ID, here.ID); len(all) != 1 {
			t.Errorf("%+v", all)
		}
	})
}

func TestAnOwnerEndsAllOtherSessions(t *testing.T) {
	onEngines(t, func(t *testing.T, s store.Store) {
		p := portalOn(t, s)
		mine, here := p.open(t, "ann@example.com")
		away, there := p.open(t, "ann@example.com")
		g, _ := p.grant(t, there.ID, p.web, offline)
		foreign, _ := p.open(t, "vic@example.com")
		ok(t, p.herself(p.ann.ID, here.ID, (*core.Self).EndOthers))
		for name, c := range map[string][2]string{"the one": {mine, ""}, "another": {away, "ended"}, "somebody else's": {foreign, ""}} {
			_, err := p.by(c[0])
			wantCode(t, name, err, c[1])
		}
		wantCode(t, "what works while she is away", p.live(g.ID), "ended")
	})
}

func TestAnOwnersConnections(t *testing.T) {
	onEngines(t, func(t *testing.T, s store.Store) {
		p := portalOn(t, s)
		_, ses := p.open(t, "ann@example.com")
		_, other := p.open(t, "vic@example.com")
		seen := func() (all []*core.Connection) {
			ok(t, p.herself(p.ann.ID, ses.ID, func(me *core.Self) (err error) {
				all, err = me.Connections()
				return err
			}))
			return all
		}
		agree := func(acc core.ID[core.Account]) {
			p.w.Update(t, func(tx *core.Tx) error {
				return core.GiveConsent(tx, acc, p.web.ID, []string{"openid", "email", "orders"}, p.api)
			})
		}
		agree(p.ann.ID)
		agree(p.vic.ID)
		asked := func(a *core.Authorized) { a.Offline, a.Asked = true, true }
		lasting, _ := p.grant(t, ses.ID, p.web, asked)
		own, _ := p.grant(t, ses.ID, p.spa, offline) // nobody was asked
		theirs, _ := p.grant(t, other.ID, p.web, asked)
		all := seen()
		if len(all) != 2 {
			t.Fatalf("%+v", all)
		}
		web, spa := all[0], all[1]
		if web.Client.ID != p.web.ID || !slices.Equal(web.Scopes, []string{"openid", "email"}) || len(web.Of) != 1 || web.Of[0].Resource != p.api.ID || web.Until != lasting.Until || web.Since.IsZero() {
			t.Errorf("%+v", web)
		}
		if spa.Client.ID != p.spa.ID || !slices.Equal(spa.Scopes, []string{"openid", "email"}) || spa.Until != own.Until {
			t.Errorf("%+v", spa)
		}
		for _, c := range []*core.Client{p.web, p.spa} {
			ok(t, p.herself(p.ann.ID, ses.ID, func(me *core.Self) error { return me.Disconnect(c.ID) }))
		}
		ok(t, p.herself(p.ann.ID, ses.ID, func(me *core.Self) error { return me.Disconnect("none") }))
		if all := seen(); len(all) != 0 {
			t.Errorf("%+v", all)
		}
		wantCode(t, "a grant that rests on a consent", p.live(lasting.ID), "ended")
		wantCode(t, "one that does not", p.live(own.ID), "ended")
		wantCode(t, "somebody else's", p.live(theirs.ID), "")
		p.w.Clock.Turn(time.Minute)
		online, _ := p.grant(t, ses.ID, p.web)
		if all := seen(); len(all) != 0 || p.live(online.ID) != nil {
			t.Errorf("what ends with the session is no connection: %+v", all)
		}
	})
}
