package oauth_test

import (
	"encoding/json"
	"net/http"
	"net/url"
	"strings"
	"testing"

	"github.com/stormkeep/stormkeep/apis/apitest"
	"github.com/stormkeep/stormkeep/core"
)

// program is an API key of Ann's, as her program knows it.
func (s *shop) program(t testing.TB) (p party) {
	t.Helper()
	ans := s.Do(t, "", http.MethodPost, "/v1/accounts/"+string(s.ann.ID)+"/apiKeys", `{"name":"program"}`, nil)
	if ans.Status != 201 {
		t.Fatalf("%d %s", ans.Status, ans.Body)
	}
	return party{id: ans.Value("id").(string), secret: ans.Value("secret").(string)}
}

// api makes a resource of an application.
func (s *shop) api(t testing.TB, app core.ID[core.Application], identifier, more string) {
	t.Helper()
	s.change(t, "/v1/applications/"+string(app)+"/resources", `{"name":"API","identifier":"`+identifier+`","scopes":[{"name":"read"},{"name":"write"}]`+more+`}`)
}

// other makes an application, whose people are those of a directory.
func (s *shop) other(t testing.TB, name string, dir core.ID[core.Directory]) (app *core.Application) {
	t.Helper()
	s.Update(t, func(tx *core.Tx) error {
		app = core.Make[core.Application]()
		app.Name = name
		if err := core.Put(tx, app); err != nil || dir == "" {
			return err
		}
		m := core.Make[core.AccountStoreMapping]()
		m.Application, m.Store = app.ID, core.RefTo(dir)
		return core.SaveMapping(tx, m)
	})
	return app
}

// ask sends a form as a party, by HTTP Basic or in the form.
func (s *shop) ask(t testing.TB, path string, p party, basically bool, in url.Values) (status int, out map[string]any) {
	t.Helper()
	var header []string
	if basically {
		header = []string{"Authorization", basic(p)}
	} else {
		in.Set("client_id", p.id)
		in.Set("client_secret", p.secret)
	}
	page := s.form(t, path, in, header...)
	if path == "/oauth2/revoke" && page.Status == 200 {
		return page.Status, nil
	}
	if err := json.Unmarshal([]byte(page.Text), &out); err != nil {
		t.Fatalf("%d %s", page.Status, page.Text)
	}
	return page.Status, out
}

func TestAnAccountsProgramGetsTokensByItsKey(t *testing.T) {
	s := open(t)
	own := s.Application(t, "My Application").ID
	dir := s.Directory(t, "My Application Directory").ID
	s.api(t, own, "https://api.example", "")
	s.api(t, own, "https://robots.example", `,"clients":["`+s.robot.id+`"]`)
	p := s.program(t)
	if _, out := s.ask(t, "/oauth2/token", p, true, url.Values{"grant_type": {"client_credentials"}}); claims(t, out["access_token"].(string))["aud"] != issuer {
		t.Errorf("%v", out)
	}
	elsewhere := s.other(t, "Elsewhere", "")
	s.api(t, elsewhere.ID, "https://elsewhere.example", "")
	s.api(t, own, "https://default.example", `,"default":true`)
	second := ""
	for _, c := range []struct {
		name            string
		in              url.Values
		aud, scope, err string
	}{
		{"the default", url.Values{}, "https://default.example", "read write", ""},
		{"a resource", url.Values{"resource": {"https://api.example"}, "scope": {"read everything"}}, "https://api.example", "read", ""},
		{"of a client alone", url.Values{"resource": {"https://robots.example"}}, "", "", "invalid_target"},
		{"of an application that does not have its account", url.Values{"resource": {"https://elsewhere.example"}}, "", "", "invalid_target"},
		{"that is not there", url.Values{"resource": {"https://nowhere.example"}}, "", "", "invalid_target"},
		{"scopes that are not there", url.Values{"scope": {"everything"}}, "", "", "invalid_scope"},
		{"of OpenID Connect", url.Values{"scope": {"openid"}}, "", "", "invalid_scope"},
		{"another grant", url.Values{"grant_type": {"refresh_token"}, "refresh_token": {"x"}}, "", "", "unauthorized_client"},
		{"a code", url.Values{"grant_type": {"authorization_code"}, "code": {"x"}}, "", "", "unauthorized_client"},
		{"two applications, and no resource", url.Values{}, "", "", "invalid_target"},
		{"two applications, and a resource", url.Values{"resource": {"https://second.example"}}, "https://second.example", "read write", ""},
	} {
		if strings.HasPrefix(c.name, "two") && second == "" {
			app := s.other(t, "Second", dir)
			second = string(app.ID)
			s.api(t, app.ID, "https://second.example", "")
		}
		for _, basically := range []bool{true, false} {
			if c.in.Get("grant_type") == "" {
				c.in.Set("grant_type", "client_credentials")
			}
			status, out := s.ask(t, "/oauth2/token", p, basically, c.in)
			if c.err != "" {
				if status != 400 || out["error"] != c.err {
					t.Errorf("%s: %d %v", c.name, status, out)
				}
				continue
			}
			if status != 200 || out["scope"] != c.scope || out["refresh_token"] != nil || out["id_token"] != nil {
				t.Fatalf("%s: %d %v", c.name, status, out)
			}
			is := claims(t, out["access_token"].(string))
			act, _ := is["act"].(map[string]any)
			if is["sub"] != string(s.ann.ID) || is["client_id"] != p.id || is["aud"] != c.aud || len(act) != 1 || act["sub"] != p.id {
				t.Errorf("%s: %v", c.name, is)
			}
			if status, _ := s.userInfo(t, out["access_token"].(string)); status != 403 {
				t.Errorf("%s: nobody has signed in: %d", c.name, status)
			}
		}
	}
}

func TestKeysThatOpenNothingAtTheTokenEndpoint(t *testing.T) {
	s := open(t)
	p := s.program(t)
	disabled := s.program(t)
	s.change(t, "/v1/apiKeys/"+disabled.id, `{"status":"DISABLED"}`)
	owner := s.Keys[apitest.Owner]
	unknown := party{id: "0123456789ABCDEFGHIJKLMNOP", secret: p.secret}
	_, want := s.ask(t, "/oauth2/token", unknown, true, url.Values{"grant_type": {"client_credentials"}})
	for name, by := range map[string]party{
		"unknown":            unknown,
		"a wrong secret":     {id: p.id, secret: p.secret + "x"},
		"another's secret":   {id: p.id, secret: disabled.secret},
		"disabled":           disabled,
		"a MANAGEMENT key":   {id: owner.ID, secret: owner.Secret},
		"a key like a path":  {id: "../" + p.id, secret: p.secret},
		"an id in lowercase": {id: strings.ToLower(p.id), secret: p.secret},
	} {
		for _, path := range []string{"/oauth2/token", "/oauth2/introspect", "/oauth2/revoke"} {
			status, out := s.ask(t, path, by, true, url.Values{"grant_type": {"client_credentials"}, "token": {"x"}})
			if status != 401 || out["error"] != "invalid_client" || out["error_description"] != want["error_description"] {
				t.Errorf("%s at %s: %d %v", name, path, status, out)
			}
		}
	}
	for name, in := range map[string]url.Values{
		"without a secret":    {"client_id": {p.id}},
		"by an assertion":     {"client_id": {p.id}, "client_assertion": {"x.y.z"}, "client_assertion_type": {"urn:ietf:params:oauth:client-assertion-type:jwt-bearer"}},
		"at once in two ways": {"client_id": {p.id}, "client_secret": {p.secret}, "client_assertion": {"x.y.z"}, "client_assertion_type": {"urn:ietf:params:oauth:client-assertion-type:jwt-bearer"}},
	} {
		in.Set("grant_type", "client_credentials")
		if page := s.form(t, "/oauth2/token", in); page.Status != 401 || !strings.Contains(page.Text, "invalid_client") {
			t.Errorf("%s: %d %s", name, page.Status, page.Text)
		}
	}
}

// What ends a key's tokens ends them at each use, wherever they are asked about
// (security.md class 7).
func TestClass07_AKeysTokensEndWithWhatTheyRestOn(t *testing.T) {
	for name, do := range map[string]struct {
		path, off, on string
		delete        bool
	}{
		"key":              {path: "/v1/apiKeys/KEY"},
		"account":          {path: "/v1/accounts/ANN"},
		"directory":        {path: "/v1/directories/DIR"},
		"application":      {path: "/v1/applications/APP"},
		"key is gone":      {path: "/v1/apiKeys/KEY", delete: true},
		"account is gone":  {path: "/v1/accounts/ANN", delete: true},
		"mapping is gone":  {path: "STORE", delete: true},
		"application gone": {path: "/v1/applications/APP", delete: true},
	} {
		t.Run(name, func(t *testing.T) {
			s := open(t)
			p, asks := s.program(t), s.robot
			app, dir := s.Application(t, "My Application").ID, s.Directory(t, "My Application Directory").ID
			path := strings.NewReplacer("KEY", p.id, "ANN", string(s.ann.ID), "DIR", string(dir), "APP", string(app)).Replace(do.path)
			if path == "STORE" {
				href, _ := s.Get(t, "/v1/applications/"+string(app)+"/accountStoreMappings").Value("items.0.href").(string)
				path = "/v1/" + strings.SplitN(href, "/v1/", 2)[1]
			}
			if strings.HasPrefix(name, "application") { // who asks is of another
				other := s.other(t, "Other", "")
				ans := s.Do(t, "", http.MethodPost, "/v1/applications/"+string(other.ID)+"/clients", `{"name":"API","kind":"MACHINE"}`, nil)
				asks = party{id: ans.Value("clientId").(string), secret: ans.Value("clientSecret").(string)}
			}
			s.api(t, app, "https://api.example", `,"introspectors":["`+asks.id+`"]`)
			get := func() (int, map[string]any) {
				return s.ask(t, "/oauth2/token", p, true, url.Values{"grant_type": {"client_credentials"}, "resource": {"https://api.example"}})
			}
			active := func(token string) any {
				_, out := s.ask(t, "/oauth2/introspect", asks, true, url.Values{"token": {token}})
				return out["active"]
			}
			_, out := get()
			token := out["access_token"].(string)
			if active(token) != true {
				t.Fatal("it is not good before")
			}
			if do.delete {
				if ans := s.Do(t, "", http.MethodDelete, path, "", nil); ans.Status != 204 {
					t.Fatalf("%d %s", ans.Status, ans.Body)
				}
			} else {
				s.change(t, path, `{"status":"DISABLED"}`)
			}
			if active(token) != false {
				t.Error("its token outlives it")
			}
			if status, out := get(); status/100 != 4 {
				t.Errorf("it gets another: %d %v", status, out)
			}
			if do.delete {
				return
			}
			s.change(t, path, `{"status":"ENABLED"}`)
			if active(token) != false {
				t.Error("its token is revived")
			}
			if status, out := get(); status != 200 || active(out["access_token"].(string)) != true {
				t.Errorf("%d %v", status, out)
			}
		})
	}
}

func TestAKeyTakesItsTokenBack(t *testing.T) {
	s := open(t)
	p, other := s.program(t), s.program(t)
	_, out := s.ask(t, "/oauth2/token", p, true, url.Values{"grant_type": {"client_credentials"}})
	token := out["access_token"].(string)
	active := func(by party) any {
		_, out := s.ask(t, "/oauth2/introspect", by, true, url.Values{"token": {token}})
		return out["active"]
	}
	if active(p) != true || active(other) != false || active(s.robot) != false {
		t.Errorf("to itself %v, to another key %v, to a client %v", active(p), active(other), active(s.robot))
	}
	if status, _ := s.ask(t, "/oauth2/revoke", other, true, url.Values{"token": {token}}); status != 200 || active(p) != true {
		t.Errorf("%d: another key took it back", status)
	}
	if status, _ := s.ask(t, "/oauth2/revoke", p, true, url.Values{"token": {token}}); status != 200 || active(p) != false {
		t.Errorf("%d: it is not taken back", status)
	}
}
