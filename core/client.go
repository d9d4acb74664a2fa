package core

import (
	"bytes"
	"encoding/json"
	"slices"
	"time"

	"github.com/stormkeep/stormkeep/core/secret"
)

// ClientKind says what sort of program a client is. It is fixed when it is made.
type ClientKind string

// The kinds of client.
const (
	WebClient     ClientKind = "WEB"     // a server that keeps a secret
	SpaClient     ClientKind = "SPA"     // script in a browser
	NativeClient  ClientKind = "NATIVE"  // an app on somebody's device
	MachineClient ClientKind = "MACHINE" // a service that acts for itself
)

// The profiles of a client: what bounds its other settings.
const (
	StandardProfile = "standard" // OAuth 2.1: PKCE always
	OIDCProfile     = "oidc"     // OpenID Connect as certified: confidential, PKCE if it likes
)

// The ways in which a client proves itself at the token endpoint (RFC 7591 section 2).
const (
	AuthBasic      = "client_secret_basic"
	AuthPost       = "client_secret_post"
	AuthPrivateKey = "private_key_jwt"
	AuthNone       = "none"
)

// The grants of core; plugins register others (RFC 7591 section 2).
const (
	GrantCode        = "authorization_code"
	GrantRefresh     = "refresh_token"
	GrantCredentials = "client_credentials"
)

// Client is a program that asks for tokens of an application's accounts, or for its
// own. Its id is its client_id.
type Client struct {
	Base[Client]
	Application ID[Application] `json:"application" api:"ro"`
	Name        string          `json:"name"`
	Description string          `json:"description" api:",null"`
	Type        ClientKind      `json:"kind" api:"create"`
	Profile     string          `json:"profile"`
	Status      Status          `json:"status"`
	FirstParty  bool            `json:"firstParty"` // nobody is asked for consent

	RedirectURIs []string `json:"redirectUris"`
	Origins      []string `json:"allowedOrigins"` // of scripts that may call the token endpoint
	GrantTypes   []string `json:"grantTypes"`
	AuthMethod   string   `json:"tokenEndpointAuthMethod"`
	JWKS         KeySet   `json:"jwks" api:",null"`    // of private_key_jwt
	JWKSURI      string   `json:"jwksUri" api:",null"` // the same, at the client
	Scopes       []string `json:"scopes"`              // that it may ask for; none named: all
	EmailClaim   string   `json:"emailClaim"`          // "any", or only a "verified" one
	IDTokenAlg   string   `json:"idTokenSignedResponseAlg"`
	IDClaims     string   `json:"idTokenClaims"` // "all" that the scopes give, or "minimal"

	PostLogoutRedirectURIs    []string `json:"postLogoutRedirectUris"`
	BackchannelLogoutURI      string   `json:"backchannelLogoutUri" api:",null"`
	BackchannelLogoutSession  bool     `json:"backchannelLogoutSessionRequired"`
	FrontchannelLogoutURI     string   `json:"frontchannelLogoutUri" api:",null"`
	FrontchannelLogoutSession bool     `json:"frontchannelLogoutSessionRequired"`

	// Lifetimes, in seconds.
	AccessTTL       int `json:"accessTokenLifetime"`
	IDTokenTTL      int `json:"idTokenLifetime"`
	RefreshIdle     int `json:"refreshTokenIdle"`
	RefreshAbsolute int `json:"refreshTokenLifetime"`
	RefreshGrace    int `json:"refreshTokenGrace"` // in which a public client may show a spent token again

	Secrets []ClientSecret `json:"secrets" api:"-"`
	Signing Sealed         `json:"signingSecret" api:"-"` // the newest secret, where ID tokens are signed with it
	Epoch   uint64         `json:"epoch" api:"-"`

	show string // its secret, made just now
}

// ClientSecret is one of the two that may be live at once.
type ClientSecret struct {
	Hash      []byte `json:"hash"`
	CreatedAt Time   `json:"createdAt"`
	Until     Time   `json:"until,omitzero"` // zero is for ever
}

// KeySet is a JWK Set in JSON; nil where there is none.
type KeySet struct{ json.RawMessage }

// MarshalJSON writes null for none.
func (k KeySet) MarshalJSON() ([]byte, error) {
	if len(k.RawMessage) == 0 {
		return []byte("null"), nil
	}
	return k.RawMessage, nil
}

// UnmarshalJSON reads a set, or null.
func (k *KeySet) UnmarshalJSON(b []byte) error {
	if string(b) == "null" {
		b = nil
	}
	k.RawMessage = slices.Clone(b)
	return nil
}

// ClientsOf lists the clients of an application.
var ClientsOf = &Index[Client]{Name: "app", List: true,
	Key: func(c *Client) (Entry, bool) { return Entry{Owner: string(c.Application)}, true }}

var clients = &Kind[Client]{
	Name: "clients", Noun: "Client", Key: "cli", Indexes: []*Index[Client]{ClientsOf},
	Rows: &Rows[Client]{Within: ClientsOf, Owners: "applications", Status: func(c *Client) Status { return c.Status }, Text: []Text[Client]{
		{Name: "name", Of: func(c *Client) string { return c.Name }},
		{Name: "description", Of: func(c *Client) string { return c.Description }}}},
	Links: []string{"tenant=tenants/{tenant}"}, Authority: true,
}

// Kind says how clients are stored.
func (*Client) Kind() *Kind[Client] { return clients }

// Owners is the application.
func (c *Client) Owners() []Ref { return []Ref{RefTo(c.Application)} }

// Default lifetimes, in seconds.
const (
	defaultAccessTTL       = 10 * 60
	defaultIDTokenTTL      = 10 * 60
	defaultRefreshIdle     = 14 * 24 * 3600
	defaultRefreshAbsolute = 90 * 24 * 3600
	defaultRefreshGrace    = 30
)

// Defaults are those of a web client.
func (c *Client) Defaults() {
	c.Type, c.Profile, c.Status = WebClient, StandardProfile, Enabled
	c.RedirectURIs, c.Origins, c.PostLogoutRedirectURIs, c.Scopes = []string{}, []string{}, []string{}, []string{}
	c.EmailClaim, c.IDTokenAlg, c.IDClaims = "any", "RS256", "all"
	c.AccessTTL, c.IDTokenTTL = defaultAccessTTL, defaultIDTokenTTL
	c.RefreshIdle, c.RefreshAbsolute, c.RefreshGrace = defaultRefreshIdle, defaultRefreshAbsolute, defaultRefreshGrace
}

// Confidential tells whether the client can keep a secret: it proves itself.
func (c *Client) Confidential() bool { return c.AuthMethod != AuthNone }

// NeedsPKCE tells whether an authorization without a challenge is refused.
func (c *Client) NeedsPKCE() bool { return c.Profile != OIDCProfile || !c.Confidential() }

// Check holds together what a client is and what it may.
func (c *Client) Check(k *Checks) {
	if !k.Moved {
		k.Fail(c.ours(k.Tx))
	}
	k.Required("name", c.Name)
	k.Text("name", c.Name, 255)
	k.Text("description", c.Description, 1000)
	k.Status("status", c.Status, Enabled, Disabled)
	oneOf(k, "kind", c.Type, WebClient, SpaClient, NativeClient, MachineClient)
	oneOf(k, "profile", c.Profile, StandardProfile, OIDCProfile)
	c.complete()
	c.forget()
	c.checkGrants(k)
	c.checkURIs(k)
	oneOf(k, "emailClaim", c.EmailClaim, "any", "verified")
	oneOf(k, "idTokenClaims", c.IDClaims, "all", "minimal")
	oneOf(k, "idTokenSignedResponseAlg", c.IDTokenAlg, "RS256", "ES256", "EdDSA", "HS256")
	c.checkSigning(k)
	for _, v := range []struct {
		field         string
		is, low, high int
	}{
		{"accessTokenLifetime", c.AccessTTL, 10, 24 * 3600}, {"idTokenLifetime", c.IDTokenTTL, 10, 24 * 3600},
		{"refreshTokenIdle", c.RefreshIdle, 60, 400 * 24 * 3600}, {"refreshTokenLifetime", c.RefreshAbsolute, 60, 400 * 24 * 3600},
		{"refreshTokenGrace", c.RefreshGrace, 0, 300},
	} {
		k.That(v.is >= v.low && v.is <= v.high, v.field, "out_of_range", "Client %s must be %d to %d seconds.", v.field, v.low, v.high)
	}
	checkScopes(k, "scopes", c.Scopes)
	old, ok := k.Old.(*Client)
	if !ok {
		return
	}
	k.That(c.Type == old.Type, "kind", "protected", "The kind of a Client is fixed when it is made.")
	k.That(c.Application == old.Application, "application", "protected", "A Client stays with its application.")
	c.Epoch = max(c.Epoch, nextEpoch(old.Epoch, old.Status, c.Status))
}

// forget drops what proves nothing any more: secrets of a client that proves itself by
// something else, and the readable one where no ID token is signed with it.
func (c *Client) forget() {
	if !c.keepsSecret() {
		c.Secrets = nil
	}
	if !c.keepsSecret() || c.IDTokenAlg != "HS256" {
		c.Signing = Sealed{}
	}
}

// checkSigning demands a secret that can be read where ID tokens are signed with it.
// Only the hash of one that was given before is kept.
func (c *Client) checkSigning(k *Checks) {
	if c.IDTokenAlg != "HS256" {
		return
	}
	k.That(c.keepsSecret(), "idTokenSignedResponseAlg", "unsupported_value", "Client idTokenSignedResponseAlg HS256 is for clients that have a secret.")
	if old, ok := k.Old.(*Client); ok && old.IDTokenAlg != "HS256" && !k.Moved {
		k.That(!c.keepsSecret() || !c.Signing.IsZero(), "idTokenSignedResponseAlg", "required",
			"Client idTokenSignedResponseAlg HS256 signs with the client's secret, and only the hash of the present one is kept: give the Client a new secret together with it.")
	}
}

// complete sets what follows from the kind where nothing was said.
func (c *Client) complete() {
	if c.AuthMethod == "" {
		c.AuthMethod = AuthNone
		if c.Type == WebClient || c.Type == MachineClient {
			c.AuthMethod = AuthBasic
		}
	}
	if c.GrantTypes == nil {
		c.GrantTypes = []string{GrantCode, GrantRefresh}
		if c.Type == MachineClient {
			c.GrantTypes = []string{GrantCredentials}
		}
	}
}

func (c *Client) checkGrants(k *Checks) {
	oneOf(k, "tokenEndpointAuthMethod", c.AuthMethod, AuthBasic, AuthPost, AuthPrivateKey, AuthNone)
	public := c.Type == SpaClient || c.Type == NativeClient
	k.That(c.Confidential() != public || c.Type == NativeClient && c.AuthMethod == AuthPrivateKey, "tokenEndpointAuthMethod", "unsupported_value",
		"Client tokenEndpointAuthMethod of a %s must be %s.", c.Type, map[bool]string{true: "none: it cannot keep a secret", false: "one that proves it"}[public])
	k.That(c.Profile != OIDCProfile || c.Confidential(), "profile", "unsupported_value", "Client profile oidc is for clients that prove themselves.")
	k.That(c.AuthMethod != AuthPrivateKey || (len(c.JWKS.RawMessage) > 0) != (c.JWKSURI != ""), "jwks", "required",
		"A Client of private_key_jwt has either jwks or jwksUri.")
	k.That(len(c.JWKS.RawMessage) <= 16<<10, "jwks", "too_long", "Client jwks has at most 16384 characters.")
	if len(c.JWKS.RawMessage) > 0 {
		var set struct {
			Keys []struct {
				D, K any
			} `json:"keys"`
		}
		err := json.Unmarshal(c.JWKS.RawMessage, &set)
		k.That(err == nil && len(set.Keys) > 0 && len(set.Keys) <= 20, "jwks", "invalid_format", "Client jwks is a JWK Set of 1 to 20 keys.")
		for _, key := range set.Keys {
			k.That(key.D == nil && key.K == nil, "jwks", "invalid_value", "Client jwks holds public keys only.")
		}
		if old, ok := k.Old.(*Client); !k.Moved && (!ok || !bytes.Equal(old.JWKS.RawMessage, c.JWKS.RawMessage)) {
			usable, err := ReadKeys(c.JWKS.RawMessage)
			k.That(err == nil && len(usable) > 0, "jwks", "invalid_value", "Client jwks has no key that can be used: each lacks a part, or is of a kind that is not known.")
		}
	}
	if c.JWKSURI != "" && !k.Moved {
		if old, ok := k.Old.(*Client); !ok || old.JWKSURI != c.JWKSURI {
			err := k.Tx.App.Egress.Check(c.JWKSURI)
			k.That(err == nil, "jwksUri", "invalid_value", "Client jwksUri is not one that is asked: %v.", err)
		}
	}
	for _, g := range c.GrantTypes {
		k.That(g == GrantCode || g == GrantRefresh || g == GrantCredentials || k.Tx.App.GrantTypes.Has(g), "grantTypes", "unsupported_value", "Client grantTypes %q is not supported.", g)
	}
	k.That(len(c.GrantTypes) <= 20, "grantTypes", "out_of_range", "Client grantTypes has at most 20 entries.")
	k.That(!c.May(GrantCredentials) || c.Confidential(), "grantTypes", "unsupported_value", "Client grantTypes client_credentials is for clients that prove themselves.")
	k.That(c.Type != MachineClient || !c.May(GrantCode) && !c.May(GrantRefresh), "grantTypes", "unsupported_value", "A MACHINE client signs nobody in.")
}

// May tells whether the client may use a grant.
func (c *Client) May(grant string) bool { return slices.Contains(c.GrantTypes, grant) }

func (c *Client) checkURIs(k *Checks) {
	if c.ID == ConsoleClient {
		return // the server's own, which may be on plain http
	}
	native := c.Type == NativeClient
	for _, list := range []struct {
		field string
		uris  []string
		why   func(string) string
	}{
		{"redirectUris", c.RedirectURIs, func(u string) string { return redirectProblem(u, native) }},
		{"postLogoutRedirectUris", c.PostLogoutRedirectURIs, func(u string) string { return redirectProblem(u, native) }},
		{"allowedOrigins", c.Origins, originProblem},
	} {
		k.That(len(list.uris) <= 100, list.field, "out_of_range", "Client %s has at most 100 entries.", list.field)
		for _, u := range list.uris[:min(100, len(list.uris))] {
			why := list.why(u)
			k.That(why == "", list.field, "invalid_format", "Each of Client %s %s.", list.field, why)
		}
	}
	k.That(c.Type != MachineClient || len(c.RedirectURIs) == 0, "redirectUris", "unsupported_value", "A MACHINE client has no redirectUris.")
	for _, logout := range [][2]string{{"backchannelLogoutUri", c.BackchannelLogoutURI}, {"frontchannelLogoutUri", c.FrontchannelLogoutURI}} {
		if field, u := logout[0], logout[1]; u != "" {
			why := redirectProblem(u, false)
			k.That(why == "", field, "invalid_format", "Client %s %s.", field, why)
		}
	}
	if old, ok := k.Old.(*Client); c.BackchannelLogoutURI != "" && !k.Moved && (!ok || old.BackchannelLogoutURI != c.BackchannelLogoutURI) {
		err := k.Tx.App.Egress.Check(c.BackchannelLogoutURI)
		k.That(err == nil, "backchannelLogoutUri", "invalid_value", "Client backchannelLogoutUri is not one that is asked: %v.", err)
	}
}

// View shows the client_id, and the secret once, to who has just made it.
func (c *Client) View(v *View) {
	v.Set("clientId", string(c.ID))
	if c.show != "" || v.Any {
		v.Set("clientSecret", Secret(c.show))
	}
}

// WithoutSecrets leaves a client behind that proves itself by nothing until it gets a
// new secret.
func (c *Client) WithoutSecrets() bool {
	c.Secrets = nil
	return true
}

// keepsSecret tells whether the client proves itself by a secret.
func (c *Client) keepsSecret() bool { return c.AuthMethod == AuthBasic || c.AuthMethod == AuthPost }

// CreateClient makes a client. Its secret, if it has one, is shown by the view of c.
func CreateClient(tx *Tx, c *Client) error {
	c.complete()
	if c.keepsSecret() {
		c.renew(tx, Time{})
	}
	show := c.show
	err := Put(tx, c)
	c.show = show // also where a former run of this call has kept the client
	return err
}

// RotateSecret gives a client a new secret, which its view then shows. Its newest
// former one works until then, older ones no more.
func RotateSecret(tx *Tx, c *Client, until time.Time) error {
	if !c.keepsSecret() {
		return fieldError("tokenEndpointAuthMethod", "unsupported_value", "A Client that proves itself by "+c.AuthMethod+" has no secret.")
	}
	c.renew(tx, At(until))
	show := c.show
	err := Put(tx, c)
	c.show = show
	return err
}

// renew puts a new secret before the others.
func (c *Client) renew(tx *Tx, until Time) {
	c.show = tx.s.ids.id("clients.secret", secret.Token)
	if len(c.Secrets) > 0 && secret.Matches(c.show, c.Secrets[0].Hash) {
		return // a former run of this call was kept
	}
	next := []ClientSecret{{Hash: secret.HashToken(c.show), CreatedAt: At(tx.Now)}}
	if len(c.Secrets) > 0 && until.After(tx.Now) {
		last := c.Secrets[0]
		if last.Until.IsZero() || until.Before(last.Until.Time) {
			last.Until = until
		}
		next = append(next, last)
	}
	c.Secrets, c.Signing = next, Sealed{}
	if c.IDTokenAlg == "HS256" {
		c.Signing = Seal(c.show)
	}
}

// Proves tells whether a text is one of the client's live secrets.
func (c *Client) Proves(tx *Tx, text string) bool {
	ok := false
	for _, s := range c.Secrets {
		if secret.Matches(text, s.Hash) && (s.Until.IsZero() || tx.Now.Before(s.Until.Time)) {
			ok = true
		}
	}
	return ok
}
