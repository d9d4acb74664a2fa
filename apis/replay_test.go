package apis

import (
	"fmt"
	"testing"
	"time"
)

func TestClass04_ANonceIsNewOnce(t *testing.T) {
	n, now := &seen{}, time.Date(2026, 1, 1, 0, 0, 0, 0, time.UTC)
	for _, v := range []struct {
		name, key, nonce string
		after            time.Duration
		want             bool
	}{
		{"new", "k", "n", 0, true},
		{"again", "k", "n", 0, false},
		{"another key's", "l", "n", 0, true},
		{"another", "k", "m", 0, true},
		{"as long as it may come", "k", "n", 130 * time.Minute, false},
		{"when the younger half is old", "k", "o", 131 * time.Minute, true},
		{"of the older half", "k", "m", 131 * time.Minute, false},
		{"of the younger", "k", "o", 260 * time.Minute, false},
		{"the clock set back", "k", "o", -time.Hour, false},
		{"too old to come again", "l", "n", 10 * time.Hour, true},
	} {
		if got := n.add(v.key, v.nonce, now.Add(v.after)); got != v.want {
			t.Errorf("%s: %v", v.name, got)
		}
	}
}

// However many come, none is refused, memory stays, and the latest are known.
func TestClass21_NoncesInMemoryAreBounded(t *testing.T) {
	n, now := &seen{}, time.Date(2026, 1, 1, 0, 0, 0, 0, time.UTC)
	for i := range 3*maxSeen + 1 {
		if !n.add("k", fmt.Sprint(i), now) {
			t.Fatalf("nonce %d is refused", i)
		}
	}
	if len(n.now) > maxSeen || len(n.older) > maxSeen {
		t.Errorf("%d and %d", len(n.now), len(n.older))
	}
	if n.add("k", fmt.Sprint(2*maxSeen+1), now) || !n.add("k", "0", now) {
		t.Error("the latest are forgotten, or the oldest known")
	}
}
