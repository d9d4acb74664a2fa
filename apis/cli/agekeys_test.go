package cli

import (
	"os"
	"path/filepath"
	"testing"
)

func TestAPassphraseIsTheFirstLine(t *testing.T) {
	file := filepath.Join(t.TempDir(), "phrase")
	for _, c := range []struct {
		text, want string
		ok         bool
	}{{"a b\r\nc", "a b", true}, {"x", "x", true}, {"\nx", "", false}, {"", "", false}} {
		if err := os.WriteFile(file, []byte(c.text), 0o600); err != nil {
			t.Fatal(err)
		}
		if got, err := passphrase(file); got != c.want || err == nil != c.ok {
			t.Errorf("%q: %q, %v", c.text, got, err)
		}
	}
}
