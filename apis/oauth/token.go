package oauth

import (
	"slices"
	"strings"

	"github.com/gofiber/fiber/v3"

	"github.com/stormkeep/stormkeep/core"
)

// grants are the ways to tokens of the provider itself; plugins register others with
// core.App.GrantTypes.
var grants = map[string]core.GrantType{
	core.GrantCode:        {Do: redeemCode},
	core.GrantRefresh:     {Do: refresh},
	core.GrantCredentials: {Do: credentials},
}

// grant is the way to tokens of that name.
func (p *Provider) grant(name string) (core.GrantType, bool) {
	if g, ok := grants[name]; ok {
		return g, true
	}
	return p.App.GrantTypes.Get(name), p.App.GrantTypes.Has(name)
}

// Grants are the names of the ways to tokens.
func (p *Provider) Grants() []string {
	return append([]string{core.GrantCode, core.GrantRefresh, core.GrantCredentials}, p.App.GrantTypes.Names()...)
}

// tokenResponse is the answer of the token endpoint (RFC 6749 section 5.1).
type tokenResponse struct {
	AccessToken  string `json:"access_token"`
	TokenType    string `json:"token_type"`
	ExpiresIn    int    `json:"expires_in"`
	RefreshToken string `json:"refresh_token,omitempty"`
	IDToken      string `json:"id_token,omitempty"`
	Scope        string `json:"scope,omitempty"`
}

// Token answers the token endpoint (RFC 6749 section 3.2).
func (p *Provider) Token() fiber.Handler {
	return p.serve(func(k *call) (out any, err error) {
		if k.in, err = form(k.c); err != nil {
			return nil, err
		}
		name := k.in["grant_type"]
		if name == "" {
			return nil, refuse("invalid_request", "The parameter grant_type is missing.")
		}
		grant, ok := p.grant(name)
		if !ok {
			return nil, refuse("unsupported_grant_type", "The grant_type %s is not supported.", short(name))
		}
		client, err := k.client()
		if err != nil {
			return nil, err
		}
		k.cors(client.Client)
		if !client.May(name) {
			return nil, refuse("unauthorized_client", "The client may not use this grant_type.")
		}
		return k.issue(client, grant)
	})
}

// issue makes the tokens in one transaction, and signs them once it is kept.
func (k *call) issue(client *proved, grant core.GrantType) (*tokenResponse, error) {
	var t *core.Tokens
	err := k.p.App.Update(k.ctx, func(tx *core.Tx) error {
		now, err := client.again(tx)
		if err != nil {
			return err
		}
		i, err := grant.Answer(tx, k.in["grant_type"], core.TokenRequest{Client: now, Key: client.key, Params: k.in})
		if err != nil {
			return err
		}
		t, err = i.Draft(tx, now, k.issuer)
		return err
	})
	if err != nil {
		return nil, err
	}
	return k.sign(t)
}

// resourceOf is the resource that a request names, else the application's default; nil
// is the provider itself.
func resourceOf(tx *core.Tx, c *core.Client, in map[string]string) (*core.Resource, error) {
	name := in["resource"]
	if name == "" {
		r, err := core.DefaultResource(tx, c.Application)
		if err != nil || r == nil || !r.Serves(c) {
			return nil, err
		}
		return r, nil
	}
	r, err := core.Find(tx, core.ResourceIdentifier, "", name)
	if core.IsNotFound(err) || err == nil && !r.Serves(c) {
		return nil, refuse("invalid_target", "The resource is unknown, or not for this client.")
	}
	return r, err
}

// allowed are the scopes that a client gets of those it asks for: those of OpenID
// Connect where openid is true, and those of the resource. Others are left out, as RFC
// 6749 section 3.3 has it.
func allowed(c *core.Client, r *core.Resource, asked []string, openid bool) []string {
	all := []string{}
	for _, s := range asked {
		known := openid && slices.Contains(core.OpenIDScopes, s) || r != nil && r.Has(s)
		if known && (len(c.Scopes) == 0 || slices.Contains(c.Scopes, s)) {
			all = append(all, s)
		}
	}
	return all
}

// redeemCode is the grant authorization_code.
func redeemCode(tx *core.Tx, r core.TokenRequest) (*core.Issue, error) {
	if r.Params["code"] == "" {
		return nil, refuse("invalid_request", "The parameter code is missing.")
	}
	if v := r.Params["code_verifier"]; v != "" && !verifier(v) {
		return nil, refuse("invalid_request", "The code_verifier has 43 to 128 characters of A-Z a-z 0-9 - . _ ~.")
	}
	done, err := core.Redeem(tx, core.Redemption{Client: r.Client, Code: r.Params["code"], RedirectURI: r.Params["redirect_uri"], Verifier: r.Params["code_verifier"]})
	if err != nil {
		return nil, err
	}
	g := done.Grant
	i := &core.Issue{Grant: g, Scopes: g.Scopes, Nonce: done.Nonce, IDToken: slices.Contains(g.Scopes, "openid")}
	if i.Resource, err = grantedResource(tx, g, r.Params["resource"]); err != nil {
		return nil, err
	}
	if r.Client.May(core.GrantRefresh) {
		i.RefreshToken, err = g.NewRefreshToken(tx, r.Client)
	}
	return i, err
}

// grantedResource is the resource of a grant. A request may name it again, and no
// other.
func grantedResource(tx *core.Tx, g *core.Grant, named string) (*core.Resource, error) {
	if g.Resource == "" {
		if named != "" {
			return nil, refuse("invalid_target", "The resource was not granted.")
		}
		return nil, nil
	}
	r, err := core.Get(tx, g.Resource)
	if core.IsNotFound(err) || err == nil && r.Status != core.Enabled || err == nil && named != "" && named != r.Identifier {
		return nil, refuse("invalid_target", "The resource was not granted, or is not there any more.")
	}
	return r, err
}

// refresh is the grant refresh_token.
func refresh(tx *core.Tx, r core.TokenRequest) (*core.Issue, error) {
	if r.Params["refresh_token"] == "" {
		return nil, refuse("invalid_request", "The parameter refresh_token is missing.")
	}
	done, err := core.Refresh(tx, r.Client, r.Params["refresh_token"])
	if err != nil {
		return nil, err
	}
	g := done.Grant
	i := &core.Issue{Grant: g, RefreshToken: done.Token}
	if i.Scopes, err = g.Narrowed(params(r.Params).scopes()); err != nil {
		return nil, err
	}
	if i.Resource, err = grantedResource(tx, g, r.Params["resource"]); err != nil {
		return nil, err
	}
	i.IDToken = slices.Contains(i.Scopes, "openid")
	return i, nil
}

// credentials is the grant client_credentials.
func credentials(tx *core.Tx, r core.TokenRequest) (*core.Issue, error) {
	bond := core.Bond{Application: r.Client.Application, Client: r.Client.ID}
	if r.Key != nil {
		app, err := reachedBy(tx, r.Key, r.Params["resource"])
		if err != nil {
			return nil, err
		}
		r.Client.Application, bond = app, r.Key.BondAt(app)
	}
	res, err := resourceOf(tx, r.Client, r.Params)
	if err != nil {
		return nil, err
	}
	asked := params(r.Params).scopes()
	if len(asked) == 0 && res != nil {
		for _, s := range res.Scopes {
			asked = append(asked, s.Name)
		}
	}
	i := &core.Issue{Bond: bond, Resource: res, Scopes: allowed(r.Client, res, asked, false)}
	if len(asked) > 0 && len(i.Scopes) == 0 && r.Params["scope"] != "" {
		return nil, refuse("invalid_scope", "The client may have none of these scopes.")
	}
	return i, i.Bond.Alive(tx)
}

// verifier tells whether a text has the form of a code_verifier (RFC 7636 section
// 4.1).
func verifier(s string) bool {
	return len(s) >= 43 && len(s) <= 128 && !strings.ContainsFunc(s, func(r rune) bool {
		return !(r >= 'a' && r <= 'z' || r >= 'A' && r <= 'Z' || r >= '0' && r <= '9' || strings.ContainsRune("-._~", r))
	})
}
