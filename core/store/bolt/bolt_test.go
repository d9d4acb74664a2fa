package bolt_test

import (
	"bytes"
	"errors"
	"fmt"
	"os"
	"path/filepath"
	"runtime"
	"strings"
	"sync"
	"testing"
	"time"

	"go.etcd.io/bbolt"

	"github.com/stormkeep/stormkeep/core/store"
	"github.com/stormkeep/stormkeep/core/store/bolt"
	"github.com/stormkeep/stormkeep/core/store/storetest"
)

func open(t testing.TB, path string, o bolt.Options) *bolt.DB {
	t.Helper()
	d, err := bolt.Open(path, o)
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() { d.Close() })
	return d
}

func put(key, value string) func(store.Tx) error {
	return func(tx store.Tx) error { return tx.Put(key, []byte(value)) }
}

func TestBoltKeepsTheContract(t *testing.T) {
	storetest.Run(t, func(t *testing.T) store.Store {
		return open(t, filepath.Join(t.TempDir(), "test.db"), bolt.Options{})
	})
}

func TestBoltKeepsTheContractWhenAllRunsTwice(t *testing.T) {
	storetest.Run(t, func(t *testing.T) store.Store {
		return storetest.Twice(open(t, filepath.Join(t.TempDir(), "test.db"), bolt.Options{}))
	})
}

func TestWhatWasAcknowledgedIsThereAfterReopen(t *testing.T) {
	path := filepath.Join(t.TempDir(), "test.db")
	d := open(t, path, bolt.Options{})
	if info, err := os.Stat(path); err != nil || runtime.GOOS != "windows" && info.Mode().Perm() != 0o600 {
		t.Errorf("the file's mode is %v, %v", info.Mode(), err)
	}
	const writers, rounds = 16, 20
	acknowledged := make([][]string, writers)
	var wg sync.WaitGroup
	for w := range writers {
		wg.Go(func() {
			for r := range rounds {
				key := fmt.Sprintf("%c%d/%d", "ok"[r%2], w, r)
				err := d.Update(t.Context(), func(tx store.Tx) error {
					if r%5 == 4 {
						return errors.Join(tx.Put(key, []byte(key)), errors.New("refused"))
					}
					return tx.Put(key, []byte(key))
				})
				if err == nil {
					acknowledged[w] = append(acknowledged[w], key)
				}
			}
		})
	}
	wg.Wait()
	if err := d.Close(); err != nil {
		t.Fatal(err)
	}
	n := 0
	d = open(t, path, bolt.Options{})
	err := d.View(t.Context(), func(tx store.Tx) error {
		for range tx.Scan("", "") {
			n++
		}
		for _, keys := range acknowledged {
			for _, k := range keys {
				if v, err := tx.Get(k); err != nil || string(v) != k {
					t.Errorf("Get(%q) = %q, %v", k, v, err)
				}
			}
		}
		return nil
	})
	if want := writers * rounds * 4 / 5; err != nil || n != want {
		t.Errorf("%d keys, want %d: %v", n, want, err)
	}
}

func TestASecondOpenIsRefusedWithAHint(t *testing.T) {
	path := filepath.Join(t.TempDir(), "test.db")
	open(t, path, bolt.Options{})
	_, err := bolt.Open(path, bolt.Options{LockTimeout: time.Millisecond})
	if !errors.Is(err, store.ErrLocked) || !strings.Contains(err.Error(), path) || !strings.Contains(err.Error(), "server") {
		t.Errorf("Open = %v, want ErrLocked with the path and a hint", err)
	}
}

func TestDamagedFilesAreRefusedByName(t *testing.T) {
	whole := filepath.Join(t.TempDir(), "whole.db")
	d := open(t, whole, bolt.Options{})
	for i := range 50 {
		if err := d.Update(t.Context(), put(fmt.Sprint("k", i), strings.Repeat("v", 5000))); err != nil {
			t.Fatal(err)
		}
	}
	half := d.Size() / 2 &^ 4095
	d.Close()
	good, err := os.ReadFile(whole)
	if err != nil {
		t.Fatal(err)
	}
	foreign := filepath.Join(t.TempDir(), "foreign.db")
	newer := filepath.Join(t.TempDir(), "newer.db")
	for _, f := range []struct{ path, bucket, key, value string }{
		{foreign, "something", "k", "v"},
		{newer, "meta", "form", "2"},
	} {
		if f.path == newer {
			open(t, newer, bolt.Options{}).Close()
		}
		b, err := bbolt.Open(f.path, 0o600, nil)
		if err != nil {
			t.Fatal(err)
		}
		err = b.Update(func(tx *bbolt.Tx) error {
			k, err := tx.CreateBucketIfNotExists([]byte(f.bucket))
			if err != nil {
				return err
			}
			return k.Put([]byte(f.key), []byte(f.value))
		})
		if err := errors.Join(err, b.Close()); err != nil {
			t.Fatal(err)
		}
	}
	read := func(path string) []byte {
		data, err := os.ReadFile(path)
		if err != nil {
			t.Fatal(err)
		}
		return data
	}
	garbage := bytes.Repeat([]byte("not a store "), 4000)
	zeroTail := bytes.Clone(good)
	clear(zeroTail[2*os.Getpagesize():])
	for _, c := range []struct {
		name string
		data []byte
		want error
	}{
		{"no file of ours", garbage, store.ErrDamaged},
		{"a few bytes", []byte("short"), store.ErrDamaged},
		{"cut off in the first pages", good[:3*os.Getpagesize()], store.ErrDamaged},
		{"cut off in the middle", good[:half], store.ErrDamaged},
		{"pages lost", zeroTail, store.ErrDamaged},
		{"another program's buckets", read(foreign), store.ErrDamaged},
		{"a newer form", read(newer), bolt.ErrNewer},
	} {
		t.Run(c.name, func(t *testing.T) {
			path := filepath.Join(t.TempDir(), "test.db")
			if err := os.WriteFile(path, c.data, 0o600); err != nil {
				t.Fatal(err)
			}
			for range 2 { // the second time shows that the first let go of the lock
				d, err := bolt.Open(path, bolt.Options{})
				if err == nil {
					d.Close()
				}
				if !errors.Is(err, c.want) || !strings.Contains(err.Error(), path) {
					t.Errorf("Open = %v, want %v with the path", err, c.want)
				}
			}
		})
	}
}

func TestABackupOpens(t *testing.T) {
	d := open(t, filepath.Join(t.TempDir(), "test.db"), bolt.Options{})
	if err := d.Update(t.Context(), put("k", "v")); err != nil {
		t.Fatal(err)
	}
	path := filepath.Join(t.TempDir(), "copy.db")
	f, err := os.Create(path)
	if err != nil {
		t.Fatal(err)
	}
	n, err := store.Backuper(d).WriteTo(f)
	if err := errors.Join(err, f.Close()); err != nil {
		t.Fatal(err)
	}
	if size := store.Sizer(d).Size(); n != size {
		t.Errorf("wrote %d bytes of %d", n, size)
	}
	err = open(t, path, bolt.Options{}).View(t.Context(), func(tx store.Tx) error {
		v, err := tx.Get("k")
		if string(v) != "v" {
			t.Errorf("the copy has %q", v)
		}
		return err
	})
	if err != nil {
		t.Error(err)
	}
}
