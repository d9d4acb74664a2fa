package core

import (
	"context"
	"encoding/json"
	"errors"
	"fmt"
	"io"

	"github.com/stormkeep/stormkeep/core/store"
	"github.com/stormkeep/stormkeep/hooks"
)

// CopyEvent is a copy of all data that is being made, or has been put in their
// place.
type CopyEvent struct {
	hooks.Event
	App     *App
	WithKey bool // the master key goes with it, or came with it
}

// Level is RequestLevel: no transaction is open.
func (*CopyEvent) Level() Level { return RequestLevel }

// Snapshot writes one unchanging state of all data, in the engine's own form, and
// returns the text of the master keys where they are to go with it. Writers are not
// stopped, but pages that they free are not used again until it is done: w must be
// a file, never a slow socket.
func (a *App) Snapshot(ctx context.Context, w io.Writer, withKey bool) (keys string, err error) {
	engine, ok := a.store.(store.Backuper)
	if !ok {
		return "", &Error{Kind: NotAllowed, Code: "not_allowed", Msg: "This engine cannot copy itself while it is in use."}
	}
	e := &CopyEvent{App: a, WithKey: withKey}
	err = a.Hooks.App.Backup.Trigger(e, func(*CopyEvent) error {
		_, err := engine.WriteTo(w)
		return err
	})
	if err != nil || !withKey {
		return "", StoreError(err)
	}
	if a.ring == nil {
		return "", errors.New("core: Snapshot before Unlock")
	}
	return a.ring.now.Load().Encode(), nil
}

// MasterID names the master key that seals now: eight hexadecimal digits.
func (a *App) MasterID() string { return a.ring.now.Load().Current.ID() }

// Store is the store below the app, for what an engine can do beside its
// contract (store.Sizer, store.Checker, store.Compacter).
func (a *App) Store() store.Store { return a.store }

// BackupState is what is known of backups: of the last one that is whole in its
// place, and of the scheduled attempts since.
type BackupState struct {
	Last      Time   `json:"last"` // when its data were copied; zero for never
	Place     string `json:"place,omitempty"`
	Name      string `json:"name,omitempty"`
	Size      int64  `json:"size,omitempty"` // in bytes, as encrypted
	Scheduled Time   `json:"scheduled"`      // when the last scheduled one was begun
	Tried     Time   `json:"tried"`          // the last scheduled attempt
	Failed    string `json:"failed,omitempty"`
	Failures  int    `json:"failures,omitempty"` // in a row

	FailedAt    Time `json:"failedAt"`    // the last one that failed, also after a success
	FailedSince Time `json:"failedSince"` // the first of those in a row
}

const backupKey = scattered + systemSpace + "/backup"

// BackupState reads what is known of backups.
func (a *App) BackupState(ctx context.Context) (s BackupState, err error) {
	err = a.store.View(ctx, func(kv store.Tx) error {
		s = BackupState{}
		b, err := kv.Get(backupKey)
		if errors.Is(err, store.ErrNotFound) {
			return nil
		}
		if err != nil {
			return err
		}
		return json.Unmarshal(b, &s)
	})
	return s, StoreError(err)
}

// NoteBackup changes what is known of backups. change may run more than once.
func (a *App) NoteBackup(ctx context.Context, change func(*BackupState)) error {
	return StoreError(a.store.Update(ctx, func(kv store.Tx) error {
		var s BackupState
		b, err := kv.Get(backupKey)
		if err == nil {
			err = json.Unmarshal(b, &s)
		}
		if err != nil && !errors.Is(err, store.ErrNotFound) {
			return err
		}
		change(&s)
		if b, err = json.Marshal(s); err != nil {
			return err
		}
		return kv.Put(backupKey, b)
	}))
}

// ErrNewerForm says that data were written by a later version in a form that this
// one does not know.
var ErrNewerForm = errors.New("the data are of a newer form than this version knows")

func newerForm(form int) error {
	return fmt.Errorf("%w: of form %d, and it knows form %d", ErrNewerForm, form, len(migrations))
}

// Inspection is what a store tells of itself without its master key.
type Inspection struct {
	Form    int // the stored form, at most that of this version
	Tenants []ID[Tenant]
	Sealed  bool // something has been started on it
}

// Inspect looks at data that have not been started. It writes nothing.
func (a *App) Inspect(ctx context.Context) (in Inspection, err error) {
	if in.Sealed, err = Locked(ctx, a.store); err != nil {
		return in, err
	}
	if in.Form, err = a.form(ctx); err != nil {
		return in, err
	}
	if in.Form > len(migrations) {
		return in, newerForm(in.Form)
	}
	in.Tenants, err = a.Tenants(ctx)
	return in, err
}

// Form is the stored form that this version writes.
func Form() int { return len(migrations) }
