package cli

import (
	"compress/gzip"
	"io"
	"os"
	"path/filepath"
	"testing"

	"github.com/stormkeep/stormkeep/core/coretest"
	"github.com/stormkeep/stormkeep/core/store/bolt"
)

// An upgrade is a new program on the data of an older one, and a downgrade the other
// way round.
func TestUpgradesAreDoneAndDowngradesRefused(t *testing.T) {
	older, newer := formerly(t, "form0"), formerly(t, "form2")
	s, err := bolt.Open(filepath.Join(newer, dataFile), bolt.Options{})
	if err != nil {
		t.Fatal(err)
	}
	coretest.Plant(t, s, "s-/form", "5")
	if err := s.Close(); err != nil {
		t.Fatal(err)
	}
	scripts(t, "upgrade", "OLDER="+older, "NEWER="+newer)
}

// formerly is a data folder of an earlier version.
func formerly(t *testing.T, name string) (dir string) {
	t.Helper()
	dir = t.TempDir()
	at := filepath.Join("..", "..", "core", "testdata", name)
	f, err := os.Open(at + ".db.gz")
	if err != nil {
		t.Fatal(err)
	}
	defer f.Close()
	z, err := gzip.NewReader(f)
	if err != nil {
		t.Fatal(err)
	}
	db, err := io.ReadAll(z)
	if err != nil {
		t.Fatal(err)
	}
	key, err := os.ReadFile(at + ".key")
	if err != nil {
		t.Fatal(err)
	}
	for name, b := range map[string][]byte{dataFile: db, keyFile: key} {
		if err := os.WriteFile(filepath.Join(dir, name), b, 0o600); err != nil {
			t.Fatal(err)
		}
	}
	return dir
}
