// Package bolt stores everything in one bbolt file. Updates that wait at the same time share one commit; Views share
// read transactions. A backup, or a View that lasts, keeps old pages in the file and may stop writers when the file
// outgrows its mapping, so neither belongs around a slow socket.
package bolt

import (
	"context"
	"errors"
	"fmt"
	"io"
	"os"
	"path/filepath"
	"runtime"
	"runtime/debug"
	"strconv"
	"sync"
	"sync/atomic"
	"time"

	"go.etcd.io/bbolt"
	berrors "go.etcd.io/bbolt/errors"

	"github.com/stormkeep/stormkeep/core/store"
	"github.com/stormkeep/stormkeep/core/store/internal/gate"
)

// Options are the settings of Open; the zero value is right for a server.
type Options struct {
	// LockTimeout is how long Open waits for another process to let go of the file; 0 means half a second.
	LockTimeout time.Duration
	// MmapSize is the address space to reserve, in bytes. It is best above the size that the file will reach, because
	// growing the mapping waits for all Views. 0 means 1 GiB on 64-bit systems, and on Windows, where it would take
	// disk at once, what the file has.
	MmapSize int
}

// ErrNewer says that the file was written by a later program in a form that this one does not know.
var ErrNewer = errors.New("bolt: data of a newer form")

// form is the version of the layout that this package writes. A change that older programs would misread raises it.
const form = 1

var (
	metaBucket      = []byte("meta")
	orderedBucket   = []byte("ordered")
	scatteredBucket = []byte("scattered")
	formKey         = []byte("form")
)

// DB is an open file. It implements store.Store, store.Sizer, store.Backuper and store.Watched.
type DB struct {
	path  string
	bolt  *bbolt.DB
	gate  gate.Gate
	views views
	queue queue

	options Options
	old     sync.WaitGroup // files that were compacted and are still read

	undo   []change                // scratch of the batch that runs, kept for the next one
	broken error                   // set by a commit that failed and may be kept all the same; no more are begun
	commit func(t *bbolt.Tx) error // bbolt's, save in tests of a failing disk

	commits *store.Commits
	fault   atomic.Pointer[fault] // of the last commit, nil if it was kept
	since   atomic.Int64          // when the commit that runs began, in Unix nanoseconds; 0 when none does
}

// Open opens the file at path and makes it, readable by its owner only, if it is not there. The errors are
// store.ErrLocked, store.ErrDamaged, store.ErrFull, ErrNewer, or the file system's.
func Open(path string, o Options) (*DB, error) {
	_, err := os.Stat(path)
	isNew := errors.Is(err, os.ErrNotExist)
	b, err := open(path, o)
	if err == nil {
		err = prepare(b, path)
		if err != nil {
			b.Close()
		}
	}
	switch {
	case errors.Is(err, berrors.ErrTimeout):
		return nil, fmt.Errorf("open %s: %w: is a server running on it?", path, store.ErrLocked)
	case errors.Is(err, berrors.ErrInvalid), errors.Is(err, berrors.ErrVersionMismatch), errors.Is(err, berrors.ErrChecksum):
		return nil, fmt.Errorf("open %s: %w: %w", path, store.ErrDamaged, err)
	case err != nil:
		return nil, fmt.Errorf("open %s: %w", path, store.AsFull(err))
	}
	if isNew {
		syncDir(filepath.Dir(path))
	}
	d := &DB{path: path, bolt: b, views: views{bolt: b, open: new(sync.WaitGroup)}, options: o, commits: store.NewCommits()}
	d.commit = (*bbolt.Tx).Commit
	os.Remove(path + compacting) // of a compaction that died
	return d, nil
}

// open opens the file with bbolt, which panics on some damage and reads past the end of a file that was cut off.
func open(path string, o Options) (b *bbolt.DB, err error) {
	if o.LockTimeout == 0 {
		o.LockTimeout = 500 * time.Millisecond
	}
	if o.MmapSize == 0 && strconv.IntSize == 64 && runtime.GOOS != "windows" {
		o.MmapSize = 1 << 30
	}
	var file *os.File
	defer debug.SetPanicOnFault(debug.SetPanicOnFault(true))
	defer func() {
		if r := recover(); r != nil {
			unlock(file) // bbolt lost it in the panic; its mapping would keep the lock after Close
			file.Close()
			b, err = nil, fmt.Errorf("%w: %v", store.ErrDamaged, r)
		}
	}()
	return bbolt.Open(path, 0o600, &bbolt.Options{
		Timeout:         o.LockTimeout,
		FreelistType:    bbolt.FreelistMapType,
		InitialMmapSize: o.MmapSize,
		NoStatistics:    true,
		OpenFile: func(name string, flag int, mode os.FileMode) (f *os.File, err error) {
			file, err = os.OpenFile(name, flag, mode)
			return file, err
		},
	})
}

// prepare makes the buckets of a new file and refuses a file that is cut off, foreign, or of a newer form.
func prepare(b *bbolt.DB, path string) (err error) {
	defer debug.SetPanicOnFault(debug.SetPanicOnFault(true))
	defer damaged(path, &err)
	empty := false
	err = b.View(func(t *bbolt.Tx) error {
		if info, err := os.Stat(path); err != nil || info.Size() < t.Size() {
			return errors.Join(err, fmt.Errorf("%w: cut off before its %d bytes", store.ErrDamaged, t.Size()))
		}
		if name, _ := t.Cursor().First(); name == nil {
			empty = true
			return nil
		}
		meta := t.Bucket(metaBucket)
		if meta == nil || t.Bucket(orderedBucket) == nil || t.Bucket(scatteredBucket) == nil {
			return fmt.Errorf("%w: not a store of this program", store.ErrDamaged)
		}
		n, err := strconv.Atoi(string(meta.Get(formKey)))
		if err != nil || n < 1 {
			return fmt.Errorf("%w: form %q", store.ErrDamaged, meta.Get(formKey))
		}
		if n > form {
			return fmt.Errorf("%w: %d, this program knows %d: start it with a newer program", ErrNewer, n, form)
		}
		return nil
	})
	if err != nil || !empty {
		return err
	}
	return b.Update(func(t *bbolt.Tx) error {
		for _, name := range [][]byte{orderedBucket, scatteredBucket, metaBucket} {
			if _, err := t.CreateBucket(name); err != nil {
				return err
			}
		}
		return t.Bucket(metaBucket).Put(formKey, []byte(strconv.Itoa(form)))
	})
}

// syncDir makes a new file's name durable. Systems that cannot sync a directory need not.
func syncDir(dir string) {
	if f, err := os.Open(dir); err == nil {
		f.Sync()
		f.Close()
	}
}

// View implements store.Store.
func (d *DB) View(ctx context.Context, fn func(store.Tx) error) error {
	if err := ctx.Err(); err != nil {
		return err
	}
	if err := d.gate.Enter(); err != nil {
		return err
	}
	defer d.gate.Leave()
	s, err := d.views.acquire()
	if err != nil {
		return err
	}
	t := &tx{base: s.base, path: d.path}
	defer func() {
		t.over = true
		d.views.release(s)
	}()
	return fn(t)
}

// Close implements store.Store.
func (d *DB) Close() error {
	if !d.gate.Close() {
		return nil
	}
	d.views.close()
	d.old.Wait()
	return d.bolt.Close()
}

// Size implements store.Sizer. It is 0 once the store is closed.
func (d *DB) Size() (n int64) {
	d.read(func(t *bbolt.Tx) error { n = t.Size(); return nil })
	return n
}

// WriteTo implements store.Backuper: what it writes can be opened as a file.
func (d *DB) WriteTo(w io.Writer) (n int64, err error) {
	err = d.read(func(t *bbolt.Tx) error { n, err = t.WriteTo(w); return err })
	return n, err
}

func (d *DB) read(fn func(*bbolt.Tx) error) error {
	if err := d.gate.Enter(); err != nil {
		return err
	}
	defer d.gate.Leave()
	s, err := d.views.acquire()
	if err != nil {
		return err
	}
	defer d.views.release(s)
	return fn(s.tx)
}
