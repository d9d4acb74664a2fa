package interop

import (
	"context"
	"net/http"
	"net/http/httptest"
	"strings"
	"testing"

	"golang.org/x/oauth2/clientcredentials"
)

const audience = "https://ledger.example/api"

// A resource server that knows nothing but the JWK Set goes on while the keys change.
func TestAResourceServerGoesOnWhileKeysChange(t *testing.T) {
	s, provider := open(t)
	resource := s.call(t, http.MethodPost, s.app+"/resources", map[string]any{"name": "Ledger", "identifier": audience})
	other := s.call(t, http.MethodPost, s.app+"/resources", map[string]any{"name": "Other", "identifier": "https://other.example/api"})
	machine := s.client(t, provider, map[string]any{"kind": "MACHINE", "redirectUris": []string{}})
	ask := func(aud string) string {
		t.Helper()
		c := clientcredentials.Config{ClientID: machine.ClientID, ClientSecret: machine.ClientSecret, TokenURL: machine.Endpoint.TokenURL,
			EndpointParams: map[string][]string{"resource": {aud}}}
		token, err := c.Token(t.Context())
		if err != nil {
			t.Fatal(err)
		}
		return token.AccessToken
	}
	there := httptest.NewServer(api(provider, audience))
	t.Cleanup(there.Close)
	call := func(token string) int {
		t.Helper()
		req, err := http.NewRequestWithContext(context.WithoutCancel(t.Context()), http.MethodGet, there.URL, nil)
		if err != nil {
			t.Fatal(err)
		}
		req.Header.Set("Authorization", "Bearer "+token)
		res, err := http.DefaultClient.Do(req)
		if err != nil {
			t.Fatal(err)
		}
		_ = res.Body.Close()
		return res.StatusCode
	}
	if status := call(ask(text(other["identifier"]))); status != http.StatusUnauthorized {
		t.Errorf("a token for another is taken: %d", status)
	}
	path := strings.TrimPrefix(text(resource["href"]), s.issuer)
	for _, alg := range []string{"ES256", "RS256", "EdDSA"} {
		s.call(t, http.MethodPost, path, map[string]any{"accessTokenSigningAlg": alg})
		old := ask(audience)
		if status := call(old); status != http.StatusOK {
			t.Fatalf("%s: %d", alg, status)
		}
		next := s.call(t, http.MethodPost, "/v1/signingKeys", map[string]any{"alg": alg})
		if status := call(ask(audience)); status != http.StatusOK {
			t.Errorf("%s, once the next key is published: %d", alg, status)
		}
		keys, _ := s.call(t, http.MethodGet, "/v1/signingKeys?limit=100", nil)["items"].([]any)
		revoked := 0
		for _, k := range keys {
			key, _ := k.(map[string]any)
			if key["alg"] == alg && key["purpose"] == next["purpose"] && key["kid"] != next["kid"] {
				s.call(t, http.MethodPost, strings.TrimPrefix(text(key["href"]), s.issuer)+"/revoke", map[string]any{})
				revoked++
			}
		}
		if revoked != 1 {
			t.Fatalf("%s: %d keys came before %v", alg, revoked, keys)
		}
		if status := call(ask(audience)); status != http.StatusOK {
			t.Errorf("%s, by the next key: %d", alg, status)
		}
		if status := call(old); status != http.StatusUnauthorized {
			t.Errorf("%s, by a key that was revoked: %d", alg, status)
		}
	}
}
