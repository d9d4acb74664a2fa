package core

import (
	"maps"
	"slices"
	"strings"
	"time"
)

// GrantType is a way to tokens (RFC 6749 section 1.3): plugins register it by its
// grant_type, and it is then named by discovery.
type GrantType struct {
	// Do says what a client gets for what it shows, in one transaction, which may run
	// more than once. The client has proved itself and may use the grant.
	Do func(tx *Tx, r TokenRequest) (*Issue, error)
}

// TokenRequest is a request to the token endpoint.
type TokenRequest struct {
	Client *Client           // which must not be changed
	Key    *ApiKey           // of an account, by which its program proved itself; Client is what it stands for
	Params map[string]string // each was there once
}

// Issue is what a request to the token endpoint gives.
type Issue struct {
	Grant        *Grant   // nil where the client acts for itself
	Bond         Bond     // what such a token is bound to
	Scopes       []string // of the access token
	Resource     *Resource
	RefreshToken string
	IDToken      bool
	Nonce        string
}

// Tokens are the claims of the tokens of an Issue, before they are signed.
type Tokens struct {
	Client  *Client
	Access  map[string]any
	ID      map[string]any // nil where there is none
	Refresh string
	Scopes  []string
	Alg     string // of the access token
	Expires time.Duration
	Secret  []byte // with which an ID token of HS256 is signed
}

// TokenEvent is tokens about to be issued. Before may refuse them, or add claims, save
// those that say what a token is and whom it lets do what.
type TokenEvent struct {
	TxEvent
	Issue  *Issue
	Tokens *Tokens
}

// Private is by what an access token can be found dead. Others need its Grant and Of
// alone, for the feed of what was revoked.
type Private struct {
	Grant ID[Grant]       `json:"g,omitempty"`
	Key   ID[ApiKey]      `json:"k,omitempty"`
	App   ID[Application] `json:"p,omitempty"`  // of the key's
	Of    []string        `json:"of,omitempty"` // Revocation.Of
	Stamp Stamp           `json:"s"`
}

// PrivateClaim is its name.
const PrivateClaim = "sk"

// Draft makes the claims of what is issued (RFC 9068 section 2.2, OpenID Connect Core
// section 2). They are signed once the transaction is kept.
func (i *Issue) Draft(tx *Tx, c *Client, issuer string) (*Tokens, error) {
	t := &Tokens{Client: c, Refresh: i.RefreshToken, Scopes: i.Scopes, Alg: "ES256", Expires: time.Duration(c.AccessTTL) * time.Second}
	aud := issuer
	if r := i.Resource; r != nil {
		aud, t.Alg = r.Identifier, r.Alg
		if r.TTL > 0 {
			t.Expires = time.Duration(r.TTL) * time.Second
		}
	}
	now := tx.Now.Unix()
	t.Access = map[string]any{"iss": issuer, "aud": aud, "client_id": string(c.ID), "iat": now, "exp": now + int64(t.Expires.Seconds()),
		"jti": tx.s.ids.id("tokens.jti", NewID7)}
	if len(i.Scopes) > 0 {
		t.Access["scope"] = strings.Join(i.Scopes, " ")
	}
	if i.Grant == nil {
		if err := i.ownToken(tx, c, t); err != nil {
			return nil, err
		}
	} else if err := i.draftGrant(tx, c, issuer, t); err != nil {
		return nil, err
	}
	return t, t.issued(tx, i)
}

// ownToken completes the token of a client that acts for itself, or of an account's
// API key. The latter is about the account, for which the key acts (RFC 8693 section
// 4.1). The claim client_id must be there and is who asked for the token (RFC 9068
// section 2.2): the key, for no client had a part in it.
func (i *Issue) ownToken(tx *Tx, c *Client, t *Tokens) error {
	stamp, err := i.Bond.Stamp(tx)
	if err != nil {
		return err
	}
	t.Access["sub"] = string(c.ID)
	if i.Bond.Account != "" {
		t.Access["sub"], t.Access["act"] = string(i.Bond.Account), map[string]string{"sub": string(i.Bond.Key)}
	}
	private := Private{Key: i.Bond.Key, Stamp: stamp}
	if private.Of, err = i.Bond.marks(tx.trusted()); err != nil {
		return err
	}
	if private.Key != "" {
		private.App = i.Bond.Application
	}
	t.Access[PrivateClaim] = private
	return nil
}

func (i *Issue) draftGrant(tx *Tx, c *Client, issuer string, t *Tokens) error {
	g := i.Grant
	acc, err := Get(tx.trusted(), g.Account)
	if err != nil {
		return err
	}
	person := map[string]any{"sub": g.Sub, "auth_time": g.AuthTime.Unix(), "acr": g.ACR, "amr": g.AMR}
	if g.Organization != "" {
		person["org"] = string(g.Organization)
	}
	if g.Session != "" {
		person["sid"] = string(g.Session)
	}
	maps.Copy(t.Access, person)
	private := Private{Grant: g.ID, Stamp: g.Stamp}
	if private.Of, err = g.Bond.marks(tx.trusted()); err != nil {
		return err
	}
	t.Access[PrivateClaim] = private
	if err := accessClaims(tx, acc, i.Scopes, t.Access); err != nil {
		return err
	}
	if !i.IDToken {
		return nil
	}
	asked, _ := ParseClaims(string(g.Claims))
	scopes := g.Scopes
	if c.IDClaims != "all" {
		scopes = nil
	}
	if t.ID, err = ClaimsOf(tx, c, acc, scopes, asked.IDToken); err != nil {
		return err
	}
	maps.Copy(t.ID, person)
	now := tx.Now.Unix()
	maps.Copy(t.ID, map[string]any{"iss": issuer, "aud": string(c.ID), "iat": now, "exp": now + int64(c.IDTokenTTL)})
	if i.Nonce != "" {
		t.ID["nonce"] = i.Nonce
	}
	if c.IDTokenAlg == "HS256" {
		plain, err := c.Signing.Open(tx, c.ID, "signingSecret")
		if err != nil {
			return err
		}
		if plain == "" {
			return &Error{Kind: Invalid, Code: "invalid_client", Msg: "The client has no secret to sign its ID tokens with: give it a new one."}
		}
		t.Secret = []byte(plain)
	}
	return nil
}

// accessClaims puts into an access token what its scopes give there: the groups (RFC
// 9068 section 2.2.3.1), and what plugins say.
func accessClaims(tx *Tx, acc *Account, scopes []string, into map[string]any) error {
	sys := tx.trusted()
	if slices.Contains(scopes, "groups") {
		names, err := groupNames(sys, acc)
		if err != nil {
			return err
		}
		into["groups"] = names
	}
	for _, name := range tx.App.Claims.Names() {
		claim := tx.App.Claims.Get(name)
		if !claim.Access || !slices.ContainsFunc(claim.Scopes, func(s string) bool { return slices.Contains(scopes, s) }) {
			continue
		}
		v, err := claim.Value(sys, acc)
		if err != nil {
			return err
		}
		if _, ours := into[name]; v != nil && !ours {
			into[name] = v
		}
	}
	return nil
}

// AccessClaims is what an access token of ours says, its signature verified.
type AccessClaims struct {
	Issuer   string            `json:"iss"`
	Subject  string            `json:"sub"`
	Audience string            `json:"aud"`
	Client   ID[Client]        `json:"client_id"`
	Expires  int64             `json:"exp"`
	IssuedAt int64             `json:"iat"`
	ID       string            `json:"jti"`
	Scope    string            `json:"scope"`
	Org      ID[Organization]  `json:"org"`
	Actor    map[string]string `json:"act"`
	Private  Private           `json:"sk"`
}

// Scopes are those of the token.
func (c *AccessClaims) Scopes() []string { return strings.Fields(c.Scope) }

// LiveAccess refuses an access token that is no longer good, as ended, and finds its
// client and, unless the client acts for itself, its grant. The token of an account's API
// key has neither.
func LiveAccess(tx *Tx, c *AccessClaims) (*Client, *Grant, error) {
	if denied, err := tx.Denied(c.ID, time.Unix(c.Expires, 0)); err != nil {
		return nil, nil, err
	} else if denied {
		return nil, nil, errEnded("the token was revoked")
	}
	if key := c.Private.Key; key != "" {
		b := Bond{Account: ID[Account](c.Subject), Application: c.Private.App, Key: key}
		if err := b.Holds(tx, c.Private.Stamp); err != nil {
			return nil, nil, err
		}
		return nil, nil, mayVerify(tx, c)
	}
	client, err := Peek(tx.trusted(), c.Client)
	if IsNotFound(err) {
		return nil, nil, errEnded("the client is gone")
	}
	if err != nil {
		return nil, nil, err
	}
	if c.Private.Grant != "" {
		g, err := LiveGrant(tx, c.Private.Grant)
		if err == nil && g.Client != c.Client {
			err = errEnded("the grant is another client's")
		}
		if err == nil {
			err = mayVerify(tx, c)
		}
		return client, g, err
	}
	b := Bond{Application: client.Application, Client: client.ID}
	if err := b.Holds(tx, c.Private.Stamp); err != nil {
		return nil, nil, err
	}
	return client, nil, mayVerify(tx, c)
}
