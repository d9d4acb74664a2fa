package keep

import (
	"context"
	"crypto/sha256"
	"encoding/hex"
	"errors"
	"hash"
	"io"
	"os"
	"path/filepath"
	"strings"

	"github.com/stormkeep/stormkeep/core"
)

// Passing begins the names of the folders, inside the data folder, in which something lies
// for a while: Tidy removes them.
const Passing = ".backup-"

const tempPrefix = Passing

// Copy is a snapshot of the data that waits in a folder of its own to be written
// out.
type Copy struct {
	Manifest Manifest
	keys     string
	folder   string
}

// Take copies all data, as they are at one moment, into a hidden folder in dir. The
// copy is removed by Close, or by Tidy after a death.
func Take(ctx context.Context, app *core.App, dir string, withKey bool) (c *Copy, err error) {
	c = &Copy{Manifest: Manifest{Version: formatVersion, Form: core.Form(), WithKey: withKey,
		CreatedAt: app.Now().UTC(), KeyID: app.MasterID()}}
	if c.folder, err = os.MkdirTemp(dir, tempPrefix); err != nil {
		return nil, err
	}
	folder := c.folder
	defer func() {
		if err != nil {
			os.RemoveAll(folder)
		}
	}()
	f, err := os.OpenFile(c.path(), os.O_WRONLY|os.O_CREATE|os.O_EXCL, 0o600)
	if err != nil {
		return nil, err
	}
	w := &paced{f: f, sum: sha256.New()}
	c.keys, err = app.Snapshot(ctx, &counted{ctx: ctx, of: Copying, size: app.Size(), w: w}, withKey)
	if err := errors.Join(err, f.Close()); err != nil {
		return nil, err
	}
	all, err := app.Tenants(ctx)
	if err != nil {
		return nil, err
	}
	c.Manifest.Tenants, c.Manifest.Size, c.Manifest.SHA256 = len(all), w.n, hex.EncodeToString(w.sum.Sum(nil))
	return c, nil
}

func (c *Copy) path() string { return filepath.Join(c.folder, dataEntry) }

// WriteTo writes the backup, encrypted.
func (c *Copy) WriteTo(w io.Writer, l Lock) error { return c.write(context.Background(), w, l) }

func (c *Copy) write(ctx context.Context, w io.Writer, l Lock) error {
	to, err := l.AgeRecipients()
	if err != nil {
		return err
	}
	f, err := os.Open(c.path())
	if err != nil {
		return err
	}
	defer f.Close()
	return seal(w, to, c.Manifest, c.keys, Counted(ctx, Encrypting, c.Manifest.Size, f))
}

// Close removes the copy.
func (c *Copy) Close() error { return os.RemoveAll(c.folder) }

// Name is what the backup is called: "stormkeep-20261122T051559.123Z.age".
func (c *Copy) Name() string { return nameOf(c.Manifest.CreatedAt) }

// Tidy removes what a dead process left of backups in the data folder, and of a
// restore that never got ready. Whoever calls it holds the data.
func Tidy(dir string) error {
	f := Folder{Dir: dir}
	if s, err := f.Waiting(); err == nil && s == nil {
		if err := f.Discard(); err != nil {
			return err
		}
	}
	all, err := os.ReadDir(dir)
	if err != nil {
		return err
	}
	for _, e := range all {
		if strings.HasPrefix(e.Name(), tempPrefix) && e.IsDir() {
			err = errors.Join(err, os.RemoveAll(filepath.Join(dir, e.Name())))
		}
	}
	return err
}

// paced writes a file a little at a time to the disk: a commit of the server would
// otherwise wait, in its own sync, for gigabytes that are not its own.
type paced struct {
	f        *os.File
	sum      hash.Hash
	n, dirty int64
}

const maxDirty = 4 << 20

// Write writes, and waits for the disk now and then.
func (p *paced) Write(b []byte) (n int, err error) {
	for len(b) > 0 && err == nil {
		part := b[:min(len(b), maxDirty)]
		var m int
		m, err = p.f.Write(part)
		p.sum.Write(part[:m])
		n, b = n+m, b[m:]
		p.n += int64(m)
		if p.dirty += int64(m); p.dirty >= maxDirty && err == nil {
			p.dirty, err = 0, p.f.Sync()
		}
	}
	return n, err
}
