package keep

import (
	"context"
	"crypto/sha256"
	"encoding/hex"
	"errors"
	"fmt"
	"io"
	"os"
	"path/filepath"
	"sync"
	"time"

	"github.com/stormkeep/stormkeep/core"
)

// Keeper makes the backups of one app, on demand and by a schedule, one at a time.
type Keeper struct {
	App    *core.App
	Folder Folder

	Schedule  Schedule // zero is none
	Place     Place    // where they go that are kept; nil for nowhere
	Lock      Lock     // for whom the scheduled ones are encrypted
	Retention Retention

	busy sync.Mutex
	nap  func(context.Context, time.Duration) // tests wait otherwise

	spare    uint64        // 0 is spareCopies
	patience time.Duration // 0 is longView
}

// ErrBusy says that a backup is being made already.
var ErrBusy = &core.Error{Kind: core.Conflict, Code: "busy", Msg: "A backup is being made already.",
	Dev: "wait until it is done, and run the command again", RetryAfter: time.Minute}

// Take is the function Take for the keeper's app. The copy must be closed, and until
// it is there is no other.
func (k *Keeper) Take(ctx context.Context, withKey bool) (*Copy, func(), error) {
	if !k.busy.TryLock() {
		return nil, nil, ErrBusy
	}
	c, err := Take(ctx, k.App, k.Folder.Dir, withKey)
	if err != nil {
		k.busy.Unlock()
		return nil, nil, err
	}
	var once sync.Once
	return c, func() {
		once.Do(func() {
			if err := c.Close(); err != nil {
				k.App.Log.Error("a snapshot stays in the data folder until the next start", "err", err)
			}
			k.busy.Unlock()
		})
	}, nil
}

// Run makes the scheduled backups until ctx ends. A failure is logged, kept in the
// state of backups, and tried again, after a minute at first and an hour at last.
func (k *Keeper) Run(ctx context.Context) {
	if k.Schedule.IsZero() {
		return
	}
	nap := k.nap
	if nap == nil {
		nap = k.App.Rest
	}
	for ctx.Err() == nil {
		state, err := k.App.BackupState(ctx)
		if err != nil {
			if ctx.Err() == nil {
				k.App.Log.Error("the state of backups cannot be read", "err", err)
			}
			nap(ctx, time.Minute)
			continue
		}
		now := k.App.Now()
		if due := k.Next(state); due.After(now) {
			nap(ctx, min(due.Sub(now), time.Hour)) // the clock may be set meanwhile
			continue
		}
		if err := k.Once(ctx); errors.Is(err, ErrBusy) {
			nap(ctx, time.Minute)
		}
	}
}

// Next is when the next scheduled backup is due, zero for at once.
func (k *Keeper) Next(s core.BackupState) time.Time { return k.Schedule.next(s) }

// Once makes one backup in the keeper's place, verifies it there, and removes those
// that the retention gives up. Its outcome is in the state of backups.
func (k *Keeper) Once(ctx context.Context) error {
	tried := core.At(k.App.Now())
	name, size, at, err := k.put(ctx, k.Lock, true)
	if errors.Is(err, ErrBusy) || ctx.Err() != nil {
		return err
	}
	noted := k.App.NoteBackup(ctx, func(s *core.BackupState) {
		s.Tried = tried
		if err != nil {
			if s.Failures == 0 {
				s.FailedSince = tried
			}
			s.Failed, s.Failures, s.FailedAt = err.Error(), s.Failures+1, tried
			return
		}
		s.Failed, s.Failures = "", 0
		s.Last, s.Scheduled, s.Place, s.Name, s.Size = at, tried, k.Place.String(), name, size
	})
	if err != nil {
		k.App.Log.Error("the scheduled backup failed; it is tried again", "place", k.Place.String(), "err", err)
		return errors.Join(err, noted)
	}
	k.App.Log.Info("backup kept", "place", k.Place.String(), "name", name, "bytes", size)
	if err := k.thin(ctx, name); err != nil {
		k.App.Log.Error("old backups cannot be removed", "place", k.Place.String(), "err", err)
	}
	return noted
}

// Keep makes one backup in the keeper's place that nobody scheduled, encrypted for l, and
// verifies it there. It is the last one then.
func (k *Keeper) Keep(ctx context.Context, l Lock, withKey bool) (name string, size int64, err error) {
	if k.Place == nil {
		return "", 0, core.Errorf(core.NotAllowed, "not_allowed", "No place for backups is set.")
	}
	name, size, at, err := k.put(ctx, l, withKey)
	if err != nil {
		return "", 0, err
	}
	return name, size, k.App.NoteBackup(ctx, func(s *core.BackupState) { s.Last, s.Place, s.Name, s.Size = at, k.Place.String(), name, size })
}

// put makes one backup and puts it in the keeper's place.
func (k *Keeper) put(ctx context.Context, l Lock, withKey bool) (name string, size int64, at core.Time, err error) {
	c, done, err := k.Take(ctx, withKey)
	if err != nil {
		return "", 0, at, err
	}
	defer done()
	s, err := c.Sealed(ctx, l)
	if err != nil {
		return "", 0, at, err
	}
	err = Deliver(ctx, k.Place, c.Name(), s, Key{Passphrase: l.Passphrase}, k.Folder)
	return c.Name(), s.Size, core.At(c.Manifest.CreatedAt), err
}

// thin removes the backups that the retention gives up. The one just made stays,
// whatever it says.
func (k *Keeper) thin(ctx context.Context, made string) error {
	names, err := k.Place.Names(ctx)
	if err != nil {
		return err
	}
	for _, name := range k.Retention.givesUp(names, k.App.Now()) {
		if name != made {
			err = errors.Join(err, k.Place.Remove(ctx, name))
		}
	}
	return err
}

// Sealed is an encrypted backup in a file for a while.
type Sealed struct {
	Path string
	Size int64
	SHA  string // SHA-256, in hexadecimal digits
}

// Sealed encrypts the copy into a file beside it, which goes with it.
func (c *Copy) Sealed(ctx context.Context, l Lock) (s Sealed, err error) {
	return Spool(filepath.Join(c.folder, "sealed.age"), func(w io.Writer) error { return c.write(ctx, w, l) })
}

// Spool has write fill a new file.
func Spool(path string, write func(io.Writer) error) (s Sealed, err error) {
	f, err := os.OpenFile(path, os.O_WRONLY|os.O_CREATE|os.O_EXCL, 0o600)
	if err != nil {
		return s, err
	}
	w := &paced{f: f, sum: sha256.New()}
	if err := errors.Join(write(w), f.Close()); err != nil {
		return s, err
	}
	return Sealed{Path: path, Size: w.n, SHA: hex.EncodeToString(w.sum.Sum(nil))}, nil
}

// Deliver puts an encrypted backup in its place and reads it back: it is the same,
// and where key opens it, it is whole inside. One that is not is removed again.
func Deliver(ctx context.Context, p Place, name string, s Sealed, key Key, f Folder) error {
	file, err := os.Open(s.Path)
	if err != nil {
		return err
	}
	defer file.Close()
	if err := p.Put(ctx, name, Counted(ctx, Storing, s.Size, file), s.Size); err != nil {
		return err
	}
	if err := s.readBack(ctx, p, name, key, f); err != nil {
		return errors.Join(fmt.Errorf("%s in %s is not what was written: %w", name, p, err), p.Remove(context.WithoutCancel(ctx), name))
	}
	return nil
}

func (s Sealed) readBack(ctx context.Context, p Place, name string, key Key, f Folder) error {
	sum, size, err := Sum(ctx, p, name)
	if err != nil {
		return err
	}
	if sum != s.SHA || size != s.Size {
		return fmt.Errorf("it has %d bytes of checksum %s, and %d of %s were written", size, sum, s.Size, s.SHA)
	}
	if key.IsZero() {
		return nil
	}
	r, err := p.Open(ctx, name)
	if err != nil {
		return err
	}
	defer r.Close()
	_, err = Verify(ctx, Counted(ctx, Reading, s.Size, r), key, f.Dir, f.Engine)
	return err
}
