package cli

import (
	"context"
	"errors"
	"fmt"
	"io/fs"
	"os"
	"path/filepath"
	"strings"

	"github.com/stormkeep/stormkeep/apis"
	"github.com/stormkeep/stormkeep/core"
	"github.com/stormkeep/stormkeep/core/egress"
	"github.com/stormkeep/stormkeep/core/keep"
	"github.com/stormkeep/stormkeep/core/secret"
	"github.com/stormkeep/stormkeep/core/store"
	"github.com/stormkeep/stormkeep/core/store/bolt"
)

// What lies in the data folder.
const (
	dataFile = "stormkeep.db"
	keyFile  = "master.key"
)

// engine is a database that a data folder can hold.
type engine struct {
	name string
	file string
	open func(path string) (store.Store, error)
}

// engines are the databases this program knows. A folder is opened with the one
// whose file it holds, a new folder with the first.
var engines = []engine{
	{"bbolt", dataFile, func(path string) (store.Store, error) { return bolt.Open(path, bolt.Options{}) }},
}

// engineOf is the engine of a folder, and whether the folder holds its file.
func engineOf(dir string) (engine, bool) {
	for _, e := range engines {
		if _, err := os.Lstat(filepath.Join(dir, e.file)); err == nil {
			return e, true
		}
	}
	return engines[0], false
}

// instance is an app on its data folder with everything bound to it, unlocked
// and not yet started.
type instance struct {
	*core.App
	server *apis.Server
	keeper *keep.Keeper
	bucket keep.Bucket
	isNew  bool // nothing had been started on the data

	settled *settled
}

// open opens the data folder, making what is not there, and builds the app.
func (p *Program) open(ctx context.Context, c config, publicURL string) (in *instance, err error) {
	ring, err := ringOf(c)
	if err != nil {
		return nil, err
	}
	if err := p.finishRestore(c); err != nil {
		return nil, explain(err, c.Data)
	}
	s, err := openStore(c.Data)
	if err != nil {
		return nil, explain(err, c.Data)
	}
	defer func() {
		if err != nil {
			err = explain(err, c.Data)
			s.Close()
		}
	}()
	if err := keep.Tidy(c.Data); err != nil {
		return nil, err
	}
	locked, err := core.Locked(ctx, s)
	if err != nil {
		return nil, err
	}
	if ring == nil {
		if ring, err = loadKey(c.Data, locked); err != nil {
			return nil, err
		}
	}
	in = &instance{App: core.New(s), isNew: !locked, bucket: c.bucket()}
	in.Log, in.Keep = newLog(p.Stderr, p.Env, c.level()), forever
	kept, err := core.KeptSettings(ctx, s)
	c = in.takeKept(c, kept, err)
	if in.Egress.Allow, err = egress.ParseNetworks(listed(c.EgressAllow)); err != nil {
		return nil, err
	}
	if in.keeper, err = p.keeper(in.App, c); err != nil {
		return nil, err
	}
	o := c.options(publicURL)
	in.settled = newSettled(in, c)
	o.Keeper, o.Bucket, o.Settings, o.Engine = in.keeper, in.bucket, in.settled, engines[0].name
	if !c.HasMaster {
		o.SaveMaster = func(ring *secret.Keyring) error { return secret.ReplaceFile(filepath.Join(c.Data, keyFile), ring) }
	}
	if o.Mailing, err = c.mailer(in.App, publicURL); err != nil {
		return nil, err
	}
	if err := p.build(in, o); err != nil {
		return nil, err
	}
	return in, in.Unlock(ctx, ring)
}

// build binds plugins, then the setup functions, which may so change what
// plugins do.
func (p *Program) build(in *instance, o apis.Options) (err error) {
	if in.server, err = apis.New(in.App, o); err != nil {
		return err
	}
	seen := map[string]bool{}
	for _, plugin := range p.Plugins {
		if seen[plugin.Name()] {
			return fmt.Errorf("two plugins are called %s", plugin.Name())
		}
		seen[plugin.Name()] = true
		if err := plugin.Register(in.server); err != nil {
			return fmt.Errorf("plugin %s: %w", plugin.Name(), err)
		}
	}
	for _, setup := range p.Setup {
		if err := setup(in.App); err != nil {
			return fmt.Errorf("setup: %w", err)
		}
	}
	return nil
}

// openStore opens the folder's database, and makes both if they are not there.
func openStore(dir string) (store.Store, error) {
	if err := makeFolder(dir); err != nil {
		return nil, err
	}
	e, _ := engineOf(dir)
	path := filepath.Join(dir, e.file)
	info, err := os.Stat(path)
	_, keyErr := os.Stat(filepath.Join(dir, keyFile))
	if err == nil && info.Size() == 0 && keyErr == nil {
		// A key is made only once there is a file that is not empty.
		return nil, fmt.Errorf("%w: it is empty, and its master key is there", store.ErrDamaged)
	}
	return e.open(path)
}

func makeFolder(dir string) error {
	if info, err := os.Stat(dir); err == nil {
		if !info.IsDir() {
			return &problem{fmt.Errorf("%s is a file", dir), "name a folder with --data", failed}
		}
		return nil
	}
	if err := os.MkdirAll(dir, 0o700); err != nil {
		return err
	}
	if parent, err := os.Open(filepath.Dir(dir)); err == nil { // the name must outlive a power cut
		parent.Sync()
		parent.Close()
	}
	return nil
}

// ringOf is the master keys that the environment holds, nil if it holds none.
func ringOf(c config) (*secret.Keyring, error) {
	if !c.HasMaster {
		return nil, nil
	}
	ring, err := secret.ParseKeyring(c.Master)
	if err != nil {
		return nil, wrongUse("set it to the text of a master.key, or unset it to use the file of the data folder",
			"%s: %w", masterVariable, err)
	}
	return ring, nil
}

// loadKey reads the folder's master key. One is made only where no data is that
// another key could have sealed.
func loadKey(dir string, locked bool) (*secret.Keyring, error) {
	path := filepath.Join(dir, keyFile)
	ring, err := secret.LoadFile(path)
	switch {
	case errors.Is(err, fs.ErrNotExist) && locked:
		return nil, &problem{fmt.Errorf("%s holds data, and its master key %s is missing", dir, path),
			"put the master key of this data back, or into " + masterVariable + "; without it nobody can read the secrets, and no new one is made", failed}
	case errors.Is(err, fs.ErrNotExist):
		return secret.CreateFile(path)
	case errors.Is(err, fs.ErrPermission):
		text, _, _ := strings.Cut(err.Error(), " (hint:")
		return nil, &problem{errors.New(text), "the user that runs this must own it, and nobody else may read it: chmod 600 " + quote(path), failed}
	case err != nil:
		return nil, &problem{err, "it holds the one line that was made with the data, readable by its owner only; take it from a backup", failed}
	}
	return ring, nil
}

// explain says in words of the command line what keeps a data folder from being
// opened, and what to do.
func explain(err error, dir string) error {
	if _, ok := errors.AsType[*problem](err); ok || err == nil {
		return err
	}
	path := filepath.Join(dir, dataFile)
	switch {
	case errors.Is(err, store.ErrLocked):
		return &problem{inWords{dir + " is in use by another process", err},
			"stop the server that runs on it first, or name another folder with --data", failed}
	case errors.Is(err, store.ErrDamaged):
		return &problem{fmt.Errorf("%s is damaged: %s", path, cause(err, store.ErrDamaged)),
			"put a backup of the data folder in its place; keep the file until that has worked", failed}
	case errors.Is(err, bolt.ErrNewer):
		return &problem{err, "this data was written by a newer program; use that one", failed}
	case errors.Is(err, store.ErrFull):
		return &problem{err, "make room on the disk of " + dir, failed}
	case errors.Is(err, core.ErrNoMaster):
		return &problem{fmt.Errorf("the master key does not fit the data in %s: %s", dir, cause(err, core.ErrNoMaster)),
			"give the key that was made with this data, as " + filepath.Join(dir, keyFile) + " or in " + masterVariable + "; the data is unchanged", failed}
	case errors.Is(err, fs.ErrPermission):
		return &problem{err, "the user that runs this must own the data folder " + dir, failed}
	}
	if _, ok := errors.AsType[*fs.PathError](err); ok {
		return &problem{err, "name a folder that can be written with --data", failed}
	}
	return err
}

// inWords is an error in other words.
type inWords struct {
	text  string
	cause error
}

func (e inWords) Error() string { return e.text }
func (e inWords) Unwrap() error { return e.cause }

// cause is the last part of an error's text, after what is said in other words.
func cause(err, known error) string {
	text := err.Error()
	if i := strings.LastIndex(text, known.Error()); i >= 0 {
		text = text[i+len(known.Error()):]
	}
	return strings.TrimLeft(text, ": \n")
}
