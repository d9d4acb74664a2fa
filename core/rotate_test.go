package core_test

import (
	"context"
	"errors"
	"sync"
	"testing"

	"github.com/stormkeep/stormkeep/core"
	"github.com/stormkeep/stormkeep/core/coretest"
	"github.com/stormkeep/stormkeep/core/secret"
	"github.com/stormkeep/stormkeep/core/store"
	"github.com/stormkeep/stormkeep/core/store/mem"
)

// opensWith tells whether another process can start on the store with a ring, and read
// the secrets of its tenants.
func opensWith(t *testing.T, s store.Store, ring *secret.Keyring, keys ...*core.ApiKey) error {
	t.Helper()
	app := core.New(s)
	if err := app.Unlock(t.Context(), ring); err != nil {
		return err
	}
	all, err := app.Tenants(t.Context())
	ok(t, err)
	for i, id := range all {
		err := app.View(core.AsMachine(t.Context(), id), func(tx *core.Tx) error {
			k, err := core.Get(tx, keys[i].ID)
			if err != nil {
				return err
			}
			_, err = k.Plain(tx)
			return err
		})
		if err != nil {
			return err
		}
	}
	return nil
}

func TestTheNewMasterKeyAloneOpensTheData(t *testing.T) {
	onEngines(t, func(t *testing.T, s store.Store) {
		w := worldOn(t, coretest.Lasting{Store: s})
		other := w.Other(t, "other")
		next := secret.NewMaster()
		ok(t, w.App.RotateMaster(w.Machine(), next, nil))
		ok(t, opensWith(t, s, &secret.Keyring{Current: next}, w.Key, other.Key))
		if err := opensWith(t, s, w.Ring, w.Key, other.Key); !errors.Is(err, core.ErrNoMaster) {
			t.Errorf("the former key: %v", err)
		}
		third := w.Other(t, "third") // which the running app makes by the new key
		ok(t, opensWith(t, s, &secret.Keyring{Current: next}, w.Key, other.Key, third.Key))
		if ids := w.App.MasterKeys(); ids[0] != next.ID() {
			t.Errorf("in use: %v", ids)
		}
		for _, w := range []*coretest.World{w, other} {
			n := 0
			w.View(t, func(tx *core.Tx) error {
				n = 0
				for l, err := range tx.AuditLog(0) {
					if err != nil {
						return err
					}
					if l.Type == "tenant.rotateMaster" && l.Actor.Kind == core.Machine && l.Note["masterKey"] == next.ID() {
						n++
					}
				}
				return nil
			})
			if n != 1 {
				t.Errorf("%d audit lines", n)
			}
		}
		ok(t, w.App.RotateMaster(w.Machine(), next, nil)) // again changes nothing
		ok(t, opensWith(t, s, &secret.Keyring{Current: next}, w.Key, other.Key, third.Key))
	})
}

// refusing is a store whose next Update fails if it is told so.
type refusing struct {
	store.Store
	now bool
}

func (r *refusing) Update(ctx context.Context, fn func(store.Tx) error) error {
	if r.now {
		return errNo
	}
	return r.Store.Update(ctx, fn)
}

// Wherever a rotation is broken off, what was saved last opens the data.
func TestARotationMayBeBrokenOffAnywhere(t *testing.T) {
	for _, dies := range []string{"before the first save", "after the first save", "in the transaction", "before the last save", "never"} {
		t.Run(dies, func(t *testing.T) {
			s := &refusing{Store: mem.Open()}
			w := worldOn(t, coretest.Lasting{Store: s})
			saved, saves := w.Ring, 0
			err := w.App.RotateMaster(w.Machine(), secret.NewMaster(), func(ring *secret.Keyring) error {
				saves++
				if saves == 1 && dies == "before the first save" || saves == 2 && dies == "before the last save" {
					return errNo
				}
				saved = ring
				if saves == 1 && dies == "after the first save" {
					return errNo
				}
				s.now = dies == "in the transaction"
				return nil
			})
			s.now = false
			if (err == nil) != (dies == "never") {
				t.Errorf("%v", err)
			}
			ok(t, opensWith(t, s, saved, w.Key))
			other := w.Other(t, "other") // the process that lives on makes one that opens too
			ok(t, opensWith(t, s, saved, w.Key, other.Key))
		})
	}
}

// Tenants are made and secrets read while the key changes.
func TestRotationWhileTheServerWorks(t *testing.T) {
	s := mem.Open()
	w := worldOn(t, coretest.Lasting{Store: s})
	var last *secret.Master
	var all sync.WaitGroup
	all.Go(func() {
		for range 5 {
			last = secret.NewMaster()
			if err := w.App.RotateMaster(w.Machine(), last, nil); err != nil {
				t.Error(err)
			}
		}
	})
	for i := range 4 {
		all.Go(func() {
			id, err := w.App.CreateTenant(t.Context(), "T", "t-"+string(rune('a'+i)))
			if err != nil {
				t.Error(err)
				return
			}
			owner, _, err := w.App.OwnerFor(core.AsMachine(t.Context(), id), "", "")
			if err != nil {
				t.Error(err)
				return
			}
			if _, _, err := w.App.ManagementKeyFor(core.AsMachine(t.Context(), id), owner.ID, ""); err != nil {
				t.Error(err)
			}
		})
	}
	all.Wait()
	app := core.New(s)
	ok(t, app.Unlock(t.Context(), &secret.Keyring{Current: last}))
	ids, err := app.Tenants(t.Context())
	ok(t, err)
	for _, id := range ids {
		ok(t, app.View(core.AsMachine(t.Context(), id), func(tx *core.Tx) error {
			owners, err := core.Owners(tx)
			if err != nil {
				return err
			}
			for key, err := range core.ManagementKeysOf(tx, owners[0].ID) {
				if err != nil {
					return err
				}
				k, err := core.Get(tx, key)
				if err != nil {
					return err
				}
				if _, err := k.Plain(tx); err != nil {
					return err
				}
			}
			return nil
		}))
	}
}
