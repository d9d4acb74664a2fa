package core

import (
	"context"
	"errors"
	"net/netip"
)

// Guess is somebody showing a token that may be none.
type Guess struct {
	Token  string     // what was shown: the part that is no secret is what the tries are about
	Source netip.Addr // of who shows it, if that is known
}

// Try looks at a token by way of the buckets, as Authenticate does at a password: try
// does, and says by its error whether it was none. A wrong token is counted before Try
// returns; who is over a bucket is refused, or late, before try runs.
func (a *App) Try(ctx context.Context, g Guess, try func() error) error {
	var all []bucket
	err := a.View(ctx, func(tx *Tx) error {
		who, err := tx.trusted().subjectOf(nil, "token "+g.Token[:min(len(g.Token), idLen)])
		if err != nil {
			return err
		}
		all, err = tx.bucketsOf(who, "", g.Source)
		return err
	})
	if err != nil {
		return err
	}
	r, err := a.reserve(ctx, all)
	if err != nil {
		return err
	}
	defer r.end()
	if err = try(); !isNoToken(err) {
		return err
	}
	counted := a.Update(context.WithoutCancel(ctx), func(tx *Tx) error {
		_, err := tx.countFailure(all)
		return err
	})
	if counted != nil {
		return counted
	}
	return err
}

// isNoToken tells an error of a token that is none from those of what came with it.
func isNoToken(err error) bool {
	e, ok := errors.AsType[*Error](err)
	return ok && (e.Kind == NotFound || e.Code == deadLink)
}
