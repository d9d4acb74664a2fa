package secret

import (
	"bytes"
	"crypto/aes"
	"crypto/cipher"
	"encoding/base64"
	"errors"
	"testing"
)

func counting() *bytes.Reader {
	return bytes.NewReader([]byte{0, 1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 11, 12, 13, 14, 15})
}

// The vectors are in stormpath-v1.md, section 4.
func TestAPISecretsAreEncryptedAsTheSDKsDecrypt(t *testing.T) {
	rows := map[int]string{
		128: "AAECAwQFBgcICQoLDA0OD3Q/h7wMySUCDbDl9paU3WEwkHvr5TrbAPbKJXPBJS40",
		256: "AAECAwQFBgcICQoLDA0OD32J80VpZVVI7RiqRE6+0ttA8Oy8hJPbSDaBDSfE915Z",
	}
	for size, want := range rows {
		got, err := EncryptAPISecret("NewAccountApiKeySecretValue", "requestingKeySecretForTests",
			[]byte("0123456789abcdef"), size, 1024, counting())
		if err != nil || got != want {
			t.Errorf("%d bits: %s, %v; want %s", size, got, err, want)
		}
	}
}

// Secrets of every length about a block come back whole, with an IV of their own.
func TestPaddingFillsTheLastBlock(t *testing.T) {
	key, err := Encryption{[]byte("0123456789abcdef"), 192, 1}.Key("requesting")
	if err != nil {
		t.Fatal(err)
	}
	seen := map[string]bool{}
	for n := range 34 {
		secret := Text(n, base62)
		text, err := key.Encrypt(secret, nil)
		if err != nil {
			t.Fatal(err)
		}
		raw, err := base64.StdEncoding.DecodeString(text)
		if err != nil || len(raw) != aes.BlockSize+(n/aes.BlockSize+1)*aes.BlockSize {
			t.Fatalf("%d bytes became %d, %v", n, len(raw), err)
		}
		iv, body := raw[:aes.BlockSize], raw[aes.BlockSize:]
		if seen[string(iv)] {
			t.Error("an IV came up twice")
		}
		seen[string(iv)] = true
		cipher.NewCBCDecrypter(key.block(), iv).CryptBlocks(body, body)
		pad := int(body[len(body)-1])
		if got := string(body[:len(body)-pad]); got != secret {
			t.Errorf("%d bytes: %q, want %q", n, got, secret)
		}
	}
}

func TestEncryptionParametersAreChecked(t *testing.T) {
	const salt = "MDEyMzQ1Njc4OWFiY2RlZg"
	rows := []struct {
		name, salt, size, iterations string
		param                        string // "" is accepted
	}{
		{"defaults", salt, "", "", ""},
		{"padded salt", salt + "==", "128", "1", ""},
		{"largest", salt, "256", "65536", ""},
		{"middle", salt, "192", "1024", ""},
		{"salt with URL-safe characters", "-_-_-_-_-_-_-_-_-_-_-w", "", "", ""},
		{"no salt", "", "", "", ParamSalt},
		{"salt of 15 bytes", "MDEyMzQ1Njc4OWFiY2Rl", "", "", ParamSalt},
		{"salt of 17 bytes", "MDEyMzQ1Njc4OWFiY2RlZmc", "", "", ParamSalt},
		{"salt that is not base64", "not base64!", "", "", ParamSalt},
		{"salt in standard base64", "+/+/+/+/+/+/+/+/+/+/+w", "", "", ParamSalt},
		{"size 64", salt, "64", "", ParamSize},
		{"size in words", salt, "big", "", ParamSize},
		{"no iteration", salt, "", "0", ParamIterations},
		{"one iteration too many", salt, "", "65537", ParamIterations},
		{"negative iterations", salt, "", "-1", ParamIterations},
		{"iterations over 64 bits", salt, "", "99999999999999999999", ParamIterations},
	}
	for _, r := range rows {
		e, err := ParseEncryption(r.salt, r.size, r.iterations)
		var param *ParamError
		switch {
		case r.param == "" && (err != nil || len(e.Salt) != 16):
			t.Errorf("%s: %+v, %v", r.name, e, err)
		case r.param != "" && (!errors.As(err, &param) || param.Parameter != r.param || param.Reason == ""):
			t.Errorf("%s: %v, want an error of %s", r.name, err, r.param)
		}
	}
	if e, _ := ParseEncryption(salt, "", ""); e.Size != 128 || e.Iterations != 1024 || string(e.Salt) != "0123456789abcdef" {
		t.Errorf("defaults are %+v", e)
	}
	if _, err := EncryptAPISecret("s", "r", []byte("short"), 128, 1024, nil); err == nil {
		t.Error("a short salt is taken")
	}
	if _, err := EncryptAPISecret("s", "r", []byte("0123456789abcdef"), 128, 1024, bytes.NewReader(nil)); err == nil {
		t.Error("an IV is made of nothing")
	}
}
