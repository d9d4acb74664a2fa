package webhooks

import (
	"testing"

	"github.com/stormkeep/stormkeep/core"
)

// An event that is heard twice is queued once.
func TestAnEventIsQueuedOnce(t *testing.T) {
	p := &Plugin{}
	a := world(t, p)
	r := receive(t, nil)
	listen(t, a, "e", "webhookEndpoints", r.URL, `,"events":["x.*"]`)
	var e core.Event
	a.Update(t, func(tx *core.Tx) error { return tx.Emit(core.Event{Type: "x.y", Ref: core.RefTo(a.Tenant)}) })
	a.View(t, func(tx *core.Tx) error {
		for ev, err := range tx.Outbox(0) {
			if err != nil {
				return err
			}
			e = ev
		}
		return nil
	})
	for range 3 {
		if err := p.hear(core.AsSystem(t.Context(), a.Tenant), []core.Event{e, e}); err != nil {
			t.Fatal(err)
		}
	}
	eventually(t, "it arrives", func() bool { return r.types() == "x.y" })
	if n := len(deliveriesOf(t, a, a.Vars["e"])); n != 1 {
		t.Errorf("%d deliveries", n)
	}
}
