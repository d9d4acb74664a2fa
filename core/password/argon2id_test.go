package password

import (
	"encoding/base64"
	"strings"
	"testing"
)

func rawBase64(raw []byte) string { return base64.RawStdEncoding.EncodeToString(raw) }

// The values are those of the reference implementation's own test
// (phc-winner-argon2, test.c).
func TestKeysAreThoseOfTheReference(t *testing.T) {
	rows := []string{
		"m=65536,t=2,p=1$c29tZXNhbHQ$CTFhFdXPJO1aFaMaO6Mm5c8y7cJHAph8ArZWb2GRPPc",
		"m=256,t=2,p=1$c29tZXNhbHQ$nf65EOgLrQMR/uIPnA4rEsF5h7TKyQwu9U1bMCHGi/4",
		"m=256,t=2,p=2$c29tZXNhbHQ$bQk8UB/VmZZF4Oo79iDXuL5/0ttZwg2f/5U52iv1cDc",
	}
	for _, row := range rows {
		s, err := parse("$argon2id$v=19$"+row, Caps{}.orDefault())
		if err != nil || !s.verify("password") || s.verify("passwore") {
			t.Errorf("%s: %v, or it does not verify as it should", row, err)
		}
	}
}

// What was written is read back whole, for every cost that may be set.
func TestCostsAreWrittenAsTheyAreRead(t *testing.T) {
	for _, p := range []Params{{8, 1, 1}, {33, 2, 1}, {64, 1, 8}, {100, 3, 2}, {2040, 1, 255}} {
		encoded := newArgon2id("password", p)
		s, err := parse(encoded, Caps{}.orDefault())
		if err != nil {
			t.Errorf("%+v: %v", p, err)
			continue
		}
		if s.params != p || !s.verify("password") || s.verify("Password") {
			t.Errorf("%+v: read back as %+v", p, s.params)
		}
		if n := strings.Count(encoded, "="); n != 4 {
			t.Errorf("%+v: %d equal signs in %s, so base64 is padded", p, n, encoded)
		}
	}
}
