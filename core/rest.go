package core

import (
	"context"
	"sync"
	"time"
)

// turns tells those who wait that the clock was turned.
type turns struct {
	mu   sync.Mutex
	next chan struct{} // closed at the next one; nil while nobody waits
}

func (t *turns) wait() <-chan struct{} {
	t.mu.Lock()
	defer t.mu.Unlock()
	if t.next == nil {
		t.next = make(chan struct{})
	}
	return t.next
}

func (t *turns) tell() {
	t.mu.Lock()
	defer t.mu.Unlock()
	if t.next != nil {
		close(t.next)
		t.next = nil
	}
}

// Rest waits for d, until ctx ends, or until Wake says that the clock was turned,
// so that what is due by the app's clock is found due then.
func (a *App) Rest(ctx context.Context, d time.Duration) {
	timer := time.NewTimer(d)
	defer timer.Stop()
	select {
	case <-ctx.Done():
	case <-a.turns.wait():
	case <-timer.C:
	}
}
