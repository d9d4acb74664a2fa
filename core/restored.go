package core

import (
	"context"
	"encoding/json"
	"fmt"
	"maps"
	"slices"
	"time"

	"github.com/stormkeep/stormkeep/core/secret"
	"github.com/stormkeep/stormkeep/core/store"
)

// Restoration is a backup that takes the place of data.
type Restoration struct {
	TakenAt      time.Time      // when the backup was made
	KeepSessions bool           // what was given before the backup goes on working
	WithKey      bool           // the master key came with it
	Lost         map[string]int // secrets that went with a master key, by noun
}

// Restored ends, in every tenant, what was given before the backup was made, so
// that no session, code, grant or proof of a state that is gone works again, unless
// they are to be kept; and writes one line to each audit log. The app is unlocked
// and not started.
func (a *App) Restored(ctx context.Context, r Restoration) error {
	all, err := a.Tenants(ctx)
	if err != nil {
		return err
	}
	note := map[string]string{"takenAt": At(r.TakenAt).Format(timeLayout), "sessions": "ended"}
	if r.KeepSessions {
		note["sessions"] = "kept"
	}
	for _, noun := range slices.Sorted(maps.Keys(r.Lost)) {
		note["lost."+noun] = fmt.Sprint(r.Lost[noun])
	}
	return a.Hooks.App.Restore.Trigger(&CopyEvent{App: a, WithKey: r.WithKey}, func(*CopyEvent) error {
		for _, id := range all {
			actor := Actor{Kind: Machine, Tenant: id, UserAgent: "stormkeep restore"}
			if err := a.Update(As(ctx, actor), func(tx *Tx) error { return restored(tx, r.KeepSessions, note) }); err != nil {
				return err
			}
		}
		return nil
	})
}

func restored(tx *Tx, keep bool, note map[string]string) error {
	t, err := load[Tenant](tx, tenants, tx.Tenant)
	if err != nil {
		return err
	}
	if err := tx.skipRevocations(); err != nil {
		return err
	}
	ref := RefTo(t.ID)
	if !keep {
		t.Epoch++
		if err := tx.putTenant(t); err != nil {
			return err
		}
		if err := tx.revoke(Revocation{All: true}); err != nil {
			return err
		}
		// The clients of sessions that the backup knows are told by the next start; of later
		// ones nothing is left.
		if err := tx.enqueue(endAllJob, endAllTask{ref}, tx.Now); err != nil {
			return err
		}
	}
	if err := tx.Note(AuditLine{Type: "tenant.restore", Ref: ref, Note: maps.Clone(note)}); err != nil {
		return err
	}
	return tx.Emit(Event{Type: "tenant.restore", Ref: ref, Rev: t.Rev})
}

// putTenant writes what is the server's own in a tenant, which no hook may refuse
// and which needs no line of its own in the audit log.
func (tx *Tx) putTenant(t *Tenant) error {
	t.Rev++
	b, err := json.Marshal(t)
	if err != nil {
		return err
	}
	tx.touch(true)
	return tx.s.kv.Put(tenants.prefix(tx.Tenant)+string(t.ID), b)
}

// sealed counts the secrets in the records after an id, at most migratedATime of
// them, and empties them where drop says so.
func (k *kind) sealed(tx *Tx, after string, drop bool) (n, held int, last string, err error) {
	fields := sealedFields(k.Type)
	if len(fields) == 0 {
		return 0, 0, "", nil
	}
	p := k.prefix(tx.Tenant)
	for it, err := range tx.s.kv.Scan(p+after+"\x00", store.End(p)) {
		if err != nil {
			return n, held, last, err
		}
		last = it.Key[len(p):]
		rec, err := k.decode(last, it.Value)
		if err != nil {
			return n, held, last, err
		}
		if had := emptied(rec, fields); had > 0 {
			held += had
			if drop {
				*rec.head().rev++
				b, err := json.Marshal(rec)
				if err != nil {
					return n, held, last, err
				}
				if err := tx.s.kv.Put(it.Key, b); err != nil {
					return n, held, last, err
				}
			}
		}
		if n++; n == migratedATime {
			break
		}
	}
	return n, held, last, nil
}

// SealedSecrets counts, by noun, the secrets of all tenants that nobody can read
// without the master key.
func (a *App) SealedSecrets(ctx context.Context) (map[string]int, error) {
	return a.eachSealed(ctx, a.View, false)
}

func (a *App) eachSealed(ctx context.Context, run func(context.Context, func(*Tx) error) error, drop bool) (map[string]int, error) {
	held := map[string]int{}
	all, err := a.Tenants(ctx)
	if err != nil {
		return nil, err
	}
	for _, t := range all {
		for _, k := range a.order {
			for last := ""; ; {
				n, found, at := 0, 0, ""
				if err := run(AsSystem(ctx, t), func(tx *Tx) (err error) {
					n, found, at, err = k.sealed(tx, last, drop)
					return err
				}); err != nil {
					return nil, err
				}
				if found > 0 {
					held[k.Noun] += found
				}
				if last = at; n < migratedATime {
					break
				}
			}
		}
	}
	return held, nil
}

// LoseSecrets gives data whose master key is gone a new one: every tenant gets a
// new data key, and whatever the old one sealed is emptied. It counts by noun what
// was lost. The app is neither unlocked nor started; nobody else may use the data.
func (a *App) LoseSecrets(ctx context.Context, ring *secret.Keyring) (lost map[string]int, err error) {
	all, err := a.Tenants(ctx)
	if err != nil {
		return nil, err
	}
	if lost, err = a.eachSealed(ctx, a.Update, true); err != nil {
		return nil, err
	}
	for _, id := range all {
		wrapped, _ := ring.NewDataKey(string(id))
		if err := a.Update(AsSystem(ctx, id), func(tx *Tx) error {
			t, err := load[Tenant](tx, tenants, id)
			if err != nil {
				return err
			}
			t.WrappedKey = wrapped
			return tx.putTenant(t)
		}); err != nil {
			return nil, err
		}
		a.dataKeys.Delete(id)
	}
	err = a.store.Update(ctx, func(kv store.Tx) error { return kv.Put(checkKey, ring.Current.CheckValue()) })
	return lost, StoreError(err)
}
