package core

import (
	"context"
	"encoding/json"
	"fmt"
)

// Registration is a new account on its way into a directory, through the
// directory itself, an application or an organization.
type Registration struct {
	Through    Ref // an application, an organization or a directory
	Account    *Account
	Password   string
	CustomData map[string]json.RawMessage
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
			strength, err := Get(tx, ID[Strength](r.Account.Directory))
			if err != nil {
				return err
			}
			return strength.Allows(r.Password)
		})
		if err != nil {
			return err
		}
		hash, err := a.HashPassword(ctx, r.Password)
		if err != nil {
			return err
		}
		return a.Update(ctx, func(tx *Tx) error { return r.write(tx, hash) })
	})
	return r.Account, err
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
	if err := Put(tx, &acc); err != nil {
		return err
	}
	sys := tx.trusted()
	sec, err := Get(sys, ID[Security](acc.ID))
	if err != nil {
		return err
	}
	if sec.PasswordHash == "" {
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
	tx.After(func() { *r.Account = acc })
	return nil
}

// ChangePassword checks a new password against the rules of the account's
// directory and hashes it, outside any transaction. Its result is for
// SetPassword.
func (a *App) ChangePassword(ctx context.Context, id ID[Account], pw string) (hash string, err error) {
	err = a.View(ctx, func(tx *Tx) error {
		acc, err := Get(tx, id)
		if err != nil {
			return err
		}
		if err := tx.mayWrite(verbUpdate, policyOf(accounts), acc, acc); err != nil {
			return err
		}
		strength, err := Get(tx, ID[Strength](acc.Directory))
		if err != nil {
			return err
		}
		return strength.Allows(pw)
	})
	if err != nil {
		return "", err
	}
	return a.HashPassword(ctx, pw)
}
