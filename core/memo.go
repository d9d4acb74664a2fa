package core

import (
	"slices"
	"strconv"
	"time"
)

// memo remembers the ids made for one call of Update, and when it was, so that
// every run of its function makes the same records.
type memo struct {
	attempt string
	now     time.Time
	made    map[string][]string
	next    map[string]int

	// What a run did may stand although its commit was not known, and the next
	// run find it done. So what must follow is remembered beyond the run: too
	// often does no harm to the first two.
	authority bool
	keys      bool // signing keys changed
	bells     map[*bell]bool
	reactions map[string]reaction // of hooks, by record and revision
	run       int
}

type reaction struct {
	run int
	fn  func()
}

func newMemo() *memo {
	return &memo{attempt: NewID7(), made: map[string][]string{}, bells: map[*bell]bool{}, reactions: map[string]reaction{}}
}

func (m *memo) rewind() { m.next, m.run = map[string]int{}, m.run+1 }

func (m *memo) id(kind string, make func() string) string {
	i := m.next[kind]
	m.next[kind]++
	if i == len(m.made[kind]) {
		if make == nil {
			make = NewID7
		}
		m.made[kind] = append(m.made[kind], make())
	}
	return m.made[kind][i]
}

// made tells whether this call of Update made the id, in this run or a former one.
func (tx *Tx) made(kind, id string) bool { return slices.Contains(tx.s.ids.made[kind], id) }

// react has the After handlers of a change run once it is kept; nil has those
// that a former run of this call found for it, if it made the change.
func (tx *Tx) react(ref Ref, rev uint64, fn func()) {
	m := tx.s.ids
	key := string(ref) + "@" + strconv.FormatUint(rev, 10)
	if fn == nil {
		r, ok := m.reactions[key]
		if !ok || r.run == m.run {
			return
		}
		fn = r.fn
	}
	m.reactions[key] = reaction{m.run, fn}
	tx.After(fn)
}
