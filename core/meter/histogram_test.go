package meter

import (
	"slices"
	"sync"
	"testing"
)

func TestAValueCountsAtItsBoundAndAboveIt(t *testing.T) {
	for _, c := range []struct {
		value int64
		upto  []uint64
	}{{-1, []uint64{1, 1}}, {10, []uint64{1, 1}}, {11, []uint64{0, 1}}, {20, []uint64{0, 1}}, {21, []uint64{0, 0}}} {
		h := New(10, 20)
		h.Add(c.value)
		if r := h.Read(); !slices.Equal(r.Upto, c.upto) || r.Count != 1 || r.Sum != c.value {
			t.Errorf("%d: %+v, want %v", c.value, r, c.upto)
		}
	}
}

func TestNothingIsLostAmongManyWhoCount(t *testing.T) {
	h := New(10, 20)
	var all sync.WaitGroup
	for range 8 {
		all.Go(func() {
			for range 1000 {
				h.Add(15)
			}
		})
	}
	all.Wait()
	if r := h.Read(); r.Count != 8000 || r.Sum != 8000*15 || !slices.Equal(r.Upto, []uint64{0, 8000}) {
		t.Errorf("%+v", r)
	}
}

func BenchmarkAdd(b *testing.B) {
	h := New(100_000, 1_000_000, 10_000_000, 100_000_000, 1_000_000_000)
	b.RunParallel(func(pb *testing.PB) {
		for pb.Next() {
			h.Add(5_000_000)
		}
	})
}
