package core_test

import (
	"encoding/json"
	"path/filepath"
	"strings"
	"sync/atomic"
	"testing"
	"time"

	"github.com/stormkeep/stormkeep/core"
	"github.com/stormkeep/stormkeep/core/store"
	"github.com/stormkeep/stormkeep/core/store/bolt"
	"github.com/stormkeep/stormkeep/core/store/mem"
)

func unmarshal(b []byte, v any) error { return json.Unmarshal(b, v) }

func memory() store.Store { return mem.Open() }

func boltAt(t testing.TB) store.Store {
	t.Helper()
	s, err := bolt.Open(filepath.Join(t.TempDir(), "data"), bolt.Options{})
	if err != nil {
		t.Fatal(err)
	}
	return s
}

// What cannot redeem a code does not spend it either (security.md class 3).
func TestClass03_OnlyWhoAskedForACodeSpendsIt(t *testing.T) {
	type ask = core.Authorized
	for _, c := range []struct {
		name  string
		ask   func(*core.Authorized)
		with  func(*portal, *core.Redemption)
		right func(*core.Redemption) // how the code is spent after all
	}{
		{name: "wrong client", with: func(p *portal, r *core.Redemption) { r.Client = p.spa }},
		{name: "wrong redirect URI", with: func(_ *portal, r *core.Redemption) { r.RedirectURI += "/" }},
		{name: "no redirect URI", with: func(_ *portal, r *core.Redemption) { r.RedirectURI = "" }},
		{name: "wrong redirect URI where none was named", ask: func(a *ask) { a.Named = false },
			with: func(_ *portal, r *core.Redemption) { r.RedirectURI += "?x" }, right: func(r *core.Redemption) { r.RedirectURI = "" }},
		{name: "wrong verifier", with: func(_ *portal, r *core.Redemption) { r.Verifier = strings.ToUpper(verifier) }},
		{name: "the challenge as verifier", with: func(_ *portal, r *core.Redemption) { r.Verifier = challenge }},
		{name: "no verifier", with: func(_ *portal, r *core.Redemption) { r.Verifier = "" }},
		{name: "verifier without challenge", ask: func(a *ask) { a.Challenge = "" },
			with: func(_ *portal, r *core.Redemption) {}, right: func(r *core.Redemption) { r.Verifier = "" }},
		{name: "cut", with: func(_ *portal, r *core.Redemption) { r.Code = r.Code[:len(r.Code)-1] }},
		{name: "only its id", with: func(_ *portal, r *core.Redemption) { r.Code = r.Code[:22] }},
		{name: "none", with: func(_ *portal, r *core.Redemption) { r.Code = "" }},
		{name: "altered", with: func(_ *portal, r *core.Redemption) { r.Code = r.Code[:len(r.Code)-3] + "!!!" }},
		{name: "longer", with: func(_ *portal, r *core.Redemption) { r.Code += "A" }},
		{name: "a path", with: func(_ *portal, r *core.Redemption) { r.Code = "../" + r.Code[3:] }},
	} {
		t.Run(c.name, func(t *testing.T) {
			onEngines(t, func(t *testing.T, s store.Store) {
				p := portalOn(t, s)
				_, ses := p.open(t, "ann@example.com")
				if c.ask == nil {
					c.ask = func(*ask) {}
				}
				code := p.code(t, ses.ID, p.web, c.ask)
				_, _, err := p.redeem(p.web, code, func(r *core.Redemption) { c.with(p, r) })
				wantCode(t, "refused", err, "ended")
				_, _, err = p.redeem(p.web, code, func(r *core.Redemption) {
					if c.right != nil {
						c.right(r)
					}
				})
				wantCode(t, "spent after all", err, "")
			})
		})
	}
}

func TestClass03_ACodeEnds(t *testing.T) {
	for _, c := range []struct {
		name string
		do   func(t *testing.T, p *portal, s core.ID[core.Session])
		want string
	}{
		{"just in time", func(t *testing.T, p *portal, _ core.ID[core.Session]) { p.w.Clock.Turn(time.Minute - time.Millisecond) }, ""},
		{"expired", func(t *testing.T, p *portal, _ core.ID[core.Session]) { p.w.Clock.Turn(time.Minute) }, "ended"},
		{"of a session that was ended", func(t *testing.T, p *portal, s core.ID[core.Session]) { ok(t, end(p, s)) }, "ended"},
		{"of a session that is gone", func(t *testing.T, p *portal, s core.ID[core.Session]) { vanished(t, remove(p.w, s)) }, "ended"},
		{"of another tenant", func(t *testing.T, p *portal, _ core.ID[core.Session]) { p.w = p.w.Other(t, "other") }, "ended"},
		{"of a client that is disabled", func(t *testing.T, p *portal, _ core.ID[core.Session]) {
			change(t, p.w, p.web.ID, func(c *core.Client) { c.Status = core.Disabled })
		}, "ended"},
		{"before a restore", func(t *testing.T, p *portal, _ core.ID[core.Session]) {
			ok(t, p.w.App.Restored(t.Context(), core.Restoration{TakenAt: p.w.Clock.Now()}))
		}, "ended"},
	} {
		for _, change := range []func(*core.Authorized){func(*core.Authorized) {}, offline} {
			t.Run(c.name, func(t *testing.T) {
				onEngines(t, func(t *testing.T, s store.Store) {
					p := portalOn(t, s)
					_, ses := p.open(t, "ann@example.com")
					code := p.code(t, ses.ID, p.web, change)
					c.do(t, p, ses.ID)
					_, _, err := p.redeem(p.web, code)
					wantCode(t, c.name, err, c.want)
				})
			})
		}
	}
}

// Of 100 parallel redeems one succeeds, and the others end what it got (RFC 6749
// section 4.1.2, security.md class 4).
func TestClass04_ACodeWorksOnce(t *testing.T) {
	onEngines(t, func(t *testing.T, s store.Store) {
		p := portalOn(t, s)
		_, ses := p.open(t, "ann@example.com")
		code := p.code(t, ses.ID, p.web)
		var won atomic.Int64
		var refresh atomic.Value
		parallel(t, 100, func(int) error {
			_, r, err := p.redeem(p.web, code)
			if err == nil {
				won.Add(1)
				refresh.Store(r)
			} else if !core.IsEnded(err) {
				return err
			}
			return nil
		})
		if won.Load() != 1 {
			t.Fatalf("%d successes", won.Load())
		}
		_, err := p.refresh(p.web, refresh.Load().(string))
		wantCode(t, "what the first got", err, "ended")
	})
}

func TestACodeBecomesWhatWasAgreedTo(t *testing.T) {
	onEngines(t, func(t *testing.T, s store.Store) {
		p := portalOn(t, s)
		_, ses := p.open(t, "ann@example.com")
		code := p.code(t, ses.ID, p.web, func(a *core.Authorized) { a.Claims = []byte(`{"userinfo":{"name":null}}`) })
		from := now(t, p.w)
		g, _, err := p.redeem(p.web, code)
		ok(t, err)
		if g.Account != p.ann.ID || g.Client != p.web.ID || g.Application != p.app.ID || g.Session != ses.ID || g.Sub != string(p.ann.ID) ||
			js(g.Scopes) != `["openid","email"]` || !g.AuthTime.Equal(ses.AuthTime.Time) || string(g.Claims) != `{"userinfo":{"name":null}}` {
			t.Errorf("%+v", g)
		}
		if lines, events := types(t, p.w, from); !strings.Contains(lines, "grant.create") || !strings.Contains(events, "grant.create") {
			t.Errorf("audit %s, events %s", lines, events)
		}
		if got, err := get(p.w, ses.ID); err != nil || len(got.Clients) != 1 || got.Clients[0] != p.web.ID {
			t.Errorf("%+v, %v", got, err)
		}
	})
}
