package core

import (
	"context"
	"errors"
	"fmt"
	"time"
)

// Start unlocks nothing and listens nowhere: it makes the first tenant if there
// is none, lets the Bootstrap hooks run, and starts the workers of jobs and
// events. From here on nothing is registered or bound.
func (a *App) Start(ctx context.Context) error {
	if a.ring == nil {
		return errors.New("core: Start before Unlock")
	}
	if a.started {
		return errors.New("core: Start twice")
	}
	a.Jobs.Handle(sweepJob, JobKind{Do: a.runSweep})
	a.Jobs.Handle(declaredJob, JobKind{Do: a.runDeclared})
	a.Jobs.Handle(forgetJob, JobKind{Do: a.runForget})
	a.Jobs.Handle(proofJob, JobKind{Do: a.forgetProof})
	a.Jobs.Handle(endJob, JobKind{Do: a.endSessions})
	a.Jobs.Handle(endAllJob, JobKind{Do: a.endAll})
	if a.Jobs.kinds[LogoutJob].Do == nil { // a program may tell its clients in another way
		a.Jobs.Handle(LogoutJob, JobKind{Do: a.tellLogout, Workers: 4, First: 5 * time.Second, Tries: 8})
	}
	a.Jobs.Handle(askedJob, JobKind{Do: a.runAsked})
	a.Jobs.Handle(setupJob, JobKind{Do: a.forgetSetupLink})
	a.Jobs.Handle(mailJob, JobKind{Do: a.sendMail, Workers: 8, First: 10 * time.Second, Tries: 100})
	a.Mail.addDefaults()
	a.started = true
	if _, err := a.FirstTenant(ctx); err != nil {
		return err
	}
	if err := a.Hooks.App.Bootstrap.Trigger(&AppEvent{App: a}, nothing); err != nil {
		return err
	}
	ctx, a.stop = context.WithCancel(ctx)
	a.workers.Go(func() { a.endDeletions(ctx) })
	for _, l := range a.Jobs.lanes {
		a.workers.Go(func() { a.work(ctx, l.sort(), &l.bell, l.run, l.quiet) })
	}
	a.workers.Go(func() { a.work(ctx, sealSort, &a.audit.bell, a.seal, never) })
	a.workers.Go(func() { a.keep(ctx) })
	if len(a.audit.witnesses) > 0 {
		a.workers.Go(func() { a.work(ctx, witnessSort, &a.audit.witnessed, a.testify, a.testified) })
	}
	if len(a.Events.handlers) > 0 {
		a.workers.Go(func() { a.work(ctx, "evt", &a.Events.bell, a.Events.deliver, a.Events.quiet) })
	}
	a.running.Store(true)
	return nil
}

func nothing(*AppEvent) error { return nil }

// The names that a first start makes (spec 5).
const (
	adminAppName   = "Stormpath"
	adminDirName   = "Stormpath Administrators"
	firstAppName   = "My Application"
	firstDirName   = "My Application Directory"
	firstTenant    = "Stormkeep"
	firstTenantKey = "storm-keep"
)

// FirstTenant is the tenant of a store that has one, brought to the present stored
// form; on an empty store it is made, with the applications and directories that
// SDKs expect.
func (a *App) FirstTenant(ctx context.Context) (ID[Tenant], error) {
	all, err := a.Tenants(ctx)
	if err != nil {
		return "", err
	}
	if err := a.migrate(ctx, all); err != nil {
		return "", err
	}
	if len(all) > 0 {
		return all[0], nil
	}
	return a.CreateTenant(ctx, firstTenant, firstTenantKey)
}

// CreateTenant makes a tenant with its data key, its administrators' application
// and directory, and a first application.
func (a *App) CreateTenant(ctx context.Context, name, key string) (ID[Tenant], error) {
	a.ring.making.RLock()
	defer a.ring.making.RUnlock()
	id := ID[Tenant](NewID7())
	actor := Actor{Kind: System}
	if by := ActorOf(ctx); by.Kind == Machine {
		actor = by
	}
	actor.Tenant = id
	ctx = As(ctx, actor)
	ctx.Value(callKey{}).(*call).founding = true
	err := a.Update(ctx, func(tx *Tx) error {
		t, err := createTenant(tx, name, key)
		if err != nil {
			return err
		}
		app, dir, err := createApplication(tx, adminAppName, adminDirName, true)
		if err != nil {
			return err
		}
		t.AdminApp, t.AdminDir = app, dir
		if err := Put(tx, t); err != nil {
			return err
		}
		_, _, err = createApplication(tx, firstAppName, firstDirName, false)
		return err
	})
	return id, err
}

// createApplication makes an application of a first start with its directory,
// whose passwords follow the modern rules. Only those who are no administrators
// come through it by default.
func createApplication(tx *Tx, name, directory string, admin bool) (ID[Application], ID[Directory], error) {
	app, dir := Make[Application](), Make[Directory]()
	app.Name, app.Admin = name, admin
	dir.Name, dir.Admin = directory, admin
	if err := Put(tx, app); err != nil {
		return "", "", err
	}
	if err := Put(tx, dir); err != nil {
		return "", "", err
	}
	rules, err := Get(tx, ID[Strength](dir.ID))
	if err != nil {
		return "", "", err
	}
	rules.Modern()
	if err := Put(tx, rules); err != nil {
		return "", "", err
	}
	m := &AccountStoreMapping{Application: app.ID, Store: RefTo(dir.ID), DefaultAccounts: !admin, DefaultGroups: !admin}
	return app.ID, dir.ID, SaveMapping(tx, m)
}

// OwnerFor is an owner of the tenant: the first enabled one, or a new account without a
// password, to be completed later, where there is none. email may be "". A
// password is set only on an account that is made here.
func (a *App) OwnerFor(ctx context.Context, email, pw string) (owner *Account, made bool, err error) {
	var hash string
	if pw != "" {
		if err := a.View(ctx, func(tx *Tx) error {
			t, err := Get(tx, tx.Tenant)
			if err != nil {
				return err
			}
			rules, err := Get(tx, ID[Strength](t.AdminDir))
			if err != nil {
				return err
			}
			return rules.Allows(pw, &Account{Email: email, Username: email})
		}); err != nil {
			return nil, false, err
		}
		if hash, err = a.HashPassword(ctx, pw); err != nil {
			return nil, false, err
		}
	}
	err = a.Update(ctx, func(tx *Tx) error {
		owner, made = nil, false
		all, err := Owners(tx)
		if err != nil {
			return err
		}
		for _, o := range all {
			if !tx.made(accounts.Name, string(o.ID)) && (owner == nil || owner.Status != Enabled && o.Status == Enabled) {
				owner = o
			}
		}
		if owner != nil {
			return nil
		}
		t, err := Get(tx, tx.Tenant)
		if err != nil {
			return err
		}
		acc := Make[Account]()
		acc.Directory, acc.Email, acc.Username = t.AdminDir, email, email
		if email == "" {
			// Completed by the setup page; the address cannot receive mail.
			acc.Email, acc.Username = "owner@localhost.invalid", placeholder
		}
		owner, made = acc, true
		return makeOwner(tx, acc, hash)
	})
	return owner, made, err
}

// makeOwner makes an account of the administrators' directory, and it an owner. Its
// password is that of a hash, or none.
func makeOwner(tx *Tx, acc *Account, hash string) error {
	if hash != "" {
		acc.PasswordModifiedAt = At(tx.Now)
	}
	if err := Put(tx, acc); err != nil {
		return err
	}
	sec := &Security{PasswordHash: hash, CredVersion: 1}
	sec.ID = ID[Security](acc.ID)
	if now, err := Get(tx, sec.ID); err != nil {
		return err
	} else if now.Rev == 0 {
		if err := Put(tx, sec); err != nil {
			return err
		}
	}
	return MakeOperator(tx, acc.ID, Owner)
}

// ManagementKeyFor makes a MANAGEMENT key with every capability for an operator,
// and returns it with its secret.
func (a *App) ManagementKeyFor(ctx context.Context, id ID[Account], name string) (k *ApiKey, plain string, err error) {
	err = a.Update(ctx, func(tx *Tx) error {
		k = managementKey(id, name)
		if err := CreateManagementKey(tx, k); err != nil {
			return err
		}
		plain, err = k.Plain(tx)
		return err
	})
	return k, plain, err
}

func managementKey(id ID[Account], name string) *ApiKey {
	k := Make[ApiKey]()
	k.Account, k.Purpose, k.Caps, k.Name = id, ManagementKey, AllCaps, name
	return k
}

// AsMachine returns a context in which a command on the machine itself acts, with
// an owner's authority.
func AsMachine(ctx context.Context, tenant ID[Tenant]) context.Context {
	return As(ctx, Actor{Kind: Machine, Tenant: tenant})
}

// Serving lets the Serve hooks run: the app is about to listen.
func (a *App) Serving() error { return a.Hooks.App.Serve.Trigger(&AppEvent{App: a}, nothing) }

// Stopping lets the Shutdown hooks run, while the store is still open.
func (a *App) Stopping() error { return a.Hooks.App.Shutdown.Trigger(&AppEvent{App: a}, nothing) }

func plural(n int, what string) string {
	if n == 1 {
		return fmt.Sprintf("1 %s", what)
	}
	return fmt.Sprintf("%d %ss", n, what)
}
