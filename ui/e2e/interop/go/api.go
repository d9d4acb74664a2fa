// Package interop has clients of Go against a running Stormkeep, and a resource server.
package interop

import (
	"net/http"
	"strings"

	"github.com/coreos/go-oidc/v3/oidc"
)

// api is a resource server: it trusts the access tokens of an issuer that are for it,
// by the keys that the issuer publishes, and asks nobody else.
func api(provider *oidc.Provider, audience string) http.Handler {
	verifier := provider.Verifier(&oidc.Config{ClientID: audience})
	return http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		token, _ := strings.CutPrefix(r.Header.Get("Authorization"), "Bearer ")
		t, err := verifier.Verify(r.Context(), token)
		if err != nil {
			w.Header().Set("WWW-Authenticate", `Bearer error="invalid_token"`)
			http.Error(w, err.Error(), http.StatusUnauthorized)
			return
		}
		_, _ = w.Write([]byte(t.Subject))
	})
}
