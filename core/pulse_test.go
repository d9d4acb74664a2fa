package core

import (
	"context"
	"testing"
	"time"
)

func TestAWorkerIsStillOnlyWhileItWorks(t *testing.T) {
	p := &pulse{}
	if p.still() != 0 {
		t.Error("it is still before it has begun")
	}
	long := func() { p.since.Store(time.Now().Add(-time.Hour).UnixNano()) }
	p.during(t.Context(), func(ctx context.Context) time.Time {
		long()
		if p.still() < time.Hour {
			t.Errorf("still for %s, want an hour", p.still())
		}
		beat(t.Context())
		if p.still() < time.Hour {
			t.Error("another's beat counts")
		}
		beat(ctx)
		if p.still() >= time.Hour {
			t.Error("its beat does not count")
		}
		return time.Time{}
	})
	if p.still() != 0 {
		t.Error("it is still after it has ended")
	}
}
