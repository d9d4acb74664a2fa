package oauth

import (
	"crypto/sha256"
	"crypto/sha512"
	"encoding/base64"
	"strings"

	"github.com/golang-jwt/jwt/v5"

	"github.com/stormkeep/stormkeep/core"
)

// The types of our tokens (RFC 9068 section 2.1; OpenID Connect names none for ID
// tokens).
const (
	accessType = "at+jwt"
	idType     = "JWT"
)

// sign signs what was issued.
func (k *call) sign(t *core.Tokens) (*tokenResponse, error) {
	s, err := k.p.App.Signer(k.ctx, k.tenant, core.KeyTokens, core.Alg(t.Alg))
	if err != nil {
		return nil, err
	}
	r := &tokenResponse{TokenType: "Bearer", ExpiresIn: int(t.Expires.Seconds()), RefreshToken: t.Refresh, Scope: strings.Join(t.Scopes, " ")}
	if r.AccessToken, err = core.SignJWT(s, accessType, t.Access); err != nil || t.ID == nil {
		return r, err
	}
	t.ID["at_hash"] = atHash(t.Client.IDTokenAlg, r.AccessToken)
	if len(t.Secret) > 0 {
		id := jwt.NewWithClaims(jwt.SigningMethodHS256, jwt.MapClaims(t.ID))
		r.IDToken, err = id.SignedString(t.Secret)
		return r, err
	}
	if s, err = k.p.App.Signer(k.ctx, k.tenant, core.KeyTokens, core.Alg(t.Client.IDTokenAlg)); err != nil {
		return nil, err
	}
	r.IDToken, err = core.SignJWT(s, idType, t.ID)
	return r, err
}

// atHash is the left half of the hash of an access token, as its ID token has it
// (OpenID Connect Core section 3.1.3.6). Of EdDSA the hash is SHA-512.
func atHash(alg, token string) string {
	if alg == "EdDSA" {
		sum := sha512.Sum512([]byte(token))
		return base64.RawURLEncoding.EncodeToString(sum[:32])
	}
	sum := sha256.Sum256([]byte(token))
	return base64.RawURLEncoding.EncodeToString(sum[:16])
}
