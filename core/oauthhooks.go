package core

import (
	"maps"
	"slices"
	"time"

	"github.com/stormkeep/stormkeep/hooks"
)

// AuthorizeEvent is an authorization about to be answered with a code, in its
// transaction. Before may refuse it, or take some of Scopes and Claims away; what it adds
// is not given.
type AuthorizeEvent struct {
	TxEvent
	Client  *Client
	Session *Session
	Scopes  []string
	Claims  []string // asked for one by one, that no scope gives
}

// ConsentEvent is somebody agreeing to what a client asks for. Before may refuse it.
type ConsentEvent struct {
	TxEvent
	Account  ID[Account]
	Client   ID[Client]
	Scopes   []string
	Resource ID[Resource]
	Claims   []string // asked for one by one, that no scope gives
}

// TokenRequestEvent is a request to the token endpoint of a client that has proved
// itself. Before may refuse it; Issue is what it gives, for Use and After.
type TokenRequestEvent struct {
	TxEvent
	Grant   string // its grant_type
	Request TokenRequest
	Issue   *Issue
}

// VerifyEvent is an access token of ours that somebody shows or asks about, and that is
// good. Before may refuse it: it is then taken for one that has ended.
type VerifyEvent struct {
	hooks.Event
	Tx     *Tx // may only read
	Claims AccessClaims
}

// Level is RecordLevel.
func (*VerifyEvent) Level() Level { return RecordLevel }

// RevokeEvent is a token that its client takes back (RFC 7009): an access token, of
// which there are Claims, or a refresh token with its Grant. Before may refuse it.
type RevokeEvent struct {
	TxEvent
	Client ID[Client]
	Claims *AccessClaims
	Grant  ID[Grant]
}

// IntrospectEvent is a good token that a client asks about and may know of (RFC 7662).
// Before may refuse it: the client is then told that it is not active. What it puts into
// More is told beside what we say, and in place of nothing of that.
type IntrospectEvent struct {
	hooks.Event
	Tx     *Tx // may only read
	Client ID[Client]
	Claims *AccessClaims // of an access token
	Grant  ID[Grant]     // "" where a client or a key acts for itself
	More   map[string]any
}

// Level is RecordLevel.
func (*IntrospectEvent) Level() Level { return RecordLevel }

// oauthCodes are those of errors by which a handler may say itself what a client is told
// (RFC 6749 sections 4.1.2.1 and 5.2, RFC 8707, OpenID Connect Core section 3.1.2.6).
var oauthCodes = []string{"access_denied", "invalid_grant", "invalid_request", "invalid_scope", "invalid_target", "unauthorized_client",
	"login_required", "interaction_required", "consent_required", "ended"}

// refusedBy is the error of a handler as the protocol has it: under a code of its own, if
// that is one a client knows, else under code. Faults stay what they are.
func refusedBy(err error, code string) error {
	e := AsError(err)
	if err == nil || e.Kind == Internal || e.Kind == Limited || e.Kind == Unavailable || slices.Contains(oauthCodes, e.Code) {
		return err
	}
	return &Error{Kind: Invalid, Code: code, Msg: e.Msg, Dev: e.Dev, Err: err}
}

// around runs the handlers of a hook around do, whose own error is returned as it is,
// and those of handlers as refusals.
func around[E hooks.Carrier](h *hooks.Hook[E], ev E, code string, do func() error) error {
	var own error
	err := h.Trigger(ev, func(E) error {
		own = do()
		return own
	})
	if own != nil {
		return own
	}
	return refusedBy(err, code)
}

// refusedGrant is what a client is told whose request for tokens a handler refuses.
func refusedGrant(person bool) string {
	if person {
		return "invalid_grant"
	}
	return "unauthorized_client"
}

// Answer is what a request to the token endpoint gives, by the grant of that name. No
// handler of a hook changes it.
func (g GrantType) Answer(tx *Tx, name string, r TokenRequest) (i *Issue, err error) {
	seen := r
	client := *r.Client
	seen.Client, seen.Params = &client, maps.Clone(r.Params)
	ev := &TokenRequestEvent{TxEvent: TxEvent{Tx: tx}, Grant: name, Request: seen}
	err = around(&tx.App.Hooks.OAuth.Token, ev, refusedGrant(name != GrantCredentials), func() (err error) {
		if i, err = g.Do(tx, r); err == nil {
			ev.Issue = i.copied()
		}
		return err
	})
	return i, err
}

// copied is the issue for handlers, who change nothing of it.
func (i *Issue) copied() *Issue {
	c := *i
	c.Scopes, c.RefreshToken = slices.Clone(i.Scopes), ""
	if i.Grant != nil {
		g := *i.Grant
		c.Grant = &g
	}
	if i.Resource != nil {
		r := *i.Resource
		c.Resource = &r
	}
	return &c
}

// reservedClaims are the claims that a handler neither changes nor adds: what a token is, and
// whom it lets do what.
var reservedClaims = []string{"iss", "sub", "aud", "client_id", "iat", "nbf", "exp", "jti", "scope", "act", "may_act", "cnf", "org", "sid", "auth_time", "acr", "amr", "nonce",
	"azp", "at_hash", "c_hash", "events", PrivateClaim}

// issued has handlers add claims to tokens.
func (t *Tokens) issued(tx *Tx, i *Issue) error {
	client := *t.Client
	seen := Tokens{Client: &client, Access: maps.Clone(t.Access), ID: maps.Clone(t.ID), Scopes: slices.Clone(t.Scopes), Alg: t.Alg, Expires: t.Expires}
	ev := &TokenEvent{TxEvent: TxEvent{Tx: tx}, Issue: i.copied(), Tokens: &seen}
	err := around(&tx.App.Hooks.Token.Issue, ev, refusedGrant(i.Grant != nil), func() error { return nil })
	if err != nil {
		return err
	}
	for _, c := range []struct{ is, wanted map[string]any }{{t.Access, seen.Access}, {t.ID, seen.ID}} {
		for name, v := range c.wanted {
			if _, there := c.is[name]; c.is != nil && !there && !slices.Contains(reservedClaims, name) {
				c.is[name] = v
			}
		}
	}
	return nil
}

// stillGood asks the handlers of a hook about a token: one that they refuse has ended.
func stillGood[E hooks.Carrier](h *hooks.Hook[E], ev E) error {
	err := around(h, ev, "ended", func() error { return nil })
	if err != nil && AsError(err).Kind == Invalid {
		return errEnded("a handler refused it: " + AsError(err).Msg)
	}
	return err
}

// mayVerify asks the handlers about an access token that is good.
func mayVerify(tx *Tx, c *AccessClaims) error {
	return stillGood(&tx.App.Hooks.Token.Verify, &VerifyEvent{Tx: tx, Claims: *c})
}

// Introspected asks the handlers what else a client is told of a token that is good.
// One that is refused is ended.
func Introspected(tx *Tx, by *Client, c *AccessClaims, g *Grant) (more map[string]any, err error) {
	ev := &IntrospectEvent{Tx: tx, Client: by.ID, More: map[string]any{}}
	if c != nil {
		seen := *c
		ev.Claims = &seen
	}
	if g != nil {
		ev.Grant = g.ID
	}
	if err := stillGood(&tx.App.Hooks.Token.Introspect, ev); err != nil {
		return nil, err
	}
	return ev.More, nil
}

// TakeBack ends a token for its client (RFC 7009 section 2.1): an access token by its
// verified claims, or a refresh token together with its grant, also one that was spent:
// who has it had all that came of it. What is no token, or another client's, stays as it
// is, and nobody is told.
func TakeBack(tx *Tx, c *Client, access *AccessClaims, refresh string) error {
	ev := &RevokeEvent{TxEvent: TxEvent{Tx: tx}, Client: c.ID}
	if access != nil {
		if access.Client != c.ID {
			return nil
		}
		seen := *access
		ev.Claims = &seen
		return around(&tx.App.Hooks.Token.Revoke, ev, "unauthorized_client", func() error { return tx.Deny(access.ID, time.Unix(access.Expires, 0)) })
	}
	t, err := refreshTokenBy(tx, refresh)
	if IsEnded(err) {
		return nil
	}
	if err != nil {
		return err
	}
	g, err := Get(tx.trusted(), t.Grant)
	if IsNotFound(err) || err == nil && (g.Client != c.ID || !g.EndedAt.IsZero() || !tx.Now.Before(g.Until.Time)) {
		return nil
	}
	if err != nil {
		return err
	}
	ev.Grant = g.ID
	return around(&tx.App.Hooks.Token.Revoke, ev, "unauthorized_client", func() error { return g.End(tx, "its client took it back") })
}
