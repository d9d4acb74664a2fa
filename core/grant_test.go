package core_test

import (
	"context"
	"slices"
	"sync"
	"testing"
	"time"

	"github.com/stormkeep/stormkeep/core"
	"github.com/stormkeep/stormkeep/core/coretest"
	"github.com/stormkeep/stormkeep/core/store"
)

// portal is a shop whose people sign in by the provider.
type portal struct {
	*shop
	web, spa *core.Client
	api      *core.Resource

	closed bool // its world is another after a restart

	mu   sync.Mutex
	told []core.LogoutTask
}

const callback = "https://app.example.com/callback"

// portalOn makes one on a store; its logout jobs are remembered.
func portalOn(t testing.TB, s store.Store) *portal {
	t.Helper()
	p := &portal{}
	p.shop = newShop(t, coretest.On(t, s, p.listen))
	t.Cleanup(func() {
		if !t.Failed() && !p.closed {
			p.w.Sound(t)
		}
	})
	p.fill(t)
	return p
}

func (p *portal) listen(a *core.App) {
	a.Jobs.Handle(core.LogoutJob, core.JobKind{Do: func(_ context.Context, j core.Job) error {
		var task core.LogoutTask
		if err := unmarshal(j.Payload, &task); err != nil {
			return err
		}
		p.mu.Lock()
		defer p.mu.Unlock()
		p.told = append(p.told, task)
		return nil
	}})
}

func (p *portal) fill(t testing.TB) {
	t.Helper()
	p.w.Update(t, func(tx *core.Tx) error {
		p.web, p.spa, p.api = client(p.app.ID, "web"), client(p.app.ID, "spa"), core.Make[core.Resource]()
		p.spa.Type = core.SpaClient
		p.api.Application, p.api.Name, p.api.Identifier = p.app.ID, "api", "https://api.example.com"
		p.api.Scopes = []core.ScopeText{{Name: "orders", Description: "See your orders"}}
		for _, err := range []error{core.CreateClient(tx, p.web), core.CreateClient(tx, p.spa), core.Put(tx, p.api)} {
			if err != nil {
				return err
			}
		}
		return nil
	})
}

func client(app core.ID[core.Application], name string) *core.Client {
	c := core.Make[core.Client]()
	c.Application, c.Name, c.RedirectURIs = app, name, []string{callback}
	return c
}

// heard are the clients that were told of the end of a session, once no job is due.
func (p *portal) heard(t *testing.T) (all []core.ID[core.Client]) {
	t.Helper()
	p.w.Settle(t)
	p.mu.Lock()
	defer p.mu.Unlock()
	for _, task := range p.told {
		if !slices.Contains(all, task.Client) {
			all = append(all, task.Client)
		}
	}
	return all
}

// signIn is a completed sign-in to the application.
func (p *portal) signIn(t testing.TB, login string, in ...core.Ref) *core.Done {
	t.Helper()
	at := core.Attempt{Application: p.app.ID, Login: login, Password: coretest.Password}
	if len(in) > 0 {
		at.Store = in[0]
	}
	o, err := p.w.App.Authenticate(p.w.Machine(), at)
	if err != nil || o.Done == nil {
		t.Fatalf("%s: %+v, %v", login, o, err)
	}
	return o.Done
}

// open is the session of a sign-in, with what opens it.
func (p *portal) open(t testing.TB, login string, in ...core.Ref) (token string, s *core.Session) {
	t.Helper()
	done := p.signIn(t, login, in...)
	p.w.Update(t, func(tx *core.Tx) (err error) {
		token, s, err = core.OpenSession(tx, done, p.app.ID)
		return err
	})
	return token, s
}

// code is a code for a client of the session.
func (p *portal) code(t testing.TB, s core.ID[core.Session], c *core.Client, change ...func(*core.Authorized)) (code string) {
	t.Helper()
	p.w.Update(t, func(tx *core.Tx) error {
		s, err := core.LiveSession(tx, s)
		if err != nil {
			return err
		}
		a := core.Authorized{Client: c, Session: s, RedirectURI: callback, Named: true, Challenge: challenge, Nonce: "n", Scopes: []string{"openid", "email"}}
		for _, do := range change {
			do(&a)
		}
		code, err = core.NewCode(tx, a)
		return err
	})
	return code
}

func offline(a *core.Authorized) { a.Offline = true }

// The pair of RFC 7636 appendix B.
const (
	verifier  = "dBjftJeZ4CVP-mB92K27uhbUJU1p1r_wW1gFWFOEjXk"
	challenge = "E9Melhoa2OwvFrEMTJguCHaoeK1t8URWbuGJSstw-cM"
)

// redeem spends a code for a grant and its first refresh token.
func (p *portal) redeem(c *core.Client, code string, change ...func(*core.Redemption)) (g *core.Grant, refresh string, err error) {
	r := core.Redemption{Client: c, Code: code, RedirectURI: callback, Verifier: verifier}
	for _, do := range change {
		do(&r)
	}
	err = p.w.App.Update(p.w.Machine(), func(tx *core.Tx) error {
		got, err := core.Redeem(tx, r)
		if err != nil {
			return err
		}
		g = got.Grant
		refresh, err = g.NewRefreshToken(tx, c)
		return err
	})
	return g, refresh, err
}

// grant is a grant of a session to a client, with its first refresh token.
func (p *portal) grant(t testing.TB, s core.ID[core.Session], c *core.Client, change ...func(*core.Authorized)) (g *core.Grant, refresh string) {
	t.Helper()
	g, refresh, err := p.redeem(c, p.code(t, s, c, change...))
	if err != nil {
		t.Fatal(err)
	}
	return g, refresh
}

func (p *portal) refresh(c *core.Client, token string) (next string, err error) {
	err = p.w.App.Update(p.w.Machine(), func(tx *core.Tx) error {
		r, err := core.Refresh(tx, c, token)
		if err == nil {
			next = r.Token
		}
		return err
	})
	return next, err
}

func (p *portal) live(g core.ID[core.Grant]) error {
	return p.w.App.View(p.w.Machine(), func(tx *core.Tx) error {
		_, err := core.LiveGrant(tx, g)
		return err
	})
}

func TestARefreshTokenIsSpentForTheNext(t *testing.T) {
	onEngines(t, func(t *testing.T, s store.Store) {
		p := portalOn(t, s)
		_, ses := p.open(t, "ann@example.com")
		g, r1 := p.grant(t, ses.ID, p.web)
		r2, err := p.refresh(p.web, r1)
		ok(t, err)
		if r2 == r1 {
			t.Error("the same token again")
		}
		p.w.Clock.Turn(time.Hour)
		again, err := p.refresh(p.web, r1) // whose answer was lost, long ago
		if err != nil || again != r2 {
			t.Errorf("again: %v, the same %v", err, again == r2)
		}
		_, err = p.refresh(p.spa, r2)
		wantCode(t, "another client", err, "ended")
		for what, bad := range map[string]string{"none": "", "short": r2[:10], "cut": r2[:len(r2)-1], "longer": r2 + "x", "altered": r2[:len(r2)-2] + "!!", "an id": r2[:22]} {
			_, err := p.refresh(p.web, bad)
			wantCode(t, what, err, "ended")
		}
		ok(t, p.live(g.ID))
		r3, err := p.refresh(p.web, r2)
		ok(t, err)
		_, err = p.refresh(p.web, r1) // whose successor was used
		wantCode(t, "reuse", err, "ended")
		_, err = p.refresh(p.web, r3)
		wantCode(t, "after a reuse", err, "ended")
		wantCode(t, "its grant", p.live(g.ID), "ended")
		if n := len(revoked(t, p.w)); n != 1 {
			t.Errorf("%d revocations", n)
		}
	})
}

func TestAPublicClientMayShowASpentTokenForItsGrace(t *testing.T) {
	for _, c := range []struct {
		grace int
		after time.Duration
		want  string
	}{{30, 29 * time.Second, ""}, {30, 30 * time.Second, "ended"}, {0, 0, "ended"}} {
		onEngines(t, func(t *testing.T, s store.Store) {
			p := portalOn(t, s)
			p.spa.RefreshGrace = c.grace
			_, ses := p.open(t, "ann@example.com")
			_, r1 := p.grant(t, ses.ID, p.spa)
			r2, err := p.refresh(p.spa, r1)
			ok(t, err)
			p.w.Clock.Turn(c.after)
			again, err := p.refresh(p.spa, r1)
			wantCode(t, "again", err, c.want)
			if err == nil && again != r2 {
				t.Error("another token")
			}
			_, err = p.refresh(p.spa, r2)
			wantCode(t, "the next", err, c.want)
		})
	}
}

// 100 parallel presentations make one new refresh token (security.md class 4).
func TestClass04_ParallelRefreshesGetOneToken(t *testing.T) {
	onEngines(t, func(t *testing.T, s store.Store) {
		p := portalOn(t, s)
		_, ses := p.open(t, "ann@example.com")
		g, r1 := p.grant(t, ses.ID, p.web)
		before := len(coretest.Holding(t, s, `"grant":"`+string(g.ID)))
		next := make([]string, 100)
		parallel(t, 100, func(i int) (err error) {
			next[i], err = p.refresh(p.web, r1)
			return err
		})
		for _, n := range next {
			if n == "" || n != next[0] {
				t.Fatalf("%q and %q", n, next[0])
			}
		}
		if after := len(coretest.Holding(t, s, `"grant":"`+string(g.ID))); after != before+1 {
			t.Errorf("%d records of the grant, were %d", after, before)
		}
		ok(t, p.live(g.ID))
	})
}

// parallel runs fn n times at once and fails the test on an error.
func parallel(t *testing.T, n int, fn func(i int) error) {
	t.Helper()
	var all sync.WaitGroup
	for i := range n {
		all.Go(func() {
			if err := fn(i); err != nil {
				t.Error(err)
			}
		})
	}
	all.Wait()
}

func TestRefreshTokensAndGrantsExpire(t *testing.T) {
	for _, c := range []struct {
		name   string
		change func(*core.Client)
		steps  []time.Duration // with a refresh after each
		want   string          // of the last
	}{
		{"just before it was idle", func(c *core.Client) { c.RefreshIdle = 3600 }, []time.Duration{time.Hour - time.Second}, ""},
		{"idle", func(c *core.Client) { c.RefreshIdle = 3600 }, []time.Duration{time.Hour}, "ended"},
		{"used in time", func(c *core.Client) { c.RefreshIdle = 3600 }, []time.Duration{59 * time.Minute, 59 * time.Minute}, ""},
		{"absolute, though used", func(c *core.Client) { c.RefreshAbsolute = 7200 }, []time.Duration{time.Hour, time.Hour}, "ended"},
	} {
		t.Run(c.name, func(t *testing.T) {
			onEngines(t, func(t *testing.T, s store.Store) {
				p := portalOn(t, s)
				c.change(p.web)
				_, ses := p.open(t, "ann@example.com")
				_, token := p.grant(t, ses.ID, p.web, offline)
				var err error
				for i, step := range c.steps {
					p.w.Clock.Turn(step)
					next, e := p.refresh(p.web, token)
					if err = e; i < len(c.steps)-1 && e != nil {
						t.Fatal(e)
					}
					token = next
				}
				wantCode(t, "the last", err, c.want)
			})
		})
	}
}

func TestAGrantEndsWithItsSessionUnlessItIsForUseOffline(t *testing.T) {
	onEngines(t, func(t *testing.T, s store.Store) {
		p := portalOn(t, s)
		_, ses := p.open(t, "ann@example.com")
		online, r1 := p.grant(t, ses.ID, p.web)
		off, r2 := p.grant(t, ses.ID, p.spa, offline)
		if !online.Until.Equal(ses.Until.Time) || !off.Until.After(ses.Until.Time) {
			t.Errorf("until %v and %v, the session %v", online.Until, off.Until, ses.Until)
		}
		ok(t, end(p, ses.ID))
		_, err := p.refresh(p.web, r1)
		wantCode(t, "online", err, "ended")
		_, err = p.refresh(p.spa, r2)
		wantCode(t, "offline", err, "")
	})
}

func end(p *portal, id core.ID[core.Session]) error {
	return p.w.App.Update(p.w.Machine(), func(tx *core.Tx) error {
		s, err := core.Get(tx, id)
		if err != nil {
			return err
		}
		return s.End(tx, "signed out")
	})
}

// A restart revives nothing that was spent or ended (security.md class 5).
func TestClass05_ARestartRevivesNothing(t *testing.T) {
	s := coretest.Lasting{Store: boltAt(t)}
	t.Cleanup(func() { ok(t, s.Store.Close()) })
	p := portalOn(t, s)
	_, ses := p.open(t, "ann@example.com")
	code := p.code(t, ses.ID, p.web)
	_, r1, err := p.redeem(p.web, code)
	ok(t, err)
	r2, err := p.refresh(p.web, r1)
	ok(t, err)
	_, err = p.refresh(p.web, r2)
	ok(t, err)
	_, other := p.open(t, "ann@example.com")
	ok(t, end(p, other.ID))
	p.closed = true
	p.w = p.w.Again(t, s, p.listen)
	_, err = p.refresh(p.web, r1)
	wantCode(t, "a spent token", err, "ended")
	_, _, err = p.redeem(p.web, code)
	wantCode(t, "a spent code", err, "ended")
	wantCode(t, "an ended session", p.w.App.View(p.w.Machine(), func(tx *core.Tx) error {
		_, err := core.LiveSession(tx, other.ID)
		return err
	}), "ended")
}

func TestScopesOnlyNarrow(t *testing.T) {
	g := &core.Grant{Scopes: []string{"openid", "email"}}
	for _, c := range []struct {
		asked, want []string
		code        string
	}{
		{nil, []string{"openid", "email"}, ""},
		{[]string{"email"}, []string{"email"}, ""},
		{[]string{"email", "groups"}, nil, "invalid_scope"},
	} {
		got, err := g.Narrowed(c.asked)
		wantCode(t, js(c.asked), err, c.code)
		if !slices.Equal(got, c.want) {
			t.Errorf("%v: %v, want %v", c.asked, got, c.want)
		}
	}
}

func TestTheGrantOfARefreshToken(t *testing.T) {
	p := portalOn(t, memory())
	_, ses := p.open(t, "ann@example.com")
	g, r1 := p.grant(t, ses.ID, p.web)
	of := func(token string) error {
		return p.w.App.View(p.w.Machine(), func(tx *core.Tx) error {
			got, _, err := core.GrantOfRefreshToken(tx, token)
			if err == nil && got.ID != g.ID {
				t.Errorf("grant %s, want %s", got.ID, g.ID)
			}
			return err
		})
	}
	ok(t, of(r1))
	r2, err := p.refresh(p.web, r1)
	ok(t, err)
	wantCode(t, "a spent one", of(r1), "ended")
	wantCode(t, "nonsense", of("x"), "ended")
	ok(t, of(r2))
	p.w.Clock.Turn(15 * 24 * time.Hour)
	wantCode(t, "an old one", of(r2), "ended")
}

func TestGrantsGoWithTheirClientAndSayIt(t *testing.T) {
	onEngines(t, func(t *testing.T, s store.Store) {
		p := portalOn(t, s)
		_, ses := p.open(t, "ann@example.com")
		g, r1 := p.grant(t, ses.ID, p.web)
		vanished(t, remove(p.w, p.web.ID))
		_, err := p.refresh(p.web, r1)
		wantCode(t, "a token of a client that is gone", err, "ended")
		if all := revoked(t, p.w); len(all) != 2 || all[0].Client != p.web.ID || all[1].Grant != g.ID {
			t.Errorf("%+v", all)
		}
	})
}
