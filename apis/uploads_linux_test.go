package apis

import (
	"os"
	"testing"
)

// A disk that is full is said to be so, and what was there before stays.
func TestAnUploadToAFullDiskGoesOnOnceThereIsRoom(t *testing.T) {
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
