package core

import (
	"context"
	"encoding/json"
	"slices"
	"strings"
	"time"

	"github.com/stormkeep/stormkeep/core/secret"
)

// Session is a person's sign-in at the provider, in one browser: by it the clients of a
// tenant sign her in without asking again. Its id is the sid that clients see; what
// opens it is a secret in a cookie, of which the store keeps the hash.
type Session struct {
	Base[Session]
	Bond
	Hash      []byte   `json:"hash" api:"-"`
	AuthTime  Time     `json:"authTime" api:"ro"`
	ACR       string   `json:"acr" api:"ro"`
	AMR       []string `json:"amr" api:"ro"`
	IP        string   `json:"ip" api:"ro"`
	UserAgent string   `json:"userAgent" api:"ro"`
	Stamp     Stamp    `json:"stamp" api:"-"`
	Until     Time     `json:"expiresAt" api:"ro"`
	EndedAt   Time     `json:"endedAt,omitzero" api:"ro,null"`
	Why       string   `json:"why,omitempty" api:"ro,null"`

	// Through is the application at which its owner signed in, and Store the account
	// store or organization to look in for her there; "" is any.
	Through ID[Application] `json:"through,omitempty" api:"-"`
	Store   Ref             `json:"store,omitempty" api:"-"`

	// Clients are those that signed in by it: they are told of its end.
	Clients []ID[Client] `json:"clients" api:"-"`
}

// SessionsOf lists an account's sessions, SessionsFrom those of other accounts to which
// a link led from it.
var (
	SessionsOf = &Index[Session]{Name: "acc", List: true,
		Key: func(s *Session) (Entry, bool) { return Entry{Owner: string(s.Account)}, true }}
	SessionsFrom = &Index[Session]{Name: "from", List: true,
		Key: func(s *Session) (Entry, bool) { return Entry{Owner: string(s.From)}, s.From != "" }}
)

var sessions = &Kind[Session]{Name: "sessions", Noun: "Session", Key: "ses", Quiet: true, Private: true, Support: "u",
	Indexes: []*Index[Session]{SessionsOf, SessionsFrom}, Links: []string{"tenant=tenants/{tenant}"}}

// Kind says how sessions are stored.
func (*Session) Kind() *Kind[Session] { return sessions }

// Owners is the account.
func (s *Session) Owners() []Ref { return []Ref{RefTo(s.Account)} }

// Subject is the account.
func (s *Session) Subject() ID[Account] { return s.Account }

// WithoutSecrets leaves sessions out of exports: they are of one server's cookies.
func (*Session) WithoutSecrets() bool { return false }

// SessionTouch is when a session was last used, apart from it so that uses of it do
// not clash with its changes. It is a part of the session.
type SessionTouch struct {
	Base[SessionTouch]
	At Time `json:"at" api:"-"`
}

var sessionTouches = &Kind[SessionTouch]{Name: "sessionTouches", Noun: "SessionTouch", Key: "set", Part: true, Internal: true}

// Kind says how it is stored.
func (*SessionTouch) Kind() *Kind[SessionTouch] { return sessionTouches }

// Owners is the session.
func (t *SessionTouch) Owners() []Ref { return []Ref{RefTo(ID[Session](t.ID))} }

// WithoutSecrets leaves it out of exports together with its session.
func (*SessionTouch) WithoutSecrets() bool { return false }

// Lifetimes are for how long what is given at a sign-in is good. Those of tokens are
// their client's.
type Lifetimes struct {
	SessionIdle time.Duration // without a use; 8 hours
	Session     time.Duration // in all; 7 days
	Flow        time.Duration // a sign-in under way; 30 minutes
	Code        time.Duration // an authorization code; 60 seconds
}

// DefaultLifetimes are those of a new app.
func DefaultLifetimes() Lifetimes {
	return Lifetimes{SessionIdle: 8 * time.Hour, Session: 7 * day, Flow: 30 * time.Minute, Code: time.Minute}
}

// SessionEvent is a session being opened or ended.
type SessionEvent struct {
	TxEvent
	Session *Session
}

// OpenSession makes a session of a completed sign-in at the application, and returns
// what opens it. That of a browser's former session is not used again: the caller ends
// it. A sign-in of which something was ended meanwhile is ended too. The owner is told of
// one from a device that is new to an account that knows others.
func OpenSession(tx *Tx, done *Done, app ID[Application]) (token string, s *Session, err error) {
	sys := tx.trusted()
	if err := done.Bond(app).Holds(tx, done.Stamp); err != nil {
		return "", nil, err
	}
	if err := done.stillLinked(sys); err != nil {
		return "", nil, err
	}
	plain := tx.s.ids.id("sessions.secret", secret.Token)
	s = &Session{Bond: done.Bond(""), Hash: secret.HashToken(plain), AuthTime: done.AuthTime, ACR: done.ACR, AMR: done.AMR,
		IP: tx.Actor.IP, UserAgent: cutText(tx.Actor.UserAgent, 512), Until: At(tx.Now.Add(tx.App.Tuned().Lifetimes.Session)), Through: app, Store: done.lookedIn(), Clients: []ID[Client]{}}
	if s.Stamp, err = s.Bond.Stamp(tx); err != nil {
		return "", nil, err
	}
	ev := &SessionEvent{TxEvent: TxEvent{Tx: tx}, Session: s}
	err = tx.App.Hooks.Session.Open.Trigger(ev, func(*SessionEvent) error {
		if err := Put(sys, s); err != nil {
			return err
		}
		if err := tx.tellOf("session.open", s, map[string]string{"application": string(app)}); err != nil {
			return err
		}
		more, err := tx.meet(done)
		if err != nil || !more {
			return err
		}
		return tx.tellOfDevice(done, app)
	})
	return string(s.ID) + plain, s, err
}

// stillLinked refuses a sign-in that came by a link which was removed meanwhile: what its
// removal ends was not there yet.
func (d *Done) stillLinked(tx *Tx) error {
	if d.From == "" {
		return nil
	}
	pair := pairOf(d.From, d.Account.ID)
	_, err := Find(tx, LinkPair, pair.Owner, pair.Value)
	if IsNotFound(err) {
		return errEnded("the link between the accounts is gone")
	}
	return err
}

// lookedIn is the Attempt.Store that finds the same login again; "" where only a look
// into all of them does.
func (d *Done) lookedIn() Ref {
	switch {
	case d.Organization != "":
		return RefTo(d.Organization)
	case d.From != "":
		return ""
	}
	return d.Store
}

// cutText is a text of at most n bytes.
func cutText(s string, n int) string {
	if len(s) <= n {
		return s
	}
	return strings.ToValidUTF8(s[:n], "")
}

// tellOf writes down what happened to a session.
func (tx *Tx) tellOf(what string, s *Session, note map[string]string) error {
	note["session"] = string(s.ID)
	if err := tx.Note(AuditLine{Type: what, Ref: RefTo(s.Account), Note: note}); err != nil {
		return err
	}
	return tx.Emit(Event{Type: what, Ref: RefTo(s.Account)})
}

// SessionBy is the live session that a token opens. Every other token is ended.
func SessionBy(tx *Tx, token string) (*Session, error) {
	if len(token) <= idLen {
		return nil, errEnded("it is no session")
	}
	s, err := LiveSession(tx, ID[Session](token[:idLen]))
	if err != nil {
		return nil, err
	}
	if !secret.Matches(token[idLen:], s.Hash) {
		return nil, errEnded("it is no session")
	}
	return s, nil
}

// LiveSession is the session of that id, ended if it is gone or no longer good.
func LiveSession(tx *Tx, id ID[Session]) (*Session, error) {
	sys := tx.trusted()
	s, err := Get(sys, id)
	if IsNotFound(err) {
		return nil, errEnded("the session is gone")
	}
	if err != nil {
		return nil, err
	}
	last, err := s.LastSeen(tx)
	switch {
	case err != nil:
		return nil, err
	case !s.EndedAt.IsZero():
		return nil, errEnded("the session was ended")
	case !tx.Now.Before(s.Until.Time), !tx.Now.Before(last.Add(tx.App.Tuned().Lifetimes.SessionIdle)):
		return nil, errEnded("the session has expired")
	}
	return s, s.Bond.Holds(tx, s.Stamp)
}

// LastSeen is when the session was last used, to a minute or so.
func (s *Session) LastSeen(tx *Tx) (Time, error) {
	t, err := Get(tx.trusted(), ID[SessionTouch](s.ID))
	if err != nil || t.At.Before(s.CreatedAt.Time) {
		return s.CreatedAt, err
	}
	return t.At, nil
}

// Touch notes that the session is used. It writes once a minute at most.
func (s *Session) Touch(tx *Tx) error {
	last, err := s.LastSeen(tx)
	if err != nil || tx.Now.Sub(last.Time) < time.Minute {
		return err
	}
	sys := tx.trusted()
	t, err := Get(sys, ID[SessionTouch](s.ID))
	if err != nil {
		return err
	}
	t.At = At(tx.Now)
	if err := Put(sys, t); err != nil {
		return err
	}
	return tx.App.Hooks.Session.Touch.Trigger(&SessionEvent{TxEvent: TxEvent{Tx: tx}, Session: s}, func(*SessionEvent) error { return nil })
}

// Join notes that a client has signed in by the session.
func (s *Session) Join(tx *Tx, c ID[Client]) error {
	if slices.Contains(s.Clients, c) {
		return nil
	}
	s.Clients = append(slices.Clone(s.Clients), c)
	return Put(tx.trusted(), s)
}

// End ends the session and what is bound to it, and has its clients told. One that has
// ended stays as it is.
func (s *Session) End(tx *Tx, why string) error {
	if !s.EndedAt.IsZero() {
		return nil
	}
	s.EndedAt, s.Why = At(tx.Now), why
	ev := &SessionEvent{TxEvent: TxEvent{Tx: tx}, Session: s}
	return tx.App.Hooks.Session.Close.Trigger(ev, func(*SessionEvent) error {
		if err := Put(tx.trusted(), s); err != nil {
			return err
		}
		if err := s.tellClients(tx); err != nil {
			return err
		}
		return tx.tellOf("session.close", s, map[string]string{"why": why})
	})
}

// endIfRevoked ends a session that an epoch has ended already, or something that is gone.
func (s *Session) endIfRevoked(tx *Tx) error {
	if !s.EndedAt.IsZero() {
		return nil
	}
	if err := s.Bond.Holds(tx, s.Stamp); !IsEnded(err) {
		return err
	}
	return s.End(tx, "revoked")
}

// tellClients writes that the session is over, for those who ask, and the jobs that tell
// its clients.
func (s *Session) tellClients(tx *Tx) error {
	if err := tx.revoke(Revocation{Session: s.ID, Until: s.Until}); err != nil {
		return err
	}
	for _, c := range s.Clients {
		if err := Enqueue(tx, LogoutJob, LogoutTask{Client: c, Session: s.ID, Account: s.Account}, tx.Now); err != nil {
			return err
		}
	}
	return nil
}

// Deleted has the clients of a session told that goes with its account.
func (s *Session) Deleted(tx *Tx) error {
	if !s.EndedAt.IsZero() || !tx.Now.Before(s.Until.Time) {
		return nil
	}
	return s.tellClients(tx)
}

// Keep gives the session, in which its owner has just changed what proves her, the
// present stamp: all others end. One that has ended stays so.
func (s *Session) Keep(tx *Tx) (err error) {
	if !s.EndedAt.IsZero() || !tx.Now.Before(s.Until.Time) {
		return errEnded("the session is over")
	}
	if s.Stamp, err = s.Bond.Stamp(tx); err != nil {
		return err
	}
	return Put(tx.trusted(), s)
}

// Renew gives the session another secret, as at each rise of what was proved.
func (s *Session) Renew(tx *Tx) (token string, err error) {
	plain := tx.s.ids.id("sessions.secret", secret.Token)
	s.Hash = secret.HashToken(plain)
	return string(s.ID) + plain, Put(tx.trusted(), s)
}

// EndSessions ends all sessions, grants and tokens of an account but those of one
// session, which may be "" and is else a live one of the account.
func EndSessions(tx *Tx, acc ID[Account], but ID[Session], why string) error {
	if err := MayUpdate(tx, &Session{Bond: Bond{Account: acc}}); err != nil {
		return err
	}
	sys := tx.trusted()
	var kept *Session
	if but != "" {
		s, err := LiveSession(tx, but)
		if err != nil {
			return err
		}
		if s.Account != acc && s.From != acc {
			return errEnded("the session is somebody else's")
		}
		kept = s
	}
	sec, err := Get(sys, ID[Security](acc))
	if err != nil {
		return err
	}
	sec.Epoch++
	if err := Put(sys, sec); err != nil {
		return err
	}
	if err := tx.Note(AuditLine{Type: "account.endSessions", Ref: RefTo(acc), Note: map[string]string{"why": why}}); err != nil {
		return err
	}
	if kept == nil {
		return nil
	}
	return kept.Keep(tx)
}

// LogoutJob is the job that tells one client that a session has ended. Its payload is a
// LogoutTask.
const LogoutJob = "logout"

// LogoutTask is what the job of telling a client holds.
type LogoutTask struct {
	Client  ID[Client]  `json:"client"`
	Session ID[Session] `json:"session"`
	Account ID[Account] `json:"account"` // whose it was: the session may be gone by then
}

// endJob tells the clients of an account's sessions that were ended by its epoch.
const endJob = "session.end"

type endTask struct {
	Account ID[Account] `json:"account"`
}

// Saved has the sessions that an epoch has ended told to their clients.
func (s *Security) Saved(tx *Tx, old *Security) error {
	if old == nil || old.Epoch == s.Epoch {
		return nil
	}
	id := ID[Account](s.ID)
	if err := tx.revoke(Revocation{Account: id}); err != nil {
		return err
	}
	for _, ix := range []*Index[Session]{SessionsOf, SessionsFrom} {
		n, err := Count(tx, ix, Query{Owner: string(id)})
		if err != nil {
			return err
		}
		if n > 0 {
			return Enqueue(tx, endJob, endTask{id}, tx.Now)
		}
	}
	return nil
}

// endSessions is the job.
func (a *App) endSessions(ctx context.Context, j Job) error {
	var task endTask
	if err := json.Unmarshal(j.Payload, &task); err != nil {
		return err
	}
	var all []ID[Session]
	err := a.View(ctx, func(tx *Tx) error {
		all = nil
		for _, ix := range []*Index[Session]{SessionsOf, SessionsFrom} {
			for id, err := range Walk(tx, ix, Query{Owner: string(task.Account)}) {
				if err != nil {
					return err
				}
				all = append(all, id)
			}
		}
		return nil
	})
	for len(all) > 0 && err == nil {
		n := min(len(all), 200)
		err = a.Update(ctx, func(tx *Tx) error {
			for s, err := range records(tx, those(all[:n])) {
				if err == nil {
					err = s.endIfRevoked(tx)
				}
				if err != nil {
					return err
				}
			}
			return nil
		})
		all = all[n:]
	}
	return err
}
