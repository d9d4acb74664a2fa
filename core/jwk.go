package core

import (
	"crypto"
	"crypto/ecdsa"
	"crypto/ed25519"
	"crypto/elliptic"
	"crypto/rand"
	"crypto/rsa"
	"crypto/x509"
	"encoding/base64"
	"encoding/hex"
	"encoding/json"
	"errors"
	"fmt"

	"github.com/go-jose/go-jose/v4"
	"github.com/golang-jwt/jwt/v5"
)

// Alg is how a token is signed (RFC 7518, section 3.1; RFC 8037, section 3.1). A
// key is for one of them, and verifies no other.
type Alg string

// The algorithms of our own tokens. None of them has a secret in common.
const (
	RS256 Alg = "RS256" // RSASSA-PKCS1-v1_5 of 2,048 bit, with SHA-256
	ES256 Alg = "ES256" // ECDSA on P-256, with SHA-256
	EdDSA Alg = "EdDSA" // Ed25519
)

// Algs are the algorithms of signing keys, in the order in which metadata list them.
func Algs() []Alg { return []Alg{RS256, ES256, EdDSA} }

const rsaBits = 2048

// method is what signs and verifies, nil for an algorithm that is not among Algs.
func (alg Alg) method() jwt.SigningMethod {
	switch alg {
	case RS256:
		return jwt.SigningMethodRS256
	case ES256:
		return jwt.SigningMethodES256
	case EdDSA:
		return jwt.SigningMethodEdDSA
	}
	return nil
}

// fits tells whether a public key is of the kind that the algorithm takes.
func (alg Alg) fits(public crypto.PublicKey) bool {
	switch k := public.(type) {
	case *rsa.PublicKey:
		return alg == RS256 && k.N.BitLen() >= rsaBits
	case *ecdsa.PublicKey:
		return alg == ES256 && k.Curve == elliptic.P256()
	case ed25519.PublicKey:
		return alg == EdDSA
	}
	return false
}

// generate makes a key pair. It takes as long as a second for RSA.
func (alg Alg) generate() (crypto.Signer, error) {
	switch alg {
	case RS256:
		return rsa.GenerateKey(rand.Reader, rsaBits)
	case ES256:
		return ecdsa.GenerateKey(elliptic.P256(), rand.Reader)
	case EdDSA:
		_, key, err := ed25519.GenerateKey(rand.Reader)
		return key, err
	}
	return nil, Errorf(Invalid, "unsupported_value", "SigningKey alg must be RS256, ES256 or EdDSA.")
}

// newSigningKey makes a key that no store knows yet. A kid that begins with "-" would
// read as an option of a command.
func newSigningKey(purpose KeyPurpose, alg Alg) (*SigningKey, error) {
	for {
		pair, err := alg.generate()
		if err != nil {
			return nil, err
		}
		k := Make[SigningKey]()
		k.Purpose, k.Alg = purpose, alg
		sum, err := thumbprint(pair.Public())
		if err != nil {
			return nil, err
		}
		k.ID = ID[SigningKey](hex.EncodeToString(sum))
		if k.Kid()[0] == '-' {
			continue
		}
		jwk := jose.JSONWebKey{Key: pair.Public(), KeyID: k.Kid(), Algorithm: string(alg), Use: "sig"}
		if k.PublicJWK, err = jwk.MarshalJSON(); err != nil {
			return nil, err
		}
		der, err := x509.MarshalPKCS8PrivateKey(pair)
		if err != nil {
			return nil, err
		}
		k.Private = Seal(base64.StdEncoding.EncodeToString(der))
		return k, nil
	}
}

// thumbprint names a public key (RFC 7638).
func thumbprint(public crypto.PublicKey) ([]byte, error) {
	return (&jose.JSONWebKey{Key: public}).Thumbprint(crypto.SHA256)
}

// public reads the stored JWK, and refuses one that is not the record's: of another
// thumbprint, for another algorithm, or with a private or symmetric part.
func (k *SigningKey) public() (crypto.PublicKey, error) {
	var jwk jose.JSONWebKey
	if err := jwk.UnmarshalJSON(k.PublicJWK); err != nil {
		return nil, fmt.Errorf("the public part of %s: %w", k.Path(), err)
	}
	if !jwk.IsPublic() || jwk.Algorithm != string(k.Alg) || jwk.KeyID != k.Kid() || jwk.Use != "sig" || !k.Alg.fits(jwk.Key) {
		return nil, fmt.Errorf("%s: %w", k.Path(), errNotItsJWK)
	}
	sum, err := thumbprint(jwk.Key)
	if err != nil {
		return nil, err
	}
	if hex.EncodeToString(sum) != string(k.ID) {
		return nil, fmt.Errorf("%s: %w", k.Path(), errNotItsJWK)
	}
	return jwk.Key, nil
}

// shown is the JWK as JWKS has it: made anew from the key alone, so that nothing else
// that lies in the store reaches the world.
func (p *PublicKey) jwk() (json.RawMessage, error) {
	return jose.JSONWebKey{Key: p.Key, KeyID: p.Kid, Algorithm: string(p.Alg), Use: "sig"}.MarshalJSON()
}

var errNotItsJWK = errors.New("its JWK is not that of its id and algorithm")

// private opens the private part, nil where it is gone, and refuses one that is not
// the public one's.
func (k *SigningKey) private(tx *Tx, public crypto.PublicKey) (crypto.Signer, error) {
	text, err := k.Private.Open(tx, k.ID, "private")
	if err != nil || text == "" {
		return nil, err
	}
	der, err := base64.StdEncoding.DecodeString(text)
	if err != nil {
		return nil, fmt.Errorf("%s: %w", k.Path(), err)
	}
	key, err := x509.ParsePKCS8PrivateKey(der)
	if err != nil {
		return nil, fmt.Errorf("%s: %w", k.Path(), err)
	}
	signer, ok := key.(crypto.Signer)
	is, comparable := public.(interface{ Equal(crypto.PublicKey) bool })
	if !ok || !comparable || !is.Equal(signer.Public()) {
		return nil, fmt.Errorf("%s: %w", k.Path(), errForeignKey)
	}
	return signer, nil
}

// ReadKeys reads a JWK Set (RFC 7517, 5) of somebody's: the public keys in it that can be
// used, of the first 100. Keys of kinds that are not known, and those that lack a part, are
// passed over.
func ReadKeys(raw []byte) ([]jose.JSONWebKey, error) {
	var set struct {
		Keys []json.RawMessage `json:"keys"`
	}
	if err := json.Unmarshal(raw, &set); err != nil {
		return nil, err
	}
	all := []jose.JSONWebKey{}
	for _, one := range set.Keys[:min(len(set.Keys), 100)] {
		var key jose.JSONWebKey
		if json.Unmarshal(one, &key) == nil && key.IsPublic() && key.Valid() {
			all = append(all, key)
		}
	}
	return all, nil
}
