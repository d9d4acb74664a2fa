package layer_test

import (
	"context"
	"testing"

	"github.com/stormkeep/stormkeep/core/store"
	"github.com/stormkeep/stormkeep/core/store/layer"
	"github.com/stormkeep/stormkeep/core/store/mem"
	"github.com/stormkeep/stormkeep/core/store/storetest"
)

func TestALayerKeepsTheContract(t *testing.T) {
	storetest.Run(t, func(t *testing.T) store.Store {
		s := layer.Over(mem.Open(), mem.Open())
		t.Cleanup(func() { s.Close() })
		return s
	})
}

func TestWhatIsUnderALayerStaysAsItIs(t *testing.T) {
	ctx := context.Background()
	base := mem.Open()
	put := func(s store.Store, key, value string) {
		t.Helper()
		if err := s.Update(ctx, func(tx store.Tx) error {
			if value == "" {
				return tx.Delete(key)
			}
			return tx.Put(key, []byte(value))
		}); err != nil {
			t.Fatal(err)
		}
	}
	all := func(s store.Store, back bool) (text string) {
		if err := s.View(ctx, func(tx store.Tx) error {
			scan := tx.Scan
			if back {
				scan = tx.ScanBack
			}
			for it, err := range scan("", "") {
				if err != nil {
					return err
				}
				text += it.Key + string(it.Value)
			}
			return nil
		}); err != nil {
			t.Fatal(err)
		}
		return text
	}
	for _, key := range []string{"b", "d", "f"} {
		put(base, key, "1")
	}
	s := layer.Over(base, mem.Open())
	put(s, "a", "2")
	put(s, "d", "2")
	put(s, "f", "")
	put(s, "g", "2")
	if got, want := all(s, false), "a2b1d2g2"; got != want {
		t.Errorf("over it %s, want %s", got, want)
	}
	if got, want := all(s, true), "g2d2b1a2"; got != want {
		t.Errorf("back %s, want %s", got, want)
	}
	if got, want := all(base, false), "b1d1f1"; got != want {
		t.Errorf("under it %s, want %s", got, want)
	}
}
