package webhooks

import (
	"testing"
	"time"

	"github.com/stormkeep/stormkeep/core"
)

func TestAnEndpointThatGivesNoAnswerIsLeftAlone(t *testing.T) {
	b := &breaker{first: time.Second, most: time.Minute}
	now := time.Date(2026, 11, 22, 12, 0, 0, 0, time.UTC)
	for range patientWith - 1 {
		b.note("e", true, now)
	}
	if !b.until("e").IsZero() {
		t.Error("too soon")
	}
	b.note("e", true, now)
	if failures, until := b.state("e", now); failures != patientWith || !until.Equal(core.At(b.until("e")).Time) {
		t.Errorf("%d failures, until %v", failures, until)
	}
	if failures, until := b.state("e", now.Add(time.Hour)); failures != patientWith || !until.IsZero() {
		t.Errorf("once it may be tried again: %d failures, until %v", failures, until)
	}
	if until := b.until("e"); !until.After(now) || until.After(now.Add(time.Second)) || !b.until("other").IsZero() {
		t.Error(until)
	}
	for range 100 {
		b.note("e", true, now)
	}
	if until := b.until("e"); until.After(now.Add(time.Minute)) || until.Before(now.Add(45*time.Second)) {
		t.Error(until)
	}
	if b.note("e", false, now); !b.until("e").IsZero() {
		t.Error("an answer is not enough")
	}
}

// What waits for an endpoint that is left alone says so, and how long.
func TestWhatWaitsForABreakerSaysSo(t *testing.T) {
	p := &Plugin{First: time.Hour, Max: time.Hour}
	a := world(t, p)
	r := receive(t, nil)
	listen(t, a, "e", "webhookEndpoints", r.URL, `,"events":["x.y"]`)
	a.Run(t, []row{{Name: "it is tried", Path: "/v1/webhookEndpoints/{e}/breaker", Want: w{"href={base}/webhookEndpoints/{e}/breaker", "open=false", "failures=0", "openUntil=null"}}})
	for range patientWith {
		p.breaker.note(core.ID[WebhookEndpoint](a.Vars["e"]), true, a.Clock.Now())
	}
	until := p.breaker.until(core.ID[WebhookEndpoint](a.Vars["e"]))
	a.Run(t, []row{{Name: "it is left alone", Path: "/v1/webhookEndpoints/{e}?expand=breaker", Want: w{"breaker.open=true", "breaker.failures=8", "breaker.openUntil=" + until.UTC().Format("2006-01-02T15:04:05.000Z")}}})
	post(t, a, "webhookEndpoints/{e}/test", `{}`)
	var d *WebhookDelivery
	eventually(t, "it is put off", func() bool {
		d = deliveriesOf(t, a, a.Vars["e"])[0]
		return !d.NextTry.Before(core.At(until).Time)
	})
	if d.State != Queued || d.Attempts != 0 || r.tries() != 0 || d.NextTry.After(until.Add(time.Second)) {
		t.Errorf("%+v after %d requests; the endpoint is left alone until %v", d, r.tries(), until)
	}
	a.Clock.Turn(2 * time.Hour)
	eventually(t, "then it is sent", func() bool { return deliveriesOf(t, a, a.Vars["e"])[0].State == Delivered })
	a.Run(t, []row{{Name: "an answer closes it", Path: "/v1/webhookEndpoints/{e}/breaker", Want: w{"open=false", "failures=0", "openUntil=null"}}})
	a.Sound(t)
}
