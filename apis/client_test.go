package apis_test

import (
	"net/http"
	"strings"
	"testing"

	"github.com/stormkeep/stormkeep/apis/apitest"
)

func TestClientsAndResources(t *testing.T) {
	a := populated(t)
	a.Run(t, []apitest.Scenario{
		{Name: "a client has a secret, once", Method: "POST", Path: "/v1/applications/{app}/clients", Body: `{"name":"One"}`, Status: 201,
			Want: []string{"kind=WEB", "tokenEndpointAuthMethod=client_secret_basic", "grantTypes.0=authorization_code", "clientSecret", "status=ENABLED"}, Events: []string{"client.create"}},
		{Name: "a public one has none", Method: "POST", Path: "/v1/applications/{app}/clients", Body: `{"name":"Two","kind":"SPA","redirectUris":["https://spa.example/"]}`, Status: 201,
			Want: []string{"tokenEndpointAuthMethod=none"}, Events: []string{"client.create"}},
		{Name: "without a name", Method: "POST", Path: "/v1/applications/{app}/clients", Body: `{}`, Status: 400, Want: []string{"code=2000"}},
		{Name: "a redirect to anywhere", Method: "POST", Path: "/v1/applications/{app}/clients", Body: `{"name":"X","redirectUris":["https://*.example/"]}`, Status: 400},
		{Name: "a redirect by plain http", Method: "POST", Path: "/v1/applications/{app}/clients", Body: `{"name":"X","redirectUris":["http://web.example/"]}`, Status: 400},
		{Name: "a kind that there is not", Method: "POST", Path: "/v1/applications/{app}/clients", Body: `{"name":"X","kind":"TOASTER"}`, Status: 400},
		{Name: "of no application", Method: "POST", Path: "/v1/applications/0351hYxizeYX6IClUB8R63/clients", Body: `{"name":"X"}`, Status: 404},
		{Name: "the list", Method: "GET", Path: "/v1/applications/{app}/clients", Status: 200, Want: []string{"size=3", "items.0.name=Web"}},
		{Name: "a search", Method: "GET", Path: "/v1/applications/{app}/clients?name=Web", Status: 200, Want: []string{"size=1"}},
		{Name: "a resource", Method: "POST", Path: "/v1/applications/{app}/resources", Body: `{"name":"Two","identifier":"https://two.example","scopes":[{"name":"read","description":"Read"}]}`, Status: 201,
			Want: []string{"scopes.0.name=read", "accessTokenSigningAlg=ES256"}, Events: []string{"resource.create"}},
		{Name: "an identifier that is taken", Method: "POST", Path: "/v1/applications/{app}/resources", Body: `{"name":"Two","identifier":"https://api.example"}`, Status: 409},
		{Name: "a scope of OpenID Connect", Method: "POST", Path: "/v1/applications/{app}/resources", Body: `{"name":"X","identifier":"https://x.example","scopes":[{"name":"openid"}]}`, Status: 400},
	})
}

func TestAnOperatorEndsWhatAnAccountHasSignedInTo(t *testing.T) {
	for _, c := range []struct{ path, list string }{
		{"/v1/sessions/{session}", "/v1/accounts/{ann}/sessions"},
		{"/v1/grants/{grant}", "/v1/accounts/{ann}/grants"},
	} {
		a := populated(t)
		before := a.Get(t, c.path)
		if before.Status != 200 || before.Has("endedAt=null") != nil {
			t.Errorf("%s: %d %s", c.path, before.Status, before.Body)
		}
		for range 2 {
			if ans := a.Do(t, "", http.MethodDelete, c.path, "", nil); ans.Status != 204 {
				t.Errorf("%s: %d %s", c.path, ans.Status, ans.Body)
			}
		}
		if after := a.Get(t, c.path); after.Status != 200 || !strings.Contains(string(after.Body), "an operator ended it") {
			t.Errorf("%s: %d %s", c.path, after.Status, after.Body)
		}
		if list := a.Get(t, c.list); list.Has("size=1") != nil {
			t.Errorf("%s: %s", c.list, list.Body)
		}
	}
	a := populated(t)
	if ans := a.Do(t, "", http.MethodDelete, "/v1/consents/{consent}", "", nil); ans.Status != 204 {
		t.Errorf("%d %s", ans.Status, ans.Body)
	}
	if ans := a.Get(t, "/v1/grants/{grant}"); !strings.Contains(string(ans.Body), "taken back") {
		t.Errorf("a grant outlives the consent: %s", ans.Body)
	}
}
