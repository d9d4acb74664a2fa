package core

import (
	"context"
	"encoding/json"
	"slices"

	"github.com/stormkeep/stormkeep/core/store"
)

// endAllJob tells the clients of all sessions that were ended by the epoch of a tenant,
// a directory or an organization, and the clients of an application whose epoch has
// risen. To its other clients a session goes on: it is of no application.
const endAllJob = "session.endAll"

type endAllTask struct {
	About Ref `json:"about"`
}

// epochEnded tells of an epoch that has risen: those who verify tokens by themselves by
// an entry of the feed, and the clients of sessions by a job. The epoch itself has ended
// all already.
func (tx *Tx) epochEnded(about Ref, r Revocation) error {
	if err := tx.revoke(r); err != nil {
		return err
	}
	return Enqueue(tx, endAllJob, endAllTask{about}, tx.Now)
}

// gone tells of something that is deleted. What goes with its owner says nothing: the
// owner's entry is about it as well.
func (tx *Tx) gone(r Revocation) error {
	if tx.s.sweeping {
		return nil
	}
	return tx.revoke(r)
}

// endAll is the job. It looks at a part of the sessions at a time.
func (a *App) endAll(ctx context.Context, j Job) error {
	var task endAllTask
	if err := json.Unmarshal(j.Payload, &task); err != nil {
		return err
	}
	app, ofApp := IDOf[Application](task.About)
	over := func(tx *Tx, s *Session) error {
		if ofApp {
			return s.leave(tx, app)
		}
		return s.endIfRevoked(tx)
	}
	p := sessions.prefix(j.Tenant)
	for from := p; from != ""; {
		var some []ID[Session]
		next := ""
		err := a.View(ctx, func(tx *Tx) error {
			some, next = nil, ""
			for it, err := range tx.s.kv.Scan(from, store.End(p)) {
				if err != nil {
					return err
				}
				if len(some) == sweptATime {
					next = it.Key
					return nil
				}
				s, err := decodeRecord[Session](ID[Session](it.Key[len(p):]), it.Value)
				if err != nil {
					return err
				}
				if s.EndedAt.IsZero() && tx.Now.Before(s.Until.Time) && (!ofApp || len(s.Clients) > 0) {
					some = append(some, s.ID)
				}
			}
			return nil
		})
		if err == nil && len(some) > 0 {
			err = a.Update(ctx, func(tx *Tx) error {
				for s, err := range records(tx, those(some)) {
					if err == nil && s.EndedAt.IsZero() {
						err = over(tx, s)
					}
					if err != nil {
						return err
					}
				}
				return nil
			})
		}
		if err != nil {
			return err
		}
		from = next
	}
	return nil
}

// leave has the clients of an application told that the session is over for them. A
// person who signs in to one of them again joins it again.
func (s *Session) leave(tx *Tx, app ID[Application]) error {
	var gone []ID[Client]
	for _, id := range s.Clients {
		c, err := Get(tx, id)
		if IsNotFound(err) || err == nil && c.Application != app {
			continue
		}
		if err != nil {
			return err
		}
		gone = append(gone, id)
		if err := Enqueue(tx, LogoutJob, LogoutTask{Client: id, Session: s.ID, Account: s.Account}, tx.Now); err != nil {
			return err
		}
	}
	if len(gone) == 0 {
		return nil
	}
	s.Clients = slices.DeleteFunc(slices.Clone(s.Clients), func(id ID[Client]) bool { return slices.Contains(gone, id) })
	return Put(tx, s)
}

// marks are the ids of what a token rests on that no other claim of it names: the
// application, the directories, and the account from which a link led.
func (b Bond) marks(tx *Tx) (ids []string, err error) {
	if b.Application != "" {
		ids = append(ids, string(b.Application))
	}
	for _, id := range []ID[Account]{b.Account, b.From} {
		if id == "" {
			continue
		}
		acc, err := Get(tx, id)
		if err != nil {
			return nil, err
		}
		if ids = append(ids, string(acc.Directory)); id == b.From {
			ids = append(ids, string(id))
		}
	}
	slices.Sort(ids)
	return slices.Compact(ids), nil
}

// Saved tells of a raised epoch.
func (a *Application) Saved(tx *Tx, old *Application) error {
	if old == nil || old.Epoch == a.Epoch {
		return nil
	}
	return tx.epochEnded(RefTo(a.ID), Revocation{Of: string(a.ID)})
}

// Deleted tells that its tokens are no longer good.
func (a *Application) Deleted(tx *Tx) error { return tx.gone(Revocation{Of: string(a.ID)}) }

// Saved tells of a raised epoch.
func (o *Organization) Saved(tx *Tx, old *Organization) error {
	if old == nil || old.Epoch == o.Epoch {
		return nil
	}
	return tx.epochEnded(RefTo(o.ID), Revocation{Organization: o.ID})
}

// Deleted tells that what was given for it has ended.
func (o *Organization) Deleted(tx *Tx) error {
	return tx.epochEnded(RefTo(o.ID), Revocation{Organization: o.ID})
}

// Saved tells of a raised epoch.
func (c *Client) Saved(tx *Tx, old *Client) error {
	if old == nil || old.Epoch == c.Epoch {
		return nil
	}
	return tx.revoke(Revocation{Client: c.ID})
}

// Deleted tells that its tokens are no longer good.
func (c *Client) Deleted(tx *Tx) error { return tx.gone(Revocation{Client: c.ID}) }

// Deleted tells that what was given to the account has ended.
func (a *Account) Deleted(tx *Tx) error { return tx.gone(Revocation{Account: a.ID}) }
