package core

import (
	"context"

	"github.com/stormkeep/stormkeep/core/store"
)

// Holdings are how many records a store has of the nouns that tell people which data
// these are, of all tenants together, by the names of the kinds. It needs no master key.
func (a *App) Holdings(ctx context.Context) (map[string]int, error) {
	all, err := a.Tenants(ctx)
	if err != nil {
		return nil, err
	}
	var held map[string]int
	err = a.store.View(ctx, func(kv store.Tx) error {
		held = map[string]int{"tenants": len(all)}
		tx := &Tx{s: &state{kv: kv}}
		for _, k := range []*kind{kindIn[Account](a), kindIn[Group](a), kindIn[Directory](a), kindIn[Application](a), kindIn[Organization](a)} {
			for _, t := range all {
				n, err := tx.count(k.counter(t))
				if err != nil {
					return err
				}
				held[k.Name] += n
			}
		}
		return nil
	})
	return held, StoreError(err)
}
