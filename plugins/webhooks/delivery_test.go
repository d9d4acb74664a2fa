package webhooks

import (
	"context"
	"testing"
	"time"

	"github.com/stormkeep/stormkeep/core"
)

// Deliveries do not grow with the years, and what is on its way stays.
func TestOldDeliveriesGo(t *testing.T) {
	p := &Plugin{}
	a := world(t, p)
	r := receive(t, nil)
	listen(t, a, "e", "webhookEndpoints", r.URL, `,"events":["group.*"]`)
	post(t, a, "groups/{grp}", `{"name":"One"}`)
	eventually(t, "it is delivered", func() bool {
		all := deliveriesOf(t, a, a.Vars["e"])
		return len(all) == 1 && all[0].State == Delivered
	})
	a.Clock.Turn(keepFor + time.Hour) // which makes the tidying due
	eventually(t, "it is gone", func() bool { return len(deliveriesOf(t, a, a.Vars["e"])) == 0 })
	if err := p.tidy(core.AsSystem(context.Background(), a.Tenant), core.Job{}); err != nil {
		t.Error(err)
	}
	a.Sound(t)
}
