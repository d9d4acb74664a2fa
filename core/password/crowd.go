package password

// Crowd is how many hashes are on their way, and what there is room for.
type Crowd struct {
	Running, Slots int    // slots taken, and all there are
	Waiting, Queue int    // hashes that wait, and how many may
	Refused        uint64 // since the start, because the queue was full
}

// Crowd is how busy the hasher is.
func (h *Hasher) Crowd() Crowd {
	h.once.Do(func() { h.gate.open(h.Workers, h.Queue) })
	g := &h.gate
	g.mu.Lock()
	defer g.mu.Unlock()
	return Crowd{Running: g.running, Slots: g.workers, Waiting: g.waiting.Len(), Queue: g.queue, Refused: g.refused}
}
