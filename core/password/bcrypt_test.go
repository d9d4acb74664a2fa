package password

import (
	"context"
	"strings"
	"testing"
)

// Of a long password bcrypt sees 72 bytes; Django's bcrypt_sha256 sees all.
func TestBcryptTakesTheFirst72Bytes(t *testing.T) {
	const stored = "$2a$05$abcdefghijklmnopqrstuu5s2v8.iXieOjg/.AySBTTZIIVFJeBui"
	first := "0123456789abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ0123456789"
	rows := []struct {
		name, password string
		want           bool
	}{
		{"the 72 bytes alone", first, true},
		{"more after them", first + "anything", true},
		{"far more after them", first + strings.Repeat("x", MaxLength-72), true},
		{"71 bytes", first[:71], false},
		{"the last of them changed", first[:71] + "X", false},
	}
	var h Hasher
	for _, r := range rows {
		got, err := h.Verify(context.Background(), stored, r.password)
		if err != nil || got.OK != r.want {
			t.Errorf("%s: %+v, %v; want %v", r.name, got, err, r.want)
		}
	}
}

// The hash is one that the old library wrote: 0xA3 made it forget the bytes
// before. It stays closed, for the right password as for any other.
func TestA2xHashOfEightBitBytesDoesNotMatch(t *testing.T) {
	const stored = "$2x$05$/OK.fbVrR/bpIqNJ5ianF.CE5elHaaO4EbggVDjb8P19RukzXSM3e"
	var h Hasher
	if got, err := h.Verify(context.Background(), stored, "\xa3"); err != nil || got.OK {
		t.Errorf("%+v, %v", got, err)
	}
}
