package webhooks

import (
	"sync"
	"time"

	"github.com/stormkeep/stormkeep/core"
)

// breaker keeps an endpoint that cannot be reached from taking up those who send: after
// a few tries that got no answer at all, it is left alone for a while. An answer, even
// an error, is one.
type breaker struct {
	first, most time.Duration
	mu          sync.Mutex
	of          map[core.ID[WebhookEndpoint]]broken
}

type broken struct {
	failures int
	until    time.Time
}

// patientWith is how many tries in a row may get no answer.
const patientWith = 8

// until is when the endpoint may be tried again.
func (b *breaker) until(e core.ID[WebhookEndpoint]) time.Time {
	b.mu.Lock()
	defer b.mu.Unlock()
	return b.of[e].until
}

// state is how many tries in a row got no answer, and until when the endpoint is left
// alone; the zero time where it is not.
func (b *breaker) state(e core.ID[WebhookEndpoint], now time.Time) (failures int, until core.Time) {
	b.mu.Lock()
	defer b.mu.Unlock()
	of := b.of[e]
	if of.until.After(now) {
		until = core.At(of.until)
	}
	return of.failures, until
}

// note counts a try.
func (b *breaker) note(e core.ID[WebhookEndpoint], failed bool, now time.Time) {
	b.mu.Lock()
	defer b.mu.Unlock()
	if !failed {
		delete(b.of, e)
		return
	}
	if b.of == nil {
		b.of = map[core.ID[WebhookEndpoint]]broken{}
	}
	s := b.of[e]
	if s.failures++; s.failures >= patientWith {
		s.until = now.Add(core.Backoff(min(s.failures-patientWith+1, 20), b.first, b.most))
	}
	b.of[e] = s
}
