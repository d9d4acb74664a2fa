package secret

import (
	"bytes"
	"crypto/aes"
	"crypto/cipher"
	"crypto/pbkdf2"
	"crypto/rand"
	"crypto/sha1"
	"encoding/base64"
	"fmt"
	"io"
	"slices"
	"strconv"
	"strings"
)

// The query parameters of Stormpath's secret encryption (stormpath-v1.md,
// section 4), and their defaults.
const (
	ParamSalt       = "encryptionKeySalt"
	ParamSize       = "encryptionKeySize"
	ParamIterations = "encryptionKeyIterations"

	DefaultKeySize       = 128
	DefaultKeyIterations = 1024
	maxKeyIterations     = 65536
	saltSize             = 16
)

// ParamError says which query parameter is wrong and why. The text may be shown.
type ParamError struct {
	Parameter string
	Reason    string
}

func (e *ParamError) Error() string { return e.Parameter + " " + e.Reason }

// Encryption is what a caller asked for with encryptSecret=true.
type Encryption struct {
	Salt       []byte // 16 bytes
	Size       int    // bits: 128, 192 or 256
	Iterations int    // 1 to 65536
}

// ParseEncryption reads the three query parameters. An empty size or iterations
// takes its default; a salt is required, in URL-safe base64 with or without
// padding. Errors are *ParamError.
func ParseEncryption(salt, size, iterations string) (Encryption, error) {
	e := Encryption{Size: DefaultKeySize, Iterations: DefaultKeyIterations}
	if salt == "" {
		return e, &ParamError{ParamSalt, "is required when encryptSecret is true."}
	}
	var err error
	e.Salt, err = base64.RawURLEncoding.DecodeString(strings.TrimRight(salt, "="))
	if err != nil {
		return e, &ParamError{ParamSalt, "is not URL-safe base64."}
	}
	if e.Size, err = number(size, DefaultKeySize); err != nil {
		return e, &ParamError{ParamSize, "is not a number."}
	}
	if e.Iterations, err = number(iterations, DefaultKeyIterations); err != nil {
		return e, &ParamError{ParamIterations, "is not a number."}
	}
	return e, e.check()
}

func number(text string, absent int) (int, error) {
	if text == "" {
		return absent, nil
	}
	return strconv.Atoi(text)
}

func (e Encryption) check() error {
	switch {
	case len(e.Salt) != saltSize:
		return &ParamError{ParamSalt, fmt.Sprintf("has %d bytes once decoded; it must have %d.", len(e.Salt), saltSize)}
	case !slices.Contains([]int{128, 192, 256}, e.Size):
		return &ParamError{ParamSize, "must be 128, 192 or 256."}
	case e.Iterations < 1 || e.Iterations > maxKeyIterations:
		return &ParamError{ParamIterations, fmt.Sprintf("must be between 1 and %d.", maxKeyIterations)}
	}
	return nil
}

// APISecretKey encrypts the secrets of one response. Deriving it is the dear
// part, so a list derives it once. Printing one shows no key.
type APISecretKey struct{ block func() cipher.Block }

// Key derives the AES key from the secret of the API key that makes the
// request: PBKDF2-HMAC-SHA1. Errors are *ParamError.
func (e Encryption) Key(requestingSecret string) (*APISecretKey, error) {
	if err := e.check(); err != nil {
		return nil, err
	}
	raw, err := pbkdf2.Key(sha1.New, requestingSecret, e.Salt, e.Iterations, e.Size/8)
	if err != nil {
		return nil, fmt.Errorf("derive the key of an API secret: %w", err)
	}
	defer clear(raw)
	block, err := aes.NewCipher(raw)
	if err != nil {
		return nil, err
	}
	return &APISecretKey{func() cipher.Block { return block }}, nil
}

// Encrypt gives standard base64 of IV and AES-CBC with PKCS#5 padding. iv is
// where the 16 bytes of the IV come from; nil is the system's random source.
func (k *APISecretKey) Encrypt(secret string, iv io.Reader) (string, error) {
	if iv == nil {
		iv = rand.Reader
	}
	pad := aes.BlockSize - len(secret)%aes.BlockSize
	out := make([]byte, aes.BlockSize, aes.BlockSize+len(secret)+pad)
	if _, err := io.ReadFull(iv, out); err != nil {
		return "", fmt.Errorf("make an IV: %w", err)
	}
	out = append(append(out, secret...), bytes.Repeat([]byte{byte(pad)}, pad)...)
	cipher.NewCBCEncrypter(k.block(), out[:aes.BlockSize]).CryptBlocks(out[aes.BlockSize:], out[aes.BlockSize:])
	return base64.StdEncoding.EncodeToString(out), nil
}

// EncryptAPISecret encrypts one secret as Stormpath's SDKs expect it. salt has
// 16 bytes, size is in bits. Errors about these are *ParamError.
func EncryptAPISecret(secret, requestingSecret string, salt []byte, size, iterations int, iv io.Reader) (string, error) {
	key, err := Encryption{salt, size, iterations}.Key(requestingSecret)
	if err != nil {
		return "", err
	}
	return key.Encrypt(secret, iv)
}
