package core

import (
	"context"
	"slices"
	"time"

	"github.com/stormkeep/stormkeep/core/secret"
)

// For how long a session of the console is good.
const (
	ConsoleIdle = 30 * time.Minute // without a use
	ConsoleLife = 8 * time.Hour    // in all
)

// ConsoleClient is the client by which operators sign in to the console. Each tenant that
// has a console has it, in its administrators' application. Only the server changes it.
const ConsoleClient ID[Client] = "console"

// ConsoleSession is an operator's sign-in to the console, in one browser. It rests on the
// grant of the authorization by which it was made, and ends with all that this does: the
// session at the provider, the account, the administrators' directory or application. On
// the wire it is its id and a secret, of which the store keeps the hash.
type ConsoleSession struct {
	Base[ConsoleSession]
	Hash      []byte      `json:"hash" api:"-"`
	Account   ID[Account] `json:"account" api:"-"`
	Grant     ID[Grant]   `json:"grant" api:"-"`
	AuthTime  Time        `json:"authTime" api:"-"` // when the operator last proved who she is
	IP        string      `json:"ip" api:"-"`
	UserAgent string      `json:"userAgent" api:"-"`
	SeenAt    Time        `json:"seenAt" api:"-"` // to a minute or so
	Until     Time        `json:"until" api:"-"`
	EndedAt   Time        `json:"endedAt,omitzero" api:"-"`
}

// ConsoleSessionsOf lists an account's sessions of the console.
var ConsoleSessionsOf = &Index[ConsoleSession]{Name: "acc", List: true,
	Key: func(s *ConsoleSession) (Entry, bool) { return Entry{Owner: string(s.Account)}, true }}

var consoleSessions = &Kind[ConsoleSession]{Name: "consoleSessions", Noun: "ConsoleSession", Key: "cns", Internal: true,
	Indexes: []*Index[ConsoleSession]{ConsoleSessionsOf}}

// Kind says how sessions of the console are stored.
func (*ConsoleSession) Kind() *Kind[ConsoleSession] { return consoleSessions }

// Owners is the account.
func (s *ConsoleSession) Owners() []Ref { return []Ref{RefTo(s.Account)} }

// WithoutSecrets leaves them out of exports: they are of one server's cookies.
func (*ConsoleSession) WithoutSecrets() bool { return false }

// IdleUntil is when the session ends unless it is used.
func (s *ConsoleSession) IdleUntil() Time {
	idle := At(s.SeenAt.Add(ConsoleIdle))
	if idle.After(s.Until.Time) {
		return s.Until
	}
	return idle
}

// FreshUntil is until when the operator need not prove again who she is.
func (s *ConsoleSession) FreshUntil() Time { return At(s.AuthTime.Add(StepUp)) }

// ConsoleClientFor is the client of the console of the tenant in ctx, which leads back to
// that URI. It is made or mended where that is due.
func (a *App) ConsoleClientFor(ctx context.Context, redirectURI string) (c *Client, err error) {
	ctx = AsSystem(ctx, ActorOf(ctx).Tenant)
	due := false
	look := func(tx *Tx) error {
		t, err := Get(tx, tx.Tenant)
		if err != nil {
			return err
		}
		c, err = Get(tx, ConsoleClient)
		due = IsNotFound(err)
		if due {
			c = Make[Client]()
			c.ID = ConsoleClient
			err = nil
		}
		if err != nil {
			return err
		}
		if !due && c.Status == Enabled && c.Application == t.AdminApp && slices.Equal(c.RedirectURIs, []string{redirectURI}) {
			return nil
		}
		due = true
		c.Application, c.Name, c.Status, c.FirstParty = t.AdminApp, "Console", Enabled, true
		c.RedirectURIs, c.GrantTypes, c.Scopes = []string{redirectURI}, []string{GrantCode}, []string{"openid"}
		return nil
	}
	if err := a.View(ctx, look); err != nil || !due {
		return c, err
	}
	return c, a.Update(ctx, func(tx *Tx) error {
		if err := look(tx); err != nil || !due {
			return err
		}
		return Put(tx, c)
	})
}

// ours refuses whoever would change the client of the console.
func (c *Client) ours(tx *Tx) error {
	if c.ID != ConsoleClient || tx.Actor.Kind == System {
		return nil
	}
	return &Error{Kind: Forbidden, Code: "protected", Msg: "The client of the console is the server's own."}
}

// Deleting keeps the client of the console.
func (c *Client) Deleting(tx *Tx) error { return c.ours(tx) }

// OpenConsole makes a session of the console by a code of its client, and returns what
// opens it. Whoever is no operator is refused, and the code is spent.
func OpenConsole(tx *Tx, r Redemption) (token string, s *ConsoleSession, err error) {
	done, err := Redeem(tx, r)
	if err != nil {
		return "", nil, err
	}
	g, sys := done.Grant, tx.trusted()
	role, err := RoleOf(tx, g.Account)
	if err != nil {
		return "", nil, err
	}
	if role.Rank() == 0 {
		if err := g.End(tx, "no operator"); err != nil {
			return "", nil, err
		}
		return "", nil, Keep(&Error{Kind: Forbidden, Code: "no_operator", Msg: "This account may not use the console."})
	}
	plain := tx.s.ids.id("console.secret", secret.Token)
	s = &ConsoleSession{Hash: secret.HashToken(plain), Account: g.Account, Grant: g.ID, AuthTime: g.AuthTime,
		IP: tx.Actor.IP, UserAgent: cutText(tx.Actor.UserAgent, 512), SeenAt: At(tx.Now), Until: At(tx.Now.Add(ConsoleLife))}
	if s.Until.After(g.Until.Time) {
		s.Until = g.Until
	}
	if err := Put(sys, s); err != nil {
		return "", nil, err
	}
	return string(s.ID) + plain, s, s.tell(tx, "console.open", map[string]string{"role": string(role)})
}

// tell writes down what happened to the session.
func (s *ConsoleSession) tell(tx *Tx, what string, note map[string]string) error {
	note["session"] = string(s.ID)
	if err := tx.Note(AuditLine{Type: what, Ref: RefTo(s.Account), Note: note}); err != nil {
		return err
	}
	return tx.Emit(Event{Type: what, Ref: RefTo(s.Account)})
}

// ConsoleBy is the live session that a token opens, with the present role of whose it is.
// Every other token is ended.
func ConsoleBy(tx *Tx, token string) (*ConsoleSession, Role, error) {
	if len(token) <= idLen || !validID(token[:idLen]) {
		return nil, "", errEnded("it is no session")
	}
	s, role, err := LiveConsole(tx, ID[ConsoleSession](token[:idLen]))
	if err == nil && !secret.Matches(token[idLen:], s.Hash) {
		err = errEnded("it is no session")
	}
	return s, role, err
}

// LiveConsole is the session of that id, with the present role of whose it is. One that is
// gone or no longer good is ended.
func LiveConsole(tx *Tx, id ID[ConsoleSession]) (*ConsoleSession, Role, error) {
	sys := tx.trusted()
	s, err := Get(sys, id)
	if IsNotFound(err) {
		return nil, "", errEnded("the session is gone")
	}
	switch {
	case err != nil:
		return nil, "", err
	case !s.EndedAt.IsZero():
		return nil, "", errEnded("the session was ended")
	case !tx.Now.Before(s.IdleUntil().Time):
		return nil, "", errEnded("the session has expired")
	}
	if _, err := LiveGrant(sys, s.Grant); err != nil {
		return nil, "", err
	}
	role, err := RoleOf(sys, s.Account)
	if err == nil && role.Rank() == 0 {
		err = errEnded("its account is no operator")
	}
	return s, role, err
}

// UseConsole is who acts by a session of the console of the tenant in ctx: an operator
// with her present role. Secrets she is shown, and gives keys that may mint, only for
// StepUp after she has proved who she is. The session is noted as used.
func (a *App) UseConsole(ctx context.Context, token string) (actor Actor, s *ConsoleSession, err error) {
	by := ActorOf(ctx)
	ctx = AsSystem(ctx, by.Tenant)
	due := false
	err = a.View(ctx, func(tx *Tx) error {
		var role Role
		if s, role, err = ConsoleBy(tx, token); err != nil {
			return err
		}
		due = tx.Now.Sub(s.SeenAt.Time) >= time.Minute
		actor = s.actor(tx, by, role)
		return nil
	})
	if err != nil || !due {
		return actor, s, err
	}
	return actor, s, a.Update(ctx, func(tx *Tx) error {
		if s, _, err = ConsoleBy(tx, token); err != nil || tx.Now.Sub(s.SeenAt.Time) < time.Minute {
			return err
		}
		s.SeenAt = At(tx.Now)
		return Put(tx, s)
	})
}

// actor is who acts by the session.
func (s *ConsoleSession) actor(tx *Tx, by Actor, role Role) Actor {
	caps := Caps{Manage: true}
	if s.Fresh(tx.Now) {
		caps = AllCaps
	}
	return Actor{Kind: ByConsole, Tenant: by.Tenant, Account: s.Account, Role: role, Caps: caps, Session: string(s.ID),
		IP: by.IP, UserAgent: by.UserAgent, RequestID: by.RequestID}
}

// Fresh tells whether the operator has proved who she is within StepUp.
func (s *ConsoleSession) Fresh(now time.Time) bool { return now.Before(s.FreshUntil().Time) }

// StillConsole is who acts by a session of the console that was used before; an error if
// it is over.
func (a *App) StillConsole(ctx context.Context, by Actor) (actor Actor, err error) {
	err = a.View(AsSystem(ctx, by.Tenant), func(tx *Tx) error {
		s, role, err := LiveConsole(tx, ID[ConsoleSession](by.Session))
		if err == nil {
			actor = s.actor(tx, by, role)
		}
		return err
	})
	return actor, err
}

// EndConsole ends the session that a token opens; also the session at the provider that
// it came from, if that is asked for. What is over stays as it is.
func EndConsole(tx *Tx, token string, whole bool) error {
	s, _, err := ConsoleBy(tx, token)
	if IsEnded(err) {
		return nil
	}
	if err != nil {
		return err
	}
	sys := tx.trusted()
	s.EndedAt = At(tx.Now)
	if err := Put(sys, s); err != nil {
		return err
	}
	g, err := Get(sys, s.Grant)
	if err != nil {
		return err
	}
	if err := g.End(tx, "the console was left"); err != nil {
		return err
	}
	if whole {
		from, err := LiveSession(tx, g.Session)
		if err == nil {
			err = from.End(tx, "signed out of the console")
		}
		if err != nil && !IsEnded(err) {
			return err
		}
	}
	return s.tell(tx, "console.close", map[string]string{})
}
