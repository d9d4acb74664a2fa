package keep

import (
	"errors"
	"fmt"
	"io/fs"
	"os"

	"github.com/stormkeep/stormkeep/core/store"
)

// lockFile keeps two processes from applying the same restore.
const lockFile = "lock"

// Apply puts a staged restore in the place of the data, and moves these aside. It
// may be broken off anywhere and called again: as long as it is not done, each
// start calls it first, so that nobody opens half of either. It returns nil if no
// restore waits. Data that a server lives on are store.ErrLocked.
func (f Folder) Apply() (done *Staged, err error) {
	if _, err := os.Lstat(f.in(stageFolder)); err != nil {
		return nil, nil
	}
	if s, err := f.Waiting(); err != nil || s == nil {
		return nil, err
	}
	lock, err := f.Engine(f.in(stageFolder, lockFile))
	if err != nil {
		return nil, err
	}
	defer lock.Close()
	s, err := f.Waiting() // another process may have been at work until now
	if err != nil || s == nil {
		return nil, err
	}
	if err := f.free(); err != nil {
		return nil, err
	}
	if s.Replaced != "" {
		if err := os.MkdirAll(f.in(s.Replaced), 0o700); err != nil {
			return nil, err
		}
	}
	if s.Key {
		err = f.replace(keyEntry, s.Replaced)
	} else if s.Replaced != "" {
		err = f.copyKey(s.Replaced)
	}
	if err == nil {
		err = f.replace(dataEntry, s.Replaced)
	}
	if err != nil {
		return nil, err
	}
	if err := f.at("done"); err != nil {
		return nil, err
	}
	return s, f.Discard()
}

// free refuses data that somebody has open. Damaged ones are no obstacle: that is
// what restores are for.
func (f Folder) free() error {
	if _, err := os.Lstat(f.in(dataEntry)); err != nil {
		return nil
	}
	s, err := f.Engine(f.in(dataEntry))
	if err == nil {
		return s.Close()
	}
	if errors.Is(err, store.ErrLocked) {
		return err
	}
	return nil
}

// replace moves a file of the stage to its place, and what is there aside. Once the
// stage has it no more, it has been done.
func (f Folder) replace(name, aside string) error {
	from, to := f.in(stageFolder, name), f.in(name)
	if _, err := os.Lstat(from); errors.Is(err, fs.ErrNotExist) {
		return nil
	}
	if _, err := os.Lstat(to); err == nil {
		if err := os.Rename(to, f.in(aside, name)); err != nil {
			return fmt.Errorf("move the data that are there aside: %w", err)
		}
		if err := errors.Join(syncDir(f.in(aside)), syncDir(f.Dir)); err != nil {
			return err
		}
	}
	if err := f.at("aside " + name); err != nil {
		return err
	}
	if err := os.Rename(from, to); err != nil {
		return err
	}
	if err := errors.Join(syncDir(f.in(stageFolder)), syncDir(f.Dir)); err != nil {
		return err
	}
	return f.at("placed " + name)
}

// copyKey puts the master key, where it stays, beside the data that are moved aside:
// they need it too.
func (f Folder) copyKey(aside string) error {
	text, err := os.ReadFile(f.in(keyEntry))
	if errors.Is(err, fs.ErrNotExist) {
		return nil
	}
	if err != nil {
		return err
	}
	err = os.WriteFile(f.in(aside, keyEntry), text, 0o600)
	clear(text)
	return err
}

func (f Folder) at(step string) error {
	if f.step == nil {
		return nil
	}
	return f.step(step)
}
