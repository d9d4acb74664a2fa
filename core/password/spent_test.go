package password

import (
	"runtime"
	"testing"
)

func TestWhatHashesLeaveIsCollected(t *testing.T) {
	runtime.GC()
	enough := int(max(leastSpent, live()))
	rows := []struct {
		name  string
		bytes []int
		left  int64
	}{
		{"forms without memory", []int{0, 0, 0}, 0},
		{"a little", []int{1 << 20, 2 << 20}, 3 << 20},
		{"enough at once", []int{enough}, 0},
		{"enough by and by", []int{enough - 1, 1, 5}, 5},
	}
	for _, r := range rows {
		var s spent
		for _, n := range r.bytes {
			s.add(n)
		}
		if got := s.bytes.Load(); got != r.left {
			t.Errorf("%s: %d bytes are left to count, want %d", r.name, got, r.left)
		}
	}
	var before, after runtime.MemStats
	runtime.ReadMemStats(&before)
	new(spent).add(enough)
	if runtime.ReadMemStats(&after); after.NumForcedGC != before.NumForcedGC+1 {
		t.Errorf("%d collections were forced, want 1", after.NumForcedGC-before.NumForcedGC)
	}
}
