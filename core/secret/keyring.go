package secret

import (
	"bytes"
	"encoding/hex"
	"fmt"
	"strings"
)

// Keyring holds the master key that wraps now, and older ones that may still
// unwrap. To rotate, put a new key in front, Rewrap every wrapped data key and
// the store's check value, then drop the old key.
type Keyring struct {
	Current *Master
	Older   []*Master
}

// ParseKeyring reads one master key a line, the current one first. Empty lines
// and lines that start with # are left out. Errors name the line, never its text.
func ParseKeyring(text string) (*Keyring, error) {
	ring := new(Keyring)
	number := 0
	for line := range strings.Lines(text) {
		number++
		line = strings.TrimSpace(line)
		if line == "" || strings.HasPrefix(line, "#") {
			continue
		}
		m, err := ParseMaster(line)
		if err != nil {
			return nil, fmt.Errorf("line %d: %w", number, err)
		}
		if ring.Current == nil {
			ring.Current = m
			continue
		}
		ring.Older = append(ring.Older, m)
	}
	if ring.Current == nil {
		return nil, fmt.Errorf("%w: it holds no master key", ErrMalformed)
	}
	return ring, nil
}

// Encode writes the keys as ParseKeyring reads them.
func (r *Keyring) Encode() string {
	text := r.Current.Encode() + "\n"
	for _, m := range r.Older {
		text += m.Encode() + "\n"
	}
	return text
}

// VerifyCheck accepts a check value of any key in the ring, and says by current
// whether it is the one of the key in front.
func (r *Keyring) VerifyCheck(value []byte) (current bool, err error) {
	if err = r.Current.VerifyCheck(value); err == nil {
		return true, nil
	}
	for _, m := range r.Older {
		if m.VerifyCheck(value) == nil {
			return false, nil
		}
	}
	return false, err
}

// NewDataKey makes a data key for aad, wrapped under the current master key.
func (r *Keyring) NewDataKey(aad string) (wrapped []byte, key *DataKey) {
	return r.Current.NewDataKey(aad)
}

// Unwrap gives the data key that any master key of the ring wrapped for aad.
func (r *Keyring) Unwrap(wrapped []byte, aad string) (*DataKey, error) {
	m, err := r.wrappedBy(wrapped)
	if err != nil {
		return nil, fmt.Errorf("unwrap a data key: %w", err)
	}
	return m.Unwrap(wrapped, aad)
}

// Rewrap gives the same data key wrapped under the current master key, or the
// value as it is where that is so already.
func (r *Keyring) Rewrap(wrapped []byte, aad string) ([]byte, error) {
	key, err := r.Unwrap(wrapped, aad)
	if err != nil {
		return nil, err
	}
	defer key.Wipe()
	if bytes.Equal(wrapped[:headSize], r.Current.box.header()) {
		return wrapped, nil
	}
	return r.Current.box.seal(key.box.keys().root[:], aad), nil
}

func (r *Keyring) wrappedBy(wrapped []byte) (*Master, error) {
	if len(wrapped) < Overhead || wrapped[0] != version1 {
		return nil, ErrMalformed
	}
	id := wrapped[1:headSize]
	if bytes.Equal(id, r.Current.box.id[:]) {
		return r.Current, nil
	}
	for _, m := range r.Older {
		if bytes.Equal(id, m.box.id[:]) {
			return m, nil
		}
	}
	return nil, fmt.Errorf("%w: it was wrapped by key %s", ErrWrongKey, hex.EncodeToString(id))
}
