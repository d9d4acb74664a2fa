package main

import (
	"testing"
	"time"

	"github.com/stormkeep/stormkeep/core"
	"github.com/stormkeep/stormkeep/core/store/mem"
)

func TestTheClockOfASoakRunsFastAndForward(t *testing.T) {
	app := core.New(mem.Open())
	defer app.Close()
	before := time.Now()
	if err := hasten(3600)(app); err != nil {
		t.Fatal(err)
	}
	first := app.Now()
	time.Sleep(time.Millisecond)
	if second := app.Now(); first.Before(before) || second.Sub(first) < 3600*time.Millisecond {
		t.Errorf("a millisecond lasts %v, from %v", second.Sub(first), first.Sub(before))
	}
}

func TestASoakedServerIsTheWholeCommandLine(t *testing.T) {
	if err := fastServer(1, []string{"man", t.TempDir()}); err != nil {
		t.Error(err)
	}
	if err := fastServer(1, []string{"serve", "--keep-audit", "x"}); err == nil {
		t.Error("a wrong setting was taken")
	}
}
