package apis

import "testing"

func TestAKeyHasSoManyThatWait(t *testing.T) {
	w := &waiting{}
	var leave func()
	for range maxWaiting {
		var err error
		if _, leave, err = w.enter("a", false); err != nil {
			t.Fatal(err)
		}
	}
	if _, _, err := w.enter("a", false); err == nil {
		t.Error("one more is let in")
	}
	ended, _, err := w.enter("b", false)
	if err != nil {
		t.Error("another key waits for the first")
	}
	leave()
	if _, _, err := w.enter("a", false); err != nil {
		t.Error("who has left is still counted")
	}
	w.end()
	w.end()
	if _, open := <-ended; open {
		t.Error("nobody is sent away")
	}
}

func TestTheOldestOfASessionMakesRoom(t *testing.T) {
	w := &waiting{}
	var all []<-chan struct{}
	for range maxWaiting + 2 {
		ended, _, err := w.enter("a", true)
		if err != nil {
			t.Fatal(err)
		}
		all = append(all, ended)
	}
	for i, ended := range all {
		over := false
		select {
		case <-ended:
			over = true
		default:
		}
		if want := i < 2; over != want {
			t.Errorf("%d is sent away: %v, want %v", i, over, want)
		}
	}
	w.end()
	if ended, _, _ := w.enter("b", true); ended == nil {
		t.Fatal("nobody comes in")
	} else if _, open := <-ended; open {
		t.Error("who comes after the end is not sent away")
	}
}
