package apis

import (
	"io"
	"os"
	"testing"
)

func TestAnUploadStaysWhileItIsRead(t *testing.T) {
	var u uploads
	dir := t.TempDir()
	it, err := u.begin(dir, "a.age", 4)
	if err != nil {
		t.Fatal(err)
	}
	for at, piece := range []string{"ab", "cd"} {
		if it, err = u.add(it.ID, int64(2*at), []byte(piece)); err != nil {
			t.Fatal(err)
		}
	}
	r, _, done, err := u.open(it.ID)
	if err != nil {
		t.Fatal(err)
	}
	u.drop()
	if b, err := io.ReadAll(r); string(b) != "abcd" || err != nil {
		t.Errorf("%q, %v", b, err)
	}
	if _, err := u.begin(dir, "b.age", 1); !isCode(err, "busy") {
		t.Errorf("another meanwhile: %v", err)
	}
	done()
	done()
	if _, err := u.begin(dir, "b.age", 1); err != nil {
		t.Error(err)
	}
	if _, _, _, err := u.open(it.ID); !isCode(err, "no_upload") {
		t.Errorf("the first: %v", err)
	}
	u.drop()
	if left, err := os.ReadDir(dir); err != nil || len(left) > 0 {
		t.Errorf("%v, %v", left, err)
	}
}

// A disk that is full is said to be so, and what was there before stays.
func TestAnUploadToAFullDiskGoesOnOnceThereIsRoom(t *testing.T) {
	if _, err := os.Stat("/dev/full"); err != nil {
		t.Skip("no /dev/full here")
	}
	var u uploads
	it, err := u.begin(t.TempDir(), "a.age", 2)
	if err != nil {
		t.Fatal(err)
	}
	defer u.drop()
	if err := os.Symlink("/dev/full", u.path()); err != nil {
		t.Fatal(err)
	}
	if _, err := u.add(it.ID, 0, []byte("ab")); !isCode(err, "store_full") {
		t.Errorf("a full disk is %v", err)
	}
	if err := os.Remove(u.path()); err != nil {
		t.Fatal(err)
	}
	if it, err = u.add(it.ID, 0, []byte("ab")); err != nil || it.Received != 2 || u.whole() == nil {
		t.Errorf("%+v, %v", it, err)
	}
}
