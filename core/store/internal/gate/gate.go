// Package gate lets calls in until it is closed, and then waits for those inside.
package gate

import (
	"sync"

	"github.com/stormkeep/stormkeep/core/store"
)

// Gate is open when it is zero.
type Gate struct {
	mu     sync.Mutex
	inside int
	empty  chan struct{} // not nil once closed; closed when the last has left
}

// Enter lets the caller in, who must Leave, or returns store.ErrClosed. It never waits, so that who is inside may
// enter again.
func (g *Gate) Enter() error {
	g.mu.Lock()
	defer g.mu.Unlock()
	if g.empty != nil {
		return store.ErrClosed
	}
	g.inside++
	return nil
}

// Leave ends what Enter began.
func (g *Gate) Leave() {
	g.mu.Lock()
	defer g.mu.Unlock()
	g.inside--
	if g.inside == 0 && g.empty != nil {
		close(g.empty)
	}
}

// Close lets nobody in any more and returns when all have left. It reports whether this call was the first.
func (g *Gate) Close() bool {
	g.mu.Lock()
	first := g.empty == nil
	if first {
		g.empty = make(chan struct{})
		if g.inside == 0 {
			close(g.empty)
		}
	}
	empty := g.empty
	g.mu.Unlock()
	<-empty
	return first
}
