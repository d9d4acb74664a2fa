package core

import (
	"cmp"
	"context"
	"time"
)

// A key is made outside any transaction, since that takes long, and its id before it:
// of two that make one at a time, and of two runs of one transaction, the first makes
// it and the other finds it.

// The bounds of App.KeyRotation.
const (
	keyRotation = 90 * day

	// MinKeyRotation leaves a key a day as the next and one as the only.
	MinKeyRotation = 2 * KeyAhead
)

// lineage is the keys of one purpose and algorithm that are neither revoked nor over.
type lineage struct {
	active, waiting *SigningKey
	lost            []*SigningKey // would be active, had they not lost their private part
}

// lineageOf finds them.
func (tx *Tx) lineageOf(purpose KeyPurpose, alg Alg) (l lineage, err error) {
	all, err := tx.signingKeys()
	if err != nil {
		return l, err
	}
	for _, k := range all {
		if k.Purpose != purpose || k.Alg != alg {
			continue
		}
		switch s := k.State(tx.Now); {
		case s == KeyActive && k.Private.IsZero():
			l.lost = append(l.lost, k)
		case s == KeyWaiting && !k.Private.IsZero():
			l.waiting = k // the one that signs next, since the last comes first
		case s == KeyActive && l.active == nil:
			l.active = k
		}
	}
	return l, nil
}

// succeed writes a key that signs from an instant on, and until when the one before it
// does.
func (l *lineage) succeed(tx *Tx, next *SigningKey, from time.Time) error {
	before := l.lost
	if l.active != nil {
		before = append(before, l.active)
	}
	for _, k := range before {
		if err := k.retire(tx, At(from)); err != nil {
			return err
		}
	}
	k := *next // of this run
	k.ActiveFrom = At(from)
	if k.PublishAt.IsZero() {
		k.PublishAt = At(tx.Now)
	}
	if k.ActiveFrom.Before(k.PublishAt.Time) {
		k.PublishAt = k.ActiveFrom
	}
	return Put(tx, &k)
}

func (k *SigningKey) retire(tx *Tx, at Time) error {
	k.RetireAt, k.HintUntil = at, Time{}
	if !at.IsZero() {
		k.HintUntil = At(at.Add(KeyLingers + keyHints))
	}
	return Put(tx, k)
}

// firstKey makes the key of a first need, which signs at once.
func (a *App) firstKey(ctx context.Context, purpose KeyPurpose, alg Alg) error {
	fresh, err := newSigningKey(purpose, alg)
	if err != nil {
		return err
	}
	return a.Update(ctx, func(tx *Tx) error {
		l, err := tx.lineageOf(purpose, alg)
		if err != nil || l.active != nil {
			return err
		}
		return l.activate(tx, fresh)
	})
}

// activate has the key that waits sign at once, or a fresh one where none does.
func (l *lineage) activate(tx *Tx, fresh *SigningKey) error {
	return l.succeed(tx, cmp.Or(l.waiting, fresh), tx.Now)
}

// RotateKeys makes the next key of each purpose and algorithm that has an active one,
// or of those named; "" is all. It signs after KeyAhead. Where one waits already, that
// is the next; where both are named and nothing has been signed yet, it is the first,
// which signs at once. It must not be called in a transaction.
func (a *App) RotateKeys(ctx context.Context, purpose KeyPurpose, alg Alg) (next []*SigningKey, err error) {
	var all []lineage
	err = a.View(ctx, func(tx *Tx) error {
		if err := tx.mayWrite(verbCreate, policyOf(signingKeys), nil, &SigningKey{}); err != nil {
			return err
		}
		all, err = tx.lineages(purpose, alg)
		return err
	})
	if err == nil && len(all) == 0 && purpose != "" && alg != "" {
		return a.makeFirst(ctx, purpose, alg)
	}
	if err == nil && len(all) == 0 {
		err = Errorf(NotFound, "not_found", "The tenant has no such signing key yet: the first is made when something is to be signed.")
	}
	for _, l := range all {
		var k *SigningKey
		if k, err = a.rotate(ctx, l.active.Purpose, l.active.Alg, 0); err != nil {
			break
		}
		next = append(next, k)
	}
	return next, err
}

// makeFirst is firstKey for who wants to see the key.
func (a *App) makeFirst(ctx context.Context, purpose KeyPurpose, alg Alg) (first []*SigningKey, err error) {
	if err := a.firstKey(ctx, purpose, alg); err != nil {
		return nil, err
	}
	err = a.View(ctx, func(tx *Tx) error {
		l, err := tx.lineageOf(purpose, alg)
		if l.active != nil {
			first = []*SigningKey{l.active}
		}
		return err
	})
	return first, err
}

// lineages are those with an active key.
func (tx *Tx) lineages(purpose KeyPurpose, alg Alg) (all []lineage, err error) {
	for _, p := range []KeyPurpose{KeyTokens, KeyRevocations} {
		for _, g := range Algs() {
			if purpose != "" && p != purpose || alg != "" && g != alg {
				continue
			}
			l, err := tx.lineageOf(p, g)
			if err != nil {
				return nil, err
			}
			if l.active != nil {
				all = append(all, l)
			}
		}
	}
	return all, nil
}

// rotate makes the key that follows the active one once that has signed for a time,
// but not before KeyAhead.
func (a *App) rotate(ctx context.Context, purpose KeyPurpose, alg Alg, after time.Duration) (next *SigningKey, err error) {
	fresh, err := newSigningKey(purpose, alg)
	if err != nil {
		return nil, err
	}
	err = a.Update(ctx, func(tx *Tx) error {
		l, err := tx.lineageOf(purpose, alg)
		if err != nil {
			return err
		}
		if l.waiting != nil {
			next = l.waiting
			return nil
		}
		from := tx.Now.Add(KeyAhead)
		if l.active != nil {
			if due := l.active.ActiveFrom.Add(after); due.After(from) {
				from = due
			}
		}
		if err := l.succeed(tx, fresh, from); err != nil {
			return err
		}
		next, err = Get(tx, fresh.ID)
		return err
	})
	return next, err
}

// RevokeKey ends a key now: it verifies nothing more and is in no JWKS. Where it was
// the active one the next signs at once. The tenant's epoch rises, which ends what was
// given before. It must not be called in a transaction.
func (a *App) RevokeKey(ctx context.Context, id ID[SigningKey]) (revoked *SigningKey, err error) {
	var k *SigningKey
	err = a.View(ctx, func(tx *Tx) (err error) {
		if k, err = Get(tx, id); err == nil {
			err = MayUpdate(tx, k)
		}
		return err
	})
	if err != nil {
		return nil, err
	}
	fresh, err := newSigningKey(k.Purpose, k.Alg)
	if err != nil {
		return nil, err
	}
	err = a.Update(ctx, func(tx *Tx) error {
		revoked, err = Get(tx, id)
		if err != nil || !revoked.RevokedAt.IsZero() {
			return err
		}
		l, err := tx.lineageOf(revoked.Purpose, revoked.Alg)
		if err != nil {
			return err
		}
		return l.revoke(tx, revoked, fresh)
	})
	return revoked, err
}

func (l *lineage) revoke(tx *Tx, k, fresh *SigningKey) error {
	wasActive, wasNext := l.active != nil && l.active.ID == k.ID, l.waiting != nil && l.waiting.ID == k.ID
	k.RevokedAt, k.Private = At(tx.Now), Sealed{}
	if k.HintUntil.IsZero() {
		k.HintUntil = At(tx.Now.Add(keyHints))
	}
	if err := Put(tx, k); err != nil {
		return err
	}
	if err := tx.raiseEpoch(); err != nil {
		return err
	}
	switch {
	case wasActive:
		return (&lineage{waiting: l.waiting}).activate(tx, fresh)
	case wasNext && l.active != nil:
		return l.active.retire(tx, Time{}) // nothing follows it any more
	}
	return nil
}

// raiseEpoch ends what the tenant has given before.
func (tx *Tx) raiseEpoch() error {
	t, err := load[Tenant](tx, tenants, tx.Tenant)
	if err != nil {
		return err
	}
	t.Epoch++
	if err := tx.putTenant(t); err != nil {
		return err
	}
	return tx.epochEnded(RefTo(t.ID), Revocation{All: true})
}

// TendKeys makes the next keys where they are due, in all tenants, and removes those
// that are over. What cannot be done is logged, and tried again the next time.
func (a *App) TendKeys(ctx context.Context) {
	all, err := a.Tenants(ctx)
	if err != nil && ctx.Err() == nil {
		a.complain("tending the signing keys", err)
	}
	for _, t := range all {
		if err := a.tendKeys(AsSystem(ctx, t)); err != nil && ctx.Err() == nil {
			a.complain("tending the signing keys", err, "tenant", t)
		}
	}
}

func (a *App) tendKeys(ctx context.Context) error {
	every := a.KeyLife()
	var due []lineage
	var old []*SigningKey
	err := a.View(ctx, func(tx *Tx) error {
		all, err := tx.lineages("", "")
		if err != nil {
			return err
		}
		due, old = nil, nil
		for _, l := range all {
			if l.waiting == nil && !tx.Now.Add(KeyAhead).Before(l.active.ActiveFrom.Add(every)) {
				due = append(due, l)
			}
		}
		keys, err := tx.signingKeys()
		for _, k := range keys {
			if k.spent(tx.Now) {
				old = append(old, k)
			}
		}
		return err
	})
	if err != nil {
		return err
	}
	for _, l := range due {
		if _, err := a.rotate(ctx, l.active.Purpose, l.active.Alg, every); err != nil {
			return err
		}
	}
	if len(old) == 0 {
		return nil
	}
	return a.Update(ctx, func(tx *Tx) error {
		keys, err := tx.signingKeys()
		if err != nil {
			return err
		}
		for _, k := range keys {
			if err := k.tidy(tx); err != nil {
				return err
			}
		}
		return nil
	})
}

// spent tells whether something of the key is of no more use: its private part once it
// signs no more, all of it once it verifies no more.
func (k *SigningKey) spent(now time.Time) bool {
	s := k.State(now)
	return s == KeyOver || s == KeyRevoked && !now.Before(k.HintUntil.Time) || (s == KeyRetired || s == KeyHints) && !k.Private.IsZero()
}

func (k *SigningKey) tidy(tx *Tx) error {
	if !k.spent(tx.Now) {
		return nil
	}
	if s := k.State(tx.Now); s == KeyOver || s == KeyRevoked {
		return Delete(tx, k)
	}
	k.Private = Sealed{}
	return Put(tx, k)
}

// KeyLife is for how long a signing key signs before the next does.
func (a *App) KeyLife() time.Duration {
	return max(cmp.Or(a.Tuned().KeyRotation, keyRotation), MinKeyRotation)
}
