package oauth

import (
	"context"
	"encoding/json"
	"net/http"
	"slices"
	"sync"
	"time"

	"github.com/go-jose/go-jose/v4"
	"github.com/golang-jwt/jwt/v5"

	"github.com/stormkeep/stormkeep/core"
	"github.com/stormkeep/stormkeep/core/egress"
)

// assertionAlgs are those by which clients sign (RFC 7518 section 3.1, RFC 8037 section
// 3.1). EdDSA with Ed25519 goes by the name Ed25519 too (RFC 9864 section 2.2).
var assertionAlgs = []string{"RS256", "PS256", "ES256", "EdDSA", "Ed25519"}

// assertionMethod verifies an algorithm of assertionAlgs, nil for others.
func assertionMethod(alg string) jwt.SigningMethod {
	switch alg {
	case "RS256":
		return jwt.SigningMethodRS256
	case "PS256":
		return jwt.SigningMethodPS256
	case "ES256":
		return jwt.SigningMethodES256
	case "EdDSA", "Ed25519":
		return jwt.SigningMethodEdDSA
	}
	return nil
}

// unverifiedSubject is who an assertion says it is of, "" if it says nothing.
func unverifiedSubject(token string) string {
	t, err := core.ParseJWS(token, maxToken)
	var claims struct {
		Sub string `json:"sub"`
	}
	if err != nil || json.Unmarshal(t.Claims, &claims) != nil {
		return ""
	}
	return claims.Sub
}

// assertion verifies by what a client of private_key_jwt proves itself (RFC 7523
// section 3), and returns what is to be spent, so that it counts once. Its aud is the
// issuer, or a former one that is still accepted, and never the URL of an endpoint, which
// an attacker's server may name as its own.
func (k *call) assertion(client *core.Client, token string) (*core.Nonce, error) {
	now := k.p.App.Now()
	claims, err := k.signed(client, token)
	if err == nil {
		err = jwt.NewValidator(jwt.WithExpirationRequired(), jwt.WithTimeFunc(func() time.Time { return now }), jwt.WithIssuer(string(client.ID)),
			jwt.WithSubject(string(client.ID)), jwt.WithAudience(k.accepted...), jwt.WithLeeway(10*time.Second)).Validate(claims)
	}
	switch {
	case core.AsError(err).Kind == core.Unavailable:
		return nil, err
	case err != nil:
		return nil, invalidClient("its assertion is not good")
	case len(claims.Audience) != 1:
		return nil, invalidClient("the aud of its assertion is the issuer, and nothing else")
	case claims.ID == "" || len(claims.ID) > 512:
		return nil, invalidClient("its assertion has no jti")
	case claims.ExpiresAt.After(now.Add(maxAssertion + 10*time.Second)):
		return nil, invalidClient("its assertion is good for more than 5 minutes")
	}
	return &core.Nonce{By: "assertion of " + string(client.ID), Text: claims.ID, Until: claims.ExpiresAt.Add(10 * time.Second)}, nil
}

// signed are the claims of a JWS that the client has signed (RFC 7515 section 5.2). The
// library's parser knows each algorithm by one name only.
func (k *call) signed(client *core.Client, token string) (*jwt.RegisteredClaims, error) {
	t, err := core.ParseJWS(token, maxToken)
	if err != nil {
		return nil, err
	}
	method := assertionMethod(t.Alg)
	if method == nil {
		return nil, jwt.ErrTokenUnverifiable
	}
	key, err := k.p.keys.find(k.ctx, k.p.App, client, t.Kid, t.Alg)
	if err == nil {
		err = method.Verify(t.Signed, t.Signature, key)
	}
	if err != nil {
		return nil, err
	}
	claims := &jwt.RegisteredClaims{}
	return claims, json.Unmarshal(t.Claims, claims)
}

// remoteKeys are the keys of clients, those that lie at clients among them.
type remoteKeys struct {
	mu   sync.Mutex
	sets map[string]*remoteSet // by URL
}

type remoteSet struct {
	keys    []jose.JSONWebKey
	fetched time.Time // with success
	tried   time.Time
}

const (
	keysFresh  = 10 * time.Minute // for how long a fetched set is used without asking again
	keysPause  = 30 * time.Second // between two fetches of the same
	maxKeys    = 256 << 10        // bytes
	maxKeySets = 1000
)

// find is a client's key of that kid and algorithm.
func (r *remoteKeys) find(ctx context.Context, app *core.App, client *core.Client, kid, alg string) (any, error) {
	if client.JWKSURI == "" {
		set, err := core.ReadKeys(client.JWKS.RawMessage)
		if err != nil {
			return nil, err
		}
		return pick(set, kid, alg)
	}
	set, fresh, err := r.fetch(ctx, app, client.JWKSURI, false)
	if err != nil {
		return nil, err
	}
	key, err := pick(set, kid, alg)
	if err == nil || fresh {
		return key, err
	}
	if set, _, err = r.fetch(ctx, app, client.JWKSURI, true); err != nil {
		return nil, err
	}
	return pick(set, kid, alg)
}

// fetch is the set at a URL. It is asked for again where it is old, or on demand, but
// not more often than every 30 s.
func (r *remoteKeys) fetch(ctx context.Context, app *core.App, url string, anew bool) (keys []jose.JSONWebKey, fresh bool, err error) {
	now := app.Now()
	r.mu.Lock()
	set := r.sets[url]
	if set == nil {
		set = &remoteSet{}
	}
	old := now.Sub(set.fetched) >= keysFresh || anew
	if set.keys != nil && (!old || now.Sub(set.tried) < keysPause) {
		r.mu.Unlock()
		return set.keys, false, nil
	}
	if set.keys == nil && now.Sub(set.tried) < keysPause && !set.tried.IsZero() {
		r.mu.Unlock()
		return nil, false, errKeys()
	}
	next := &remoteSet{keys: set.keys, fetched: set.fetched, tried: now}
	if r.sets == nil || len(r.sets) >= maxKeySets {
		r.sets = map[string]*remoteSet{}
	}
	r.sets[url] = next
	r.mu.Unlock()
	a, err := app.Egress.Do(ctx, egress.Request{Method: http.MethodGet, URL: url, Header: http.Header{"Accept": {"application/json"}}, Time: 5 * time.Second, Max: maxKeys})
	if err == nil && a.Status != http.StatusOK {
		err = errKeys()
	}
	if err == nil {
		keys, err = core.ReadKeys(a.Body)
	}
	if err != nil {
		app.Log.Warn("the keys of a client could not be fetched", "err", err)
		if next.keys != nil {
			return next.keys, true, nil // the former ones serve until others are there
		}
		return nil, true, errKeys()
	}
	r.mu.Lock()
	r.sets[url] = &remoteSet{keys: keys, fetched: now, tried: now}
	r.mu.Unlock()
	return keys, true, nil
}

func errKeys() error {
	return &core.Error{Kind: core.Unavailable, Code: "busy", Msg: "The client's keys cannot be read at its jwksUri.", RetryAfter: keysPause}
}

// pick is the key of a set that an assertion was signed with: of its kid, or the only
// one that fits where it names none.
func pick(set []jose.JSONWebKey, kid, alg string) (any, error) {
	fits := slices.DeleteFunc(slices.Clone(set), func(k jose.JSONWebKey) bool {
		return kid != "" && k.KeyID != kid || k.Algorithm != "" && assertionMethod(k.Algorithm) != assertionMethod(alg) || k.Use != "" && k.Use != "sig"
	})
	if len(fits) != 1 {
		return nil, jwt.ErrTokenUnverifiable
	}
	return fits[0].Key, nil
}
