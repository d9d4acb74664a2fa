package main

import (
	"testing"
	"time"
)

func TestMedianIsTheMiddleOneThatWasMeasured(t *testing.T) {
	for _, c := range []struct {
		all  []float64
		want float64
	}{
		{nil, 0}, {[]float64{7}, 7}, {[]float64{9, 1}, 1}, {[]float64{5, 1, 3}, 3}, {[]float64{4, 1, 3, 2}, 2},
	} {
		if got := median(c.all); got != c.want {
			t.Errorf("median of %v is %v, want %v", c.all, got, c.want)
		}
	}
}

func TestQuantile(t *testing.T) {
	hundred := make([]time.Duration, 100)
	for i := range hundred {
		hundred[i] = time.Duration(i + 1)
	}
	for _, c := range []struct {
		all  []time.Duration
		q    float64
		want time.Duration
	}{
		{nil, 0.5, 0}, {hundred[:1], 0.99, 1}, {hundred[:2], 0.5, 1}, {hundred, 0.5, 50}, {hundred, 0.99, 99},
		{hundred, 1, 100}, {hundred, 0, 1}, {hundred[:3], 0.99, 3},
	} {
		if got := quantile(c.all, c.q); got != c.want {
			t.Errorf("quantile %v of %d is %v, want %v", c.q, len(c.all), got, c.want)
		}
	}
}
