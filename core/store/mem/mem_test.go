package mem_test

import (
	"fmt"
	"testing"

	"github.com/stormkeep/stormkeep/core/store"
	"github.com/stormkeep/stormkeep/core/store/mem"
	"github.com/stormkeep/stormkeep/core/store/storetest"
)

func TestMemKeepsTheContract(t *testing.T) {
	storetest.Run(t, func(*testing.T) store.Store { return mem.Open() })
}

func TestMemKeepsTheContractWhenAllRunsTwice(t *testing.T) {
	storetest.Run(t, func(*testing.T) store.Store { return storetest.Twice(mem.Open()) })
}

// A View that waited for the Update it runs inside would never end.
func TestReadersDoNotWaitForAWriter(t *testing.T) {
	s := mem.Open()
	err := s.Update(t.Context(), func(tx store.Tx) error {
		if err := tx.Put("k", []byte("v")); err != nil {
			return err
		}
		return s.View(t.Context(), func(tx store.Tx) error {
			if v, err := tx.Get("k"); err == nil {
				t.Errorf("a View sees %q before its commit", v)
			}
			return nil
		})
	})
	if err != nil {
		t.Errorf("Update = %v", err)
	}
}

func TestACopyIsAStoreOfItsOwn(t *testing.T) {
	put := func(s store.Store, key string) {
		if err := s.Update(t.Context(), func(tx store.Tx) error { return tx.Put(key, []byte("v")) }); err != nil {
			t.Fatal(err)
		}
	}
	has := func(s store.Store, key string) bool {
		return s.View(t.Context(), func(tx store.Tx) error { _, err := tx.Get(key); return err }) == nil
	}
	s := mem.Open()
	put(s, "before")
	c := s.Copy()
	put(s, "of the first")
	put(c, "of the copy")
	if !has(c, "before") || has(c, "of the first") || has(s, "of the copy") || !has(c, "of the copy") {
		t.Error("what is written to one is in the other, or what was there is not in the copy")
	}
}

func BenchmarkMem(b *testing.B) {
	s := mem.Open()
	key := func(i int) string { return fmt.Sprintf("k%09d", i%100_000) }
	value := make([]byte, 200)
	if err := s.Update(b.Context(), func(tx store.Tx) error {
		for i := range 100_000 {
			if err := tx.Put(key(i), value); err != nil {
				return err
			}
		}
		return nil
	}); err != nil {
		b.Fatal(err)
	}
	b.Run("get", func(b *testing.B) {
		b.ReportAllocs()
		for i := 0; b.Loop(); i++ {
			s.View(b.Context(), func(tx store.Tx) error { _, err := tx.Get(key(i * 7919)); return err })
		}
	})
	b.Run("put", func(b *testing.B) {
		b.ReportAllocs()
		for i := 0; b.Loop(); i++ {
			s.Update(b.Context(), func(tx store.Tx) error { return tx.Put(key(i*7919), value) })
		}
	})
	b.Run("scan of 100,000", func(b *testing.B) {
		b.ReportAllocs()
		for b.Loop() {
			s.View(b.Context(), func(tx store.Tx) error {
				for range tx.Scan("", "") {
				}
				return nil
			})
		}
	})
}
