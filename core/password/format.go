package password

import (
	"crypto/subtle"
	"encoding/base64"
	"fmt"
	"strconv"
	"strings"
)

// maxEncoded is longer than any hash that systems in use write, and bounds what
// parsing one allocates.
const maxEncoded = 1024

// verifier computes the hash of a password as it was done for the stored one.
type verifier interface {
	verify(password string) bool
	load() load
}

// stored is a hash that was parsed and found within the caps.
type stored struct {
	verifier
	format string
	params Params // of our own form; zero for any other
}

// format is one form of hash: the mark it begins with, and how the rest is read.
type format struct {
	name   string
	prefix string
	mcf    bool // one of the two forms that Stormpath takes as passwordFormat=mcf
	parse  func(rest string, caps Caps) (verifier, error)
}

// formats is all that Verify knows. A row without parse is a form that is known
// and not verified; it makes the error say so.
func formats() []format {
	return []format{
		{"argon2id", "$argon2id$", false, parseArgon2id},
		{"argon2i", "$argon2i$", false, parseArgon2i},
		{"argon2d", "$argon2d$", false, nil},
		{"bcrypt", "$2a$", true, parseBcrypt},
		{"bcrypt", "$2b$", true, parseBcrypt},
		{"bcrypt", "$2x$", true, parseBcrypt},
		{"bcrypt", "$2y$", true, parseBcrypt},
		{"stormpath2", "$stormpath2$", true, parseStormpath2},
		{"stormpath1", "$stormpath1$", false, nil},
		{"scrypt", "$scrypt$", false, parseScrypt},
		{"django pbkdf2_sha256", "pbkdf2_sha256$", false, parsePBKDF2SHA256},
		{"django pbkdf2_sha1", "pbkdf2_sha1$", false, parsePBKDF2SHA1},
		{"django argon2", "argon2$argon2id$", false, parseArgon2id},
		{"django argon2", "argon2$argon2i$", false, parseArgon2i},
		{"django bcrypt_sha256", "bcrypt_sha256$", false, parseDjangoBcryptSHA256},
		{"django bcrypt", "bcrypt$", false, parseDjangoBcrypt},
		{"django scrypt", "scrypt$", false, parseDjangoScrypt},
		{"django md5", "md5$", false, parseDjangoMD5},
		{"django sha1", "sha1$", false, parseDjangoSHA1},
		{"django crypt", "crypt$", false, nil},
		{"md5-crypt", "$1$", false, nil},
		{"sha256-crypt", "$5$", false, nil},
		{"sha512-crypt", "$6$", false, nil},
		{"phpass", "$P$", false, nil},
		{"no password, as Django marks it", "!", false, nil},
	}
}

func parse(encoded string, caps Caps) (stored, error) {
	if bareMD5(encoded) {
		encoded = "md5$$" + encoded
	}
	for _, f := range formats() {
		rest, ok := strings.CutPrefix(encoded, f.prefix)
		if !ok {
			continue
		}
		s := stored{format: f.name}
		if f.parse == nil {
			return s, fmt.Errorf("%w: %s", ErrUnsupported, f.name)
		}
		if len(encoded) > maxEncoded {
			return s, fmt.Errorf("%w: %s: it is over %d bytes", ErrMalformed, f.name, maxEncoded)
		}
		var err error
		if s.verifier, err = f.parse(rest, caps); err != nil {
			return s, fmt.Errorf("%s: %w", f.name, err)
		}
		if own, ok := s.verifier.(argon2Hash); ok && f.prefix == "$argon2id$" {
			s.params = own.current()
		}
		return s, nil
	}
	return stored{}, ErrUnsupported
}

// Recognised is Hasher.Recognised with the default caps.
func Recognised(encoded string) (format string, err error) {
	return new(Hasher).Recognised(encoded)
}

// IsMCF tells whether the text has the mark of one of the two forms that
// Stormpath takes with passwordFormat=mcf (stormpath-v1.md, section 27): bcrypt
// and stormpath2. Whether it is well-formed is for Recognised to say.
func IsMCF(encoded string) bool {
	for _, f := range formats() {
		if f.mcf && strings.HasPrefix(encoded, f.prefix) {
			return true
		}
	}
	return false
}

// fields splits at $ into exactly n parts.
func fields(text string, n int) ([]string, error) {
	parts := strings.SplitN(text, "$", n+1)
	if len(parts) != n {
		return nil, fmt.Errorf("%w: it must have %d fields", ErrMalformed, n)
	}
	return parts, nil
}

// cost reads a decimal number from 1 to limit. Signs and leading zeros are
// refused, so that a hash has one spelling.
func cost(name, text string, limit int) (int, error) {
	n, err := strconv.ParseUint(text, 10, 64)
	if numErr, ok := err.(*strconv.NumError); ok && numErr.Err == strconv.ErrRange && digits(text) {
		return 0, fmt.Errorf("%w: %s is over %d", ErrTooCostly, name, limit)
	}
	if err != nil || n == 0 || text[0] == '0' {
		return 0, fmt.Errorf("%w: %s is not a positive number", ErrMalformed, name)
	}
	if n > uint64(limit) {
		return 0, fmt.Errorf("%w: %s is %d, over %d", ErrTooCostly, name, n, limit)
	}
	return int(n), nil
}

func digits(text string) bool { return strings.Trim(text, "0123456789") == "" }

// decode reads base64 of between low and high bytes. The line breaks that
// encoding/base64 skips are refused.
func decode(enc *base64.Encoding, name, text string, low, high int) ([]byte, error) {
	raw, err := enc.Strict().DecodeString(text)
	if err != nil || strings.ContainsAny(text, "\r\n") {
		return nil, fmt.Errorf("%w: %s is not base64", ErrMalformed, name)
	}
	if len(raw) < low || len(raw) > high {
		return nil, fmt.Errorf("%w: %s has %d bytes", ErrMalformed, name, len(raw))
	}
	return raw, nil
}

func equal(a, b []byte) bool { return subtle.ConstantTimeCompare(a, b) == 1 }
