package core_test

import (
	"errors"
	"testing"

	"github.com/stormkeep/stormkeep/core"
	"github.com/stormkeep/stormkeep/hooks"
)

// What a handler puts into its event changes nothing of who gets what.
func TestHandlersWidenNothing(t *testing.T) {
	p := &portal{}
	p.shop = newShop(t, newWorld(t, p.listen, func(a *core.App) {
		a.Hooks.OAuth.Authorize.Before(func(e *core.AuthorizeEvent) error {
			e.Session.Account, e.Client.ID, e.Session.From = "somebody", "another", "somebody"
			e.Scopes = append(e.Scopes[:1], "orders", "groups")
			return nil
		}, hooks.ID("test.authorize"))
		a.Hooks.Token.Issue.Before(func(e *core.TokenEvent) error {
			for _, c := range []map[string]any{e.Tokens.Access, e.Tokens.ID} {
				for _, name := range []string{"sub", "aud", "scope", "sid", "act", "cnf", "iss", "exp", core.PrivateClaim} {
					c[name] = "handler"
				}
				c["tier"] = "gold"
			}
			e.Issue.Scopes, e.Tokens.Scopes, e.Tokens.Alg, e.Issue.Grant.Sub = []string{"orders"}, []string{"orders"}, "none", "somebody"
			return nil
		}, hooks.ID("test.issue"))
		a.Hooks.OAuth.Token.Use(func(e *core.TokenRequestEvent) error {
			e.Request.Params["scope"], e.Request.Client.Application = "orders", "another"
			err := e.Next()
			e.Issue.Scopes = []string{"orders"}
			return err
		}, hooks.ID("test.token"))
	}))
	p.fill(t)
	_, ses := p.open(t, "ann@example.com")
	code := p.code(t, ses.ID, p.web, func(a *core.Authorized) { a.Scopes = []string{"openid", "email"} })
	g, _, err := p.redeem(p.web, code)
	ok(t, err)
	if js(g.Scopes) != `["openid"]` || g.Account != p.ann.ID || g.Client != p.web.ID || g.Sub != string(p.ann.ID) || g.From != "" {
		t.Errorf("%+v", g)
	}
	tokens, err := p.draft(t, &core.Issue{Grant: g, Scopes: g.Scopes, IDToken: true})
	ok(t, err)
	for name, claims := range map[string]map[string]any{"access": tokens.Access, "ID": tokens.ID} {
		for claim, v := range claims {
			if v == "handler" {
				t.Errorf("%s: %s is a handler's", name, claim)
			}
		}
		if claims["sub"] != string(p.ann.ID) || claims["tier"] != "gold" {
			t.Errorf("%s: %v", name, claims)
		}
	}
	if js(tokens.Scopes) != `["openid"]` || tokens.Alg != "ES256" {
		t.Errorf("%+v", tokens)
	}
	p.w.Update(t, func(tx *core.Tx) error {
		grant := core.GrantType{Do: func(_ *core.Tx, r core.TokenRequest) (*core.Issue, error) {
			if r.Params["scope"] != "openid" || r.Client.Application != p.app.ID {
				t.Errorf("%+v", r)
			}
			return &core.Issue{Scopes: []string{"openid"}}, nil
		}}
		i, err := grant.Answer(tx, "x", core.TokenRequest{Client: p.web, Params: map[string]string{"scope": "openid"}})
		if err == nil && js(i.Scopes) != `["openid"]` {
			t.Errorf("%+v", i)
		}
		return err
	})
}

// A spent refresh token that its client takes back ends what came of it; with another
// client's nothing happens.
func TestARefreshTokenIsTakenBackWithItsFamily(t *testing.T) {
	for name, c := range map[string]struct {
		by    func(p *portal) *core.Client
		spent bool
		ends  bool
	}{
		"its client":                  {func(p *portal) *core.Client { return p.web }, false, true},
		"its client, a spent one":     {func(p *portal) *core.Client { return p.web }, true, true},
		"another client":              {func(p *portal) *core.Client { return p.spa }, false, false},
		"another client, a spent one": {func(p *portal) *core.Client { return p.spa }, true, false},
	} {
		p := portalOn(t, memory())
		_, ses := p.open(t, "ann@example.com")
		g, token := p.grant(t, ses.ID, p.web)
		if c.spent {
			p.w.Update(t, func(tx *core.Tx) error { _, err := core.Refresh(tx, p.web, token); return err })
		}
		p.w.Update(t, func(tx *core.Tx) error { return core.TakeBack(tx, c.by(p), nil, token) })
		if err := p.live(g.ID); core.IsEnded(err) != c.ends {
			t.Errorf("%s: %v", name, err)
		}
		for _, none := range []string{"", "x", token + "x"} {
			p.w.Update(t, func(tx *core.Tx) error { return core.TakeBack(tx, p.web, nil, none) })
		}
	}
}

// The fault of a handler is a fault, and lets nobody in.
func TestAHandlersFaultIsNoRefusal(t *testing.T) {
	p := &portal{}
	p.shop = newShop(t, newWorld(t, p.listen, func(a *core.App) {
		a.Hooks.OAuth.Consent.Before(func(*core.ConsentEvent) error { return errors.New("out of order") }, hooks.ID("test.fault"))
	}))
	p.fill(t)
	err := p.w.App.Update(p.w.Machine(), func(tx *core.Tx) error { return core.GiveConsent(tx, p.ann.ID, p.web.ID, []string{"openid"}, nil) })
	if err == nil || core.AsError(err).Kind != core.Internal {
		t.Errorf("%v", err)
	}
}
