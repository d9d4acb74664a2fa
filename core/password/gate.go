package password

import (
	"container/list"
	"context"
	"fmt"
	"runtime"
	"sync"
	"time"
)

// gate lets jobs run on their callers' goroutines as long as the slots they
// take are free, first come first served.
type gate struct {
	workers int // the slots there are
	queue   int

	mu      sync.Mutex
	running int           // slots taken
	waiting list.List     // of *job
	refused uint64        // for want of room in the queue
	pace    time.Duration // moving average of one job
}

type job struct {
	slots int
	begin chan struct{} // closed, under gate.mu, once the slots are the job's
}

func (g *gate) open(workers, queue int) {
	if workers <= 0 {
		workers = runtime.NumCPU()
	}
	if queue <= 0 {
		queue = 100 * workers
	}
	g.workers, g.queue = workers, queue
}

// run waits for its turn and does the work. A job that asks for more slots than
// there are takes all of them. Once begun, work is not abandoned when the
// context ends: it is short, and nothing in it could be stopped.
func (g *gate) run(ctx context.Context, slots int, work func()) error {
	if err := ctx.Err(); err != nil {
		return err
	}
	j := &job{slots: min(max(slots, 1), g.workers), begin: make(chan struct{})}
	place, err := g.enter(j)
	if err != nil {
		return err
	}
	select {
	case <-j.begin:
	case <-ctx.Done():
		g.abandon(place)
		return ctx.Err()
	}
	begin := time.Now()
	err = do(work)
	g.leave(j, time.Since(begin))
	return err
}

// enter queues the job, which begins at once if its slots are free and nobody
// is before it.
func (g *gate) enter(j *job) (*list.Element, error) {
	g.mu.Lock()
	defer g.mu.Unlock()
	if g.waiting.Len() >= g.queue {
		g.refused++
		return nil, &BusyError{RetryAfter: g.wait()}
	}
	place := g.waiting.PushBack(j)
	g.admit()
	return place, nil
}

// wait guesses how long the queue takes to empty.
func (g *gate) wait() time.Duration {
	wait := g.pace * time.Duration(g.waiting.Len()) / time.Duration(g.workers)
	return max(time.Second, (wait + time.Second - 1).Truncate(time.Second))
}

// admit lets those begin that wait longest. The first is never overtaken, or
// one that takes many slots might wait for ever. The caller holds the lock.
func (g *gate) admit() {
	for first := g.waiting.Front(); first != nil; first = g.waiting.Front() {
		j := first.Value.(*job)
		if g.running+j.slots > g.workers {
			return
		}
		g.waiting.Remove(first)
		g.running += j.slots
		close(j.begin)
	}
}

// abandon takes a job that has not begun out of the queue, or gives its slots
// back if they came in the same moment.
func (g *gate) abandon(place *list.Element) {
	g.mu.Lock()
	defer g.mu.Unlock()
	j := place.Value.(*job)
	select {
	case <-j.begin:
		g.running -= j.slots
	default:
		g.waiting.Remove(place)
	}
	g.admit()
}

func (g *gate) leave(j *job, took time.Duration) {
	g.mu.Lock()
	defer g.mu.Unlock()
	if g.pace == 0 {
		g.pace = took
	}
	g.pace += (took - g.pace) / 8
	g.running -= j.slots
	g.admit()
}

// do makes a panic an error, so that its slots are given back.
func do(work func()) (err error) {
	defer func() {
		if r := recover(); r != nil {
			err = fmt.Errorf("hash a password: %v", r)
		}
	}()
	work()
	return nil
}
