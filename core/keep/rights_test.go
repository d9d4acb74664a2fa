//go:build !windows

package keep

import (
	"os"
	"path/filepath"
	"strings"
	"testing"
)

func TestRightsAreTakenFromOthers(t *testing.T) {
	dir := t.TempDir()
	key := filepath.Join(dir, keyEntry)
	must(t, os.Chmod(dir, 0o700))
	must(t, os.WriteFile(key, []byte("x"), 0o600))
	if all := Rights(dir); len(all) != 2 || all[0].Level != Fine || all[1].Level != Fine || KeyIsOpen(dir) {
		t.Errorf("a sound folder: %+v", all)
	}
	must(t, os.Chmod(key, 0o640))
	must(t, os.Mkdir(filepath.Join(dir, "certificates"), 0o755))
	if all := Rights(dir); len(all) != 3 || all[0].Level != Bad || !KeyIsOpen(dir) {
		t.Errorf("an open key and certificates: %+v", all)
	}
	mended, err := Tighten(dir)
	if err != nil || len(mended) != 2 || !strings.HasPrefix(mended[0], key) || KeyIsOpen(dir) {
		t.Errorf("%q, %v", mended, err)
	}
	if all := Rights(dir); all[0].Level != Fine {
		t.Errorf("mended: %+v", all)
	}
}

// Only root can give files away. For anybody else the fault is made from the other
// side: who looks is another user than the owner.
func TestFilesOfAnotherUserAreFound(t *testing.T) {
	dir, user, looks := t.TempDir(), os.Geteuid(), os.Geteuid()+1
	path := filepath.Join(dir, dataEntry)
	must(t, os.WriteFile(path, []byte("x"), 0o600))
	if all := owners(dir, user); len(all) != 1 || all[0].Level != Fine {
		t.Errorf("one's own: %+v", all)
	}
	want := 2
	if user == 0 {
		must(t, os.Chown(path, 54321, -1))
		want, looks = 1, 0
	}
	all := owners(dir, looks)
	if len(all) != want || all[0].Hint == "" || !strings.Contains(all[0].Text, "belongs to") {
		t.Errorf("another's: %+v", all)
	}
	if level := map[bool]Level{true: Warn, false: Bad}[looks == 0]; all[0].Level != level {
		t.Errorf("%+v, want %s", all[0], level)
	}
}
