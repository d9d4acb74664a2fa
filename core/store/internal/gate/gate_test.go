package gate_test

import (
	"errors"
	"testing"

	"github.com/stormkeep/stormkeep/core/store"
	"github.com/stormkeep/stormkeep/core/store/internal/gate"
)

func TestAGateClosesWhenAllHaveLeft(t *testing.T) {
	var g gate.Gate
	for range 2 {
		if err := g.Enter(); err != nil {
			t.Fatal(err)
		}
	}
	closed := make(chan bool)
	go func() { closed <- g.Close() }()
	for g.Enter() == nil {
		g.Leave()
	}
	g.Leave()
	select {
	case <-closed:
		t.Fatal("closed with one inside")
	default:
	}
	g.Leave()
	if !<-closed {
		t.Error("the first Close does not know that it was")
	}
	if g.Close() {
		t.Error("a second Close takes itself for the first")
	}
	if err := g.Enter(); !errors.Is(err, store.ErrClosed) {
		t.Errorf("Enter = %v, want ErrClosed", err)
	}
}

func TestAnEmptyGateClosesAtOnce(t *testing.T) {
	var g gate.Gate
	if !g.Close() {
		t.Error("the first Close does not know that it was")
	}
}
