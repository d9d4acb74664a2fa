// Package coretest makes apps to test with: the real core on an engine in memory,
// with a clock that a test turns.
package coretest

import (
	"context"
	"net/netip"
	"sync"
	"testing"
	"time"

	"github.com/stormkeep/stormkeep/core"
	"github.com/stormkeep/stormkeep/core/mail"
	"github.com/stormkeep/stormkeep/core/password"
	"github.com/stormkeep/stormkeep/core/secret"
	"github.com/stormkeep/stormkeep/core/store"
	"github.com/stormkeep/stormkeep/core/store/mem"
)

// World is an app with its first tenant, an owner and the owner's key.
type World struct {
	App    *core.App
	Clock  *Clock
	Tenant core.ID[core.Tenant]
	Owner  *core.Account
	Key    *core.ApiKey
	Secret string // of Key
	Ring   *secret.Keyring
	Post   *Post // where mails go
}

// Private lets an app reach this machine where tenants name it.
func Private(app *core.App) {
	app.Egress.Allow = []netip.Prefix{netip.MustParsePrefix("127.0.0.0/8"), netip.MustParsePrefix("::1/128")}
}

// Clock is a clock that a test turns. It stands still otherwise.
type Clock struct {
	mu     sync.Mutex
	now    time.Time
	turned func() // told of each turn
}

// Now is the time the clock shows.
func (c *Clock) Now() time.Time {
	c.mu.Lock()
	defer c.mu.Unlock()
	return c.now
}

// Turn moves the clock, also back, and wakes the app's workers.
func (c *Clock) Turn(by time.Duration) {
	c.mu.Lock()
	c.now = c.now.Add(by)
	c.mu.Unlock()
	if c.turned != nil {
		c.turned()
	}
}

// New is a started World on an engine in memory. prepare, if not nil, binds hooks
// and registers nouns before the start.
func New(t testing.TB, prepare ...func(*core.App)) *World {
	t.Helper()
	return On(t, mem.Open(), prepare...)
}

// On is a started World on a store, whose password hashes are cheap.
func On(t testing.TB, s store.Store, prepare ...func(*core.App)) *World {
	t.Helper()
	w := &World{Post: &Post{}, Clock: &Clock{now: time.Date(2026, 11, 21, 12, 0, 0, 0, time.UTC)}}
	w.Ring = &secret.Keyring{Current: secret.NewMaster()}
	w.start(t, s, prepare)
	var err error
	w.Owner, _, err = w.App.OwnerFor(w.Machine(), "owner@example.com", ownerPassword)
	must(t, err)
	w.Key, w.Secret, err = w.App.ManagementKeyFor(w.Machine(), w.Owner.ID, "test")
	must(t, err)
	Known(t, Password, ownerPassword, w.Secret)
	return w
}

const ownerPassword = "correct horse battery"

// start makes and starts the app.
func (w *World) start(t testing.TB, s store.Store, prepare []func(*core.App)) {
	t.Helper()
	w.App = core.New(s)
	w.App.Now = w.Clock.Now
	w.Clock.turned = w.App.Wake
	w.App.Log = newLog(t)
	w.App.Passwords = &password.Hasher{Params: CheapHash}
	for _, p := range prepare {
		p(w.App)
	}
	w.App.PublicURL = "https://id.example.com"
	w.App.Mail.From.Addr = "no-reply@id.example.com"
	w.App.Mail.Use("coretest", func(*core.Tx) (mail.Sender, error) { return w.Post, nil })
	ctx := context.Background()
	must(t, w.App.Unlock(ctx, w.Ring))
	must(t, w.App.Start(ctx))
	app := w.App
	t.Cleanup(func() { must(t, app.Close()) })
	var err error
	w.Tenant, err = w.App.FirstTenant(ctx)
	must(t, err)
}

// Again is the World after a restart: another app on the same store, which must
// be Lasting, at the same time by the same clock.
func (w *World) Again(t testing.TB, s store.Store, prepare ...func(*core.App)) *World {
	t.Helper()
	must(t, w.App.Close())
	next := *w
	next.start(t, s, prepare)
	return &next
}

// Other is the World of another tenant of the same app, with an owner and a key.
func (w *World) Other(t testing.TB, key string) *World {
	t.Helper()
	other := *w
	var err error
	other.Tenant, err = w.App.CreateTenant(context.Background(), "Tenant "+key, key)
	must(t, err)
	other.Owner, _, err = w.App.OwnerFor(other.Machine(), "owner@"+key+".example", "")
	must(t, err)
	other.Key, other.Secret, err = w.App.ManagementKeyFor(other.Machine(), other.Owner.ID, "test")
	must(t, err)
	return &other
}

// Sound fails the test unless, in every tenant, every index and counter agrees
// with its records.
func (w *World) Sound(t testing.TB) {
	t.Helper()
	ctx := context.Background()
	tenants, err := w.App.Tenants(ctx)
	must(t, err)
	for _, tenant := range tenants {
		wrong, err := w.App.Check(ctx, tenant)
		must(t, err)
		for _, line := range wrong {
			t.Errorf("tenant %s: %s", tenant, line)
		}
	}
}

// Settle waits until the tenant has no job that is due.
func (w *World) Settle(t testing.TB) {
	t.Helper()
	for limit := time.Now().Add(30 * time.Second); ; time.Sleep(time.Millisecond) {
		due := 0
		w.View(t, func(tx *core.Tx) error {
			for j, err := range tx.Pending {
				if err != nil {
					return err
				}
				if !j.Due.After(w.Clock.Now()) {
					due++
				}
			}
			return nil
		})
		if due == 0 {
			return
		}
		if time.Now().After(limit) {
			t.Fatalf("%d jobs are still due after 30 s", due)
		}
	}
}

// CheapHash is an argon2id that tests can afford.
var CheapHash = password.Params{Memory: 64, Iterations: 1, Parallelism: 1}

// Machine is a context in which the machine itself acts; each call is another
// caller.
func (w *World) Machine() context.Context { return core.AsMachine(context.Background(), w.Tenant) }

// As is a context in which an operator of that role acts with a key of all
// capabilities. The account need not exist.
func (w *World) As(role core.Role) context.Context {
	return core.As(context.Background(), core.Actor{Kind: core.ByKey, Tenant: w.Tenant, Role: role, Caps: core.AllCaps})
}

// Update runs fn in a transaction of the machine and fails the test on an error.
func (w *World) Update(t testing.TB, fn func(*core.Tx) error) {
	t.Helper()
	must(t, w.App.Update(w.Machine(), fn))
}

// View runs fn in a transaction of the machine and fails the test on an error.
func (w *World) View(t testing.TB, fn func(*core.Tx) error) {
	t.Helper()
	must(t, w.App.View(w.Machine(), fn))
}

// Unowned has no owner of the tenant have a password, as before somebody sets the server
// up, and makes the link by which that is done.
func (w *World) Unowned(t testing.TB) (link string) {
	t.Helper()
	must(t, w.App.Update(core.AsSystem(context.Background(), w.Tenant), func(tx *core.Tx) error {
		all, err := core.Owners(tx)
		for _, o := range all {
			sec, err := core.Get(tx, core.ID[core.Security](o.ID))
			if err != nil {
				return err
			}
			sec.PasswordHash = ""
			if err := core.Put(tx, sec); err != nil {
				return err
			}
		}
		return err
	}))
	w.Update(t, func(tx *core.Tx) (err error) {
		link, err = core.NewSetupLink(tx)
		return err
	})
	return link
}

// Application is the application of that name.
func (w *World) Application(t testing.TB, name string) (app *core.Application) {
	t.Helper()
	w.View(t, func(tx *core.Tx) (err error) {
		app, err = core.Find(tx, core.ApplicationName, "", core.Fold(name))
		return err
	})
	return app
}

// Directory is the directory of that name.
func (w *World) Directory(t testing.TB, name string) (dir *core.Directory) {
	t.Helper()
	w.View(t, func(tx *core.Tx) (err error) {
		dir, err = core.Find(tx, core.DirectoryName, "", core.Fold(name))
		return err
	})
	return dir
}

// Person registers an account in a directory, with the password "Passw0rd!".
func (w *World) Person(t testing.TB, dir core.ID[core.Directory], email string) *core.Account {
	t.Helper()
	acc := core.Make[core.Account]()
	acc.Email = email
	_, err := w.App.Register(w.Machine(), core.Registration{Through: core.RefTo(dir), Account: acc, Password: Password})
	must(t, err)
	return acc
}

// Password is the password of every Person.
const Password = "Passw0rd!"

func must(t testing.TB, err error) {
	t.Helper()
	if err != nil {
		t.Fatal(err)
	}
}
