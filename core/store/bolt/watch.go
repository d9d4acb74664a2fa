package bolt

import (
	"fmt"
	"path/filepath"
	"time"

	"github.com/stormkeep/stormkeep/core/store"
)

const (
	// fresh is how long a commit that failed speaks against the next one.
	fresh = 30 * time.Second
	// hung is how long a commit may last before it is trouble.
	hung = 15 * time.Second
)

// fault is a commit that failed.
type fault struct {
	err  error
	at   time.Time
	ever bool // no later commit can succeed
}

// Commits implements store.Watched.
func (d *DB) Commits() *store.Commits { return d.commits }

// Trouble implements store.Watched: a commit that may or may not have been kept
// and so was the last, one that failed within half a minute and has no successful
// one after it, or one that does not end.
func (d *DB) Trouble() error { return d.trouble(time.Now()) }

func (d *DB) trouble(now time.Time) error {
	if f := d.fault.Load(); f != nil && (f.ever || now.Sub(f.at) < fresh) {
		return f.err
	}
	if since := d.since.Load(); since != 0 && now.Sub(time.Unix(0, since)) > hung {
		return fmt.Errorf("%s: a commit has not ended for more than %s", d.path, hung)
	}
	return nil
}

// Free implements store.Watched.
func (d *DB) Free() (uint64, error) { return free(filepath.Dir(d.path)) }

// Held implements store.Watched.
func (d *DB) Held() time.Duration { return d.views.longest(time.Now()) }

// watch notes how a commit ends. The caller has the turn.
func (d *DB) watch(funcs, bytes int) (ended func(error)) {
	began := time.Now()
	d.since.Store(began.UnixNano())
	return func(err error) {
		now := time.Now()
		d.since.Store(0)
		d.commits.Note(now.Sub(began), funcs, bytes, err)
		switch {
		case d.broken != nil:
			d.fault.Store(&fault{d.broken, now, true})
		case err != nil:
			d.fault.Store(&fault{err, now, false})
		default:
			d.fault.Store(nil)
		}
	}
}
