package webhooks

import (
	"encoding/json"
	"fmt"
	"io"
	"net/http"
	"net/http/httptest"
	"strings"
	"sync/atomic"
	"testing"
	"time"

	"github.com/stormkeep/stormkeep/core"
	"github.com/stormkeep/stormkeep/core/coretest"
	"github.com/stormkeep/stormkeep/core/store"
)

func deliveriesOf(t *testing.T, a interface {
	View(testing.TB, func(*core.Tx) error)
}, e string) (all []*WebhookDelivery) {
	t.Helper()
	a.View(t, func(tx *core.Tx) error {
		p, err := core.List(tx, DeliveriesOf, core.Query{Owner: e, Limit: 1000})
		all = p.Items
		return err
	})
	return all
}

func TestWhatBecomesOfADelivery(t *testing.T) {
	for _, c := range []struct {
		name          string
		answer        int
		state         State
		tries         int
		status        core.Status
		reason        string
		hook          func(*core.WebhookEvent) error
		deliveredType string
	}{
		{name: "taken", answer: 200, state: Delivered, tries: 1, status: core.Enabled},
		{name: "gone disables the endpoint", answer: 410, state: Dead, tries: 1, status: core.Disabled, reason: "the endpoint answered 410"},
		{name: "a redirect is not followed", answer: 307, state: Dead, tries: 3, status: core.Enabled, reason: "the endpoint answered 307"},
		{name: "given up in the end", answer: 500, state: Dead, tries: 3, status: core.Enabled, reason: "the endpoint answered 500"},
		{name: "dropped by a hook", answer: 200, state: Dropped, status: core.Enabled, reason: "a hook had it not sent",
			hook: func(e *core.WebhookEvent) error { e.Drop = true; return nil }},
		{name: "changed by a hook", answer: 200, state: Delivered, tries: 1, status: core.Enabled,
			hook: func(e *core.WebhookEvent) error { e.Data = nil; e.Header["X-Of"] = e.Type; return nil }},
		{name: "refused by a hook", answer: 200, state: Dead, status: core.Enabled, reason: "a hook refused it",
			hook: func(e *core.WebhookEvent) error { return fmt.Errorf("no") }},
		{name: "a hook that fails", answer: 200, state: Dead, status: core.Enabled, reason: "a hook failed",
			hook: func(e *core.WebhookEvent) error { panic("no") }},
	} {
		t.Run(c.name, func(t *testing.T) {
			if c.hook != nil && strings.Contains(c.name, "fails") {
				c.reason = "" // said by hooks or by us, both are right
			}
			a := world(t, &Plugin{First: time.Second, Max: time.Second, For: 3 * time.Second}, func(app *core.App) {
				if c.hook != nil {
					app.Hooks.Webhook.Before(c.hook)
				}
			})
			r := receive(t, func(int, taken) int { return c.answer })
			listen(t, a, "e", "webhookEndpoints", r.URL, `,"events":["group.update"]`)
			post(t, a, "groups/{grp}", `{"name":"Renamed"}`)
			var d *WebhookDelivery
			eventually(t, "it is settled", func() bool {
				all := deliveriesOf(t, a, a.Vars["e"])
				if len(all) == 1 && all[0].State == Queued && all[0].NextTry.After(a.Clock.Now()) {
					a.Clock.Turn(time.Second)
				}
				if len(all) == 1 {
					d = all[0]
				}
				return d != nil && d.State != Queued
			})
			if d.State != c.state || c.tries > 0 && r.tries() < c.tries || c.tries == 0 && r.tries() > 0 || c.reason != "" && d.Reason != c.reason {
				t.Errorf("%+v after %d requests", d, r.tries())
			}
			a.Run(t, []row{{Name: "the endpoint", Path: "/v1/webhookEndpoints/{e}", Want: w{"status=" + string(c.status)}}})
			if c.name == "changed by a hook" && (r.all()[0].header.Get("X-Of") != "group.update" || r.all()[0].Data != nil) {
				t.Errorf("%+v", r.all()[0])
			}
			a.Sound(t)
		})
	}
}

func TestADisabledEndpointQueuesNothing(t *testing.T) {
	a := world(t, &Plugin{})
	r := receive(t, nil)
	listen(t, a, "off", "webhookEndpoints", r.URL, `,"events":["group.*"],"status":"DISABLED"`)
	listen(t, a, "on", "webhookEndpoints", r.URL, `,"events":["group.*"]`)
	post(t, a, "groups/{grp}", `{"name":"Renamed"}`)
	eventually(t, "the other hears", func() bool { return r.types() == "group.update" })
	if n := len(deliveriesOf(t, a, a.Vars["off"])); n != 0 {
		t.Errorf("%d are queued", n)
	}
}

// While both secrets live, both sign, and whoever has one of them is content.
func TestTwoSecretsSignDuringARotation(t *testing.T) {
	a := world(t, &Plugin{})
	r := receive(t, nil)
	listen(t, a, "e", "webhookEndpoints", r.URL, `,"events":["group.*"]`)
	newer := post(t, a, "webhookEndpoints/{e}/rotateSecret", `{}`).Value("secret").(string)
	check := func(n int, secrets ...string) {
		t.Helper()
		eventually(t, "it arrives", func() bool { return len(r.all()) == n })
		m := r.all()[n-1]
		want, err := sign(secrets, m.ID, a.Clock.Now(), []byte(m.body))
		if err != nil || m.header.Get("webhook-signature") != want["webhook-signature"] || m.header.Get("webhook-timestamp") != want["webhook-timestamp"] {
			t.Errorf("%v, want %v, %v", m.header, want, err)
		}
	}
	post(t, a, "groups/{grp}", `{"name":"One"}`)
	check(1, newer, a.Vars["esecret"])
	a.Clock.Turn(25 * time.Hour)
	post(t, a, "groups/{grp}", `{"name":"Two"}`)
	check(2, newer)
}

// A delivery tells what was sent last and how it was answered, and holds no credential.
func TestADeliveryTellsOfItsLastTry(t *testing.T) {
	const credential = "Bearer of-the-receiver"
	a := world(t, &Plugin{First: time.Hour, Max: time.Hour}, func(app *core.App) {
		app.Hooks.Webhook.Before(func(e *core.WebhookEvent) error {
			e.Header["authorization"], e.Header["X-Of"], e.Header["user-agent"] = credential, e.Type, "another"
			return nil
		})
	})
	answer := strings.Repeat("no such table: orders \xff", 100)
	var status atomic.Int32
	status.Store(500)
	r := httptest.NewServer(http.HandlerFunc(func(rw http.ResponseWriter, req *http.Request) {
		if req.Header.Get("Authorization") != credential {
			t.Errorf("the receiver got %v", req.Header)
		}
		time.Sleep(20 * time.Millisecond)
		rw.WriteHeader(int(status.Load()))
		io.WriteString(rw, answer)
	}))
	t.Cleanup(r.Close)
	listen(t, a, "e", "webhookEndpoints", r.URL, `,"events":["group.update"]`)
	post(t, a, "groups/{grp}", `{"name":"Renamed"}`)
	eventually(t, "it is tried", func() bool { all := deliveriesOf(t, a, a.Vars["e"]); return len(all) == 1 && all[0].Attempts == 1 })
	d := deliveriesOf(t, a, a.Vars["e"])[0]
	a.Vars["d"] = string(d.ID)
	signed, _ := a.Get(t, "/v1/webhookDeliveries/{d}").Value("lastHeaders.Webhook-Signature").(string)
	if !strings.HasPrefix(signed, "v1,") || d.Took < 20 || d.Took > 20_000 || len(d.Said) < mostSaid-4 || len(d.Said) > 2*mostSaid || !d.SaidCut {
		t.Errorf("%+v", d)
	}
	a.Run(t, []row{{Name: "a refusal", Path: "/v1/webhookDeliveries/{d}", Not: w{credential, "another"},
		Want: w{"attempts=1", "lastStatus=500", "lastTry=2026-11-21T12:00:00.000Z", "lastBodyCut=true", "no such table: orders", "lastHeaders.Authorization=null", "lastHeaders.X-Of=null",
			"lastHeaders.User-Agent=Stormkeep-Webhooks/1", "lastHeaders.Content-Type=application/json", "lastHeaders.Webhook-Id=" + d.Event}}})
	status.Store(200)
	a.Clock.Turn(3 * time.Hour)
	eventually(t, "it is delivered", func() bool { return deliveriesOf(t, a, a.Vars["e"])[0].State == Delivered })
	if d = deliveriesOf(t, a, a.Vars["e"])[0]; len(d.Said) > 3*mostThanked || !d.SaidCut {
		t.Errorf("%d bytes of thanks are kept", len(d.Said))
	}

	// One that was written before these members were.
	key, old := "", ""
	if err := a.App.Store().View(t.Context(), func(tx store.Tx) error {
		for item, err := range tx.Scan("", "\xff") {
			if err != nil {
				return err
			}
			if strings.HasSuffix(item.Key, "/whd/"+string(d.ID)) {
				key, old = item.Key, string(item.Value)
			}
		}
		return nil
	}); err != nil {
		t.Fatal(err)
	}
	var members map[string]json.RawMessage
	if err := json.Unmarshal([]byte(old), &members); err != nil {
		t.Fatalf("%s: %q: %v", key, old, err)
	}
	for _, name := range []string{"lastTry", "lastDuration", "lastHeaders", "lastBody", "lastBodyCut"} {
		if members[name] == nil {
			t.Errorf("%s is not stored", name)
		}
		delete(members, name)
	}
	stripped, err := json.Marshal(members)
	if err != nil {
		t.Fatal(err)
	}
	coretest.Plant(t, a.App.Store(), key, string(stripped))
	a.Run(t, []row{{Name: "an older one", Path: "/v1/webhookDeliveries/{d}", Want: w{"state=DELIVERED", "attempts=2", "lastTry=null", "lastDuration=null", "lastHeaders=null", "lastBody=null", "lastBodyCut=false"}}})
}
