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
	wrong  map[string]int
}

const (
	maxWrong   = 10      // tries of a source in a minute
	maxSources = 100_000 // that are told apart; all others are one
)

// take asks for a try. wait is for how long there is none.
func (t *tries) take(source string, now time.Time) (wait time.Duration) {
	t.mu.Lock()
	defer t.mu.Unlock()
	if m := now.Unix() / 60; m != t.minute || t.wrong == nil {
		t.minute, t.wrong = m, map[string]int{}
	}
	source = t.known(source)
	if t.wrong[source] >= maxWrong {
		return time.Unix((t.minute+1)*60, 0).Sub(now)
	}
	t.wrong[source]++
	return 0
}

// giveBack takes back a try that was right.
func (t *tries) giveBack(source string) {
	t.mu.Lock()
	defer t.mu.Unlock()
	if source = t.known(source); t.wrong[source] > 0 {
		t.wrong[source]--
	}
}

func (t *tries) known(source string) string {
	if _, ok := t.wrong[source]; !ok && len(t.wrong) >= maxSources {
		return ""
	}
	return source
}

// sourceOf is the network that an address stands for: who has one address has all
// of its /24, or /64.
func sourceOf(ip string) string {
	a, err := netip.ParseAddr(ip)
	if err != nil {
		return ""
	}
	bits := 64
	if a = a.Unmap().WithZone(""); a.Is4() {
		bits = 24
	}
	p, err := a.Prefix(bits)
	if err != nil {
		return ""
	}
	return p.String()
}
