package apis

import (
	"hash/maphash"
	"sync"
	"time"
)

// maxSeen is how many nonces half of a seen holds.
const maxSeen = 1 << 18

// seen are the nonces of the requests that proved to be signed, of every method:
// a repeated one is refused before anything is done for it, also if the first was
// refused for what it asked. What a request has written remembers its nonce in the
// store as well (core.AsOnce), which a restart leaves there and other servers see;
// a GET that is repeated after a restart does nothing and tells nothing new.
//
// It holds two halves, and forgets the older when the younger is full, or old
// enough for all it has seen to be too old to be repeated. So it never refuses a
// nonce for want of room, and never grows: beyond a quarter of a million requests in
// two hours the oldest are forgotten first. A hash of 64 bits under a seed of this
// process stands for each: one in 2^45 new nonces is taken for an old one.
type seen struct {
	mu         sync.Mutex
	seed       maphash.Seed
	now, older map[uint64]struct{}
	since      time.Time
}

// add remembers the nonce of a key, and tells whether it is new.
func (n *seen) add(key, nonce string, at time.Time) bool {
	n.mu.Lock()
	defer n.mu.Unlock()
	if n.now == nil {
		n.seed, n.now, n.since = maphash.MakeSeed(), map[uint64]struct{}{}, at
	}
	if len(n.now) >= maxSeen || at.Sub(n.since) > 2*skew {
		n.now, n.older, n.since = map[uint64]struct{}{}, n.now, at
	}
	sum := maphash.String(n.seed, key+"/"+nonce)
	_, young := n.now[sum]
	_, old := n.older[sum]
	n.now[sum] = struct{}{}
	return !young && !old
}
