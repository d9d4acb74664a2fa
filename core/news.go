package core

import "sync"

// news wakes those who wait for a tenant's next event.
type news struct {
	mu   sync.Mutex
	next map[ID[Tenant]]chan struct{}
}

// Next is closed once a transaction that emitted events of the tenant has been kept by
// this process. Ask for it before looking for events, so that none comes between.
func (s *Stream) Next(t ID[Tenant]) <-chan struct{} {
	n := &s.news
	n.mu.Lock()
	defer n.mu.Unlock()
	c := n.next[t]
	if c == nil {
		if n.next == nil {
			n.next = map[ID[Tenant]]chan struct{}{}
		}
		c = make(chan struct{})
		n.next[t] = c
	}
	return c
}

func (n *news) tell(t ID[Tenant]) {
	n.mu.Lock()
	defer n.mu.Unlock()
	if c := n.next[t]; c != nil {
		close(c)
		delete(n.next, t)
	}
}

// tellNews has those woken who wait, once the transaction is kept.
func (tx *Tx) tellNews() {
	if tx.s.news {
		return
	}
	tx.s.news = true
	app, tenant := tx.App, tx.Tenant
	tx.After(func() { app.Events.news.tell(tenant) })
}

// trimmedKey holds up to where the tenant's outbox has been swept.
func trimmedKey(t ID[Tenant]) string { return scattered + string(t) + "/evt.gone" }

// Trimmed is the place in the commit sequence up to which the tenant's events are
// gone, because they were too old to be kept.
func (tx *Tx) Trimmed() (uint64, error) {
	if err := tx.mayRead(false); err != nil {
		return 0, err
	}
	n, err := tx.count(trimmedKey(tx.Tenant))
	return uint64(n), err
}

// Sequence is the tenant's place in its commit sequence: events to come are after it.
func (tx *Tx) Sequence() (uint64, error) {
	if err := tx.mayRead(false); err != nil {
		return 0, err
	}
	n, err := tx.count(tx.seqKey())
	return uint64(n), err
}
