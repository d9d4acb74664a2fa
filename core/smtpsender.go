package core

import (
	"sync"

	"github.com/stormkeep/stormkeep/core/mail"
)

// relays are the connections to tenants' own mail servers.
type relays struct {
	mu sync.Mutex
	by map[ID[Tenant]]relay
}

type relay struct {
	server ID[SmtpServer]
	rev    uint64
	sender *mail.SMTP
}

// pick is the sender of a tenant that has a mail server of its own, nil of another.
// One that was changed is spoken to anew.
func (r *relays) pick(tx *Tx) (mail.Sender, error) {
	s, err := Find(tx, TenantSmtpServer, "", "")
	if IsNotFound(err) || err == nil && s.Status != Enabled {
		r.drop(tx.Tenant)
		return nil, nil
	}
	if err != nil {
		return nil, err
	}
	r.mu.Lock()
	defer r.mu.Unlock()
	was, ok := r.by[tx.Tenant]
	if ok && was.server == s.ID && was.rev == s.Rev {
		return was.sender, nil
	}
	c, err := s.Sending(tx)
	if err != nil {
		return nil, err
	}
	if ok {
		go was.sender.Close() // it may be speaking
	}
	now := relay{s.ID, s.Rev, mail.NewSMTP(c)}
	if r.by == nil {
		r.by = map[ID[Tenant]]relay{}
	}
	r.by[tx.Tenant] = now
	return now.sender, nil
}

func (r *relays) drop(t ID[Tenant]) {
	r.mu.Lock()
	defer r.mu.Unlock()
	if was, ok := r.by[t]; ok {
		go was.sender.Close()
		delete(r.by, t)
	}
}

// close ends all connections.
func (r *relays) close() {
	r.mu.Lock()
	defer r.mu.Unlock()
	for t, was := range r.by {
		was.sender.Close()
		delete(r.by, t)
	}
}
