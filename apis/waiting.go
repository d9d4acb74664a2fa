package apis

import (
	"sync"

	"github.com/stormkeep/stormkeep/core"
)

// waiting bounds those who wait, and sends them away when the server stops.
type waiting struct {
	mu    sync.Mutex
	all   int
	of    map[string]int // by key
	over  bool
	ended chan struct{}
}

// enter lets one more of a key wait. ended is closed when the server stops.
func (w *waiting) enter(key string) (ended <-chan struct{}, leave func(), err error) {
	w.mu.Lock()
	defer w.mu.Unlock()
	if w.of == nil {
		w.of = map[string]int{}
	}
	if w.ended == nil {
		w.ended = make(chan struct{})
	}
	if w.of[key] >= maxWaiting || w.all >= maxWaitingAll {
		return nil, nil, &core.Error{Kind: core.Limited, Code: "too_many_waiting", Msg: "Too many requests wait for events.", RetryAfter: heartbeat}
	}
	w.all++
	w.of[key]++
	return w.ended, func() {
		w.mu.Lock()
		defer w.mu.Unlock()
		w.all--
		if w.of[key]--; w.of[key] == 0 {
			delete(w.of, key)
		}
	}, nil
}

// end sends everybody away.
func (w *waiting) end() {
	w.mu.Lock()
	defer w.mu.Unlock()
	if w.ended == nil {
		w.ended = make(chan struct{})
	}
	if !w.over {
		w.over = true
		close(w.ended)
	}
}
