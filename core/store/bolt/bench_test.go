package bolt

import (
	"fmt"
	"path/filepath"
	"runtime"
	"slices"
	"sync"
	"sync/atomic"
	"testing"
	"time"

	"go.etcd.io/bbolt"

	"github.com/stormkeep/stormkeep/core/store"
)

// timed returns an ordered key and a value of the size of a small record.
func timed(i int64) (string, []byte) { return fmt.Sprintf("o%019d", i), make([]byte, 200) }

// BenchmarkLone takes turns between a lone Update and a bare commit of bbolt, so that both meet the same disk, and
// reports the medians and their ratio.
func BenchmarkLone(b *testing.B) {
	bare, err := bbolt.Open(filepath.Join(b.TempDir(), "bare.db"), 0o600,
		&bbolt.Options{FreelistType: bbolt.FreelistMapType, InitialMmapSize: 1 << 30})
	if err != nil {
		b.Fatal(err)
	}
	defer bare.Close()
	if err := prepare(bare, bare.Path()); err != nil {
		b.Fatal(err)
	}
	d := openTest(b)
	var times [2][]time.Duration
	for i := int64(0); b.Loop(); i++ {
		key, value := timed(i)
		start := time.Now()
		if err := bare.Update(func(tx *bbolt.Tx) error {
			k := tx.Bucket(orderedBucket)
			k.FillPercent = fill
			return k.Put([]byte(key), value)
		}); err != nil {
			b.Fatal(err)
		}
		middle := time.Now()
		if err := d.Update(b.Context(), func(tx store.Tx) error { return tx.Put(key, value) }); err != nil {
			b.Fatal(err)
		}
		times[0] = append(times[0], middle.Sub(start))
		times[1] = append(times[1], time.Since(middle))
	}
	b.ReportMetric(median(times[0])/1e3, "µs-bare")
	b.ReportMetric(median(times[1])/1e3, "µs-lone")
	b.ReportMetric(median(times[1])/median(times[0]), "ratio")
}

// BenchmarkGain takes turns between a lone Update and ten from each of 128 writers, and reports the medians of what
// one costs and their ratio.
func BenchmarkGain(b *testing.B) {
	const writers, rounds = 128, 10
	d := openTest(b)
	var times [2][]time.Duration
	var n atomic.Int64
	one := func() {
		key, value := timed(n.Add(1))
		if err := d.Update(b.Context(), func(tx store.Tx) error { return tx.Put(key, value) }); err != nil {
			b.Error(err)
		}
	}
	for b.Loop() {
		start := time.Now()
		one()
		middle := time.Now()
		var wg sync.WaitGroup
		for range writers {
			wg.Go(func() {
				for range rounds {
					one()
				}
			})
		}
		wg.Wait()
		times[0] = append(times[0], middle.Sub(start))
		times[1] = append(times[1], time.Since(middle)/(writers*rounds))
	}
	b.ReportMetric(median(times[0])/1e3, "µs-lone")
	b.ReportMetric(median(times[1])/1e3, "µs-of-128")
	b.ReportMetric(median(times[0])/median(times[1]), "gain")
}

func median(ts []time.Duration) float64 {
	slices.Sort(ts)
	return float64(ts[len(ts)/2])
}

// BenchmarkCommit shows what one Update costs when many come at once.
func BenchmarkCommit(b *testing.B) {
	for _, writers := range []int{1, 8, 32, 128, 512} {
		b.Run(fmt.Sprint(writers, " writers"), func(b *testing.B) {
			d := openTest(b)
			commits := 0
			commit := d.commit
			d.commit = func(t *bbolt.Tx) error { commits++; return commit(t) }
			b.ReportAllocs()
			b.ResetTimer()
			many(b, d, writers, b.N)
			b.ReportMetric(float64(b.N)/float64(commits), "ops/commit")
		})
	}
}

// many puts n ordered keys, each in its own Update, from so many goroutines.
func many(b *testing.B, d *DB, writers, n int) {
	var i atomic.Int64
	var wg sync.WaitGroup
	for range writers {
		wg.Go(func() {
			for {
				k := i.Add(1)
				if k > int64(n) {
					return
				}
				key, value := timed(k)
				if err := d.Update(b.Context(), func(tx store.Tx) error { return tx.Put(key, value) }); err != nil {
					b.Error(err)
					return
				}
			}
		})
	}
	wg.Wait()
}

// BenchmarkMemory reports what 200,000 Updates by 128 writers leave on the heap.
func BenchmarkMemory(b *testing.B) {
	for b.Loop() {
		d := openTest(b)
		many(b, d, 128, 1000)
		heap := func() float64 {
			runtime.GC()
			var m runtime.MemStats
			runtime.ReadMemStats(&m)
			return float64(m.HeapAlloc) / 1024
		}
		before := heap()
		b.ReportMetric(before, "KiB-before")
		many(b, d, 128, 200_000)
		b.ReportMetric(heap()-before, "KiB-grown")
		d.Close()
	}
}

func BenchmarkRead(b *testing.B) {
	const n = 100_000
	d := openTest(b)
	key := func(i int) string { return fmt.Sprintf("k%09d", i%n) }
	if err := d.Update(b.Context(), func(tx store.Tx) error {
		for i := range n {
			if err := tx.Put(key(i), make([]byte, 200)); err != nil {
				return err
			}
		}
		return nil
	}); err != nil {
		b.Fatal(err)
	}
	get := func(i int) func(store.Tx) error {
		return func(tx store.Tx) error { _, err := tx.Get(key(i * 7919)); return err }
	}
	b.Run("bare bbolt get", func(b *testing.B) {
		b.ReportAllocs()
		for i := 0; b.Loop(); i++ {
			d.bolt.View(func(tx *bbolt.Tx) error {
				tx.Bucket(scatteredBucket).Get([]byte(key(i * 7919)))
				return nil
			})
		}
	})
	b.Run("get", func(b *testing.B) {
		b.ReportAllocs()
		for i := 0; b.Loop(); i++ {
			d.View(b.Context(), get(i))
		}
	})
	b.Run("get by all cores", func(b *testing.B) {
		b.ReportAllocs()
		b.RunParallel(func(pb *testing.PB) {
			for i := 0; pb.Next(); i++ {
				d.View(b.Context(), get(i))
			}
		})
	})
	for _, s := range []struct {
		name string
		do   func(*testing.B, func(store.Tx) error)
	}{
		{"scan of 100,000 in a View", func(b *testing.B, fn func(store.Tx) error) { d.View(b.Context(), fn) }},
		{"scan of 100,000 in an Update", func(b *testing.B, fn func(store.Tx) error) { d.Update(b.Context(), fn) }},
	} {
		b.Run(s.name, func(b *testing.B) {
			b.ReportAllocs()
			for b.Loop() {
				s.do(b, func(tx store.Tx) error {
					for range tx.Scan("", "") {
					}
					return nil
				})
			}
		})
	}
	b.Run("pass of 100,000", func(b *testing.B) {
		b.ReportAllocs()
		for b.Loop() {
			d.View(b.Context(), func(tx store.Tx) error {
				return store.Pass(tx, "", "", func(_, _ []byte) bool { return true })
			})
		}
	})
}
