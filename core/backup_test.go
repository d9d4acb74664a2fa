package core_test

import (
	"errors"
	"testing"

	"github.com/stormkeep/stormkeep/core"
	"github.com/stormkeep/stormkeep/core/coretest"
	"github.com/stormkeep/stormkeep/core/store/mem"
)

func TestWhatIsKnownOfBackupsOutlivesARestart(t *testing.T) {
	s := coretest.Lasting{Store: mem.Open()}
	w := coretest.On(t, s)
	if got, err := w.App.BackupState(t.Context()); err != nil || got != (core.BackupState{}) {
		t.Errorf("at first %+v, %v", got, err)
	}
	want := core.BackupState{Last: core.At(w.Clock.Now()), Name: "one", Size: 3}
	if err := w.App.NoteBackup(t.Context(), func(s *core.BackupState) { *s = want }); err != nil {
		t.Fatal(err)
	}
	again := w.Again(t, s)
	if err := again.App.NoteBackup(t.Context(), func(s *core.BackupState) { s.Failures++ }); err != nil {
		t.Fatal(err)
	}
	want.Failures = 1
	if got, err := again.App.BackupState(t.Context()); err != nil || got != want {
		t.Errorf("%+v, %v; want %+v", got, err, want)
	}
}

func TestAnEngineThatCannotCopyItselfIsRefused(t *testing.T) {
	w := newWorld(t)
	if _, err := w.App.Snapshot(t.Context(), nil, true); core.AsError(err).Kind != core.NotAllowed {
		t.Error(err)
	}
}

func TestInspectSaysWhatAStoreHolds(t *testing.T) {
	s := mem.Open()
	if in, err := core.New(s).Inspect(t.Context()); err != nil || in.Sealed || len(in.Tenants) > 0 {
		t.Errorf("empty: %+v, %v", in, err)
	}
	w := worldOn(t, s)
	in, err := core.New(s).Inspect(t.Context())
	if err != nil || !in.Sealed || len(in.Tenants) != 1 || in.Form != core.Form() {
		t.Errorf("%+v, %v", in, err)
	}
	if w.App.MasterID() != w.Ring.Current.ID() || w.App.Store() != s {
		t.Error("the app knows another key or engine")
	}
	coretest.Plant(t, s, "s-/form", "99")
	if _, err := core.New(s).Inspect(t.Context()); !errors.Is(err, core.ErrNewerForm) {
		t.Error(err)
	}
	coretest.Plant(t, s, "s-/form", "1")
}
