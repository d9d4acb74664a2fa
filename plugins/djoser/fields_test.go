package djoser

import (
	"slices"
	"testing"

	"github.com/stormkeep/stormkeep/core"
)

func TestWhatIsAnAddress(t *testing.T) {
	for address, want := range map[string]bool{
		"a@b.co": true, "a.b+c@x.example.com": true, "a@localhost": true, "A@B.CO": true, "ä@b.co": false, "a@bücher.de": true,
		"a@b": false, "@b.co": false, "a@": false, "a b@c.co": false, "a@b.co\n": false, "a@b..co": false, "a@-b.co": false, "a": false, "": false,
		"<a@b.co>": false, "a@b.co,c@d.co": false, "a@b@c.co": false,
	} {
		if got := validEmail(address); got != want {
			t.Errorf("%q: %v", address, got)
		}
	}
}

func TestWeakPasswordsAreCalledAsDjangoCallsThem(t *testing.T) {
	rules := &core.Strength{MinLength: 9, MaxLength: 10, DenyCommon: true, DenyNumeric: true, DenySimilar: true}
	of := &core.Account{Username: "johnny", Email: "zed@example.com"}
	for pw, want := range map[string][]string{
		"12345678":    {"This password is too short. It must contain at least 9 characters.", "This password is too common.", "This password is entirely numeric."},
		"johnny-3x-":  {"The password is too similar to the username."},
		"example.co":  {"The password is too similar to the email address."},
		"qwkjvbzpmxy": {"Ensure this value has at most 10 characters (it has 11)."},
		"qwkjvbzpmx":  nil,
	} {
		if got := weak(rules.Faults(pw, of), pw); !slices.Equal(got, want) {
			t.Errorf("%s: %q", pw, got)
		}
	}
	upper := &core.Strength{MinLength: 1, MaxLength: 99, MinUpperCase: 1, MinLowerCase: 2, MinNumeric: 3, MinSymbol: 1, MinDiacritic: 1}
	if got := weak(upper.Faults("-é", nil), "-é"); len(got) != 3 {
		t.Errorf("%q", got)
	}
}

func TestUIDs(t *testing.T) {
	for n, uid := range map[int64]string{1: "MQ", 2: "Mg", 10: "MTA", 99: "OTk", 100: "MTAw", 1234: "MTIzNA"} {
		if got := uidOf(&core.Account{Numbered: core.Numbered{Number: n}}); got != uid || numberOf(uid) != n || numberOf(uid+"==") != n {
			t.Errorf("%d: %q, %d", n, got, numberOf(uid))
		}
	}
}
