package password

import (
	"context"
	"errors"
	"runtime"
	"slices"
	"sync"
	"testing"
	"testing/synctest"
	"time"
)

func opened(workers, queue int) *gate {
	g := new(gate)
	g.open(workers, queue)
	return g
}

// hold fills the workers with jobs that last until the channel is closed.
func hold(g *gate, n int) (release chan struct{}) {
	release = make(chan struct{})
	for range n {
		go g.run(context.Background(), 1, func() { <-release })
	}
	synctest.Wait()
	return release
}

func TestNoMoreRunThanThereAreWorkers(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		g := opened(3, 100)
		now, most, ran := 0, 0, 0
		var mu sync.Mutex
		add := func(n int) {
			mu.Lock()
			defer mu.Unlock()
			now += n
			most = max(most, now)
		}
		for range 60 {
			go func() {
				err := g.run(t.Context(), 1, func() {
					add(1)
					time.Sleep(time.Millisecond)
					add(-1)
					mu.Lock()
					ran++
					mu.Unlock()
				})
				if err != nil {
					t.Error(err)
				}
			}()
		}
		time.Sleep(time.Second)
		synctest.Wait()
		if most != 3 || ran != 60 || g.running != 0 || g.waiting.Len() != 0 {
			t.Errorf("%d at once, %d ran; left: %d running, %d waiting", most, ran, g.running, g.waiting.Len())
		}
	})
}

func TestWhoWaitsLongestIsNext(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		g := opened(1, 10)
		release := hold(g, 1)
		var got []int
		for i := range 10 {
			go g.run(t.Context(), 1, func() { got = append(got, i) })
			synctest.Wait()
		}
		close(release)
		synctest.Wait()
		if want := []int{0, 1, 2, 3, 4, 5, 6, 7, 8, 9}; !slices.Equal(got, want) {
			t.Errorf("ran %v", got)
		}
	})
}

func TestWideJobsTakeManySlotsAndAreNotOvertaken(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		g := opened(4, 100)
		now, most, ran := 0, 0, 0
		var mu sync.Mutex
		for i := range 60 {
			slots := []int{1, 3, 1, 2, 255, 0}[i%6]
			takes := min(max(slots, 1), 4)
			go func() {
				err := g.run(t.Context(), slots, func() {
					mu.Lock()
					now += takes
					most = max(most, now)
					mu.Unlock()
					time.Sleep(time.Millisecond)
					mu.Lock()
					now -= takes
					ran++
					mu.Unlock()
				})
				if err != nil {
					t.Error(err)
				}
			}()
		}
		time.Sleep(time.Second)
		synctest.Wait()
		if most != 4 || ran != 60 || g.running != 0 {
			t.Errorf("%d slots at once, %d ran, %d still running", most, ran, g.running)
		}

		release := hold(g, 1)
		var got []string
		for _, j := range []struct {
			name  string
			slots int
		}{{"wide", 4}, {"narrow", 1}} {
			go g.run(t.Context(), j.slots, func() { got = append(got, j.name) })
			synctest.Wait()
		}
		if len(got) != 0 {
			t.Errorf("%v overtook the wide job", got)
		}
		close(release)
		synctest.Wait()
		if !slices.Equal(got, []string{"wide", "narrow"}) {
			t.Errorf("ran %v", got)
		}
	})
}

func TestAWideJobThatGivesUpLetsOthersIn(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		g := opened(2, 10)
		release := hold(g, 1)
		ctx, cancel := context.WithCancel(t.Context())
		go g.run(ctx, 2, func() { t.Error("it ran") })
		synctest.Wait()
		ran := false
		go g.run(t.Context(), 1, func() { ran = true })
		synctest.Wait()
		cancel()
		synctest.Wait()
		if !ran {
			t.Error("the narrow job still waits")
		}
		close(release)
		synctest.Wait()
		if g.running != 0 || g.waiting.Len() != 0 {
			t.Errorf("left: %d running, %d waiting", g.running, g.waiting.Len())
		}
	})
}

// Slots that come in the moment in which the caller gives up are not lost.
func TestSlotsThatComeTooLateAreGivenBack(t *testing.T) {
	g := opened(1, 1)
	place, err := g.enter(&job{slots: 1, begin: make(chan struct{})})
	if err != nil || g.running != 1 {
		t.Fatalf("%d running, %v", g.running, err)
	}
	g.abandon(place)
	if g.running != 0 || g.waiting.Len() != 0 {
		t.Errorf("left: %d running, %d waiting", g.running, g.waiting.Len())
	}
}

func TestAFullQueueIsBusy(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		g := opened(2, 3)
		g.pace = 3 * time.Second
		release := hold(g, 5)
		err := g.run(t.Context(), 1, func() { t.Error("it ran") })
		var busy *BusyError
		if !errors.Is(err, ErrBusy) || !errors.As(err, &busy) || busy.RetryAfter != 5*time.Second {
			t.Errorf("got %v, want busy for 3 jobs of 3 s on 2 workers", err)
		}
		close(release)
		synctest.Wait()
		if err := g.run(t.Context(), 1, func() {}); err != nil {
			t.Errorf("once the queue is empty: %v", err)
		}
	})
}

func TestWhoGivesUpLeavesTheQueue(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		g := opened(1, 1)
		release := hold(g, 1)
		ctx, cancel := context.WithTimeout(t.Context(), time.Second)
		defer cancel()
		if err := g.run(ctx, 1, func() { t.Error("it ran") }); !errors.Is(err, context.DeadlineExceeded) {
			t.Errorf("got %v", err)
		}
		ran := false
		go g.run(t.Context(), 1, func() { ran = true })
		synctest.Wait()
		close(release)
		synctest.Wait()
		if !ran {
			t.Error("the place that was given up was not free")
		}
	})
}

func TestWorkThatHasBegunIsFinished(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		g := opened(1, 1)
		ctx, cancel := context.WithCancel(t.Context())
		release, result := make(chan struct{}), make(chan error, 1)
		go func() { result <- g.run(ctx, 1, func() { <-release }) }()
		synctest.Wait()
		cancel()
		synctest.Wait()
		close(release)
		if err := <-result; err != nil {
			t.Errorf("got %v", err)
		}
	})
}

func TestAPanicIsAnErrorAndTheWorkerLives(t *testing.T) {
	g := opened(1, 1)
	if err := g.run(t.Context(), 1, func() { panic("index out of range") }); err == nil {
		t.Error("no error")
	}
	if err := g.run(t.Context(), 1, func() {}); err != nil {
		t.Error(err)
	}
}

func TestZeroFieldsFitTheMachine(t *testing.T) {
	g := opened(0, 0)
	if n := runtime.NumCPU(); g.workers != n || g.queue != 100*n {
		t.Errorf("%d workers and a queue of %d on %d cores", g.workers, g.queue, n)
	}
}
