package core

import (
	"context"
	"crypto"
	"crypto/sha256"
	"encoding/base64"
	"encoding/json"
	"slices"
	"sync"
	"sync/atomic"
	"time"

	"github.com/stormkeep/stormkeep/core/store"
)

// A keyring has a tenant's signing keys in memory, so that whoever signs or verifies
// asks no store. It is forgotten by every transaction that changes one of them, and
// read by the next who asks: a keyset is read while its ring is locked, so that a later
// one never has less.
type keyring struct {
	mu     sync.Mutex // held by who reads
	now    atomic.Pointer[keyset]
	making sync.Mutex    // held by who makes a key for a first need: the others wait for it
	needed atomic.Uint64 // one more than the App.Authority at which no key was wanting
}

// keyset is what the store had at a moment. It never changes.
type keyset struct {
	at   time.Time
	keys []*heldKey // those that verify or will, the youngest first
	jwks atomic.Pointer[keysJSON]
}

// heldKey is a key ready for use.
type heldKey struct {
	*SigningKey
	signer *Signer // nil where the private part is gone
	public PublicKey
	hint   PublicKey
}

// keysJSON is a JWKS as it is from one moment until the next in which it changes.
type keysJSON struct {
	from, until time.Time
	body        []byte
	etag        string
}

// keysFresh is for how long a keyset is taken for the present one: what another node
// has changed is seen then at the latest.
const keysFresh = 30 * time.Second

// Signer is what signs for a tenant at present.
type Signer struct {
	Kid string
	Alg Alg
	Key crypto.Signer
}

// PublicKey is what verifies.
type PublicKey struct {
	Kid      string
	Alg      Alg
	Key      crypto.PublicKey
	HintOnly bool // too old for anything but an id_token_hint
}

// Signer is the tenant's active key for a purpose and an algorithm, made at first
// need. It must not be called in a transaction: making one takes long.
func (a *App) Signer(ctx context.Context, tenant ID[Tenant], purpose KeyPurpose, alg Alg) (*Signer, error) {
	set, err := a.keyset(ctx, tenant)
	if err != nil {
		return nil, err
	}
	if s := set.active(a.Now(), purpose, alg); s != nil {
		return s, nil
	}
	r := a.keyring(tenant)
	r.making.Lock()
	defer r.making.Unlock()
	if set, err = a.keyset(ctx, tenant); err != nil {
		return nil, err
	}
	if s := set.active(a.Now(), purpose, alg); s != nil {
		return s, nil
	}
	if err := a.firstKey(AsSystem(ctx, tenant), purpose, alg); err != nil {
		return nil, err
	}
	a.forgetKeys(tenant) // another node may have made it
	if set, err = a.keyset(ctx, tenant); err != nil {
		return nil, err
	}
	if s := set.active(a.Now(), purpose, alg); s != nil {
		return s, nil
	}
	return nil, &Error{Kind: Unavailable, Code: "busy", Msg: "The signing keys are being changed.", RetryAfter: time.Second}
}

// VerificationKey is the tenant's key that tokens name so. It is published, or
// HintOnly; the error for any other, and for one that was revoked, is of kind NotFound.
// It must not be called in a transaction.
func (a *App) VerificationKey(ctx context.Context, tenant ID[Tenant], purpose KeyPurpose, kid string) (*PublicKey, error) {
	set, err := a.keyset(ctx, tenant)
	if err != nil {
		return nil, err
	}
	now := a.Now()
	for _, k := range set.keys {
		if k.public.Kid != kid || k.Purpose != purpose {
			continue
		}
		switch {
		case k.published(now):
			return &k.public, nil
		case k.State(now) == KeyHints:
			return &k.hint, nil
		}
	}
	return nil, errNotFound()
}

// JWKS are the tenant's published keys (RFC 7517, section 5), the youngest first, with
// an entity tag of them. The body is shared: it must not be changed. Those that the
// tenant's clients and resources need are made first, and so it must not be called in a
// transaction.
func (a *App) JWKS(ctx context.Context, tenant ID[Tenant]) (body []byte, etag string, err error) {
	if err := a.needed(ctx, tenant); err != nil {
		return nil, "", err
	}
	set, err := a.keyset(ctx, tenant)
	if err != nil {
		return nil, "", err
	}
	now := a.Now()
	if j := set.jwks.Load(); j != nil && !now.Before(j.from) && now.Before(j.until) {
		return j.body, j.etag, nil
	}
	j, err := set.write(now)
	if err != nil {
		return nil, "", err
	}
	set.jwks.Store(j)
	return j.body, j.etag, nil
}

// write is the JWKS of a moment.
func (s *keyset) write(now time.Time) (*keysJSON, error) {
	all := []json.RawMessage{}
	j := &keysJSON{from: now, until: now.Add(time.Hour)}
	for _, k := range s.keys {
		for _, at := range []time.Time{k.PublishAt.Time, k.RetireAt.Add(KeyLingers), k.RevokedAt.Time} {
			if at.After(now) && at.Before(j.until) {
				j.until = at
			}
		}
		if !k.published(now) {
			continue
		}
		jwk, err := k.public.jwk()
		if err != nil {
			return nil, err
		}
		all = append(all, jwk)
	}
	body, err := json.Marshal(map[string]any{"keys": all})
	if err != nil {
		return nil, err
	}
	sum := sha256.Sum256(body)
	j.body, j.etag = body, `"`+base64.RawURLEncoding.EncodeToString(sum[:16])+`"`
	return j, nil
}

// active is what signs at a moment, nil if nothing does.
func (s *keyset) active(now time.Time, purpose KeyPurpose, alg Alg) *Signer {
	for _, k := range s.keys {
		if k.Purpose == purpose && k.Alg == alg && k.signer != nil && k.State(now) == KeyActive {
			return k.signer
		}
	}
	return nil
}

func (a *App) keyring(tenant ID[Tenant]) *keyring {
	if r, ok := a.keyrings.Load(tenant); ok {
		return r.(*keyring)
	}
	r, _ := a.keyrings.LoadOrStore(tenant, &keyring{})
	return r.(*keyring)
}

// keyset is the tenant's keys at present.
func (a *App) keyset(ctx context.Context, tenant ID[Tenant]) (*keyset, error) {
	r := a.keyring(tenant)
	was, now := r.now.Load(), a.Now()
	if was.fresh(now) {
		return was, nil
	}
	if was == nil {
		r.mu.Lock()
	} else if !r.mu.TryLock() {
		return was, nil // somebody is reading what another node may have changed
	}
	defer r.mu.Unlock()
	if is := r.now.Load(); is.fresh(now) {
		return is, nil
	}
	set := &keyset{at: now}
	err := a.View(AsSystem(ctx, tenant), func(tx *Tx) (err error) {
		set.keys, err = tx.heldKeys()
		return err
	})
	if err != nil {
		return nil, err
	}
	r.now.Store(set)
	return set, nil
}

// fresh tells whether the keys need not be read anew; also where the clock was set back.
func (s *keyset) fresh(now time.Time) bool {
	return s != nil && now.Sub(s.at).Abs() < keysFresh
}

// forgetKeys has the tenant's keys read anew. It waits for who is reading them, whose
// state may be of before.
func (a *App) forgetKeys(tenant ID[Tenant]) {
	r := a.keyring(tenant)
	r.mu.Lock()
	defer r.mu.Unlock()
	r.now.Store(nil)
}

// keysChanged has the keys in memory forgotten once the transaction is over, kept or
// not: its outcome may be unknown.
func (tx *Tx) keysChanged() error {
	tx.s.ids.keys = true
	return nil
}

// heldKeys are the keys that verify or will.
func (tx *Tx) heldKeys() (all []*heldKey, err error) {
	recs, err := tx.signingKeys()
	if err != nil {
		return nil, err
	}
	for _, k := range recs {
		if s := k.State(tx.Now); s == KeyRevoked || s == KeyOver {
			continue
		}
		public, err := k.public()
		if err != nil {
			return nil, err
		}
		h := &heldKey{SigningKey: k, public: PublicKey{Kid: k.Kid(), Alg: k.Alg, Key: public}}
		h.hint = h.public
		h.hint.HintOnly = true
		signer, err := k.private(tx, public)
		if err != nil {
			return nil, err
		}
		if signer != nil {
			h.signer = &Signer{Kid: h.public.Kid, Alg: k.Alg, Key: signer}
		}
		all = append(all, h)
	}
	return all, nil
}

// signingKeys are all keys of the tenant, the one that signs last first.
func (tx *Tx) signingKeys() (all []*SigningKey, err error) {
	p := signingKeysPrefix(tx.Tenant)
	for it, err := range tx.s.kv.Scan(p, store.End(p)) {
		if err != nil {
			return nil, err
		}
		k, err := decodeRecord[SigningKey](ID[SigningKey](it.Key[len(p):]), it.Value)
		if err != nil {
			return nil, err
		}
		all = append(all, k)
	}
	slices.SortStableFunc(all, func(x, y *SigningKey) int { return y.ActiveFrom.Compare(x.ActiveFrom.Time) })
	return all, nil
}

func signingKeysPrefix(t ID[Tenant]) string { return signingKeys.prefix(t) }
