package core_test

import (
	"testing"
	"time"

	"github.com/stormkeep/stormkeep/core"
	"github.com/stormkeep/stormkeep/core/coretest"
)

func TestWhatIsTunedHoldsFromThenOn(t *testing.T) {
	w := coretest.New(t, func(a *core.App) { a.Lifetimes.Session = 3 * time.Hour })
	if got := w.App.Tuned(); got.Lifetimes.Session != 3*time.Hour || got.Lifetimes.Code != time.Minute {
		t.Errorf("before: %+v", got)
	}
	now := w.App.Tuned()
	now.Lifetimes.Session, now.Keep.Events, now.KeyRotation = time.Hour, 5*time.Hour, 48*time.Hour
	w.App.Tune(now)
	if got := w.App.Tuned(); got != now {
		t.Errorf("after: %+v", got)
	}
	if w.App.Lifetimes.Session != 3*time.Hour {
		t.Error("the field of the app was written while it runs")
	}
}
