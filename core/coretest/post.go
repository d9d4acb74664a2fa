package coretest

import (
	"context"
	"slices"
	"sync"
	"testing"
	"time"

	"github.com/stormkeep/stormkeep/core/mail"
)

// Post is a sender that keeps the mails it gets.
type Post struct {
	mu   sync.Mutex
	fail func(m *mail.Message) error
	all  []mail.Message
	sent int // tries
}

// Refuse has each mail end as fail says, nil being taken.
func (p *Post) Refuse(fail func(*mail.Message) error) {
	p.mu.Lock()
	defer p.mu.Unlock()
	p.fail = fail
}

// Send keeps a mail.
func (p *Post) Send(_ context.Context, m *mail.Message) (string, error) {
	p.mu.Lock()
	defer p.mu.Unlock()
	p.sent++
	if p.fail != nil {
		if err := p.fail(m); err != nil {
			return "", err
		}
	}
	p.all = append(p.all, *m)
	return "kept", nil
}

// Close does nothing.
func (p *Post) Close() error { return nil }

// Tries is how often a mail was to be sent.
func (p *Post) Tries() int {
	p.mu.Lock()
	defer p.mu.Unlock()
	return p.sent
}

// All are the mails there are.
func (p *Post) All() []mail.Message {
	p.mu.Lock()
	defer p.mu.Unlock()
	return slices.Clone(p.all)
}

// Wait waits for the n-th mail, and returns all.
func (p *Post) Wait(t testing.TB, n int) []mail.Message {
	t.Helper()
	for limit := time.Now().Add(30 * time.Second); ; time.Sleep(time.Millisecond) {
		all := p.All()
		if len(all) >= n {
			return all
		}
		if time.Now().After(limit) {
			t.Fatalf("there are %d mails after 30 s, want %d", len(all), n)
		}
	}
}
