package password

import (
	"crypto/md5"
	"crypto/sha1"
	"crypto/sha256"
	"crypto/sha512"
	"encoding/base64"
	"fmt"
	"hash"
)

// stormpath2Hash is ALG$ITER$SALT$HASH (stormpath-v1.md, section 27): ALG over
// salt and password, and ALG again over its own result ITER-1 times.
type stormpath2Hash struct {
	light
	algorithm  func() hash.Hash
	iterations int
	salt       []byte
	hash       []byte
}

func (h stormpath2Hash) verify(password string) bool {
	digest := h.algorithm()
	digest.Write(h.salt)
	digest.Write([]byte(password))
	sum := digest.Sum(nil)
	for range h.iterations - 1 {
		digest.Reset()
		digest.Write(sum)
		sum = digest.Sum(sum[:0])
	}
	return equal(sum, h.hash)
}

func parseStormpath2(rest string, caps Caps) (verifier, error) {
	parts, err := fields(rest, 4)
	if err != nil {
		return nil, err
	}
	var h stormpath2Hash
	switch parts[0] {
	case "MD5":
		h.algorithm = md5.New
	case "SHA-1":
		h.algorithm = sha1.New
	case "SHA-256":
		h.algorithm = sha256.New
	case "SHA-384":
		h.algorithm = sha512.New384
	case "SHA-512":
		h.algorithm = sha512.New
	default:
		return nil, fmt.Errorf("%w: its algorithm is none of MD5, SHA-1, SHA-256, SHA-384 and SHA-512", ErrMalformed)
	}
	if h.iterations, err = cost("the number of iterations", parts[1], caps.StormpathIterations); err != nil {
		return nil, err
	}
	if h.salt, err = decode(base64.StdEncoding, "the salt", parts[2], 0, maxEncoded); err != nil {
		return nil, err
	}
	size := h.algorithm().Size()
	h.hash, err = decode(base64.StdEncoding, "the hash", parts[3], size, size)
	return h, err
}
