package core

import (
	"context"

	"github.com/stormkeep/stormkeep/core/store"
)

type rehearsalKey struct{}

// AsRehearsal returns a context in which everything is done on another store, which
// nobody else sees: one that lays its changes over the app's own (package layer).
// Nothing that follows from a change happens.
func AsRehearsal(ctx context.Context, on store.Store) context.Context {
	return context.WithValue(ctx, rehearsalKey{}, on)
}

// rehearsal is the store of a rehearsal, nil where it is earnest.
func rehearsal(ctx context.Context) store.Store {
	s, _ := ctx.Value(rehearsalKey{}).(store.Store)
	return s
}

// storeOf is the store on which something is done.
func (a *App) storeOf(ctx context.Context) store.Store {
	if s := rehearsal(ctx); s != nil {
		return s
	}
	return a.store
}

// Over is a store for a rehearsal: what make lays over the app's own.
func (a *App) Over(make func(base store.Store) (store.Store, error)) (store.Store, error) {
	return make(a.store)
}
