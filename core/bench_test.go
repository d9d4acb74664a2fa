package core_test

import (
	"fmt"
	"path/filepath"
	"testing"

	"github.com/stormkeep/stormkeep/core"
	"github.com/stormkeep/stormkeep/core/coretest"
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
