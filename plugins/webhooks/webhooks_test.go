package webhooks

import (
	"encoding/json"
	"fmt"
	"io"
	"net/http"
	"net/http/httptest"
	"net/netip"
	"strings"
	"sync"
	"testing"
	"time"

	"github.com/stormkeep/stormkeep/apis"
	"github.com/stormkeep/stormkeep/apis/apitest"
	"github.com/stormkeep/stormkeep/core"
	"github.com/stormkeep/stormkeep/core/store/mem"
)

type row = apitest.Scenario
type w = []string

// world is an API with the plugin, whose requests may go to this machine.
func world(t testing.TB, p *Plugin, prepare ...func(*core.App)) *apitest.API {
	t.Helper()
	plugins := []apis.Plugin{apitest.Prepare(func(app *core.App) {
		app.Egress.Allow = []netip.Prefix{netip.MustParsePrefix("127.0.0.0/8")}
		for _, f := range prepare {
			f(app)
		}
	}), p}
	return apitest.Plugged(t, mem.Open(), apis.Options{}, plugins...)
}

// receiver remembers the messages it has taken.
type receiver struct {
	*httptest.Server
	mu     sync.Mutex
	taken  []taken
	answer func(n int, m taken) int // the status, by how many came before; nil is 204
	seen   int
}

type taken struct {
	message
	header http.Header
	body   string
}

func receive(t testing.TB, answer func(n int, m taken) int) *receiver {
	t.Helper()
	r := &receiver{answer: answer}
	r.Server = httptest.NewServer(r)
	t.Cleanup(r.Close)
	return r
}

// ServeHTTP implements http.Handler.
func (r *receiver) ServeHTTP(rw http.ResponseWriter, req *http.Request) {
	b, err := io.ReadAll(req.Body)
	m := taken{header: req.Header, body: string(b)}
	if err != nil || json.Unmarshal(b, &m.message) != nil {
		rw.WriteHeader(400)
		return
	}
	r.mu.Lock()
	defer r.mu.Unlock()
	status := 204
	if r.answer != nil {
		status = r.answer(r.seen, m)
	}
	r.seen++
	if status < 300 {
		r.taken = append(r.taken, m)
	}
	rw.WriteHeader(status)
}

func (r *receiver) all() []taken {
	r.mu.Lock()
	defer r.mu.Unlock()
	return append([]taken{}, r.taken...)
}

func (r *receiver) tries() int {
	r.mu.Lock()
	defer r.mu.Unlock()
	return r.seen
}

func (r *receiver) types() (all string) {
	for _, m := range r.all() {
		all += m.Type + " "
	}
	return strings.TrimSpace(all)
}

func eventually(t testing.TB, what string, holds func() bool) {
	t.Helper()
	for limit := time.Now().Add(30 * time.Second); !holds(); time.Sleep(time.Millisecond) {
		if time.Now().After(limit) {
			t.Fatalf("not within 30 s: %s", what)
		}
	}
}

// listen makes an endpoint at a URL, and keeps its id and its secret as NAME and
// NAMEsecret.
func listen(t testing.TB, a *apitest.API, name, at, url, more string) {
	t.Helper()
	ans := a.Do(t, "", "POST", "/v1/"+at, fmt.Sprintf(`{"url":%q%s}`, url, more), nil)
	if ans.Status != 201 {
		t.Fatalf("%d %s", ans.Status, ans.Body)
	}
	href := ans.Value("href").(string)
	a.Vars[name] = href[strings.LastIndex(href, "/")+1:]
	a.Vars[name+"secret"] = ans.Value("secret").(string)
}

func post(t testing.TB, a *apitest.API, path, body string) *apitest.Answer {
	t.Helper()
	ans := a.Do(t, "", "POST", "/v1/"+path, body, nil)
	if ans.Status >= 300 {
		t.Fatalf("%s: %d %s", path, ans.Status, ans.Body)
	}
	return ans
}

func TestAnEventReachesTheEndpointsThatWantIt(t *testing.T) {
	a := world(t, &Plugin{})
	all, mine, groups := receive(t, nil), receive(t, nil), receive(t, nil)
	listen(t, a, "all", "webhookEndpoints", all.URL, "")
	listen(t, a, "mine", "applications/{app}/webhookEndpoints", mine.URL, `,"events":["account.*"]`)
	listen(t, a, "groups", "tenants/{tenant}/webhookEndpoints", groups.URL, `,"events":["group.create","group.delete"]`)
	post(t, a, "accounts/{ann}", `{"givenName":"Anna"}`)
	elsewhere := post(t, a, "directories", `{"name":"Elsewhere"}`).Value("href").(string)
	post(t, a, strings.TrimPrefix(elsewhere, apitest.Base+"/")+"/accounts", `{"email":"bob@example.com","password":"Passw0rd1!"}`)
	post(t, a, "directories/{dir}/groups", `{"name":"New"}`)
	if ans := a.Do(t, "", "DELETE", "/v1/accounts/{ann}", "", nil); ans.Status != 204 {
		t.Fatal(ans.Status)
	}
	eventually(t, "the application hears of its own", func() bool { return mine.types() == "account.update account.delete" })
	eventually(t, "a group", func() bool { return groups.types() == "group.create" })
	eventually(t, "all", func() bool {
		return strings.Contains(all.types(), "account.delete") && strings.Contains(all.types(), "account.create") && strings.Contains(all.types(), "group.create")
	})
	m := mine.all()[0]
	var acc map[string]any
	if err := json.Unmarshal(m.Data["account"], &acc); err != nil {
		t.Fatal(err)
	}
	// The account may be gone already when the message is made: then there is its href.
	if want := apitest.PublicURL + "/v1/accounts/" + a.Vars["ann"]; acc["href"] != want || string(m.Data["changed"]) != `["fullName","givenName"]` && string(m.Data["changed"]) != `["givenName"]` {
		t.Errorf("%s", m.body)
	}
	if m.Application == nil || m.Application.Href != apitest.PublicURL+"/v1/applications/"+a.Vars["app"] || m.Sequence == 0 {
		t.Errorf("%s", m.body)
	}
	gone := mine.all()[1]
	if string(gone.Data["account"]) != `{"href":"`+apitest.PublicURL+"/v1/accounts/"+a.Vars["ann"]+`"}` {
		t.Errorf("%s", gone.body)
	}
	for _, m := range all.all() {
		if strings.Contains(m.body, "whsec_") || strings.Contains(m.body, "password\"") || strings.Contains(m.body, a.Vars["allsecret"]) {
			t.Errorf("a secret in %s", m.body)
		}
		if m.header.Get("webhook-id") != m.ID {
			t.Error(m.header)
		}
	}
	a.Sound(t)
}

// What fails is tried again, holds up what follows of its record, and nothing else.
func TestOneFailingRecordHoldsUpNoOther(t *testing.T) {
	a := world(t, &Plugin{First: time.Millisecond, Max: 5 * time.Millisecond, For: time.Hour})
	var stuck sync.Map
	r := receive(t, func(n int, m taken) int {
		if _, ok := stuck.Load("on"); ok && strings.Contains(string(m.Data["account"]), a.Vars["ann"]) {
			return 500
		}
		return 200
	})
	stuck.Store("on", true)
	listen(t, a, "e", "webhookEndpoints", r.URL, `,"events":["account.*","group.*"]`)
	post(t, a, "accounts/{ann}", `{"givenName":"One"}`)
	post(t, a, "accounts/{ann}", `{"givenName":"Two"}`)
	post(t, a, "groups/{grp}", `{"name":"Renamed"}`)
	eventually(t, "the group is heard of", func() bool { return r.types() == "group.update" })
	eventually(t, "the account is tried again", func() bool { a.Clock.Turn(time.Second); return r.tries() > 4 })
	stuck.Delete("on")
	eventually(t, "the account", func() bool {
		a.Clock.Turn(time.Second)
		return r.types() == "group.update account.update account.update"
	})
	one, two := r.all()[1], r.all()[2]
	if one.Sequence >= two.Sequence {
		t.Errorf("%d before %d", one.Sequence, two.Sequence)
	}
	a.Sound(t)
}
