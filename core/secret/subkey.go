package secret

import (
	"bytes"
	"crypto/aes"
	"crypto/cipher"
	"fmt"
)

// SubKey seals what is to be forgotten apart from all else: it is made of a data key
// and a salt, and who no longer has the salt cannot make it again. It shows nothing
// of itself when it is printed.
type SubKey struct{ aead func() (cipher.AEAD, []byte) }

// Sub is the key for one purpose, which holds no NUL, and one salt, of 16 random
// bytes or more.
func (d *DataKey) Sub(purpose string, salt []byte) SubKey {
	key := d.box.derive("data sub "+purpose+"\x00"+string(salt), keySize)
	defer clear(key)
	block, err := aes.NewCipher(key)
	if err != nil {
		panic(err) // The key has 32 bytes, which AES takes.
	}
	aead, err := cipher.NewGCMWithRandomNonce(block)
	if err != nil {
		panic(err) // AES has the block size that GCM wants.
	}
	head := d.box.header()
	return SubKey{func() (cipher.AEAD, []byte) { return aead, head }}
}

// Seal is DataKey.Seal under this key; the header names the data key.
func (s SubKey) Seal(plain []byte, aad string) []byte {
	aead, head := s.aead()
	out := append(make([]byte, 0, Overhead+len(plain)), head...)
	return aead.Seal(out, nil, plain, append(bytes.Clone(head), aad...))
}

// Open gives back what Seal took. Errors are those of DataKey.Open; that of another
// salt is ErrNotAuthentic.
func (s SubKey) Open(sealed []byte, aad string) ([]byte, error) {
	aead, head := s.aead()
	err := ErrMalformed
	if len(sealed) >= Overhead && sealed[0] == version1 {
		err = ErrWrongKey
		if bytes.HasPrefix(sealed, head) {
			plain, e := aead.Open(nil, nil, sealed[headSize:], append(bytes.Clone(head), aad...))
			if e == nil {
				return plain, nil
			}
			err = ErrNotAuthentic
		}
	}
	return nil, fmt.Errorf("open a sealed field: %w", err)
}
