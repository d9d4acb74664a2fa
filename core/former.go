package core

import (
	"context"
	"errors"

	"github.com/stormkeep/stormkeep/core/password"
)

// FormerPasswords are the hashes of the passwords that an account had, the newest
// first, as many as its directory looks back on. They are a part of the account,
// apart from Security, which every login reads.
type FormerPasswords struct {
	Base[FormerPasswords]
	Hashes []string `json:"hashes" api:"-"`
}

var formerPasswords = &Kind[FormerPasswords]{Name: "formerPasswords", Noun: "FormerPasswords", Key: "pwf", Part: true, Internal: true}

// Kind says how they are stored.
func (*FormerPasswords) Kind() *Kind[FormerPasswords] { return formerPasswords }

// Owners is the account.
func (f *FormerPasswords) Owners() []Ref { return []Ref{RefTo(ID[Account](f.ID))} }

// retire keeps the hash of a password that is being replaced, as long as the
// directory looks back on it, and no other.
func retire(tx *Tx, acc *Account, hash string) error {
	rules, err := Get(tx, ID[Strength](acc.Directory))
	if err != nil {
		return err
	}
	f, err := Get(tx, ID[FormerPasswords](acc.ID))
	if err != nil {
		return err
	}
	if rules.PreventReuse == 0 {
		if f.Rev == 0 {
			return nil
		}
		return Delete(tx, f)
	}
	if hash != "" {
		f.Hashes = append([]string{hash}, f.Hashes...)
	}
	f.Hashes = f.Hashes[:min(len(f.Hashes), rules.PreventReuse)]
	return Put(tx, f)
}

// newPassword holds a password against the rules for the account that find finds,
// and hashes it. It runs outside any transaction: of two changes at once, neither
// sees the other.
func (a *App) newPassword(ctx context.Context, pw string, find func(*Tx) (*Account, error)) (hash string, err error) {
	var last []string
	err = a.View(ctx, func(tx *Tx) error {
		acc, err := find(tx)
		if err != nil {
			return err
		}
		rules, err := Get(tx.trusted(), ID[Strength](acc.Directory))
		if err != nil {
			return err
		}
		if err := rules.Allows(pw, acc); err != nil {
			return err
		}
		last, err = lastPasswords(tx.trusted(), acc.ID, rules.PreventReuse)
		return err
	})
	if err != nil {
		return "", err
	}
	for _, old := range last {
		used, err := a.isPassword(ctx, old, pw)
		if err != nil {
			return "", err
		}
		if used {
			return "", fieldError("password", "password_reused", "Account password was used before; please choose another one.")
		}
	}
	return a.HashPassword(ctx, pw)
}

// lastPasswords are the hashes of the account's last n passwords, the present one
// first.
func lastPasswords(tx *Tx, id ID[Account], n int) ([]string, error) {
	if n == 0 {
		return nil, nil
	}
	sec, err := Get(tx, ID[Security](id))
	if err != nil {
		return nil, err
	}
	former, err := Get(tx, ID[FormerPasswords](id))
	if err != nil {
		return nil, err
	}
	all := former.Hashes
	if sec.PasswordHash != "" {
		all = append([]string{sec.PasswordHash}, all...)
	}
	return all[:min(len(all), n)], nil
}

// isPassword tells whether the hash is of the password. A hash that cannot be
// checked is nobody's password: it must not keep a new one from being set.
func (a *App) isPassword(ctx context.Context, hash, pw string) (bool, error) {
	r, err := a.Passwords.Verify(ctx, hash, pw)
	switch {
	case errors.Is(err, password.ErrUnsupported), errors.Is(err, password.ErrMalformed), errors.Is(err, password.ErrTooCostly):
		return false, nil
	case err != nil:
		return false, passwordError(err)
	}
	return r.OK, nil
}
