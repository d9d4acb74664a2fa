package password

import (
	"crypto/md5"
	"crypto/sha1"
	"encoding/hex"
	"fmt"
	"hash"
	"strings"
)

// digestHash is what Django wrote before version 1.4, and what sites of that age still
// hold: one digest over salt and password. It protects nobody whose hash is known,
// which is why it goes at the first login.
type digestHash struct {
	light
	algorithm func() hash.Hash
	salt      string // as it is written; "" for none
	hash      []byte
}

func (h digestHash) verify(password string) bool {
	digest := h.algorithm()
	digest.Write([]byte(h.salt))
	digest.Write([]byte(password))
	return equal(digest.Sum(nil), h.hash)
}

func parseDjangoSHA1(rest string, _ Caps) (verifier, error) { return parseDigest(sha1.New, rest) }

func parseDjangoMD5(rest string, _ Caps) (verifier, error) { return parseDigest(md5.New, rest) }

// parseDigest reads SALT$HASH, the hash in hexadecimal.
func parseDigest(algorithm func() hash.Hash, rest string) (verifier, error) {
	parts, err := fields(rest, 2)
	if err != nil {
		return nil, err
	}
	h := digestHash{algorithm: algorithm, salt: parts[0]}
	if h.hash, err = hex.DecodeString(parts[1]); err != nil || len(h.hash) != algorithm().Size() || strings.ToLower(parts[1]) != parts[1] {
		return nil, fmt.Errorf("%w: the hash is not %d hexadecimal digits", ErrMalformed, 2*algorithm().Size())
	}
	return h, nil
}

// bareMD5 tells whether a text is a digest without a mark, as Django before 0.96 wrote
// it: 32 hexadecimal digits.
func bareMD5(text string) bool {
	return len(text) == 2*md5.Size && strings.Trim(text, "0123456789abcdef") == ""
}
