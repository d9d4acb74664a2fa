package core_test

import (
	"testing"

	"github.com/stormkeep/stormkeep/core"
)

func BenchmarkRedeem(b *testing.B) {
	p := portalOn(b, boltAt(b))
	_, ses := p.open(b, "ann@example.com")
	codes := make(chan string, b.N)
	for range b.N {
		codes <- p.code(b, ses.ID, p.web)
	}
	b.ReportAllocs()
	b.SetParallelism(32)
	b.ResetTimer()
	b.RunParallel(func(pb *testing.PB) {
		for pb.Next() {
			if _, _, err := p.redeem(p.web, <-codes); err != nil {
				b.Error(err)
			}
		}
	})
}

// Each caller refreshes a family of its own, as clients do.
func BenchmarkRefresh(b *testing.B) {
	p := portalOn(b, boltAt(b))
	_, ses := p.open(b, "ann@example.com")
	b.ReportAllocs()
	b.SetParallelism(32)
	b.ResetTimer()
	b.RunParallel(func(pb *testing.PB) {
		_, token := p.grant(b, ses.ID, p.web, func(a *core.Authorized) { a.Offline = true })
		for pb.Next() {
			next, err := p.refresh(p.web, token)
			if err != nil {
				b.Error(err)
				return
			}
			token = next
		}
	})
}
