package webhooks

import (
	"fmt"

	"github.com/stormkeep/stormkeep/core"
)

// State is what has become of a delivery.
type State string

// The states of a delivery.
const (
	Queued    State = "QUEUED"    // to be sent, or sent again
	Delivered State = "DELIVERED" // the endpoint has taken it
	Dead      State = "DEAD"      // given up; it can be replayed
	Dropped   State = "DROPPED"   // a hook had it not sent
)

// WebhookDelivery is one event on its way to one endpoint. It holds no copy of the
// record: that is read when the message is sent.
type WebhookDelivery struct {
	core.Base[WebhookDelivery]
	Endpoint  core.ID[WebhookEndpoint] `json:"endpoint" api:"ro"`
	Event     string                   `json:"event" api:"ro"` // its id
	Type      string                   `json:"type" api:"ro"`
	Sequence  uint64                   `json:"sequence" api:"ro"`
	Happened  core.Time                `json:"timestamp" api:"ro"` // when
	Ref       core.Ref                 `json:"record" api:"ro"`
	Changed   []string                 `json:"changed" api:"ro"`
	State     State                    `json:"state" api:"ro"`
	Attempts  int                      `json:"attempts" api:"ro"`
	Answer    int                      `json:"lastStatus" api:"ro"` // the last HTTP status, 0 without an answer
	Reason    string                   `json:"reason" api:"ro,null"`
	NextTry   core.Time                `json:"nextTry" api:"ro"`
	Delivered core.Time                `json:"deliveredAt" api:"ro"`

	// The last try, where a request was sent.
	Tried   core.Time          `json:"lastTry" api:"ro"`
	Took    int                `json:"lastDuration,omitempty" api:"ro,null"` // in milliseconds, at least 1
	Sent    map[string]*string `json:"lastHeaders,omitempty" api:"ro,null"`  // of the request; nil for what is not kept
	Said    string             `json:"lastBody,omitempty" api:"ro,null"`     // how the body of the answer began
	SaidCut bool               `json:"lastBodyCut,omitempty" api:"ro"`       // and that there was more

	GiveUp core.Time `json:"giveUp" api:"-"` // from its first try
}

// The lists of an endpoint's deliveries: all, and those of one state. line is those of a
// record that are to be sent, in the order of the events, and heard finds the one of an
// event.
var (
	DeliveriesOf = &core.Index[WebhookDelivery]{Name: "of", List: true,
		Key: func(d *WebhookDelivery) (core.Entry, bool) { return core.Entry{Owner: string(d.Endpoint)}, true }}
	DeliveriesIn = &core.Index[WebhookDelivery]{Name: "in", List: true,
		Key: func(d *WebhookDelivery) (core.Entry, bool) {
			return core.Entry{Owner: inState(d.Endpoint, d.State)}, true
		}}
	line = &core.Index[WebhookDelivery]{Name: "line",
		Key: func(d *WebhookDelivery) (core.Entry, bool) {
			return core.Entry{Owner: string(d.Endpoint), Value: d.line() + fmt.Sprintf("%016x", d.Sequence)}, d.State == Queued
		}}
	heard = &core.Index[WebhookDelivery]{Name: "evt", Rule: core.Unique,
		Key: func(d *WebhookDelivery) (core.Entry, bool) {
			return core.Entry{Owner: string(d.Endpoint), Value: fmt.Sprintf("%016x", d.Sequence)}, d.Sequence > 0
		}}
)

var deliveries = &core.Kind[WebhookDelivery]{Name: "webhookDeliveries", Noun: "WebhookDelivery", Key: "whd", Quiet: true, Stays: true,
	Indexes: []*core.Index[WebhookDelivery]{DeliveriesOf, DeliveriesIn, line, heard}}

// Kind says how deliveries are stored.
func (*WebhookDelivery) Kind() *core.Kind[WebhookDelivery] { return deliveries }

// Owners is the endpoint.
func (d *WebhookDelivery) Owners() []core.Ref { return []core.Ref{core.RefTo(d.Endpoint)} }

// Defaults has nothing changed.
func (d *WebhookDelivery) Defaults() { d.State, d.Changed = Queued, []string{} }

func inState(e core.ID[WebhookEndpoint], s State) string { return string(e) + string(s) }

// line is what has to be delivered one after the other: the events of one record.
func (d *WebhookDelivery) line() string {
	if d.Ref == "" {
		return "test/" + d.Event + " "
	}
	return d.Ref.Path() + " "
}

// queued is the first of a line that is to be sent, nil if there is none.
func (d *WebhookDelivery) queued(tx *core.Tx) (*WebhookDelivery, error) {
	for id, err := range core.Walk(tx, line, core.Query{Owner: string(d.Endpoint), Prefix: d.line()}) {
		if err != nil {
			return nil, err
		}
		return core.Get(tx, id)
	}
	return nil, nil
}

// enqueue writes a delivery to be sent. Only one of a line has a job: whoever settles
// it gives the next its own.
func (d *WebhookDelivery) enqueue(tx *core.Tx) error {
	before, err := d.queued(tx)
	if err != nil {
		return err
	}
	d.State, d.Attempts, d.GiveUp, d.Delivered, d.NextTry = Queued, 0, core.Time{}, core.Time{}, core.Time{}
	d.last(result{})
	if before != nil && before.ID == d.ID {
		before = nil // a former run of the transaction was kept after all
	}
	if before == nil {
		d.NextTry = core.At(tx.Now)
	}
	if err := core.Put(tx, d); err != nil || before != nil {
		return err
	}
	return core.Enqueue(tx, sendJob, string(d.ID), tx.Now)
}

// last notes what the last try came to.
func (d *WebhookDelivery) last(r result) {
	d.Answer, d.Reason, d.Tried, d.Took, d.Sent, d.Said, d.SaidCut = r.status, r.reason, r.at, r.took, r.sent, r.said, r.cut
}

// settle writes what a try came to, and has the line go on if this one is done.
func (d *WebhookDelivery) settle(tx *core.Tx) error {
	if err := core.Put(tx, d); err != nil {
		return err
	}
	if d.State == Queued {
		return core.Enqueue(tx, sendJob, string(d.ID), d.NextTry.Time)
	}
	next, err := d.queued(tx)
	if err != nil || next == nil {
		return err
	}
	return core.Enqueue(tx, sendJob, string(next.ID), tx.Now)
}
