package core

import (
	"context"
	"crypto/sha256"
	"errors"
	"fmt"
	"log/slog"
	"runtime/debug"
	"sync"
	"sync/atomic"
	"time"

	"github.com/stormkeep/stormkeep/core/egress"
	"github.com/stormkeep/stormkeep/core/password"
	"github.com/stormkeep/stormkeep/core/store"
	"github.com/stormkeep/stormkeep/hooks"
)

// App is one running identity server, without any transport. Its public fields
// are set, its hooks bound and its nouns registered before Start.
type App struct {
	Now       func() time.Time
	Log       *slog.Logger
	Passwords *password.Hasher
	Hooks     Hooks
	Events    Stream
	Jobs      Jobs
	Mounts    Mounts
	Ready     Ready
	// Span, if set, is told of the slow parts of a request as they begin, "hash" and
	// "commit"; what it returns is called when they end.
	Span func(ctx context.Context, name string) (end func())
	Keep Keeping // for how long what grows is kept
	// Lockout says how often somebody may be wrong; New sets DefaultLockout.
	Lockout Lockout
	// Pause, if set, is how an attempt is made late, in place of a timer: by a test whose
	// clock does not go on by itself.
	Pause func(ctx context.Context, d time.Duration) error
	// KeyRotation is for how long a signing key signs before the next does; 0 is 90 days.
	KeyRotation time.Duration
	// Egress reaches hosts that tenants name: of the public internet, and those that its
	// Allow adds.
	Egress *egress.Client

	// Lifetimes are those of sessions and codes; New sets DefaultLifetimes.
	Lifetimes Lifetimes
	// GrantTypes are the ways to tokens beside those of core, by their grant_type.
	GrantTypes Registry[GrantType]
	// Claims are what tokens and userinfo say beside what OpenID Connect names, by the
	// name of the claim.
	Claims Registry[Claim]

	store   store.Store
	kinds   map[string]*kind
	order   []*kind
	started bool

	ring      *masterKeys
	dataKeys  sync.Map                            // ID[Tenant] → *secret.DataKey
	keyrings  sync.Map                            // ID[Tenant] → *keyring
	verified  *recent[[sha256.Size]byte, checked] // tokens, by their SHA-256
	peeked    *recent[string, peeked]             // records, by their key
	authority atomic.Uint64
	atHost    *standing[string, ID[Tenant]] // tenants, by their hosts
	named     *standing[string, ID[Tenant]] // by their keys
	tenants   *standing[ID[Tenant], *Tenant]
	logins    logins
	tries     tries
	running   atomic.Bool
	tuning    atomic.Pointer[Tuning] // nil: the fields above hold
	asking    asking

	audit  auditing
	keeper bell
	ended  endedCursors

	// Pages is what the hosted pages say of what would change them, where there are some.
	Pages PageRules
	// PublicURL is where mails lead for a tenant without a base URL of its own:
	// "https://id.example.com".
	PublicURL string
	// Mail sends mails.
	Mail Mailer

	turns turns
	full  quietly

	stop    context.CancelFunc
	workers sync.WaitGroup
}

// New returns an app on a store, with the nouns of core.
func New(s store.Store) *App {
	a := &App{
		Now:       time.Now,
		Log:       slog.Default(),
		Passwords: &password.Hasher{},
		store:     s,
		kinds:     map[string]*kind{},
		logins:    newLogins(),
		Lockout:   DefaultLockout(),
		Egress:    &egress.Client{},
		Lifetimes: DefaultLifetimes(),
		verified:  newRecent[[sha256.Size]byte, checked](maxVerified),
		peeked:    newRecent[string, peeked](maxPeeked),
		atHost:    newStanding[string, ID[Tenant]](),
		named:     newStanding[string, ID[Tenant]](),
		tenants:   newStanding[ID[Tenant], *Tenant](),
	}
	a.GrantTypes.app, a.Claims.app = a, a
	a.Events.app, a.Jobs.app, a.Mail.app = a, a, a
	a.Jobs.lanes = []*lane{{jobs: &a.Jobs}}
	hooks.Walk(&a.Hooks)
	registerNouns(a)
	return a
}

// Authority changes whenever anything changes that decides who may do what. What
// is remembered of an actor is worthless once it has.
func (a *App) Authority() uint64 { return a.authority.Load() }

// View runs fn on one unchanging state of the data of the tenant in ctx.
func (a *App) View(ctx context.Context, fn func(*Tx) error) error {
	if outer := txOf(ctx); outer != nil {
		return outer.join(fn)
	}
	c, err := a.enter(ctx)
	if err != nil {
		return err
	}
	defer c.busy.Store(false)
	return StoreError(a.storeOf(ctx).View(ctx, func(kv store.Tx) error {
		tx := a.begin(ctx, c.actor, kv, false, nil)
		defer tx.end()
		if _, err := c.once.fresh(tx); err != nil {
			return err
		}
		return fn(tx)
	}))
}

// Update runs fn and keeps what it did unless it returns an error that is not
// wrapped by Keep. fn may run more than once, so nothing may leave the process
// inside it: what must is a Job. Inside another transaction, with its tx.Ctx,
// Update is part of it.
func (a *App) Update(ctx context.Context, fn func(*Tx) error) error {
	if outer := txOf(ctx); outer != nil {
		if !outer.s.write {
			return errors.New("core: Update inside a View")
		}
		return outer.join(fn)
	}
	c, err := a.enter(ctx)
	if err != nil {
		return err
	}
	defer c.busy.Store(false)

	defer a.span(ctx, "commit")()
	ids := newMemo()
	var last *Tx
	var refusal error
	err = a.storeOf(ctx).Update(ctx, func(kv store.Tx) error {
		tx := a.begin(ctx, c.actor, kv, true, ids)
		defer tx.end()
		last, refusal = tx, nil
		if err := c.present(kv); err != nil {
			return err
		}
		if err := c.once.spend(tx); err != nil {
			return err
		}
		err := fn(tx)
		if f := tx.s.failed; f != nil && (err == nil || isKept(err) && !isKept(f)) {
			err = f
		}
		if k, ok := errors.AsType[*kept](err); ok {
			refusal, err = k.err, nil
		}
		if err != nil {
			return err
		}
		return tx.flush()
	})
	if rehearsal(ctx) != nil {
		if err != nil {
			return StoreError(err)
		}
		return refusal
	}
	if ids.authority {
		a.authority.Add(1)
	}
	if ids.keys {
		a.forgetKeys(c.actor.Tenant)
	}
	for b := range ids.bells {
		b.strike(c.actor.Tenant)
	}
	if err != nil {
		return StoreError(err)
	}
	if c.actor.Kind == System {
		beat(ctx)
	}
	for _, fn := range last.s.after {
		a.afterwards(fn)
	}
	return refusal
}

func (a *App) span(ctx context.Context, name string) (end func()) {
	if a.Span == nil {
		return func() {}
	}
	return a.Span(ctx, name)
}

// enter marks the caller as being in a transaction.
func (a *App) enter(ctx context.Context) (*call, error) {
	c, ok := ctx.Value(callKey{}).(*call)
	switch {
	case !ok:
		return nil, errors.New("core: a transaction needs a context from core.As")
	case !validID(string(c.actor.Tenant)):
		return nil, errors.New("core: a transaction needs an actor with a tenant")
	case c.outer != nil && !c.outer.s.done.Load(), !c.busy.CompareAndSwap(false, true):
		return nil, errors.New("core: a transaction inside another must use its tx.Ctx; goroutines need a core.As each")
	}
	return c, nil
}

// begin makes the Tx of one run of a transaction.
func (a *App) begin(ctx context.Context, actor Actor, kv store.Tx, write bool, ids *memo) *Tx {
	now := a.Now().UTC().Truncate(time.Millisecond)
	if ids != nil {
		if ids.now.IsZero() {
			ids.now = now
		}
		now = ids.now
		ids.rewind()
	}
	tx := &Tx{
		App: a, Now: now, Actor: actor, Tenant: actor.Tenant,
		s: &state{kv: kv, write: write, ids: ids},
	}
	tx.Ctx = context.WithValue(ctx, txKey{}, tx)
	return tx
}

// StoreError tells a stranger what a full or closed store means for the request; any
// other error stays as it is.
func StoreError(err error) error {
	switch {
	case err == nil:
		return nil
	case errors.Is(err, store.ErrFull):
		return &Error{Kind: Unavailable, Code: "store_full", RetryAfter: 30 * time.Second, Err: err,
			Msg: "The server has no room left to write; nothing was changed. Reading goes on."}
	case errors.Is(err, store.ErrClosed):
		return &Error{Kind: Unavailable, Code: "closing", RetryAfter: 5 * time.Second, Err: err,
			Msg: "The server is shutting down; nothing was changed."}
	}
	return err
}

// afterwards runs fn, whose panic must not reach the caller of a transaction
// that has been kept.
func (a *App) afterwards(fn func()) {
	defer func() {
		if p := recover(); p != nil {
			a.Log.Error("panic after a commit", "panic", fmt.Sprint(p), "stack", string(debug.Stack()))
		}
	}()
	fn()
}

// Wake has the workers look at the clock again: it was turned.
func (a *App) Wake() {
	for _, l := range a.Jobs.lanes {
		l.bell.wake()
	}
	a.Events.bell.wake()
	a.audit.bell.wake()
	a.audit.witnessed.wake()
	a.keeper.wake()
	a.turns.tell()
}

// Engine is the store as one that can be watched, nil where it cannot.
func (a *App) Engine() store.Watched {
	w, _ := a.store.(store.Watched)
	return w
}

// Size is the bytes that the data takes on disk, 0 where that is not known.
func (a *App) Size() int64 {
	if s, ok := a.store.(store.Sizer); ok {
		return s.Size()
	}
	return 0
}

// Close ends the workers, waits for what they are doing, and closes the store.
func (a *App) Close() error {
	a.running.Store(false)
	if a.stop != nil {
		a.stop()
		a.workers.Wait()
		a.Mail.relays.close()
	}
	a.Egress.Close()
	return a.store.Close()
}
