package bolt

import (
	"context"
	"fmt"
	"slices"
	"sync"

	"go.etcd.io/bbolt"

	"github.com/stormkeep/stormkeep/core/store"
	"github.com/stormkeep/stormkeep/core/store/internal/sorted"
)

// A batch takes no more functions after maxFuncs, nor when it holds more than maxBytes: the first bounds how long the
// first waits for the commit, the second what lies in memory until then.
const (
	maxFuncs = 1000
	maxBytes = 16 << 20
)

// fill is how full bbolt packs pages of ordered keys, which are not inserted into later.
const fill = 0.9

// queue is where Updates wait for their turn. There is no goroutine that commits: the turn goes from one waiting Update
// to the next, each runs its function on its own goroutine (so a panic or runtime.Goexit is where it belongs), and
// who finds nobody waiting commits for all. So a lone Update changes goroutines never, and nobody waits for company.
type queue struct {
	mu      sync.Mutex
	busy    bool // someone has the turn
	waiting []*waiter
}

// waiter is an Update that waits. It is sent the batch to join, or nil to begin one.
type waiter struct{ turn chan *batch }

// batch is what is committed at once. Only who has the turn touches it; err may be read when done is closed.
type batch struct {
	base
	tx    *bbolt.Tx
	wrote *sorted.Map // what the functions wrote; a nil value is a deleted key
	undo  []change    // how to take back what the present function wrote
	kept  copies      // of keys and values
	bytes int
	funcs int
	done  chan struct{}
	err   error
}

// change is what a key had in batch.wrote before a function wrote it.
type change struct {
	key   string
	value []byte
	was   bool
}

// Update implements store.Store. The error that the commit of its batch failed with takes the place of any that fn
// returned, because fn may have read what is now not kept.
func (d *DB) Update(ctx context.Context, fn func(store.Tx) error) error {
	if err := ctx.Err(); err != nil {
		return err
	}
	if err := d.gate.Enter(); err != nil {
		return err
	}
	defer d.gate.Leave()
	b, err := d.await(ctx)
	if err != nil {
		return err
	}
	if err := ctx.Err(); err != nil {
		d.pass(b)
		return err
	}
	if b == nil {
		if b, err = d.begin(); err != nil {
			d.pass(nil)
			return err
		}
	}
	return d.run(b, fn)
}

// await returns when the caller has the turn, which it must pass on.
func (d *DB) await(ctx context.Context) (*batch, error) {
	q := &d.queue
	q.mu.Lock()
	if !q.busy {
		q.busy = true
		q.mu.Unlock()
		return nil, nil
	}
	w := &waiter{turn: make(chan *batch, 1)}
	q.waiting = append(q.waiting, w)
	q.mu.Unlock()
	select {
	case b := <-w.turn:
		return b, nil
	case <-ctx.Done():
	}
	q.mu.Lock()
	i := slices.Index(q.waiting, w)
	if i >= 0 {
		q.waiting = slices.Delete(q.waiting, i, i+1)
	}
	q.mu.Unlock()
	if i < 0 {
		d.pass(<-w.turn)
	}
	return nil, ctx.Err()
}

// begin starts a batch.
func (d *DB) begin() (*batch, error) {
	if d.broken != nil {
		return nil, d.broken
	}
	t, err := d.bolt.Begin(true)
	if err != nil {
		return nil, err
	}
	return &batch{base: baseOf(t), tx: t, wrote: sorted.New(), undo: d.undo, kept: copies{limit: 64 << 10}, done: make(chan struct{})}, nil
}

// run runs fn in the batch, passes the turn and waits for the commit, also when fn panics or leaves its goroutine.
func (d *DB) run(b *batch, fn func(store.Tx) error) (err error) {
	t := &tx{base: b.base, path: d.path, batch: b}
	kept := false
	defer func() {
		t.over = true
		b.settle(kept)
		d.pass(b)
		<-b.done
		if b.err != nil {
			err = b.err
		}
	}()
	err = fn(t)
	kept = err == nil
	return err
}

// pass gives the turn to the next who waits; if there is none, or the batch is full, it is committed first.
func (d *DB) pass(b *batch) {
	q := &d.queue
	q.mu.Lock()
	if b != nil && (len(q.waiting) == 0 || b.funcs >= maxFuncs || b.bytes >= maxBytes) {
		q.mu.Unlock()
		b.err = d.finish(b)
		close(b.done)
		b = nil
		q.mu.Lock()
	}
	defer q.mu.Unlock()
	if len(q.waiting) == 0 {
		q.busy = false
		return
	}
	w := q.waiting[0]
	q.waiting[0] = nil
	q.waiting = q.waiting[1:]
	w.turn <- b
}

// set writes a key, or deletes it if value is nil, and notes how to take that back.
func (b *batch) set(key string, value []byte) {
	before, was := b.wrote.Set(key, value)
	b.undo = append(b.undo, change{key, before, was})
	b.bytes += len(key) + len(value)
}

// settle ends a function: what it wrote is kept for the commit, or taken back.
func (b *batch) settle(kept bool) {
	for i := len(b.undo) - 1; i >= 0 && !kept; i-- {
		c := b.undo[i]
		if c.was {
			b.wrote.Set(c.key, c.value)
		} else {
			b.wrote.Delete(c.key)
		}
	}
	clear(b.undo)
	b.undo = b.undo[:0]
	b.funcs++
}

// finish commits what the batch holds, if anything, and frees it.
func (d *DB) finish(b *batch) (err error) {
	if cap(b.undo) <= 4096 {
		d.undo = b.undo
	}
	wrote := b.wrote
	b.wrote, b.undo = nil, nil
	if wrote.Len() == 0 {
		return b.tx.Rollback()
	}
	id := b.tx.ID()
	ended := d.watch(b.funcs, b.bytes)
	defer func() { ended(err) }()
	d.views.committing()
	err = d.write(b, wrote)
	if e := d.views.committed(); e != nil && err == nil {
		d.broken = e
	}
	if err == nil {
		return nil
	}
	b.tx.Rollback() // after a panic; after an error it is done already
	err = store.AsFull(err)
	if d.visible(id) {
		err = fmt.Errorf("%s: commit may be kept, no more are accepted until reopened: %w", d.path, err)
		d.broken = err
	}
	return err
}

// write puts the keys in their order, which is what makes a commit of many cheap, and commits.
func (d *DB) write(b *batch, wrote *sorted.Map) (err error) {
	defer damaged(d.path, &err)
	b.ordered.FillPercent = fill
	var scratch []byte // bbolt copies keys, and keeps values
	for w := wrote.Walk("", "", false); ; {
		key, value, ok := w.Peek()
		if !ok {
			break
		}
		w.Pass(key)
		scratch = append(scratch[:0], key...)
		if value == nil {
			err = b.bucket(key).Delete(scratch)
		} else {
			err = b.bucket(key).Put(scratch, value)
		}
		if err != nil {
			return err
		}
	}
	return d.commit(b.tx)
}

// visible reports whether readers see what the transaction of that number wrote, though its commit returned an error:
// when its last sync failed. Nobody can say then what a crash would leave.
func (d *DB) visible(id int) bool {
	t, err := d.bolt.Begin(false)
	if err != nil {
		return false
	}
	defer t.Rollback()
	return t.ID() >= id
}
