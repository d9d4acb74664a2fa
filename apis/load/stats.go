package main

import (
	"cmp"
	"slices"
	"time"
)

// median is the middle of all, of an even number the lower one of the two, so
// that it is always something that was measured. The zero value of none.
func median[T cmp.Ordered](all []T) (mid T) {
	if len(all) == 0 {
		return mid
	}
	sorted := slices.Sorted(slices.Values(all))
	return sorted[(len(sorted)-1)/2]
}

// quantile is the smallest of the sorted times that at least the share q of them
// does not exceed. 0 of none.
func quantile(sorted []time.Duration, q float64) time.Duration {
	if len(sorted) == 0 {
		return 0
	}
	i := int(q*float64(len(sorted))+0.999999) - 1
	return sorted[min(max(i, 0), len(sorted)-1)]
}
