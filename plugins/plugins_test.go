package plugins

import (
	"flag"
	"fmt"
	"net/http"
	"net/netip"
	"os"
	"slices"
	"strings"
	"testing"

	"github.com/stormkeep/stormkeep/apis"
	"github.com/stormkeep/stormkeep/apis/apitest"
	"github.com/stormkeep/stormkeep/core"
	"github.com/stormkeep/stormkeep/core/store/mem"
)

var update = flag.Bool("update", false, "write the golden anew")

func TestEveryPluginHasANameOfItsOwn(t *testing.T) {
	seen := map[string]bool{}
	for i, p := range Standard {
		name := p.Name()
		if name == "" || seen[name] {
			t.Errorf("plugin %d has the name %q", i, name)
		}
		seen[name] = true
	}
}

// bodies are what succeeds at the routes of plugins that take one, by the last part of
// the path. {n} is another number each time.
var bodies = map[string]string{
	"webhookEndpoints": `{"url":"http://127.0.0.1:1/","events":["x.y"]}`,
	"djoserMounts":     `{"path":"/mount{n}","version":"2"}`,
	":id":              `{"status":"ENABLED"}`,
	"rotateSecret":     `{}`,
	"test":             `{}`,
	"replayDead":       `{}`,
	"replay":           `{}`,
}

// stage makes what stands for the :id of a route, anew for each call.
type stage struct {
	*apitest.API
	n int
}

func (s *stage) body(last string) string {
	s.n++
	return strings.ReplaceAll(bodies[last], "{n}", fmt.Sprint(s.n))
}

// subject is the id of a record of a tenant, "" or "other", and what takes it away.
func (s *stage) subject(t *testing.T, kind, of string) (id string, done func()) {
	t.Helper()
	made := func(path, last string) string {
		ans := s.Do(t, of, http.MethodPost, "/v1/"+path, s.body(last), nil)
		if ans.Status != http.StatusCreated {
			t.Fatalf("%s: %d %s", path, ans.Status, ans.Body)
		}
		href := ans.Value("href").(string)
		return href[strings.LastIndexByte(href, '/')+1:]
	}
	gone := func(path string) func() {
		return func() { s.Do(t, of, http.MethodDelete, "/v1/"+path, "", nil) }
	}
	switch kind {
	case "tenants":
		return s.Vars[of+"tenant"], func() {}
	case "applications":
		return s.Vars[of+"app"], func() {}
	case "webhookEndpoints":
		id = made(kind, kind)
		return id, gone("webhookEndpoints/" + id)
	case "webhookDeliveries":
		end := made("webhookEndpoints", "webhookEndpoints")
		return made("webhookEndpoints/"+end+"/test", "test"), gone("webhookEndpoints/" + end)
	case "djoserMounts":
		id = made("applications/{"+of+"app}/djoserMounts", kind)
		return id, gone("djoserMounts/" + id)
	}
	t.Fatalf("say what stands for the :id of %s", kind)
	return "", nil
}

// do calls a route with the ids of a tenant.
func (s *stage) do(t *testing.T, rt apis.Route, as, of string) *apitest.Answer {
	t.Helper()
	parts := strings.Split(strings.TrimPrefix(rt.Path, "/v1/"), "/")
	path, body := rt.Path, ""
	if len(parts) > 1 {
		id, done := s.subject(t, parts[0], of)
		defer done()
		path = strings.Replace(path, ":id", id, 1)
	}
	if rt.Method == http.MethodPost {
		if body = s.body(parts[len(parts)-1]); body == "" {
			t.Fatalf("%s: say in bodies what it takes", rt.Path)
		}
	}
	ans := s.Do(t, as, rt.Method, path, body, nil)
	if href, ok := ans.Value("href").(string); ok && ans.Status == http.StatusCreated && strings.Contains(href, "/webhookEndpoints/") {
		owner := ""
		if as == "other" {
			owner = as
		}
		s.Do(t, owner, http.MethodDelete, href[strings.Index(href, "/v1/"):], "", nil) // a tenant has not so many
	}
	return ans
}

// Every route that a plugin adds, for every caller, with the caller's own and another
// tenant's ids: who gets in is the golden's to say, and that nobody else does, this
// test's. The kinds that plugins add are in it as well.
func TestClass19_20_RoleByRouteByTenant(t *testing.T) {
	plain := apitest.New(t)
	known := map[string]bool{}
	for _, rt := range plain.Server.Routes() {
		known[rt.Method+rt.Path] = true
	}
	local := apitest.Prepare(func(app *core.App) { app.Egress.Allow = []netip.Prefix{netip.MustParsePrefix("127.0.0.0/8")} })
	s := &stage{API: apitest.Plugged(t, mem.Open(), apis.Options{}, append([]apis.Plugin{local}, Standard...)...)}
	table := &strings.Builder{}
	for _, k := range s.App.Kinds() {
		if i := k.Info(); plain.App.KindNamed(i.Name) == nil {
			fmt.Fprintf(table, "kind   %-50s %s %s\n", i.Name, i.Noun, i.Key)
		}
	}
	for _, rt := range s.Server.Routes() {
		if known[rt.Method+rt.Path] {
			continue
		}
		if rt.Public || rt.Machine || !strings.HasPrefix(rt.Path, "/v1/") {
			t.Errorf("%s %s: a plugin adds what asks for no key", rt.Method, rt.Path)
			continue
		}
		var in []string
		for _, as := range append(slices.Clone(apitest.Callers), apitest.Nobody) {
			refused := http.StatusForbidden
			if as == "accountkey" || as == "wrongsecret" || as == apitest.Nobody {
				refused = http.StatusUnauthorized
			}
			switch got := s.do(t, rt, as, ""); got.Status {
			case rt.Status:
				in = append(in, as)
			case refused:
			default:
				t.Errorf("%s %s as %s: %d %s, want %d or %d", rt.Method, rt.Path, as, got.Status, got.Body, rt.Status, refused)
			}
			if !strings.Contains(rt.Path, ":id") {
				continue
			}
			want := http.StatusNotFound
			if refused == http.StatusUnauthorized || as == "norole" || as == "nomanage" {
				want = refused
			}
			if got := s.do(t, rt, as, "other"); got.Status != want {
				t.Errorf("another tenant's %s %s as %s: %d %s, want %d", rt.Method, rt.Path, as, got.Status, got.Body, want)
			}
		}
		if len(in) == 0 {
			t.Errorf("%s %s: nobody gets in", rt.Method, rt.Path)
		}
		fmt.Fprintf(table, "%-6s %-50s %d  %s\n", rt.Method, rt.Path, rt.Status, strings.Join(in, " "))
	}
	const file = "testdata/routes.golden"
	if *update {
		if err := os.WriteFile(file, []byte(table.String()), 0o644); err != nil {
			t.Fatal(err)
		}
	}
	b, err := os.ReadFile(file)
	if err != nil || string(b) != table.String() {
		t.Errorf("-update, then read the diff: %v\n%s", err, table)
	}
}
