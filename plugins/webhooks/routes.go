package webhooks

import (
	"encoding/json"
	"net/http"
	"strings"
	"time"

	"github.com/stormkeep/stormkeep/apis"
	"github.com/stormkeep/stormkeep/core"
)

// overlap is for how long both secrets sign after a rotation that says nothing else,
// and mostOverlap for how long at most.
const (
	overlap     = 24 * time.Hour
	mostOverlap = 30 * 24 * time.Hour
)

// routes adds what /v1 has of endpoints and deliveries.
func (p *Plugin) routes() {
	s := p.server
	ends, sent := s.App.KindNamed("webhookEndpoints"), s.App.KindNamed("webhookDeliveries")
	for _, at := range []string{"webhookEndpoints", "tenants/:id/webhookEndpoints", "applications/:id/webhookEndpoints"} {
		kind := core.Ref(at).Kind()
		s.Answer(apis.Route{Method: http.MethodGet, Path: at, Kind: kind, List: "webhookEndpoints", Status: 200, Summary: "List webhook endpoints of " + kind},
			func(v *apis.Visit) (any, error) { return list(v, kind) })
		s.Answer(apis.Route{Method: http.MethodPost, Path: at, Kind: kind, Body: "webhookEndpoints", StepUp: true, Status: 201, Summary: "Make a WebhookEndpoint; its secret is shown this once"},
			func(v *apis.Visit) (any, error) { return add(v, kind) })
	}
	s.Resource(ends)
	s.Answer(apis.Route{Method: http.MethodPost, Path: "webhookEndpoints/:id/rotateSecret", Kind: "webhookEndpoints", StepUp: true, Status: 200,
		Summary: "Give it a new secret, shown this once; the old one signs as well for a while", Takes: []core.ViewField{{Name: "olderSecretUntil", Value: core.Time{}}}}, rotateSecret)
	s.Answer(apis.Route{Method: http.MethodPost, Path: "webhookEndpoints/:id/test", Kind: "webhookDeliveries", Status: 201, Summary: "Send it a webhook.test"}, test)
	s.Answer(apis.Route{Method: http.MethodPost, Path: "webhookEndpoints/:id/replayDead", Kind: "webhookEndpoints", Status: 200, Summary: "Queue what was given up again, at most 1000 at a time",
		Shows: "Replayed", Members: []core.ViewField{{Name: "href", Value: ""}, {Name: "replayed", Value: 0}, {Name: "dead", Value: 0}}}, replayDead)
	s.Answer(apis.Route{Method: http.MethodGet, Path: "webhookEndpoints/:id/deliveries", Kind: "webhookEndpoints", List: "webhookDeliveries", Status: 200, Filters: []string{"state"},
		Summary: "List its deliveries, the newest first"}, listDeliveries)
	s.Answer(apis.Route{Method: http.MethodGet, Path: "webhookEndpoints/:id/breaker", Kind: "webhookEndpoints", Status: 200,
		Summary: "Whether this server leaves it alone for a while", Shows: "WebhookBreaker", Answer: shownBreaker{}}, p.showBreaker)
	s.Answer(apis.Route{Method: http.MethodGet, Path: "webhookDeliveries/:id", Kind: "webhookDeliveries", Status: 200, Summary: "Read one WebhookDelivery"},
		func(v *apis.Visit) (any, error) { return sent.Load(v.Tx, v.ID) })
	s.Answer(apis.Route{Method: http.MethodPost, Path: "webhookDeliveries/:id/replay", Kind: "webhookDeliveries", Status: 200, Summary: "Send it again"}, replay)
}

func list(v *apis.Visit, kind string) (any, error) {
	if _, err := v.Filter(""); err != nil {
		return nil, err
	}
	if kind == "webhookEndpoints" {
		return apis.Listed(v, kind, (*core.Index[WebhookEndpoint])(nil), core.Query{})
	}
	if err := v.Owner(kind); err != nil {
		return nil, err
	}
	at := kind + "/" + v.ID + "/webhookEndpoints"
	if kind == "tenants" {
		return apis.Listed(v, at, (*core.Index[WebhookEndpoint])(nil), core.Query{})
	}
	return apis.Listed(v, at, EndpointsOf, core.Query{Owner: v.ID})
}

func add(v *apis.Visit, kind string) (any, error) {
	e := core.Make[WebhookEndpoint]()
	if kind != "webhookEndpoints" {
		if err := v.Owner(kind); err != nil {
			return nil, err
		}
	}
	if err := v.Decode(e, true); err != nil {
		return nil, err
	}
	if kind == "applications" {
		e.Application = core.ID[core.Application](v.ID)
	}
	if err := core.Put(v.Tx, e); err != nil {
		return nil, err
	}
	e.show = true
	return e, nil
}

func endpoint(v *apis.Visit) (*WebhookEndpoint, error) {
	return core.Get(v.Tx, core.ID[WebhookEndpoint](v.ID))
}

func rotateSecret(v *apis.Visit) (any, error) {
	e, err := endpoint(v)
	if err != nil {
		return nil, err
	}
	until := core.At(v.Tx.Now.Add(overlap))
	if raw := v.In["olderSecretUntil"]; len(raw) > 0 && json.Unmarshal(raw, &until) != nil {
		return nil, core.Refuse("olderSecretUntil", "olderSecretUntil must be an instant such as 2026-11-30T12:00:00.000Z, or null.")
	}
	if until.After(v.Tx.Now.Add(mostOverlap)) {
		return nil, core.Refuse("olderSecretUntil", "olderSecretUntil must be within 30 days.")
	}
	if err := e.rotate(v.Tx, until.Time); err != nil {
		return nil, err
	}
	e.show = true
	return e, nil
}

// test queues a message that is about nothing. It is tried once.
func test(v *apis.Visit) (any, error) {
	e, err := endpoint(v)
	if err != nil {
		return nil, err
	}
	if err := mayChange(v, e); err != nil {
		return nil, err
	}
	d := core.Make[WebhookDelivery]()
	d.Endpoint, d.Type, d.Happened = e.ID, testType, core.At(v.Tx.Now)
	d.Event = "evt_" + string(v.Tx.Tenant) + "_test_" + v.Tx.Attempt()
	return d, d.enqueue(v.Tx)
}

// mayChange refuses who may not change the endpoint: to send from it is as much.
func mayChange(v *apis.Visit, e *WebhookEndpoint) error { return core.MayUpdate(v.Tx, e) }

// shownBreaker is whether an endpoint is left alone, since it gave no answer.
type shownBreaker struct {
	Href     string     `json:"href"`
	Open     bool       `json:"open"`
	Failures int        `json:"failures"` // tries in a row that got no answer
	Until    *core.Time `json:"openUntil"`
}

func (p *Plugin) showBreaker(v *apis.Visit) (any, error) {
	e, err := endpoint(v)
	if err != nil {
		return nil, err
	}
	failures, until := p.breaker.state(e.ID, v.Tx.Now)
	return apis.Object("webhookEndpoints/"+v.ID+"/breaker", core.ViewField{Name: "open", Value: !until.IsZero()},
		core.ViewField{Name: "failures", Value: failures}, core.ViewField{Name: "openUntil", Value: until}), nil
}

func listDeliveries(v *apis.Visit) (any, error) {
	state, err := v.Filter("state")
	if err != nil {
		return nil, err
	}
	if err := v.Owner("webhookEndpoints"); err != nil {
		return nil, err
	}
	at := "webhookEndpoints/" + v.ID + "/deliveries"
	state = strings.ToUpper(state)
	switch State(state) {
	case "":
		return apis.Listed(v, at, DeliveriesOf, core.Query{Owner: v.ID, Desc: true})
	case Queued, Delivered, Dead, Dropped:
		return apis.Listed(v, at, DeliveriesIn, core.Query{Owner: inState(core.ID[WebhookEndpoint](v.ID), State(state)), Desc: true})
	}
	return nil, core.Errorf(core.Invalid, "bad_query_value", "The query parameter \"state\" must be QUEUED, DELIVERED, DEAD or DROPPED.")
}

func replay(v *apis.Visit) (any, error) {
	d, err := core.Get(v.Tx, core.ID[WebhookDelivery](v.ID))
	if err != nil {
		return nil, err
	}
	e, err := core.Get(v.Tx, d.Endpoint)
	if err != nil {
		return nil, err
	}
	if err := mayChange(v, e); err != nil {
		return nil, err
	}
	if d.State == Queued {
		return d, nil
	}
	if e.Status != core.Enabled {
		return nil, errDisabled()
	}
	return d, d.enqueue(v.Tx)
}

// mostReplayed is how many deliveries one request queues again.
const mostReplayed = 1000

func replayDead(v *apis.Visit) (any, error) {
	e, err := endpoint(v)
	if err != nil {
		return nil, err
	}
	if err := mayChange(v, e); err != nil {
		return nil, err
	}
	if e.Status != core.Enabled {
		return nil, errDisabled()
	}
	page, err := core.List(v.Tx, DeliveriesIn, core.Query{Owner: inState(e.ID, Dead), Limit: mostReplayed})
	if err != nil {
		return nil, err
	}
	for _, d := range page.Items {
		if err := d.enqueue(v.Tx); err != nil {
			return nil, err
		}
	}
	return apis.Object("webhookEndpoints/"+v.ID+"/replayDead", core.ViewField{Name: "replayed", Value: len(page.Items)},
		core.ViewField{Name: "dead", Value: page.Size - len(page.Items)}), nil
}

func errDisabled() error {
	return core.Errorf(core.Conflict, "endpoint_disabled", "The WebhookEndpoint is disabled; enable it first.")
}
