package core

import "sync"

// recent remembers what was asked for last, in two generations, of which the older is
// dropped when the younger is full.
type recent[K comparable, V any] struct {
	most       int // of a generation
	mu         sync.RWMutex
	young, old map[K]V
}

func newRecent[K comparable, V any](most int) *recent[K, V] { return &recent[K, V]{most: most} }

func (m *recent[K, V]) get(key K) (v V, ok bool) {
	m.mu.RLock()
	defer m.mu.RUnlock()
	if v, ok = m.young[key]; !ok {
		v, ok = m.old[key]
	}
	return v, ok
}

func (m *recent[K, V]) add(key K, v V) {
	m.mu.Lock()
	defer m.mu.Unlock()
	if m.young == nil || len(m.young) >= m.most {
		m.young, m.old = make(map[K]V), m.young
	}
	m.young[key] = v
}
