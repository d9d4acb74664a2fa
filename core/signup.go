package core

import (
	"context"
	"errors"
)

// Registers tells whether an application or an organization takes new accounts: whether
// it has a default account store that is enabled.
func Registers(tx *Tx, through Ref) (bool, error) {
	if err := tx.mayRead(false); err != nil {
		return false, err
	}
	_, err := DefaultStore(tx.trusted(), through, false)
	if e := AsError(err); err != nil && e.Kind == Invalid {
		return false, nil
	}
	return err == nil, err
}

// SignUp is Register for somebody who must not learn whether there is an account of
// that name. Where the directory verifies addresses, a taken one is told to its owner
// only, by mail, and the result is nil without an error, for as many hashes, commits
// and mails as of a new one. Where it verifies none, the answer cannot hide that there
// is no new account: it is Register's.
func (a *App) SignUp(ctx context.Context, r Registration) (*Account, error) {
	verifies := false
	err := a.View(ctx, func(tx *Tx) error {
		if _, err := r.place(tx); err != nil {
			return err
		}
		policy, err := Get(tx.trusted(), ID[AccountCreationPolicy](r.Account.Directory))
		if err != nil {
			return err
		}
		if verifies = policy.VerificationEmailStatus == Enabled && r.Account.EmailVerificationStatus != AddressVerified; !verifies {
			return nil
		}
		strength, err := Get(tx, ID[Strength](r.Account.Directory))
		if err != nil || r.Password == "" {
			return err
		}
		return strength.Allows(r.Password, r.Account) // before the names are looked up, of which it would tell
	})
	if err != nil {
		return nil, err
	}
	acc, err := a.Register(ctx, r)
	if e, ok := errors.AsType[*Error](err); !verifies || !ok || e.Code != "taken" {
		return acc, err
	}
	if _, err := a.HashPassword(ctx, r.Password); err != nil {
		return nil, err
	}
	app, org := r.door()
	return nil, a.Update(ctx, func(tx *Tx) error {
		sys := tx.trusted()
		if _, err := r.place(tx); err != nil {
			return err
		}
		l := Letter{Template: "alreadyRegistered", Application: app, Organization: org, To: r.Account.Email}
		all, err := FindAll(sys, AccountEmail, string(r.Account.Directory), Fold(r.Account.Email), 2)
		if err != nil {
			return err
		}
		if len(all) != 1 {
			return PostNothing(sys, l) // the name of somebody whose address is another
		}
		l.Account, l.To = all[0], all[0].Email
		return Post(sys, l)
	})
}
