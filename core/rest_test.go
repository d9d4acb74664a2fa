package core_test

import (
	"context"
	"testing"
	"time"

	"github.com/stormkeep/stormkeep/core"
	"github.com/stormkeep/stormkeep/core/store/mem"
)

func TestARestEndsByItselfWithItsContextOrWhenTheClockIsTurned(t *testing.T) {
	app := core.New(mem.Open())
	defer app.Close()
	app.Rest(t.Context(), time.Millisecond)
	ended, end := context.WithCancel(t.Context())
	end()
	app.Rest(ended, time.Hour)
	for range 2 { // and again
		rested := make(chan struct{})
		go func() {
			app.Rest(t.Context(), time.Hour)
			app.Rest(ended, time.Hour) // whoever is told once is not told twice
			close(rested)
		}()
		for done := false; !done; { // it may not have lain down yet
			app.Wake()
			select {
			case <-rested:
				done = true
			case <-time.After(time.Millisecond):
			}
		}
	}
}
