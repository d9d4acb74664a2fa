package core_test

import (
	"slices"
	"strings"
	"testing"
	"time"

	"github.com/stormkeep/stormkeep/core"
	"github.com/stormkeep/stormkeep/core/coretest"
	"github.com/stormkeep/stormkeep/core/store"
)

// by is the session that a token opens.
func (p *portal) by(token string) (s *core.Session, err error) {
	err = p.w.App.View(p.w.Machine(), func(tx *core.Tx) error {
		s, err = core.SessionBy(tx, token)
		return err
	})
	return s, err
}

// with does something in a session.
func (p *portal) with(t *testing.T, id core.ID[core.Session], do func(tx *core.Tx, s *core.Session) error) {
	t.Helper()
	p.w.Update(t, func(tx *core.Tx) error {
		s, err := core.Get(tx, id)
		if err != nil {
			return err
		}
		return do(tx, s)
	})
}

func TestASessionIsOpenedByItsSecretAlone(t *testing.T) {
	onEngines(t, func(t *testing.T, s store.Store) {
		p := portalOn(t, s)
		token, ses := p.open(t, "ann@example.com")
		got, err := p.by(token)
		if err != nil || got.ID != ses.ID || got.Account != p.ann.ID || got.ACR == "" || len(got.AMR) == 0 || got.AuthTime.IsZero() {
			t.Fatalf("%+v, %v", got, err)
		}
		if keys := coretest.Holding(t, s, token[22:]); len(keys) > 0 {
			t.Errorf("the secret is in %q", keys)
		}
		other, _ := p.open(t, "ann@example.com")
		for what, bad := range map[string]string{"none": "", "its id": token[:22], "cut": token[:len(token)-1], "longer": token + "x",
			"another's secret": token[:22] + other[22:], "another id": other[:22] + token[22:], "no id": strings.Repeat("/", 65)} {
			_, err := p.by(bad)
			wantCode(t, what, err, "ended")
		}
		lines, events := types(t, p.w, 0)
		if !strings.Contains(lines, "session.open") || !strings.Contains(events, "session.open") {
			t.Errorf("audit %s, events %s", lines, events)
		}
	})
}

func TestASessionLastsAsLongAsItIsUsed(t *testing.T) {
	for _, c := range []struct {
		name  string
		step  time.Duration
		touch bool
		steps int
		want  string
	}{
		{"just not idle", 8*time.Hour - time.Second, false, 1, ""},
		{"idle", 8 * time.Hour, false, 1, "ended"},
		{"used", 7 * time.Hour, true, 23, ""},
		{"used, but too old", 7 * time.Hour, true, 24, "ended"},
	} {
		t.Run(c.name, func(t *testing.T) {
			onEngines(t, func(t *testing.T, s store.Store) {
				p := portalOn(t, s)
				token, ses := p.open(t, "ann@example.com")
				for range c.steps {
					p.w.Clock.Turn(c.step)
					if c.touch {
						p.with(t, ses.ID, func(tx *core.Tx, s *core.Session) error { return s.Touch(tx) })
					}
				}
				_, err := p.by(token)
				wantCode(t, "at the end", err, c.want)
			})
		})
	}
}

func TestAUseIsWrittenOnceAMinute(t *testing.T) {
	p := portalOn(t, memory())
	_, ses := p.open(t, "ann@example.com")
	for i, c := range []struct {
		after time.Duration
		wrote bool
	}{{0, false}, {59 * time.Second, false}, {time.Second, true}, {59 * time.Second, false}, {time.Second, true}} {
		p.w.Clock.Turn(c.after)
		var before, after core.Time
		p.with(t, ses.ID, func(tx *core.Tx, s *core.Session) (err error) {
			if before, err = s.LastSeen(tx); err != nil {
				return err
			}
			if err = s.Touch(tx); err == nil {
				after, err = s.LastSeen(tx)
			}
			return err
		})
		if after.After(before.Time) != c.wrote {
			t.Errorf("step %d: %v, then %v", i, before, after)
		}
	}
}

func TestARenewedSessionHasAnotherSecret(t *testing.T) {
	onEngines(t, func(t *testing.T, s store.Store) {
		p := portalOn(t, s)
		old, ses := p.open(t, "ann@example.com")
		var token string
		p.with(t, ses.ID, func(tx *core.Tx, s *core.Session) (err error) {
			token, err = s.Renew(tx)
			return err
		})
		_, err := p.by(old)
		wantCode(t, "the old secret", err, "ended")
		_, err = p.by(token)
		wantCode(t, "the new one", err, "")
	})
}

func TestTheEndOfASessionIsTold(t *testing.T) {
	onEngines(t, func(t *testing.T, s store.Store) {
		p := portalOn(t, s)
		token, ses := p.open(t, "ann@example.com")
		p.grant(t, ses.ID, p.web)
		p.grant(t, ses.ID, p.spa)
		p.code(t, ses.ID, p.web)
		ok(t, end(p, ses.ID))
		ok(t, end(p, ses.ID))
		_, err := p.by(token)
		wantCode(t, "ended", err, "ended")
		if told := p.heard(t); len(told) != 2 || !slices.Contains(told, p.web.ID) || !slices.Contains(told, p.spa.ID) {
			t.Errorf("told %v", told)
		}
		all := revoked(t, p.w)
		if len(all) != 1 || all[0].Session != ses.ID || !all[0].Until.Equal(ses.Until.Time) {
			t.Errorf("%+v", all)
		}
		lines, events := types(t, p.w, 0)
		if strings.Count(lines, "session.close") != 1 || strings.Count(events, "session.close") != 1 {
			t.Errorf("audit %s, events %s", lines, events)
		}
		wantCode(t, "kept", p.w.App.Update(p.w.Machine(), func(tx *core.Tx) error {
			s, err := core.Get(tx, ses.ID)
			if err != nil {
				return err
			}
			return s.Keep(tx)
		}), "ended")
	})
}

func TestTheSessionsOfAnAccountThatGoesAreTold(t *testing.T) {
	onEngines(t, func(t *testing.T, s store.Store) {
		p := portalOn(t, s)
		_, ses := p.open(t, "ann@example.com")
		p.grant(t, ses.ID, p.web)
		vanished(t, remove(p.w, p.ann.ID))
		if told := p.heard(t); len(told) != 1 || told[0] != p.web.ID {
			t.Errorf("told %v", told)
		}
	})
}

func TestAllSessionsEndButOne(t *testing.T) {
	onEngines(t, func(t *testing.T, s store.Store) {
		p := portalOn(t, s)
		mine, kept := p.open(t, "ann@example.com")
		other, ses := p.open(t, "ann@example.com")
		g, _ := p.grant(t, ses.ID, p.web, offline)
		foreign, vics := p.open(t, "vic@example.com")
		endAll := func(but core.ID[core.Session]) error {
			return p.w.App.Update(p.w.Machine(), func(tx *core.Tx) error { return core.EndSessions(tx, p.ann.ID, but, "asked") })
		}
		wantCode(t, "but somebody else's", endAll(vics.ID), "ended")
		wantCode(t, "but none that is", endAll("nothing"), "ended")
		ok(t, endAll(kept.ID))
		for token, want := range map[string]string{mine: "", other: "ended", foreign: ""} {
			_, err := p.by(token)
			wantCode(t, "a session", err, want)
		}
		wantCode(t, "a grant", p.live(g.ID), "ended")
		if told := p.heard(t); len(told) != 1 || told[0] != p.web.ID {
			t.Errorf("told %v", told)
		}
		if got, err := get(p.w, ses.ID); err != nil || got.EndedAt.IsZero() {
			t.Errorf("%+v, %v", got, err)
		}
		if got, err := get(p.w, kept.ID); err != nil || !got.EndedAt.IsZero() {
			t.Errorf("kept: %+v, %v", got, err)
		}
		wantCode(t, "but one that has ended", endAll(ses.ID), "ended")
		ok(t, endAll(""))
		_, err := p.by(mine)
		wantCode(t, "all", err, "ended")
		denied := undone(p.w, core.Actor{Kind: core.ByKey, Tenant: p.w.Tenant, Role: core.Auditor, Caps: core.AllCaps}, t,
			func(tx *core.Tx) error { return core.EndSessions(tx, p.ann.ID, "", "asked") })
		wantCode(t, "by an auditor", denied, "forbidden")
	})
}

func TestAPasswordChangeEndsAllSessionsButTheOneItWasMadeIn(t *testing.T) {
	onEngines(t, func(t *testing.T, s store.Store) {
		p := portalOn(t, s)
		mine, kept := p.open(t, "ann@example.com")
		other, _ := p.open(t, "ann@example.com")
		hash, err := p.w.App.ChangePassword(p.w.Machine(), p.ann.ID, "N3wPassword!")
		ok(t, err)
		p.with(t, kept.ID, func(tx *core.Tx, s *core.Session) error {
			acc, err := core.Get(tx, p.ann.ID)
			if err != nil {
				return err
			}
			if err := core.SetPassword(tx, acc, hash); err != nil {
				return err
			}
			return s.Keep(tx)
		})
		_, err = p.by(mine)
		wantCode(t, "the one", err, "")
		_, err = p.by(other)
		wantCode(t, "another", err, "ended")
	})
}

// The clients of a session that a restore ends are told, as far as the backup knows them.
func TestARestoreRevivesNoSession(t *testing.T) {
	for _, keep := range []bool{false, true} {
		p := portalOn(t, memory())
		token, s := p.open(t, "ann@example.com")
		p.code(t, s.ID, p.web)
		ok(t, p.w.App.Restored(t.Context(), core.Restoration{TakenAt: p.w.Clock.Now(), KeepSessions: keep}))
		_, err := p.by(token)
		wantCode(t, "after a restore", err, map[bool]string{false: "ended"}[keep])
		if told := p.heard(t); (len(told) == 1 && told[0] == p.web.ID) == keep || keep && len(told) > 0 {
			t.Errorf("sessions kept: %t, told: %v", keep, told)
		}
	}
}

// A link that is removed between the password and the session is no way in.
func TestASignInByALinkThatIsGoneOpensNothing(t *testing.T) {
	onEngines(t, func(t *testing.T, s store.Store) {
		p := portalOn(t, s)
		link(t, p.w, p.ann.ID, p.vic.ID)
		change(t, p.w, core.ID[core.AccountLinkingPolicy](p.app.ID), func(l *core.AccountLinkingPolicy) { l.Status = core.Enabled })
		p.mapTo(t, core.RefTo(p.club.ID))
		p.defaultTo(t, core.RefTo(p.club.ID))
		open := func(done *core.Done) error {
			return p.w.App.Update(p.w.Machine(), func(tx *core.Tx) error {
				_, _, err := core.OpenSession(tx, done, p.app.ID)
				return err
			})
		}
		done := p.signIn(t, "ann@example.com")
		if done.From != p.ann.ID || done.Account.ID != p.vic.ID {
			t.Fatalf("%+v", done)
		}
		ok(t, open(done))
		p.w.Update(t, func(tx *core.Tx) error {
			for id, err := range core.LinksOf(tx, p.ann.ID) {
				if err != nil {
					return err
				}
				l, err := core.Get(tx, id)
				return orElse(err, core.Delete(tx, l))
			}
			return nil
		})
		wantCode(t, "without the link", open(done), "ended")
	})
}
