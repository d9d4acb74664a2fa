package core

import (
	"context"
	"encoding/json"
	"errors"
	"fmt"
	"time"

	"github.com/stormkeep/stormkeep/core/store"
)

// Revocation is one entry of the feed by which others learn which tokens are no longer
// good before they expire: one token, all of a grant or of a session, or all that was
// given until At to an account, to a client (or an API key as one) or for an
// organization, what rests on something else, or all.
type Revocation struct {
	Seq     uint64      `json:"seq"`
	At      Time        `json:"at"`
	Token   string      `json:"jti,omitempty"`
	Grant   ID[Grant]   `json:"grant,omitempty"`
	Session ID[Session] `json:"session,omitempty"`
	Account ID[Account] `json:"account,omitempty"`

	Client       ID[Client]       `json:"client,omitempty"`
	Organization ID[Organization] `json:"organization,omitempty"`
	Of           string           `json:"of,omitempty"` // one of Private.Of
	All          bool             `json:"all,omitempty"`

	Until Time `json:"until,omitzero"` // when all that it is about has expired by itself
}

func revocationPrefix(t ID[Tenant]) string { return ordered + string(t) + "/rev/" }

// revocationCounter is one of its own: the commit sequence has no gaps.
func revocationCounter(t ID[Tenant]) string { return scattered + string(t) + "/rev/seq" }

// revocationsKept is for how long entries stay in the feed: no access token lives
// longer.
const revocationsKept = 25 * time.Hour

// revoke adds an entry to the feed.
func (tx *Tx) revoke(r Revocation) error {
	counter := revocationCounter(tx.Tenant)
	n, err := tx.count(counter)
	if err != nil {
		return err
	}
	if err := tx.s.kv.Put(counter, fmt.Appendf(nil, "%d", n+1)); err != nil {
		return err
	}
	r.Seq, r.At = uint64(n)+1, At(tx.Now)
	return tx.store(revocationPrefix(tx.Tenant)+seqPart(r.Seq), r)
}

// skipRevocations leaves out the numbers that entries may have had which a restore has
// taken away: who has read as far as one of them would miss those that have it now. A
// microsecond has at most one.
func (tx *Tx) skipRevocations() error {
	counter := revocationCounter(tx.Tenant)
	n, err := tx.count(counter)
	if err != nil {
		return err
	}
	return tx.s.kv.Put(counter, fmt.Appendf(nil, "%d", max(int64(n), tx.Now.UnixMicro())))
}

// LastRevocation is the number of the newest entry, 0 where there is none. A restore
// raises it beyond any that was given before.
func (tx *Tx) LastRevocation() (uint64, error) {
	n, err := tx.count(revocationCounter(tx.Tenant))
	return uint64(n), err
}

// Revocations yields the entries of the feed after one, the oldest first.
func (tx *Tx) Revocations(after uint64) func(yield func(Revocation, error) bool) {
	return func(yield func(Revocation, error) bool) {
		p := revocationPrefix(tx.Tenant)
		for it, err := range tx.s.kv.Scan(p+seqPart(after+1), store.End(p)) {
			var r Revocation
			if err == nil {
				err = json.Unmarshal(it.Value, &r)
			}
			if !yield(r, err) || err != nil {
				return
			}
		}
	}
}

// denialKey lies under the hour in which the token expires: what is behind is swept
// from the left.
func denialKey(t ID[Tenant], exp time.Time, jti string) string {
	return ordered + string(t) + "/deny/" + hourPart(exp) + "/" + escapeValue(jti)
}

func hourPart(t time.Time) string { return fmt.Sprintf("%08x", t.Unix()/3600) }

// Deny has one token refused until it expires.
func (tx *Tx) Deny(jti string, exp time.Time) error {
	if !tx.Now.Before(exp) {
		return nil
	}
	key := denialKey(tx.Tenant, exp, jti)
	_, err := tx.s.kv.Get(key)
	if !errors.Is(err, store.ErrNotFound) {
		return err
	}
	if err := tx.s.kv.Put(key, []byte("1")); err != nil {
		return err
	}
	return tx.revoke(Revocation{Token: jti, Until: At(exp)})
}

// Denied tells whether a token that expires then was denied.
func (tx *Tx) Denied(jti string, exp time.Time) (bool, error) {
	_, err := tx.s.kv.Get(denialKey(tx.Tenant, exp, jti))
	if errors.Is(err, store.ErrNotFound) {
		return false, nil
	}
	return err == nil, err
}

// sweepRevocations removes what has expired by itself.
func (a *App) sweepRevocations(ctx context.Context, t ID[Tenant]) error {
	all := func([]byte) (bool, error) { return true, nil }
	denied := ordered + string(t) + "/deny/"
	if _, err := a.dropOld(ctx, t, denied, denied+hourPart(a.Now().Add(-time.Hour)), all); err != nil {
		return err
	}
	p := revocationPrefix(t)
	_, err := a.dropOld(ctx, t, p, store.End(p), func(b []byte) (bool, error) {
		var r Revocation
		err := json.Unmarshal(b, &r)
		return a.Now().After(r.At.Add(revocationsKept)), err
	})
	return err
}
