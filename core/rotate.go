package core

import (
	"context"
	"slices"
	"sync"
	"sync/atomic"

	"github.com/stormkeep/stormkeep/core/secret"
	"github.com/stormkeep/stormkeep/core/store"
)

// masterKeys are the keys that wrap the data keys of all tenants. They change while
// the server lives.
type masterKeys struct {
	now    atomic.Pointer[secret.Keyring]
	making sync.RWMutex // held by who makes a tenant: its data key is wrapped by the key of that moment
}

// NewDataKey makes a data key for aad, as secret.Keyring does.
func (m *masterKeys) NewDataKey(aad string) (wrapped []byte, key *secret.DataKey) {
	return m.now.Load().NewDataKey(aad)
}

// Unwrap gives a data key, as secret.Keyring does.
func (m *masterKeys) Unwrap(wrapped []byte, aad string) (*secret.DataKey, error) {
	return m.now.Load().Unwrap(wrapped, aad)
}

// VerifyCheck accepts the store's check value, as secret.Keyring does.
func (m *masterKeys) VerifyCheck(value []byte) (current bool, err error) {
	return m.now.Load().VerifyCheck(value)
}

// MasterKeys are the ids of the master keys in use, the one that wraps first.
func (a *App) MasterKeys() (ids []string) {
	ring := a.ring.now.Load()
	for _, m := range append([]*secret.Master{ring.Current}, ring.Older...) {
		ids = append(ids, m.ID())
	}
	return ids
}

// RotateMaster has next wrap the data key of every tenant, and makes it the key that
// the store knows, in one transaction: before it the former keys open the data, after
// it next alone does. save, if not nil, puts a ring where the next start finds it: both
// keys before that transaction, next alone after it, so that a process which dies at
// any point starts again. It is audited in every tenant. Who calls it without save has
// kept next beforehand.
func (a *App) RotateMaster(ctx context.Context, next *secret.Master, save func(*secret.Keyring) error) error {
	a.ring.making.Lock()
	defer a.ring.making.Unlock()
	was := a.ring.now.Load()
	former := slices.DeleteFunc(append([]*secret.Master{was.Current}, was.Older...), func(m *secret.Master) bool { return m.ID() == next.ID() })
	both := &secret.Keyring{Current: next, Older: former}
	if save != nil {
		if err := save(both); err != nil {
			return err
		}
	}
	// Whoever reads meanwhile meets data keys that either wraps; nobody wraps by next
	// before the store knows it.
	a.ring.now.Store(&secret.Keyring{Current: was.Current, Older: append([]*secret.Master{next}, was.Older...)})
	if err := a.rewrap(ctx, both); err != nil {
		return StoreError(err)
	}
	a.ring.now.Store(both) // who began to read before still needs the former
	if save == nil {
		return nil
	}
	return save(&secret.Keyring{Current: next})
}

// rewrap is the transaction of RotateMaster.
func (a *App) rewrap(ctx context.Context, ring *secret.Keyring) error {
	memos := map[ID[Tenant]]*memo{}
	var after []func()
	err := a.store.Update(ctx, func(kv store.Tx) error {
		after = nil
		ids, err := tenantsIn(kv)
		if err != nil {
			return err
		}
		for _, id := range ids {
			if memos[id] == nil {
				memos[id] = newMemo()
			}
			tx := a.within(ctx, kv, id, memos[id])
			if err := tx.rewrap(ring); err != nil {
				return err
			}
			after = append(after, tx.s.after...)
		}
		return kv.Put(checkKey, ring.Current.CheckValue())
	})
	a.authority.Add(1)
	for id, m := range memos {
		for b := range m.bells {
			b.strike(id)
		}
	}
	if err != nil {
		return err
	}
	for _, fn := range after {
		a.afterwards(fn)
	}
	return nil
}

// within is a Tx on the data of one of several tenants that one transaction of the
// store is about, by whoever acts in ctx.
func (a *App) within(ctx context.Context, kv store.Tx, id ID[Tenant], m *memo) *Tx {
	actor := ActorOf(ctx)
	actor.Tenant = id
	return a.begin(As(ctx, actor), actor, kv, true, m)
}

// rewrap has the ring's first key wrap the tenant's data key.
func (tx *Tx) rewrap(ring *secret.Keyring) error {
	defer tx.end()
	t, err := Get(tx, tx.Tenant)
	if err != nil {
		return err
	}
	wrapped, err := ring.Rewrap(t.WrappedKey, string(t.ID))
	if err != nil {
		return err
	}
	if string(wrapped) == string(t.WrappedKey) {
		return nil
	}
	t.WrappedKey = wrapped
	if err := Put(tx, t); err != nil {
		return err
	}
	if err := tx.Note(AuditLine{Type: "tenant.rotateMaster", Ref: RefTo(t.ID), Note: map[string]string{"masterKey": ring.Current.ID()}}); err != nil {
		return err
	}
	return tx.flush()
}
