package bolt

import (
	"bytes"
	"context"
	"errors"
	"fmt"
	"os"
	"path/filepath"
	"runtime"

	"go.etcd.io/bbolt"

	"github.com/stormkeep/stormkeep/core/store"
)

// compacting is the file that becomes the new one, beside the old. One that a dead process left is written over.
const compacting = ".compacting"

// compactTx is how many bytes go into one transaction of the new file.
const compactTx = 16 << 20

// CheckPages implements store.Checker: bbolt's own check of every page, key order and the freelist.
func (d *DB) CheckPages(max int) (wrong []string, err error) {
	err = d.read(func(t *bbolt.Tx) error {
		wrong = checkPages(t, max)
		return nil
	})
	return wrong, err
}

func checkPages(t *bbolt.Tx, max int) (wrong []string) {
	for err := range t.Check() { // to its end: it has a goroutine
		if len(wrong) < max {
			wrong = append(wrong, err.Error())
		}
	}
	return wrong
}

// Compact implements store.Compacter. It holds the turn of writers from the first page that it reads until the new
// file is in place, so nothing can be written to the old one that the new one lacks; Views that run keep the old file
// until they end. Windows renames no open file: there it is refused.
func (d *DB) Compact() (before, after int64, err error) {
	if runtime.GOOS == "windows" {
		return 0, 0, fmt.Errorf("compact %s: %w on this system", d.path, errors.ErrUnsupported)
	}
	if err := d.gate.Enter(); err != nil {
		return 0, 0, err
	}
	defer d.gate.Leave()
	b, err := d.await(context.Background())
	if err != nil {
		return 0, 0, err
	}
	if b != nil { // what waits in the batch is kept first
		b.err = d.finish(b)
		close(b.done)
	}
	defer d.pass(nil)
	if d.broken != nil {
		return 0, 0, d.broken
	}
	next := d.path + compacting
	if err := os.Remove(next); err != nil && !os.IsNotExist(err) {
		return 0, 0, err
	}
	to, err := open(next, d.options)
	if err != nil {
		return 0, 0, fmt.Errorf("compact %s: %w", d.path, store.AsFull(err))
	}
	if before, after, err = d.rewrite(to); err == nil {
		err = os.Rename(next, d.path)
	}
	if err != nil {
		to.Close()
		os.Remove(next)
		return 0, 0, fmt.Errorf("compact %s: %w", d.path, store.AsFull(err))
	}
	syncDir(filepath.Dir(d.path))
	old := d.bolt
	readers, err := d.views.turn(to)
	d.bolt = to
	d.old.Go(func() {
		readers.Wait() // bbolt's Close waits for them as well, but with locks that their ends want
		old.Close()
	})
	return before, after, err
}

// rewrite copies everything, and holds what it wrote against what it read.
func (d *DB) rewrite(to *bbolt.DB) (before, after int64, err error) {
	defer damaged(d.path, &err)
	to.NoSync = true
	if err := bbolt.Compact(to, d.bolt, compactTx); err != nil {
		return 0, 0, err
	}
	to.NoSync = false
	if err := to.Sync(); err != nil {
		return 0, 0, err
	}
	err = d.bolt.View(func(was *bbolt.Tx) error {
		before = was.Size()
		return to.View(func(is *bbolt.Tx) error {
			after = is.Size()
			if wrong := checkPages(is, 1); len(wrong) > 0 {
				return fmt.Errorf("%w: %s", store.ErrDamaged, wrong[0])
			}
			for _, name := range [][]byte{metaBucket, orderedBucket, scatteredBucket} {
				if err := same(was.Bucket(name), is.Bucket(name)); err != nil {
					return fmt.Errorf("bucket %s: %w", name, err)
				}
			}
			return nil
		})
	})
	return before, after, err
}

// same tells whether two buckets hold the same.
func same(a, b *bbolt.Bucket) error {
	if a == nil || b == nil {
		return fmt.Errorf("%w: it is missing", store.ErrDamaged)
	}
	c, e := a.Cursor(), b.Cursor()
	k, v := c.First()
	l, w := e.First()
	for ; k != nil || l != nil; k, v, l, w = next(c, e) {
		if !bytes.Equal(k, l) || !bytes.Equal(v, w) {
			return fmt.Errorf("%w: the copy differs at %q", store.ErrDamaged, k)
		}
	}
	return nil
}

func next(c, e *bbolt.Cursor) (k, v, l, w []byte) {
	k, v = c.Next()
	l, w = e.Next()
	return k, v, l, w
}
