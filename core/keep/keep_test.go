package keep

import (
	"bytes"
	"context"
	"errors"
	"log/slog"
	"path/filepath"
	"testing"
	"time"

	"filippo.io/age"

	"github.com/stormkeep/stormkeep/core"
	"github.com/stormkeep/stormkeep/core/coretest"
	"github.com/stormkeep/stormkeep/core/store"
	"github.com/stormkeep/stormkeep/core/store/bolt"
)

// house is a data folder with a started app on it, and what opens its backups.
type house struct {
	*coretest.World
	store  store.Store
	folder Folder
	keeper *Keeper
	lock   Lock
	key    Key
}

func engine(path string) (store.Store, error) {
	return bolt.Open(path, bolt.Options{LockTimeout: time.Millisecond})
}

func plain(s store.Store) (*core.App, error) { return core.New(s), nil }

func newHouse(t *testing.T) *house {
	t.Helper()
	dir := t.TempDir()
	s, err := engine(filepath.Join(dir, dataEntry))
	must(t, err)
	h := &house{World: coretest.On(t, coretest.Lasting{Store: s}), store: s}
	t.Cleanup(func() { s.Close() })
	// The app sees the engine itself: Lasting hides what engines can beside the contract.
	h.App = core.New(s)
	h.App.Now, h.App.Log = h.Clock.Now, slog.New(slog.DiscardHandler)
	must(t, h.App.Unlock(t.Context(), h.Ring))
	h.folder = Folder{Dir: dir, Engine: engine, App: plain, Now: h.Clock.Now}
	must(t, h.folder.writeKey(h.Ring.Encode()))
	h.keeper = &Keeper{App: h.App, Folder: h.folder}
	id, err := age.GenerateX25519Identity()
	must(t, err)
	h.lock, h.key = Lock{Recipients: []string{id.Recipient().String()}}, Key{Identities: id.String()}
	return h
}

func (f Folder) writeKey(text string) error {
	return Directory(f.Dir).Put(context.Background(), keyEntry, bytes.NewReader([]byte(text)), int64(len(text)))
}

// backup is a backup of the house.
func (h *house) backup(t *testing.T, withKey bool) []byte {
	t.Helper()
	c, err := Take(t.Context(), h.App, h.folder.Dir, withKey)
	must(t, err)
	defer c.Close()
	var b bytes.Buffer
	must(t, c.WriteTo(&b, h.lock))
	return b.Bytes()
}

func must(t *testing.T, err error) {
	t.Helper()
	if err != nil {
		t.Fatal(err)
	}
}

// is tells whether an error is one of that sort, or none where none is wanted.
func is(err, want error) bool {
	return want == nil && err == nil || want != nil && errors.Is(err, want)
}
