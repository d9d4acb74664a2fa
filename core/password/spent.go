package password

import (
	"runtime"
	"runtime/metrics"
	"sync/atomic"
)

// leastSpent keeps cheap hashes, and those of a small process, from collecting
// more often than is worth it.
const leastSpent = 32 << 20

// spent counts the memory that hashes have left behind. x/crypto takes it anew
// for each, and the collector lets the heap double before it looks: too late
// for logins that come in crowds. Collecting once the hashes alone have added
// half of what is live keeps the peak low, and costs little of the rate even
// where much else is live.
type spent struct{ bytes atomic.Int64 }

// add counts one hash, and collects if that makes enough.
func (s *spent) add(bytes int) {
	n := s.bytes.Add(int64(bytes))
	if n < leastSpent || n < live()/2 {
		return
	}
	if s.bytes.CompareAndSwap(n, 0) {
		runtime.GC()
	}
}

// live is what the last collection found in use.
func live() int64 {
	sample := []metrics.Sample{{Name: "/gc/heap/live:bytes"}}
	metrics.Read(sample)
	return int64(sample[0].Value.Uint64())
}
