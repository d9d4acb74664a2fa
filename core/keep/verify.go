package keep

import (
	"context"
	"errors"
	"fmt"
	"io"
	"os"
	"path/filepath"

	"github.com/stormkeep/stormkeep/core"
	"github.com/stormkeep/stormkeep/core/secret"
	"github.com/stormkeep/stormkeep/core/store"
)

// Engine opens a data file, and App builds an app on it with every noun that the
// program knows, neither unlocked nor started.
type (
	Engine func(path string) (store.Store, error)
	App    func(store.Store) (*core.App, error)
)

// Verify reads a whole backup and opens a copy of its data, below dir: every byte
// is authentic, every page of the data is sound, their form is one that this
// program knows, and the master key, if it is inside, is the one that sealed them.
// Errors are those of the file, or the disk's.
func Verify(ctx context.Context, r io.Reader, k Key, dir string, open Engine) (m Manifest, err error) {
	m, _, err = Look(ctx, r, k, dir, open)
	return m, err
}

// Look is Verify, and tells what the backup holds too (core.App.Holdings).
func Look(ctx context.Context, r io.Reader, k Key, dir string, open Engine) (m Manifest, holds map[string]int, err error) {
	folder, err := os.MkdirTemp(dir, tempPrefix)
	if err != nil {
		return m, nil, err
	}
	defer os.RemoveAll(folder)
	m, keys, err := extract(ctx, r, k, filepath.Join(folder, dataEntry))
	if err != nil {
		return m, nil, err
	}
	s, err := open(filepath.Join(folder, dataEntry))
	if err != nil {
		return m, nil, err
	}
	defer s.Close()
	if _, err := examine(ctx, s, keys); err != nil {
		return m, nil, err
	}
	holds, err = core.New(s).Holdings(ctx)
	return m, holds, err
}

// extract decrypts a backup; its data go into a new file.
func extract(ctx context.Context, r io.Reader, k Key, path string) (m Manifest, keys string, err error) {
	with, err := k.AgeIdentities()
	if err != nil {
		return m, "", err
	}
	f, err := os.OpenFile(path, os.O_WRONLY|os.O_CREATE|os.O_EXCL, 0o600)
	if err != nil {
		return m, "", err
	}
	m, keys, err = unseal(contextReader{ctx, r}, with, f)
	if err == nil {
		err = f.Sync()
	}
	if err := errors.Join(err, f.Close()); err != nil {
		return m, "", core.StoreError(store.AsFull(err))
	}
	return m, keys, nil
}

// examine looks at data that came out of a backup. keys may be "".
func examine(ctx context.Context, s store.Store, keys string) (*secret.Keyring, error) {
	tell(ctx, Checking, 0, 0)
	if c, ok := s.(store.Checker); ok {
		wrong, err := c.CheckPages(1)
		if err != nil {
			return nil, err
		}
		if len(wrong) > 0 {
			return nil, fmt.Errorf("the data in the backup: %w: %s", store.ErrDamaged, wrong[0])
		}
	}
	app := core.New(s)
	in, err := app.Inspect(ctx)
	if err != nil {
		return nil, err
	}
	if !in.Sealed || len(in.Tenants) == 0 {
		return nil, fmt.Errorf("%w: its data hold no tenant", ErrNotWhole)
	}
	if keys == "" {
		return nil, nil
	}
	ring, err := secret.ParseKeyring(keys)
	if err != nil {
		return nil, fmt.Errorf("%w: the master key in it: %w", ErrNotWhole, err)
	}
	return ring, app.Unlock(ctx, ring)
}
