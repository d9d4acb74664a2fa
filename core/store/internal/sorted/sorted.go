// Package sorted is the map under the engines: keys in byte order, copies that share what they have in common, and
// walks that stay right while the map changes under them.
package sorted

import (
	"github.com/tidwall/btree"
)

// degree is the tree's: 31 entries a node. Larger nodes read no faster here, and a write after Copy copies whole nodes.
const degree = 16

// Map holds values by key. Reading it from many goroutines is safe as long as nobody writes or copies to write.
type Map struct {
	tree    *btree.Map[string, []byte]
	version uint64 // grows with each write, so that a Walk knows that its place in the tree is gone
}

// New returns an empty map.
func New() *Map { return &Map{tree: btree.NewMap[string, []byte](degree)} }

// Copy returns a map that may be written without m seeing it, in constant time. Readers of m may go on meanwhile; two
// goroutines must not copy m at once.
func (m *Map) Copy() *Map { return &Map{tree: m.tree.Copy()} }

// Len returns the number of keys.
func (m *Map) Len() int { return m.tree.Len() }

// Get returns the value of key, and whether it is there.
func (m *Map) Get(key string) ([]byte, bool) { return m.tree.Get(key) }

// Set sets the value of key without copying it, and returns what was there before.
func (m *Map) Set(key string, value []byte) (before []byte, was bool) {
	m.version++
	return m.tree.Set(key, value)
}

// Delete removes key and returns what was there before.
func (m *Map) Delete(key string) (before []byte, was bool) {
	m.version++
	return m.tree.Delete(key)
}

// Walk goes through [from, to), where an empty to means the end, or back from its end. The map may change between
// steps: each goes to the nearest key beyond the last that is there at that moment.
type Walk struct {
	m        *Map
	from, to string
	back     bool

	at      btree.MapIter[string, []byte]
	there   bool // at stands on a key
	placed  bool // at was set, when the map had version
	version uint64
	last    string
	begun   bool // last was passed
}

// Walk returns a walk that stands before its first key.
func (m *Map) Walk(from, to string, back bool) Walk {
	return Walk{m: m, from: from, to: to, back: back}
}

// Peek returns the next key and its value, and whether there is one.
func (w *Walk) Peek() (key string, value []byte, ok bool) {
	if !w.placed || w.version != w.m.version {
		w.there, w.placed, w.version = w.seek(), true, w.m.version
	}
	if !w.there {
		return "", nil, false
	}
	key = w.at.Key()
	if w.back && key < w.from || !w.back && w.to != "" && key >= w.to {
		return "", nil, false
	}
	return key, w.at.Value(), true
}

// Pass goes past key, which is the one that Peek returned or one before it that the map does not hold.
func (w *Walk) Pass(key string) {
	w.last, w.begun = key, true
	if !w.placed || !w.there || w.version != w.m.version || w.at.Key() != key {
		return
	}
	if w.back {
		w.there = w.at.Prev()
		return
	}
	w.there = w.at.Next()
}

// seek finds the next key from scratch, with a new iterator, because an old one remembers that it met an end.
func (w *Walk) seek() bool {
	w.at = w.m.tree.Iter()
	if !w.back {
		if !w.begun {
			return w.at.Seek(w.from)
		}
		return w.at.Seek(w.last) && (w.at.Key() != w.last || w.at.Next())
	}
	bound := w.to
	if w.begun {
		bound = w.last
	}
	if bound == "" || !w.at.Seek(bound) {
		w.at = w.m.tree.Iter()
		return w.at.Last()
	}
	return w.at.Prev()
}
