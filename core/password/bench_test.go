package password

import (
	"context"
	"os"
	"runtime"
	"strconv"
	"strings"
	"sync"
	"sync/atomic"
	"testing"
)

// BenchmarkHash is the gate's cost over the bare hash, and what callers beyond
// the cores do to it.
func BenchmarkHash(b *testing.B) {
	b.Run("bare", func(b *testing.B) {
		p := Params{}.orDefault()
		b.SetParallelism(1)
		b.RunParallel(func(pb *testing.PB) {
			for pb.Next() {
				newArgon2id("correct horse battery", p)
			}
		})
	})
	b.Run("gated_32_callers", func(b *testing.B) {
		var h Hasher
		callers(b, 32, func() error { _, err := h.Hash(context.Background(), "correct horse battery"); return err })
	})
}

func BenchmarkVerify(b *testing.B) {
	var h Hasher
	own, err := h.Hash(context.Background(), "password")
	if err != nil {
		b.Fatal(err)
	}
	for _, v := range append(vectors(), vector{"own", "argon2id", own, "password"}) {
		b.Run(strings.ReplaceAll(v.name, " ", "_"), func(b *testing.B) {
			for b.Loop() {
				if _, err := h.Verify(context.Background(), v.encoded, v.password); err != nil {
					b.Fatal(err)
				}
			}
		})
	}
}

func BenchmarkRecognised(b *testing.B) {
	for b.Loop() {
		Recognised("$argon2id$v=19$m=256,t=2,p=2$c29tZXNhbHQ$bQk8UB/VmZZF4Oo79iDXuL5/0ttZwg2f/5U52iv1cDc")
	}
}

// BenchmarkMemory reports the most anonymous memory of the process while 200
// callers verify at once: MiB on systems that have /proc, else nothing.
func BenchmarkMemory(b *testing.B) {
	h := Hasher{Queue: 200}
	own, err := h.Hash(context.Background(), "password")
	if err != nil {
		b.Fatal(err)
	}
	var before, after runtime.MemStats
	runtime.ReadMemStats(&before)
	var most atomic.Int64
	callers(b, 200, func() error {
		_, err := h.Verify(context.Background(), own, "password")
		most.Store(max(most.Load(), anonymous()))
		return err
	})
	b.ReportMetric(float64(most.Load())/1024, "anonMiB")
	runtime.ReadMemStats(&after)
	b.ReportMetric(float64(after.TotalAlloc-before.TotalAlloc)/float64(b.N)/1024, "KiB/verify")
	b.ReportMetric(float64(after.NumGC-before.NumGC)/float64(b.N), "GCs/verify")
}

// callers spreads b.N calls over n goroutines.
func callers(b *testing.B, n int, call func() error) {
	var left atomic.Int64
	left.Store(int64(b.N))
	var all sync.WaitGroup
	b.ResetTimer()
	for range n {
		all.Go(func() {
			for left.Add(-1) >= 0 {
				if err := call(); err != nil {
					b.Error(err)
					return
				}
			}
		})
	}
	all.Wait()
	b.StopTimer()
}

// anonymous is RssAnon of /proc/self/status in KiB, or 0.
func anonymous() int64 {
	text, _ := os.ReadFile("/proc/self/status")
	_, rest, _ := strings.Cut(string(text), "RssAnon:")
	number, _, _ := strings.Cut(strings.TrimSpace(rest), " ")
	n, _ := strconv.ParseInt(number, 10, 64)
	return n
}
