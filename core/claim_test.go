package core_test

import (
	"context"
	"testing"

	"github.com/stormkeep/stormkeep/core"
	"github.com/stormkeep/stormkeep/core/coretest"
)

// claims is what a client is told of an account.
func (p *portal) claims(t *testing.T, c *core.Client, acc core.ID[core.Account], scopes []string, asked map[string]*core.AskedClaim) (all map[string]any) {
	t.Helper()
	p.w.View(t, func(tx *core.Tx) error {
		a, err := core.Get(tx, acc)
		if err != nil {
			return err
		}
		all, err = core.ClaimsOf(tx, c, a, scopes, asked)
		return err
	})
	return all
}

func TestWhatEachScopeTells(t *testing.T) {
	p := &portal{}
	p.shop = newShop(t, newWorld(t, p.listen, func(a *core.App) {
		a.Claims.Add("tier", core.Claim{Scopes: []string{"shop"}, Access: true, Value: func(_ *core.Tx, acc *core.Account) (any, error) { return "gold", nil }})
		a.Claims.Add("nothing", core.Claim{Scopes: []string{"shop"}, Value: func(*core.Tx, *core.Account) (any, error) { return nil, nil }})
	}))
	p.fill(t)
	change(t, p.w, p.vic.ID, func(a *core.Account) { a.GivenName, a.MiddleName, a.Surname = "Vic", "M", "Tor" })
	off := group(t, p.w, p.club.ID, "off")
	join(t, p.w, p.vic.ID, off.ID)
	change(t, p.w, off.ID, func(g *core.Group) { g.Status = core.Disabled })
	few := client(p.app.ID, "few")
	few.Scopes = []string{"openid", "profile"}
	wants := func(names ...string) (all map[string]*core.AskedClaim) {
		all = map[string]*core.AskedClaim{}
		for _, n := range names {
			all[n] = nil
		}
		return all
	}
	for _, c := range []struct {
		name   string
		client *core.Client
		scopes []string
		asked  map[string]*core.AskedClaim
		want   string
	}{
		{"nothing", p.web, nil, nil, ""},
		{"openid", p.web, []string{"openid", "offline_access"}, nil, ""},
		{"profile", p.web, []string{"profile"}, nil, "family_name given_name middle_name name preferred_username updated_at"},
		{"email", p.web, []string{"email"}, nil, "email email_verified"},
		{"groups", p.web, []string{"groups"}, nil, "groups"},
		{"a plugin's", p.web, []string{"shop"}, nil, "tier"},
		{"asked for one by one", p.web, nil, wants("given_name", "tier", "nothing", "phone_number"), "given_name tier"},
		{"asked for by who may not have the scope", few, nil, wants("given_name", "email", "tier", "groups"), "given_name"},
	} {
		if got := sortedKeys(p.claims(t, c.client, p.vic.ID, c.scopes, c.asked)); got != c.want {
			t.Errorf("%s: %s, want %s", c.name, got, c.want)
		}
	}
	all := p.claims(t, p.web, p.vic.ID, []string{"profile", "groups"}, nil)
	if all["name"] != "Vic M Tor" || js(all["groups"]) != `["vip"]` {
		t.Errorf("%v", all)
	}
	if got := js(p.w.App.ClaimsSupported()); got != `["name","given_name","middle_name","family_name","preferred_username","updated_at","email","email_verified","groups","nothing","tier"]` {
		t.Errorf("supported: %s", got)
	}
}

// An address that somebody typed at a public door is told to nobody until it is proved.
func TestAnAddressIsToldAsFarAsItIsKnown(t *testing.T) {
	p := portalOn(t, memory())
	door := func() context.Context { return core.As(t.Context(), core.Actor{Kind: core.Door, Tenant: p.w.Tenant}) }
	stranger := core.Make[core.Account]()
	stranger.Email = "stranger@example.com"
	_, err := p.w.App.Register(door(), core.Registration{Through: core.RefTo(p.dir.ID), Account: stranger, Password: coretest.Password})
	ok(t, err)
	strict := client(p.app.ID, "strict")
	strict.EmailClaim = "verified"
	check := func(what string, c *core.Client, acc core.ID[core.Account], want string) {
		t.Helper()
		if got := js(p.claims(t, c, acc, []string{"email"}, nil)); got != want {
			t.Errorf("%s: %s, want %s", what, got, want)
		}
	}
	status := func(id core.ID[core.Account], to core.Verification) {
		t.Helper()
		change(t, p.w, id, func(a *core.Account) { a.EmailVerificationStatus = to })
	}
	status(p.ann.ID, core.AddressUnverified)
	check("an operator's, unproved", p.web, p.ann.ID, `{"email":"Ann@Example.com","email_verified":false}`)
	check("to who wants proof", strict, p.ann.ID, `{}`)
	check("a stranger's", p.web, stranger.ID, `{}`)
	status(stranger.ID, core.AddressVerified)
	check("a stranger's, proved", p.web, stranger.ID, `{"email":"stranger@example.com","email_verified":true}`)
	check("to who wants proof, proved", strict, stranger.ID, `{"email":"stranger@example.com","email_verified":true}`)
	ok(t, p.w.App.Update(door(), func(tx *core.Tx) error {
		a, err := core.Get(tx, stranger.ID)
		if err != nil {
			return err
		}
		a.Email, a.EmailVerificationStatus = "victim@example.com", core.AddressUnverified
		return core.Put(tx, a)
	}))
	check("another that a stranger gave", p.web, stranger.ID, `{}`)
	change(t, p.w, stranger.ID, func(a *core.Account) { a.Email = "given@example.com" })
	check("one that an operator gave", p.web, stranger.ID, `{"email":"given@example.com","email_verified":false}`)
}

func TestTheClaimsParameter(t *testing.T) {
	for text, want := range map[string]bool{"": true, `{}`: true, `{"userinfo":{"email":null}}`: true, `{"id_token":{"acr":{"essential":true,"values":["a"]}}}`: true,
		`[]`: false, `{`: false, `{"userinfo":{"email":null},"id_token":5}`: false, `"x"`: false} {
		asked, fine := core.ParseClaims(text)
		if fine != want {
			t.Errorf("%q: %v", text, fine)
		}
		if !fine && (asked.UserInfo != nil || asked.IDToken != nil) {
			t.Errorf("%q asks for %+v", text, asked)
		}
	}
	asked, _ := core.ParseClaims(`{"userinfo":{"email":null,"name":{"essential":true}}}`)
	if e, there := asked.UserInfo["email"]; !there || e != nil || !asked.UserInfo["name"].Essential {
		t.Errorf("%+v", asked)
	}
}
