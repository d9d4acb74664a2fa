package secret

import (
	"crypto/hmac"
	"crypto/sha256"
	"encoding/hex"
	"fmt"
	"io"
	"log/slog"
)

// DataKey seals the fields of one tenant. It may be used by many goroutines.
// One data key seals up to 2^32 values (the bound of random GCM nonces, NIST
// SP 800-38D, section 8.3).
type DataKey struct{ box box }

func newDataKey(root []byte) *DataKey { return &DataKey{newBox("data", root)} }

// ID names the key in the header of what it seals: eight hexadecimal digits.
func (d *DataKey) ID() string { return hex.EncodeToString(d.box.id[:]) }

// Seal encrypts plain for the place aad names, written tenant/kind/id/field.
// The result is Overhead bytes longer than plain, and different each time.
func (d *DataKey) Seal(plain []byte, aad string) []byte { return d.box.seal(plain, aad) }

// Open gives back what Seal took, if the place is the same. Errors are
// ErrWrongKey, ErrNotAuthentic and ErrMalformed.
func (d *DataKey) Open(sealed []byte, aad string) ([]byte, error) {
	plain, err := d.box.open(sealed, aad)
	if err != nil {
		return nil, fmt.Errorf("open a sealed field: %w", err)
	}
	return plain, nil
}

// MAC is HMAC-SHA256 under a key of its own for each purpose: 32 bytes. It
// stands for short values a person types, which a plain hash would not hide.
func (d *DataKey) MAC(purpose string, data []byte) []byte {
	key := d.box.derive("data mac "+purpose, keySize)
	mac := hmac.New(sha256.New, key)
	clear(key)
	mac.Write(data)
	return mac.Sum(nil)
}

// Wipe overwrites the key as well as Go allows. The key must not be used at the
// same time or later.
func (d *DataKey) Wipe() { d.box.wipe() }

// String shows the id, never the key.
func (d *DataKey) String() string {
	if d == nil {
		return "data key (none)"
	}
	return "data key " + d.ID()
}

// Format makes every verb of fmt show what String shows.
func (d *DataKey) Format(f fmt.State, _ rune) { io.WriteString(f, d.String()) }

// LogValue makes slog show what String shows.
func (d *DataKey) LogValue() slog.Value { return slog.StringValue(d.String()) }
