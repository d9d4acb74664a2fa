package keep

import (
	"context"
	"encoding/json"
	"errors"
	"fmt"
	"io"
	"io/fs"
	"os"
	"path/filepath"
	"time"

	"github.com/stormkeep/stormkeep/core"
	"github.com/stormkeep/stormkeep/core/secret"
	"github.com/stormkeep/stormkeep/core/store"
)

// A restore has two steps. Stage makes, in a folder of its own inside the data
// folder, data that are ready to be used: read whole, checked, with the tenants'
// epochs raised. Apply only renames. So whatever fails leaves the data as they
// were, and an Apply that died is ended by the next start.

// stageFolder is where in the data folder a restore is made ready.
const stageFolder = "restore"

// readyFile is written last, and removed first.
const readyFile = "ready.json"

// Folder is a data folder that is restored to.
type Folder struct {
	Dir    string
	Engine Engine
	App    App
	Ring   *secret.Keyring // of the environment; nil where the folder has the key
	Now    func() time.Time

	step func(string) error // tests break off there
}

// Options are what one restore is asked for.
type Options struct {
	KeepSessions bool `json:"keepSessions"` // raise no epoch
	NewKey       bool `json:"newKey"`       // make a new master key, and lose what the old one sealed
}

// Staged is a restore that is ready to be applied, or has been.
type Staged struct {
	Manifest     Manifest       `json:"backup"`
	Holds        map[string]int `json:"holds,omitempty"` // records by noun (core.App.Holdings)
	At           time.Time      `json:"at"`
	KeepSessions bool           `json:"keepSessions"`
	Lost         map[string]int `json:"lost,omitempty"`     // secrets by noun, that went with the old master key
	Key          bool           `json:"key"`                // the stage has a master key
	Replaced     string         `json:"replaced,omitempty"` // the folder that what was there is moved to, inside the data folder
}

// KeyMissingError says that a backup holds no master key and none that fits is
// there.
type KeyMissingError struct {
	KeyID string         // of the key that is missing
	Lost  map[string]int // what could never be read again, by noun
	Err   error          // of a key that is there and does not fit
}

func (e *KeyMissingError) Error() string {
	text := "the backup holds no master key, and the key " + e.KeyID + " that sealed its secrets is not there"
	if e.Err != nil {
		text += ": " + e.Err.Error()
	}
	return text
}

func (e *KeyMissingError) Unwrap() error { return e.Err }

func (f Folder) in(parts ...string) string {
	return filepath.Join(append([]string{f.Dir}, parts...)...)
}

// Stage reads a backup whole, checks it, and makes its data ready. A restore that
// was staged before is discarded.
func (f Folder) Stage(ctx context.Context, r io.Reader, k Key, o Options) (s *Staged, err error) {
	if err := f.Discard(); err != nil {
		return nil, err
	}
	if err := os.Mkdir(f.in(stageFolder), 0o700); err != nil {
		return nil, err
	}
	defer func() {
		if err != nil {
			err = errors.Join(err, f.Discard())
		}
	}()
	path := f.in(stageFolder, dataEntry)
	m, keys, err := extract(ctx, r, k, path)
	if err != nil {
		return nil, err
	}
	data, err := f.Engine(path)
	if err != nil {
		return nil, err
	}
	s = &Staged{Manifest: m, At: f.Now().UTC(), KeepSessions: o.KeepSessions}
	err = f.makeReady(ctx, data, keys, o, s)
	if err := errors.Join(err, data.Close()); err != nil {
		return nil, err
	}
	for _, name := range []string{dataEntry, keyEntry} {
		if _, err := os.Lstat(f.in(name)); err == nil {
			s.Replaced = "replaced-" + s.At.Format(nameLayout)
		}
	}
	_, err = os.Lstat(f.in(stageFolder, keyEntry))
	s.Key = err == nil
	return s, f.write(readyFile, s)
}

// makeReady unlocks the data of a backup and ends what was given before.
func (f Folder) makeReady(ctx context.Context, data store.Store, keys string, o Options, s *Staged) error {
	ring, err := examine(ctx, data, keys)
	if err != nil {
		return err
	}
	app, err := f.App(data)
	if err != nil {
		return err
	}
	if s.Holds, err = app.Holdings(ctx); err != nil {
		return err
	}
	switch {
	case ring != nil && o.NewKey:
		return errors.New("the backup holds its master key: nothing needs to be lost")
	case ring != nil && f.Ring != nil:
		if err := app.Unlock(ctx, f.Ring); err != nil {
			return fmt.Errorf("the backup has a master key of its own, and the one in the environment wins at every start: %w", err)
		}
	case ring != nil:
		err = f.write(keyEntry, keys)
	case o.NewKey:
		if ring = f.Ring; ring == nil {
			ring, err = secret.CreateFile(f.in(stageFolder, keyEntry))
		}
		if err == nil {
			s.Lost, err = app.LoseSecrets(ctx, ring)
		}
	default:
		ring, err = f.present(ctx, app, s.Manifest)
	}
	if err != nil {
		return err
	}
	if err := app.Unlock(ctx, ring); err != nil {
		return err
	}
	return app.Restored(ctx, core.Restoration{TakenAt: s.Manifest.CreatedAt, KeepSessions: o.KeepSessions, WithKey: keys != "", Lost: s.Lost})
}

// present is the master key that is there already, if it is the one of the backup.
func (f Folder) present(ctx context.Context, app *core.App, m Manifest) (ring *secret.Keyring, err error) {
	if ring = f.Ring; ring == nil {
		ring, err = secret.LoadFile(f.in(keyEntry))
	}
	if err == nil {
		err = app.Unlock(ctx, ring)
	}
	switch {
	case err == nil:
		return ring, nil
	case !errors.Is(err, fs.ErrNotExist) && !errors.Is(err, core.ErrNoMaster):
		return nil, err
	}
	missing := &KeyMissingError{KeyID: m.KeyID}
	if !errors.Is(err, fs.ErrNotExist) {
		missing.Err = err
	}
	if missing.Lost, err = app.SealedSecrets(ctx); err != nil {
		return nil, err
	}
	return nil, missing
}

// write writes a file of the stage, whole or not at all: text as it is, anything
// else as JSON.
func (f Folder) write(name string, v any) error {
	text, ok := v.(string)
	if !ok {
		b, err := json.Marshal(v)
		if err != nil {
			return err
		}
		text = string(b)
	}
	dir := f.in(stageFolder)
	t, err := os.CreateTemp(dir, ".new-") // 0600
	if err != nil {
		return err
	}
	_, err = t.WriteString(text)
	if err == nil {
		err = t.Sync()
	}
	if err := errors.Join(err, t.Close()); err != nil {
		return err
	}
	if err := os.Rename(t.Name(), filepath.Join(dir, name)); err != nil {
		return err
	}
	return errors.Join(syncDir(dir), syncDir(f.Dir))
}

// Waiting is the restore that is ready to be applied, nil if there is none.
func (f Folder) Waiting() (*Staged, error) {
	b, err := os.ReadFile(f.in(stageFolder, readyFile))
	if errors.Is(err, fs.ErrNotExist) {
		return nil, nil
	}
	if err != nil {
		return nil, err
	}
	s := &Staged{}
	if err := json.Unmarshal(b, s); err != nil {
		return nil, fmt.Errorf("%s: %w", f.in(stageFolder, readyFile), err)
	}
	return s, nil
}

// Discard removes a restore that waits, and what a broken-off one left. It must not
// be called once one is being applied.
func (f Folder) Discard() error {
	if err := os.Remove(f.in(stageFolder, readyFile)); err != nil && !errors.Is(err, fs.ErrNotExist) {
		return err
	}
	return os.RemoveAll(f.in(stageFolder))
}
