package password

import (
	"encoding/base64"
	"fmt"

	"golang.org/x/crypto/scrypt"
)

// scryptHash is scrypt (RFC 7914) with its three costs.
type scryptHash struct {
	n, r, p int
	salt    []byte
	hash    []byte
}

func (h scryptHash) verify(password string) bool {
	key, err := scrypt.Key([]byte(password), h.salt, h.n, h.r, h.p, len(h.hash))
	return err == nil && equal(key, h.hash)
}

// load is one lane, since x/crypto works the p of scrypt one after the other.
func (h scryptHash) load() load { return load{lanes: 1, bytes: 128 * h.r * (h.n + h.p)} }

// parseScrypt reads ln=14,r=8,p=1$SALT$HASH, ln being the logarithm of N and
// both in base64 without padding, as passlib writes it.
func parseScrypt(rest string, caps Caps) (verifier, error) {
	parts, err := fields(rest, 3)
	if err != nil {
		return nil, err
	}
	costs, err := costFields(parts[0], "ln", "r", "p")
	if err != nil {
		return nil, err
	}
	ln, err := cost("ln", costs[0], 30)
	if err != nil {
		return nil, err
	}
	h := scryptHash{n: 1 << ln}
	if err = h.costs(costs[1], costs[2], caps); err != nil {
		return nil, err
	}
	if h.salt, err = decode(base64.RawStdEncoding, "the salt", parts[1], 0, maxEncoded); err != nil {
		return nil, err
	}
	h.hash, err = decode(base64.RawStdEncoding, "the hash", parts[2], 16, 128)
	return h, err
}

// parseDjangoScrypt reads N$SALT$r$p$HASH. The salt is used as it is written;
// the hash is standard base64.
func parseDjangoScrypt(rest string, caps Caps) (verifier, error) {
	parts, err := fields(rest, 5)
	if err != nil {
		return nil, err
	}
	h := scryptHash{salt: []byte(parts[1])}
	if h.n, err = cost("N", parts[0], 1<<31-1); err != nil {
		return nil, err
	}
	if h.n < 2 || h.n&(h.n-1) != 0 {
		return nil, fmt.Errorf("%w: N is not a power of two above one", ErrMalformed)
	}
	if err = h.costs(parts[2], parts[3], caps); err != nil {
		return nil, err
	}
	if len(h.salt) == 0 {
		return nil, fmt.Errorf("%w: it has no salt", ErrMalformed)
	}
	h.hash, err = decode(base64.StdEncoding, "the hash", parts[4], 16, 128)
	return h, err
}

// costs reads r and p and holds 128·N·r·p, which bounds both memory and time,
// against the cap.
func (h *scryptHash) costs(r, p string, caps Caps) (err error) {
	if h.r, err = cost("r", r, 1<<16); err != nil {
		return err
	}
	if h.p, err = cost("p", p, 1<<10); err != nil {
		return err
	}
	// Divided rather than multiplied, since the product may overflow.
	if h.n > caps.ScryptMemory/128/h.r/h.p {
		return fmt.Errorf("%w: 128·N·r·p is over %d bytes", ErrTooCostly, caps.ScryptMemory)
	}
	return nil
}
