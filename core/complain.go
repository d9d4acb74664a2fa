package core

import (
	"errors"
	"sync"
	"time"

	"github.com/stormkeep/stormkeep/core/store"
)

// quietly says the same thing once a minute.
type quietly struct {
	mu   sync.Mutex
	last time.Time
}

func (q *quietly) again(now time.Time) bool {
	q.mu.Lock()
	defer q.mu.Unlock()
	if since := now.Sub(q.last); !q.last.IsZero() && since >= 0 && since < time.Minute {
		return false
	}
	q.last = now
	return true
}

// complain logs what went wrong in the server's own work. A full store is told of
// once a minute, whatever could not be written: a log on the same disk is no help
// to it.
func (a *App) complain(msg string, err error, attrs ...any) {
	if errors.Is(err, store.ErrFull) {
		if a.full.again(a.Now()) {
			a.Log.Error("the store has no room left: what the server does by itself waits", "first", msg, "err", err)
		}
		return
	}
	a.Log.Error(msg, append(attrs, "err", err)...)
}
