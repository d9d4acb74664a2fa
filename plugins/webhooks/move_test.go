package webhooks

import (
	"errors"
	"fmt"
	"net/netip"
	"strconv"
	"testing"
	"time"

	"github.com/stormkeep/stormkeep/apis"
	"github.com/stormkeep/stormkeep/apis/apitest"
	"github.com/stormkeep/stormkeep/core"
	"github.com/stormkeep/stormkeep/core/store"
	"github.com/stormkeep/stormkeep/core/store/mem"
	"github.com/stormkeep/stormkeep/core/store/storetest"
)

// quick is a plugin whose tries follow each other closely, by the clock of the machine,
// and what lets its requests go to this machine.
func quick() []apis.Plugin {
	return []apis.Plugin{apitest.Prepare(func(app *core.App) {
		app.Egress.Allow = []netip.Prefix{netip.MustParsePrefix("127.0.0.0/8")}
		app.Now = time.Now
	}), &Plugin{First: time.Millisecond, Max: 20 * time.Millisecond, For: time.Hour}}
}

// An endpoint comes along with an export, and hears from then on what happens where it
// has come to; with the secrets it signs as before, and without by none until it is
// given one. What was delivered, or is on its way, stays where it was.
func TestAnEndpointGoesIntoAnotherStore(t *testing.T) {
	for _, c := range []struct {
		name   string
		export core.ExportOptions
	}{{"with secrets", core.ExportOptions{Secrets: true, Operators: true}}, {"without", core.ExportOptions{}}} {
		t.Run(c.name, func(t *testing.T) {
			a := apitest.Plugged(t, mem.Open(), apis.Options{}, quick()...)
			r := receive(t, func(n int, m taken) int { return map[bool]int{true: 500, false: 200}[m.Type == "group.update"] })
			listen(t, a, "e", "applications/{app}/webhookEndpoints", r.URL, `,"events":["group.*","account.update"]`)
			post(t, a, "accounts/{ann}", `{"givenName":"Before"}`)
			post(t, a, "groups/{grp}", `{"description":"on its way"}`)
			eventually(t, "one is delivered and one is not", func() bool { return r.types() == "account.update" && r.tries() > 3 })

			to := a.Into(t, storetest.Twice(mem.Open()), c.export, quick()...)
			if got := to.Get(t, "/v1/webhookEndpoints/{e}/deliveries"); got.Has("size=0") != nil {
				t.Errorf("deliveries have come along: %s", got.Body)
			}
			if got := to.Get(t, "/v1/webhookEndpoints/{e}"); got.Has("status=ENABLED") != nil || got.Has("application.href="+apitest.Base+"/applications/"+a.Vars["app"]) != nil {
				t.Errorf("%s", got.Body)
			}
			for range 5 { // numbers of events that the former server had given as well
				post(t, to, "accounts/{ann}", `{"givenName":"`+core.NewID7()+`"}`)
			}
			secret := a.Vars["esecret"]
			if !c.export.Secrets {
				eventually(t, "it is not sent unsigned", func() bool {
					return to.Get(t, "/v1/webhookEndpoints/{e}/deliveries?state=QUEUED").Has("the endpoint has no secret; rotate it") == nil
				})
				secret = post(t, to, "webhookEndpoints/{e}/rotateSecret", `{}`).Value("secret").(string)
			}
			eventually(t, "all that happens there", func() bool {
				return to.Get(t, "/v1/webhookEndpoints/{e}/deliveries?state=DELIVERED").Has("size=5") == nil
			})
			for _, m := range r.all()[1:] {
				at, err := strconv.ParseInt(m.header.Get("webhook-timestamp"), 10, 64)
				want, failed := sign([]string{secret}, m.ID, time.Unix(at, 0), []byte(m.body))
				if err := errors.Join(err, failed); err != nil || m.header.Get("webhook-signature") != want["webhook-signature"] {
					t.Errorf("%v, want %v, %v", m.header, want, err)
				}
			}
			to.Sound(t)
		})
	}
}

// Every event is delivered, in order, what is rotated is rotated once, and what is
// tested or sent again is one delivery, on a store that runs every transaction again.
func TestTransactionsThatRunAgain(t *testing.T) {
	for name, odd := range map[string]func(store.Store) store.Store{"twice": storetest.Twice, "unknown": storetest.Unknown} {
		t.Run(name, func(t *testing.T) {
			st := storetest.Becoming(mem.Open(), odd)
			a := apitest.Plugged(t, st, apis.Options{}, quick()...)
			st.Turn()
			r := receive(t, func(n int, m taken) int {
				switch {
				case m.Type == "account.update":
					return 410
				case n%2 == 0:
					return 500
				}
				return 200
			})
			listen(t, a, "e", "webhookEndpoints", r.URL, `,"events":["group.update"]`)
			const events = 20
			for i := range events {
				post(t, a, "groups/{grp}", fmt.Sprintf(`{"description":"change %d"}`, i))
			}
			deliveries := func(want string) func() bool {
				return func() bool { return a.Get(t, "/v1/webhookEndpoints/{e}/deliveries?"+want).Has("size=0") != nil }
			}
			eventually(t, "all", func() bool {
				return a.Get(t, "/v1/webhookEndpoints/{e}/deliveries?state=DELIVERED").Has(fmt.Sprintf("size=%d", events)) == nil
			})
			last := uint64(0)
			for _, m := range r.all() {
				if m.Sequence < last {
					t.Errorf("%d after %d", m.Sequence, last)
				}
				last = m.Sequence
			}
			ans := post(t, a, "webhookEndpoints/{e}/rotateSecret", `{}`)
			now := ans.Value("secret").(string)
			a.View(t, func(tx *core.Tx) error {
				e, err := core.Get(tx, core.ID[WebhookEndpoint](a.Vars["e"]))
				if err != nil {
					return err
				}
				all, err := e.secrets(tx)
				if err != nil || len(all) != 2 || all[0] != now || all[1] != a.Vars["esecret"] {
					t.Errorf("%q sign, want that which was shown and the first, %v", all, err)
				}
				return nil
			})
			before := len(r.all())
			eventually(t, "a test is taken", func() bool {
				post(t, a, "webhookEndpoints/{e}/test", `{}`)
				return len(r.all()) > before
			})
			post(t, a, "webhookEndpoints/{e}", `{"events":["account.update"]}`)
			post(t, a, "accounts/{ann}", `{"givenName":"Gone"}`)
			eventually(t, "it is gone", func() bool { return a.Get(t, "/v1/webhookEndpoints/{e}").Has("status=DISABLED") == nil })
			eventually(t, "and so is its delivery", deliveries("state=DEAD"))
			a.Sound(t)
		})
	}
}
