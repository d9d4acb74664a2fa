package apis

import (
	"context"
	"errors"
	"sync"
	"time"

	"github.com/stormkeep/stormkeep/core"
	"github.com/stormkeep/stormkeep/core/keep"
)

// backupWork is something long that is done with backups while others look on: it goes on
// when who asked for it leaves.
type backupWork struct {
	Kind    string       `json:"kind"`  // "make", "verify" or "stage"
	Of      string       `json:"of"`    // the backup
	State   string       `json:"state"` // "running", "done", "failed" or "cancelled"
	Phase   string       `json:"phase"` // see core/keep.Phase
	Done    int64        `json:"done"`  // bytes of the phase
	Size    int64        `json:"size"`  // of how many; 0 where nobody knows
	BeganAt core.Time    `json:"beganAt"`
	EndedAt core.Time    `json:"endedAt"`
	Error   string       `json:"error"`
	Reason  string       `json:"reason"` // what was wrong: "wrong_key", "not_whole", "key_missing", "busy", "" for anything else
	Found   *foundBackup `json:"found"`  // what the backup is, once that is known
}

// foundBackup is what is in a backup.
type foundBackup struct {
	CreatedAt core.Time      `json:"createdAt"`
	Form      int            `json:"form"` // of the data; the server reads none later than its own
	Size      int64          `json:"size"` // of the data, in bytes
	WithKey   bool           `json:"withMasterKey"`
	KeyID     string         `json:"masterKeyId"`
	Holds     map[string]int `json:"holds"` // records by noun
}

func foundIn(m keep.Manifest, holds map[string]int) *foundBackup {
	return &foundBackup{core.At(m.CreatedAt), m.Form, m.Size, m.WithKey, m.KeyID, holds}
}

type shownWork struct {
	Work *backupWork `json:"work"` // the last one, while it is remembered
}

// works are the one that is being done, or was last.
type works struct {
	mu     sync.Mutex
	last   *backupWork
	cancel context.CancelFunc
	over   bool
	all    sync.WaitGroup
}

// begin has do done from here on, apart from the request; there is one at a time.
func (w *works) begin(app *core.App, kind, of string, do func(context.Context, *backupWork) error) (backupWork, error) {
	w.mu.Lock()
	defer w.mu.Unlock()
	if w.over || w.last != nil && w.last.State == "running" {
		return backupWork{}, &core.Error{Kind: core.Conflict, Code: "busy", Msg: "Something is being done with backups already.", Dev: "wait until it is done, or cancel it", RetryAfter: 10 * time.Second}
	}
	now := &backupWork{Kind: kind, Of: of, State: "running", BeganAt: core.At(app.Now())}
	ctx, cancel := context.WithCancel(context.Background())
	w.last, w.cancel = now, cancel
	ctx = keep.WithProgress(ctx, func(of keep.Phase, done, size int64) {
		w.mu.Lock()
		defer w.mu.Unlock()
		now.Phase, now.Done, now.Size = string(of), done, size
	})
	w.all.Go(func() {
		defer cancel()
		var made backupWork
		err := do(ctx, &made)
		w.mu.Lock()
		defer w.mu.Unlock()
		now.State, now.EndedAt, now.Found = "done", core.At(app.Now()), made.Found
		if made.Of != "" {
			now.Of = made.Of
		}
		switch {
		case err == nil:
		case ctx.Err() != nil:
			now.State = "cancelled"
		default:
			now.State, now.Error, now.Reason = "failed", saidOf(err), reasonFor(err)
			app.Log.Warn("work with backups failed", "work", kind, "err", err)
		}
	})
	return *now, nil
}

// saidOf is an error as people read it.
func saidOf(err error) string {
	if e, ok := errors.AsType[*core.Error](err); ok {
		return e.Msg
	}
	return err.Error()
}

func reasonFor(err error) string {
	if _, ok := errors.AsType[*keep.KeyMissingError](err); ok {
		return "key_missing"
	}
	switch {
	case errors.Is(err, keep.ErrCannotOpen):
		return "wrong_key"
	case errors.Is(err, keep.ErrNotWhole):
		return "not_whole"
	case errors.Is(err, keep.ErrBusy):
		return "busy"
	}
	return ""
}

// now is the last work as it stands, nil where there was none.
func (w *works) now() *backupWork {
	w.mu.Lock()
	defer w.mu.Unlock()
	if w.last == nil {
		return nil
	}
	it := *w.last
	return &it
}

// drop cancels the work under way, or forgets one that has ended.
func (w *works) drop() {
	w.mu.Lock()
	defer w.mu.Unlock()
	if w.last != nil && w.last.State == "running" {
		w.cancel()
		return
	}
	w.last = nil
}

// end cancels what is under way for good, and waits for it.
func (w *works) end() {
	w.mu.Lock()
	w.over = true
	if w.cancel != nil {
		w.cancel()
	}
	w.mu.Unlock()
	w.all.Wait()
}
