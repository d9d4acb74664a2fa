package secret

import (
	"crypto/rand"
	"crypto/sha256"
	"crypto/subtle"
	"encoding/base64"
)

const (
	upper36 = "0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZ"
	base62  = "0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz"
)

// Token makes 256 random bits, written as 43 characters of base64url.
func Token() string {
	var raw [32]byte
	rand.Read(raw[:])
	return base64.RawURLEncoding.EncodeToString(raw[:])
}

// HashToken is the form in which a token is stored: SHA-256, 32 bytes. It suits
// secrets of full entropy only, never what a person chose or types.
func HashToken(token string) []byte {
	sum := sha256.Sum256([]byte(token))
	return sum[:]
}

// Matches tells whether a shown token is the one whose hash is stored, in a
// time that does not depend on where they differ.
func Matches(token string, hash []byte) bool { return Equal(HashToken(token), hash) }

// Equal compares two hashes or MACs in a time that depends on their lengths only.
func Equal(a, b []byte) bool { return subtle.ConstantTimeCompare(a, b) == 1 }

// APIKeyID makes an id as Stormpath's keys have it: 26 characters of 0-9 and
// A-Z, which are 134 random bits.
func APIKeyID() string { return Text(26, upper36) }

// APIKeySecret makes 43 characters of 0-9, A-Z and a-z, which are 256 random
// bits. It holds none of : + / because SDKs put it into Basic headers and
// property files unescaped.
func APIKeySecret() string { return Text(43, base62) }

// Text makes a random text of n characters, each as likely as any other of the
// alphabet, which must hold 1 to 256 characters of one byte.
func Text(n int, alphabet string) string {
	// Bytes at or above the last whole multiple are thrown away: taking them
	// modulo the length would favour the first characters.
	limit := 256 - 256%len(alphabet)
	out := make([]byte, 0, n)
	buf := make([]byte, n+n/4+8)
	for len(out) < n {
		rand.Read(buf)
		for _, b := range buf {
			if int(b) < limit && len(out) < n {
				out = append(out, alphabet[int(b)%len(alphabet)])
			}
		}
	}
	return string(out)
}
