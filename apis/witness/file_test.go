package witness

import (
	"os"
	"path/filepath"
	"strings"
	"testing"
)

// linesIn are the whole lines of a file, none if there is none.
func linesIn(t *testing.T, path string) (lines []string) {
	t.Helper()
	b, err := os.ReadFile(path)
	if err != nil && !os.IsNotExist(err) {
		t.Fatal(err)
	}
	for line := range strings.Lines(string(b)) {
		if whole, ok := strings.CutSuffix(line, "\n"); ok {
			lines = append(lines, whole)
		}
	}
	return lines
}

func TestAFileGetsALineEachAndKeepsWhatItHas(t *testing.T) {
	path := filepath.Join(t.TempDir(), "audit.json")
	for range 2 {
		if err := tell(t, "file://"+path); err != nil {
			t.Fatal(err)
		}
	}
	if err := os.WriteFile(path, []byte(strings.Join(linesIn(t, path), "\n")+"\n{\"cut"), 0o600); err != nil {
		t.Fatal(err)
	}
	if err := tell(t, "file://"+path); err != nil {
		t.Fatal(err)
	}
	lines := linesIn(t, path)
	if len(lines) != 4 || lines[2] != `{"cut` {
		t.Fatalf("%q", lines)
	}
	isSample(t, lines[0])
	isSample(t, lines[1])
	isSample(t, lines[3])
	if info, err := os.Stat(path); err != nil || info.Mode().Perm() != 0o600 {
		t.Errorf("%v, %v", info.Mode(), err)
	}
	if err := tell(t, "file://"+filepath.Join(path, "below")); err == nil {
		t.Error("a path that cannot be is no error")
	}
}
