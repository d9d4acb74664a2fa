package core_test

import (
	"context"
	"crypto"
	"encoding/json"
	"sync"
	"testing"

	"github.com/go-jose/go-jose/v4"

	"github.com/stormkeep/stormkeep/core"
	"github.com/stormkeep/stormkeep/core/coretest"
	"github.com/stormkeep/stormkeep/core/store"
	"github.com/stormkeep/stormkeep/core/store/mem"
)

// jwks are the kids that the tenant publishes, with its entity tag.
func jwks(t *testing.T, w *coretest.World) (kids []string, etag string) {
	t.Helper()
	body, etag, err := w.App.JWKS(t.Context(), w.Tenant)
	ok(t, err)
	var set jose.JSONWebKeySet
	ok(t, json.Unmarshal(body, &set))
	for _, k := range set.Keys {
		if !k.IsPublic() || !k.Valid() || k.Use != "sig" || k.Algorithm == "" {
			t.Errorf("JWKS has %+v", k)
		}
		kids = append(kids, k.KeyID)
	}
	return kids, etag
}

func TestAKeyIsMadeAtFirstNeedAndOnce(t *testing.T) {
	onEngines(t, func(t *testing.T, s store.Store) {
		w := worldOn(t, s)
		if kids, _ := jwks(t, w); kids != nil {
			t.Errorf("a tenant that never signed has the keys %q", kids)
		}
		var all sync.Map
		var wg sync.WaitGroup
		for range 20 {
			wg.Go(func() {
				k, err := w.App.Signer(context.Background(), w.Tenant, core.KeyTokens, core.ES256)
				if err != nil {
					t.Error(err)
					return
				}
				all.Store(k.Kid, true)
			})
		}
		wg.Wait()
		kids, _ := jwks(t, w)
		if len(kids) != 1 || len(keysOf(t, w)) != 1 {
			t.Fatalf("JWKS has %q", kids)
		}
		if _, one := all.Load(kids[0]); !one {
			t.Errorf("nobody was given %s", kids[0])
		}
	})
}

func TestTwoNodesMakeOneKey(t *testing.T) {
	s := coretest.Lasting{Store: mem.Open()}
	w := coretest.On(t, s)
	other := core.New(s)
	other.Now, other.Log = w.App.Now, w.App.Log
	ok(t, other.Unlock(t.Context(), w.Ring))
	var wg sync.WaitGroup
	kids := make([]string, 2)
	for i, a := range []*core.App{w.App, other} {
		wg.Go(func() {
			k, err := a.Signer(context.Background(), w.Tenant, core.KeyTokens, core.RS256)
			if err != nil {
				t.Error(err)
				return
			}
			kids[i] = k.Kid
		})
	}
	wg.Wait()
	if kids[0] != kids[1] || len(keysOf(t, w)) != 1 {
		t.Errorf("two nodes sign with %q", kids)
	}
}

func TestSigningAndVerifyingAskNoStore(t *testing.T) {
	s := &coretest.Counting{Store: mem.Open()}
	w := worldOn(t, s)
	k := signer(t, w, core.ES256)
	use := func() {
		signer(t, w, core.ES256)
		if _, err := w.App.VerificationKey(t.Context(), w.Tenant, core.KeyTokens, k.Kid); err != nil {
			t.Error(err)
		}
		jwks(t, w)
	}
	use()
	before := s.Work()
	for range 10 {
		use()
	}
	if did := s.Since(before); did != (coretest.Work{}) {
		t.Errorf("it did %+v", did)
	}
}

func TestAKeyVerifiesForItsTenantAndPurpose(t *testing.T) {
	w := newWorld(t)
	other := w.Other(t, "other")
	k := signer(t, w, core.ES256)
	theirs := signer(t, other, core.ES256)
	feed, err := w.App.Signer(t.Context(), w.Tenant, core.KeyRevocations, core.ES256)
	ok(t, err)
	for _, c := range []struct {
		name    string
		tenant  core.ID[core.Tenant]
		purpose core.KeyPurpose
		kid     string
		want    string
	}{
		{"its own", w.Tenant, core.KeyTokens, k.Kid, ""},
		{"the feed's", w.Tenant, core.KeyRevocations, feed.Kid, ""},
		{"another purpose", w.Tenant, core.KeyRevocations, k.Kid, "not_found"},
		{"the feed's as a token's", w.Tenant, core.KeyTokens, feed.Kid, "not_found"},
		{"another tenant's", w.Tenant, core.KeyTokens, theirs.Kid, "not_found"},
		{"none", w.Tenant, core.KeyTokens, "", "not_found"},
		{"a path", w.Tenant, core.KeyTokens, "../../etc/passwd", "not_found"},
		{"the id", w.Tenant, core.KeyTokens, string(core.SigningKeyOf(k.Kid)), "not_found"},
	} {
		got, err := w.App.VerificationKey(t.Context(), c.tenant, c.purpose, c.kid)
		wantCode(t, c.name, err, c.want)
		if err == nil && (got.Kid != c.kid || got.HintOnly || got.Alg != core.ES256) {
			t.Errorf("%s: %+v", c.name, got)
		}
	}
	got, err := w.App.VerificationKey(t.Context(), w.Tenant, core.KeyTokens, k.Kid)
	ok(t, err)
	if !got.Key.(interface{ Equal(crypto.PublicKey) bool }).Equal(k.Key.Public()) {
		t.Error("another public key than the signer's")
	}
	if kids, _ := jwks(t, w); len(kids) != 2 {
		t.Errorf("JWKS has %q, not the keys of both purposes", kids)
	}
}

func TestAnotherNodesKeyIsSeenSoon(t *testing.T) {
	s := coretest.Lasting{Store: mem.Open()}
	w := coretest.On(t, s)
	other := core.New(s)
	other.Now, other.Log = w.App.Now, w.App.Log
	ok(t, other.Unlock(t.Context(), w.Ring))
	kid := signer(t, w, core.ES256).Kid
	if _, err := other.VerificationKey(t.Context(), w.Tenant, core.KeyTokens, kid); err != nil {
		t.Fatal(err)
	}
	_, err := w.App.RevokeKey(w.Machine(), core.SigningKeyOf(kid))
	ok(t, err)
	w.Clock.Turn(30 * 1e9)
	_, err = other.VerificationKey(t.Context(), w.Tenant, core.KeyTokens, kid)
	wantCode(t, "a key that another node has revoked", err, "not_found")
}

func TestATransactionMakesNoKey(t *testing.T) {
	w := newWorld(t)
	ok(t, w.App.View(w.Machine(), func(tx *core.Tx) error {
		if _, err := w.App.Signer(tx.Ctx, w.Tenant, core.KeyTokens, core.ES256); err == nil {
			t.Error("it made one")
		}
		return nil
	}))
}
