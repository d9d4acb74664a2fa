package store

import (
	"sync/atomic"
	"time"

	"github.com/stormkeep/stormkeep/core/meter"
)

// Watched is implemented by engines that can say how they are. None of it waits
// for a transaction or reads the data.
type Watched interface {
	// Commits are what was committed since the store was opened.
	Commits() *Commits
	// Trouble is why a commit would come to nothing, as far as is known without one;
	// nil if nothing is known against it. What may pass by itself is forgotten after
	// a while, for else nobody would try again.
	Trouble() error
	// Free is the bytes that the disk has left for the data; errors.ErrUnsupported
	// where the system does not say.
	Free() (uint64, error)
	// Held is for how long a View has been reading a state that commits have replaced
	// since, 0 if none does. What was freed meanwhile is not used again until it ends,
	// so that the data grows with every commit.
	Held() time.Duration
}

// Commits counts what an engine has committed. Make it with NewCommits.
type Commits struct {
	Took   *meter.Histogram // nanoseconds that a commit took, kept or not
	Funcs  *meter.Histogram // functions that shared a commit
	Bytes  *meter.Histogram // of keys and values in a commit
	Failed atomic.Uint64    // commits that were not kept
}

// NewCommits is the counters of an engine that has committed nothing yet.
func NewCommits() *Commits {
	ms := int64(time.Millisecond)
	return &Commits{
		Took:  meter.New(ms/4, ms/2, ms, 2*ms, 5*ms, 10*ms, 25*ms, 50*ms, 100*ms, 250*ms, 500*ms, 1000*ms, 5000*ms),
		Funcs: meter.New(1, 2, 5, 10, 25, 50, 100, 250, 500, 1000),
		Bytes: meter.New(1<<10, 4<<10, 16<<10, 64<<10, 256<<10, 1<<20, 4<<20, 16<<20),
	}
}

// Note counts a commit.
func (c *Commits) Note(took time.Duration, funcs, bytes int, err error) {
	c.Took.Add(int64(took))
	c.Funcs.Add(int64(funcs))
	c.Bytes.Add(int64(bytes))
	if err != nil {
		c.Failed.Add(1)
	}
}
