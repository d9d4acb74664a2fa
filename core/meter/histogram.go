// Package meter counts without locks what many goroutines do, so that being
// watched costs them next to nothing.
package meter

import "sync/atomic"

// Histogram counts values by size: how long, how many, how large. Adding to it
// takes a few nanoseconds and no lock.
type Histogram struct {
	bounds []int64         // ascending
	counts []atomic.Uint64 // one more than bounds: of what is above them all
	sum    atomic.Int64
}

// New is a histogram of values up to each of some ascending bounds, and of those
// above the last.
func New(bounds ...int64) *Histogram {
	return &Histogram{bounds: bounds, counts: make([]atomic.Uint64, len(bounds)+1)}
}

// Add counts a value.
func (h *Histogram) Add(v int64) {
	i := 0
	for i < len(h.bounds) && v > h.bounds[i] {
		i++
	}
	h.counts[i].Add(1)
	h.sum.Add(v)
}

// Reading is a histogram at one moment.
type Reading struct {
	Bounds []int64  // must not be changed
	Upto   []uint64 // how many values are at most each bound
	Count  uint64   // of all values
	Sum    int64    // of all values; one that is just being added may be missing in it
}

// Read gives what was counted so far. The counts never fall from one reading to
// the next.
func (h *Histogram) Read() Reading {
	r := Reading{Bounds: h.bounds, Upto: make([]uint64, len(h.bounds)), Sum: h.sum.Load()}
	for i := range h.bounds {
		r.Count += h.counts[i].Load()
		r.Upto[i] = r.Count
	}
	r.Count += h.counts[len(h.bounds)].Load()
	return r
}
