package apis_test

import (
	"net/http"
	"strings"
	"testing"
	"time"

	"github.com/gofiber/fiber/v3"

	"github.com/stormkeep/stormkeep/apis"
	"github.com/stormkeep/stormkeep/apis/apitest"
	"github.com/stormkeep/stormkeep/core"
	"github.com/stormkeep/stormkeep/core/coretest"
	"github.com/stormkeep/stormkeep/core/store/mem"
)

// hostsOf is a server of a tenant, reached at a public URL.
func hostsOf(t *testing.T, publicURL string) (*coretest.World, func(method, host, path, auth string) *http.Response) {
	t.Helper()
	w := coretest.On(t, mem.Open())
	s, err := apis.New(w.App, apis.Options{PublicURL: publicURL})
	if err != nil {
		t.Fatal(err)
	}
	s.Seal()
	return w, func(method, host, path, auth string) *http.Response {
		t.Helper()
		req, err := http.NewRequest(method, "http://"+host+path, nil)
		if err != nil {
			t.Fatal(err)
		}
		if auth != "" {
			req.Header.Set("Authorization", auth)
		}
		res, err := s.Fiber().Test(req, fiber.TestConfig{Timeout: 0})
		if err != nil {
			t.Fatal(err)
		}
		res.Body.Close()
		return res
	}
}

func TestAHostThatIsNobodysIsMisdirected(t *testing.T) {
	const local, far, unknown = "http://localhost:8080", "https://id.example.com", "evil.example"
	const jwks = "/.well-known/jwks.json"
	for _, c := range []struct {
		name, public string
		second       bool // there is another tenant, with acme.example
		host, path   string
		status       int
	}{
		{"the only tenant of this machine", local, false, unknown, jwks, 200},
		{"beside a second", local, true, unknown, jwks, 421},
		{"of a public server", far, false, unknown, jwks, 421},
		{"of a public server with two", far, true, unknown, jwks, 421},
		{"the public host", far, true, "id.example.com", jwks, 200},
		{"the public host in capitals", far, true, "ID.example.com", jwks, 200},
		{"the public host with another port", far, false, "id.example.com:444", jwks, 421},
		{"the public host as a part", far, false, "id.example.com.evil.example", jwks, 421},
		{"a tenant's", far, true, "acme.example", jwks, 200},
		{"a tenant's on this machine", local, true, "acme.example", jwks, 200},
		{"by number", far, false, "192.0.2.1", jwks, 421},
		{"localhost", local, true, "localhost:8080", jwks, 200},
		{"127.0.0.1", local, true, "127.0.0.1:9", jwks, 200},
		{"::1", local, true, "[::1]:8080", jwks, 200},
		{"localhost of a public server", far, true, "localhost:8080", jwks, 200},
		{"a page", far, false, unknown, "/setup", 421},
		{"an endpoint", far, false, unknown, "/oauth2/userinfo", 421},
		{"discovery", far, false, unknown, "/.well-known/openid-configuration", 421},
		{"what may be a mount", far, false, unknown, "/auth/login", 421},
		{"what is nothing", far, false, unknown, "/nothing", 421},
		{"the handbook", far, false, unknown, "/console/docs/operate", 421},
		{"commands", far, false, unknown, "/console/api/tenants", 421},
		{"/v1 without a key", far, false, unknown, "/v1/tenants/current", 421},
		{"alive", far, true, unknown, "/healthz", 200},
		{"metrics are not for others", far, true, unknown, "/metrics", 404},
	} {
		w, get := hostsOf(t, c.public)
		if c.second {
			other := w.Other(t, "acme")
			alias(t, other, "https://acme.example")
		}
		res := get("GET", c.host, c.path, "")
		if res.StatusCode != c.status {
			t.Errorf("%s: %d, want %d", c.name, res.StatusCode, c.status)
		}
		kind := res.Header.Get("Content-Type")
		if res.StatusCode == 421 && strings.HasPrefix(kind, "text/html") != (c.path == "/setup") {
			t.Errorf("%s: %s", c.name, kind)
		}
	}
}

// alias adds a base URL to a tenant.
func alias(t *testing.T, w *coretest.World, base string) {
	t.Helper()
	err := w.App.Update(w.Machine(), func(tx *core.Tx) error {
		rec, err := core.Get(tx, w.Tenant)
		if err == nil {
			err = rec.AddAlias(base)
		}
		if err != nil {
			return err
		}
		return core.Put(tx, rec)
	})
	if err != nil {
		t.Fatal(err)
	}
}

func TestAnAPIKeyIsHeededUnderEveryHost(t *testing.T) {
	a := api(t)
	for _, host := range []string{"evil.example", apitest.Host} {
		if ans := a.Do(t, "", "GET", "/v1/accounts/{ann}", "", map[string]string{"Host": host}); ans.Status != 200 {
			t.Errorf("%s: %d %s", host, ans.Status, ans.Body)
		}
	}
	ans := a.Do(t, apitest.Nobody, "GET", "/v1/accounts/{ann}", "", map[string]string{"Host": "evil.example", "Authorization": "Basic eDp5"})
	if ans.Status != 401 {
		t.Errorf("a bad key: %d", ans.Status)
	}
}

func TestTheHostOfAFormerIssuerIsServedUntilItsDate(t *testing.T) {
	w, get := hostsOf(t, "https://new.example")
	for _, url := range []string{"https://old.example", "https://new.example"} {
		if err := w.App.SetIssuer(w.Machine(), w.Tenant, url, w.Clock.Now().Add(time.Hour)); err != nil {
			t.Fatal(err)
		}
	}
	if res := get("GET", "old.example", "/.well-known/jwks.json", ""); res.StatusCode != 200 {
		t.Error(res.StatusCode)
	}
	w.Clock.Turn(time.Hour)
	if res := get("GET", "old.example", "/.well-known/jwks.json", ""); res.StatusCode != 421 {
		t.Error("later:", res.StatusCode)
	}
}
