package bolt

import (
	"sync"
	"time"

	"go.etcd.io/bbolt"
)

// patience is how long a commit may last before new Views hold back for it, and how long they hold back.
const patience = 250 * time.Millisecond

// views lets Views share bbolt's read transactions: one for all that begin between two commits.
//
// It is not only for speed. bbolt grows its mapping inside a commit, waits there for every reader to end, and lets no
// new one begin meanwhile, so a View inside a View would wait for ever. So as long as anyone reads there is a current
// snapshot to join, and nothing is begun in bbolt while a commit may be waiting. That new Views do not keep such a
// commit waiting for ever, they hold back for a while when a commit lasts; a View inside a View then pays that once.
//
// Sharing rests on bbolt's read-only transactions changing nothing of theirs but atomic counters once their buckets
// are open (v1.5.0: Bucket.Get, Bucket.Cursor, Tx.page).
type views struct {
	mu      sync.Mutex
	bolt    *bbolt.DB
	open    *sync.WaitGroup         // snapshots of bolt; bbolt's Close must not meet their ends
	current *snapshot               // the last committed state; not nil while anyone reads
	readers int                     // in all snapshots
	ended   chan struct{}           // of the commit that runs; nil when none does
	since   time.Time               // when it began
	held    map[*snapshot]time.Time // snapshots that are read still, and when a commit or a new file replaced each
}

type snapshot struct {
	base
	tx      *bbolt.Tx
	open    *sync.WaitGroup
	readers int
}

// outdate leaves the current snapshot to those who read it.
func (v *views) outdate() {
	switch {
	case v.current == nil:
	case v.current.readers == 0:
		v.current.end()
	default:
		if v.held == nil {
			v.held = map[*snapshot]time.Time{}
		}
		v.held[v.current] = time.Now()
	}
	v.current = nil
}

// longest is for how long the oldest snapshot that is still read has been out of date.
func (v *views) longest(now time.Time) (d time.Duration) {
	v.mu.Lock()
	defer v.mu.Unlock()
	for _, since := range v.held {
		d = max(d, now.Sub(since))
	}
	return d
}

func (s *snapshot) end() {
	s.tx.Rollback()
	s.open.Done()
}

// turn leaves one file for another. What it returns ends when nobody reads the former
// any more.
func (v *views) turn(to *bbolt.DB) (former *sync.WaitGroup, err error) {
	v.mu.Lock()
	defer v.mu.Unlock()
	former = v.open
	v.bolt, v.open = to, new(sync.WaitGroup)
	v.outdate()
	if v.readers > 0 {
		err = v.begin()
	}
	return former, err
}

func (v *views) acquire() (*snapshot, error) {
	v.mu.Lock()
	if ended := v.ended; ended != nil && v.readers > 0 && time.Since(v.since) > patience {
		v.mu.Unlock()
		timer := time.NewTimer(patience)
		select {
		case <-ended:
		case <-timer.C:
		}
		timer.Stop()
		v.mu.Lock()
	}
	defer v.mu.Unlock()
	if v.current == nil {
		if err := v.begin(); err != nil {
			return nil, err
		}
	}
	v.current.readers++
	v.readers++
	return v.current, nil
}

func (v *views) release(s *snapshot) {
	v.mu.Lock()
	defer v.mu.Unlock()
	s.readers--
	v.readers--
	if s.readers == 0 && s != v.current {
		delete(v.held, s)
		s.end()
	}
	if v.ended != nil {
		v.dropIdle()
	}
}

// begin opens the current snapshot.
func (v *views) begin() error {
	t, err := v.bolt.Begin(false)
	if err != nil {
		return err
	}
	v.open.Add(1)
	v.current = &snapshot{base: baseOf(t), tx: t, open: v.open}
	return nil
}

// dropIdle ends the current snapshot when nobody reads, so that it stops no commit.
func (v *views) dropIdle() {
	if v.current != nil && v.readers == 0 {
		v.current.end()
		v.current = nil
	}
}

// committing says that a commit begins.
func (v *views) committing() {
	v.mu.Lock()
	defer v.mu.Unlock()
	v.ended, v.since = make(chan struct{}), time.Now()
	v.dropIdle()
}

// committed says that the commit has ended: Views that begin from now on see what it left.
func (v *views) committed() error {
	v.mu.Lock()
	defer v.mu.Unlock()
	close(v.ended)
	v.ended = nil
	v.outdate()
	if v.readers > 0 {
		return v.begin()
	}
	return nil
}

func (v *views) close() {
	v.mu.Lock()
	defer v.mu.Unlock()
	v.dropIdle()
}
