package core

import (
	"context"
	"sync/atomic"
	"time"
)

// pulse tells since when a worker has been at one thing. A job may last: each of
// its transactions is a beat.
type pulse struct{ since atomic.Int64 } // Unix nanoseconds, 0 while it waits

type pulseKey struct{}

// during runs what a worker has to do. In its context, beat is a beat of p.
func (p *pulse) during(ctx context.Context, do func(context.Context) time.Time) time.Time {
	p.since.Store(time.Now().UnixNano())
	defer p.since.Store(0)
	return do(context.WithValue(ctx, pulseKey{}, p))
}

// beat says that the worker of ctx, if it is one's, gets on.
func beat(ctx context.Context) {
	if p, ok := ctx.Value(pulseKey{}).(*pulse); ok && p.since.Load() != 0 {
		p.since.Store(time.Now().UnixNano())
	}
}

// still is for how long there was no beat, 0 while the worker waits for work.
func (p *pulse) still() time.Duration {
	since := p.since.Load()
	if since == 0 {
		return 0
	}
	return time.Since(time.Unix(0, since))
}
