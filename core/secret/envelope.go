// Package secret keeps the secrets that must be readable again, makes the ones
// that need not be, and compares both without telling how far they agree.
//
// A master key wraps one data key per tenant, and a data key seals fields with
// AES-256-GCM. What is sealed is bound to its place: the same bytes moved to
// another tenant, record or field no longer open. Which secrets are sealed and
// which are only hashed is decided where each is stored.
package secret

import (
	"bytes"
	"crypto/aes"
	"crypto/cipher"
	"crypto/hkdf"
	"crypto/rand"
	"crypto/sha256"
	"errors"
)

var (
	// ErrWrongKey says that another key than the one at hand wrapped or sealed
	// the value, told by the key id in its header or by the store's check value.
	ErrWrongKey = errors.New("the key is not the one that protects this data")

	// ErrNotAuthentic says that a value was changed, or is opened for another
	// place than the one it was sealed for.
	ErrNotAuthentic = errors.New("the sealed value was changed, or belongs to another place")

	// ErrMalformed says that the bytes or text have no form this version knows.
	ErrMalformed = errors.New("the value has no form that this version knows")
)

// A sealed or wrapped value is: version (1 byte), key id (4 bytes), nonce (12
// bytes), ciphertext, tag (16 bytes). The first five bytes are authenticated
// together with the caller's place.
const (
	version1  = 1
	idSize    = 4
	keySize   = 32
	headSize  = 1 + idSize
	nonceSize = 12
	tagSize   = 16

	// Overhead is how many bytes longer a sealed value is than the plain one.
	Overhead = headSize + nonceSize + tagSize
)

// box is a 256-bit root and what is derived from it. Both are held by a
// function, because fmt cannot look into one: it ignores the Format methods of
// unexported fields, and follows even nested pointers for a verb that does not
// fit, so any other box inside a logged struct could show its key.
type box struct {
	keys func() *keys
	id   [idSize]byte
}

type keys struct {
	root [keySize]byte
	aead cipher.AEAD
}

// newBox derives the id and the sealing key. HKDF-Expand alone is enough, since
// the root is uniformly random (RFC 5869, section 3.3). scope keeps the keys of
// a master and of a data key apart.
func newBox(scope string, root []byte) box {
	k := new(keys)
	copy(k.root[:], root)
	b := box{keys: func() *keys { return k }}
	copy(b.id[:], b.derive(scope+" id", idSize))
	sealing := b.derive(scope+" seal", keySize)
	block, err := aes.NewCipher(sealing)
	if err != nil {
		panic(err) // The key has 32 bytes, which AES takes.
	}
	clear(sealing)
	if k.aead, err = cipher.NewGCMWithRandomNonce(block); err != nil {
		panic(err) // AES has the block size that GCM wants.
	}
	return b
}

// randomRoot makes the root of a new key.
func randomRoot() []byte {
	root := make([]byte, keySize)
	rand.Read(root)
	return root
}

// derive makes size bytes that only the holder of the root can make.
func (b box) derive(info string, size int) []byte {
	key, err := hkdf.Expand(sha256.New, b.keys().root[:], "stormkeep/1 "+info, size)
	if err != nil {
		panic(err) // All sizes asked for are far below 255 hashes.
	}
	return key
}

func (b box) header() []byte { return append([]byte{version1}, b.id[:]...) }

func (b box) seal(plain []byte, aad string) []byte {
	out := make([]byte, headSize, Overhead+len(plain))
	copy(out, b.header())
	return b.keys().aead.Seal(out, nil, plain, append(b.header(), aad...))
}

func (b box) open(sealed []byte, aad string) ([]byte, error) {
	if len(sealed) < Overhead || sealed[0] != version1 {
		return nil, ErrMalformed
	}
	if !bytes.Equal(sealed[1:headSize], b.id[:]) {
		return nil, ErrWrongKey
	}
	plain, err := b.keys().aead.Open(nil, nil, sealed[headSize:], append(b.header(), aad...))
	if err != nil {
		return nil, ErrNotAuthentic
	}
	return plain, nil
}

// wipe overwrites the root. The cipher's own schedule and copies the runtime
// may have made stay until the memory is used again.
func (b box) wipe() { clear(b.keys().root[:]) }
