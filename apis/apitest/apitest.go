// Package apitest calls the real server in tests, and reads as tables.
package apitest

import (
	"bytes"
	"context"
	"encoding/base64"
	"encoding/json"
	"fmt"
	"io"
	"net"
	"net/http"
	"slices"
	"strings"
	"testing"

	"github.com/gofiber/fiber/v3"
	"github.com/valyala/fasthttp/fasthttputil"

	"github.com/stormkeep/stormkeep/apis"
	"github.com/stormkeep/stormkeep/core"
	"github.com/stormkeep/stormkeep/core/coretest"
	"github.com/stormkeep/stormkeep/core/store"
	"github.com/stormkeep/stormkeep/core/store/mem"
)

// The base URLs of every API: requests go to Host, which is loopback and so gets
// hrefs of its own; PublicURL is what other hosts get.
const (
	Host      = "localhost:8080"
	Base      = "http://" + Host + "/v1"
	PublicURL = "https://id.example.com"
)

// API is a served app in memory with a Cast to call it as.
type API struct {
	*coretest.World
	Server *apis.Server
	// Vars are what "{name}" stands for in scenarios: ids, mostly.
	Vars map[string]string
	// Keys are the callers by name.
	Keys map[string]Key
	// Check, if set, looks at every answer. Its error fails the test.
	Check func(*Answer) error
	// consoles are the sessions of the console by the name of who calls by it.
	consoles map[string]string
	// machine is the way of commands on the machine itself.
	machine *http.Client
	// Faults says that a 5xx is what the test wants.
	Faults bool
}

const eventStream = "text/event-stream"

// Key is an API key and its secret.
type Key struct{ ID, Secret string }

// Nobody calls without a key; Owner is who calls when nobody else is named.
const (
	Nobody  = "nobody"
	Owner   = "owner"
	Machine = "machine" // a command, through the control listener
)

// New is a started API with its Cast. prepare, if not nil, binds hooks and
// registers nouns before the start.
func New(t testing.TB, prepare ...func(*core.App)) *API {
	t.Helper()
	return On(t, mem.Open(), prepare...)
}

// On is New on a store.
func On(t testing.TB, s store.Store, prepare ...func(*core.App)) *API {
	t.Helper()
	w := coretest.On(t, s, prepare...)
	a := &API{World: w, Vars: map[string]string{"base": Base}, Keys: map[string]Key{}}
	a.serve(t, apis.Options{})
	a.cast(t)
	for _, k := range a.Keys {
		coretest.Known(t, k.Secret, strings.TrimPrefix(k.Basic(), "Basic "))
	}
	return a
}

// Plugged is New with plugins, on a store and with options.
func Plugged(t testing.TB, s store.Store, o apis.Options, plugins ...apis.Plugin) *API {
	t.Helper()
	a := plugged(t, s, o, plugins)
	a.cast(t)
	return a
}

func plugged(t testing.TB, s store.Store, o apis.Options, plugins []apis.Plugin) *API {
	t.Helper()
	a := &API{Vars: map[string]string{"base": Base}, Keys: map[string]Key{}}
	a.World = coretest.On(t, s, func(app *core.App) {
		var err error
		o.PublicURL = PublicURL
		a.Server, err = apis.New(app, o)
		must(t, err)
		for _, p := range plugins {
			must(t, p.Register(a.Server))
		}
	})
	a.open(t)
	return a
}

// Prepare is a plugin that changes the app before it starts.
type Prepare func(*core.App)

// Name is that of no plugin of ours.
func (Prepare) Name() string { return "prepare" }

// Register changes the app.
func (p Prepare) Register(s *apis.Server) error {
	p(s.App)
	return nil
}

func (a *API) serve(t testing.TB, o apis.Options) {
	t.Helper()
	var err error
	o.PublicURL = PublicURL
	a.Server, err = apis.New(a.App, o)
	must(t, err)
	a.open(t)
}

// open has the server answer.
func (a *API) open(t testing.TB) {
	t.Helper()
	a.Server.Seal()
	a.machine = control(t, a.Server)
}

// control reaches a server as commands on the machine itself do.
func control(t testing.TB, s *apis.Server) *http.Client {
	ln := fasthttputil.NewInmemoryListener()
	ctx, stop := context.WithCancel(context.Background())
	ended := make(chan error, 1)
	go func() { ended <- s.ServeControl(ctx, ln) }()
	client := &http.Client{Transport: &http.Transport{
		DialContext: func(context.Context, string, string) (net.Conn, error) { return ln.Dial() },
	}}
	t.Cleanup(func() {
		client.CloseIdleConnections()
		stop()
		must(t, <-ended)
	})
	return client
}

// Twin is another server of the same data, which has in memory nothing of what the
// first has.
func (a *API) Twin(t testing.TB) *API { return a.With(t, apis.Options{}) }

// With is a Twin with other options, save the public URL.
func (a *API) With(t testing.TB, o apis.Options) *API {
	t.Helper()
	twin := *a
	twin.serve(t, o)
	return &twin
}

// Answer is what came back.
type Answer struct {
	Method, Route string // of the request; the route's template
	Status        int
	Header        http.Header
	Body          []byte
	JSON          any // of the body, nil if it is none
	console       bool
}

// Send calls the server as it is told, as the machine or by what the request shows.
func (a *API) Send(as string, req *http.Request) (*http.Response, error) {
	if as == Machine {
		return a.machine.Do(req)
	}
	return a.Server.Fiber().Test(req, fiber.TestConfig{Timeout: 0})
}

// Do calls the server as one of the Cast, with placeholders filled in, and holds
// the answer to what is promised of all.
func (a *API) Do(t testing.TB, as, method, path, body string, header map[string]string) *Answer {
	t.Helper()
	req, err := http.NewRequest(method, "http://"+Host+"/", strings.NewReader(a.Fill(body)))
	if err != nil {
		t.Fatal(err)
	}
	// The path goes out as it is written: slashes, second "?" and all.
	if req.URL.Opaque = a.Fill(path); strings.HasPrefix(path, "//") {
		req.URL.Opaque = ""
		req.URL.Path, req.URL.RawQuery, _ = strings.Cut(a.Fill(path), "?")
	}
	if body != "" {
		req.Header.Set("Content-Type", "application/json")
	}
	if as == "" {
		as = Owner
	}
	if k, ok := a.Keys[as]; ok {
		req.Header.Set("Authorization", k.Basic())
	} else if token, ok := a.consoles[as]; ok {
		asConsole(req, token)
	} else if as != Nobody && as != Machine {
		t.Fatalf("nobody is called %q", as)
	}
	for name, value := range header {
		req.Header.Set(name, a.Fill(value))
		if name == "Host" {
			req.Host = a.Fill(value)
		}
	}
	res, err := a.Send(as, req)
	if err != nil {
		t.Fatalf("%s %s: %v", method, path, err)
	}
	defer res.Body.Close()
	ans := &Answer{Method: method, Status: res.StatusCode, Header: res.Header,
		console: req.Header.Get(apis.ConsoleHeader) != "" && req.Header.Get("Authorization") == ""}
	if ans.Body, err = io.ReadAll(res.Body); err != nil {
		t.Fatal(err)
	}
	if len(ans.Body) > 0 && res.Header.Get("Content-Encoding") == "" && res.Header.Get("Content-Type") != eventStream {
		d := json.NewDecoder(bytes.NewReader(ans.Body))
		d.UseNumber()
		if err := d.Decode(&ans.JSON); err != nil {
			t.Errorf("%s %s: the body is no JSON: %v\n%s", method, path, err, ans.Body)
		}
	}
	ans.Route = a.route(method, path)
	if err := ans.promises(); err != nil {
		t.Errorf("%s %s: %v\n%d %s", method, path, err, ans.Status, ans.Body)
	}
	if ans.Status >= 500 && !a.Faults {
		t.Errorf("%s %s: a 5xx for input\n%d %s", method, path, ans.Status, ans.Body)
	}
	if as == Machine && strings.HasPrefix(ans.Route, "/console/api/") {
		return ans // of which the document does not tell
	}
	if err := a.check(ans); err != nil {
		t.Errorf("%s %s: %v\n%d %s", method, path, err, ans.Status, ans.Body)
	}
	return ans
}

func (a *API) check(ans *Answer) error {
	if a.Check == nil {
		return nil
	}
	return a.Check(ans)
}

// Get reads a path as the owner and fails the test unless it is there.
func (a *API) Get(t testing.TB, path string) *Answer {
	t.Helper()
	ans := a.Do(t, Owner, "GET", path, "", nil)
	if ans.Status != 200 {
		t.Fatalf("GET %s: %d %s", path, ans.Status, ans.Body)
	}
	return ans
}

// Basic is the key's Authorization header.
func (k Key) Basic() string {
	return "Basic " + base64.StdEncoding.EncodeToString([]byte(k.ID+":"+k.Secret))
}

// Fill replaces "{name}" by what Vars holds.
func (a *API) Fill(text string) string {
	if !strings.Contains(text, "{") {
		return text
	}
	pairs := make([]string, 0, 2*len(a.Vars))
	for name, value := range a.Vars {
		pairs = append(pairs, "{"+name+"}", value)
	}
	return strings.NewReplacer(pairs...).Replace(text)
}

// route is the template that a path belongs to, "" if it is none of the server's.
func (a *API) route(method, path string) string {
	path, query, _ := strings.Cut(a.Fill(path), "?")
	if strings.Contains(query, "_method=DELETE") {
		method = http.MethodDelete
	}
	if method == http.MethodHead {
		method = http.MethodGet
	}
	parts := strings.Split("/"+strings.Trim(path, "/"), "/")
	for _, r := range a.Server.Routes() {
		if r.Method == method && matches(strings.Split(r.Path, "/"), parts) {
			return r.Path
		}
	}
	return ""
}

func matches(template, parts []string) bool {
	return len(template) == len(parts) && !slices.ContainsFunc(template, func(s string) bool {
		i := slices.Index(template, s)
		return !strings.HasPrefix(s, ":") && s != parts[i]
	})
}

// Events are the types of all events of each tenant, in the order of commit.
func (a *API) Events(t testing.TB) map[core.ID[core.Tenant]][]string {
	t.Helper()
	all, err := a.App.Tenants(context.Background())
	must(t, err)
	types := map[core.ID[core.Tenant]][]string{}
	for _, tenant := range all {
		must(t, a.App.View(core.AsMachine(context.Background(), tenant), func(tx *core.Tx) error {
			for e, err := range tx.Outbox(0) {
				if err != nil {
					return err
				}
				types[tenant] = append(types[tenant], e.Type)
			}
			return nil
		}))
	}
	return types
}

// since are the events of all tenants after those of before.
func (a *API) since(t testing.TB, before map[core.ID[core.Tenant]][]string) (types []string) {
	t.Helper()
	for tenant, all := range a.Events(t) {
		types = append(types, all[len(before[tenant]):]...)
	}
	return types
}

// promises holds an answer to what spec 2 and 30 promise of every one.
func (ans *Answer) promises() error {
	if ans.Header.Get("Stormpath-Request-Id") == "" {
		return fmt.Errorf("no Stormpath-Request-Id")
	}
	switch {
	case ans.Method == http.MethodHead:
		return nil
	case ans.Status >= 400:
		return ans.sixKeys()
	case ans.Status == 204 && len(ans.Body) > 0:
		return fmt.Errorf("a 204 with a body")
	case ans.Status == 201 && (len(ans.Body) == 0 || ans.Header.Get("Location") == ""):
		return fmt.Errorf("a 201 without body or Location")
	case ans.Status == 201 && ans.Value("href") != ans.Header.Get("Location"):
		return fmt.Errorf("a 201 whose Location %q is not its href", ans.Header.Get("Location"))
	}
	if kind := ans.Header.Get("Content-Type"); ans.Status < 300 && ans.Status != 204 && kind != "application/json;charset=UTF-8" && kind != eventStream {
		return fmt.Errorf("Content-Type %q", kind)
	}
	return nil
}

// sixKeys holds an error to its form (spec 2.9).
func (ans *Answer) sixKeys() error {
	m, ok := ans.JSON.(map[string]any)
	if ans.Header.Get("Content-Encoding") != "" {
		return nil
	}
	most := 6
	if ans.console && ok { // which is told its name as well, and perhaps fields
		if name, _ := m["error"].(string); name == "" {
			return fmt.Errorf("an error without a name")
		}
		most++
		if field, wrong := m["field"].(string); wrong {
			if all, _ := m["fields"].(map[string]any); all[field] != m["message"] {
				return fmt.Errorf("%s is wrong, but the fields say %v", field, m["fields"])
			}
			most += 2
		}
		if _, counted := m["need"]; counted {
			most++
		}
	}
	if !ok || len(m) != most {
		return fmt.Errorf("an error of %d keys", len(m))
	}
	for _, name := range []string{"status", "code"} {
		if _, ok := m[name].(json.Number); !ok {
			return fmt.Errorf("%s is no number", name)
		}
	}
	for _, name := range []string{"message", "developerMessage", "moreInfo", "requestId"} {
		if s, _ := m[name].(string); s == "" {
			return fmt.Errorf("%s is empty", name)
		}
	}
	switch {
	case fmt.Sprint(m["status"]) != fmt.Sprint(ans.Status):
		return fmt.Errorf("the body says status %s", m["status"])
	case m["requestId"] != ans.Header.Get("Stormpath-Request-Id"):
		return fmt.Errorf("the body and the header name different requests")
	case !strings.Contains(m["moreInfo"].(string), fmt.Sprint(m["code"])):
		return fmt.Errorf("moreInfo does not contain the code")
	case ans.Status == 401 && ans.Header.Get("WWW-Authenticate") != map[bool]string{false: `Basic realm="Stormpath"`, true: `Console realm="Stormkeep"`}[ans.console]:
		return fmt.Errorf("a 401 that asks for nothing")
	}
	return nil
}
