package core_test

import (
	"context"
	"errors"
	"math"
	"path/filepath"
	"strings"
	"sync/atomic"
	"testing"
	"time"

	"github.com/stormkeep/stormkeep/core"
	"github.com/stormkeep/stormkeep/core/coretest"
	"github.com/stormkeep/stormkeep/core/secret"
	"github.com/stormkeep/stormkeep/core/store"
	"github.com/stormkeep/stormkeep/core/store/bolt"
	"github.com/stormkeep/stormkeep/core/store/mem"
)

// unmet are the names of the conditions that do not hold.
func unmet(a *core.App) string {
	var names []string
	for _, c := range a.Conditions(context.Background()) {
		if c.Err != nil {
			names = append(names, c.Name)
		}
	}
	return strings.Join(names, " ")
}

// ailing is an engine that hangs, or says of itself that it is in trouble.
type ailing struct {
	store.Store
	trouble atomic.Pointer[error]
	hangs   atomic.Pointer[chan bool]
	views   atomic.Int64
}

func (s *ailing) View(ctx context.Context, fn func(store.Tx) error) error {
	s.views.Add(1)
	if c := s.hangs.Load(); c != nil {
		<-*c
	}
	return s.Store.View(ctx, fn)
}

func (s *ailing) Commits() *store.Commits { return store.NewCommits() }
func (s *ailing) Free() (uint64, error)   { return 0, errors.ErrUnsupported }
func (s *ailing) Held() time.Duration     { return 0 }
func (s *ailing) Trouble() error {
	if err := s.trouble.Load(); err != nil {
		return *err
	}
	return nil
}

func TestAnAppIsReadyFromItsStartToItsEnd(t *testing.T) {
	a := core.New(mem.Open())
	if got := unmet(a); got != "running" {
		t.Errorf("before its start: %q", got)
	}
	if err := errors.Join(a.Unlock(t.Context(), &secret.Keyring{Current: secret.NewMaster()}), a.Start(t.Context())); err != nil {
		t.Fatal(err)
	}
	if got := unmet(a); got != "" {
		t.Errorf("started: %q", got)
	}
	if err := a.Close(); err != nil || unmet(a) != "running" {
		t.Errorf("closed: %q, %v", unmet(a), err)
	}
}

func TestAnAppWhoseStoreHangsIsNotReadyAndAsksItOnce(t *testing.T) {
	s := &ailing{Store: mem.Open()}
	w := worldOn(t, s, func(a *core.App) { a.Ready.Answer = time.Millisecond })
	hang := make(chan bool)
	before := s.views.Load()
	s.hangs.Store(&hang)
	for range 50 {
		if got := unmet(w.App); got != "store master_key" {
			t.Errorf("a store that hangs: %q", got)
		}
	}
	if n := s.views.Load() - before; n > 10 { // each of the workers asks too, once
		t.Errorf("it was asked %d times at once", n)
	}
	s.hangs.Store(nil)
	close(hang)
	eventually(t, "it is ready again", func() bool { return unmet(w.App) == "" })
}

func TestAnAppWhoseCommitsFailIsNotReady(t *testing.T) {
	s := &ailing{Store: mem.Open()}
	w := worldOn(t, s)
	bad := errors.New("input/output error")
	s.trouble.Store(&bad)
	if got := unmet(w.App); got != "commits" {
		t.Error(got)
	}
}

func TestAnAppWithoutTheMasterKeyOfItsDataIsNotReady(t *testing.T) {
	for name, value := range map[string]string{"none": "", "another": string(secret.NewMaster().CheckValue())} {
		s := mem.Open()
		w := worldOn(t, s)
		for _, key := range coretest.Holding(t, s, "/check") {
			coretest.Plant(t, s, key, value)
		}
		if got := unmet(w.App); got != "master_key" {
			t.Errorf("%s: %q", name, got)
		}
	}
}

func TestAnAppWhoseDiskIsFullIsNotReady(t *testing.T) {
	s, err := bolt.Open(filepath.Join(t.TempDir(), "db"), bolt.Options{})
	if err != nil {
		t.Fatal(err)
	}
	w := worldOn(t, s)
	if got := unmet(w.App); got != "" {
		t.Errorf("%q", got)
	}
	w.App.Ready.Free = math.MaxUint64
	if got := unmet(w.App); got != "disk" {
		t.Errorf("with less than wanted: %q", got)
	}
}

func TestAnAppWhoseWorkerIsStuckIsNotReady(t *testing.T) {
	hold := make(chan bool)
	h := &hands{fail: func(int) error { <-hold; return nil }}
	e := &ears{deaf: func(core.Event) error { <-hold; return nil }}
	w := worldOn(t, mem.Open(), h.handle(core.JobKind{}), func(a *core.App) {
		a.Ready.Stuck = time.Nanosecond
		a.Events.On("group.*", e.hear, "slow")
	})
	eventually(t, "it has done what a start leaves", func() bool { return unmet(w.App) == "" })
	enqueue(t, w, "x", time.Time{})
	group(t, w, directory(t, w, "d").ID, "g")
	eventually(t, "both are stuck", func() bool { return unmet(w.App) == "jobs events" })
	close(hold)
	eventually(t, "they get on", func() bool { return unmet(w.App) == "" })
}
