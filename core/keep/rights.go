package keep

import (
	"errors"
	"io/fs"
	"os"
	"path/filepath"
	"runtime"
)

// guarded are the files of a data folder that are their owner's alone.
var guarded = []string{"", dataEntry, keyEntry, "control.sock", "certificates"}

// Rights tells of files of a data folder that others may read or change, and of those
// that belong to somebody else than who runs this.
func Rights(dir string) (all []Finding) {
	if runtime.GOOS == "windows" {
		return []Finding{{"files", Skip, "Windows keeps rights in lists, which are not looked at", "let nobody but the server's user into " + dir}}
	}
	for _, path := range loose(dir) {
		all = append(all, Finding{"files", Bad, path + " can be read or changed by others", "run doctor --repair, or chmod it"})
	}
	if len(all) == 0 {
		all = []Finding{{"files", Fine, "only their owner can read the data and the key", ""}}
	}
	return append(all, owners(dir, os.Geteuid())...)
}

func loose(dir string) (paths []string) {
	for _, name := range guarded {
		path := filepath.Join(dir, name)
		if info, err := os.Lstat(path); err == nil && info.Mode().Perm()&0o077 != 0 && runtime.GOOS != "windows" {
			paths = append(paths, path)
		}
	}
	return paths
}

// KeyIsOpen tells whether others may read the master key of a folder: it is not used
// as long as they may.
func KeyIsOpen(dir string) bool {
	for _, path := range loose(dir) {
		if path == filepath.Join(dir, keyEntry) {
			return true
		}
	}
	return false
}

// Tighten takes the rights of others from the files of a data folder, and returns what
// it did. A server may live on them.
func Tighten(dir string) (mended []string, err error) {
	for _, path := range loose(dir) {
		info, err := os.Lstat(path)
		if err == nil {
			err = os.Chmod(path, info.Mode().Perm()&0o700)
		}
		if err != nil {
			return mended, err
		}
		mended = append(mended, path+" is its owner's alone")
	}
	return mended, nil
}

// owners tells of what in a data folder does not belong to a user.
func owners(dir string, user int) (all []Finding) {
	var wrong []string
	err := filepath.WalkDir(dir, func(path string, d fs.DirEntry, err error) error {
		if err != nil {
			wrong = append(wrong, err.Error())
			return nil
		}
		info, err := d.Info()
		if errors.Is(err, fs.ErrNotExist) {
			return nil // a snapshot that was just removed
		}
		if err != nil {
			return err
		}
		if owner, known := ownerOf(info); known && owner != user {
			wrong = append(wrong, path+" belongs to "+userName(owner)+", and this is run by "+userName(user))
		}
		return nil
	})
	if err != nil {
		wrong = append(wrong, err.Error())
	}
	all = found(nil, "owner", "all files belong to who runs this", "run this as the user that the files belong to; or stop the server and chown -R the folder", wrong)
	for i := range all {
		if all[i].Level == Bad && user == 0 {
			all[i].Level = Warn // root may do all, and what it makes is then closed to others
		}
	}
	return all
}
