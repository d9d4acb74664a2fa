package core

import (
	"cmp"
	"context"
	"strings"
	"time"
)

// Self is an account whose owner acts for herself, by a session at the provider. What
// its verbs do, they do to that account and what belongs to it, whatever they are told.
// It is good in the transaction that it was made in.
type Self struct {
	Account *Account
	Session *Session
	tx      *Tx
}

// StepUp is how long ago an owner may have proved who she is for what gives her account
// away: a new password or address, the end of it.
const StepUp = 5 * time.Minute

// SelfOf is who acts in the transaction. A session that is over is ended; an actor of
// any other kind is refused.
func SelfOf(tx *Tx) (*Self, error) {
	if tx.Actor.Kind != BySession {
		return nil, errForbidden("Only the owner of an account acts for herself.")
	}
	s, err := LiveSession(tx, ID[Session](tx.Actor.Session))
	if err != nil {
		return nil, err
	}
	if s.Account != tx.Actor.Account {
		return nil, errEnded("the session is somebody else's")
	}
	sys := tx.trusted()
	acc, err := Get(sys, s.Account)
	return &Self{acc, s, sys}, err
}

// UseSession is who acts in ctx. The session is noted as used.
func (a *App) UseSession(ctx context.Context) (s *Session, acc *Account, err error) {
	due := false
	err = a.View(ctx, func(tx *Tx) error {
		me, err := SelfOf(tx)
		if err != nil {
			return err
		}
		s, acc = me.Session, me.Account
		last, err := s.LastSeen(tx)
		due = tx.Now.Sub(last.Time) >= time.Minute
		return err
	})
	if err != nil || !due {
		return s, acc, err
	}
	return s, acc, a.Update(ctx, func(tx *Tx) error {
		me, err := SelfOf(tx)
		if err != nil {
			return err
		}
		return me.Session.Touch(tx)
	})
}

// SignedIn is the account whose password was shown: its own, unless a link led to it.
func (me *Self) SignedIn() (*Account, error) {
	return Get(me.tx, cmp.Or(me.Session.From, me.Session.Account))
}

// Fresh tells whether the owner has proved who she is within StepUp.
func (me *Self) Fresh() bool { return me.tx.Now.Before(me.Session.AuthTime.Add(StepUp)) }

func (me *Self) fresh() error {
	if me.Fresh() {
		return nil
	}
	return fieldError("current", "step_up", "Type your password once more.")
}

// Prove notes that the owner has proved who she is once more, by a sign-in at the
// application, and gives the session another secret. What somebody else proved is ended.
func (me *Self) Prove(done *Done, app ID[Application]) (token string, err error) {
	if done.Account.ID != me.Account.ID || done.From != me.Session.From {
		return "", errEnded("somebody else has signed in")
	}
	if err := done.Bond(app).Holds(me.tx, done.Stamp); err != nil {
		return "", err
	}
	if _, err := me.tx.meet(done); err != nil {
		return "", err
	}
	me.Session.AuthTime, me.Session.ACR, me.Session.AMR = done.AuthTime, done.ACR, done.AMR
	return me.Session.Renew(me.tx)
}

// Profile is what an owner calls herself.
type Profile struct{ Username, GivenName, MiddleName, Surname string }

// SetProfile changes it. A user name that is an address must be the account's own: whose
// another is, nobody has proved.
func (me *Self) SetProfile(p Profile) error {
	acc := *me.Account
	if p.Username != acc.Username && strings.Contains(p.Username, "@") && Fold(p.Username) != acc.EmailKey {
		return fieldError("username", "not_own_address", "A user name may not be the address of somebody else.")
	}
	acc.Username, acc.GivenName, acc.MiddleName, acc.Surname = p.Username, p.GivenName, p.MiddleName, p.Surname
	return Put(me.tx, &acc)
}

// RequestEmail writes to an address that the account is to get, as RequestEmailChange
// does. It wants a fresh proof. An address that another account has gets no mail, of
// which the owner is not told: she would learn who has an account.
func (me *Self) RequestEmail(app ID[Application], address string) error {
	if err := me.fresh(); err != nil {
		return err
	}
	org := ID[Organization]("")
	if app == me.Session.Through {
		org = me.Session.Organization
	}
	err := RequestEmailChange(me.tx, me.Account.ID, app, org, address)
	if err != nil && AsError(err).Code == "taken" {
		return PostNothing(me.tx, Letter{Template: "emailChange", To: address})
	}
	return err
}

// ChangeOwnPassword sets a new password for who acts in ctx: of the account whose
// password she shows. All that it gave ends, save the session in which she acts. It wants
// a fresh proof.
func (a *App) ChangeOwnPassword(ctx context.Context, pw string) error {
	whose := func(tx *Tx) (*Self, *Account, error) {
		me, err := SelfOf(tx)
		if err != nil {
			return nil, nil, err
		}
		if err := me.fresh(); err != nil {
			return nil, nil, err
		}
		acc, err := me.SignedIn()
		return me, acc, err
	}
	hash, err := a.newPassword(ctx, pw, func(tx *Tx) (*Account, error) {
		_, acc, err := whose(tx)
		return acc, err
	})
	if err != nil {
		return err
	}
	return a.Update(ctx, func(tx *Tx) error {
		me, acc, err := whose(tx)
		if err != nil {
			return err
		}
		if err := SetPassword(me.tx, acc, hash); err != nil {
			return err
		}
		return me.Session.Keep(me.tx)
	})
}

// MayLeave refuses an owner who may not delete her account: an operator, and everybody in
// a directory that keeps its accounts.
func (me *Self) MayLeave() error {
	role, err := RoleOf(me.tx, me.Account.ID)
	if err != nil {
		return err
	}
	if role != "" {
		return &Error{Kind: Forbidden, Code: "operator_account", Msg: "The account of an operator is not deleted by itself."}
	}
	dir, err := Get(me.tx, me.Account.Directory)
	if err == nil && dir.KeepsAccounts {
		err = &Error{Kind: Forbidden, Code: "kept_account", Msg: "The directory keeps its accounts."}
	}
	return err
}

// DeleteOwn deletes the account of who acts in ctx, with all that is bound to it. It
// wants a fresh proof, and what MayLeave wants.
func (a *App) DeleteOwn(ctx context.Context) error {
	tried := false
	return a.Update(ctx, func(tx *Tx) error {
		me, err := SelfOf(tx)
		if tried && IsEnded(err) {
			return nil // by this very call, whose commit was not known
		}
		if err != nil {
			return err
		}
		if err := me.fresh(); err != nil {
			return err
		}
		if err := me.MayLeave(); err != nil {
			return err
		}
		err = Delete(me.tx, me.Account)
		tried = err == nil
		return err
	})
}
