package gcra

import (
	"strconv"
	"sync"
	"sync/atomic"
	"testing"
	"time"
)

func noon() time.Time { return time.Date(2026, 11, 21, 12, 0, 0, 0, time.UTC) }

// At once as much as the burst, and then as much as has been given back.
func TestABurstAndThenTheRate(t *testing.T) {
	l := New(Rate{PerSecond: 10, Burst: 5})
	k, now := l.Key("ann"), noon()
	for _, c := range []struct {
		after time.Duration
		n     int
		want  Verdict
	}{
		{0, 1, Verdict{OK: true, Remaining: 4, Reset: 100 * time.Millisecond}},
		{0, 4, Verdict{OK: true, Remaining: 0, Reset: 500 * time.Millisecond}},
		{0, 1, Verdict{Remaining: 0, Reset: 500 * time.Millisecond, Retry: 100 * time.Millisecond}},
		{0, 1, Verdict{Remaining: 0, Reset: 500 * time.Millisecond, Retry: 100 * time.Millisecond}}, // what is refused draws nothing
		{99 * time.Millisecond, 1, Verdict{Remaining: 0, Reset: 401 * time.Millisecond, Retry: time.Millisecond}},
		{time.Millisecond, 1, Verdict{OK: true, Remaining: 0, Reset: 500 * time.Millisecond}},
		{time.Hour, 5, Verdict{OK: true, Remaining: 0, Reset: 500 * time.Millisecond}},
		{250 * time.Millisecond, 3, Verdict{Remaining: 2, Reset: 250 * time.Millisecond, Retry: 50 * time.Millisecond}},
		{0, 2, Verdict{OK: true, Remaining: 0, Reset: 450 * time.Millisecond}},
		{-time.Hour, 1, Verdict{Remaining: 0, Reset: 500 * time.Millisecond, Retry: 100 * time.Millisecond}}, // the clock is set back
		{100 * time.Millisecond, 1, Verdict{Remaining: 0, Reset: 500 * time.Millisecond, Retry: 100 * time.Millisecond}},
	} {
		now = now.Add(c.after)
		if got := l.Take(k, c.n, now); got != c.want {
			t.Errorf("%d at %v: %+v, want %+v", c.n, now.Format("05.000"), got, c.want)
		}
	}
	if got := l.Take(l.Key("bob"), 5, now); !got.OK {
		t.Errorf("another pays: %+v", got)
	}
}

// Never more than the burst and the rate allow, however many draw at once.
func TestManyAtOnceDrawNoMore(t *testing.T) {
	l := New(Rate{PerSecond: 1, Burst: 1000})
	var ok atomic.Int64
	var all sync.WaitGroup
	for range 8 {
		all.Go(func() {
			for range 1000 {
				if l.Take(l.Key("ann"), 1, noon()).OK {
					ok.Add(1)
				}
			}
		})
	}
	if all.Wait(); ok.Load() != 1000 {
		t.Errorf("%d were allowed", ok.Load())
	}
}

// Any number of names finds room, and who has drawn much is not forgotten for those
// who have drawn little.
func TestItForgetsThoseWhoHaveTheLeastToGiveBack(t *testing.T) {
	l := New(Rate{PerSecond: 1, Burst: 100})
	l.Take(l.Key("greedy"), 100, noon())
	for i := range 2 * Size {
		if !l.Take(l.Key(strconv.Itoa(i)), 1, noon()).OK {
			t.Fatalf("the %dth pays for others", i)
		}
	}
	if l.Take(l.Key("greedy"), 1, noon()).OK {
		t.Error("it was forgotten")
	}
}

func TestRatesAtTheEnds(t *testing.T) {
	for _, r := range []Rate{{}, {PerSecond: 1}, {Burst: 1}, {PerSecond: -1, Burst: 1}} {
		if r.Limited() {
			t.Errorf("%+v limits", r)
		}
	}
	for _, r := range []Rate{{1e12, 1}, {1e-9, 1 << 30}, {0.001, 1}} {
		l := New(r)
		if got := l.Take(l.Bytes([]byte("x")), 1, noon()); !got.OK || got.Remaining > r.Burst {
			t.Errorf("%+v: %+v", r, got)
		}
	}
}

// A draw costs far less than a microsecond, also where all draw of one key.
func BenchmarkTake(b *testing.B) {
	for _, keys := range []int{1, 1000, 4 * Size} {
		b.Run(strconv.Itoa(keys), func(b *testing.B) {
			l, now := New(Rate{PerSecond: 1e9, Burst: 1e9}), noon()
			names := make([]string, keys)
			for i := range names {
				names[i] = strconv.Itoa(i)
			}
			b.ReportAllocs()
			b.RunParallel(func(pb *testing.PB) {
				for i := 0; pb.Next(); i++ {
					l.Take(l.Key(names[i%keys]), 1, now)
				}
			})
		})
	}
}
