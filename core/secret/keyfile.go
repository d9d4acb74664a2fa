package secret

import (
	"fmt"
	"io"
	"io/fs"
	"os"
	"path/filepath"
	"runtime"
)

// keyFileLimit is far above any ring of keys, and keeps a wrong path from
// filling the memory.
const keyFileLimit = 64 << 10

// CreateFile makes a random master key and writes it to a new file that only
// its owner may read. A file that exists is left alone (fs.ErrExist). When it
// returns without error, file and directory entry are on disk: what is wrapped
// under a key must not outlive it.
func CreateFile(path string) (*Keyring, error) {
	ring := &Keyring{Current: NewMaster()}
	if err := writeNew(path, ring.Encode()); err != nil {
		return nil, fmt.Errorf("create the master key file: %w", err)
	}
	return ring, nil
}

// ReplaceFile puts a ring in the place of the file at once, for rotation. It
// leaves either the old file or the new one, whatever happens meanwhile.
func ReplaceFile(path string, ring *Keyring) error {
	next := path + ".new"
	if err := os.Remove(next); err != nil && !os.IsNotExist(err) {
		return fmt.Errorf("replace the master key file: %w", err)
	}
	if err := writeNew(next, ring.Encode()); err != nil {
		return fmt.Errorf("replace the master key file: %w", err)
	}
	if err := os.Rename(next, path); err != nil {
		return fmt.Errorf("replace the master key file: %w", err)
	}
	return syncDir(filepath.Dir(path))
}

// LoadFile reads the key file. One that does not exist is fs.ErrNotExist; one
// that others than its owner may read is refused on systems that have such
// permissions. Errors never hold what the file holds.
func LoadFile(path string) (*Keyring, error) {
	f, err := os.Open(path)
	if err != nil {
		return nil, fmt.Errorf("open the master key file: %w", err)
	}
	defer f.Close()
	info, err := f.Stat()
	if err != nil {
		return nil, fmt.Errorf("open the master key file: %w", err)
	}
	if mode := info.Mode().Perm(); mode&0o077 != 0 && hasPermissions() {
		return nil, fmt.Errorf("the master key file %s has mode %04o, so others can read or change it: %w (hint: chmod 600 %s)",
			path, mode, fs.ErrPermission, path)
	}
	text, err := io.ReadAll(io.LimitReader(f, keyFileLimit+1))
	if err != nil {
		return nil, fmt.Errorf("read the master key file: %w", err)
	}
	defer clear(text)
	if len(text) > keyFileLimit {
		return nil, fmt.Errorf("the master key file %s: %w: it is over %d bytes", path, ErrMalformed, keyFileLimit)
	}
	ring, err := ParseKeyring(string(text))
	if err != nil {
		return nil, fmt.Errorf("the master key file %s: %w", path, err)
	}
	return ring, nil
}

func writeNew(path, text string) error {
	f, err := os.OpenFile(path, os.O_WRONLY|os.O_CREATE|os.O_EXCL, 0o600)
	if err != nil {
		return err
	}
	_, err = f.WriteString(text)
	if err == nil {
		err = f.Sync()
	}
	if closing := f.Close(); err == nil {
		err = closing
	}
	if err == nil {
		err = syncDir(filepath.Dir(path))
	}
	if err != nil {
		os.Remove(path)
	}
	return err
}

// syncDir makes a new name survive a power cut. Windows cannot sync a
// directory, and needs it less: NTFS journals its names.
func syncDir(dir string) error {
	if !hasPermissions() {
		return nil
	}
	d, err := os.Open(dir)
	if err != nil {
		return err
	}
	defer d.Close()
	return d.Sync()
}

func hasPermissions() bool { return runtime.GOOS != "windows" }
