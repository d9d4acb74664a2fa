package core

import (
	"context"
	"slices"
	"sync"
	"time"
)

const (
	patience    = 5 * time.Second // for which a try waits at most
	maxPatients = 1_000           // tries that do
)

// tries are those on their way: begun, and not yet settled in the store. They count
// as wrong until they prove right, so that many at once are no way round. This is
// all that is kept in memory, and it ends with them.
type tries struct {
	mu       sync.Mutex
	of       map[string]*inFlight // by bucket
	patients int
}

type inFlight struct {
	n     int
	queue []chan struct{} // who waits for one of them to be settled
}

// reservation is one try on its way.
type reservation struct {
	tries   *tries
	buckets []bucket
	ahead   []int // how many were on their way in each bucket before it
	once    sync.Once
}

func (t *tries) take(all []bucket) *reservation {
	t.mu.Lock()
	defer t.mu.Unlock()
	r := &reservation{tries: t, buckets: all, ahead: make([]int, len(all))}
	if t.of == nil {
		t.of = map[string]*inFlight{}
	}
	for i, b := range all {
		f := t.of[b.key]
		if f == nil {
			f = &inFlight{}
			t.of[b.key] = f
		}
		r.ahead[i] = f.n
		f.n++
	}
	return r
}

// end is once a try is settled, or was not made after all.
func (r *reservation) end() {
	r.once.Do(func() {
		r.tries.mu.Lock()
		defer r.tries.mu.Unlock()
		for _, b := range r.buckets {
			r.tries.drop(b.key, true)
		}
	})
}

// drop takes one off a bucket, and calls the next of those who wait for it; in any
// case if nobody is left who would.
func (t *tries) drop(key string, call bool) {
	f := t.of[key]
	if f.n--; call || f.n == 0 {
		t.call(f)
	}
	if f.n == 0 && len(f.queue) == 0 {
		delete(t.of, key)
	}
}

func (t *tries) call(f *inFlight) {
	if len(f.queue) > 0 {
		close(f.queue[0])
		f.queue = slices.Delete(f.queue, 0, 1)
	}
}

// stepBack takes a try off again, to wait for those of a bucket that were before it.
// nil says that none is left.
func (r *reservation) stepBack(behind string) (turn chan struct{}) {
	t := r.tries
	r.once.Do(func() {
		t.mu.Lock()
		defer t.mu.Unlock()
		if f := t.of[behind]; f.n > 1 {
			turn = make(chan struct{})
			f.queue = append(f.queue, turn)
		}
		for _, b := range r.buckets {
			t.drop(b.key, false)
		}
	})
	return turn
}

// leave gives up a turn. One that has come is the next one's.
func (t *tries) leave(behind string, turn chan struct{}) {
	t.mu.Lock()
	defer t.mu.Unlock()
	f := t.of[behind]
	if f == nil {
		return
	}
	if i := slices.Index(f.queue, turn); i >= 0 {
		f.queue = slices.Delete(f.queue, i, i+1)
	} else {
		t.call(f)
	}
	if f.n == 0 && len(f.queue) == 0 {
		delete(t.of, behind)
	}
}

// enter lets one more wait, unless too many do.
func (t *tries) enter() bool {
	t.mu.Lock()
	defer t.mu.Unlock()
	if t.patients >= maxPatients {
		return false
	}
	t.patients++
	return true
}

func (t *tries) exit() {
	t.mu.Lock()
	defer t.mu.Unlock()
	t.patients--
}

// verdict is what the buckets say of a try.
type verdict struct {
	held   time.Duration // it is held back for so long
	late   time.Duration // it may go on after so long
	behind string        // the bucket whose tries ahead decide whether it may go on
}

// weigh compares a try with what is stored and with those ahead of it. Who read
// before a commit reserved before its end, so that no wrong try escapes; one that
// is committed just now may count twice for a moment, which is on the safe side.
func (tx *Tx) weigh(r *reservation) (v verdict, err error) {
	for i, b := range r.buckets {
		f, err := tx.failuresOf(b)
		if err != nil {
			return v, err
		}
		switch wait := f.At.Add(b.rule.after(f.N)).Sub(tx.Now); {
		case b.lenient:
			if f.N >= b.rule.Free { // many at once who may all be right are no attack yet
				v.late = max(v.late, b.rule.after(f.N+r.ahead[i]))
			}
		case wait > 0 && f.N >= b.rule.Free:
			v.held = max(v.held, wait)
		case r.ahead[i] > 0 && f.N+r.ahead[i] >= b.rule.Free && v.behind == "":
			v.behind = b.key
		}
	}
	return v, nil
}

// reserve is where each try of a credential passes before it is looked at: it comes
// back when the try may go on, with what is to be ended once it is settled.
func (a *App) reserve(ctx context.Context, all []bucket) (*reservation, error) {
	var limit <-chan time.Time
	for {
		r := a.tries.take(all)
		var v verdict
		err := a.View(ctx, func(tx *Tx) (err error) {
			v, err = tx.weigh(r)
			return err
		})
		switch {
		case err != nil:
		case v.held > 0:
			err = errHeldBack(v.held)
		case v.behind != "":
			turn := r.stepBack(v.behind)
			if turn == nil {
				continue
			}
			if limit == nil {
				timer := time.NewTimer(patience)
				defer timer.Stop()
				limit = timer.C
			}
			if err := a.awaitTurn(ctx, v.behind, turn, limit); err != nil {
				return nil, err
			}
			continue
		case v.late > 0:
			err = a.beLate(ctx, v.late)
		}
		if err != nil {
			r.end()
			return nil, err
		}
		return r, nil
	}
}

// awaitTurn waits for one of the tries ahead to be settled.
func (a *App) awaitTurn(ctx context.Context, behind string, turn chan struct{}, limit <-chan time.Time) error {
	if !a.tries.enter() {
		a.tries.leave(behind, turn)
		return errCrowded()
	}
	defer a.tries.exit()
	select {
	case <-turn:
		return nil
	case <-limit:
		a.tries.leave(behind, turn)
		return errCrowded()
	case <-ctx.Done():
		a.tries.leave(behind, turn)
		return ctx.Err()
	}
}

// beLate is how an account under attack is kept open: its owner comes in, and those
// who guess do so slowly.
func (a *App) beLate(ctx context.Context, by time.Duration) error {
	if !a.tries.enter() {
		return errCrowded()
	}
	defer a.tries.exit()
	if a.Pause != nil {
		return a.Pause(ctx, by)
	}
	timer := time.NewTimer(by)
	defer timer.Stop()
	select {
	case <-timer.C:
		return nil
	case <-ctx.Done():
		return ctx.Err()
	}
}

func errCrowded() error { return errBusy(time.Second, nil) }

func errBusy(after time.Duration, why error) error {
	return &Error{Kind: Limited, Code: "busy", RetryAfter: after, Err: why,
		Msg: "Too many people are signing in at once; try again in a moment."}
}
