package secret

import (
	"bytes"
	"errors"
	"testing"
)

// goldenSealed is what the first version made of "seed" for acme/factor/f1/seed.
const goldenSealed = "\x01\xee\xeb\xf3\xdd\x0c\xe4\xdc\x52\xec\x12\x59\x36\x12\xf9\xc4\xbb\xa9\x85\xbf\x6b\xe5\xaf\x72\xdc\x27\x72\xb8\x16\xfe\xde\xfc\xf4\xf9\x41\x6f\x01"

// fixed is a box whose key does not change between runs.
func fixed(scope string, fill byte) box {
	return newBox(scope, bytes.Repeat([]byte{fill}, keySize))
}

func TestEveryByteOfASealedValueCounts(t *testing.T) {
	b := fixed("data", 7)
	sealed := b.seal([]byte("seed"), "acme/factor/f1/seed")
	for i := range sealed {
		changed := bytes.Clone(sealed)
		changed[i] ^= 1
		want := ErrNotAuthentic
		switch {
		case i == 0:
			want = ErrMalformed
		case i < headSize:
			want = ErrWrongKey
		}
		if _, err := b.open(changed, "acme/factor/f1/seed"); !errors.Is(err, want) {
			t.Errorf("byte %d changed: %v, want %v", i, err, want)
		}
	}
	for n := range sealed {
		if _, err := b.open(sealed[:n], "acme/factor/f1/seed"); err == nil {
			t.Errorf("the first %d bytes open", n)
		}
	}
}

// Two keys of one root must not be one key: ids are shown, and what a master
// wraps must not open as a field.
func TestScopesAndPurposesKeepKeysApart(t *testing.T) {
	master, data := fixed("master", 7), fixed("data", 7)
	if master.id == data.id {
		t.Error("master and data key of one root have one id")
	}
	data.id = master.id
	if _, err := data.open(master.seal([]byte("x"), ""), ""); !errors.Is(err, ErrNotAuthentic) {
		t.Errorf("a data key opens what a master sealed: %v", err)
	}
	if bytes.Contains(master.derive("a", 32), data.derive("b", 8)) {
		t.Error("two purposes share a key")
	}
}

// What was stored by this version must open in every later one.
func TestTheStoredFormIsFrozen(t *testing.T) {
	sealed := []byte(goldenSealed)
	plain, err := fixed("data", 7).open(sealed, "acme/factor/f1/seed")
	if err != nil || string(plain) != "seed" {
		t.Errorf("%q, %v", plain, err)
	}
}

func FuzzOpen(f *testing.F) {
	b := fixed("data", 7)
	f.Add([]byte{}, "")
	f.Add([]byte(goldenSealed), "acme/factor/f1/seed")
	f.Fuzz(func(t *testing.T, sealed []byte, aad string) {
		if plain, err := b.open(sealed, aad); err == nil && string(plain) != "seed" {
			t.Fatalf("%x opens as %x", sealed, plain)
		}
	})
}
