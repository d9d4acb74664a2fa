package oauth_test

import (
	"crypto/ecdsa"
	"crypto/ed25519"
	"crypto/elliptic"
	"crypto/rand"
	"encoding/base64"
	"encoding/json"
	"net/url"
	"strconv"
	"testing"
	"time"

	"github.com/go-jose/go-jose/v4"
	"github.com/golang-jwt/jwt/v5"

	"github.com/stormkeep/stormkeep/core"
)

// A client of private_key_jwt signs what it is, for this server, now, and once.
func TestAClientSignsItsAssertion(t *testing.T) {
	s := open(t)
	key, err := ecdsa.GenerateKey(elliptic.P256(), rand.Reader)
	if err != nil {
		t.Fatal(err)
	}
	other, err := ecdsa.GenerateKey(elliptic.P256(), rand.Reader)
	if err != nil {
		t.Fatal(err)
	}
	set, err := json.Marshal(jose.JSONWebKeySet{Keys: []jose.JSONWebKey{{Key: key.Public(), KeyID: "1", Algorithm: "ES256", Use: "sig"}}})
	if err != nil {
		t.Fatal(err)
	}
	p := s.client(t, `{"name":"Signer","kind":"MACHINE","tokenEndpointAuthMethod":"private_key_jwt","jwks":`+string(set)+`}`)
	const former = "https://former.example"
	s.Update(t, func(tx *core.Tx) error {
		r, err := core.Get(tx, tx.Tenant)
		if err == nil {
			r.Former = []core.FormerIssuer{{URL: former, Until: core.At(tx.Now.Add(time.Hour))}, {URL: "https://ancient.example", Until: core.At(tx.Now.Add(-time.Hour))}}
			err = core.Put(tx, r)
		}
		return err
	})
	n := 0
	for _, c := range []struct {
		name   string
		change func(jwt.MapClaims, *jwt.Token)
		key    any
		status int
	}{
		{"good", func(jwt.MapClaims, *jwt.Token) {}, key, 200},
		{"the same once more", func(c jwt.MapClaims, _ *jwt.Token) { c["jti"] = "1" }, key, 401},
		{"without kid", func(_ jwt.MapClaims, h *jwt.Token) { delete(h.Header, "kid") }, key, 200},
		{"another key", func(jwt.MapClaims, *jwt.Token) {}, other, 401},
		{"another kid", func(_ jwt.MapClaims, h *jwt.Token) { h.Header["kid"] = "2" }, key, 401},
		{"for another server", func(c jwt.MapClaims, _ *jwt.Token) { c["aud"] = "https://other.example" }, key, 401},
		{"for two servers", func(c jwt.MapClaims, _ *jwt.Token) { c["aud"] = []string{issuer, "https://other.example"} }, key, 401},
		{"for the former issuer", func(c jwt.MapClaims, _ *jwt.Token) { c["aud"] = former }, key, 200},
		{"for both issuers", func(c jwt.MapClaims, _ *jwt.Token) { c["aud"] = []string{issuer, former} }, key, 401},
		{"for an issuer of long ago", func(c jwt.MapClaims, _ *jwt.Token) { c["aud"] = "https://ancient.example" }, key, 401},
		{"for the endpoint", func(c jwt.MapClaims, _ *jwt.Token) { c["aud"] = issuer + "/oauth2/token" }, key, 401},
		{"of another client", func(c jwt.MapClaims, _ *jwt.Token) { c["sub"] = s.robot.id }, key, 401},
		{"by another client", func(c jwt.MapClaims, _ *jwt.Token) { c["iss"] = s.robot.id }, key, 401},
		{"expired", func(c jwt.MapClaims, _ *jwt.Token) { c["exp"] = s.Clock.Now().Add(-time.Minute).Unix() }, key, 401},
		{"good for an hour", func(c jwt.MapClaims, _ *jwt.Token) { c["exp"] = s.Clock.Now().Add(time.Hour).Unix() }, key, 401},
		{"without exp", func(c jwt.MapClaims, _ *jwt.Token) { delete(c, "exp") }, key, 401},
		{"without jti", func(c jwt.MapClaims, _ *jwt.Token) { delete(c, "jti") }, key, 401},
		{"not yet good", func(c jwt.MapClaims, _ *jwt.Token) { c["nbf"] = s.Clock.Now().Add(time.Minute).Unix() }, key, 401},
		{"critical", func(_ jwt.MapClaims, h *jwt.Token) { h.Header["crit"] = []string{"x"} }, key, 401},
	} {
		n++
		cl := jwt.MapClaims{"iss": p.id, "sub": p.id, "aud": issuer, "jti": strconv.Itoa(n), "exp": s.Clock.Now().Add(time.Minute).Unix()}
		token := jwt.NewWithClaims(jwt.SigningMethodES256, cl)
		token.Header["kid"] = "1"
		c.change(cl, token)
		text, err := token.SignedString(c.key)
		if err != nil {
			t.Fatal(err)
		}
		page := s.form(t, "/oauth2/token", url.Values{"grant_type": {"client_credentials"}, "client_assertion_type": {"urn:ietf:params:oauth:client-assertion-type:jwt-bearer"}, "client_assertion": {text}})
		if page.Status != c.status {
			t.Errorf("%s: %d %s", c.name, page.Status, page.Text)
		}
	}
	unsigned := jwt.NewWithClaims(jwt.SigningMethodNone, jwt.MapClaims{"iss": p.id, "sub": p.id, "aud": issuer, "jti": "x", "exp": s.Clock.Now().Add(time.Minute).Unix()})
	text, err := unsigned.SignedString(jwt.UnsafeAllowNoneSignatureType)
	if err != nil {
		t.Fatal(err)
	}
	if page := s.form(t, "/oauth2/token", url.Values{"grant_type": {"client_credentials"}, "client_assertion_type": {"urn:ietf:params:oauth:client-assertion-type:jwt-bearer"}, "client_assertion": {text}}); page.Status != 401 {
		t.Errorf("unsigned: %d", page.Status)
	}
}

// A key of Ed25519 signs under either of its names, whichever its JWK has (RFC 9864
// section 2.2), and no other key does.
func TestEd25519HasTwoNames(t *testing.T) {
	s := open(t)
	public, key, err := ed25519.GenerateKey(rand.Reader)
	if err != nil {
		t.Fatal(err)
	}
	ec, err := ecdsa.GenerateKey(elliptic.P256(), rand.Reader)
	if err != nil {
		t.Fatal(err)
	}
	assertion := func(p party, alg, id string) string {
		header := base64.RawURLEncoding.EncodeToString([]byte(`{"typ":"JWT","alg":"` + alg + `","kid":"1"}`))
		body, err := json.Marshal(jwt.MapClaims{"iss": p.id, "sub": p.id, "aud": issuer, "jti": id, "exp": s.Clock.Now().Add(time.Minute).Unix()})
		if err != nil {
			t.Fatal(err)
		}
		text := header + "." + base64.RawURLEncoding.EncodeToString(body)
		return text + "." + base64.RawURLEncoding.EncodeToString(ed25519.Sign(key, []byte(text)))
	}
	for _, named := range []struct {
		key any
		alg string
		ok  bool
	}{{public, "EdDSA", true}, {public, "Ed25519", true}, {public, "", true}, {public, "ES256", false}, {ec.Public(), "ES256", false}, {ec.Public(), "", false}} {
		set, err := json.Marshal(jose.JSONWebKeySet{Keys: []jose.JSONWebKey{{Key: named.key, KeyID: "1", Algorithm: named.alg, Use: "sig"}}})
		if err != nil {
			t.Fatal(err)
		}
		p := s.client(t, `{"name":"Signer","kind":"MACHINE","tokenEndpointAuthMethod":"private_key_jwt","jwks":`+string(set)+`}`)
		for _, alg := range []string{"EdDSA", "Ed25519", "Ed448", "ES256", "HS256", "none", ""} {
			want := 401
			if named.ok && (alg == "EdDSA" || alg == "Ed25519") {
				want = 200
			}
			page := s.form(t, "/oauth2/token", url.Values{"grant_type": {"client_credentials"}, "client_assertion_type": {"urn:ietf:params:oauth:client-assertion-type:jwt-bearer"},
				"client_assertion": {assertion(p, alg, alg+"1")}})
			if page.Status != want {
				t.Errorf("a JWK of %q, a header of %q: %d %s", named.alg, alg, page.Status, page.Text)
			}
		}
	}
}
