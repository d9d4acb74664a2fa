package core_test

import (
	"crypto"
	"crypto/ecdsa"
	"crypto/elliptic"
	"crypto/hmac"
	"crypto/rand"
	"crypto/rsa"
	"crypto/sha256"
	"crypto/x509"
	"encoding/base64"
	"encoding/json"
	"encoding/pem"
	"errors"
	"fmt"
	"math/big"
	"strings"
	"testing"
	"time"

	"github.com/stormkeep/stormkeep/core"
	"github.com/stormkeep/stormkeep/core/coretest"
	"github.com/stormkeep/stormkeep/core/store/mem"
)

type testClaims struct {
	Sub string `json:"sub"`
	Exp int64  `json:"exp,omitempty"`
	Nbf int64  `json:"nbf,omitempty"`
}

// lasting are claims that are good for ten minutes.
func lasting(w *coretest.World) testClaims {
	return testClaims{Sub: "ann", Exp: w.Clock.Now().Add(10 * time.Minute).Unix()}
}

func tokenOf(t testing.TB, s *core.Signer, typ string, claims any) string {
	t.Helper()
	token, err := core.SignJWT(s, typ, claims)
	if err != nil {
		t.Fatal(err)
	}
	return token
}

func TestWhatIsSignedVerifies(t *testing.T) {
	w := newWorld(t)
	for _, alg := range core.Algs() {
		s := signer(t, w, alg)
		token := tokenOf(t, s, "at+jwt", lasting(w))
		header, _ := base64.RawURLEncoding.DecodeString(token[:strings.Index(token, ".")])
		if want := fmt.Sprintf(`{"alg":"%s","kid":"%s","typ":"at+jwt"}`, alg, s.Kid); string(header) != want {
			t.Errorf("header %s, want %s", header, want)
		}
		for range 2 { // the second time its signature is known
			var got testClaims
			if err := w.App.VerifyJWT(t.Context(), w.Tenant, core.KeyTokens, token, "at+jwt", &got); err != nil || got != lasting(w) {
				t.Errorf("%s: %+v, %v", alg, got, err)
			}
		}
	}
	if _, err := core.SignJWT(&core.Signer{Alg: core.RS256, Key: signer(t, w, core.ES256).Key}, "JWT", lasting(w)); err == nil {
		t.Error("a key signs by an algorithm that is not its own")
	}
}

// forge makes a token by a header, with a signature by what it is given.
func forge(header map[string]any, claims any, sign func(signed []byte) []byte) string {
	enc := base64.RawURLEncoding
	h, _ := json.Marshal(header)
	c, _ := json.Marshal(claims)
	text := enc.EncodeToString(h) + "." + enc.EncodeToString(c)
	return text + "." + enc.EncodeToString(sign([]byte(text)))
}

// TestClass11_AlgorithmsAndKeysDoNotMix holds the mistakes of others up to the
// verifier: each token is signed, by somebody, somehow.
func TestClass11_AlgorithmsAndKeysDoNotMix(t *testing.T) {
	w := newWorld(t)
	other := w.Other(t, "other")
	claims := lasting(w)
	keys, pems := map[core.Alg]*core.Signer{}, map[core.Alg][]byte{}
	for _, alg := range core.Algs() {
		keys[alg] = signer(t, w, alg)
		der, err := x509.MarshalPKIXPublicKey(keys[alg].Key.Public())
		ok(t, err)
		pems[alg] = pem.EncodeToMemory(&pem.Block{Type: "PUBLIC KEY", Bytes: der})
	}
	by := map[string]func(signer crypto.Signer, text []byte) []byte{
		"RS256": func(k crypto.Signer, b []byte) []byte {
			sum := sha256.Sum256(b)
			sig, _ := k.Sign(rand.Reader, sum[:], crypto.SHA256)
			return sig
		},
		"PS256": func(k crypto.Signer, b []byte) []byte {
			sum := sha256.Sum256(b)
			sig, _ := k.Sign(rand.Reader, sum[:], &rsa.PSSOptions{SaltLength: rsa.PSSSaltLengthEqualsHash, Hash: crypto.SHA256})
			return sig
		},
		"ES256": func(k crypto.Signer, b []byte) []byte {
			sum := sha256.Sum256(b)
			r, s, _ := ecdsa.Sign(rand.Reader, k.(*ecdsa.PrivateKey), sum[:])
			return append(r.FillBytes(make([]byte, 32)), s.FillBytes(make([]byte, 32))...)
		},
		"EdDSA": func(k crypto.Signer, b []byte) []byte { sig, _ := k.Sign(rand.Reader, b, crypto.Hash(0)); return sig },
	}
	own := map[core.Alg]string{core.RS256: "RS256", core.ES256: "ES256", core.EdDSA: "EdDSA"}
	try := func(name, token string, good bool) {
		t.Helper()
		for _, typ := range []string{"JWT", "at+jwt"} {
			var got testClaims
			err := w.App.VerifyJWT(t.Context(), w.Tenant, core.KeyTokens, token, typ, &got)
			if good && typ == "JWT" {
				ok(t, err)
				continue
			}
			wantCode(t, name+" as "+typ, err, "invalid_token")
			if got != (testClaims{}) {
				t.Errorf("%s gave claims: %+v", name, got)
			}
		}
		wantCode(t, name+" as a hint", w.App.VerifyHint(t.Context(), w.Tenant, token, new(testClaims)), map[bool]string{false: "invalid_token"}[good])
	}
	hmacs := func(key []byte) func([]byte) []byte {
		return func(b []byte) []byte { m := hmac.New(sha256.New, key); m.Write(b); return m.Sum(nil) }
	}
	for alg, key := range keys {
		for _, named := range []string{"RS256", "RS384", "PS256", "ES256", "ES384", "ES256K", "EdDSA", "Ed25519", "HS256", "none", "None", "", "rs256"} {
			name := fmt.Sprintf("key %s, header %q", alg, named)
			header := map[string]any{"alg": named, "kid": key.Kid, "typ": "JWT"}
			try(name+", rightly signed", forge(header, claims, func(b []byte) []byte { return by[own[alg]](key.Key, b) }), named == string(alg))
			try(name+", no signature", forge(header, claims, func([]byte) []byte { return nil }), false)
			try(name+", HMAC with the public key", forge(header, claims, hmacs(pems[alg])), false)
			try(name+", HMAC with nothing", forge(header, claims, hmacs(nil)), false)
		}
		if alg == core.RS256 {
			for _, named := range []string{"PS256", "RS256"} {
				try("PSS as "+named, forge(map[string]any{"alg": named, "kid": key.Kid, "typ": "JWT"}, claims, func(b []byte) []byte { return by["PS256"](key.Key, b) }), false)
			}
		}
	}
	rs, es := keys[core.RS256], keys[core.ES256]
	mine, err := ecdsa.GenerateKey(elliptic.P256(), rand.Reader)
	ok(t, err)
	signES := func(k crypto.Signer) func([]byte) []byte { return func(b []byte) []byte { return by["ES256"](k, b) } }
	jwk := map[string]any{"kty": "EC", "crv": "P-256", "x": base64.RawURLEncoding.EncodeToString(mine.X.FillBytes(make([]byte, 32))),
		"y": base64.RawURLEncoding.EncodeToString(mine.Y.FillBytes(make([]byte, 32)))}
	header := func(more ...any) map[string]any {
		h := map[string]any{"alg": "ES256", "kid": es.Kid, "typ": "JWT"}
		for i := 0; i < len(more); i += 2 {
			h[more[i].(string)] = more[i+1]
		}
		return h
	}
	for name, h := range map[string]map[string]any{
		"a key in the header":   header("jwk", jwk),
		"a set elsewhere":       header("jku", "https://evil.example/jwks.json"),
		"a certificate":         header("x5u", "https://evil.example/cert.pem"),
		"a certificate inside":  header("x5c", []string{"AAAA"}),
		"another's kid":         header("kid", rs.Kid),
		"no kid":                header("kid", ""),
		"a kid that is a path":  header("kid", "../../../../dev/null"),
		"a kid that is a query": header("kid", "x' UNION SELECT 'k"),
		"a kid with a NUL":      header("kid", es.Kid+"\x00"),
		"a kid of many":         header("kid", []string{es.Kid}),
		"the other tenant's":    header("kid", signer(t, other, core.ES256).Kid),
	} {
		try(name+", by a stranger", forge(h, claims, signES(mine)), false)
	}
	try("a key in the header, which nobody reads", forge(header("jwk", jwk, "jku", "https://evil.example/"), claims, signES(es.Key)), true)
	try("the other tenant's token", tokenOf(t, signer(t, other, core.ES256), "JWT", claims), false)
	for name, h := range map[string]map[string]any{
		"critical":           header("crit", []string{"exp"}),
		"critical, of none":  header("crit", []string{}),
		"an unencoded body":  header("b64", false),
		"no typ":             {"alg": "ES256", "kid": es.Kid},
		"another typ":        header("typ", "logout+jwt"),
		"typ in lower case":  header("typ", "jwt"),
		"typ with a prefix":  header("typ", "application/JWT"),
		"typ that is a list": header("typ", []string{"JWT"}),
	} {
		try(name, forge(h, claims, signES(es.Key)), false)
	}
	feed, err := w.App.Signer(t.Context(), w.Tenant, core.KeyRevocations, core.ES256)
	ok(t, err)
	try("signed for another purpose", tokenOf(t, feed, "JWT", claims), false)
	// ECDSA has two signatures of everything, and DER another form of them.
	r, s, err := ecdsa.Sign(rand.Reader, es.Key.(*ecdsa.PrivateKey), make([]byte, 32))
	ok(t, err)
	try("zeros", forge(header(), claims, func([]byte) []byte { return make([]byte, 64) }), false)
	try("a long signature", forge(header(), claims, func(b []byte) []byte { return append(signES(es.Key)(b), 0) }), false)
	try("another's signature", forge(header(), claims, func([]byte) []byte { return append(r.FillBytes(make([]byte, 32)), s.FillBytes(make([]byte, 32))...) }), false)
	try("r of the order", forge(header(), claims, func([]byte) []byte {
		return append(elliptic.P256().Params().N.FillBytes(make([]byte, 32)), big.NewInt(1).FillBytes(make([]byte, 32))...)
	}), false)
}

func TestATokenThatIsMangledIsRefused(t *testing.T) {
	w := newWorld(t)
	good := tokenOf(t, signer(t, w, core.EdDSA), "JWT", lasting(w))
	parts := strings.Split(good, ".")
	for name, token := range map[string]string{
		"empty":             "",
		"dots":              "..",
		"two parts":         parts[0] + "." + parts[1],
		"four parts":        good + "." + parts[2],
		"padding":           good + "=",
		"a line end":        parts[0] + "." + parts[1] + "\n." + parts[2],
		"a space":           " " + good,
		"no signature":      parts[0] + "." + parts[1] + ".",
		"no header":         "." + parts[1] + "." + parts[2],
		"others' claims":    parts[0] + "." + base64.RawURLEncoding.EncodeToString([]byte(`{"sub":"victim","exp":9999999999}`)) + "." + parts[2],
		"loose last bits":   good[:len(good)-1] + map[bool]string{true: "B", false: "A"}[strings.HasSuffix(good, "A")],
		"as a detached JWS": parts[0] + ".." + parts[2],
		"long":              tokenOf(t, signer(t, w, core.EdDSA), "JWT", map[string]any{"sub": strings.Repeat("x", 8<<10), "exp": 9999999999}),
		"JSON":              `{"protected":"` + parts[0] + `","payload":"` + parts[1] + `","signature":"` + parts[2] + `"}`,
	} {
		for range 2 {
			wantCode(t, name, w.App.VerifyJWT(t.Context(), w.Tenant, core.KeyTokens, token, "JWT", new(testClaims)), "invalid_token")
		}
	}
}

func TestATokenIsGoodInItsTime(t *testing.T) {
	w := newWorld(t)
	s, now := signer(t, w, core.EdDSA), w.Clock.Now().Unix()
	for _, c := range []struct {
		name          string
		claims        any
		want, asAHint string
		expired       bool
	}{
		{"in its time", testClaims{Exp: now + 1, Nbf: now}, "", "", false},
		{"at its end", testClaims{Exp: now}, "invalid_token", "", true},
		{"long ago", testClaims{Exp: now - 1e6}, "invalid_token", "", true},
		{"too early", testClaims{Exp: now + 10, Nbf: now + 1}, "invalid_token", "invalid_token", false},
		{"without end", testClaims{Sub: "ann"}, "invalid_token", "invalid_token", false},
		{"an end of null", map[string]any{"exp": nil}, "invalid_token", "invalid_token", false},
		{"an end that is text", map[string]any{"exp": "9999999999"}, "invalid_token", "invalid_token", false},
		{"an end beyond numbers", map[string]any{"exp": json.RawMessage("1e999")}, "invalid_token", "invalid_token", false},
		{"no object", []int{1}, "invalid_token", "invalid_token", false},
		{"claims of another type", map[string]any{"sub": 7, "exp": now + 10}, "invalid_token", "invalid_token", false},
	} {
		token := tokenOf(t, s, "JWT", c.claims)
		for range 2 {
			err := w.App.VerifyJWT(t.Context(), w.Tenant, core.KeyTokens, token, "JWT", new(testClaims))
			wantCode(t, c.name, err, c.want)
			if errors.Is(err, core.ErrTokenExpired) != c.expired {
				t.Errorf("%s: %v", c.name, err)
			}
			wantCode(t, c.name+", as a hint", w.App.VerifyHint(t.Context(), w.Tenant, token, new(testClaims)), c.asAHint)
		}
	}
}

// A signature that is known to be right opens nothing once its key is gone.
func TestTheMemoryOfSignaturesOutlivesNoKey(t *testing.T) {
	w := newWorld(t)
	s := signer(t, w, core.EdDSA)
	token := tokenOf(t, s, "JWT", testClaims{Exp: w.Clock.Now().Add(1e6 * time.Hour).Unix()})
	verify := func() error {
		return w.App.VerifyJWT(t.Context(), w.Tenant, core.KeyTokens, token, "JWT", new(testClaims))
	}
	hint := func() error { return w.App.VerifyHint(t.Context(), w.Tenant, token, new(testClaims)) }
	ok(t, verify())
	_, err := w.App.RotateKeys(w.Machine(), "", "")
	ok(t, err)
	w.Clock.Turn(core.KeyAhead + core.KeyLingers)
	wantCode(t, "a token of a key that is too old", verify(), "invalid_token")
	wantCode(t, "the same as a hint", hint(), "")
	_, err = w.App.RevokeKey(w.Machine(), core.SigningKeyOf(s.Kid))
	ok(t, err)
	wantCode(t, "a hint of a key that was revoked", hint(), "invalid_token")
}

func TestAStrangersTokenIsNotRemembered(t *testing.T) {
	w := newWorld(t)
	other := w.Other(t, "other")
	token := tokenOf(t, signer(t, w, core.EdDSA), "JWT", lasting(w))
	ok(t, w.App.VerifyJWT(t.Context(), w.Tenant, core.KeyTokens, token, "JWT", new(testClaims)))
	wantCode(t, "at the other tenant", w.App.VerifyJWT(t.Context(), other.Tenant, core.KeyTokens, token, "JWT", new(testClaims)), "invalid_token")
	wantCode(t, "for another purpose", w.App.VerifyJWT(t.Context(), w.Tenant, core.KeyRevocations, token, "JWT", new(testClaims)), "invalid_token")
}

func FuzzVerifyJWT(f *testing.F) {
	w := coretest.On(f, mem.Open())
	s, err := w.App.Signer(f.Context(), w.Tenant, core.KeyTokens, core.EdDSA)
	if err != nil {
		f.Fatal(err)
	}
	good := tokenOf(f, s, "JWT", lasting(w))
	parts := strings.Split(good, ".")
	none := base64.RawURLEncoding.EncodeToString([]byte(`{"alg":"none","kid":"` + s.Kid + `","typ":"JWT"}`))
	for _, seed := range []string{good, "", "..", parts[0] + "..", none + "." + parts[1] + ".", parts[0] + "." + parts[1] + "." + parts[2] + "=", "a.b.c"} {
		f.Add(seed)
	}
	f.Fuzz(func(t *testing.T, token string) {
		for range 2 {
			err := w.App.VerifyJWT(t.Context(), w.Tenant, core.KeyTokens, token, "JWT", new(testClaims))
			if token == good {
				ok(t, err)
				continue
			}
			wantCode(t, token, err, "invalid_token")
		}
	})
}

func BenchmarkJWT(b *testing.B) {
	w := coretest.On(b, mem.Open())
	for _, alg := range core.Algs() {
		s, err := w.App.Signer(b.Context(), w.Tenant, core.KeyTokens, alg)
		if err != nil {
			b.Fatal(err)
		}
		b.Run(string(alg)+"/sign", func(b *testing.B) {
			for b.Loop() {
				tokenOf(b, s, "at+jwt", lasting(w))
			}
		})
		verify := func(b *testing.B, token string) {
			if err := w.App.VerifyJWT(b.Context(), w.Tenant, core.KeyTokens, token, "at+jwt", new(testClaims)); err != nil {
				b.Fatal(err)
			}
		}
		b.Run(string(alg)+"/verify", func(b *testing.B) {
			fresh := make([]string, 0, b.N)
			for i := 0; b.Loop(); i++ {
				b.StopTimer()
				fresh = append(fresh[:0], tokenOf(b, s, "at+jwt", testClaims{Sub: fmt.Sprint(i), Exp: lasting(w).Exp}))
				b.StartTimer()
				verify(b, fresh[0])
			}
		})
		token := tokenOf(b, s, "at+jwt", lasting(w))
		b.Run(string(alg)+"/verify-again", func(b *testing.B) {
			for b.Loop() {
				verify(b, token)
			}
		})
	}
}
