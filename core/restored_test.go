package core_test

import (
	"testing"
	"time"

	"github.com/stormkeep/stormkeep/core"
	"github.com/stormkeep/stormkeep/core/coretest"
	"github.com/stormkeep/stormkeep/core/secret"
	"github.com/stormkeep/stormkeep/core/store/mem"
)

func TestARestoreRaisesTheEpochOfEveryTenant(t *testing.T) {
	s := coretest.Lasting{Store: mem.Open()}
	w := coretest.On(t, s)
	other := w.Other(t, "other")
	state := func(tenant core.ID[core.Tenant]) (epoch uint64, last core.AuditLine) {
		if err := w.App.View(core.AsMachine(t.Context(), tenant), func(tx *core.Tx) error {
			rec, err := core.Get(tx, tenant)
			if err != nil {
				return err
			}
			epoch = rec.Epoch
			for line, err := range tx.AuditLog(0) {
				if err != nil {
					return err
				}
				last = line
			}
			return nil
		}); err != nil {
			t.Fatal(err)
		}
		return epoch, last
	}
	for _, keep := range []bool{false, true} {
		for _, tenant := range []core.ID[core.Tenant]{w.Tenant, other.Tenant} {
			before, was := state(tenant)
			if err := w.App.Restored(t.Context(), core.Restoration{TakenAt: w.Clock.Now(), KeepSessions: keep, Lost: map[string]int{"ApiKey": 2}}); err != nil {
				t.Fatal(err)
			}
			epoch, line := state(tenant)
			want, said := before+1, "ended"
			if keep {
				want, said = before, "kept"
			}
			if epoch != want || line.Type != "tenant.restore" || line.Note["sessions"] != said || line.Note["lost.ApiKey"] != "2" ||
				line.Note["takenAt"] != "2026-11-21T12:00:00.000Z" {
				t.Errorf("keep %v: epoch %d, want %d; audited as %+v", keep, epoch, want, line)
			}
			if line.Seq != was.Seq+2 { // the line, and the event beside it
				t.Errorf("a restore writes the lines %d to %d", was.Seq+1, line.Seq)
			}
		}
	}
	w.Sound(t)
}

// A mailed link is a proof of before: it opens nothing once its tenant was restored.
func TestARestoreEndsMailedLinks(t *testing.T) {
	w := newWorld(t)
	app := w.Application(t, "My Application")
	w.Person(t, w.Directory(t, "My Application Directory").ID, "ann@example.com")
	var token string
	w.Update(t, func(tx *core.Tx) (err error) {
		token, _, err = core.RequestReset(tx, app.ID, "ann@example.com", "")
		return err
	})
	if err := w.App.Restored(t.Context(), core.Restoration{TakenAt: time.Unix(0, 0)}); err != nil {
		t.Fatal(err)
	}
	if err := w.App.View(w.Machine(), func(tx *core.Tx) error {
		_, _, err := core.Reset(tx, app.ID, token)
		return err
	}); !core.IsNotFound(err) {
		t.Errorf("the link still works: %v", err)
	}
}

func TestALostMasterKeyIsReplacedInEveryTenant(t *testing.T) {
	s := coretest.Lasting{Store: mem.Open()}
	w := coretest.On(t, s)
	other := w.Other(t, "other")
	held, err := w.App.SealedSecrets(t.Context())
	if err != nil || held["ApiKey"] != 2 {
		t.Fatalf("%v, %v", held, err)
	}
	ring := &secret.Keyring{Current: secret.NewMaster()}
	lost, err := core.New(s).LoseSecrets(t.Context(), ring)
	if err != nil || lost["ApiKey"] != 2 {
		t.Fatalf("%v, %v", lost, err)
	}
	w.Ring, other.Ring = ring, ring
	again := w.Again(t, s)
	for _, o := range []*coretest.World{again, other} {
		o.App = again.App
		o.View(t, func(tx *core.Tx) error {
			k, err := core.Get(tx, o.Key.ID)
			if err != nil {
				return err
			}
			if plain, err := k.Plain(tx); err == nil {
				t.Errorf("a lost secret reads %q", plain)
			}
			return nil
		})
		if _, fresh, err := o.App.ManagementKeyFor(o.Machine(), o.Owner.ID, "new"); err != nil || fresh == "" {
			t.Errorf("a new key: %v", err)
		}
	}
	if held, err := again.App.SealedSecrets(t.Context()); err != nil || held["ApiKey"] != 2 {
		t.Errorf("only the new ones are sealed: %v, %v", held, err)
	}
	again.Sound(t)
}
