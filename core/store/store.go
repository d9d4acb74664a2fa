// Package store is the contract between the core and the database under it: one sorted space of keys, changed only
// inside transactions. Everything an engine promises is written here and checked by storetest.Run.
//
// A key's first byte is its class: Ordered keys are only ever appended at the right edge (their names begin with a
// time), all others are scattered. The class is a hint for the layout on disk and changes nothing else: a scan that
// spans classes yields them in plain byte order.
package store

import (
	"context"
	"errors"
	"fmt"
	"io"
	"iter"
)

// Errors that every engine returns, wrapped or bare: match them with errors.Is.
var (
	// ErrNotFound is what Get returns for a key that is not there.
	ErrNotFound = errors.New("store: key not found")
	// ErrReadOnly is what Put and Delete return inside a View.
	ErrReadOnly = errors.New("store: write inside a View")
	// ErrClosed is returned for use of a closed store, and of a Tx after its function returned.
	ErrClosed = errors.New("store: closed")
	// ErrInvalid is what Put returns for an empty or oversized key or value.
	ErrInvalid = errors.New("store: invalid key or value")
	// ErrFull says that the disk has no room for the commit, which was undone. It wraps the cause. Reads go on, and
	// updates work again once there is room.
	ErrFull = errors.New("store: disk full")
	// ErrLocked says that another process has the data open.
	ErrLocked = errors.New("store: in use by another process")
	// ErrDamaged says that the data cannot be read as this engine's.
	ErrDamaged = errors.New("store: damaged")
)

const (
	// Ordered is the class byte of keys that are only appended at the right edge.
	Ordered = 'o'
	// MaxKey is the longest key, in bytes.
	MaxKey = 32 << 10
	// MaxValue is the longest value, in bytes.
	MaxValue = 64 << 20
)

// Store is an open database, safe for use by many goroutines.
type Store interface {
	// View runs fn on one unchanging state: that of the last Update that returned before View was called, or a later
	// one. A View inside a View is allowed and may see a later state than the outer one. An Update inside a View is not: it
	// may wait for itself.
	//
	// If ctx has ended before fn starts, View returns ctx.Err() and fn does not run; an end after that stops nothing.
	// The error of fn is returned as it is.
	View(ctx context.Context, fn func(Tx) error) error

	// Update runs fn and keeps what it wrote, all of it or nothing, unless fn returns an error, panics or leaves its
	// goroutine; then nothing of it is kept. When Update returns nil, the writes are durable (as far as the engine
	// has a disk) and every later View sees them. Updates are serializable.
	//
	// fn may run more than once, so it must have no effect outside the transaction. It must call neither Update nor
	// Close of the same store, which would wait for themselves. The error of fn is returned as it is, save where the
	// commit of writes that fn may have read came to nothing: then that error is returned in its place.
	//
	// If ctx has ended before fn starts, Update returns ctx.Err() and nothing happens; an end after that stops nothing.
	Update(ctx context.Context, fn func(Tx) error) error

	// Close waits for the functions that run and for their commits. Later calls return ErrClosed, Close itself nil.
	Close() error
}

// Tx reads and writes keys. It is valid only until its function returns, and only on the goroutine that runs it.
//
// Values that it returns are valid until then too, whatever is written meanwhile, and must not be changed.
type Tx interface {
	// Get returns the value of key, as this transaction's own writes left it, or ErrNotFound.
	Get(key string) ([]byte, error)

	// Put sets the value of key and copies both. An empty key or value, and one longer than MaxKey or MaxValue, is
	// ErrInvalid.
	Put(key string, value []byte) error

	// Delete removes key. That it is not there is no error.
	Delete(key string) error

	// Scan yields the keys in [from, to) in byte order, as this transaction's own writes left them. An empty to means
	// the end of the store. An error is yielded once, last, with a zero Item.
	//
	// The transaction may write while it scans. What was there when the scan began and is not touched is yielded
	// exactly once; a key written or deleted ahead of the scan may be seen as it was or as it is. So deleting each key
	// as it is yielded deletes them all.
	Scan(from, to string) iter.Seq2[Item, error]

	// ScanBack yields what Scan does, from the last to the first.
	ScanBack(from, to string) iter.Seq2[Item, error]
}

// Item is one key and its value, valid as long as other values of the transaction. The key may be kept.
type Item struct {
	Key   string
	Value []byte
}

// Passer is implemented by transactions that can show what they hold in passing, for a third of the price of Scan.
type Passer interface {
	// Pass calls fn with the keys in [from, to) and their values, in the order of Scan, until fn returns false. A key is
	// valid only until fn returns, and until Pass returns the transaction must not write.
	Pass(from, to string, fn func(key, value []byte) bool) error
}

// Pass is tx's own where it implements Passer, and Scan elsewhere.
func Pass(tx Tx, from, to string, fn func(key, value []byte) bool) error {
	if p, ok := tx.(Passer); ok {
		return p.Pass(from, to, fn)
	}
	var key []byte
	for it, err := range tx.Scan(from, to) {
		if err != nil {
			return err
		}
		if key = append(key[:0], it.Key...); !fn(key, it.Value) {
			return nil
		}
	}
	return nil
}

// Sizer is implemented by engines that know how much disk they use.
type Sizer interface {
	// Size returns the bytes that the data takes on disk, free pages among them.
	Size() int64
}

// Backuper is implemented by engines that can copy themselves while in use.
type Backuper interface {
	// WriteTo writes one unchanging state that the same engine can open, and returns the bytes written. Writers are
	// not stopped, but the engine may keep old pages until it is done.
	WriteTo(w io.Writer) (int64, error)
}

// Checker is implemented by engines that can look at their own structure.
type Checker interface {
	// CheckPages returns a line for each fault of the structure below keys and values, at most max of them. It reads
	// everything, and the engine may keep old pages until it is done.
	CheckPages(max int) ([]string, error)
}

// Compacter is implemented by engines that can give back to the disk what they no longer use.
type Compacter interface {
	// Compact rewrites the data and returns the bytes that they took before and take after. Readers go on meanwhile;
	// writers wait. Whenever the process dies, either the old or the new form is whole and in place.
	Compact() (before, after int64, err error)
}

// End returns the first key after all those that begin with prefix, or "" (the end of the store) where there is none.
func End(prefix string) string {
	for i := len(prefix) - 1; i >= 0; i-- {
		if prefix[i] != 0xff {
			return prefix[:i] + string([]byte{prefix[i] + 1})
		}
	}
	return ""
}

// Check returns what Put must refuse, an ErrInvalid, or nil. Engines call it first, so that all refuse the same.
func Check(key string, value []byte) error {
	switch {
	case key == "":
		return fmt.Errorf("%w: empty key", ErrInvalid)
	case len(key) > MaxKey:
		return fmt.Errorf("%w: key of %d bytes, at most %d", ErrInvalid, len(key), MaxKey)
	case len(value) == 0:
		return fmt.Errorf("%w: empty value at %q", ErrInvalid, key)
	case len(value) > MaxValue:
		return fmt.Errorf("%w: value of %d bytes at %q, at most %d", ErrInvalid, len(value), key, MaxValue)
	}
	return nil
}
