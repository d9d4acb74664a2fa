package core

import "context"

// standing remembers answers that hold until App.Authority changes: what is asked at
// every request, and changed once a month.
type standing[K comparable, V any] struct{ told *recent[K, stood[V]] }

type stood[V any] struct {
	authority uint64
	answer    V
}

// maxStanding is how many answers a generation remembers.
const maxStanding = 1 << 10

func newStanding[K comparable, V any]() *standing[K, V] {
	return &standing[K, V]{newRecent[K, stood[V]](maxStanding)}
}

// ask is what read says, at present or at a time since which no authority has changed.
// What is asked in a rehearsal is asked of its store.
func (m *standing[K, V]) ask(ctx context.Context, a *App, key K, read func() (V, error)) (V, error) {
	if rehearsal(ctx) != nil {
		return read()
	}
	authority := a.Authority() // before it is read: a change meanwhile makes it worthless
	if s, ok := m.told.get(key); ok && s.authority == authority {
		return s.answer, nil
	}
	v, err := read()
	if err == nil {
		m.told.add(key, stood[V]{authority, v})
	}
	return v, err
}
