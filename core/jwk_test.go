package core_test

import (
	"crypto/ecdsa"
	"crypto/ed25519"
	"crypto/rsa"
	"encoding/base64"
	"encoding/json"
	"strings"
	"testing"

	"github.com/go-jose/go-jose/v4"

	"github.com/stormkeep/stormkeep/core"
	"github.com/stormkeep/stormkeep/core/coretest"
	"github.com/stormkeep/stormkeep/core/store/mem"
)

func TestEachAlgorithmHasItsKindOfKey(t *testing.T) {
	w := newWorld(t)
	for _, alg := range core.Algs() {
		s := signer(t, w, alg)
		fits := false
		switch k := s.Key.Public().(type) {
		case *rsa.PublicKey:
			fits = alg == core.RS256 && k.N.BitLen() == 2048
		case *ecdsa.PublicKey:
			fits = alg == core.ES256 && k.Curve.Params().BitSize == 256
		case ed25519.PublicKey:
			fits = alg == core.EdDSA
		}
		if !fits || s.Alg != alg {
			t.Errorf("%s: %T", alg, s.Key.Public())
		}
		sum, err := (&jose.JSONWebKey{Key: s.Key.Public()}).Thumbprint(5) // crypto.SHA256
		ok(t, err)
		if s.Kid != base64.RawURLEncoding.EncodeToString(sum) {
			t.Errorf("%s: the kid %s is not the thumbprint", alg, s.Kid)
		}
	}
	_, err := w.App.Signer(t.Context(), w.Tenant, core.KeyTokens, "HS256")
	wantCode(t, "a key of a secret", err, "unsupported_value")
}

// The private part lies in the store sealed, and bound to its record.
func TestAPrivateKeyIsSealed(t *testing.T) {
	s := mem.Open()
	w := worldOn(t, s)
	key := signer(t, w, core.EdDSA).Key.(ed25519.PrivateKey)
	for _, form := range []string{base64.StdEncoding.EncodeToString(key.Seed()), base64.RawURLEncoding.EncodeToString(key.Seed()), string(key.Seed())} {
		if at := coretest.Holding(t, s, form); at != nil {
			t.Errorf("the private key lies at %q", at)
		}
	}
}

func TestAStoredKeyThatWasTamperedWithSignsNothing(t *testing.T) {
	s := mem.Open()
	w := coretest.On(t, s)
	one, other := signer(t, w, core.EdDSA), signer(t, w, core.ES256)
	at := func(kid string) (key, value string) {
		for k, v := range coretest.Dump(t, s) {
			if strings.Contains(k, "/key/"+string(core.SigningKeyOf(kid))) {
				return k, v
			}
		}
		t.Fatal("no such key")
		return "", ""
	}
	key, value := at(one.Kid)
	_, foreign := at(other.Kid)
	var rec, theirs map[string]json.RawMessage
	ok(t, json.Unmarshal([]byte(value), &rec))
	ok(t, json.Unmarshal([]byte(foreign), &theirs))
	for _, field := range []string{"publicJwk", "private", "alg"} {
		was := rec[field]
		rec[field] = theirs[field]
		b, err := json.Marshal(rec)
		ok(t, err)
		coretest.Plant(t, s, key, string(b))
		w.Clock.Turn(core.KeyAhead)
		if _, err := w.App.Signer(t.Context(), w.Tenant, core.KeyTokens, core.EdDSA); err == nil {
			t.Errorf("signs with another's %s", field)
		}
		rec[field] = was
		coretest.Plant(t, s, key, value)
	}
	w.Clock.Turn(core.KeyAhead)
	if signer(t, w, core.EdDSA).Kid != one.Kid {
		t.Error("the key that was put back does not sign")
	}
}
