package crashtest

import (
	"context"
	"flag"
	"io"
	"math/rand/v2"
	"os"
	"strings"
	"sync"
	"testing"
	"time"

	"github.com/stormkeep/stormkeep/core"
	"github.com/stormkeep/stormkeep/core/secret"
	"github.com/stormkeep/stormkeep/core/store"
	"github.com/stormkeep/stormkeep/core/store/mem"
)

var cuts = flag.Int("cuts", 20, "how many power cuts there are")

// power is a store whose writes lie in a cache until they are synced, which it does
// for all that wait at once. An Update returns when its writes are synced, and no
// View sees them before. A cut loses what is not.
type power struct {
	cache *mem.DB
	rnd   *rand.Rand // of the syncing goroutine

	mu      sync.Mutex
	synced  *mem.DB
	off     bool
	waiting []chan error
	work    chan struct{}
}

func powered(on *mem.DB, seed uint64) *power {
	p := &power{cache: on, synced: on.Copy(), work: make(chan struct{}, 1), rnd: rand.New(rand.NewPCG(seed, 1))}
	go p.sync()
	return p
}

// sync writes out what waits, again and again, until the power is cut.
func (p *power) sync() {
	for range p.work {
		p.mu.Lock()
		batch := p.waiting
		p.waiting = nil
		p.mu.Unlock()
		now := p.cache.Copy()
		time.Sleep(time.Duration(p.rnd.IntN(1500)) * time.Microsecond)
		p.mu.Lock()
		off := p.off
		if !off {
			p.synced = now
		}
		p.mu.Unlock()
		for _, w := range batch {
			w <- map[bool]error{true: store.ErrClosed}[off]
		}
		if off {
			return
		}
	}
}

// Update implements store.Store.
func (p *power) Update(ctx context.Context, fn func(store.Tx) error) error {
	if err := p.cache.Update(ctx, fn); err != nil {
		return err
	}
	w := make(chan error, 1)
	p.mu.Lock()
	if p.off {
		p.mu.Unlock()
		return store.ErrClosed
	}
	p.waiting = append(p.waiting, w)
	p.mu.Unlock()
	select {
	case p.work <- struct{}{}:
	default:
	}
	return <-w
}

// View implements store.Store.
func (p *power) View(ctx context.Context, fn func(store.Tx) error) error {
	p.mu.Lock()
	now, off := p.synced, p.off
	p.mu.Unlock()
	if off {
		return store.ErrClosed
	}
	return now.View(ctx, fn)
}

// Close implements store.Store.
func (p *power) Close() error {
	p.cut()
	return nil
}

// cut ends the power and returns what is left.
func (p *power) cut() *mem.DB {
	p.mu.Lock()
	defer p.mu.Unlock()
	p.off = true
	for _, w := range p.waiting {
		w <- store.ErrClosed
	}
	p.waiting = nil
	select {
	case p.work <- struct{}{}: // so that its goroutine ends
	default:
	}
	return p.synced.Copy()
}

func TestAPowerCutLosesNothingThatWasAcknowledged(t *testing.T) {
	if *seed == 0 {
		*seed = rand.Uint64()
	}
	t.Logf("seed %d", *seed)
	rnd := rand.New(rand.NewPCG(*seed, 2))
	left, ring := mem.Open(), &secret.Keyring{Current: secret.NewMaster()}
	data := func() (*core.App, store.Store, error) {
		s := kept{left} // the next one opens it again
		app, err := appOn(s, ring, os.Stderr)
		return app, s, err
	}
	p, err := begin(data, *seed)
	if err != nil {
		t.Fatal(err)
	}
	l, tr := newLedger(), newTrail()
	if l.Kept[0], err = first(data, p, tr); err != nil {
		t.Fatal(err)
	}
	lost := 0
	shown := func() bool { return l.acks >= *cuts && lost > 0 && len(l.done) > 0 }
	for i := range turns(*cuts, shown) {
		p.Seed, p.Kept = rnd.Uint64(), l.Kept
		s := powered(left, rnd.Uint64())
		work(t, s, ring, p, l, time.Duration(5+rnd.IntN(150))*time.Millisecond)
		left = s.cut()
		lost += len(l.open)
		wrong, err := examine(data, p, l, tr)
		if err != nil || len(wrong) > 0 {
			t.Fatalf("seed %d, after %d cuts and %d acknowledged writes: %v\n%s", *seed, i+1, l.acks, err, show(wrong))
		}
	}
	wrong, err := finish(data, p, l, tr)
	if err != nil || len(wrong) > 0 {
		t.Errorf("seed %d, at the end: %v\n%s", *seed, err, show(wrong))
	}
	t.Logf("%d cuts with %d writes in flight: %d acknowledged writes, %d jobs, %d events, %d records deleted",
		*cuts, lost, l.acks, len(l.done), len(tr.events), len(l.gone))
	if !shown() {
		t.Errorf("%d writes acknowledged, %d in flight, %d jobs done: this proves nothing", l.acks, lost, len(l.done))
	}
}

// kept stays open when an app closes it.
type kept struct{ *mem.DB }

// Close does nothing.
func (kept) Close() error { return nil }

// work has writers write until the power is cut after a while, and their app end.
func work(t *testing.T, s *power, ring *secret.Keyring, p *plan, l *ledger, after time.Duration) {
	t.Helper()
	app, err := appOn(s, ring, io.Discard)
	if err != nil {
		t.Fatal(err)
	}
	var mu sync.Mutex
	dark := false // what is said in the dark was not said
	say := func(n line) {
		mu.Lock()
		defer mu.Unlock()
		if !dark {
			l.note(n)
		}
	}
	listen(app, say)
	if err := app.Start(background); err != nil {
		t.Fatal(err)
	}
	var team [writers]*writer // made before the first of them writes in what they begin with
	for i := range team {
		team[i] = p.writer(i+1, app, say)
	}
	var all sync.WaitGroup
	for _, w := range team {
		all.Go(func() {
			for {
				if err := w.step(p.acts()); err != nil {
					mu.Lock()
					defer mu.Unlock()
					if !dark || !strings.Contains(err.Error(), store.ErrClosed.Error()) {
						t.Errorf("writer %d: %v", w.n, err)
					}
					return
				}
			}
		})
	}
	time.Sleep(after)
	mu.Lock()
	dark = true
	s.cut()
	mu.Unlock()
	all.Wait()
	if err := app.Close(); err != nil {
		t.Error(err)
	}
}
