package core

import (
	"context"
	"crypto/sha256"
	"encoding/base64"
	"encoding/json"
	"errors"
	"fmt"
	"math"
	"strings"
	"time"

	fastjson "github.com/segmentio/encoding/json"
)

// maxJWT is the longest token that is looked at, in bytes.
const maxJWT = 8 << 10

// ErrTokenExpired says of a token that all of it is right but the time.
var ErrTokenExpired = errors.New("the token has expired")

// SignJWT signs claims, which encode as a JSON object, as a token of a type such as
// "at+jwt" (RFC 7519, section 5.1).
func SignJWT(s *Signer, typ string, claims any) (string, error) {
	payload, err := fastjson.Marshal(claims)
	if err != nil {
		return "", err
	}
	header, err := fastjson.Marshal(struct {
		Alg Alg    `json:"alg"`
		Kid string `json:"kid"`
		Typ string `json:"typ"`
	}{s.Alg, s.Kid, typ})
	if err != nil {
		return "", err
	}
	method := s.Alg.method()
	if method == nil || !s.Alg.fits(s.Key.Public()) {
		return "", fmt.Errorf("core: key %s does not sign %q", s.Kid, s.Alg)
	}
	enc := base64.RawURLEncoding
	b := make([]byte, 0, enc.EncodedLen(len(header))+enc.EncodedLen(len(payload))+400)
	b = append(enc.AppendEncode(b, header), '.')
	b = enc.AppendEncode(b, payload)
	sig, err := method.Sign(string(b), s.Key)
	if err != nil {
		return "", err
	}
	return string(enc.AppendEncode(append(b, '.'), sig)), nil
}

// VerifyJWT reads the claims of a token into a struct, if the tenant signed it for the
// purpose, as a token of exactly that type, and its time (exp and nbf, by the app's
// clock) has come and not gone. A token without exp is refused, and one that names an
// extension as critical (RFC 7515, section 4.1.11). The key is ours or none: what the
// header says of one beside kid is not read. The error for any other token is of kind
// Unauthenticated, and is ErrTokenExpired where only the time is wrong. Who it is for
// (aud, iss) is the caller's to ask. It must not be called in a transaction.
func (a *App) VerifyJWT(ctx context.Context, tenant ID[Tenant], purpose KeyPurpose, token string, typ string, into any) error {
	return a.verifyJWT(ctx, tenant, purpose, token, typ, into, false)
}

// VerifyHint reads the claims of an ID token that is shown as id_token_hint: it may
// have expired, and its key be too old for anything else (OpenID Connect RP-Initiated
// Logout 1.0, section 2). In all else it is VerifyJWT.
func (a *App) VerifyHint(ctx context.Context, tenant ID[Tenant], token string, into any) error {
	return a.verifyJWT(ctx, tenant, KeyTokens, token, "JWT", into, true)
}

func (a *App) verifyJWT(ctx context.Context, tenant ID[Tenant], purpose KeyPurpose, token, typ string, into any, hint bool) error {
	sum := sha256.Sum256([]byte(token))
	v, known := a.verified.get(sum)
	var t JWS
	if known = known && v.tenant == tenant; !known {
		var err error
		if t, err = ParseJWS(token, maxJWT); err != nil {
			return errToken(err)
		}
		v = checked{tenant: tenant, kid: t.Kid, alg: Alg(t.Alg), typ: t.Typ, claims: t.Claims}
	}
	if v.alg.method() == nil {
		return errToken(errors.New("it is signed by none of our algorithms"))
	}
	if v.typ != typ {
		return errToken(errors.New("it is a token of another type"))
	}
	key, err := a.VerificationKey(ctx, tenant, purpose, v.kid)
	switch {
	case IsNotFound(err):
		return errToken(errors.New("its key is not one of ours"))
	case err != nil:
		return err
	case key.HintOnly && !hint:
		return errToken(errors.New("its key is too old"))
	case key.Alg != v.alg:
		return errToken(errors.New("its key signs by another algorithm"))
	}
	if !known {
		if err := key.Alg.method().Verify(t.Signed, t.Signature, key.Key); err != nil {
			return errToken(err)
		}
		if v.exp, v.nbf, err = t.times(); err != nil {
			return errToken(err)
		}
		a.verified.add(sum, v) // and never a wrong one: a stranger could fill the memory
	}
	if err := v.timely(a.Now(), hint); err != nil {
		return errToken(err)
	}
	if err := fastjson.Unmarshal(v.claims, into); err != nil {
		return errToken(err)
	}
	return nil
}

func errToken(why error) error {
	return &Error{Kind: Unauthenticated, Code: "invalid_token", Msg: "The token is not valid.", Err: why}
}

// JWS is a token that nobody has verified (RFC 7515, section 7.1).
type JWS struct {
	Alg, Kid, Typ string // as its header has them
	Signed        string // what the signature is of
	Signature     []byte
	Claims        []byte
}

// ParseJWS takes a token of three parts and of at most so many bytes apart. One with an
// extension that is to be understood (section 4.1.11) is refused.
func ParseJWS(token string, most int) (t JWS, err error) {
	if len(token) > most {
		return t, errors.New("it is too long")
	}
	dot := strings.LastIndexByte(token, '.')
	header, claims, ok := strings.Cut(token[:max(dot, 0)], ".")
	if !ok || strings.Contains(claims, ".") {
		return t, errors.New("it has not three parts")
	}
	t.Signed = token[:dot]
	enc := base64.RawURLEncoding.Strict()
	raw, err := enc.DecodeString(header)
	if err != nil || strings.ContainsAny(token, "\r\n") { // which the decoder would pass over
		return t, errors.New("its header is no base64url")
	}
	if t.Claims, err = enc.DecodeString(claims); err != nil {
		return t, errors.New("its claims are no base64url")
	}
	if t.Signature, err = enc.DecodeString(token[dot+1:]); err != nil {
		return t, errors.New("its signature is no base64url")
	}
	var h struct {
		Alg, Kid, Typ string
		Crit, B64     json.RawMessage
	}
	if err := json.Unmarshal(raw, &h); err != nil {
		return t, errors.New("its header is no JSON object of texts")
	}
	if h.Crit != nil || h.B64 != nil {
		return t, errors.New("it has an extension that is to be understood")
	}
	t.Alg, t.Kid, t.Typ = h.Alg, h.Kid, h.Typ
	return t, nil
}

// times are exp and nbf in seconds since 1970, nbf 0 where it is not there.
func (t JWS) times() (exp, nbf float64, err error) {
	var c struct{ Exp, Nbf *float64 }
	if err := fastjson.Unmarshal(t.Claims, &c); err != nil {
		return 0, 0, errors.New("its claims are no JSON object, or exp or nbf is no number")
	}
	if c.Exp == nil || math.IsInf(*c.Exp, 0) {
		return 0, 0, errors.New("it has no exp")
	}
	if c.Nbf != nil {
		nbf = *c.Nbf
	}
	return *c.Exp, nbf, nil
}

// checked is a token whose signature is right. It is remembered by the SHA-256 of the
// token, so that one that is shown again is not parsed again; whether the key still is
// one, the time, and what was revoked are asked at every use.
type checked struct {
	tenant   ID[Tenant]
	kid      string
	alg      Alg
	typ      string
	exp, nbf float64
	claims   []byte
}

// maxVerified is how many tokens a generation remembers, about 800 bytes each.
const maxVerified = 1 << 13

// timely asks exp and nbf. An expired hint is one all the same.
func (v checked) timely(now time.Time, hint bool) error {
	at := float64(now.UnixMilli()) / 1000
	switch {
	case at < v.nbf:
		return errors.New("its time has not come")
	case at >= v.exp && !hint:
		return ErrTokenExpired
	}
	return nil
}
