package core_test

import (
	"testing"
	"time"

	"github.com/stormkeep/stormkeep/core"
	"github.com/stormkeep/stormkeep/core/coretest"
	"github.com/stormkeep/stormkeep/core/store"
)

// kept counts the records of a kind, by the key of the kind.
func kept(t *testing.T, s store.Store, kind string) int {
	t.Helper()
	return len(coretest.Holding(t, s, "/"+kind+"/"))
}

// What is over goes after a day, and not before: a session, a grant and its refresh
// tokens, a code.
func TestWhatIsOverIsSweptInTheEnd(t *testing.T) {
	onEngines(t, func(t *testing.T, s store.Store) {
		p := portalOn(t, s)
		_, live := p.open(t, "ann@example.com")
		_, dead := p.open(t, "ann@example.com")
		off, token := p.grant(t, live.ID, p.web, offline)
		gone, _ := p.grant(t, dead.ID, p.spa)
		spent := token
		token, err := p.refresh(p.web, token)
		ok(t, err)
		p.w.Clock.Turn(time.Hour)
		p.with(t, dead.ID, func(tx *core.Tx, s *core.Session) error { return s.Touch(tx) })
		ok(t, end(p, dead.ID))
		p.w.Update(t, func(tx *core.Tx) error {
			g, err := core.Get(tx, gone.ID)
			if err != nil {
				return err
			}
			return g.End(tx, "asked")
		})
		p.w.Settle(t)
		want := func(what string, codes, sessions, touches, grants, tokens int) {
			t.Helper()
			p.w.App.SweepOld(t.Context())
			for kind, n := range map[string]int{"code": codes, "ses": sessions, "set": touches, "gr": grants, "rt": tokens} {
				if got := kept(t, s, kind); got != n {
					t.Errorf("%s: %d of %s, want %d", what, got, kind, n)
				}
			}
			p.w.Sound(t)
		}
		p.w.Clock.Turn(23*time.Hour - time.Second)
		want("a day after the first", 2, 2, 1, 2, 3)
		p.w.Clock.Turn(2 * time.Minute)
		want("a day after the codes", 0, 2, 1, 2, 3)
		p.w.Clock.Turn(time.Hour)
		want("a day after the end", 0, 1, 0, 1, 2)
		p.w.Clock.Turn(7 * 24 * time.Hour)
		want("after the session", 0, 0, 0, 1, 2)
		token, err = p.refresh(p.web, token)
		ok(t, err)
		_, err = p.refresh(p.web, spent)
		wantCode(t, "theft is still seen", err, "ended")
		_, err = p.refresh(p.web, token)
		wantCode(t, "by which the family ends", err, "ended")
		if got, err := get(p.w, off.ID); err != nil || got.EndedAt.IsZero() {
			t.Errorf("%+v, %v", got, err)
		}
		p.w.Clock.Turn(25 * time.Hour)
		want("after all", 0, 0, 0, 0, 0)
	})
}

// Each hour's work is bounded, however much is alive, and comes round to all of it.
func TestASweepLooksAtSoManyAndGoesOnThere(t *testing.T) {
	counting := &coretest.Counting{Store: memory()}
	p := portalOn(t, counting)
	p.w.App.Lifetimes.Session = 1000 * time.Hour
	done := p.signIn(t, "ann@example.com")
	const all = 12_000
	var last *core.Session
	for range all / 2000 {
		p.w.Update(t, func(tx *core.Tx) (err error) {
			for range 2000 {
				if _, last, err = core.OpenSession(tx, done, p.app.ID); err != nil {
					return err
				}
			}
			return nil
		})
	}
	ok(t, end(p, last.ID))
	p.w.Clock.Turn(30 * time.Hour)
	for seen := int64(-1); seen != int64(counting.Seen.Load()); time.Sleep(200 * time.Millisecond) { // the keeper, which the clock has woken
		seen = int64(counting.Seen.Load())
	}
	for range 3 {
		before := counting.Seen.Load()
		p.w.App.SweepOld(t.Context())
		if n := counting.Seen.Load() - before; n > 20_000 {
			t.Errorf("a sweep looked at %d", n)
		}
	}
	if n := kept(t, counting.Store, "ses"); n != all-1 {
		t.Errorf("%d sessions after three sweeps", n)
	}
}
