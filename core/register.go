package core

import (
	"cmp"
	"context"
	"encoding/json"
	"errors"
	"fmt"

	"github.com/stormkeep/stormkeep/core/password"
)

// Registration is a new account on its way into a directory, through the
// directory itself, an application or an organization.
type Registration struct {
	Through    Ref             // an application, an organization or a directory
	At         ID[Application] // where somebody registers; "" is Through, if it is one
	Account    *Account
	Password   string
	Hashed     bool   // Password is a hash of another system (spec 27)
	Workflow   Status // Enabled or Disabled runs or stops the mails whatever the directory says
	CustomData map[string]json.RawMessage
	// Then, if set, writes what comes with the account, in the same transaction. What
	// it is given has been put.
	Then func(tx *Tx, acc *Account) error
}

// Register makes an account: it finds the directory, refuses what can be refused
// before the password is hashed, hashes it outside any transaction, and writes
// account, proof, membership and custom data together.
func (a *App) Register(ctx context.Context, r Registration) (*Account, error) {
	ev := &RegisterEvent{App: a, Actor: ActorOf(ctx), Store: r.Through, Account: r.Account}
	err := a.Hooks.Auth.Register.Trigger(ev, func(e *RegisterEvent) error {
		err := a.View(ctx, func(tx *Tx) error {
			if _, err := r.place(tx); err != nil {
				return err
			}
			probe := *r.Account // Check derives members; each run begins anew
			if err := Validate(tx, &probe); err != nil {
				return err
			}
			if r.Hashed {
				return a.verifiable(r.Password)
			}
			strength, err := Get(tx, ID[Strength](r.Account.Directory))
			if err != nil {
				return err
			}
			return strength.Allows(r.Password, r.Account)
		})
		if err != nil {
			return err
		}
		hash := r.Password
		if !r.Hashed {
			if hash, err = a.HashPassword(ctx, r.Password); err != nil {
				return err
			}
		}
		return a.Update(ctx, func(tx *Tx) error { return r.write(tx, hash) })
	})
	return r.Account, err
}

// verifiable refuses a hash that no login could use, and one that would keep a core
// busy for too long at each (2006, 2010). The strength of what it is of cannot be
// known.
func (a *App) verifiable(hash string) error {
	const wrong = "Account password is in an invalid format: "
	switch {
	case hash == "":
		return errNoPassword()
	case !password.IsMCF(hash):
		return fieldError("password", "invalid_format", wrong+"it is neither bcrypt nor stormpath2.")
	}
	_, err := a.Passwords.Recognised(hash)
	switch {
	case errors.Is(err, password.ErrTooCostly):
		return fieldError("password", "above_max", "Account password cannot be taken: "+err.Error()+".")
	case err != nil:
		return fieldError("password", "invalid_format", wrong+err.Error()+".")
	}
	return nil
}

// door is the application at which somebody registers, and the organization of it, where
// there are such.
func (r *Registration) door() (ID[Application], ID[Organization]) {
	app, _ := IDOf[Application](r.Through)
	org, _ := IDOf[Organization](r.Through)
	return cmp.Or(r.At, app), org
}

// place finds the directory that the account goes into, and the group if the
// store is one.
func (r *Registration) place(tx *Tx) (ID[Group], error) {
	if id, ok := IDOf[Directory](r.Through); ok {
		_, err := Get(tx, id)
		r.Account.Directory = id
		return "", err
	}
	store, err := DefaultStore(tx, r.Through, false)
	if err != nil {
		return "", err
	}
	d, err := storeDirectory(tx, store)
	if err != nil {
		return "", err
	}
	r.Account.Directory = d.ID
	g, _ := IDOf[Group](store)
	return g, nil
}

func loginErrorf(code, format string, args ...any) error {
	return &Error{Kind: Invalid, Code: code, Msg: fmt.Sprintf(format, args...)}
}

// write stores a registration whose password has been hashed.
func (r *Registration) write(tx *Tx, hash string) error {
	group, err := r.place(tx)
	if err != nil {
		return err
	}
	acc := *r.Account
	acc.PasswordModifiedAt = At(tx.Now)
	proof, welcomed, err := r.workflow(tx.trusted(), &acc)
	if err != nil {
		return err
	}
	if err := Put(tx, &acc); err != nil {
		return err
	}
	sys := tx.trusted()
	sec, err := Get(sys, ID[Security](acc.ID))
	if err != nil {
		return err
	}
	first := sec.PasswordHash == "" // else a former run of this very call was kept
	if first {
		sec.PasswordHash, sec.CredVersion = hash, 1
		if err := Put(sys, sec); err != nil {
			return err
		}
	}
	if group != "" {
		if err := Put(tx, &GroupMembership{Account: acc.ID, Group: group}); err != nil {
			return err
		}
	}
	if len(r.CustomData) > 0 {
		if err := MergeCustomData(tx, RefTo(acc.ID), r.CustomData); err != nil {
			return err
		}
	}
	if first && r.Then != nil {
		if err := r.Then(tx, &acc); err != nil {
			return err
		}
	}
	tx.After(func() { *r.Account = acc })
	app, org := r.door()
	switch {
	case !first:
	case proof != nil:
		return proof.issue(tx, &acc, app, org)
	case welcomed:
		return welcome(tx, &acc, app)
	}
	return nil
}

// ChangePassword checks a new password against the rules of the account's
// directory and hashes it, outside any transaction. Its result is for
// SetPassword.
func (a *App) ChangePassword(ctx context.Context, id ID[Account], pw string) (hash string, err error) {
	return a.newPassword(ctx, pw, func(tx *Tx) (*Account, error) {
		acc, err := Get(tx, id)
		if err != nil {
			return nil, err
		}
		return acc, tx.mayWrite(verbUpdate, policyOf(accounts), acc, acc)
	})
}
