package password

import (
	"crypto/sha256"
	"encoding/hex"
	"fmt"
	"strings"

	"golang.org/x/crypto/bcrypt"
)

const bcryptAlphabet = "./ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789"

// bcryptHash verifies as bcrypt does everywhere: of a longer password the first
// 72 bytes count, and the rest says nothing. Refusing such a login would lock
// out people whose hash is right; the rehash to argon2id takes the whole
// password from then on.
//
// The four marks are verified alike. $2x$ marks hashes of an old PHP library
// that went wrong on bytes above 127: such a hash matches here only if the
// password is plain ASCII, and the owner of another resets it.
type bcryptHash struct {
	light
	encoded string
	sha256  bool // Django's bcrypt_sha256 hashes the hexadecimal SHA-256
}

func (h bcryptHash) verify(password string) bool {
	if h.sha256 {
		sum := sha256.Sum256([]byte(password))
		password = hex.EncodeToString(sum[:])
	}
	return bcrypt.CompareHashAndPassword([]byte(h.encoded), []byte(password)) == nil
}

// parseBcrypt reads what follows the mark: two digits of cost, $, 22 characters
// of salt and 31 of hash. The mark itself makes no difference, see bcryptHash.
func parseBcrypt(rest string, caps Caps) (verifier, error) {
	if len(rest) != 2+1+22+31 || rest[2] != '$' || !digits(rest[:2]) {
		return nil, fmt.Errorf("%w: after its mark it has two digits, $ and 53 characters", ErrMalformed)
	}
	if strings.Trim(rest[3:], bcryptAlphabet) != "" {
		return nil, fmt.Errorf("%w: it holds a character that bcrypt does not write", ErrMalformed)
	}
	n := int(rest[0]-'0')*10 + int(rest[1]-'0')
	if n < bcrypt.MinCost || n > bcrypt.MaxCost {
		return nil, fmt.Errorf("%w: its cost is not between %d and %d", ErrMalformed, bcrypt.MinCost, bcrypt.MaxCost)
	}
	if n > caps.BcryptCost {
		return nil, fmt.Errorf("%w: its cost is %d, over %d", ErrTooCostly, n, caps.BcryptCost)
	}
	return bcryptHash{encoded: "$2b$" + rest}, nil
}

// parseDjangoBcrypt reads bcrypt$ and then a whole bcrypt hash.
func parseDjangoBcrypt(rest string, caps Caps) (verifier, error) {
	for _, mark := range []string{"$2a$", "$2b$", "$2x$", "$2y$"} {
		if body, ok := strings.CutPrefix(rest, mark); ok {
			return parseBcrypt(body, caps)
		}
	}
	return nil, fmt.Errorf("%w: no bcrypt hash follows", ErrMalformed)
}

func parseDjangoBcryptSHA256(rest string, caps Caps) (verifier, error) {
	v, err := parseDjangoBcrypt(rest, caps)
	if err != nil {
		return nil, err
	}
	h := v.(bcryptHash)
	h.sha256 = true
	return h, nil
}
