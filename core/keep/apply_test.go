package keep

import (
	"bytes"
	"errors"
	"os"
	"testing"

	"github.com/stormkeep/stormkeep/core/store"
)

// Wherever a restore dies, the next start ends it: the new data are whole then, and
// the old ones aside.
func TestARestoreThatDiedIsEndedByTheNextStart(t *testing.T) {
	steps := []string{"aside " + keyEntry, "placed " + keyEntry, "aside " + dataEntry, "placed " + dataEntry, "done"}
	for _, at := range steps {
		t.Run(at, func(t *testing.T) {
			h, old := newHouse(t), newHouse(t)
			must(t, old.store.Close())
			f := old.folder
			_, err := f.Stage(t.Context(), bytes.NewReader(h.backup(t, true)), h.key, Options{})
			must(t, err)
			killed := errors.New("killed")
			f.step = func(step string) error {
				if step == at {
					return killed
				}
				return nil
			}
			if _, err := f.Apply(); !errors.Is(err, killed) {
				t.Fatalf("%v: nobody comes by %s", err, at)
			}
			must(t, Tidy(f.Dir)) // which a start calls too, and which must leave it alone
			f.step = nil
			s, err := f.Apply()
			if err != nil || s == nil {
				t.Fatalf("%v, %v", s, err)
			}
			h.epoch(t, opened(t, f))
			aside := f
			aside.Dir = f.in(s.Replaced)
			old.epoch(t, opened(t, aside))
			if _, err := os.Stat(f.in(stageFolder)); err == nil {
				t.Error("the stage is still there")
			}
		})
	}
}

func TestAStageThatNeverGotReadyChangesNothing(t *testing.T) {
	h, old := newHouse(t), newHouse(t)
	b := h.backup(t, true)
	if _, err := old.folder.Stage(t.Context(), bytes.NewReader(b[:len(b)/2]), h.key, Options{}); !errors.Is(err, ErrNotWhole) {
		t.Errorf("%v, want %v", err, ErrNotWhole)
	}
	must(t, os.Mkdir(old.folder.in(stageFolder), 0o700))
	if s, err := old.folder.Apply(); s != nil || err != nil {
		t.Errorf("%v, %v", s, err)
	}
	old.epoch(t, old.App)
}

func TestARestoreThatIsStagedAgainOrDiscarded(t *testing.T) {
	h := newHouse(t)
	f := h.elsewhere(t)
	for range 2 {
		_, err := f.Stage(t.Context(), bytes.NewReader(h.backup(t, true)), h.key, Options{})
		must(t, err)
	}
	if s, err := f.Waiting(); err != nil || s == nil {
		t.Errorf("%v, %v", s, err)
	}
	must(t, f.Discard())
	if s, err := f.Apply(); s != nil || err != nil {
		t.Errorf("%v, %v", s, err)
	}
	if left := ls(t, f.Dir); left != "" {
		t.Errorf("left: %s", left)
	}
}

func TestNothingIsTakenFromUnderALivingServer(t *testing.T) {
	h := newHouse(t)
	_, err := h.folder.Stage(t.Context(), bytes.NewReader(h.backup(t, true)), h.key, Options{})
	must(t, err)
	if _, err := h.folder.Apply(); !errors.Is(err, store.ErrLocked) {
		t.Errorf("%v, want %v", err, store.ErrLocked)
	}
	must(t, h.store.Close())
	_, err = h.folder.Apply()
	must(t, err)
}

func TestDamagedDataAreReplaced(t *testing.T) {
	h, old := newHouse(t), newHouse(t)
	must(t, old.store.Close())
	must(t, os.WriteFile(old.folder.in(dataEntry), bytes.Repeat([]byte("damage"), 10_000), 0o600))
	_, err := old.folder.Stage(t.Context(), bytes.NewReader(h.backup(t, true)), h.key, Options{})
	must(t, err)
	_, err = old.folder.Apply()
	must(t, err)
	h.epoch(t, opened(t, old.folder))
}
