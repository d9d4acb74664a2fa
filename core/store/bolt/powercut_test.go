package bolt

import (
	"bytes"
	"flag"
	"fmt"
	"maps"
	"math/rand/v2"
	"os"
	"path/filepath"
	"testing"

	"go.etcd.io/bbolt"

	"github.com/stormkeep/stormkeep/core/store"
)

var powerSeed = flag.Uint64("powerseed", 0, "of what is written and lost; 0 is another each time")

// sector is what a disk writes whole or not at all, in bytes.
const sector = 512

// A commit of bbolt writes pages that the file does not yet use, syncs, writes one of
// the two meta pages, and syncs again. So a power cut leaves any part of the pages
// without the meta page, or all of the pages with the old meta page or the new. Each
// of these files must open with all that was there before the commit or after it.
func TestClass26_WhatAPowerCutLeavesOpens(t *testing.T) {
	seed := *powerSeed
	if seed == 0 {
		seed = rand.Uint64()
	}
	t.Logf("-powerseed %d", seed)
	rnd := rand.New(rand.NewPCG(seed, 0))
	path := filepath.Join(t.TempDir(), "live.db")
	d, err := Open(path, Options{})
	if err != nil {
		t.Fatal(err)
	}
	defer d.Close()
	is := map[string]string{}
	met := [2]int{} // how often what a cut left was the state before, and after
	for range 25 {
		before, was := read(t, path), maps.Clone(is)
		if err := d.Update(t.Context(), func(tx store.Tx) error {
			for range 1 + rnd.IntN(40) {
				key := fmt.Sprintf("%c%d", "os"[rnd.IntN(2)], rnd.IntN(400))
				if rnd.IntN(4) == 0 {
					delete(is, key)
					if err := tx.Delete(key); err != nil {
						return err
					}
					continue
				}
				value := bytes.Repeat([]byte{byte('a' + rnd.IntN(26))}, 1+rnd.IntN(3000))
				is[key] = string(value)
				if err := tx.Put(key, value); err != nil {
					return err
				}
			}
			return nil
		}); err != nil {
			t.Fatal(err)
		}
		after := read(t, path)
		for range 4 {
			image, done := left(rnd, before, after)
			got := opened(t, image)
			switch {
			case maps.Equal(got, was) && !done:
				met[0]++
			case maps.Equal(got, is):
				met[1]++
			default:
				t.Fatalf("-powerseed %d: of %d keys before and %d after a commit, a cut leaves %d", seed, len(was), len(is), len(got))
			}
		}
	}
	if met[0] == 0 || met[1] == 0 {
		t.Errorf("the state was %d times that before and %d times that after: this proves nothing", met[0], met[1])
	}
}

// left is a file that a power cut in the middle of a commit leaves, and whether the
// commit was over.
func left(rnd *rand.Rand, before, after []byte) (image []byte, done bool) {
	metas := 2 * os.Getpagesize()
	image = make([]byte, len(after)) // the file has grown before its pages are written
	copy(image, before)
	stage := rnd.IntN(3)
	part := rnd.IntN(101)
	for at := metas; at < len(image); at += sector {
		if stage > 0 || rnd.IntN(100) < part {
			copy(image[at:min(at+sector, len(image))], after[at:])
		}
	}
	for at := 0; at < metas; at += sector {
		if stage == 2 || stage == 1 && rnd.IntN(2) == 0 {
			copy(image[at:at+sector], after[at:])
		}
	}
	return image, stage == 2
}

// opened is what a file holds, which must be sound and can be written.
func opened(t *testing.T, image []byte) map[string]string {
	t.Helper()
	path := filepath.Join(t.TempDir(), "left.db")
	if err := os.WriteFile(path, image, 0o600); err != nil {
		t.Fatal(err)
	}
	d, err := Open(path, Options{MmapSize: 1 << 20})
	if err != nil {
		t.Fatal(err)
	}
	defer d.Close()
	got := map[string]string{}
	if err := d.View(t.Context(), func(tx store.Tx) error {
		for it, err := range tx.Scan("", "") {
			if err != nil {
				return err
			}
			got[it.Key] = string(it.Value)
		}
		return nil
	}); err != nil {
		t.Fatal(err)
	}
	if err := d.bolt.View(func(tx *bbolt.Tx) error {
		for err := range tx.Check() {
			return err
		}
		return nil
	}); err != nil {
		t.Fatal(err)
	}
	if err := d.Update(t.Context(), func(tx store.Tx) error { return tx.Put("s/written", []byte("later")) }); err != nil {
		t.Fatal(err)
	}
	return got
}

func read(t *testing.T, path string) []byte {
	t.Helper()
	b, err := os.ReadFile(path)
	if err != nil {
		t.Fatal(err)
	}
	return b
}
