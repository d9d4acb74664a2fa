package core_test

import (
	"strings"
	"testing"

	"github.com/stormkeep/stormkeep/core"
	"github.com/stormkeep/stormkeep/core/coretest"
)

// Whoever reads a JWKS before the first token finds the keys by which it will be signed.
func TestAJWKSHasTheKeysOfTheFirstToken(t *testing.T) {
	s := newShop(t, coretest.New(t))
	algs := func() (all string) {
		t.Helper()
		body, _, err := s.w.App.JWKS(t.Context(), s.w.Tenant)
		ok(t, err)
		for _, alg := range []string{"ES256", "RS256", "EdDSA"} {
			if strings.Contains(string(body), `"`+alg+`"`) {
				all += alg + " "
			}
		}
		return all
	}
	var web *core.Client
	for _, c := range []struct {
		name string
		do   func(tx *core.Tx) error
		want string
	}{
		{"nothing that needs one", func(*core.Tx) error { return nil }, ""},
		{"a machine", func(tx *core.Tx) error {
			c := core.Make[core.Client]()
			c.Application, c.Name, c.Type = s.app.ID, "robot", core.MachineClient
			return core.CreateClient(tx, c)
		}, "ES256 "},
		{"a resource", func(tx *core.Tx) error {
			r := core.Make[core.Resource]()
			r.Application, r.Name, r.Identifier, r.Alg = s.app.ID, "api", "https://api.example.com", "EdDSA"
			return core.Put(tx, r)
		}, "ES256 EdDSA "},
		{"a client", func(tx *core.Tx) error {
			web = client(s.app.ID, "web")
			return core.CreateClient(tx, web)
		}, "ES256 RS256 EdDSA "},
	} {
		s.w.Update(t, c.do)
		if got := algs(); got != c.want {
			t.Errorf("%s: %q, want %q", c.name, got, c.want)
		}
	}
	signer, err := s.w.App.Signer(t.Context(), s.w.Tenant, core.KeyTokens, core.RS256)
	ok(t, err)
	feed, err := s.w.App.Signer(t.Context(), s.w.Tenant, core.KeyRevocations, core.ES256)
	ok(t, err)
	body, _, err := s.w.App.JWKS(t.Context(), s.w.Tenant)
	ok(t, err)
	if !strings.Contains(string(body), signer.Kid) || !strings.Contains(string(body), feed.Kid) {
		t.Errorf("%s", body)
	}
}
