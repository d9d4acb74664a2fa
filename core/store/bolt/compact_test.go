package bolt_test

import (
	"context"
	"errors"
	"fmt"
	"os"
	"path/filepath"
	"strings"
	"sync"
	"sync/atomic"
	"testing"

	"github.com/stormkeep/stormkeep/core/store"
	"github.com/stormkeep/stormkeep/core/store/bolt"
)

// fill puts n values of 4 KB, and deletes all but every tenth.
func fill(t *testing.T, d *bolt.DB, n int) {
	t.Helper()
	for i := range n {
		if err := d.Update(t.Context(), put(fmt.Sprintf("k%05d", i), strings.Repeat("v", 4000))); err != nil {
			t.Fatal(err)
		}
	}
	err := d.Update(t.Context(), func(tx store.Tx) error {
		for i := range n {
			if i%10 > 0 {
				if err := tx.Delete(fmt.Sprintf("k%05d", i)); err != nil {
					return err
				}
			}
		}
		return nil
	})
	if err != nil {
		t.Fatal(err)
	}
}

func count(t *testing.T, d *bolt.DB) (n int) {
	t.Helper()
	if err := d.View(t.Context(), func(tx store.Tx) error {
		n = 0
		for _, err := range tx.Scan("", "") {
			if err != nil {
				return err
			}
			n++
		}
		return nil
	}); err != nil {
		t.Error(err)
	}
	return n
}

func TestCompactGivesBackWhatIsNotUsed(t *testing.T) {
	path := filepath.Join(t.TempDir(), "test.db")
	d := open(t, path, bolt.Options{})
	fill(t, d, 500)
	if err := d.Update(t.Context(), put("ordered", "v")); err != nil {
		t.Fatal(err)
	}
	before, after, err := store.Compacter(d).Compact()
	if err != nil || after*3 > before || d.Size() != after {
		t.Errorf("%d became %d, and is %d, %v", before, after, d.Size(), err)
	}
	for range 2 { // in the running store, and in one that is opened again
		if n := count(t, d); n != 51 {
			t.Errorf("%d keys are left, want 51", n)
		}
		if wrong, err := store.Checker(d).CheckPages(10); err != nil || len(wrong) > 0 {
			t.Errorf("%q, %v", wrong, err)
		}
		if err := d.Update(t.Context(), put("k00000", "changed")); err != nil {
			t.Error(err)
		}
		if err := d.Close(); err != nil {
			t.Fatal(err)
		}
		if info, err := os.Stat(path); err != nil || info.Mode().Perm() != 0o600 {
			t.Errorf("%v, %v", info.Mode(), err)
		}
		d = open(t, path, bolt.Options{})
	}
	if _, err := bolt.Open(path, bolt.Options{LockTimeout: 1}); !errors.Is(err, store.ErrLocked) {
		t.Errorf("the new file is not locked: %v", err)
	}
	d.Close()
	if _, _, err := d.Compact(); !errors.Is(err, store.ErrClosed) {
		t.Errorf("closed: %v", err)
	}
}

// Views see one state whatever is compacted under them, and no write is lost.
func TestReadersAndWritersGoOnWhileTheDataAreCompacted(t *testing.T) {
	d := open(t, filepath.Join(t.TempDir(), "test.db"), bolt.Options{})
	fill(t, d, 100)
	var wg sync.WaitGroup
	var kept atomic.Int64
	ctx, stop := context.WithCancel(t.Context())
	for w := range 4 {
		wg.Go(func() {
			for i := 0; ctx.Err() == nil; i++ {
				if err := d.Update(context.Background(), put(fmt.Sprintf("w%d/%05d", w, i), "v")); err != nil {
					t.Error(err)
					return
				}
				kept.Add(1)
			}
		})
		wg.Go(func() {
			for ctx.Err() == nil {
				err := d.View(context.Background(), func(tx store.Tx) error {
					n, inner := 0, 0
					for range tx.Scan("", "") {
						n++
					}
					if err := d.View(context.Background(), func(store.Tx) error { inner++; return nil }); err != nil {
						return err
					}
					again := 0
					for range tx.Scan("", "") {
						again++
					}
					if n != again {
						return fmt.Errorf("a View saw %d keys, and then %d", n, again)
					}
					return nil
				})
				if err != nil {
					t.Error(err)
					return
				}
			}
		})
	}
	for range 10 {
		if _, _, err := d.Compact(); err != nil {
			t.Error(err)
		}
	}
	stop()
	wg.Wait()
	if n := int64(count(t, d)); n != kept.Load()+10 {
		t.Errorf("%d keys, and %d were kept", n, kept.Load()+10)
	}
}

func TestADeadCompactionLeavesNothing(t *testing.T) {
	path := filepath.Join(t.TempDir(), "test.db")
	open(t, path, bolt.Options{}).Close()
	if err := os.WriteFile(path+".compacting", []byte("half"), 0o600); err != nil {
		t.Fatal(err)
	}
	open(t, path, bolt.Options{})
	if _, err := os.Stat(path + ".compacting"); err == nil {
		t.Error("it is still there")
	}
}
