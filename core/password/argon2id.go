package password

import (
	"crypto/rand"
	"encoding/base64"
	"fmt"
	"strings"

	"golang.org/x/crypto/argon2"
)

const (
	saltSize = 16
	hashSize = 32
)

// argon2Hash is the form of the PHC string format:
// $argon2id$v=19$m=19456,t=2,p=1$salt$hash, both in base64 without padding.
type argon2Hash struct {
	Params
	key  argon2Key
	salt []byte
	hash []byte
}

// argon2Key is argon2.IDKey or argon2.Key, which is argon2i.
type argon2Key func(password, salt []byte, time, memory uint32, threads uint8, size uint32) []byte

func (k argon2Key) of(password string, salt []byte, p Params, size int) []byte {
	return k([]byte(password), salt, p.Iterations, p.Memory, p.Parallelism, uint32(size))
}

func newArgon2id(password string, p Params) string {
	salt := make([]byte, saltSize)
	rand.Read(salt)
	hash := argon2Key(argon2.IDKey).of(password, salt, p, hashSize)
	enc := base64.RawStdEncoding
	return fmt.Sprintf("$argon2id$v=19$m=%d,t=%d,p=%d$%s$%s",
		p.Memory, p.Iterations, p.Parallelism, enc.EncodeToString(salt), enc.EncodeToString(hash))
}

func (h argon2Hash) verify(password string) bool {
	return equal(h.key.of(password, h.salt, h.Params, len(h.hash)), h.hash)
}

// current gives the costs to compare with those of new hashes, or none where
// salt or hash are shorter than ours.
func (h argon2Hash) current() Params {
	if len(h.salt) < saltSize || len(h.hash) < hashSize {
		return Params{}
	}
	return h.Params
}

func parseArgon2id(rest string, caps Caps) (verifier, error) {
	return parseArgon2(argon2.IDKey, rest, caps)
}

func parseArgon2i(rest string, caps Caps) (verifier, error) {
	return parseArgon2(argon2.Key, rest, caps)
}

// parseArgon2 reads what follows the variant. Version 1.0, which writes v=16 or
// no version at all, is not supported: RFC 9106 describes 1.3 only.
func parseArgon2(key argon2Key, rest string, caps Caps) (verifier, error) {
	if strings.HasPrefix(rest, "v=16$") || strings.HasPrefix(rest, "m=") {
		return nil, fmt.Errorf("%w: version 1.0", ErrUnsupported)
	}
	parts, err := fields(rest, 4)
	if err != nil {
		return nil, err
	}
	if parts[0] != "v=19" {
		return nil, fmt.Errorf("%w: the version is not v=19", ErrMalformed)
	}
	costs, err := costFields(parts[1], "m", "t", "p")
	if err != nil {
		return nil, err
	}
	h := argon2Hash{key: key}
	m, err := cost("m", costs[0], int(caps.Argon2Memory))
	if err != nil {
		return nil, err
	}
	t, err := cost("t", costs[1], int(caps.Argon2Iterations))
	if err != nil {
		return nil, err
	}
	p, err := cost("p", costs[2], 255)
	if err != nil {
		return nil, err
	}
	if m < 8*p {
		return nil, fmt.Errorf("%w: m is less than 8 times p", ErrMalformed)
	}
	h.Params = Params{Memory: uint32(m), Iterations: uint32(t), Parallelism: uint8(p)}
	if h.salt, err = decode(base64.RawStdEncoding, "the salt", parts[2], 8, 64); err != nil {
		return nil, err
	}
	h.hash, err = decode(base64.RawStdEncoding, "the hash", parts[3], 12, 128)
	return h, err
}

// costFields reads name=value,name=value,… in the order given, as the PHC
// string format wants it.
func costFields(text string, names ...string) ([]string, error) {
	parts := strings.SplitN(text, ",", len(names)+1)
	if len(parts) != len(names) {
		return nil, fmt.Errorf("%w: its costs must be %s", ErrMalformed, strings.Join(names, ", "))
	}
	for i, name := range names {
		value, ok := strings.CutPrefix(parts[i], name+"=")
		if !ok {
			return nil, fmt.Errorf("%w: its costs must be %s", ErrMalformed, strings.Join(names, ", "))
		}
		parts[i] = value
	}
	return parts, nil
}
