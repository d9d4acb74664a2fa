package oauth_test

import (
	"encoding/json"
	"slices"
	"strings"
	"testing"

	"github.com/stormkeep/stormkeep/apis/apitest"
	"github.com/stormkeep/stormkeep/core"
	"github.com/stormkeep/stormkeep/core/store/mem"
)

// What the provider says that it can, it can: every endpoint that it names answers, and
// what plugins add is among it.
func TestDiscovery(t *testing.T) {
	a := apitest.On(t, mem.Open(), func(app *core.App) {
		app.GrantTypes.Add("urn:example:barter", core.GrantType{})
		app.Claims.Add("shoe_size", core.Claim{Scopes: []string{"profile"}})
	})
	b := a.Browser()
	b.Host = strings.TrimPrefix(issuer, "https://")
	for _, path := range []string{"/.well-known/openid-configuration", "/.well-known/oauth-authorization-server"} {
		p := b.Get(t, path)
		var m map[string]any
		if err := json.Unmarshal([]byte(p.Text), &m); err != nil || p.Status != 200 || m["issuer"] != issuer || p.Header.Get("Access-Control-Allow-Origin") != "*" {
			t.Fatalf("%d %v %s", p.Status, p.Header, p.Text)
		}
		has := func(member, value string) {
			t.Helper()
			all, _ := m[member].([]any)
			if !slices.Contains(all, any(value)) {
				t.Errorf("%s lacks %s: %v", member, value, all)
			}
		}
		has("grant_types_supported", "urn:example:barter")
		has("grant_types_supported", "authorization_code")
		has("claims_supported", "shoe_size")
		has("claims_supported", "email_verified")
		has("id_token_signing_alg_values_supported", "RS256")
		has("code_challenge_methods_supported", "S256")
		has("token_endpoint_auth_methods_supported", "private_key_jwt")
		if m["stormkeep_revocations_uri"] != issuer+"/oauth2/revocations" {
			t.Errorf("the feed is at %v", m["stormkeep_revocations_uri"])
		}
		for name, value := range m {
			if at, ok := value.(string); ok && strings.HasSuffix(name, "_endpoint") && name != "end_session_endpoint" {
				if p := b.Get(t, strings.TrimPrefix(at, issuer)); p.Status == 404 {
					t.Errorf("%s: %d", at, p.Status)
				}
			}
		}
	}
}
