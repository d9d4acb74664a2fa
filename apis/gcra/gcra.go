// Package gcra limits rates by the generic cell rate algorithm: one number for each
// key, the time at which all that the key has drawn will have been given back.
package gcra

import (
	"hash/maphash"
	"math/bits"
	"sync"
	"sync/atomic"
	"time"
)

// Rate is so many a second in the long run, and so many at once. The zero Rate
// limits nothing.
type Rate struct {
	PerSecond float64
	Burst     int
}

// Limited tells whether the rate limits anything.
func (r Rate) Limited() bool { return r.PerSecond > 0 && r.Burst > 0 }

// Verdict is what came of a draw.
type Verdict struct {
	OK        bool
	Remaining int           // that could be drawn at once now
	Reset     time.Duration // until all of the burst could be
	Retry     time.Duration // until the same draw would do; 0 if it does now
}

const (
	ways = 8       // entries of a set
	sets = 1 << 13 // a power of two
)

// Size is for how many keys a limiter remembers something at a time: it takes 1 MiB
// for them, whoever asks.
const Size = ways * sets

// Limiter holds the state of all keys under one rate. Of more keys than it has room
// for, it forgets those that have the least to give back. A draw of a key that is
// known takes no lock.
type Limiter struct {
	rate  Rate
	every int64 // nanoseconds for one
	most  int64 // nanoseconds for the burst
	seed  maphash.Seed
	sets  []set
}

// set is the entries among which a key has its place.
type set struct {
	mu      sync.Mutex // to give a place to another key
	entries [ways]entry
}

type entry struct {
	key atomic.Uint64 // a keyed hash; 0 is nobody's
	tat atomic.Int64  // the theoretical arrival time, in nanoseconds of Unix time
}

// New is a limiter to a rate, which must be Limited.
func New(r Rate) *Limiter {
	every := max(int64(float64(time.Second)/r.PerSecond), 1)
	return &Limiter{rate: r, every: every, most: saturated(every, int64(r.Burst)), seed: maphash.MakeSeed(), sets: make([]set, sets)}
}

// saturated is a product that stays within a hundred years.
func saturated(a, b int64) int64 {
	const century = 100 * 365 * 24 * int64(time.Hour)
	if hi, lo := bits.Mul64(uint64(a), uint64(b)); hi == 0 && lo < uint64(century) {
		return int64(lo)
	}
	return century
}

// Rate is the limiter's.
func (l *Limiter) Rate() Rate { return l.rate }

// Key is the keyed hash of a name: strangers cannot choose names that share one.
func (l *Limiter) Key(name string) uint64 { return max(maphash.String(l.seed, name), 1) }

// Bytes is Key of a name in bytes.
func (l *Limiter) Bytes(name []byte) uint64 { return max(maphash.Bytes(l.seed, name), 1) }

// Take draws n for a key. What is not allowed draws nothing.
func (l *Limiter) Take(key uint64, n int, now time.Time) Verdict {
	at, cost := now.UnixNano(), saturated(l.every, int64(n))
	e := l.find(key, at)
	for {
		old := e.tat.Load()
		// A clock that was set back must not keep anybody out for longer than a burst.
		tat := min(max(old, at), at+l.most) + cost
		if tat-at > l.most {
			return l.verdict(false, tat-cost-at, tat-at-l.most)
		}
		if e.tat.CompareAndSwap(old, tat) {
			return l.verdict(true, tat-at, 0)
		}
		if e.key.Load() != key {
			e = l.find(key, at)
		}
	}
}

// find is the place of a key, made if it has none.
func (l *Limiter) find(key uint64, at int64) *entry {
	s := &l.sets[key&(sets-1)]
	for i := range s.entries {
		if s.entries[i].key.Load() == key {
			return &s.entries[i]
		}
	}
	s.mu.Lock()
	defer s.mu.Unlock()
	least := &s.entries[0]
	for i := range s.entries {
		e := &s.entries[i]
		if e.key.Load() == key {
			return e // another was faster
		}
		if e.tat.Load() < least.tat.Load() {
			least = e
		}
	}
	least.tat.Store(at)
	least.key.Store(key)
	return least
}

func (l *Limiter) verdict(ok bool, drawn, retry int64) Verdict {
	return Verdict{OK: ok, Remaining: int(max(l.most-drawn, 0) / l.every), Reset: time.Duration(drawn), Retry: time.Duration(retry)}
}
