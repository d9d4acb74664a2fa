package core_test

import (
	"fmt"
	"net/netip"
	"path/filepath"
	"sync/atomic"
	"testing"

	"github.com/stormkeep/stormkeep/core"
	"github.com/stormkeep/stormkeep/core/coretest"
	"github.com/stormkeep/stormkeep/core/password"
	"github.com/stormkeep/stormkeep/core/store"
	"github.com/stormkeep/stormkeep/core/store/bolt"
	"github.com/stormkeep/stormkeep/core/store/mem"
)

// measured runs a benchmark on a directory of a thousand accounts, in memory and
// on a file.
func measured(b *testing.B, run func(b *testing.B, w *coretest.World, dir core.ID[core.Directory], ids []core.ID[core.Account])) {
	for _, engine := range []string{"mem", "bolt"} {
		b.Run(engine, func(b *testing.B) {
			var s store.Store = mem.Open()
			if engine == "bolt" {
				var err error
				if s, err = bolt.Open(filepath.Join(b.TempDir(), "data"), bolt.Options{}); err != nil {
					b.Fatal(err)
				}
			}
			w := coretest.On(b, s)
			dir := w.Directory(b, "My Application Directory").ID
			var ids []core.ID[core.Account]
			w.Update(b, func(tx *core.Tx) error {
				for i := range 1000 {
					a := person(dir, i)
					if err := core.Put(tx, a); err != nil {
						return err
					}
					ids = append(ids, a.ID)
				}
				return nil
			})
			b.ReportAllocs()
			b.ResetTimer()
			run(b, w, dir, ids)
		})
	}
}

func person(dir core.ID[core.Directory], i int) *core.Account {
	a := core.Make[core.Account]()
	a.Directory, a.Email = dir, fmt.Sprintf("person%d@example.com", i)
	a.GivenName, a.Surname = "Given", "Surname"
	return a
}

func BenchmarkCreateAccount(b *testing.B) {
	measured(b, func(b *testing.B, w *coretest.World, dir core.ID[core.Directory], _ []core.ID[core.Account]) {
		for i := range b.N {
			w.Update(b, func(tx *core.Tx) error { return core.Put(tx, person(dir, 10_000+i)) })
		}
	})
}

// A hundred in one transaction: what the core costs, without the disk.
func BenchmarkCreateHundredAccounts(b *testing.B) {
	measured(b, func(b *testing.B, w *coretest.World, dir core.ID[core.Directory], _ []core.ID[core.Account]) {
		for i := range b.N {
			w.Update(b, func(tx *core.Tx) error {
				for j := range 100 {
					if err := core.Put(tx, person(dir, 10_000+i*100+j)); err != nil {
						return err
					}
				}
				return nil
			})
		}
	})
}

func BenchmarkUpdateAccount(b *testing.B) {
	measured(b, func(b *testing.B, w *coretest.World, _ core.ID[core.Directory], ids []core.ID[core.Account]) {
		for i := range b.N {
			w.Update(b, func(tx *core.Tx) error {
				return edit(tx, ids[i%len(ids)], core.Put, func(a *core.Account) { a.GivenName = fmt.Sprint(i) })
			})
		}
	})
}

func BenchmarkGet(b *testing.B) {
	measured(b, func(b *testing.B, w *coretest.World, _ core.ID[core.Directory], ids []core.ID[core.Account]) {
		for i := range b.N {
			w.View(b, func(tx *core.Tx) error { return second(core.Get(tx, ids[i%len(ids)])) })
		}
	})
}

func BenchmarkList25(b *testing.B) {
	measured(b, func(b *testing.B, w *coretest.World, dir core.ID[core.Directory], _ []core.ID[core.Account]) {
		for range b.N {
			w.View(b, func(tx *core.Tx) error {
				return second(core.List(tx, core.AccountsOf, core.Query{Owner: string(dir)}))
			})
		}
	})
}

func BenchmarkFind(b *testing.B) {
	measured(b, func(b *testing.B, w *coretest.World, dir core.ID[core.Directory], ids []core.ID[core.Account]) {
		for i := range b.N {
			w.View(b, func(tx *core.Tx) error {
				return second(core.Find(tx, core.AccountUsername, string(dir), fmt.Sprintf("person%d@example.com", i%len(ids))))
			})
		}
	})
}

// A login on a file, counted in all buckets, beside the bare hash that it needs, by
// as many callers as keep the cores busy.
func BenchmarkLogin(b *testing.B) {
	s, err := bolt.Open(filepath.Join(b.TempDir(), "data"), bolt.Options{})
	if err != nil {
		b.Fatal(err)
	}
	w := coretest.On(b, s, func(a *core.App) { a.Passwords = &password.Hasher{Queue: 1 << 10} })
	app := w.Application(b, "My Application")
	for i := range 64 {
		w.Person(b, w.Directory(b, "My Application Directory").ID, fmt.Sprintf("person%d@example.com", i))
	}
	hash, err := w.App.HashPassword(b.Context(), coretest.Password)
	if err != nil {
		b.Fatal(err)
	}
	for name, once := range map[string]func(i int) error{
		"bare": func(int) error { return second(w.App.Passwords.Verify(b.Context(), hash, coretest.Password)) },
		"counted": func(i int) error {
			return second(w.App.Authenticate(w.Machine(), core.Attempt{Application: app.ID, Login: fmt.Sprintf("person%d@example.com", i%64),
				Password: coretest.Password, Source: netip.AddrFrom4([4]byte{10, byte(i >> 8), byte(i), 1})}))
		},
	} {
		b.Run(name, func(b *testing.B) {
			var n atomic.Int64
			b.SetParallelism(8)
			b.RunParallel(func(pb *testing.PB) {
				for pb.Next() {
					if err := once(int(n.Add(1))); err != nil {
						b.Error(err)
					}
				}
			})
		})
	}
}
