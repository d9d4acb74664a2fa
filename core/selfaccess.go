package core

import "slices"

// maxShown is how many of what an account has are looked at for its owner, the newest.
const maxShown = 200

// SeenSession is a session with when it was last used, to a minute or so.
type SeenSession struct {
	*Session
	Seen Time
	Here bool // it is the one in which the owner acts
}

// Sessions are the account's live ones, that of the owner first, then the newest.
func (me *Self) Sessions() ([]SeenSession, error) {
	all := []SeenSession{{Session: me.Session, Here: true}}
	page, err := List(me.tx, SessionsOf, Query{Owner: string(me.Account.ID), Limit: maxShown, Desc: true})
	if err != nil {
		return nil, err
	}
	for _, s := range page.Items {
		if s.ID == me.Session.ID {
			continue
		}
		live, err := LiveSession(me.tx, s.ID)
		if IsEnded(err) {
			continue
		}
		if err != nil {
			return nil, err
		}
		all = append(all, SeenSession{Session: live})
	}
	for i := range all {
		if all[i].Seen, err = all[i].LastSeen(me.tx); err != nil {
			return nil, err
		}
	}
	return all, nil
}

// EndSession ends one session of the account. Those of others are not found.
func (me *Self) EndSession(id ID[Session]) error {
	s, err := Get(me.tx, id)
	if err != nil {
		return err
	}
	if s.Account != me.Account.ID {
		return errNotFound()
	}
	return s.End(me.tx, "its owner ended it")
}

// EndOthers ends all that the account has signed in to, clients with offline access
// among it, but for the session in which the owner acts.
func (me *Self) EndOthers() error {
	return EndSessions(me.tx, me.Account.ID, me.Session.ID, "its owner ended all others")
}

// Connection is what a client may have of an account: what was agreed to, and for how
// long it stays connected by itself.
type Connection struct {
	Client *Client
	Since  Time
	Scopes []string // of the provider
	Of     []ResourceConsent
	Claims []string // asked for one by one
	Until  Time     // of the longest grant for use offline; zero for none
}

// Connections are the clients to which the account has agreed, or that are connected
// while it is away.
func (me *Self) Connections() ([]*Connection, error) {
	var all []*Connection
	find := func(id ID[Client], since Time) (*Connection, error) {
		i := slices.IndexFunc(all, func(c *Connection) bool { return c.Client.ID == id })
		if i >= 0 {
			return all[i], nil
		}
		client, err := Get(me.tx, id)
		if err != nil {
			return nil, err
		}
		all = append(all, &Connection{Client: client, Since: since})
		return all[len(all)-1], nil
	}
	q := Query{Owner: string(me.Account.ID), Limit: maxShown, Desc: true}
	agreed, err := List(me.tx, ConsentsOf, q)
	if err != nil {
		return nil, err
	}
	for _, c := range agreed.Items {
		at, err := find(c.Client, c.CreatedAt)
		if err != nil {
			return nil, err
		}
		at.Scopes, at.Of, at.Claims = c.Scopes, c.Of, c.Claims
	}
	given, err := List(me.tx, GrantsOf, q)
	if err != nil {
		return nil, err
	}
	for _, g := range given.Items {
		err := g.Live(me.tx)
		if IsEnded(err) || err == nil && !g.Offline {
			continue
		}
		if err != nil {
			return nil, err
		}
		at, err := find(g.Client, g.CreatedAt)
		if err != nil {
			return nil, err
		}
		at.add(g)
	}
	return all, nil
}

// add counts a grant in.
func (c *Connection) add(g *Grant) {
	if g.Until.After(c.Until.Time) {
		c.Until = g.Until
	}
	if g.Asks {
		return // the consent says more
	}
	if g.CreatedAt.Before(c.Since.Time) {
		c.Since = g.CreatedAt
	}
	for _, name := range g.Beyond {
		if !slices.Contains(c.Claims, name) {
			c.Claims = append(slices.Clone(c.Claims), name)
		}
	}
	for _, s := range g.Scopes {
		switch {
		case slices.Contains(OpenIDScopes, s):
			if !slices.Contains(c.Scopes, s) {
				c.Scopes = append(slices.Clone(c.Scopes), s)
			}
		case !slices.ContainsFunc(c.Of, func(of ResourceConsent) bool { return of.Resource == g.Resource && slices.Contains(of.Scopes, s) }):
			c.Of = append(slices.Clone(c.Of), ResourceConsent{Resource: g.Resource, Scopes: []string{s}})
		}
	}
}

// Disconnect takes back what the account has agreed that a client may have, and ends all
// that it was given.
func (me *Self) Disconnect(client ID[Client]) error {
	c, err := ConsentOf(me.tx, me.Account.ID, client)
	if err != nil {
		return err
	}
	if c != nil {
		return Delete(me.tx, c)
	}
	return EndGrants(me.tx, me.Account.ID, client, "its owner took it back")
}
