package core

import (
	"context"
	"errors"
	"maps"
	"strings"
)

// Setup is what the first owner says of the server.
type Setup struct {
	Email, GivenName, Surname string
	Password                  string
	Application               string // what to call the first application, where it has no name of its own yet
}

// placeholder is the user name of an owner without an address, to be completed by
// SpendSetup.
const placeholder = "owner"

// SpendSetup makes the first owner by a link, once, or completes the one that was
// made without a password; and names the first application and its directory. What
// is refused leaves the link as it is: then err joins an *Error for each field, and
// one alone if the link is dead. key is the token of a FirstKey link, for the browser
// that did this.
func (a *App) SpendSetup(ctx context.Context, token string, in Setup) (owner *Account, key string, err error) {
	in.Email, in.Application = strings.TrimSpace(in.Email), strings.TrimSpace(in.Application)
	in.GivenName, in.Surname = strings.TrimSpace(in.GivenName), strings.TrimSpace(in.Surname)
	err = a.View(ctx, func(tx *Tx) error {
		if _, err := findSetupLink(tx, token, FirstOwner); err != nil {
			return err
		}
		return in.check(tx.trusted())
	})
	if err != nil {
		return nil, "", err
	}
	hash, err := a.HashPassword(ctx, in.Password)
	if err != nil {
		return nil, "", err
	}
	err = a.Update(ctx, func(tx *Tx) (err error) {
		owner, key, err = in.spend(tx, token, hash)
		return err
	})
	return owner, key, err
}

// spend is the transaction of SpendSetup.
func (in Setup) spend(tx *Tx, token, hash string) (owner *Account, key string, err error) {
	l, err := findSetupLink(tx, token, FirstOwner)
	if err != nil {
		return nil, "", err
	}
	sys := tx.trusted()
	next, key := newSetupLink(sys, FirstKey)
	if l.SpentBy != "" { // by this very call
		stored, err := Get(sys, next.ID)
		if err != nil {
			return nil, "", err
		}
		owner, err = Get(sys, stored.Account)
		return owner, key, err
	}
	old, owner, err := in.account(sys)
	if err != nil {
		return nil, "", err
	}
	if old == nil {
		err = makeOwner(sys, owner, hash)
	} else {
		err = SetPassword(sys, owner, hash)
	}
	if err != nil {
		return nil, "", err
	}
	if err := in.name(sys); err != nil {
		return nil, "", err
	}
	if err := l.spend(sys); err != nil {
		return nil, "", err
	}
	next.Account = owner.ID
	if next.Stamp, err = StampOf(sys, owner, nil); err != nil {
		return nil, "", err
	}
	if err := next.keep(sys); err != nil {
		return nil, "", err
	}
	return owner, key, tx.tell("setup.done", RefTo(owner.ID))
}

// account is the owner as it is to be, and as it was, nil if there is none yet.
func (in Setup) account(tx *Tx) (old, acc *Account, err error) {
	all, err := Owners(tx)
	if err != nil {
		return nil, nil, err
	}
	acc = Make[Account]()
	for _, o := range all {
		if o.Status == Enabled {
			completed := *o
			old, acc = o, &completed
			break
		}
	}
	if old == nil {
		t, err := Get(tx, tx.Tenant)
		if err != nil {
			return nil, nil, err
		}
		acc.Directory = t.AdminDir
	}
	if acc.Username == "" || acc.Username == placeholder {
		acc.Username = in.Email
	}
	acc.Email = in.Email
	if in.GivenName != "" {
		acc.GivenName = in.GivenName
	}
	if in.Surname != "" {
		acc.Surname = in.Surname
	}
	return old, acc, nil
}

// check joins all that is to be said of the fields, before slow work is done.
func (in Setup) check(tx *Tx) error {
	old, acc, err := in.account(tx)
	if err != nil {
		return err
	}
	rules, err := Get(tx, ID[Strength](acc.Directory))
	if err != nil {
		return err
	}
	was, app, err := in.application(tx)
	if err != nil {
		return err
	}
	all := []error{refusal(tx, old, acc), rules.Allows(in.Password, acc)}
	if app != nil {
		all = append(all, ofApplication(refusal(tx, was, app)))
	}
	for _, err := range all {
		if err != nil && AsError(err).Kind == Internal {
			return err
		}
	}
	return errors.Join(all...)
}

// refusal is what Put would say of a record, hooks aside.
func refusal[T any, P Record[T]](tx *Tx, old, rec P) error {
	return tx.refusal(kindIn[T, P](tx.App), untyped[T, P](old), rec)
}

// ofApplication calls the field by the name that it has among those of a Setup.
func ofApplication(err error) error {
	e, ok := errors.AsType[*Error](err)
	if !ok || e.Fields["name"] == "" {
		return err
	}
	renamed := *e
	renamed.Fields = maps.Clone(e.Fields)
	delete(renamed.Fields, "name")
	renamed.Fields["application"] = e.Fields["name"]
	return &renamed
}

// firstApplication is the one that came with the tenant, nil if nobody has left it
// its name.
func firstApplication(tx *Tx) (*Application, error) {
	app, err := Find(tx, ApplicationName, "", Fold(firstAppName))
	if IsNotFound(err) {
		return nil, nil
	}
	return app, err
}

// application is the first application as it is to be called, and as it was: both nil
// if there is none.
func (in Setup) application(tx *Tx) (was, app *Application, err error) {
	was, err = firstApplication(tx)
	if was == nil || err != nil {
		return nil, nil, err
	}
	named := *was
	named.Name = in.Application
	return was, &named, nil
}

// name gives the first application its name, and its directory one to match.
func (in Setup) name(tx *Tx) error {
	was, app, err := in.application(tx)
	if err != nil || was == nil || was.Name == app.Name {
		return err
	}
	if err := Put(tx, app); err != nil {
		return ofApplication(err)
	}
	store, err := defaultOf(tx, app.DefaultStores, false)
	if err != nil {
		return err
	}
	id, ok := IDOf[Directory](store)
	if !ok {
		return nil
	}
	d, err := Get(tx, id)
	if err != nil || d.Name != firstDirName {
		return err
	}
	if d.Name, err = FreeDirectoryName(tx, app.Name+" Directory"); err != nil {
		return err
	}
	return Put(tx, d)
}

// SetupOwner is the account that the live FirstKey link of a token is about.
func (a *App) SetupOwner(ctx context.Context, token string) (owner *Account, err error) {
	err = a.View(ctx, func(tx *Tx) error {
		l, err := findSetupLink(tx, token, FirstKey)
		if err != nil {
			return err
		}
		owner, err = Get(tx.trusted(), l.Account)
		return err
	})
	return owner, err
}

// SpendSetupKey makes a MANAGEMENT key of every capability for the owner, by the link
// that SpendSetup gave, once. Nothing shows the secret a second time.
func (a *App) SpendSetupKey(ctx context.Context, token, name string) (k *ApiKey, plain string, err error) {
	err = a.Update(ctx, func(tx *Tx) error {
		l, err := findSetupLink(tx, token, FirstKey)
		if err != nil {
			return err
		}
		sys := tx.trusted()
		k = managementKey(l.Account, name)
		if err := CreateApiKey(sys, k); err != nil {
			return err
		}
		if plain, err = k.Plain(sys); err != nil || l.SpentBy != "" {
			return err
		}
		return l.spend(sys)
	})
	return k, plain, err
}

// SpendRecovery sets an owner's password by a link, once. A password that the
// directory does not allow leaves the link as it is. It ends what the old password
// gave; API keys stay.
func (a *App) SpendRecovery(ctx context.Context, token, pw string) (owner *Account, err error) {
	hash, err := a.newPassword(ctx, pw, func(tx *Tx) (*Account, error) {
		l, err := findSetupLink(tx, token, OwnerRecovery)
		if err != nil {
			return nil, err
		}
		return Get(tx.trusted(), l.Account)
	})
	if err != nil {
		return nil, err
	}
	err = a.Update(ctx, func(tx *Tx) error {
		l, err := findSetupLink(tx, token, OwnerRecovery)
		if err != nil {
			return err
		}
		sys := tx.trusted()
		if owner, err = Get(sys, l.Account); err != nil || l.SpentBy != "" {
			return err
		}
		if err := l.spend(sys); err != nil {
			return err
		}
		if err := SetPassword(sys, owner, hash); err != nil {
			return err
		}
		return tx.tell("account.recovery", RefTo(owner.ID))
	})
	return owner, err
}
