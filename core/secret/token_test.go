package secret

import (
	"strings"
	"testing"
)

func TestSecretsHaveTheirFormAndDiffer(t *testing.T) {
	const base64url = base62 + "-_"
	rows := []struct {
		name     string
		make     func() string
		length   int
		alphabet string
	}{
		{"token", Token, 43, base64url},
		{"API key id", APIKeyID, 26, upper36},
		{"API key secret", APIKeySecret, 43, base62},
		{"text of one letter", func() string { return Text(5, "x") }, 5, "x"},
		{"digits", func() string { return Text(20, "0123456789") }, 20, "0123456789"},
		{"nothing", func() string { return Text(0, "x") }, 0, ""},
	}
	for _, r := range rows {
		seen := map[string]bool{}
		for range 200 {
			s := r.make()
			if len(s) != r.length || strings.Trim(s, r.alphabet) != "" {
				t.Errorf("%s: %q", r.name, s)
			}
			if seen[s] && len(r.alphabet) > 1 {
				t.Errorf("%s: made twice", r.name)
			}
			seen[s] = true
		}
	}
}

// With 256 mod 36 = 4 the first four characters would come up an eighth more
// often. Of 360,000 characters each is due 10,000 times with a deviation of
// about 99, so the bounds lie eight deviations out.
func TestEachCharacterIsAsLikely(t *testing.T) {
	count := map[rune]int{}
	for _, c := range Text(360000, upper36) {
		count[c]++
	}
	for _, c := range upper36 {
		if n := count[c]; n < 9200 || n > 10800 {
			t.Errorf("%c came up %d times of 10000", c, n)
		}
	}
}

func TestATokenMatchesItsHashOnly(t *testing.T) {
	token := Token()
	hash := HashToken(token)
	if len(hash) != 32 || !Matches(token, hash) {
		t.Error("a token does not match its hash")
	}
	for name, ok := range map[string]bool{
		"another token": Matches(Token(), hash),
		"no hash":       Matches(token, nil),
		"half a hash":   Matches(token, hash[:16]),
		"no token":      Matches("", hash),
	} {
		if ok {
			t.Errorf("%s matches", name)
		}
	}
}
