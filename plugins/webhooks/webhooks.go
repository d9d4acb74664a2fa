// Package webhooks tells others of a tenant's events, by requests signed as Standard
// Webhooks: at least once, in order for each record, for a day, and only to addresses
// of the public internet or that the operator allows.
package webhooks

import (
	"cmp"
	"context"
	"errors"
	"sync"
	"time"

	"github.com/stormkeep/stormkeep/apis"
	"github.com/stormkeep/stormkeep/core"
	"github.com/stormkeep/stormkeep/core/meter"
)

// The names under which its work is stored.
const (
	listenerID = "webhooks"
	sendJob    = "webhooks.send"
	tidyJob    = "webhooks.tidy"
)

const (
	testType  = "webhook.test"
	tidyEvery = 24 * time.Hour
	keepFor   = 30 * 24 * time.Hour // deliveries, whatever became of them
)

var errNotTaken = errors.New("the endpoint has not taken it")

// Plugin delivers events to webhook endpoints. Its zero value is ready.
type Plugin struct {
	// First is the pause after the first failure, 5 s; it doubles up to Max, an hour.
	// For is how long after its first try a delivery is given up, a day.
	First, Max, For time.Duration
	// Workers is how many requests are under way at a time, 32; a tenant has half of
	// them.
	Workers int

	app     *core.App
	server  *apis.Server
	breaker breaker

	mu     sync.Mutex
	counts map[string]uint64
	lag    *meter.Histogram
}

// Name implements apis.Plugin.
func (*Plugin) Name() string { return "webhooks" }

// Register implements apis.Plugin.
func (p *Plugin) Register(s *apis.Server) error {
	p.app, p.server = s.App, s
	p.First, p.Max, p.For = cmp.Or(p.First, 5*time.Second), cmp.Or(p.Max, time.Hour), cmp.Or(p.For, 24*time.Hour)
	p.breaker.first, p.breaker.most = p.First, min(p.Max, 5*time.Minute)
	sec := int64(time.Second)
	p.counts = map[string]uint64{"delivered": 0, "failed": 0, "dead": 0}
	p.lag = meter.New(sec/10, sec/2, sec, 5*sec, 30*sec, 60*sec, 600*sec, 3600*sec, 6*3600*sec, 24*3600*sec)
	core.Register[WebhookEndpoint](s.App)
	core.Register[WebhookDelivery](s.App)
	s.App.Events.Listen(listenerID, core.Listener{Pattern: "*", Hear: p.hear, Wanted: wanted})
	s.App.Jobs.Handle(sendJob, core.JobKind{Do: p.send, Tries: 1000, Workers: cmp.Or(p.Workers, 32)})
	s.App.Jobs.Handle(tidyJob, core.JobKind{Do: p.tidy, Tries: 1000})
	s.Measure(p.measure)
	p.routes()
	return nil
}

func (p *Plugin) counted(what string, lag time.Duration) {
	if what == "delivered" {
		p.lag.Add(int64(max(lag, 0)))
	}
	p.mu.Lock()
	defer p.mu.Unlock()
	if what != "" {
		p.counts[what]++
	}
}

func (p *Plugin) measure(m *apis.Measures) {
	p.mu.Lock()
	defer p.mu.Unlock()
	m.Count("stormkeep_webhook_tries_total", "Tries to deliver an event to an endpoint, by what came of them: dead is the last try of one that was given up.", "result", p.counts)
	m.Times("stormkeep_webhook_lag_seconds", "From an event until an endpoint had taken it.", p.lag)
}

// tidy removes deliveries that are too old, a few at a time, and comes again tomorrow
// as long as there are endpoints or deliveries.
func (p *Plugin) tidy(ctx context.Context, _ core.Job) error {
	for {
		more := false
		err := p.app.Update(ctx, func(tx *core.Tx) error {
			page, err := core.List[WebhookDelivery](tx, nil, core.Query{Limit: 200})
			if err != nil {
				return err
			}
			more = len(page.Items) > 0
			for _, d := range page.Items {
				if d.CreatedAt.After(tx.Now.Add(-keepFor)) || d.State == Queued {
					more = false
					break
				}
				if err := core.Delete(tx, d); err != nil {
					return err
				}
			}
			if more {
				return nil
			}
			if ok, err := wanted(tx); err != nil || !ok && page.Size == 0 {
				return err
			}
			return core.Enqueue(tx, tidyJob, nil, tx.Now.Add(tidyEvery))
		})
		if err != nil || !more {
			return err
		}
	}
}
