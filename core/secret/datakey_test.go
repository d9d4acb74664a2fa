package secret

import (
	"bytes"
	"errors"
	"sync"
	"testing"
)

func TestAFieldOpensInItsPlaceOnly(t *testing.T) {
	_, key := NewMaster().NewDataKey("acme")
	_, other := NewMaster().NewDataKey("acme")
	const place = "acme/apiKey/k1/secret"
	for _, plain := range [][]byte{nil, []byte("x"), bytes.Repeat([]byte("long"), 1<<12)} {
		sealed := key.Seal(plain, place)
		if len(sealed) != len(plain)+Overhead {
			t.Errorf("%d bytes became %d", len(plain), len(sealed))
		}
		if got, err := key.Open(sealed, place); err != nil || !bytes.Equal(got, plain) {
			t.Errorf("%d bytes: %v", len(plain), err)
		}
		if bytes.Equal(sealed, key.Seal(plain, place)) {
			t.Error("sealed twice, the bytes are the same")
		}
		for _, elsewhere := range []string{"", "evil/apiKey/k1/secret", "acme/apiKey/k2/secret", "acme/apiKey/k1/other", place + "/"} {
			if _, err := key.Open(sealed, elsewhere); !errors.Is(err, ErrNotAuthentic) {
				t.Errorf("opened as %q: %v", elsewhere, err)
			}
		}
		if _, err := other.Open(sealed, place); !errors.Is(err, ErrWrongKey) {
			t.Errorf("another key: %v", err)
		}
	}
}

func TestSealLeavesThePlainAsItWas(t *testing.T) {
	_, key := NewMaster().NewDataKey("acme")
	plain := append(make([]byte, 0, 100), "secret"...)
	key.Seal(plain, "p")
	if string(plain[:6]) != "secret" || !bytes.Equal(plain[6:100], make([]byte, 94)) {
		t.Error("the caller's bytes were written to")
	}
}

func TestMACsDifferByPurposeDataAndKey(t *testing.T) {
	m := NewMaster()
	wrapped, key := m.NewDataKey("acme")
	_, other := m.NewDataKey("acme")
	again, err := m.Unwrap(wrapped, "acme")
	if err != nil {
		t.Fatal(err)
	}
	code := key.MAC("code", []byte("123456"))
	if len(code) != 32 || !Equal(code, again.MAC("code", []byte("123456"))) {
		t.Error("the same MAC differs after unwrapping")
	}
	for name, mac := range map[string][]byte{
		"purpose": key.MAC("login", []byte("123456")),
		"data":    key.MAC("code", []byte("123457")),
		"key":     other.MAC("code", []byte("123456")),
	} {
		if Equal(code, mac) {
			t.Errorf("another %s makes the same MAC", name)
		}
	}
}

func TestManyMayUseOneKeyAtOnce(t *testing.T) {
	_, key := NewMaster().NewDataKey("acme")
	var all sync.WaitGroup
	for range 8 {
		all.Go(func() {
			for range 100 {
				if _, err := key.Open(key.Seal([]byte("x"), "p"), "p"); err != nil {
					t.Error(err)
				}
				key.MAC("p", nil)
			}
		})
	}
	all.Wait()
}

func BenchmarkSeal(b *testing.B) {
	_, key := NewMaster().NewDataKey("acme")
	plain := []byte(Token())
	b.ReportAllocs()
	for b.Loop() {
		key.Seal(plain, "acme/apiKey/k1/secret")
	}
}

func BenchmarkOpen(b *testing.B) {
	_, key := NewMaster().NewDataKey("acme")
	sealed := key.Seal([]byte(Token()), "acme/apiKey/k1/secret")
	b.ReportAllocs()
	for b.Loop() {
		key.Open(sealed, "acme/apiKey/k1/secret")
	}
}

func BenchmarkMAC(b *testing.B) {
	_, key := NewMaster().NewDataKey("acme")
	for b.Loop() {
		key.MAC("code", []byte("123456"))
	}
}
