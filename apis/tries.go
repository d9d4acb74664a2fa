package apis

import (
	"net/netip"
	"sync"
	"time"
)

// tries bounds how often a source may be wrong in a minute. A try counts from before
// it is made, so that many at once are no way round; one that was right is given back.
type tries struct {
	mu     sync.Mutex
	minute int64
	wrong  map[netip.Prefix]int
}

const (
	maxWrong   = 10      // tries of a source in a minute
	maxSources = 100_000 // that are told apart; all others are one
)

// take asks for a try. wait is for how long there is none.
func (t *tries) take(source netip.Prefix, now time.Time) (wait time.Duration) {
	t.mu.Lock()
	defer t.mu.Unlock()
	if m := now.Unix() / 60; m != t.minute || t.wrong == nil {
		t.minute, t.wrong = m, map[netip.Prefix]int{}
	}
	source = t.known(source)
	if t.wrong[source] >= maxWrong {
		return time.Unix((t.minute+1)*60, 0).Sub(now)
	}
	t.wrong[source]++
	return 0
}

// giveBack takes back a try that was right.
func (t *tries) giveBack(source netip.Prefix) {
	t.mu.Lock()
	defer t.mu.Unlock()
	if source = t.known(source); t.wrong[source] > 0 {
		t.wrong[source]--
	}
}

func (t *tries) known(source netip.Prefix) netip.Prefix {
	if _, ok := t.wrong[source]; !ok && len(t.wrong) >= maxSources {
		return netip.Prefix{}
	}
	return source
}

// neighbourhood is the network that an address stands for: who has one address may
// well have all of its /24, or /64.
func neighbourhood(a netip.Addr) netip.Prefix {
	bits := 64
	if a = a.Unmap().WithZone(""); a.Is4() {
		bits = 24
	}
	p, _ := a.Prefix(bits)
	return p
}
