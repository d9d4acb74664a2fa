package webhooks

import (
	"strings"
	"testing"
	"time"

	"github.com/stormkeep/stormkeep/apis/apitest"
)

func TestEndpointsAndTheirDeliveries(t *testing.T) {
	a := world(t, &Plugin{First: time.Hour, Max: time.Hour, For: time.Minute})
	status := 500
	r := receive(t, func(int, taken) int { return status })
	a.Vars["url"] = r.URL
	const at = "/v1/webhookEndpoints"
	a.Run(t, []row{
		{Name: "make", Path: at, Body: `{"url":"{url}","events":["x.*"]}`, Status: 201, Keep: "e", Want: w{"status=ENABLED", "secret", "whsec_", "application=null"}, Events: w{"webhookEndpoint.create"}},
		{Name: "its secret is shown once", Path: at + "/{e}", Want: w{"url={url}", "deliveries.href={base}/webhookEndpoints/{e}/deliveries"}, Not: w{"whsec_", "ecret\":\""}},
		{Name: "make for an application", Path: "/v1/applications/{app}/webhookEndpoints", Body: `{"url":"{url}","events":["x.*"]}`, Status: 201, Keep: "mine",
			Want: w{"application.href={base}/applications/{app}"}, Events: w{"webhookEndpoint.create"}},
		{Name: "list", As: "auditor", Path: at, Want: w{"size=2"}, Not: w{"whsec_"}},
		{Name: "list the tenant's", Path: "/v1/tenants/{tenant}/webhookEndpoints", Want: w{"size=2", "href={base}/tenants/{tenant}/webhookEndpoints"}},
		{Name: "list the application's", Path: "/v1/applications/{app}/webhookEndpoints?limit=1", Want: w{"size=1", "limit=1"}},
		{Name: "list by what is no attribute", Path: at + "?x=1", Status: 400, Want: w{"code=2105"}},
		{Name: "without a URL", Path: at, Body: `{"events":["*"]}`, Status: 400, Want: w{"code=2000"}},
		{Name: "a private URL", Path: at, Body: `{"url":"https://10.0.0.1/"}`, Status: 400, Want: w{"code=2002"}},
		{Name: "a URL with a password", Path: at, Body: `{"url":"https://a:b@hooks.example.com/"}`, Status: 400, Want: w{"code=2002"}},
		{Name: "no events", Path: at, Body: `{"url":"{url}","events":[]}`, Status: 400, Want: w{"code=2013"}},
		{Name: "no pattern", Path: at, Body: `{"url":"{url}","events":["a.b.c"]}`, Status: 400, Want: w{"code=2006"}},
		{Name: "another tenant's application", Path: at, Body: `{"url":"{url}","application":{"href":"{base}/applications/{otherapp}"}}`, Status: 404},
		{Name: "change", Path: at + "/{e}", Body: `{"description":"changed"}`, Want: w{"description=changed"}, Events: w{"webhookEndpoint.update"}},
		{Name: "rotate", Path: at + "/{e}/rotateSecret", Body: `{}`, Want: w{"whsec_", "olderSecretUntil=2026-11-22T12:00:00.000Z"}, Events: w{"webhookEndpoint.update"}},
		{Name: "rotate, the old one ends now", Path: at + "/{e}/rotateSecret", Body: `{"olderSecretUntil":null}`, Want: w{"whsec_", "olderSecretUntil=null"}, Events: w{"webhookEndpoint.update"}},
		{Name: "rotate for ever", Path: at + "/{e}/rotateSecret", Body: `{"olderSecretUntil":"2030-01-01T00:00:00.000Z"}`, Status: 400, Want: w{"code=2002"}},
		{Name: "rotate until nonsense", Path: at + "/{e}/rotateSecret", Body: `{"olderSecretUntil":7}`, Status: 400, Want: w{"code=2002"}},
		{Name: "test", Path: at + "/{e}/test", Body: `{}`, Status: 201, Keep: "d", Want: w{"type=webhook.test", "state=QUEUED", "record=null"}},
	})
	delivery := func(state string) func() bool {
		return func() bool { return a.Get(t, "/v1/webhookDeliveries/{d}").Has("state="+state) == nil }
	}
	eventually(t, "a test is tried once", delivery("DEAD"))
	a.Run(t, []row{
		{Name: "what became of it", Path: "/v1/webhookDeliveries/{d}", Want: w{"attempts=1", "lastStatus=500", "reason=the endpoint answered 500", "nextTry=null"}},
		{Name: "by state", Path: at + "/{e}/deliveries?state=dead", Want: w{"size=1", "items.0.type=webhook.test"}},
		{Name: "by another state", Path: at + "/{e}/deliveries?state=QUEUED", Want: w{"size=0"}},
		{Name: "by no state", Path: at + "/{e}/deliveries?state=LOST", Status: 400, Want: w{"code=2103"}},
		{Name: "replay while it is disabled", Path: at + "/{mine}", Body: `{"status":"DISABLED"}`, Events: w{"webhookEndpoint.update"}},
		{Name: "of the disabled", Path: at + "/{mine}/replayDead", Body: `{}`, Status: 409},
	})
	r.mu.Lock()
	status = 200
	r.mu.Unlock()
	a.Run(t, []row{{Name: "replay", Path: "/v1/webhookDeliveries/{d}/replay", Body: `{}`, Want: w{"state=QUEUED", "attempts=0"}}})
	eventually(t, "it is delivered", delivery("DELIVERED"))
	if all := r.all(); len(all) != 1 || all[0].Type != testType || string(all[0].Data["changed"]) != "[]" {
		t.Errorf("%+v", all)
	}
	a.Run(t, []row{
		{Name: "nothing is dead", Path: at + "/{e}/replayDead", Body: `{}`, Want: w{"replayed=0", "dead=0"}},
		{Name: "delete", Method: "DELETE", Path: at + "/{e}", Status: 204, Events: w{"webhookEndpoint.delete"}},
		{Name: "its deliveries go", Path: "/v1/webhookDeliveries/{d}", Status: 404},
		{Name: "the document", As: "nobody", Path: "/v1/openapi.json", Want: w{"components.schemas.WebhookEndpoint.properties.events.type=array", "components.schemas.WebhookDelivery.properties.state.type=string", "components.schemas.WebhookBreaker.properties.failures.type=integer"}},
	})
	a.Sound(t)
}

// Every route, for every caller, with the caller's own and another tenant's ids.
func TestClass19_20_RoleByRouteByTenant(t *testing.T) {
	a := world(t, &Plugin{})
	r := receive(t, nil)
	listen(t, a, "e", "webhookEndpoints", r.URL, `,"events":["x.y"]`)
	d := post(t, a, "webhookEndpoints/{e}/test", `{}`).Value("href").(string)
	a.Vars["d"] = d[strings.LastIndex(d, "/")+1:]
	a.Vars["url"] = r.URL
	readers, writers := "owner admin support auditor", "owner admin"
	for _, c := range []struct{ method, path, body, who string }{
		{"GET", "webhookEndpoints", "", readers},
		{"GET", "tenants/{tenant}/webhookEndpoints", "", readers},
		{"GET", "applications/{app}/webhookEndpoints", "", readers},
		{"GET", "webhookEndpoints/{e}", "", readers},
		{"GET", "webhookEndpoints/{e}/deliveries", "", readers},
		{"GET", "webhookEndpoints/{e}/breaker", "", readers},
		{"GET", "webhookDeliveries/{d}", "", readers},
		{"POST", "webhookEndpoints", `{"url":"{url}"}`, writers},
		{"POST", "tenants/{tenant}/webhookEndpoints", `{"url":"{url}"}`, writers},
		{"POST", "applications/{app}/webhookEndpoints", `{"url":"{url}"}`, writers},
		{"POST", "webhookEndpoints/{e}", `{"description":"x"}`, writers},
		{"POST", "webhookEndpoints/{e}/rotateSecret", `{}`, writers},
		{"POST", "webhookEndpoints/{e}/test", `{}`, writers},
		{"POST", "webhookEndpoints/{e}/replayDead", `{}`, writers},
		{"POST", "webhookDeliveries/{d}/replay", `{}`, writers},
		{"DELETE", "webhookEndpoints/{e}", "", ""}, // by nobody here: it would be gone
	} {
		for _, as := range append(append([]string{}, apitest.Callers...), apitest.Nobody, "other") {
			if c.method == "DELETE" && (as == "owner" || as == "admin") {
				continue
			}
			got := a.Do(t, as, c.method, "/v1/"+c.path, c.body, nil).Status
			want := 403
			switch {
			case strings.Contains(" "+c.who+" ", " "+as+" "):
				want = map[bool]int{true: 201, false: 200}[c.method == "POST" && (strings.HasSuffix(c.path, "webhookEndpoints") || strings.HasSuffix(c.path, "/test"))]
			case as == "accountkey" || as == "wrongsecret" || as == apitest.Nobody:
				want = 401
			case as == "other":
				want = 404
				if !strings.Contains(c.path, "{") {
					want = map[string]int{"GET": 200, "POST": 201}[c.method]
				}
			}
			if got != want {
				t.Errorf("%s %s as %s: %d, want %d", c.method, c.path, as, got, want)
			}
		}
	}
	if n := a.Do(t, "other", "GET", "/v1/webhookEndpoints", "", nil); n.Has("size=1") != nil {
		t.Errorf("another tenant sees %s", n.Body)
	}
}
