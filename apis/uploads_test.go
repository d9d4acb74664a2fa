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
