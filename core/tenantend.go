package core

import (
	"context"
	"errors"
	"slices"
	"strings"
	"time"

	"github.com/stormkeep/stormkeep/core/store"
)

// A tenant ends in one transaction, which destroys its data key: from then on nobody
// can read a secret of it, no key opens its door and nobody writes to it. What is left
// of it is swept then, and by the next start if this one does not live to do so.

const goneMark = scattered + systemSpace + "/gone/"

// errTenantGone refuses what is still on its way when its tenant ends.
var errTenantGone = errNotThisKey("there is no such tenant")

// present refuses a transaction on a tenant that is not, or not any more.
func (c *call) present(kv store.Tx) error {
	if c.founding {
		return nil
	}
	_, err := kv.Get(tenantMark + string(c.actor.Tenant))
	if errors.Is(err, store.ErrNotFound) {
		return errTenantGone
	}
	return err
}

// SetTenantStatus enables or disables a tenant. A disabled one lets nobody in, and
// what it gave before does not come to life again. The first tenant, and the last that
// is enabled, are disabled only for who is sure.
func (a *App) SetTenantStatus(ctx context.Context, id ID[Tenant], status Status, sure bool) error {
	if status != Enabled && !sure {
		if err := a.spare(ctx, id); err != nil {
			return err
		}
	}
	actor := ActorOf(ctx)
	actor.Tenant = id
	return a.Update(As(ctx, actor), func(tx *Tx) error {
		t, err := Get(tx, id)
		if err != nil {
			return err
		}
		t.Status = status
		return Put(tx, t)
	})
}

// spare refuses a tenant that others would miss.
func (a *App) spare(ctx context.Context, id ID[Tenant]) error {
	all, err := a.Tenants(ctx)
	if err != nil {
		return err
	}
	others := 0
	for _, other := range all {
		if other == id {
			continue
		}
		err := a.View(AsSystem(ctx, other), func(tx *Tx) error {
			t, err := Get(tx, other)
			if err == nil && t.Status == Enabled {
				others++
			}
			return err
		})
		if err != nil && !IsNotFound(err) {
			return err
		}
	}
	const hint = "Say yes (--yes) if that is what you want."
	switch {
	case len(all) > 0 && all[0] == id:
		return &Error{Kind: Invalid, Code: "first_tenant", Msg: "This is the first tenant: nobody could use it any more.", Dev: hint}
	case others == 0:
		return &Error{Kind: Invalid, Code: "last_tenant", Msg: "This is the last enabled tenant: nobody could use the server any more.", Dev: hint}
	}
	return nil
}

// DeleteTenant ends a tenant and sweeps all that it had. The only one stays. It is
// audited in the log of the first of the others, without the id, of which nothing is
// left.
func (a *App) DeleteTenant(ctx context.Context, id ID[Tenant]) error {
	m := newMemo()
	var heir ID[Tenant]
	err := a.store.Update(ctx, func(kv store.Tx) (err error) {
		heir, err = a.endTenant(ctx, kv, id, m)
		return err
	})
	a.dataKeys.Delete(id)
	a.forgetKeys(id)
	a.authority.Add(1)
	for b := range m.bells {
		b.strike(heir)
	}
	if err != nil {
		return StoreError(err)
	}
	return StoreError(a.sweepTenant(ctx, id))
}

// endTenant is the transaction of DeleteTenant.
func (a *App) endTenant(ctx context.Context, kv store.Tx, id ID[Tenant], m *memo) (heir ID[Tenant], err error) {
	all, err := tenantsIn(kv)
	if err != nil {
		return "", err
	}
	if !slices.Contains(all, id) {
		if _, err := kv.Get(goneMark + string(id)); err == nil {
			return "", nil // by a former run of this very call
		}
		return "", errNotFound()
	}
	others := slices.DeleteFunc(all, func(t ID[Tenant]) bool { return t == id })
	if len(others) == 0 {
		return "", &Error{Kind: Invalid, Code: "only_tenant", Msg: "This is the only tenant, which cannot be deleted.",
			Dev: "Create another one first, or remove the data folder."}
	}
	heir = others[0]
	tx := a.within(ctx, kv, heir, m)
	defer tx.end()
	gone := *tx
	gone.Tenant = id
	t, err := load[Tenant](&gone, tenants, id)
	if err != nil {
		return "", err
	}
	if err := tx.Note(AuditLine{Type: "tenant.delete", Note: map[string]string{"key": t.Key, "name": t.Name}}); err != nil {
		return "", err
	}
	for host := range hosts(t) {
		if err := kv.Delete(hostTenant + host); err != nil {
			return "", err
		}
	}
	if err := errors.Join(kv.Delete(tenants.prefix(id)+string(id)), kv.Delete(tenantMark+string(id)), kv.Put(goneMark+string(id), []byte{1})); err != nil {
		return "", err
	}
	return heir, tx.flush()
}

// sweepTenant removes what a tenant that ended has left, a bounded number of keys a
// transaction, and its mark last.
func (a *App) sweepTenant(ctx context.Context, id ID[Tenant]) error {
	mine := func(it store.Item) bool { return it.Key != goneMark+string(id) && ofTenant(it, id) }
	for _, p := range rangesOf(id) {
		for from := p; from != ""; {
			var err error
			if from, err = a.sweepKeys(ctx, from, store.End(p), mine); err != nil {
				return err
			}
		}
	}
	return a.store.Update(ctx, func(kv store.Tx) error { return kv.Delete(goneMark + string(id)) })
}

// rangesOf are the prefixes below which a tenant has keys: in its own space all of
// them are its own, in the system's those that ofTenant knows.
func rangesOf(id ID[Tenant]) []string {
	return []string{ordered + string(id) + "/", scattered + string(id) + "/", scattered + systemSpace + "/"}
}

func ofTenant(it store.Item, id ID[Tenant]) bool {
	rest, system := strings.CutPrefix(it.Key, scattered+systemSpace+"/")
	return !system || string(it.Value) == string(id) || strings.HasSuffix(rest, "/"+string(id))
}

// sweepKeys deletes the first keys between two that are to go, and tells where it
// stopped: "" at the end. It looks for them outside the transaction, since the one
// writer waits for nobody's reading.
func (a *App) sweepKeys(ctx context.Context, from, to string, goes func(store.Item) bool) (next string, err error) {
	var keys []string
	err = a.store.View(ctx, func(kv store.Tx) error {
		keys, next = nil, ""
		for it, err := range kv.Scan(from, to) {
			if err != nil {
				return err
			}
			if !goes(it) {
				continue
			}
			if keys = append(keys, it.Key); len(keys) == sweptATime {
				next = it.Key + "\x00"
				return nil
			}
		}
		return nil
	})
	if err != nil || len(keys) == 0 {
		return next, err
	}
	return next, a.store.Update(ctx, func(kv store.Tx) error {
		for _, key := range keys {
			if err := kv.Delete(key); err != nil {
				return err
			}
		}
		return nil
	})
}

// endDeletions finishes the deletions that a former process began, until ctx ends.
func (a *App) endDeletions(ctx context.Context) {
	for n := 1; ctx.Err() == nil; n++ {
		err := a.endDeletionsOnce(ctx)
		if err == nil || ctx.Err() != nil {
			return
		}
		a.Log.Error("sweeping what a deleted tenant has left", "err", err)
		select {
		case <-ctx.Done():
		case <-time.After(Backoff(n, time.Second, time.Minute)):
		}
	}
}

func (a *App) endDeletionsOnce(ctx context.Context) error {
	var ids []ID[Tenant]
	err := a.store.View(ctx, func(kv store.Tx) error {
		ids = nil
		for it, err := range kv.Scan(goneMark, store.End(goneMark)) {
			if err != nil {
				return err
			}
			ids = append(ids, ID[Tenant](it.Key[len(goneMark):]))
		}
		return nil
	})
	if err != nil {
		return err
	}
	for _, id := range ids {
		if err := a.sweepTenant(ctx, id); err != nil {
			return err
		}
	}
	return nil
}
