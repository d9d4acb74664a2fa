package password

import (
	"testing"
	"testing/synctest"
)

func TestACrowdIsWhoRunsWaitsAndWasRefused(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		h := &Hasher{Workers: 2, Queue: 1}
		if got, want := h.Crowd(), (Crowd{Slots: 2, Queue: 1}); got != want {
			t.Errorf("at first: %+v", got)
		}
		release := hold(&h.gate, 3)
		if err := h.gate.run(t.Context(), 1, func() {}); err == nil {
			t.Error("it let one in too many")
		}
		if got, want := h.Crowd(), (Crowd{Running: 2, Slots: 2, Waiting: 1, Queue: 1, Refused: 1}); got != want {
			t.Errorf("full: %+v", got)
		}
		close(release)
		synctest.Wait()
		if got, want := h.Crowd(), (Crowd{Slots: 2, Queue: 1, Refused: 1}); got != want {
			t.Errorf("at last: %+v", got)
		}
	})
}
