package core

import (
	"encoding/base64"
	"encoding/hex"
	"encoding/json"
	"time"
)

// KeyPurpose says what a signing key signs. A key of one purpose verifies nothing of
// another.
type KeyPurpose string

// The purposes.
const (
	KeyTokens      KeyPurpose = "tokens"      // access, ID and logout tokens
	KeyRevocations KeyPurpose = "revocations" // the feed of what was revoked
)

// SigningKey signs what a tenant vouches for. What it may do at a moment follows from
// its instants, so that nothing has to happen at that moment, and all nodes agree. Its
// id is its RFC 7638 thumbprint in hexadecimal.
type SigningKey struct {
	Base[SigningKey]
	Purpose    KeyPurpose      `json:"purpose" api:"ro"`
	Alg        Alg             `json:"alg" api:"ro"`
	PublicJWK  json.RawMessage `json:"publicJwk" api:"-"`
	Private    Sealed          `json:"private" api:"-"`    // PKCS #8; gone once it signs no more
	PublishAt  Time            `json:"publishAt" api:"ro"` // is in JWKS from here,
	ActiveFrom Time            `json:"activeFrom" api:"ro"`
	RetireAt   Time            `json:"retireAt" api:"ro"`  // signs until here, or as long as nothing follows it; is in JWKS for KeyLingers more
	HintUntil  Time            `json:"hintUntil" api:"ro"` // verifies an id_token_hint until here, and is then deleted
	RevokedAt  Time            `json:"revokedAt" api:"ro"` // verifies nothing from here
}

// The steps of a key's life.
const (
	// KeyAhead is how long a key is in JWKS before it signs, so that whoever remembers
	// a JWKS for that long knows it. The first of its purpose and algorithm cannot wait.
	KeyAhead = 24 * time.Hour
	// KeyLingers is how long a key that signs no more stays in JWKS: no token may live
	// longer.
	KeyLingers = 24 * time.Hour

	keyHints = 90 * day // how long after that an ID token is taken as a hint
)

// KeyState is where in its life a key is.
type KeyState string

// The states, in their order.
const (
	KeyWaiting KeyState = "waiting" // in JWKS, and about to sign
	KeyActive  KeyState = "active"  // in JWKS, and signs
	KeyRetired KeyState = "retired" // in JWKS, and signs no more
	KeyHints   KeyState = "hints"   // verifies an id_token_hint
	KeyRevoked KeyState = "revoked" // verifies nothing
	KeyOver    KeyState = "over"    // verifies nothing
)

// State is where in its life the key is at a moment.
func (k *SigningKey) State(now time.Time) KeyState {
	switch {
	case !k.RevokedAt.IsZero() && !now.Before(k.RevokedAt.Time):
		return KeyRevoked
	case now.Before(k.ActiveFrom.Time):
		return KeyWaiting
	case k.RetireAt.IsZero() || now.Before(k.RetireAt.Time):
		return KeyActive
	case now.Before(k.RetireAt.Add(KeyLingers)):
		return KeyRetired
	case now.Before(k.HintUntil.Time):
		return KeyHints
	}
	return KeyOver
}

// published tells whether JWKS has the key at a moment.
func (k *SigningKey) published(now time.Time) bool {
	switch k.State(now) {
	case KeyWaiting:
		return !now.Before(k.PublishAt.Time)
	case KeyActive, KeyRetired:
		return true
	}
	return false
}

// Kid is how tokens and JWKS name the key: its thumbprint as RFC 7638 writes it.
func (k *SigningKey) Kid() string {
	sum, _ := hex.DecodeString(string(k.ID))
	return base64.RawURLEncoding.EncodeToString(sum)
}

// SigningKeyOf is the id of the key that tokens name so, "" for a text that names none.
func SigningKeyOf(kid string) ID[SigningKey] {
	sum, err := base64.RawURLEncoding.Strict().DecodeString(kid)
	if err != nil || len(sum) != 32 {
		return ""
	}
	return ID[SigningKey](hex.EncodeToString(sum))
}

// SigningKeys lists the tenant's keys.
var SigningKeys = &Index[SigningKey]{Name: "all", List: true, Key: func(*SigningKey) (Entry, bool) { return Entry{}, true }}

var signingKeys = &Kind[SigningKey]{
	Name: "signingKeys", Noun: "SigningKey", Key: "key", Indexes: []*Index[SigningKey]{SigningKeys},
	NewID: NewID7, // never asked for: that it is set has the keys lie where random ones do
	Links: []string{"tenant=tenants/{tenant}"},
}

// Kind says how signing keys are stored.
func (*SigningKey) Kind() *Kind[SigningKey] { return signingKeys }

// Check demands that the parts of a key are of one, and its instants in order.
func (k *SigningKey) Check(c *Checks) {
	c.That(k.Purpose == KeyTokens || k.Purpose == KeyRevocations, "purpose", "unsupported_value", "SigningKey purpose must be tokens or revocations.")
	c.That(k.Alg.method() != nil, "alg", "unsupported_value", "SigningKey alg must be RS256, ES256 or EdDSA.")
	if c.err() != nil {
		return
	}
	_, err := k.public()
	c.That(err == nil, "publicJwk", "invalid_value", "SigningKey publicJwk is not the key of its id and algorithm.")
	c.That(!k.PublishAt.IsZero() && !k.ActiveFrom.Before(k.PublishAt.Time), "activeFrom", "out_of_range", "SigningKey activeFrom must not be before publishAt.")
	c.That(k.RetireAt.IsZero() == k.HintUntil.IsZero() || !k.RevokedAt.IsZero(), "hintUntil", "required", "SigningKey hintUntil goes with retireAt.")
	if old, ok := c.Old.(*SigningKey); ok {
		c.That(k.Purpose == old.Purpose && k.Alg == old.Alg, "purpose", "protected", "The purpose and algorithm of a SigningKey are fixed when it is made.")
		c.That(old.RevokedAt.IsZero() || k.RevokedAt == old.RevokedAt, "revokedAt", "protected", "A SigningKey that was revoked stays so.")
	}
}

// Deleting refuses while the key could verify something: it is revoked instead.
func (k *SigningKey) Deleting(tx *Tx) error {
	if s := k.State(tx.Now); s != KeyOver && s != KeyRevoked {
		return &Error{Kind: NotAllowed, Code: "not_allowed", Msg: "A SigningKey goes by itself; revoke it to end it now."}
	}
	return nil
}

// Saved has the keys in memory read anew.
func (*SigningKey) Saved(tx *Tx, _ *SigningKey) error { return tx.keysChanged() }

// Moved does so for a key of an import.
func (*SigningKey) Moved(tx *Tx) error { return tx.keysChanged() }

// Deleted does so too.
func (*SigningKey) Deleted(tx *Tx) error { return tx.keysChanged() }

// WithoutSecrets leaves the whole key out of an export: without its private part it
// would only verify what was signed elsewhere.
func (*SigningKey) WithoutSecrets() bool { return false }

// View shows by what tokens name the key, its public part, and where in its life it is.
func (k *SigningKey) View(v *View) {
	v.Set("kid", k.Kid())
	if v.Set("publicJwk", k.PublicJWK); k.PublicJWK == nil {
		v.Fields[len(v.Fields)-1].Value = json.RawMessage("{}") // for a description
	}
	state := KeyActive
	if v.Tx != nil {
		state = k.State(v.Tx.Now)
	}
	v.Set("state", string(state))
}
