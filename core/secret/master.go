package secret

import (
	"crypto/subtle"
	"encoding/base64"
	"encoding/hex"
	"fmt"
	"io"
	"log/slog"
	"strings"
)

// masterPrefix starts the text form of a master key, so that scanners for
// leaked secrets can know it and a later form can be told from this one.
const masterPrefix = "stormkeep-master-1:"

// Master is the key that wraps the data keys of all tenants. Printing one, in
// any way, shows its id only.
type Master struct{ box box }

// NewMaster makes a random master key.
func NewMaster() *Master {
	root := randomRoot()
	defer clear(root)
	return &Master{newBox("master", root)}
}

// ParseMaster reads what Encode wrote; blanks around it are ignored. Errors
// never hold any of the text.
func ParseMaster(text string) (*Master, error) {
	body, ok := strings.CutPrefix(strings.TrimSpace(text), masterPrefix)
	if !ok {
		return nil, fmt.Errorf("%w: a master key starts with %q", ErrMalformed, masterPrefix)
	}
	raw, err := base64.RawURLEncoding.Strict().DecodeString(body)
	if err != nil || len(raw) != keySize || strings.ContainsAny(body, "\r\n") {
		return nil, fmt.Errorf("%w: after %q a master key has 43 characters of base64url", ErrMalformed, masterPrefix)
	}
	defer clear(raw)
	return &Master{newBox("master", raw)}, nil
}

// Encode gives the text that goes into the key file or the environment. It is
// the only way to get the key out.
func (m *Master) Encode() string {
	return masterPrefix + base64.RawURLEncoding.EncodeToString(m.box.keys().root[:])
}

// ID names the key in headers, logs and errors: eight hexadecimal digits.
func (m *Master) ID() string { return hex.EncodeToString(m.box.id[:]) }

// CheckValue is what a store keeps to tell later whether it is given the key
// it was made with. It tells nothing about the key.
func (m *Master) CheckValue() []byte {
	return append(m.box.header(), m.box.derive("master check", keySize)...)
}

// VerifyCheck compares a stored check value. Another key is ErrWrongKey, and
// the error names both key ids; a value of no known form is ErrMalformed.
func (m *Master) VerifyCheck(value []byte) error {
	want := m.CheckValue()
	if len(value) != len(want) || value[0] != version1 {
		return fmt.Errorf("the store's key-check value: %w", ErrMalformed)
	}
	if subtle.ConstantTimeCompare(value, want) != 1 {
		return fmt.Errorf("%w: the data was made with key %x, this is key %s", ErrWrongKey, value[1:headSize], m.ID())
	}
	return nil
}

// NewDataKey makes a data key and its wrapped form, which is bound to aad: the
// tenant's id.
func (m *Master) NewDataKey(aad string) (wrapped []byte, key *DataKey) {
	root := randomRoot()
	defer clear(root)
	return m.box.seal(root, aad), newDataKey(root)
}

// Unwrap gives the data key that was wrapped for aad. Errors are ErrWrongKey,
// ErrNotAuthentic and ErrMalformed.
func (m *Master) Unwrap(wrapped []byte, aad string) (*DataKey, error) {
	plain, err := m.box.open(wrapped, aad)
	if err != nil {
		return nil, fmt.Errorf("unwrap a data key: %w", err)
	}
	if len(plain) != keySize {
		return nil, fmt.Errorf("unwrap a data key: %w", ErrMalformed)
	}
	defer clear(plain)
	return newDataKey(plain), nil
}

// Wipe overwrites the key as well as Go allows. The key must not be used at the
// same time or later.
func (m *Master) Wipe() { m.box.wipe() }

// String shows the id, never the key.
func (m *Master) String() string {
	if m == nil {
		return "master key (none)"
	}
	return "master key " + m.ID()
}

// Format makes every verb of fmt show what String shows.
func (m *Master) Format(f fmt.State, _ rune) { io.WriteString(f, m.String()) }

// LogValue makes slog show what String shows.
func (m *Master) LogValue() slog.Value { return slog.StringValue(m.String()) }
