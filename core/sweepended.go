package core

import (
	"context"
	"errors"
	"sync"

	"github.com/stormkeep/stormkeep/core/store"
)

const (
	// endedKept is for how long what is over stays: a code that is shown again is known
	// as long, and no access token lives longer than it.
	endedKept = day
	// endedLooks is how many records that are not over an hour's sweep of a kind looks
	// at before it leaves the rest to the next.
	endedLooks = 10_000
)

// endedCursors are the places from which the sweeps of what is over go on, by range.
// They are lost with the process: then a sweep begins at the left edge again.
type endedCursors struct {
	mu sync.Mutex
	at map[string]string
}

func (c *endedCursors) get(p string) string {
	c.mu.Lock()
	defer c.mu.Unlock()
	return max(p, c.at[p])
}

func (c *endedCursors) set(p, at string) {
	c.mu.Lock()
	defer c.mu.Unlock()
	if c.at == nil {
		c.at = map[string]string{}
	}
	c.at[p] = at
}

// sweepEnded removes codes, sessions, grants and refresh tokens that have been over
// for a day. A refresh token stays while its grant does, spent or not, since it is
// by the spent ones that theft is seen.
func (a *App) sweepEnded(ctx context.Context, t ID[Tenant]) error {
	return errors.Join(
		sweepRange(ctx, a, t, func(_ *Tx, c *AuthorizationCode) (Time, error) { return c.Until, nil }),
		sweepRange(ctx, a, t, func(_ *Tx, s *Session) (Time, error) { return endOf(s.Until, s.EndedAt), nil }, sessionTouches.prefix(t)),
		sweepRange(ctx, a, t, func(_ *Tx, s *ConsoleSession) (Time, error) { return endOf(s.Until, s.EndedAt), nil }),
		sweepRange(ctx, a, t, func(_ *Tx, g *Grant) (Time, error) { return endOf(g.Until, g.EndedAt), nil }),
		sweepRange(ctx, a, t, func(tx *Tx, r *RefreshToken) (Time, error) {
			_, err := tx.s.kv.Get(grants.prefix(t) + string(r.Grant))
			if errors.Is(err, store.ErrNotFound) {
				return Time{}, nil
			}
			return At(tx.Now), err
		}),
	)
}

// endOf is when something was over that had a last moment and may have ended before.
func endOf(until, ended Time) Time {
	if !ended.IsZero() && ended.Before(until.Time) {
		return ended
	}
	return until
}

// sweepRange removes those records of a kind that were over a day ago. It goes on from
// where the last sweep stopped, and ends where the records are too young to be over:
// the rest is younger still.
func sweepRange[T any, P Record[T]](ctx context.Context, a *App, t ID[Tenant], over func(*Tx, P) (Time, error), parts ...string) error {
	k := kindOf[T, P]()
	p := k.prefix(t)
	is := func(tx *Tx, rec P) (bool, error) {
		at, err := over(tx, rec)
		return err == nil && !tx.Now.Before(at.Add(endedKept)), err
	}
	from := a.ended.get(p)
	for looks := 0; looks < endedLooks && ctx.Err() == nil; {
		var dead []ID[T]
		seen, next := 0, ""
		err := a.View(AsSystem(ctx, t), func(tx *Tx) error {
			dead, seen, next = nil, 0, ""
			for it, err := range tx.s.kv.Scan(from, store.End(p)) {
				if err != nil {
					return err
				}
				rec, err := decodeRecord[T, P](ID[T](it.Key[len(p):]), it.Value)
				if err != nil {
					return err
				}
				if tx.Now.Before(rec.base().CreatedAt.Add(endedKept)) {
					return nil
				}
				gone, err := is(tx, rec)
				if err != nil {
					return err
				}
				if gone {
					dead = append(dead, rec.base().ID)
				}
				if seen++; seen == sweptATime {
					next = it.Key + "\x00"
					return nil
				}
			}
			return nil
		})
		if err != nil {
			return err
		}
		if err := dropEnded(ctx, a, t, dead, is, parts); err != nil {
			return err
		}
		a.ended.set(p, next)
		if from = next; next == "" {
			return nil
		}
		looks += seen - len(dead)
	}
	return ctx.Err()
}

// dropEnded removes records that are still over, with the parts that lie under their
// ids. No hook hears of it: they had ended long before.
func dropEnded[T any, P Record[T]](ctx context.Context, a *App, t ID[Tenant], ids []ID[T], is func(*Tx, P) (bool, error), parts []string) error {
	if len(ids) == 0 {
		return nil
	}
	k := kindIn[T, P](a)
	return a.Update(AsSystem(ctx, t), func(tx *Tx) error {
		for _, id := range ids {
			rec, err := tx.load(k, string(id))
			if IsNotFound(err) {
				continue
			}
			if err != nil {
				return err
			}
			if gone, err := is(tx, as[P](rec)); err != nil {
				return err
			} else if !gone {
				continue
			}
			key := k.prefix(t) + string(id)
			if err := errors.Join(tx.reindex(k, rec, nil), tx.dropRows(k, rec), tx.s.kv.Delete(key), tx.recount(k.Internal, k.counter(t), -1)); err != nil {
				return err
			}
			for _, p := range parts {
				if err := tx.s.kv.Delete(p + string(id)); err != nil {
					return err
				}
			}
		}
		return nil
	})
}
