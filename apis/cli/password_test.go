package cli

import (
	"strings"
	"testing"
)

func TestAPasswordIsOneLineOfStandardInput(t *testing.T) {
	for _, c := range []struct{ name, stdin, want string }{
		{"a line", "correct horse\n", "correct horse"},
		{"no end of line", "correct horse", "correct horse"},
		{"Windows", "correct horse\r\n", "correct horse"},
		{"the rest is left", "correct horse\nmore\n", "correct horse"},
		{"blanks are part of it", "  a password \n", "  a password "},
		{"nothing", "", ""},
		{"an empty line", "\ncorrect horse\n", ""},
		{"too short", "1234567\n", ""},
		{"too long", strings.Repeat("x", 256), ""},
		{"far too long", strings.Repeat("x", 1<<20), ""},
		{"no text", "correct\xffhorse\n", ""},
	} {
		t.Run(c.name, func(t *testing.T) {
			got, err := (&Program{Stdin: strings.NewReader(c.stdin)}).readPassword()
			if got != c.want || (err == nil) != (c.want != "") {
				t.Errorf("got %q, %v", got, err)
			}
		})
	}
}
