package secret

import (
	"errors"
	"io/fs"
	"os"
	"path/filepath"
	"strings"
	"testing"
)

func TestTheKeyFileIsTheOwnersAlone(t *testing.T) {
	path := filepath.Join(t.TempDir(), "master.key")
	if _, err := LoadFile(path); !errors.Is(err, fs.ErrNotExist) {
		t.Errorf("no file: %v", err)
	}
	ring, err := CreateFile(path)
	if err != nil {
		t.Fatal(err)
	}
	info, err := os.Stat(path)
	if err != nil || hasPermissions() && info.Mode().Perm() != 0o600 {
		t.Errorf("mode %v, %v", info.Mode(), err)
	}
	again, err := LoadFile(path)
	if err != nil || again.Encode() != ring.Encode() {
		t.Errorf("%v, %v", again, err)
	}
	if _, err := CreateFile(path); !errors.Is(err, fs.ErrExist) {
		t.Errorf("created twice: %v", err)
	}
	if again, err := LoadFile(path); err != nil || again.Encode() != ring.Encode() {
		t.Errorf("after a second create: %v, %v", again, err)
	}
}

func TestAFileThatOthersMayReadIsRefusedWithAHint(t *testing.T) {
	path := filepath.Join(t.TempDir(), "master.key")
	if _, err := CreateFile(path); err != nil {
		t.Fatal(err)
	}
	for _, mode := range []fs.FileMode{0o640, 0o604, 0o660, 0o601, 0o777} {
		if err := os.Chmod(path, mode); err != nil {
			t.Fatal(err)
		}
		_, err := LoadFile(path)
		if refused := errors.Is(err, fs.ErrPermission); refused != hasPermissions() {
			t.Errorf("mode %o: %v", mode, err)
		}
		if err != nil && !strings.Contains(err.Error(), "chmod 600 "+path) {
			t.Errorf("mode %o: no hint in %v", mode, err)
		}
	}
	if err := os.Chmod(path, 0o400); err != nil {
		t.Fatal(err)
	}
	if _, err := LoadFile(path); err != nil {
		t.Errorf("mode 400: %v", err)
	}
}

func TestAFileWithoutAKeyIsRefusedUnseen(t *testing.T) {
	rows := map[string]string{
		"empty": "",
		"text":  "hunter2 hunter2",
		"huge":  strings.Repeat("# hunter2\n", keyFileLimit),
	}
	for name, text := range rows {
		path := filepath.Join(t.TempDir(), "master.key")
		if err := os.WriteFile(path, []byte(text), 0o600); err != nil {
			t.Fatal(err)
		}
		_, err := LoadFile(path)
		if !errors.Is(err, ErrMalformed) || !strings.Contains(err.Error(), path) || strings.Contains(err.Error(), "hunter2") {
			t.Errorf("%s: %v", name, err)
		}
	}
	if _, err := LoadFile(t.TempDir()); err == nil {
		t.Error("a directory is read")
	}
}

func TestReplacingLeavesTheNewRing(t *testing.T) {
	path := filepath.Join(t.TempDir(), "master.key")
	old, err := CreateFile(path)
	if err != nil {
		t.Fatal(err)
	}
	// What an attempt that was cut short left behind is in nobody's way.
	if err := os.WriteFile(path+".new", []byte("half"), 0o600); err != nil {
		t.Fatal(err)
	}
	ring := &Keyring{Current: NewMaster(), Older: []*Master{old.Current}}
	if err := ReplaceFile(path, ring); err != nil {
		t.Fatal(err)
	}
	if got, err := LoadFile(path); err != nil || got.Encode() != ring.Encode() {
		t.Errorf("%v, %v", got, err)
	}
	if _, err := os.Stat(path + ".new"); !errors.Is(err, fs.ErrNotExist) {
		t.Errorf("the temporary file: %v", err)
	}
	if err := ReplaceFile(filepath.Join(path, "below"), ring); err == nil {
		t.Error("written below a file")
	}
}
