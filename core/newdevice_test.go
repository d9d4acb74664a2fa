package core_test

import (
	"strings"
	"testing"
	"time"

	"github.com/stormkeep/stormkeep/core"
	"github.com/stormkeep/stormkeep/core/coretest"
	"github.com/stormkeep/stormkeep/core/store"
)

// Owners hear of a sign-in from a device that is new to an account that knows others, also
// where a transaction runs more than once.
func TestANewDeviceIsToldOf(t *testing.T) {
	const linux = "Mozilla/5.0 (X11; Linux x86_64; rv:128.0) Gecko/20100101 Firefox/128.0"
	type step struct {
		name   string
		device string // a name; "" shows none, and keeps none
		wrong  bool
		alone  bool // no session is opened
		before func(t *testing.T, p *portal)
		mails  int // of this step
	}
	newPassword := func(t *testing.T, p *portal) { setPassword(t, p.w.App, p.w.Machine, p.ann.ID, coretest.Password) }
	turn := func(d time.Duration) func(*testing.T, *portal) {
		return func(_ *testing.T, p *portal) { p.w.Clock.Turn(d) }
	}
	for name, steps := range map[string][]step{
		"another browser": {{name: "the first", device: "a"}, {name: "the same", device: "a"}, {name: "another", device: "b", mails: 1},
			{name: "that one again", device: "b"}, {name: "the first again", device: "a"}, {name: "a third", device: "c", mails: 1}},
		"a wrong password":                {{name: "the first", device: "a"}, {name: "wrong", device: "b", wrong: true}, {name: "right", device: "b", mails: 1}},
		"a sign-in that opens no session": {{name: "no first", alone: true}, {name: "the first", device: "a"}, {name: "from elsewhere", alone: true}, {name: "again", device: "a"}},
		"a new password":                  {{name: "the first", device: "a"}, {name: "another", device: "b", before: newPassword}, {name: "the old one", device: "a", mails: 1}},
		"half a year later":               {{name: "the first", device: "a"}, {name: "another", device: "b", before: turn(180 * 24 * time.Hour)}},
		"a device in use": {{name: "the first", device: "a"}, {name: "again", device: "a", before: turn(100 * 24 * time.Hour)},
			{name: "another", device: "b", before: turn(100 * 24 * time.Hour), mails: 1}},
		"more than an address gets": {{name: "0", device: "a"}, {name: "1", mails: 1}, {name: "2", mails: 1}, {name: "3", mails: 1}, {name: "4", mails: 1}, {name: "5", mails: 1},
			{name: "6"}, {name: "an hour later", before: turn(time.Hour), mails: 1}},
	} {
		t.Run(name, func(t *testing.T) {
			onEngines(t, func(t *testing.T, s store.Store) {
				p := portalOn(t, s)
				door := core.As(t.Context(), core.Actor{Kind: core.Door, Tenant: p.w.Tenant, IP: "192.0.2.7", UserAgent: linux})
				told := func() (n int) {
					p.w.Settle(t)
					for _, m := range p.w.Post.All() {
						if !strings.Contains(m.Subject, "new device") {
							continue
						}
						if n++; m.To.Addr != p.ann.Email || !strings.Contains(m.Text, "before: Firefox, Linux, from the address 192.0.2.7.") {
							t.Errorf("to %s: %s", m.To.Addr, m.Text)
						}
					}
					return n
				}
				tokens := map[string]string{}
				for _, c := range steps {
					before := told()
					if c.before != nil {
						c.before(t, p)
					}
					at := core.Attempt{Application: p.app.ID, Login: "ann@example.com", Password: coretest.Password, Device: tokens[c.device]}
					if c.wrong {
						at.Password = wrong
					}
					out, err := p.w.App.Authenticate(door, at)
					if (err != nil) != c.wrong {
						t.Fatalf("%s: %v", c.name, err)
					}
					if !c.wrong && !c.alone {
						ok(t, p.w.App.Update(door, func(tx *core.Tx) error {
							_, _, err := core.OpenSession(tx, out.Done, p.app.ID)
							return err
						}))
						if c.device != "" {
							tokens[c.device] = out.Done.Device
						}
					}
					if n := told() - before; n != c.mails {
						t.Errorf("%s: %d mails, want %d", c.name, n, c.mails)
					}
				}
			})
		})
	}
}
