package keep

import (
	"bytes"
	"context"
	"errors"
	"io"
	"os"
	"path/filepath"
	"strings"
	"testing"
	"time"

	"github.com/stormkeep/stormkeep/core"
)

func (h *house) scheduled(t *testing.T, every, keep string) *Keeper {
	t.Helper()
	var err error
	k := h.keeper
	k.Schedule, err = ParseSchedule(every)
	must(t, err)
	k.Retention, err = ParseRetention(keep)
	must(t, err)
	k.Place, k.Lock = Directory(t.TempDir()), h.lock
	return k
}

func TestScheduledBackupsAreMadeKeptAndThinned(t *testing.T) {
	h := newHouse(t)
	k := h.scheduled(t, "24h", "2")
	ctx, stop := context.WithCancel(t.Context())
	defer stop()
	naps := 0
	k.nap = func(_ context.Context, d time.Duration) { // the clock moves only while it sleeps
		if naps++; naps == 100 {
			stop()
		}
		h.Clock.Turn(d)
	}
	k.Run(ctx)
	names, err := k.Place.Names(t.Context())
	if err != nil || len(names) != 2 {
		t.Fatalf("%v, %v", names, err)
	}
	state, err := h.App.BackupState(t.Context())
	if err != nil || state.Name != names[1] || state.Failures != 0 || state.Size == 0 || state.Place != k.Place.String() {
		t.Errorf("%+v, %v", state, err)
	}
	first, _ := timeOf(names[0])
	last, _ := timeOf(names[1])
	if last.Sub(first) != 24*time.Hour {
		t.Errorf("%v", names)
	}
	r, err := k.Place.Open(t.Context(), names[1])
	must(t, err)
	defer r.Close()
	_, err = Verify(t.Context(), r, h.key, t.TempDir(), engine)
	must(t, err)
	// Another process goes on where this one stood.
	again := &Keeper{App: h.App, Folder: h.folder, Schedule: k.Schedule, Place: k.Place, Lock: k.Lock, Retention: k.Retention}
	if due := again.Schedule.next(state); due.Sub(state.Scheduled.Time) != 24*time.Hour {
		t.Errorf("due %v after %v", due, state.Scheduled)
	}
}

// broken is a place that keeps something else than it was given, or nothing.
type broken struct {
	Place
	put error
}

func (b broken) Put(ctx context.Context, name string, r io.Reader, size int64) error {
	if b.put != nil {
		return b.put
	}
	return b.Place.Put(ctx, name, strings.NewReader("else"), 4)
}

func TestAFailureIsToldAndTheLastGoodBackupStays(t *testing.T) {
	h := newHouse(t)
	k := h.scheduled(t, "24h", "1")
	must(t, k.Once(t.Context()))
	good, err := k.Place.Names(t.Context())
	must(t, err)
	place := k.Place
	for i, b := range []broken{{Place: place, put: errors.New("no route to host")}, {Place: place}} {
		h.Clock.Turn(25 * time.Hour)
		k.Place = b
		if err := k.Once(t.Context()); err == nil {
			t.Errorf("%d: it went well", i)
		}
		state, err := h.App.BackupState(t.Context())
		if err != nil || state.Failed == "" || state.Failures != i+1 || state.Name != good[0] {
			t.Errorf("%d: %+v, %v", i, state, err)
		}
		if names, err := place.Names(t.Context()); err != nil || len(names) != 1 || names[0] != good[0] {
			t.Errorf("%d: there is %v, %v; want %v", i, names, err, good)
		}
	}
	k.Place = place
	must(t, k.Once(t.Context()))
	if state, err := h.App.BackupState(t.Context()); err != nil || state.Failures != 0 || state.Failed != "" {
		t.Errorf("%+v, %v", state, err)
	}
	if left := ls(t, h.folder.Dir); strings.Contains(left, tempPrefix) {
		t.Errorf("left: %s", left)
	}
}

func TestTwoBackupsAreNeverMadeAtOnce(t *testing.T) {
	h := newHouse(t)
	k := h.scheduled(t, "24h", "1")
	_, done, err := k.Take(t.Context(), true)
	must(t, err)
	if _, _, err := k.Take(t.Context(), true); !errors.Is(err, ErrBusy) {
		t.Errorf("%v, want %v", err, ErrBusy)
	}
	if err := k.Once(t.Context()); !errors.Is(err, ErrBusy) {
		t.Errorf("%v, want %v", err, ErrBusy)
	}
	if state, err := h.App.BackupState(t.Context()); err != nil || state != (core.BackupState{}) {
		t.Errorf("waiting counts as a failure: %+v, %v", state, err)
	}
	done()
	done()
	must(t, k.Once(t.Context()))
}

func TestABackupForAPassphraseIsDecryptedOnceItIsThere(t *testing.T) {
	h := newHouse(t)
	b := h.backup(t, true)
	path := filepath.Join(t.TempDir(), "sealed")
	sealed, err := Spool(path, func(w io.Writer) error { _, err := w.Write(b); return err })
	must(t, err)
	p := Directory(t.TempDir())
	must(t, Deliver(t.Context(), p, "good.age", sealed, h.key, h.folder))
	if err := Deliver(t.Context(), p, "wrong.age", sealed, Key{Passphrase: "x"}, h.folder); !errors.Is(err, ErrCannotOpen) {
		t.Errorf("%v, want %v", err, ErrCannotOpen)
	}
	if _, err := os.Stat(filepath.Join(string(p), "wrong.age")); err == nil {
		t.Error("what cannot be opened is kept")
	}
	got, err := os.ReadFile(filepath.Join(string(p), "good.age"))
	if err != nil || !bytes.Equal(got, b) {
		t.Errorf("%d bytes of %d, %v", len(got), len(b), err)
	}
}
