package bolt

import (
	"fmt"
	"iter"

	"go.etcd.io/bbolt"

	"github.com/stormkeep/stormkeep/core/store"
	"github.com/stormkeep/stormkeep/core/store/internal/sorted"
)

// base is the committed state under a transaction. Ordered keys lie in a bucket of their own, which is one stretch of
// the key space, so a scan walks at most three stretches one after the other.
type base struct{ ordered, scattered *bbolt.Bucket }

func baseOf(t *bbolt.Tx) base { return base{t.Bucket(orderedBucket), t.Bucket(scatteredBucket)} }

func (b base) bucket(key string) *bbolt.Bucket {
	if key != "" && key[0] == store.Ordered {
		return b.ordered
	}
	return b.scattered
}

// tx implements store.Tx: over a snapshot, or over a batch, which lays what its functions wrote over the base.
type tx struct {
	base
	path  string
	batch *batch // nil in a View
	over  bool
	key   []byte // scratch: bbolt keeps no key that it looks up
}

func (t *tx) Get(key string) (value []byte, err error) {
	if t.over {
		return nil, store.ErrClosed
	}
	if t.batch != nil {
		if v, ok := t.batch.wrote.Get(key); ok {
			if v == nil {
				return nil, store.ErrNotFound
			}
			return v, nil
		}
	}
	defer damaged(t.path, &err)
	t.key = append(t.key[:0], key...)
	if v := t.bucket(key).Get(t.key); v != nil {
		return v, nil
	}
	return nil, store.ErrNotFound
}

func (t *tx) writable() error {
	if t.over {
		return store.ErrClosed
	}
	if t.batch == nil {
		return store.ErrReadOnly
	}
	return nil
}

func (t *tx) Put(key string, value []byte) error {
	if err := t.writable(); err != nil {
		return err
	}
	if err := store.Check(key, value); err != nil {
		return err
	}
	t.batch.set(t.batch.kept.text(key), t.batch.kept.bytes(value))
	return nil
}

func (t *tx) Delete(key string) error {
	if err := t.writable(); err != nil || key == "" || len(key) > store.MaxKey {
		return err
	}
	t.batch.set(t.batch.kept.text(key), nil)
	return nil
}

func (t *tx) Scan(from, to string) iter.Seq2[store.Item, error] { return t.scan(from, to, false) }

func (t *tx) ScanBack(from, to string) iter.Seq2[store.Item, error] { return t.scan(from, to, true) }

// scan merges the base, which does not change while the function runs, with what was written over it, which may.
func (t *tx) scan(from, to string, back bool) iter.Seq2[store.Item, error] {
	return func(yield func(store.Item, error) bool) {
		under := walk{base: t.base, path: t.path, from: from, to: to, back: back, keys: copies{limit: 4096}}
		var over sorted.Walk
		if t.batch != nil {
			over = t.batch.wrote.Walk(from, to, back)
		}
		for next := true; ; {
			if t.over {
				yield(store.Item{}, store.ErrClosed)
				return
			}
			if next {
				if err := under.next(); err != nil {
					yield(store.Item{}, err)
					return
				}
			}
			item, ok := under.item, under.more
			next = ok
			if t.batch != nil {
				if k, v, has := over.Peek(); has && (!ok || k == item.Key || (k < item.Key) != back) {
					next = ok && k == item.Key
					item, ok = store.Item{Key: k, Value: v}, true
				}
			}
			if !ok {
				return
			}
			if t.batch != nil {
				over.Pass(item.Key)
			}
			if item.Value != nil && !yield(item, nil) {
				return
			}
		}
	}
}

// Pass implements store.Passer: over the base it copies no key.
func (t *tx) Pass(from, to string, fn func(key, value []byte) bool) (err error) {
	if t.over {
		return store.ErrClosed
	}
	if t.batch != nil {
		return store.Pass(scanning{t}, from, to, fn)
	}
	w := walk{base: t.base, path: t.path, from: from, to: to}
	theirs := false // it is fn that runs: what it panics with is its own
	defer func() {
		if r := recover(); r != nil {
			if theirs {
				panic(r)
			}
			err = fmt.Errorf("%s: %w: %v", t.path, store.ErrDamaged, r)
		}
	}()
	for {
		k, v := w.forth()
		if k == nil {
			return nil
		}
		theirs = true
		if !fn(k, v) {
			return nil
		}
		theirs = false
	}
}

// scanning is a transaction that only scans.
type scanning struct{ store.Tx }

// walk goes through the base's keys in [from, to), which next leaves in item while there are more.
type walk struct {
	base
	path     string
	from, to string
	back     bool
	item     store.Item
	more     bool

	stretch int // those done: before the ordered keys, they, after them; or back
	lo, hi  string
	cursor  *bbolt.Cursor // in the present stretch
	keys    copies
}

func (w *walk) next() (err error) {
	defer damaged(w.path, &err)
	w.item, w.more = store.Item{}, false
	if k, v := w.forth(); k != nil {
		w.item, w.more = store.Item{Key: w.keys.key(k), Value: v}, true
	}
	return nil
}

// forth is the next key and its value as bbolt holds them, nil at the end.
func (w *walk) forth() (k, v []byte) {
	for ; w.stretch < 3; w.stretch++ {
		if w.cursor != nil {
			k, v = w.step()
		} else if b := w.enter(); b != nil {
			w.cursor = b.Cursor()
			k, v = w.first()
		}
		if k != nil && (w.back && string(k) >= w.lo || !w.back && (w.hi == "" || string(k) < w.hi)) {
			return k, v
		}
		w.cursor = nil
	}
	return nil, nil
}

// The ordered keys are those in [orderedFrom, orderedTo).
const (
	orderedFrom = string(rune(store.Ordered))
	orderedTo   = string(rune(store.Ordered + 1))
)

// enter sets the bounds of the present stretch and returns its bucket, or nil when the walk has no part in it.
func (w *walk) enter() *bbolt.Bucket {
	b, n := w.scattered, w.stretch
	if w.back {
		n = 2 - n
	}
	w.lo, w.hi = w.from, w.to
	switch n {
	case 0:
		w.hi = least(w.hi, orderedFrom)
	case 1:
		b, w.lo, w.hi = w.ordered, max(w.lo, orderedFrom), least(w.hi, orderedTo)
	case 2:
		w.lo = max(w.lo, orderedTo)
	}
	if w.hi != "" && w.lo >= w.hi {
		return nil
	}
	return b
}

// least is min where "" means the end.
func least(to, bound string) string {
	if to == "" {
		return bound
	}
	return min(to, bound)
}

func (w *walk) step() (k, v []byte) {
	if w.back {
		return w.cursor.Prev()
	}
	return w.cursor.Next()
}

func (w *walk) first() (k, v []byte) {
	if !w.back {
		return w.cursor.Seek([]byte(w.lo))
	}
	if w.hi != "" {
		if k, _ := w.cursor.Seek([]byte(w.hi)); k != nil {
			return w.cursor.Prev()
		}
	}
	return w.cursor.Last()
}
