package cli

import (
	"os"
	"path/filepath"
	"testing"
)

// TestBackupsAreMadeAndVerified has the command.
func TestWhatOpensABackupIsFound(t *testing.T) {
	file := filepath.Join(t.TempDir(), "pass")
	if err := os.WriteFile(file, []byte("of a file\n"), 0o600); err != nil {
		t.Fatal(err)
	}
	p := &Program{Name: "stormkeep"}
	for _, c := range []struct {
		name  string
		b     backupConfig
		o     keyOptions
		want  string // the passphrase
		fails bool
	}{
		{"nothing", backupConfig{}, keyOptions{}, "", true},
		{"the environment", backupConfig{Passphrase: "env"}, keyOptions{}, "env", false},
		{"a setting goes before it", backupConfig{Passphrase: "env", PassphraseFile: file}, keyOptions{}, "of a file", false},
		{"a flag", backupConfig{}, keyOptions{passphraseFile: file}, "of a file", false},
		{"an identity goes before all", backupConfig{Passphrase: "env"}, keyOptions{identity: file}, "", false},
		{"a file that is not there", backupConfig{Passphrase: "env"}, keyOptions{identity: file + "x"}, "", true},
	} {
		k, err := p.key(config{Backup: c.b}, c.o)
		if (err != nil) != c.fails || k.Passphrase != c.want || c.o.identity != "" && !c.fails && k.Identities == "" {
			t.Errorf("%s: %+v, %v", c.name, k, err)
		}
	}
}
