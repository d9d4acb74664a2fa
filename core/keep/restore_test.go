package keep

import (
	"bytes"
	"errors"
	"os"
	"path/filepath"
	"strings"
	"testing"

	"github.com/stormkeep/stormkeep/core"
	"github.com/stormkeep/stormkeep/core/secret"
	"github.com/stormkeep/stormkeep/core/store"
)

// opened is an app on a folder's data, unlocked with its key.
func opened(t *testing.T, f Folder) *core.App {
	t.Helper()
	ring := f.Ring
	if ring == nil {
		var err error
		ring, err = secret.LoadFile(f.in(keyEntry))
		must(t, err)
	}
	s, err := engine(f.in(dataEntry))
	must(t, err)
	t.Cleanup(func() { s.Close() })
	app := core.New(s)
	must(t, app.Unlock(t.Context(), ring))
	return app
}

// epoch is the tenant's epoch, its last audit line, and what the secret of the
// world's key is now.
func (h *house) epoch(t *testing.T, app *core.App) (epoch uint64, last core.AuditLine, plain string) {
	t.Helper()
	must(t, app.View(core.AsMachine(t.Context(), h.Tenant), func(tx *core.Tx) error {
		tenant, err := core.Get(tx, tx.Tenant)
		if err != nil {
			return err
		}
		epoch = tenant.Epoch
		for line, err := range tx.AuditLog(0) {
			if err != nil {
				return err
			}
			last = line
		}
		key, err := core.Get(tx, h.Key.ID)
		if err != nil {
			return err
		}
		plain, err = key.Plain(tx)
		if err != nil && !key.Secret.IsZero() {
			return err
		}
		return nil
	}))
	return epoch, last, plain
}

func (h *house) elsewhere(t *testing.T) Folder {
	f := h.folder
	f.Dir = t.TempDir()
	return f
}

func TestARestoreEndsWhatWasGivenBefore(t *testing.T) {
	h := newHouse(t)
	b := h.backup(t, true)
	before, _, _ := h.epoch(t, h.App)
	for _, keepThem := range []bool{false, true} {
		f := h.elsewhere(t)
		s, err := f.Stage(t.Context(), bytes.NewReader(b), h.key, Options{KeepSessions: keepThem})
		must(t, err)
		if s.Replaced != "" || s.Manifest.Tenants != 1 {
			t.Errorf("%+v", s)
		}
		if _, err := os.Stat(f.in(dataEntry)); err == nil {
			t.Error("staging replaces")
		}
		done, err := f.Apply()
		if err != nil || done == nil {
			t.Fatalf("%v, %v", done, err)
		}
		want, sessions := before+1, "ended"
		if keepThem {
			want, sessions = before, "kept"
		}
		epoch, line, plain := h.epoch(t, opened(t, f))
		if epoch != want || line.Type != "tenant.restore" || line.Note["sessions"] != sessions || line.Actor.Kind != core.Machine {
			t.Errorf("epoch %d, want %d; audited as %+v", epoch, want, line)
		}
		if plain != h.Secret {
			t.Error("the secret of an API key is not what it was")
		}
		if again, err := f.Apply(); again != nil || err != nil {
			t.Errorf("a second time: %v, %v", again, err)
		}
	}
}

func TestWithoutItsMasterKeyABackupTakesTheOneThatIsThere(t *testing.T) {
	h := newHouse(t)
	b := h.backup(t, false)
	stage := func(f Folder, o Options) (*Staged, error) {
		return f.Stage(t.Context(), bytes.NewReader(b), h.key, o)
	}
	none := h.elsewhere(t)
	_, err := stage(none, Options{})
	if missing, ok := errors.AsType[*KeyMissingError](err); !ok || missing.Lost["ApiKey"] != 1 || missing.KeyID != h.Ring.Current.ID() {
		t.Errorf("no key: %v", err)
	}
	other := h.elsewhere(t)
	_, err = secret.CreateFile(other.in(keyEntry))
	must(t, err)
	_, err = stage(other, Options{})
	if missing, ok := errors.AsType[*KeyMissingError](err); !ok || missing.Err == nil {
		t.Errorf("another key: %v", err)
	}
	if left := ls(t, other.Dir); left != "master.key " {
		t.Errorf("a restore that was refused left %s", left)
	}
	env := h.elsewhere(t)
	env.Ring = h.Ring
	same := h.elsewhere(t)
	must(t, same.writeKey(h.Ring.Encode()))
	for _, f := range []Folder{env, same} {
		_, err := stage(f, Options{})
		must(t, err)
		_, err = f.Apply()
		must(t, err)
		if _, _, plain := h.epoch(t, opened(t, f)); plain != h.Secret {
			t.Error("the secret of an API key is not what it was")
		}
	}
}

func TestALostMasterKeyCostsWhatItSealedAndNothingElse(t *testing.T) {
	h := newHouse(t)
	acc := h.Person(t, h.Directory(t, "My Application Directory").ID, "ann@example.com")
	f := h.elsewhere(t)
	s, err := f.Stage(t.Context(), bytes.NewReader(h.backup(t, false)), h.key, Options{NewKey: true})
	if err != nil || s.Lost["ApiKey"] != 1 {
		t.Fatalf("%+v, %v", s, err)
	}
	_, err = f.Apply()
	must(t, err)
	app := opened(t, f)
	_, line, plain := h.epoch(t, app)
	if plain != "" || line.Note["lost.ApiKey"] != "1" {
		t.Errorf("%q, %+v", plain, line)
	}
	actor, err := app.KeyActor(t.Context(), string(h.Key.ID), func(tx *core.Tx, k *core.ApiKey) bool { return secret.Matches(h.Secret, k.Hash) })
	if err != nil || actor.Role != core.Owner {
		t.Errorf("Basic authentication: %+v, %v", actor, err)
	}
	must(t, app.View(core.AsMachine(t.Context(), h.Tenant), func(tx *core.Tx) error {
		_, err := core.Get(tx, acc.ID)
		return err
	}))
	key, fresh, err := app.ManagementKeyFor(core.AsMachine(t.Context(), h.Tenant), h.Owner.ID, "new")
	if err != nil || key == nil || fresh == "" {
		t.Errorf("a new key: %v", err)
	}
	if _, err := f.Stage(t.Context(), bytes.NewReader(h.backup(t, true)), h.key, Options{NewKey: true}); err == nil {
		t.Error("a master key that is there is thrown away")
	}
}

func TestTheKeyInTheEnvironmentMustFit(t *testing.T) {
	h := newHouse(t)
	f := h.elsewhere(t)
	f.Ring = &secret.Keyring{Current: secret.NewMaster()}
	if _, err := f.Stage(t.Context(), bytes.NewReader(h.backup(t, true)), h.key, Options{}); !errors.Is(err, core.ErrNoMaster) {
		t.Errorf("%v, want %v", err, core.ErrNoMaster)
	}
}

func TestWhatWasThereIsMovedAside(t *testing.T) {
	h, old := newHouse(t), newHouse(t)
	must(t, old.store.Close())
	_, err := old.folder.Stage(t.Context(), bytes.NewReader(h.backup(t, true)), h.key, Options{})
	must(t, err)
	s, err := old.folder.Apply()
	must(t, err)
	if !strings.HasPrefix(s.Replaced, "replaced-") {
		t.Fatalf("%+v", s)
	}
	aside := old.folder
	aside.Dir = filepath.Join(old.folder.Dir, s.Replaced)
	old.epoch(t, opened(t, aside))
	h.epoch(t, opened(t, old.folder))
}

func TestAHookOfRestoreMayRefuse(t *testing.T) {
	h := newHouse(t)
	f := h.elsewhere(t)
	b := h.backup(t, true)
	f.App = func(s store.Store) (*core.App, error) {
		a := core.New(s)
		a.Hooks.App.Restore.Before(func(e *core.CopyEvent) error {
			if e.WithKey {
				return core.Refuse("key", "Not here.")
			}
			return nil
		})
		return a, nil
	}
	if _, err := f.Stage(t.Context(), bytes.NewReader(b), h.key, Options{}); err == nil {
		t.Error("it was not asked")
	}
	if left := ls(t, f.Dir); left != "" {
		t.Errorf("it left %s", left)
	}
}
