package core_test

import (
	"testing"
	"time"

	"github.com/stormkeep/stormkeep/core"
	"github.com/stormkeep/stormkeep/core/store"
)

// draft are the tokens of an issue to the web client.
func (p *portal) draft(t *testing.T, i *core.Issue) (tokens *core.Tokens, err error) {
	t.Helper()
	err = p.w.App.Update(p.w.Machine(), func(tx *core.Tx) error {
		c, err := core.Get(tx, p.web.ID)
		if err != nil {
			return err
		}
		tokens, err = i.Draft(tx, c, "https://id.example.com")
		return err
	})
	return tokens, err
}

func TestWhatTokensSay(t *testing.T) {
	onEngines(t, func(t *testing.T, s store.Store) {
		p := portalOn(t, s)
		_, ses := p.open(t, "ann@example.com")
		g, _ := p.grant(t, ses.ID, p.web, func(a *core.Authorized) { a.Claims = []byte(`{"id_token":{"updated_at":null}}`) })
		tokens, err := p.draft(t, &core.Issue{Grant: g, Scopes: []string{"openid"}, IDToken: true, Nonce: "n", RefreshToken: "r"})
		ok(t, err)
		if got := sortedKeys(tokens.Access); got != "acr amr aud auth_time client_id exp iat iss jti scope sid sk sub" {
			t.Errorf("access: %s", got)
		}
		if got := sortedKeys(tokens.ID); got != "acr amr aud auth_time email email_verified exp iat iss nonce sid sub updated_at" {
			t.Errorf("ID: %s", got)
		}
		now := p.w.Clock.Now().Unix()
		for what, is := range map[string]bool{
			"aud":       tokens.Access["aud"] == "https://id.example.com" && tokens.ID["aud"] == string(p.web.ID),
			"sub":       tokens.Access["sub"] == string(p.ann.ID) && tokens.ID["sub"] == string(p.ann.ID),
			"lifetimes": tokens.Access["exp"] == now+600 && tokens.ID["exp"] == now+600 && tokens.Expires == 10*time.Minute,
			"sid":       tokens.ID["sid"] == string(ses.ID),
			"rest":      tokens.Alg == "ES256" && tokens.Refresh == "r" && tokens.Secret == nil && tokens.ID["nonce"] == "n",
		} {
			if !is {
				t.Errorf("%s: %+v", what, tokens)
			}
		}
		change(t, p.w, p.web.ID, func(c *core.Client) { c.IDClaims = "minimal" })
		p.api.Alg, p.api.TTL = "RS256", 60
		tokens, err = p.draft(t, &core.Issue{Grant: g, Resource: p.api, IDToken: true})
		ok(t, err)
		if got := sortedKeys(tokens.ID); got != "acr amr aud auth_time exp iat iss sid sub updated_at" {
			t.Errorf("minimal: %s", got)
		}
		if tokens.Access["aud"] != p.api.Identifier || tokens.Alg != "RS256" || tokens.Expires != time.Minute || tokens.Access["scope"] != nil {
			t.Errorf("for the API: %+v", tokens)
		}
	})
}

func TestAClientsOwnToken(t *testing.T) {
	p := portalOn(t, memory())
	bond := core.Bond{Application: p.app.ID, Client: p.web.ID}
	tokens, err := p.draft(t, &core.Issue{Bond: bond, Scopes: []string{"orders"}})
	ok(t, err)
	if tokens.Access["sub"] != string(p.web.ID) || tokens.Access["act"] != nil || tokens.ID != nil {
		t.Errorf("%+v", tokens)
	}
	k := keyOf(t, p.w, p.ann.ID)
	bond.Account, bond.Key = p.ann.ID, k.ID
	tokens, err = p.draft(t, &core.Issue{Bond: bond})
	ok(t, err)
	if tokens.Access["sub"] != string(p.ann.ID) || js(tokens.Access["act"]) != `{"sub":"`+string(k.ID)+`"}` {
		t.Errorf("%+v", tokens)
	}
}

func TestIDTokensOfHS256AreSignedWithTheSecret(t *testing.T) {
	p := portalOn(t, memory())
	text := p.rotate(t, p.web.ID, time.Time{}, func(c *core.Client) { c.IDTokenAlg = "HS256" })
	_, ses := p.open(t, "ann@example.com")
	g, _ := p.grant(t, ses.ID, p.web)
	tokens, err := p.draft(t, &core.Issue{Grant: g, IDToken: true})
	ok(t, err)
	if string(tokens.Secret) != text {
		t.Errorf("signed with %q", tokens.Secret)
	}
}

func TestAPluginsClaimNeverTakesThePlaceOfOurs(t *testing.T) {
	p := &portal{}
	p.shop = newShop(t, newWorld(t, p.listen, func(a *core.App) {
		for _, name := range []string{"sub", "aud", "tier"} {
			a.Claims.Add(name, core.Claim{Scopes: []string{"email"}, Access: true, Value: func(*core.Tx, *core.Account) (any, error) { return "plugin", nil }})
		}
	}))
	p.fill(t)
	_, ses := p.open(t, "ann@example.com")
	g, _ := p.grant(t, ses.ID, p.web)
	tokens, err := p.draft(t, &core.Issue{Grant: g, Scopes: []string{"email"}, IDToken: true})
	ok(t, err)
	for name, claims := range map[string]map[string]any{"access": tokens.Access, "ID": tokens.ID} {
		if claims["sub"] != string(p.ann.ID) || claims["aud"] == "plugin" || claims["tier"] != "plugin" {
			t.Errorf("%s: %v", name, claims)
		}
	}
}

func TestAnAccessTokenIsOneClientsAndCanBeDenied(t *testing.T) {
	onEngines(t, func(t *testing.T, s store.Store) {
		p := portalOn(t, s)
		_, ses := p.open(t, "ann@example.com")
		g, _ := p.grant(t, ses.ID, p.web)
		c, other := p.access(t, p.web, &core.Issue{Grant: g}), p.access(t, p.web, &core.Issue{Grant: g})
		live := func(c *core.AccessClaims) error {
			return p.w.App.View(p.w.Machine(), func(tx *core.Tx) error { _, _, err := core.LiveAccess(tx, c); return err })
		}
		ok(t, live(c))
		foreign := *c
		foreign.Client = p.spa.ID
		wantCode(t, "another client's", live(&foreign), "ended")
		foreign.Client = "nobody"
		wantCode(t, "nobody's", live(&foreign), "ended")
		p.w.Update(t, func(tx *core.Tx) error { return tx.Deny(c.ID, time.Unix(c.Expires, 0)) })
		wantCode(t, "denied", live(c), "ended")
		wantCode(t, "another of the grant", live(other), "")
	})
}
