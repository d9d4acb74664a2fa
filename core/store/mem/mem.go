// Package mem keeps everything in memory, for tests and demonstrations. Views read an unchanging tree and never wait;
// an Update writes to a copy that shares all it did not touch.
package mem

import (
	"bytes"
	"context"
	"iter"
	"strings"
	"sync/atomic"

	"github.com/stormkeep/stormkeep/core/store"
	"github.com/stormkeep/stormkeep/core/store/internal/gate"
	"github.com/stormkeep/stormkeep/core/store/internal/sorted"
)

// DB is a store.Store in memory. Close keeps nothing.
type DB struct {
	gate   gate.Gate
	writer chan struct{} // holds one token while an Update runs; a channel, so that waiting ends with the context
	state  atomic.Pointer[sorted.Map]
}

// Open returns an empty store.
func Open() *DB {
	d := &DB{writer: make(chan struct{}, 1)}
	d.state.Store(sorted.New())
	return d
}

// Copy is a store of its own that has what is in this one now.
func (d *DB) Copy() *DB {
	d.writer <- struct{}{}
	defer func() { <-d.writer }()
	c := Open()
	c.state.Store(d.state.Load().Copy())
	return c
}

// View implements store.Store.
func (d *DB) View(ctx context.Context, fn func(store.Tx) error) error {
	if err := ctx.Err(); err != nil {
		return err
	}
	if err := d.gate.Enter(); err != nil {
		return err
	}
	defer d.gate.Leave()
	t := &tx{data: d.state.Load(), readOnly: true}
	defer t.end()
	return fn(t)
}

// Update implements store.Store.
func (d *DB) Update(ctx context.Context, fn func(store.Tx) error) error {
	if err := ctx.Err(); err != nil {
		return err
	}
	if err := d.gate.Enter(); err != nil {
		return err
	}
	defer d.gate.Leave()
	select {
	case d.writer <- struct{}{}:
		defer func() { <-d.writer }()
	case <-ctx.Done():
		return ctx.Err()
	}
	if err := ctx.Err(); err != nil {
		return err
	}
	t := &tx{data: d.state.Load().Copy()}
	defer t.end()
	if err := fn(t); err != nil {
		return err
	}
	d.state.Store(t.data)
	return nil
}

// Close implements store.Store.
func (d *DB) Close() error {
	if d.gate.Close() {
		d.state.Store(sorted.New())
	}
	return nil
}

type tx struct {
	data     *sorted.Map
	readOnly bool
	over     bool
}

func (t *tx) end() { t.over = true }

func (t *tx) writable() error {
	if t.over {
		return store.ErrClosed
	}
	if t.readOnly {
		return store.ErrReadOnly
	}
	return nil
}

func (t *tx) Get(key string) ([]byte, error) {
	if t.over {
		return nil, store.ErrClosed
	}
	if v, ok := t.data.Get(key); ok {
		return v, nil
	}
	return nil, store.ErrNotFound
}

func (t *tx) Put(key string, value []byte) error {
	if err := t.writable(); err != nil {
		return err
	}
	if err := store.Check(key, value); err != nil {
		return err
	}
	t.data.Set(strings.Clone(key), bytes.Clone(value))
	return nil
}

func (t *tx) Delete(key string) error {
	if err := t.writable(); err != nil {
		return err
	}
	t.data.Delete(key)
	return nil
}

func (t *tx) Scan(from, to string) iter.Seq2[store.Item, error] { return t.scan(from, to, false) }

func (t *tx) ScanBack(from, to string) iter.Seq2[store.Item, error] { return t.scan(from, to, true) }

func (t *tx) scan(from, to string, back bool) iter.Seq2[store.Item, error] {
	return func(yield func(store.Item, error) bool) {
		for w := t.data.Walk(from, to, back); ; {
			if t.over {
				yield(store.Item{}, store.ErrClosed)
				return
			}
			k, v, ok := w.Peek()
			if !ok {
				return
			}
			w.Pass(k)
			if !yield(store.Item{Key: k, Value: v}, nil) {
				return
			}
		}
	}
}
