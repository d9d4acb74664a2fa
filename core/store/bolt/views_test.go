package bolt

import (
	"fmt"
	"path/filepath"
	"sync"
	"testing"

	"github.com/stormkeep/stormkeep/core/store"
)

// bbolt grows its mapping inside a commit, once all readers are gone, and lets none begin until then. The first View
// here waits for that commit to have begun, so bbolt alone would stand still.
func TestAViewInsideAViewReadsWhileTheFileGrows(t *testing.T) {
	d, err := Open(filepath.Join(t.TempDir(), "test.db"), Options{MmapSize: 1 << 15})
	if err != nil {
		t.Fatal(err)
	}
	defer d.Close()
	var wg sync.WaitGroup
	err = d.View(t.Context(), func(store.Tx) error {
		wg.Go(func() {
			err := d.Update(t.Context(), func(tx store.Tx) error { return tx.Put("k", make([]byte, 1<<20)) })
			if err != nil {
				t.Errorf("Update = %v", err)
			}
		})
		for {
			d.views.mu.Lock()
			begun := d.views.ended != nil
			d.views.mu.Unlock()
			if begun {
				break
			}
		}
		for range 3 {
			if err := d.View(t.Context(), func(tx store.Tx) error { _, err := tx.Get("k"); return ignoreMissing(err) }); err != nil {
				return err
			}
		}
		return nil
	})
	if err != nil {
		t.Errorf("View = %v", err)
	}
	wg.Wait()
}

// With each commit growing the mapping and Views that always overlap, commits must still come through.
func TestViewsWithoutEndDoNotStarveAGrowingFile(t *testing.T) {
	d, err := Open(filepath.Join(t.TempDir(), "test.db"), Options{MmapSize: 1 << 15})
	if err != nil {
		t.Fatal(err)
	}
	defer d.Close()
	var wg sync.WaitGroup
	stop := make(chan struct{})
	for range 8 {
		wg.Go(func() {
			for {
				select {
				case <-stop:
					return
				default:
				}
				if err := d.View(t.Context(), func(tx store.Tx) error {
					for range tx.Scan("", "") {
					}
					return nil
				}); err != nil {
					t.Errorf("View = %v", err)
				}
			}
		})
	}
	for i := range 8 {
		err := d.Update(t.Context(), func(tx store.Tx) error { return tx.Put(fmt.Sprint("k", i), make([]byte, 1<<(14+i))) })
		if err != nil {
			t.Errorf("Update = %v", err)
		}
	}
	close(stop)
	wg.Wait()
	if d.views.readers != 0 {
		t.Errorf("%d readers are left", d.views.readers)
	}
}

func ignoreMissing(err error) error {
	if err == store.ErrNotFound {
		return nil
	}
	return err
}
