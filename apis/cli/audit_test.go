package cli

import (
	"os"
	"path/filepath"
	"strings"
	"testing"
)

func TestAuditCommands(t *testing.T) { scripts(t, "audit") }

func TestCheckpointsAreReadFromAFileThatMayBeTorn(t *testing.T) {
	path := filepath.Join(t.TempDir(), "f")
	text := `{"run":1}` + "\n" + `{"ru` + "\n" + `{"run":2}` + "\n" + `{"run":3}`
	if err := os.WriteFile(path, []byte(text), 0o600); err != nil {
		t.Fatal(err)
	}
	if all, err := readCheckpoints(path); err != nil || len(all) != 3 || all[2].Run != 3 {
		t.Errorf("%v, %v", all, err)
	}
	if err := os.WriteFile(path, []byte(strings.Repeat(`{"run":7}`+"\n", 2*maxKnown+5)), 0o600); err != nil {
		t.Fatal(err)
	}
	if all, err := readCheckpoints(path); err != nil || len(all) != maxKnown {
		t.Errorf("%d, %v", len(all), err)
	}
	for _, text := range []string{"", "x", `{"run":0}`} {
		if err := os.WriteFile(path, []byte(text), 0o600); err != nil {
			t.Fatal(err)
		}
		if _, err := readCheckpoints(path); err == nil {
			t.Errorf("%q is taken for checkpoints", text)
		}
	}
}
