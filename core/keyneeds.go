package core

import (
	"context"

	"github.com/stormkeep/stormkeep/core/store"
)

// needed has those keys made by which the tokens of the tenant's clients and resources
// will be signed, and the feed of what was revoked: whoever remembers a JWKS is then not
// surprised by the first token. It looks again only where a client or a resource may
// have changed. What a stranger causes by asking is made once, and only where somebody
// of the tenant has made a client.
func (a *App) needed(ctx context.Context, tenant ID[Tenant]) error {
	r, now := a.keyring(tenant), a.Authority()+1
	if r.needed.Load() == now {
		return nil
	}
	algs := map[Alg]bool{}
	err := a.View(AsSystem(ctx, tenant), func(tx *Tx) error {
		for c, err := range every[Client](tx) {
			if err != nil {
				return err
			}
			if algs[ES256] = true; c.May(GrantCode) && c.IDTokenAlg != "HS256" {
				algs[Alg(c.IDTokenAlg)] = true
			}
		}
		for res, err := range every[Resource](tx) {
			if err != nil {
				return err
			}
			algs[Alg(res.Alg)] = true
		}
		return nil
	})
	if err != nil {
		return err
	}
	for _, alg := range Algs() {
		if !algs[alg] {
			continue
		}
		if _, err := a.Signer(ctx, tenant, KeyTokens, alg); err != nil {
			return err
		}
	}
	if len(algs) > 0 {
		if _, err := a.Signer(ctx, tenant, KeyRevocations, ES256); err != nil {
			return err
		}
	}
	r.needed.Store(now)
	return nil
}

// every yields all records of a kind, those that have lost their owner among them.
func every[T any, P Record[T]](tx *Tx) func(yield func(P, error) bool) {
	p := kindOf[T, P]().prefix(tx.Tenant)
	return func(yield func(P, error) bool) {
		for it, err := range tx.s.kv.Scan(p, store.End(p)) {
			var rec P
			if err == nil {
				rec, err = decodeRecord[T, P](ID[T](it.Key[len(p):]), it.Value)
			}
			if !yield(rec, err) || err != nil {
				return
			}
		}
	}
}
