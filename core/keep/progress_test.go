package keep

import (
	"context"
	"io"
	"strings"
	"testing"
)

func TestProgressTellsEachPhase(t *testing.T) {
	h := newHouse(t)
	h.keeper.Place = Directory(t.TempDir())
	seen := map[Phase][2]int64{}
	ctx := WithProgress(t.Context(), func(of Phase, done, size int64) { seen[of] = [2]int64{done, size} })
	name, size, err := h.keeper.Keep(ctx, Lock{Passphrase: "correct horse"}, true)
	must(t, err)
	for _, of := range []Phase{Copying, Encrypting, Storing, Reading} {
		if it := seen[of]; it[0] == 0 || it[0] != it[1] {
			t.Errorf("%s: %v", of, it)
		}
	}
	if _, ok := seen[Checking]; !ok {
		t.Error("it was not checked")
	}
	state, err := h.App.BackupState(t.Context())
	if must(t, err); state.Name != name || state.Size != size || !state.Scheduled.IsZero() {
		t.Errorf("%+v", state)
	}
	files, err := h.keeper.Place.Files(t.Context())
	if must(t, err); len(files) != 1 || files[0].Name != name || files[0].Size != size || !IsBackup(name) || files[0].At.UnixMilli() != state.Last.UnixMilli() {
		t.Errorf("%v", files)
	}
	r, err := h.keeper.Place.Open(t.Context(), name)
	must(t, err)
	defer r.Close()
	if _, holds, err := Look(t.Context(), r, Key{Passphrase: "correct horse"}, t.TempDir(), engine); err != nil || holds["tenants"] != 1 {
		t.Errorf("%v, %v", holds, err)
	}
}

func TestWorkEndsWithItsContext(t *testing.T) {
	h := newHouse(t)
	h.keeper.Place = Directory(t.TempDir())
	for _, at := range []Phase{Copying, Encrypting, Storing} {
		ctx, stop := context.WithCancel(t.Context())
		ctx = WithProgress(ctx, func(of Phase, _, _ int64) {
			if of == at {
				stop()
			}
		})
		if _, _, err := h.keeper.Keep(ctx, h.lock, true); err == nil {
			t.Errorf("%s goes on", at)
		}
		if files, err := h.keeper.Place.Files(t.Context()); err != nil || len(files) > 0 {
			t.Errorf("%s leaves %v, %v", at, files, err)
		}
	}
	ctx, stop := context.WithCancel(t.Context())
	stop()
	if _, err := io.ReadAll(Counted(ctx, Reading, 1, strings.NewReader("x"))); !is(err, context.Canceled) {
		t.Error(err)
	}
	if IsBackup("../stormkeep-20261122T051559.123Z.age") || IsBackup("x.age") {
		t.Error("a name that is none")
	}
}
