package core

import (
	"context"
	"strconv"
	"sync"
	"testing"
	"time"
)

// PlacesOfNames is how many subjects n made-up names are.
func PlacesOfNames(a *App, ctx context.Context, n int) (int, error) {
	places := map[subject]bool{}
	err := a.View(ctx, func(tx *Tx) error {
		for i := range n {
			who, err := tx.subjectOf(nil, strconv.Itoa(i))
			if err != nil {
				return err
			}
			places[who] = true
		}
		return nil
	})
	return len(places), err
}

// TriesInFlight is in how many buckets a try is on its way.
func TriesInFlight(a *App) int {
	a.tries.mu.Lock()
	defer a.tries.mu.Unlock()
	return len(a.tries.of)
}

// Whoever waits is called, whatever else those ahead were about; and nothing is left.
func TestWhoWaitsIsCalled(t *testing.T) {
	var tr tries
	all := []bucket{{key: "a"}, {key: "b"}, {key: "c"}}
	var wait sync.WaitGroup
	for i := range 300 {
		wait.Go(func() {
			mine := []bucket{all[i%3], all[(i+1)%3]}
			for {
				r := tr.take(mine)
				if r.ahead[0] < 3 {
					r.end()
					r.end()
					return
				}
				turn := r.stepBack(mine[0].key)
				if turn == nil {
					continue
				}
				if i%7 == 0 {
					tr.leave(mine[0].key, turn)
					return
				}
				select {
				case <-turn:
				case <-time.After(30 * time.Second):
					t.Error("nobody called")
					return
				}
			}
		})
	}
	wait.Wait()
	if len(tr.of) != 0 {
		t.Errorf("%d buckets are left", len(tr.of))
	}
}

func TestOnlySoManyWait(t *testing.T) {
	var tr tries
	for i := range maxPatients {
		if !tr.enter() {
			t.Fatalf("the %dth is sent away", i+1)
		}
	}
	if tr.enter() {
		t.Error("one more waits")
	}
	tr.exit()
	if !tr.enter() {
		t.Error("a place that is free is taken")
	}
}
