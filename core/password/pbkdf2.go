package password

import (
	"crypto/pbkdf2"
	"crypto/sha1"
	"crypto/sha256"
	"encoding/base64"
	"fmt"
	"hash"
)

// pbkdf2Hash is Django's ITERATIONS$SALT$HASH. The salt is used as it is
// written; the hash is standard base64.
type pbkdf2Hash struct {
	light
	algorithm  func() hash.Hash
	iterations int
	salt       []byte
	hash       []byte
}

func (h pbkdf2Hash) verify(password string) bool {
	key, err := pbkdf2.Key(h.algorithm, password, h.salt, h.iterations, len(h.hash))
	return err == nil && equal(key, h.hash)
}

func parsePBKDF2SHA256(rest string, caps Caps) (verifier, error) {
	return parsePBKDF2(sha256.New, rest, caps)
}

func parsePBKDF2SHA1(rest string, caps Caps) (verifier, error) {
	return parsePBKDF2(sha1.New, rest, caps)
}

func parsePBKDF2(algorithm func() hash.Hash, rest string, caps Caps) (verifier, error) {
	parts, err := fields(rest, 3)
	if err != nil {
		return nil, err
	}
	h := pbkdf2Hash{algorithm: algorithm, salt: []byte(parts[1])}
	if h.iterations, err = cost("the number of iterations", parts[0], caps.PBKDF2Iterations); err != nil {
		return nil, err
	}
	if len(h.salt) == 0 {
		return nil, fmt.Errorf("%w: it has no salt", ErrMalformed)
	}
	size := algorithm().Size()
	h.hash, err = decode(base64.StdEncoding, "the hash", parts[2], size, size)
	return h, err
}
