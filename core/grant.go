package core

import (
	"encoding/json"
	"slices"
	"time"

	"github.com/stormkeep/stormkeep/core/secret"
)

// Grant is what an account, or a client for itself, has given a client: all tokens that
// come of one authorization. It ends with everything its bond names, with its session
// unless it is for use offline, and by itself.
type Grant struct {
	Base[Grant]
	Bond
	Session  ID[Session]     `json:"session,omitempty" api:"-"`
	Offline  bool            `json:"offline" api:"ro"` // it outlives its session
	Scopes   []string        `json:"scopes" api:"ro"`
	Resource ID[Resource]    `json:"resource,omitempty" api:"ro,null"` // for which its tokens are; "" is the provider itself
	Claims   json.RawMessage `json:"claims,omitempty" api:"-"`         // asked for one by one (OpenID Connect Core section 5.5)
	Beyond   []string        `json:"beyond,omitempty" api:"-"`         // those of Claims that no scope gives
	Sub      string          `json:"sub" api:"ro"`
	ACR      string          `json:"acr,omitempty" api:"-"`
	AMR      []string        `json:"amr,omitempty" api:"-"`
	AuthTime Time            `json:"authTime,omitzero" api:"-"`
	Asks     bool            `json:"asks,omitempty" api:"-"` // it rests on a consent
	Stamp    Stamp           `json:"stamp" api:"-"`
	Until    Time            `json:"expiresAt" api:"ro"`
	EndedAt  Time            `json:"endedAt,omitzero" api:"ro,null"`
	Why      string          `json:"why,omitempty" api:"ro,null"`
}

// GrantsOf lists an account's grants, GrantsTo those to a client, newest last.
var (
	GrantsOf = &Index[Grant]{Name: "acc", List: true,
		Key: func(g *Grant) (Entry, bool) { return Entry{Owner: string(g.Account)}, g.Account != "" }}
	GrantsTo = &Index[Grant]{Name: "cli", List: true,
		Key: func(g *Grant) (Entry, bool) { return Entry{Owner: string(g.Client)}, true }}
)

var grants = &Kind[Grant]{Name: "grants", Noun: "Grant", Key: "gr", Quiet: true, Private: true, Support: "u",
	Indexes: []*Index[Grant]{GrantsOf, GrantsTo}, Links: []string{"tenant=tenants/{tenant}"}}

// Kind says how grants are stored.
func (*Grant) Kind() *Kind[Grant] { return grants }

// Owners are the client and the account.
func (g *Grant) Owners() []Ref {
	all := []Ref{RefTo(g.Client)}
	if g.Account != "" {
		all = append(all, RefTo(g.Account))
	}
	return all
}

// WithoutSecrets leaves grants out of exports without secrets: they are of tokens that
// an importing server would not know.
func (*Grant) WithoutSecrets() bool { return false }

// Live refuses a grant that is no longer good, as ended.
func (g *Grant) Live(tx *Tx) error {
	switch {
	case !g.EndedAt.IsZero():
		return errEnded("the grant was ended")
	case !tx.Now.Before(g.Until.Time):
		return errEnded("the grant has expired")
	}
	if err := g.Bond.Holds(tx, g.Stamp); err != nil {
		return err
	}
	if g.Asks {
		c, err := ConsentOf(tx, g.Account, g.Client)
		if err != nil {
			return err
		}
		if c == nil || !c.Covers(g.Scopes, g.Resource, g.Beyond...) {
			return errEnded("the consent was taken back")
		}
	}
	if g.Offline || g.Session == "" {
		return nil
	}
	_, err := LiveSession(tx, g.Session)
	return err
}

// LiveGrant is the grant of that id, ended if it is gone or no longer good.
func LiveGrant(tx *Tx, id ID[Grant]) (*Grant, error) {
	g, err := Get(tx.trusted(), id)
	if IsNotFound(err) {
		return nil, errEnded("the grant is gone")
	}
	if err != nil {
		return nil, err
	}
	return g, g.Live(tx)
}

// End ends the grant and all its tokens. One that has ended stays as it is.
func (g *Grant) End(tx *Tx, why string) error {
	if !g.EndedAt.IsZero() {
		return nil
	}
	g.EndedAt, g.Why = At(tx.Now), why
	if err := Put(tx.trusted(), g); err != nil {
		return err
	}
	if err := tx.revoke(Revocation{Grant: g.ID, Until: g.Until}); err != nil {
		return err
	}
	about := RefTo(g.Client)
	if g.Account != "" {
		about = RefTo(g.Account)
	}
	note := map[string]string{"grant": string(g.ID), "client": string(g.Client), "why": why}
	if err := tx.Note(AuditLine{Type: "grant.end", Ref: about, Note: note}); err != nil {
		return err
	}
	return tx.Emit(Event{Type: "grant.end", Ref: about})
}

// Deleted tells those who ask that the tokens of a grant are no longer good, which goes
// with its account or client.
func (g *Grant) Deleted(tx *Tx) error {
	if !g.EndedAt.IsZero() || !tx.Now.Before(g.Until.Time) {
		return nil
	}
	return tx.revoke(Revocation{Grant: g.ID, Until: g.Until})
}

// RefreshToken is one of a grant's refresh tokens. On the wire it is its id and its
// secret; the store keeps the hash of the latter. A spent one outlives those that came
// of it, or nobody could tell that it is shown again: they go together, once their
// grant is gone, by the sweep and no list.
type RefreshToken struct {
	Base[RefreshToken]
	Grant   ID[Grant]        `json:"grant" api:"-"`
	Hash    []byte           `json:"hash" api:"-"`
	Idle    Time             `json:"idle" api:"-"` // until when it may be used
	SpentAt Time             `json:"spentAt,omitzero" api:"-"`
	SpentBy string           `json:"spentBy,omitempty" api:"-"` // the Attempt that spent it
	Next    ID[RefreshToken] `json:"next,omitempty" api:"-"`
	// NextSealed is the secret of Next, under a key that only who shows this token has.
	NextSealed []byte `json:"nextSealed,omitempty" api:"-"`
}

var refreshTokens = &Kind[RefreshToken]{Name: "oauthRefreshTokens", Noun: "RefreshToken", Key: "rt", Internal: true}

// Kind says how refresh tokens are stored.
func (*RefreshToken) Kind() *Kind[RefreshToken] { return refreshTokens }

// WithoutSecrets leaves them out of exports together with their grants.
func (*RefreshToken) WithoutSecrets() bool { return false }

// NewRefreshToken makes the first refresh token of a grant.
func (g *Grant) NewRefreshToken(tx *Tx, c *Client) (token string, err error) {
	t, plain := g.refreshToken(tx, c)
	return string(t.ID) + plain, Put(tx.trusted(), t)
}

func (g *Grant) refreshToken(tx *Tx, c *Client) (*RefreshToken, string) {
	plain := tx.s.ids.id("refresh.secret", secret.Token)
	idle := At(tx.Now.Add(time.Duration(c.RefreshIdle) * time.Second))
	if idle.After(g.Until.Time) {
		idle = g.Until
	}
	return &RefreshToken{Base: Base[RefreshToken]{ID: ID[RefreshToken](tx.s.ids.id(refreshTokens.Name, NewID7))}, Grant: g.ID, Hash: secret.HashToken(plain), Idle: idle}, plain
}

// Refreshed is what a refresh token gave.
type Refreshed struct {
	Grant *Grant
	Token string // the next refresh token
}

// Refresh spends a refresh token of a client for the next one (RFC 9700 section
// 4.14.2). A spent one whose successor was never used gives that very successor again:
// its answer may have been lost. Any other that is spent ends the grant, whoever shows
// it. What is no good is ended.
func Refresh(tx *Tx, c *Client, token string) (*Refreshed, error) {
	t, err := refreshTokenBy(tx, token)
	if err != nil {
		return nil, err
	}
	sys := tx.trusted()
	g, err := Get(sys, t.Grant)
	if IsNotFound(err) {
		return nil, errEnded("the grant is gone")
	}
	if err != nil {
		return nil, err
	}
	if g.Client != c.ID {
		return nil, errEnded("the refresh token is another client's")
	}
	if err := g.Live(tx); err != nil {
		return nil, err
	}
	plain := token[idLen:]
	if t.SpentBy != "" {
		return t.again(tx, c, g, plain)
	}
	if !tx.Now.Before(t.Idle.Time) {
		return nil, errEnded("the refresh token was not used for too long")
	}
	next, nextPlain := g.refreshToken(tx, c)
	key, err := tx.dataKey()
	if err != nil {
		return nil, err
	}
	t.SpentAt, t.SpentBy, t.Next = At(tx.Now), tx.Attempt(), next.ID
	t.NextSealed = key.Sub(successorKey, secret.HashToken("successor of "+plain)).Seal([]byte(nextPlain), tx.aad(t.ID.Path(), "next"))
	if err := Put(sys, t); err != nil {
		return nil, err
	}
	if err := Put(sys, next); err != nil {
		return nil, err
	}
	return &Refreshed{g, string(next.ID) + nextPlain}, g.touch(tx)
}

const successorKey = "successor of a refresh token"

// refreshTokenBy is the refresh token that somebody shows, spent or not.
func refreshTokenBy(tx *Tx, token string) (*RefreshToken, error) {
	if len(token) <= idLen {
		return nil, errEnded("it is no refresh token")
	}
	t, err := Get(tx.trusted(), ID[RefreshToken](token[:idLen]))
	if IsNotFound(err) || err == nil && !secret.Matches(token[idLen:], t.Hash) {
		return nil, errEnded("it is no refresh token")
	}
	return t, err
}

// again answers who shows a spent refresh token.
func (t *RefreshToken) again(tx *Tx, c *Client, g *Grant, plain string) (*Refreshed, error) {
	next, err := Get(tx.trusted(), t.Next)
	if err != nil && !IsNotFound(err) {
		return nil, err
	}
	grace := time.Duration(c.RefreshGrace) * time.Second
	unused := err == nil && next.SpentBy == ""
	if t.SpentBy != tx.Attempt() && (!unused || !c.Confidential() && !tx.Now.Before(t.SpentAt.Add(grace))) {
		if err := g.End(tx, "a spent refresh token was shown again"); err != nil {
			return nil, err
		}
		return nil, Keep(errEnded("the refresh token was spent before"))
	}
	if !tx.Now.Before(next.Idle.Time) {
		return nil, errEnded("the refresh token was not used for too long")
	}
	key, err := tx.dataKey()
	if err != nil {
		return nil, err
	}
	nextPlain, err := key.Sub(successorKey, secret.HashToken("successor of "+plain)).Open(t.NextSealed, tx.aad(t.ID.Path(), "next"))
	if err != nil {
		return nil, err
	}
	return &Refreshed{g, string(next.ID) + string(nextPlain)}, nil
}

// touch notes that the grant's session is used.
func (g *Grant) touch(tx *Tx) error {
	if g.Session == "" || g.Offline {
		return nil
	}
	s, err := Get(tx.trusted(), g.Session)
	if err != nil {
		return err
	}
	return s.Touch(tx)
}

// grantTTL is for how long a client's grants last at most.
func grantTTL(c *Client) time.Duration { return time.Duration(c.RefreshAbsolute) * time.Second }

// GrantOfRefreshToken is the grant of a refresh token that is good now, for who asks
// about it or takes it back. Any other is ended.
func GrantOfRefreshToken(tx *Tx, token string) (*Grant, *RefreshToken, error) {
	t, err := refreshTokenBy(tx, token)
	if err != nil {
		return nil, nil, err
	}
	if t.SpentBy != "" || !tx.Now.Before(t.Idle.Time) {
		return nil, nil, errEnded("the refresh token was spent or is too old")
	}
	g, err := LiveGrant(tx, t.Grant)
	return g, t, err
}

// Narrowed are the scopes of a request that asks for some of those granted; none asked
// for are all. One that was not granted is refused.
func (g *Grant) Narrowed(asked []string) ([]string, error) {
	if len(asked) == 0 {
		return g.Scopes, nil
	}
	for _, s := range asked {
		if !slices.Contains(g.Scopes, s) {
			return nil, &Error{Kind: Invalid, Code: "invalid_scope", Msg: "The scope " + s + " was not granted."}
		}
	}
	return asked, nil
}

// Subject is the account.
func (g *Grant) Subject() ID[Account] { return g.Account }
