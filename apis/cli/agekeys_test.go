package cli

import (
	"errors"
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
		if got, err := readPassphrase(file); got != c.want || err == nil != c.ok {
			t.Errorf("%q: %q, %v", c.text, got, err)
		}
	}
}

func TestFlagsNameOneWayToOpen(t *testing.T) {
	dir := t.TempDir()
	write := func(name, text string) string {
		file := filepath.Join(dir, name)
		if err := os.WriteFile(file, []byte(text), 0o600); err != nil {
			t.Fatal(err)
		}
		return file
	}
	const public = "age1jnr7uv84gu5s5q6mu23a4dkx5u5p0df9d0hfhchmjm9pazpqcd3sf3wv69"
	phrase, people, odd := write("phrase", "horse\n"), write("people", "# mine\n"+public+"\n"), write("odd", "bob\n")
	for _, c := range []struct {
		name string
		o    interface{ ends() (int, error) }
		n    int
		code int // of the error; 0 is none
	}{
		{"nobody", locks{}, 0, 0},
		{"a recipient", locks{recipients: []string{public}}, 1, 0},
		{"two with a comma", locks{recipients: []string{public + "," + public}}, 2, 0},
		{"a file of them", locks{recipientsFile: people}, 1, 0},
		{"a passphrase", locks{passphraseFile: phrase}, 1, 0},
		{"both", locks{recipients: []string{public}, passphraseFile: phrase}, 0, misused},
		{"no recipient", locks{recipientsFile: odd}, 0, misused},
		{"no such file", locks{recipientsFile: phrase + "x"}, 0, failed},
		{"no key", keys{}, 0, misused},
		{"its passphrase", keys{passphraseFile: phrase}, 1, 0},
		{"no identity", keys{identity: odd}, 0, misused},
		{"an identity and a passphrase", keys{identity: odd, passphraseFile: phrase}, 0, misused},
		{"no such identity", keys{identity: phrase + "x"}, 0, failed},
	} {
		n, err := c.o.ends()
		code := 0
		if p, ok := errors.AsType[*problem](err); ok {
			code = p.code
		}
		if n != c.n || code != c.code || (err == nil) != (c.code == 0) {
			t.Errorf("%s: %d, %v, code %d", c.name, n, err, code)
		}
	}
}

type (
	locks lockOptions
	keys  keyOptions
)

func (l locks) ends() (int, error) { all, err := lockOptions(l).given(); return len(all), err }
func (k keys) ends() (int, error)  { all, err := keyOptions(k).given(); return len(all), err }
