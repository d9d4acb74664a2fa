package core

import (
	"crypto/sha256"
	"encoding/base64"
	"slices"

	"github.com/stormkeep/stormkeep/core/secret"
)

// AuthorizationCode is what a browser carries from the provider to a client, which
// spends it for the tokens of a grant (RFC 6749 section 4.1). On the wire it is its id
// and its secret; the store keeps the hash of the latter. It has no list: the sweep
// removes it by its age.
type AuthorizationCode struct {
	Base[AuthorizationCode]
	Hash        []byte     `json:"hash" api:"-"`
	Client      ID[Client] `json:"client" api:"-"`
	RedirectURI string     `json:"redirectUri" api:"-"`
	Named       bool       `json:"named" api:"-"` // the request named the redirect URI, and so must the client
	Challenge   string     `json:"challenge,omitempty" api:"-"`
	Nonce       string     `json:"nonce,omitempty" api:"-"`
	Grant       ID[Grant]  `json:"grant" api:"-"` // that it becomes
	Draft       Grant      `json:"draft" api:"-"`
	Until       Time       `json:"until" api:"-"`
	SpentBy     string     `json:"spentBy,omitempty" api:"-"` // the Attempt that spent it
}

var authorizationCodes = &Kind[AuthorizationCode]{Name: "authorizationCodes", Noun: "AuthorizationCode", Key: "code", Internal: true}

// Kind says how codes are stored.
func (*AuthorizationCode) Kind() *Kind[AuthorizationCode] { return authorizationCodes }

// WithoutSecrets leaves codes out of exports.
func (*AuthorizationCode) WithoutSecrets() bool { return false }

// Authorized is what somebody has agreed to at the authorization endpoint.
type Authorized struct {
	Client      *Client
	Session     *Session
	RedirectURI string
	Named       bool
	Challenge   string // S256; "" for none
	Nonce       string
	Scopes      []string
	Resource    ID[Resource]
	Claims      []byte   // JSON, or nil
	Beyond      []string // those of them that no scope gives
	Offline     bool
	Asked       bool // for consent
}

// NewCode makes the code of an authorization by a session, which is noted in it.
func NewCode(tx *Tx, a Authorized) (code string, err error) {
	s := a.Session
	if err := a.asked(tx); err != nil {
		return "", err
	}
	g := Grant{Bond: Bond{Account: s.Account, From: s.From, Organization: s.Organization, Application: a.Client.Application, Client: a.Client.ID},
		Session: s.ID, Offline: a.Offline, Scopes: a.Scopes, Resource: a.Resource, Claims: a.Claims, Beyond: a.Beyond, Sub: string(s.Account),
		ACR: s.ACR, AMR: s.AMR, AuthTime: s.AuthTime, Asks: a.Asked}
	if g.Stamp, err = g.Bond.Stamp(tx); err != nil {
		return "", err
	}
	plain := tx.s.ids.id("codes.secret", secret.Token)
	rec := &AuthorizationCode{Hash: secret.HashToken(plain), Client: a.Client.ID, RedirectURI: a.RedirectURI, Named: a.Named, Challenge: a.Challenge, Nonce: a.Nonce,
		Grant: ID[Grant](tx.s.ids.id("codes.grant", NewID7)), Draft: g, Until: At(tx.Now.Add(tx.App.Tuned().Lifetimes.Code))}
	if err := Put(tx.trusted(), rec); err != nil {
		return "", err
	}
	if err := s.Touch(tx); err != nil {
		return "", err
	}
	return string(rec.ID) + plain, s.Join(tx, a.Client.ID)
}

// asked has handlers refuse the authorization, or take something from it.
func (a *Authorized) asked(tx *Tx) error {
	client, session := *a.Client, *a.Session
	ev := &AuthorizeEvent{TxEvent: TxEvent{Tx: tx}, Client: &client, Session: &session, Scopes: slices.Clone(a.Scopes), Claims: slices.Clone(a.Beyond)}
	if err := around(&tx.App.Hooks.OAuth.Authorize, ev, "access_denied", func() error { return nil }); err != nil {
		return err
	}
	scopes, beyond := both(a.Scopes, ev.Scopes), both(a.Beyond, ev.Claims)
	if len(scopes) == len(a.Scopes) && len(beyond) == len(a.Beyond) {
		return nil
	}
	if len(scopes) == 0 {
		return &Error{Kind: Invalid, Code: "invalid_scope", Msg: "The client may have none of these scopes."}
	}
	a.Scopes, a.Beyond, a.Offline = scopes, beyond, a.Offline && slices.Contains(scopes, "offline_access")
	asked, _ := ParseClaims(string(a.Claims))
	var err error
	a.Claims, err = asked.only(tx.App, scopes, beyond)
	return err
}

// both are those of some texts that are among others.
func both(some, others []string) []string {
	return slices.DeleteFunc(slices.Clone(some), func(s string) bool { return !slices.Contains(others, s) })
}

// Redemption is a client that shows a code.
type Redemption struct {
	Client      *Client
	Code        string
	RedirectURI string // "" where the client names none
	Verifier    string // "" where it shows none
}

// Redeemed is the grant that a code became.
type Redeemed struct {
	Grant *Grant
	Nonce string
}

// Redeem spends a code, once. One that is shown a second time ends the grant that it
// became (RFC 6749 section 4.1.2). What is no good is ended; a code is not spent by
// who cannot redeem it.
func Redeem(tx *Tx, r Redemption) (*Redeemed, error) {
	if len(r.Code) <= idLen {
		return nil, errEnded("it is no code")
	}
	sys := tx.trusted()
	c, err := Get(sys, ID[AuthorizationCode](r.Code[:idLen]))
	if IsNotFound(err) || err == nil && !secret.Matches(r.Code[idLen:], c.Hash) {
		return nil, errEnded("it is no code")
	}
	switch {
	case err != nil:
		return nil, err
	case c.Client != r.Client.ID:
		return nil, errEnded("the code is another client's")
	case c.SpentBy != "" && c.SpentBy == tx.Attempt():
		g, err := Get(sys, c.Grant)
		return &Redeemed{g, c.Nonce}, err
	case c.SpentBy != "":
		return nil, c.replayed(tx)
	case !tx.Now.Before(c.Until.Time):
		return nil, errEnded("the code has expired")
	case c.RedirectURI != r.RedirectURI && (c.Named || r.RedirectURI != ""):
		return nil, errEnded("the redirect_uri is not that of the authorization")
	case !c.verified(r.Verifier):
		return nil, errEnded("the code_verifier is not that of the authorization")
	}
	g := c.Draft
	g.ID = c.Grant
	g.Until = At(tx.Now.Add(grantTTL(r.Client)))
	if err := g.Live(tx); err != nil {
		return nil, err
	}
	s, err := LiveSession(tx, g.Session) // also for use offline: who signed out has agreed to nothing more
	if err != nil {
		return nil, err
	}
	if !g.Offline && g.Until.After(s.Until.Time) {
		g.Until = s.Until
	}
	c.SpentBy = tx.Attempt()
	if err := Put(sys, c); err != nil {
		return nil, err
	}
	if err := Put(sys, &g); err != nil {
		return nil, err
	}
	note := map[string]string{"grant": string(g.ID), "client": string(g.Client)}
	if err := tx.Note(AuditLine{Type: "grant.create", Ref: RefTo(g.Account), Note: note}); err != nil {
		return nil, err
	}
	return &Redeemed{&g, c.Nonce}, tx.Emit(Event{Type: "grant.create", Ref: RefTo(g.Account)})
}

// verified compares the verifier with the challenge; where there was none, one that is
// shown is refused as well (RFC 9700 section 4.8.2).
func (c *AuthorizationCode) verified(verifier string) bool {
	if c.Challenge == "" || verifier == "" {
		return c.Challenge == verifier
	}
	sum := sha256.Sum256([]byte(verifier))
	return secret.Equal([]byte(base64.RawURLEncoding.EncodeToString(sum[:])), []byte(c.Challenge))
}

// replayed ends what the code became.
func (c *AuthorizationCode) replayed(tx *Tx) error {
	g, err := Get(tx.trusted(), c.Grant)
	if err == nil {
		err = g.End(tx, "its code was shown again")
	}
	if err != nil && !IsNotFound(err) {
		return err
	}
	return Keep(errEnded("the code was spent before"))
}
