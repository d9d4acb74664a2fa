package apis

import (
	"slices"
	"sync"

	"github.com/stormkeep/stormkeep/core"
)

// waiting bounds those who wait, and sends them away when the server stops.
type waiting struct {
	mu   sync.Mutex
	all  int
	of   map[string][]chan struct{} // by key, the longest waiting first
	over bool
}

// enter lets one more of a key wait. ended is closed when it has to go: the server stops,
// or yields says that the first of the key makes room for the newest, since a page that
// was left is heard of only at the next beat.
func (w *waiting) enter(key string, yields bool) (ended <-chan struct{}, leave func(), err error) {
	w.mu.Lock()
	defer w.mu.Unlock()
	full := len(w.of[key]) >= maxWaiting
	if full && !yields || w.all >= maxWaitingAll {
		return nil, nil, &core.Error{Kind: core.Limited, Code: "too_many_waiting", Msg: "Too many requests wait for events.", RetryAfter: heartbeat}
	}
	if full {
		close(w.of[key][0])
		w.of[key] = w.of[key][1:]
	}
	if w.of == nil {
		w.of = map[string][]chan struct{}{}
	}
	place := make(chan struct{})
	if w.over {
		close(place)
	}
	w.all++
	w.of[key] = append(w.of[key], place)
	return place, func() {
		w.mu.Lock()
		defer w.mu.Unlock()
		w.all--
		w.of[key] = slices.DeleteFunc(w.of[key], func(p chan struct{}) bool { return p == place })
		if len(w.of[key]) == 0 {
			delete(w.of, key)
		}
	}, nil
}

// end sends everybody away.
func (w *waiting) end() {
	w.mu.Lock()
	defer w.mu.Unlock()
	if w.over {
		return
	}
	w.over = true
	for _, places := range w.of {
		for _, place := range places {
			close(place)
		}
	}
}
