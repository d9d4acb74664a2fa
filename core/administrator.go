package core

import "context"

// Administrator is an account of the administrators' directory, with its authority.
type Administrator struct {
	Account     *Account
	Role        Role // "" for one that is no operator
	HasPassword bool
}

// Administrators are all accounts of the administrators' directory, in the order in
// which they were made.
func Administrators(tx *Tx) (all []Administrator, err error) {
	t, err := Get(tx, tx.Tenant)
	if err != nil {
		return nil, err
	}
	for id, err := range Walk(tx, AccountsOf, Query{Owner: string(t.AdminDir)}) {
		if err != nil {
			return nil, err
		}
		acc, err := Get(tx, id)
		if IsNotFound(err) {
			continue
		}
		if err != nil {
			return nil, err
		}
		one, err := administrator(tx, acc)
		if err != nil {
			return nil, err
		}
		all = append(all, one)
	}
	return all, nil
}

func administrator(tx *Tx, acc *Account) (one Administrator, err error) {
	one.Account = acc
	if one.Role, err = RoleOf(tx, acc.ID); err != nil {
		return one, err
	}
	sec, err := Get(tx.trusted(), ID[Security](acc.ID))
	if err == nil {
		one.HasPassword = sec.PasswordHash != ""
	}
	return one, err
}

// FindAdministrator is the account of the administrators' directory with an id, or
// that signs in with a name: its e-mail or user name.
func FindAdministrator(tx *Tx, who string) (one Administrator, err error) {
	t, err := Get(tx, tx.Tenant)
	if err != nil {
		return one, err
	}
	acc, err := Get(tx, ID[Account](who))
	if err == nil && acc.Directory != t.AdminDir {
		err = errNotFound()
	}
	if IsNotFound(err) {
		dir, err := Get(tx, t.AdminDir)
		if err != nil {
			return one, err
		}
		if acc, err = FindLogin(tx, dir, who); err != nil {
			return one, err
		}
	} else if err != nil {
		return one, err
	}
	if acc == nil {
		return one, Errorf(NotFound, "not_found", "There is no administrator called %q.", who)
	}
	return administrator(tx, acc)
}

// AddAdministrator makes an account of the administrators' directory that has a role.
// pw may be "": then its owner has to be let in before a first sign-in.
func (a *App) AddAdministrator(ctx context.Context, acc *Account, role Role, pw string) (made *Account, err error) {
	err = a.View(ctx, func(tx *Tx) error {
		t, err := Get(tx, tx.Tenant)
		if err != nil {
			return err
		}
		acc.Directory = t.AdminDir
		probe := *acc // Check derives members; each run begins anew
		if err := Validate(tx, &probe); err != nil {
			return err
		}
		if role.Rank() == 0 {
			return fieldError("role", "unsupported_value", "The role must be owner, admin, support or auditor.")
		}
		if pw == "" {
			return nil
		}
		rules, err := Get(tx, ID[Strength](t.AdminDir))
		if err != nil {
			return err
		}
		return rules.Allows(pw, &probe)
	})
	if err != nil {
		return nil, err
	}
	hash := ""
	if pw != "" {
		if hash, err = a.HashPassword(ctx, pw); err != nil {
			return nil, err
		}
	}
	err = a.Update(ctx, func(tx *Tx) error {
		one := *acc
		if made = &one; hash != "" {
			made.PasswordModifiedAt = At(tx.Now)
		}
		if err := Put(tx, made); err != nil {
			return err
		}
		sec, err := Get(tx.trusted(), ID[Security](made.ID))
		if err != nil {
			return err
		}
		if sec.Rev == 0 { // else a former run of this very call was kept
			sec.PasswordHash, sec.CredVersion = hash, 1
			if err := Put(tx.trusted(), sec); err != nil {
				return err
			}
		}
		return MakeOperator(tx, made.ID, role)
	})
	return made, err
}
