package core_test

import (
	"context"
	"fmt"
	"net/netip"
	"os"
	"path/filepath"
	"strings"
	"sync"
	"testing"
	"time"

	"github.com/stormkeep/stormkeep/core"
	"github.com/stormkeep/stormkeep/core/coretest"
	"github.com/stormkeep/stormkeep/core/store"
	"github.com/stormkeep/stormkeep/core/store/bolt"
	"github.com/stormkeep/stormkeep/core/store/mem"
)

// door is a shop whose attempts are made late at once, and written down.
type door struct {
	*shop
	mu   sync.Mutex
	late time.Duration // the last attempt was
}

func newDoor(t *testing.T, w *coretest.World) *door {
	t.Helper()
	d := &door{shop: newShop(t, w)}
	w.App.Pause = func(_ context.Context, by time.Duration) error {
		d.mu.Lock()
		defer d.mu.Unlock()
		d.late = by
		return nil
	}
	return d
}

const wrong = "Wrong1234"

// try is an attempt from an address, "" for one that nobody told.
func (d *door) try(login, pw, from string, device ...string) (core.Outcome, error) {
	d.mu.Lock()
	d.late = 0
	d.mu.Unlock()
	at := core.Attempt{Application: d.app.ID, Login: login, Password: pw, Door: "test"}
	if from != "" {
		at.Source = netip.MustParseAddr(from)
	}
	if len(device) > 0 {
		at.Device = device[0]
	}
	return d.w.App.Authenticate(d.w.Machine(), at)
}

// held is for how long an error holds back, 0 if it does not.
func held(err error) time.Duration {
	if code(err) != core.HeldBack {
		return 0
	}
	return core.AsError(err).RetryAfter
}

const (
	home  = "203.0.113.7"
	away  = "198.51.100.7"
	home6 = "2001:db8:1:2::7"
)

// failures makes wrong tries of which none is held back.
func (d *door) failures(t *testing.T, n int, login, from string, device ...string) {
	t.Helper()
	for i := range n {
		if _, err := d.try(login, wrong, from, device...); held(err) > 0 || err == nil {
			t.Fatalf("wrong try %d of %s from %q: %v", i+1, login, from, err)
		}
	}
}

// Who is wrong too often waits, twice as long each time, a quarter of an hour at most,
// known or unknown. What is held back is not looked at, does not count, and does not
// lengthen the wait.
func TestWrongTriesFromAPlaceAreHeldBack(t *testing.T) {
	onEngines(t, func(t *testing.T, s store.Store) {
		for _, who := range []string{"ann@example.com", "nobody@example.com"} {
			for _, from := range []string{home, home6} {
				w := worldOn(t, store.Store(mem.Open()))
				if who == "ann@example.com" && from == home {
					w = worldOn(t, s)
				}
				d := newDoor(t, w)
				d.failures(t, 5, who, from)
				for n, want := range []time.Duration{2, 4, 8, 16, 32, 64, 128, 256, 512, 900, 900} {
					want *= time.Second
					for range 3 {
						before := w.App.Passwords.Count()
						if _, err := d.try(who, coretest.Password, from); held(err) != want || w.App.Passwords.Count() != before {
							t.Fatalf("%s after %d: %v, want %v", who, n+5, held(err), want)
						}
					}
					w.Clock.Turn(want - time.Second)
					if _, err := d.try(who, coretest.Password, from); held(err) != time.Second {
						t.Fatalf("%s a second before the end: %v", who, err)
					}
					w.Clock.Turn(time.Second)
					if n == 10 {
						break
					}
					d.failures(t, 1, who, from)
				}
			}
		}
	})
}

func TestWhatHoldsWhomBack(t *testing.T) {
	for _, c := range []struct {
		name   string
		before func(t *testing.T, d *door)
		login  string
		from   string
		want   time.Duration // held back
		late   time.Duration
	}{
		{name: "nothing", login: "ann@example.com", from: home},
		{name: "wrong tries from elsewhere do not", login: "ann@example.com", from: away,
			before: func(t *testing.T, d *door) { d.failures(t, 5, "ann@example.com", home) }},
		{name: "those of the same /24 do", login: "ann@example.com", from: "203.0.113.250", want: 2 * time.Second,
			before: func(t *testing.T, d *door) { d.failures(t, 5, "ann@example.com", home) }},
		{name: "those of the same /64 do", login: "ann@example.com", from: "2001:db8:1:2:ffff::1", want: 2 * time.Second,
			before: func(t *testing.T, d *door) { d.failures(t, 5, "ann@example.com", home6) }},
		{name: "those of the next /64 do not", login: "ann@example.com", from: "2001:db8:1:3::7",
			before: func(t *testing.T, d *door) { d.failures(t, 5, "ann@example.com", home6) }},
		{name: "an IPv4 address is one in IPv6, too", login: "ann@example.com", from: "::ffff:203.0.113.9", want: 2 * time.Second,
			before: func(t *testing.T, d *door) { d.failures(t, 5, "ann@example.com", home) }},
		{name: "those for another do not", login: "vic@example.com", from: home,
			before: func(t *testing.T, d *door) { d.failures(t, 5, "ann@example.com", home) }},
		{name: "those of any name of the account do", login: "ANN@example.COM", from: home, want: 2 * time.Second,
			before: func(t *testing.T, d *door) {
				change(t, d.w, d.ann.ID, func(a *core.Account) { a.Username = "ann" })
				d.failures(t, 5, "ann", home)
			}},
		{name: "a right one forgives them", login: "ann@example.com", from: home,
			before: func(t *testing.T, d *door) {
				d.failures(t, 4, "ann@example.com", home)
				ok(t, second(d.try("ann@example.com", coretest.Password, home)))
				d.failures(t, 4, "ann@example.com", home)
			}},
		{name: "one over the turn of the hour, too", login: "ann@example.com", from: home,
			before: func(t *testing.T, d *door) {
				d.w.Clock.Turn(59 * time.Minute)
				d.failures(t, 3, "ann@example.com", home)
				d.w.Clock.Turn(2 * time.Minute)
				d.failures(t, 1, "ann@example.com", home)
				ok(t, second(d.try("ann@example.com", coretest.Password, home)))
				d.failures(t, 4, "ann@example.com", home)
			}},
		{name: "an hour forgets them", login: "ann@example.com", from: home,
			before: func(t *testing.T, d *door) {
				d.failures(t, 5, "ann@example.com", home)
				d.w.Clock.Turn(time.Hour)
				d.failures(t, 4, "ann@example.com", home)
			}},
		{name: "the turn of an hour does not", login: "ann@example.com", from: home, want: 2 * time.Second,
			before: func(t *testing.T, d *door) {
				d.w.Clock.Turn(59 * time.Minute)
				d.failures(t, 4, "ann@example.com", home)
				d.w.Clock.Turn(2 * time.Minute)
				d.failures(t, 1, "ann@example.com", home)
			}},
		{name: "a clock that is set back lengthens nothing", login: "ann@example.com", from: home, want: 2 * time.Second,
			before: func(t *testing.T, d *door) {
				d.w.Clock.Turn(40 * time.Minute)
				d.failures(t, 5, "ann@example.com", home)
				d.w.Clock.Turn(-30 * time.Minute)
			}},
		{name: "a hundred of a source for all", login: "vic@example.com", from: home, want: 2 * time.Second,
			before: func(t *testing.T, d *door) {
				for i := range 100 {
					d.failures(t, 1, fmt.Sprint("made-up-", i), home)
				}
			}},
		{name: "a right one of an account of one's own forgives no source", login: "vic@example.com", from: home, want: 2 * time.Second,
			before: func(t *testing.T, d *door) {
				for i := range 100 {
					d.failures(t, 1, fmt.Sprint("made-up-", i), home)
					if i == 98 {
						ok(t, second(d.try("ann@example.com", coretest.Password, home)))
					}
				}
			}},
		{name: "many of all sources make late", login: "ann@example.com", from: home, late: time.Second,
			before: func(t *testing.T, d *door) {
				for i := range 22 {
					d.failures(t, 1, "ann@example.com", fmt.Sprintf("10.0.%d.1", i))
				}
			}},
		{name: "nobody who does not say whence is refused", login: "ann@example.com", late: 5 * time.Second,
			before: func(t *testing.T, d *door) { d.failures(t, 60, "ann@example.com", "") }},
		{name: "nor for a name that nobody has", login: "nobody", late: 5 * time.Second,
			before: func(t *testing.T, d *door) { d.failures(t, 60, "nobody", "") }},
		{name: "a disabled account is one", login: "ann@example.com", from: home, want: 2 * time.Second,
			before: func(t *testing.T, d *door) {
				change(t, d.w, d.ann.ID, func(a *core.Account) { a.Status = core.Disabled })
				for range 5 { // right, and refused: else the count would tell
					wantCode(t, "disabled", second(d.try("ann@example.com", coretest.Password, home)), "account_disabled")
				}
			}},
		{name: "another tenant's tries do not", login: "ann@example.com", from: home,
			before: func(t *testing.T, d *door) {
				other := d.w.Other(t, "other")
				for range 5 {
					other.App.Authenticate(other.Machine(), core.Attempt{Application: other.Application(t, "Stormpath").ID,
						Login: "ann@example.com", Password: wrong, Source: netip.MustParseAddr(home)})
				}
			}},
	} {
		t.Run(c.name, func(t *testing.T) {
			d := newDoor(t, newWorld(t))
			if c.before != nil {
				c.before(t, d)
			}
			_, err := d.try(c.login, coretest.Password, c.from)
			if held(err) != c.want || d.late != c.late {
				t.Errorf("held back for %v (%v) and late by %v, want %v and %v", held(err), err, d.late, c.want, c.late)
			}
		})
	}
}

// Nobody keeps an operator out: not from where they are, nor from a device they have.
func TestNoOperatorIsLockedByStrangers(t *testing.T) {
	w := newWorld(t)
	d := newDoor(t, w)
	d.app = w.Application(t, "Stormpath")
	const who, pw = "owner@example.com", "correct horse battery"
	out, err := d.try(who, pw, home)
	ok(t, err)
	for i := range 60 {
		d.failures(t, 1, who, fmt.Sprintf("10.0.%d.1", i))
	}
	d.failures(t, 5, who, home)
	if _, err := d.try(who, pw, home); held(err) == 0 {
		t.Errorf("the place of an attacker: %v", err)
	}
	if _, err := d.try(who, pw, away); err != nil || d.late > 5*time.Second {
		t.Errorf("elsewhere: %v, late by %v", err, d.late)
	}
	if _, err := d.try(who, pw, home, out.Done.Device); err != nil || d.late != 0 {
		t.Errorf("their own device: %v, late by %v", err, d.late)
	}
}

// Of many at once no more are looked at than tries are free; of right ones none is
// refused for the others.
func TestClass06_ManyAtOnceAreNoWayRound(t *testing.T) {
	for _, who := range []string{"ann@example.com", "nobody@example.com"} {
		d := newDoor(t, newWorld(t))
		before := d.w.App.Passwords.Count()
		var all sync.WaitGroup
		for range 100 {
			all.Go(func() { d.try(who, wrong, home) })
		}
		all.Wait()
		if got := d.w.App.Passwords.Count() - before; got > 5 || got == 0 {
			t.Errorf("%s: %d were looked at", who, got)
		}
	}
	d := newDoor(t, newWorld(t))
	var all sync.WaitGroup
	for range 60 {
		all.Go(func() {
			if _, err := d.try("ann@example.com", coretest.Password, home); err != nil {
				t.Error(err)
			}
		})
	}
	all.Wait()
	if _, err := d.try("ann@example.com", coretest.Password, home); err != nil || d.late != 0 {
		t.Errorf("afterwards: %v, late by %v", err, d.late)
	}
}

func TestRightAndWrongAtOnce(t *testing.T) {
	d := newDoor(t, newWorld(t))
	var all sync.WaitGroup
	in := make([]error, 40)
	for i := range in {
		all.Go(func() {
			pw := wrong
			if i%2 == 0 {
				pw = coretest.Password
			}
			_, in[i] = d.try("ann@example.com", pw, home)
		})
	}
	all.Wait()
	for i, err := range in {
		switch {
		case i%2 == 1 && err == nil:
			t.Errorf("%d: a wrong password was taken", i)
		case err != nil && held(err) == 0 && (code(err) != "wrong_password" || i%2 == 0):
			t.Errorf("%d: %v", i, err)
		}
	}
	d.w.Clock.Turn(15 * time.Minute)
	if _, err := d.try("ann@example.com", coretest.Password, home); err != nil {
		t.Errorf("afterwards: %v", err)
	}
}

func TestWrongTriesOutliveTheProcess(t *testing.T) {
	path := filepath.Join(t.TempDir(), "data")
	s, err := bolt.Open(path, bolt.Options{})
	ok(t, err)
	w := coretest.On(t, s)
	d := newDoor(t, w)
	out, err := d.try("ann@example.com", coretest.Password, home)
	ok(t, err)
	d.failures(t, 5, "ann@example.com", home)
	d.failures(t, 30, "vic@example.com", "")
	left, err := os.ReadFile(path) // as a kill leaves it: nothing is closed
	ok(t, err)
	path += "-left"
	ok(t, os.WriteFile(path, left, 0o600))
	s, err = bolt.Open(path, bolt.Options{})
	ok(t, err)
	d.w = w.Again(t, s)
	d.w.App.Pause = w.App.Pause
	if _, err := d.try("ann@example.com", coretest.Password, home); held(err) != 2*time.Second {
		t.Errorf("after a restart: %v", err)
	}
	if _, err := d.try("vic@example.com", coretest.Password, ""); err != nil || d.late != 5*time.Second {
		t.Errorf("after a restart: %v, late by %v", err, d.late)
	}
	if _, err := d.try("ann@example.com", coretest.Password, home, out.Done.Device); err != nil {
		t.Errorf("a known device after a restart: %v", err)
	}
}

// What wrong tries leave is gone two hours later.
func TestWrongTriesAreSwept(t *testing.T) {
	s := mem.Open()
	d := newDoor(t, worldOn(t, s))
	d.failures(t, 3, "ann@example.com", home)
	if n := len(tried(t, s)); n != 3 {
		t.Errorf("%d keys", n)
	}
	for _, c := range []struct {
		turn time.Duration
		want int
	}{{59 * time.Minute, 3}, {61 * time.Minute, 0}} {
		d.w.Clock.Turn(c.turn)
		d.w.App.SweepOld(t.Context())
		if n := len(tried(t, s)); n != c.want {
			t.Errorf("%v later: %d keys, want %d", c.turn, n, c.want)
		}
	}
}

// tried are the keys in the store that remember wrong tries. None of them, and none of
// their values, tells who tried or whence.
func tried(t *testing.T, s store.Store) (keys []string) {
	t.Helper()
	for key, value := range coretest.Dump(t, s) {
		if strings.Contains(key, "/att/") {
			keys = append(keys, key)
			if all := key + string(value); strings.Contains(all, "ann") || strings.Contains(all, "203.0") {
				t.Errorf("%s = %s", key, value)
			}
		}
	}
	return keys
}

// A million names that nobody has take no more room than 65,536, and no memory.
func TestMadeUpNamesTakeBoundedRoom(t *testing.T) {
	n := 1_000_000
	if testing.Short() {
		n = 100_000
	}
	w := newWorld(t)
	got, err := core.PlacesOfNames(w.App, w.Machine(), n)
	if err != nil || got > 1<<16 || got < 1<<15 {
		t.Errorf("%d places, %v", got, err)
	}
	d := newDoor(t, w)
	var all sync.WaitGroup
	for i := range 20 {
		all.Go(func() { d.try(fmt.Sprint("nobody", i), wrong, home) })
	}
	all.Wait()
	if n := core.TriesInFlight(w.App); n != 0 {
		t.Errorf("%d buckets are kept in memory", n)
	}
}

// An account's owner is told of wrong tries, once a day at most.
func TestTheOwnerIsToldOfWrongTries(t *testing.T) {
	onEngines(t, func(t *testing.T, s store.Store) {
		w := worldOn(t, s)
		d := newDoor(t, w)
		told := func() (n int) {
			for _, m := range mailsOf(t, w, d.ann.ID) {
				if m.Template == "failedLogins" {
					n++
				}
			}
			return n
		}
		for i, c := range []struct {
			turn time.Duration
			n    int
			want int
		}{{0, 9, 0}, {0, 1, 1}, {0, 5, 1}, {23 * time.Hour, 12, 1}, {time.Hour, 12, 2}} {
			w.Clock.Turn(c.turn)
			d.failures(t, c.n, "ann@example.com", "")
			if got := told(); got != c.want {
				t.Errorf("step %d: %d mails, want %d", i, got, c.want)
			}
		}
		d.failures(t, 12, "nobody@example.com", "")
		w.Settle(t)
	})
}

// What is counted, and what is held back, costs as much for a name that nobody has.
func TestClass15_TheLockoutCostsKnownAndUnknownTheSame(t *testing.T) {
	counting := &coretest.Counting{Store: mem.Open()}
	w := worldOn(t, counting)
	d := newDoor(t, w)
	d.try("warm up", wrong, "")
	type cost struct {
		coretest.Work
		hashes uint64
		held   time.Duration
	}
	costs := func(who, from, device string) (all []cost) {
		for range 7 {
			before, hashed := counting.Work(), w.App.Passwords.Count()
			_, err := d.try(who, wrong, from, device)
			all = append(all, cost{counting.Since(before), w.App.Passwords.Count() - hashed, held(err)})
		}
		return all
	}
	w.Settle(t)
	unknown := strings.Repeat("A", 75) // the form of a device's token, and known to nobody
	for n, c := range []struct{ who, from, device string }{{"ann@example.com", home, unknown}, {"vic@example.com", "", ""}} {
		known, none := costs(c.who, c.from, c.device), costs(fmt.Sprint("nobody", n), c.from, c.device)
		for i := range known {
			if known[i] != none[i] {
				t.Errorf("try %d from %q: %+v for a known and %+v for an unknown name", i+1, c.from, known[i], none[i])
			}
		}
		if c.from != "" && (known[4].hashes != 1 || known[4].Commits != 1 || known[5].hashes != 0 || known[5].Commits != 0 || known[5].Writes != 0) {
			t.Errorf("from %q: %+v", c.from, known[3:])
		}
	}
}
