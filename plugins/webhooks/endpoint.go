package webhooks

import (
	"regexp"
	"time"

	"github.com/stormkeep/stormkeep/core"
)

// WebhookEndpoint is a URL at which somebody hears of a tenant's events, or of those of
// one application.
type WebhookEndpoint struct {
	core.Base[WebhookEndpoint]
	URL         string                    `json:"url"`
	Description string                    `json:"description" api:",null"`
	Status      core.Status               `json:"status"`
	Events      []string                  `json:"events"` // patterns such as "account.*"
	Application core.ID[core.Application] `json:"application" api:"create"`

	Secret     core.Sealed `json:"secret" api:"-"`
	Older      core.Sealed `json:"olderSecret" api:"-"`
	OlderUntil core.Time   `json:"olderSecretUntil" api:"ro"`
	RotatedBy  string      `json:"rotatedBy" api:"-" audit:"-"` // the attempt, so that it rotates once

	show bool // its secret was made just now
}

// EndpointsOf lists the endpoints of an application.
var EndpointsOf = &core.Index[WebhookEndpoint]{Name: "app", List: true,
	Key: func(e *WebhookEndpoint) (core.Entry, bool) {
		return core.Entry{Owner: string(e.Application)}, e.Application != ""
	}}

var endpoints = &core.Kind[WebhookEndpoint]{Name: "webhookEndpoints", Noun: "WebhookEndpoint", Key: "whe",
	Indexes: []*core.Index[WebhookEndpoint]{EndpointsOf}, Links: []string{"tenant=tenants/{tenant}", "deliveries", "breaker"}}

// Kind says how endpoints are stored.
func (*WebhookEndpoint) Kind() *core.Kind[WebhookEndpoint] { return endpoints }

// Defaults enable an endpoint that hears everything.
func (e *WebhookEndpoint) Defaults() { e.Status, e.Events = core.Enabled, []string{"*"} }

// Owners is the application, where it has one.
func (e *WebhookEndpoint) Owners() []core.Ref {
	if e.Application == "" {
		return nil
	}
	return []core.Ref{core.RefTo(e.Application)}
}

// WithoutSecrets leaves an endpoint behind that signs nothing until its secret is
// rotated: its secrets are gone from an export without any.
func (e *WebhookEndpoint) WithoutSecrets() bool { return true }

const (
	maxEndpoints = 100 // of a tenant
	maxPatterns  = 50
)

var pattern = regexp.MustCompile(`^(\*|[a-zA-Z]{1,64}\.(\*|[a-zA-Z]{1,64}))$`)

// Check demands a URL to which requests may go, and patterns of events. It makes the
// first secret.
func (e *WebhookEndpoint) Check(c *core.Checks) {
	c.Required("url", e.URL)
	c.Text("url", e.URL, 2048)
	c.Text("description", e.Description, 1000)
	c.Status("status", e.Status, core.Enabled, core.Disabled)
	if old, ok := c.Old.(*WebhookEndpoint); e.URL != "" && (!ok || old.URL != e.URL) && !c.Moved {
		err := c.Tx.App.Egress.Check(e.URL)
		c.That(err == nil, "url", "invalid_value", "WebhookEndpoint url is not one to which messages are sent: %v.", err)
	}
	c.That(len(e.Events) > 0 && len(e.Events) <= maxPatterns, "events", "out_of_range", "WebhookEndpoint events must have 1 to %d patterns.", maxPatterns)
	for _, p := range e.Events[:min(len(e.Events), maxPatterns)] {
		c.That(pattern.MatchString(p), "events", "invalid_format", "WebhookEndpoint events must be patterns such as *, account.* or account.create.")
	}
	if old, ok := c.Old.(*WebhookEndpoint); ok {
		c.That(old.Application == e.Application, "application", "protected", "A WebhookEndpoint stays with its application.")
	}
	if c.New && !c.Moved {
		n, err := core.Count[WebhookEndpoint](c.Tx, nil, core.Query{})
		c.Fail(err)
		c.That(n < maxEndpoints, "url", "too_many", "A tenant has at most %d WebhookEndpoints.", maxEndpoints)
		if e.Secret.IsZero() {
			e.Secret = core.Seal(newSecret())
		}
	}
}

// Saved has the tenant's first endpoint hear what happens from here on.
func (e *WebhookEndpoint) Saved(tx *core.Tx, old *WebhookEndpoint) error {
	if old != nil {
		return nil
	}
	return e.first(tx)
}

// Moved is Saved of an endpoint from another store.
func (e *WebhookEndpoint) Moved(tx *core.Tx) error { return e.first(tx) }

func (e *WebhookEndpoint) first(tx *core.Tx) error {
	n, err := core.Count[WebhookEndpoint](tx, nil, core.Query{})
	if err != nil || n > 1 {
		return err
	}
	if err := tx.App.Events.Skip(tx, listenerID); err != nil {
		return err
	}
	return core.Enqueue(tx, tidyJob, nil, tx.Now.Add(tidyEvery))
}

// rotate gives the endpoint a new secret. The old one signs as well until then.
func (e *WebhookEndpoint) rotate(tx *core.Tx, until time.Time) error {
	if e.RotatedBy == tx.Attempt() {
		return nil
	}
	old, err := e.Secret.Open(tx, e.ID, "secret")
	if err != nil {
		return err
	}
	e.Older, e.OlderUntil = core.Sealed{}, core.Time{}
	if old != "" && until.After(tx.Now) {
		e.Older, e.OlderUntil = core.Seal(old), core.At(until)
	}
	e.Secret, e.RotatedBy = core.Seal(newSecret()), tx.Attempt()
	return core.Put(tx, e)
}

// secrets are those that sign now, the newest first.
func (e *WebhookEndpoint) secrets(tx *core.Tx) (all []string, err error) {
	s, err := e.Secret.Open(tx, e.ID, "secret")
	if err != nil || s == "" {
		return nil, err
	}
	all = append(all, s)
	if e.OlderUntil.After(tx.Now) {
		if s, err = e.Older.Open(tx, e.ID, "olderSecret"); err != nil {
			return nil, err
		}
		all = append(all, s)
	}
	return all, nil
}

// View shows the secret once, to who has just made it.
func (e *WebhookEndpoint) View(v *core.View) {
	if v.Any || e.show {
		s := ""
		if e.show {
			s, _ = e.Secret.Open(v.Tx, e.ID, "secret")
		}
		v.Set("secret", core.Secret(s))
	}
}

// wants tells whether the endpoint hears events of a type.
func (e *WebhookEndpoint) wants(typ string) bool {
	for _, p := range e.Events {
		if core.EventMatches(p, typ) {
			return true
		}
	}
	return false
}
