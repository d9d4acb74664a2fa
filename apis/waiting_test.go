package apis

import "testing"

func TestAKeyHasSoManyThatWait(t *testing.T) {
	w := &waiting{}
	var leave func()
	for range maxWaiting {
		var err error
		if _, leave, err = w.enter("a"); err != nil {
			t.Fatal(err)
		}
	}
	if _, _, err := w.enter("a"); err == nil {
		t.Error("one more is let in")
	}
	ended, _, err := w.enter("b")
	if err != nil {
		t.Error("another key waits for the first")
	}
	leave()
	if _, _, err := w.enter("a"); err != nil {
		t.Error("who has left is still counted")
	}
	w.end()
	w.end()
	if _, open := <-ended; open {
		t.Error("nobody is sent away")
	}
}
