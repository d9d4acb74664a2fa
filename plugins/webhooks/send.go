package webhooks

import (
	"context"
	"encoding/json"
	"fmt"
	"maps"
	"math/rand/v2"
	"net/http"
	"runtime/debug"
	"slices"
	"strconv"
	"strings"
	"time"

	"github.com/stormkeep/stormkeep/core"
	"github.com/stormkeep/stormkeep/core/egress"
)

// message is the body of a delivery (Standard Webhooks 1.0, "Payload structure").
type message struct {
	ID          string                     `json:"id"`
	Type        string                     `json:"type"`
	Timestamp   core.Time                  `json:"timestamp"`
	Sequence    uint64                     `json:"sequence"`
	Application *href                      `json:"application,omitempty"`
	Data        map[string]json.RawMessage `json:"data"`
}

type href struct {
	Href string `json:"href"`
}

// result is what a try came to.
type result struct {
	status  int
	reason  string // "" where the endpoint has taken it
	dropped bool
	wait    time.Duration // for which the endpoint asked

	at   core.Time // of the request; zero where none was sent
	took int       // milliseconds until its answer, or until there was none
	sent map[string]*string
	said string
	cut  bool
}

// How much of a request and its answer a delivery keeps. What an endpoint says to what it
// has taken is rarely looked at.
const (
	mostSaid    = 1 << 10 // bytes of the answer
	mostThanked = 256     // where the endpoint has taken it
	mostHeaders = 32
	mostName    = 64 // bytes of the name of a header
)

// send tries one delivery and writes what came of it. A delivery that is not to be sent
// any more is left as it is.
func (p *Plugin) send(ctx context.Context, j core.Job) error {
	var id core.ID[WebhookDelivery]
	if err := json.Unmarshal(j.Payload, &id); err != nil {
		return err
	}
	var d *WebhookDelivery
	var e *WebhookEndpoint
	var secrets []string
	err := p.app.View(ctx, func(tx *core.Tx) (err error) {
		if d, err = core.Get(tx, id); err != nil {
			return err
		}
		if e, err = core.Get(tx, d.Endpoint); err != nil {
			return err
		}
		secrets, err = e.secrets(tx)
		return err
	})
	if core.IsNotFound(err) || err == nil && d.State != Queued {
		return nil
	}
	if err != nil {
		return err
	}
	var r result
	if e.Status == core.Enabled || d.Type == testType {
		if until := p.breaker.until(e.ID); until.After(p.app.Now()) {
			until = until.Add(jitter(time.Second))
			return p.app.Update(ctx, func(tx *core.Tx) error { return putOff(tx, id, until) })
		}
		r = p.try(ctx, d, e, secrets)
		if ctx.Err() != nil {
			return ctx.Err() // stopped in the middle: it is sent again at the next start
		}
	} else {
		r.reason = "the endpoint is disabled"
	}
	return p.app.Update(ctx, func(tx *core.Tx) error { return p.note(tx, d, r) })
}

// putOff has a delivery wait until its endpoint is tried again.
func putOff(tx *core.Tx, id core.ID[WebhookDelivery], until time.Time) error {
	d, err := core.Get(tx, id)
	if core.IsNotFound(err) || err == nil && d.State != Queued {
		return nil
	}
	if err != nil {
		return err
	}
	d.NextTry = core.At(until)
	if err := core.Put(tx, d); err != nil {
		return err
	}
	return core.Enqueue(tx, sendJob, string(id), until)
}

// note writes what a try of a delivery came to.
func (p *Plugin) note(tx *core.Tx, tried *WebhookDelivery, r result) error {
	d, err := core.Get(tx, tried.ID)
	if core.IsNotFound(err) || err == nil && (d.State != Queued || d.Attempts != tried.Attempts) {
		return nil // it is noted already
	}
	if err != nil {
		return err
	}
	e, err := core.Get(tx, d.Endpoint)
	if core.IsNotFound(err) {
		return nil
	}
	if err != nil {
		return err
	}
	d.Attempts++
	d.last(r)
	d.NextTry = core.Time{}
	if d.GiveUp.IsZero() {
		d.GiveUp = core.At(tx.Now.Add(p.For))
	}
	pause := max(core.Backoff(d.Attempts, p.First, p.Max), min(r.wait, p.Max))
	became := ""
	switch {
	case r.dropped:
		d.State = Dropped
	case r.reason == "":
		d.State, d.Delivered, became = Delivered, core.At(tx.Now), "delivered"
	case e.Status != core.Enabled, r.status == http.StatusGone, d.Type == testType, tx.Now.Add(pause).After(d.GiveUp.Time):
		d.State, became = Dead, "dead"
	default:
		d.NextTry, became = core.At(tx.Now.Add(pause)), "failed"
	}
	if r.status == http.StatusGone && e.Status == core.Enabled {
		e.Status = core.Disabled // which the audit log tells
		if err := core.Put(tx, e); err != nil {
			return err
		}
	}
	happened, now := d.Happened, tx.Now
	tx.After(func() { p.counted(became, now.Sub(happened.Time)) })
	return d.settle(tx)
}

// try sends a message once.
func (p *Plugin) try(ctx context.Context, d *WebhookDelivery, e *WebhookEndpoint, secrets []string) (r result) {
	defer func() {
		if v := recover(); v != nil {
			p.app.Log.Error("panic while a webhook was sent", "panic", fmt.Sprint(v), "stack", string(debug.Stack()))
			r = result{reason: "a hook failed"}
		}
	}()
	if len(secrets) == 0 {
		return result{reason: "the endpoint has no secret; rotate it"}
	}
	data, err := p.data(ctx, d)
	if err != nil {
		p.app.Log.Error("a webhook's record cannot be read", "delivery", d.ID, "err", err)
		return result{reason: "the record cannot be read"}
	}
	ev := &core.WebhookEvent{App: p.app, Tenant: core.ActorOf(ctx).Tenant, Endpoint: core.RefTo(e.ID), URL: e.URL, Type: d.Type, Ref: d.Ref,
		Try: d.Attempts + 1, Data: data, Header: map[string]string{}}
	err = p.app.Hooks.Webhook.Trigger(ev, func(ev *core.WebhookEvent) error {
		if !ev.Drop {
			r = p.post(ctx, d, e, secrets, ev)
		}
		if r.reason != "" {
			return errNotTaken
		}
		return nil
	})
	switch {
	case ev.Drop:
		return result{dropped: true, reason: "a hook had it not sent"}
	case err != nil && r.reason == "":
		r.reason = "a hook refused it"
	}
	return r
}

// post sends the request.
func (p *Plugin) post(ctx context.Context, d *WebhookDelivery, e *WebhookEndpoint, secrets []string, ev *core.WebhookEvent) result {
	m := message{ID: d.Event, Type: d.Type, Timestamp: d.Happened, Sequence: d.Sequence, Data: ev.Data}
	if e.Application != "" {
		m.Application = &href{p.server.Href(core.RefTo(e.Application))}
	}
	body, err := json.Marshal(m)
	if err != nil {
		return result{reason: "a hook made data that cannot be sent"}
	}
	signed, err := sign(secrets, m.ID, p.app.Now(), body)
	if err != nil {
		return result{reason: "the endpoint's secret cannot be used; rotate it"}
	}
	header := http.Header{}
	for name, value := range ev.Header {
		header.Set(name, value)
	}
	header.Set("Content-Type", "application/json")
	header.Set("User-Agent", "Stormkeep-Webhooks/1")
	for name, value := range signed {
		header.Set(name, value)
	}
	r := result{at: core.At(p.app.Now()), sent: keptHeaders(header, ev.Header)}
	began := time.Now()
	a, err := p.app.Egress.Do(ctx, egress.Request{Method: http.MethodPost, URL: e.URL, Header: header, Body: body, Max: mostSaid, Glimpse: true})
	r.took = max(1, int(time.Since(began).Milliseconds()))
	p.breaker.note(e.ID, err != nil, p.app.Now())
	if err != nil {
		r.reason = egress.Why(err)
		return r
	}
	taken := a.Status >= 200 && a.Status < 300
	if taken && len(a.Body) > mostThanked {
		a.Body, a.Cut = a.Body[:mostThanked], true
	}
	r.status, r.said, r.cut = a.Status, strings.ToValidUTF8(string(a.Body), "\uFFFD"), a.Cut
	if taken {
		return r
	}
	r.reason = "the endpoint answered " + strconv.Itoa(a.Status)
	if n, err := strconv.Atoi(a.Header.Get("Retry-After")); err == nil && n > 0 {
		r.wait = time.Duration(min(n, 1<<20)) * time.Second
	}
	return r
}

// keptHeaders are the headers of a request as its delivery keeps them: ours as they are, and
// of those that a hook has set the names only, since any of them may be a credential.
func keptHeaders(sent http.Header, hooked map[string]string) map[string]*string {
	foreign := map[string]bool{}
	for name := range hooked {
		foreign[http.CanonicalHeaderKey(name)] = true
	}
	all := map[string]*string{}
	for _, name := range ourHeaders {
		value := sent.Get(name)
		all[http.CanonicalHeaderKey(name)] = &value
	}
	for _, name := range slices.Sorted(maps.Keys(foreign)) {
		if _, ours := all[name]; !ours && len(name) <= mostName && len(all) < mostHeaders {
			all[name] = nil
		}
	}
	return all
}

// ourHeaders are those of every message; what a hook sets under their names is not sent.
var ourHeaders = [...]string{"Content-Type", "User-Agent", "webhook-id", "webhook-timestamp", "webhook-signature"}

// data is what a message says: the record as it is now, by the name of its noun, and
// what the event changed in it. Of a record that is gone there is its href.
func (p *Plugin) data(ctx context.Context, d *WebhookDelivery) (map[string]json.RawMessage, error) {
	changed, err := json.Marshal(d.Changed)
	if err != nil {
		return nil, err
	}
	data := map[string]json.RawMessage{"changed": changed}
	if d.Ref == "" {
		return data, nil
	}
	name := "record"
	if k := p.app.KindNamed(d.Ref.Kind()); k != nil {
		name = core.EventNoun(k.Info().Noun)
	}
	if strings.HasSuffix(d.Ref.Path(), "/customData") {
		name = "customData"
	}
	data[name], err = p.server.Shown(ctx, core.ActorOf(ctx).Tenant, d.Ref)
	return data, err
}

func jitter(most time.Duration) time.Duration { return time.Duration(rand.Int64N(int64(most) + 1)) }
