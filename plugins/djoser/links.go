package djoser

import (
	"encoding/base64"
	"errors"
	"strconv"
	"strings"

	"github.com/stormkeep/stormkeep/core"
	"github.com/stormkeep/stormkeep/core/secret"
)

// What a mailed link is good for, and nothing else (djoser 1.6: in the original one
// could be spent for the other).
const (
	toActivate core.Purpose = "djoser.activation"
	toReset    core.Purpose = "djoser.passwordReset"
	toRename   core.Purpose = "djoser.usernameReset"
)

const badUID = "Invalid user id or user doesn't exist."
const badToken = "Invalid token for given user."

// uidOf is an account's number as links have it.
func uidOf(acc *core.Account) string {
	return base64.RawURLEncoding.EncodeToString([]byte(strconv.FormatInt(acc.Number, 10)))
}

// numberOf is the number in a uid, with padding or without; 0 if there is none.
func numberOf(uid string) int64 {
	b, err := base64.RawURLEncoding.DecodeString(strings.TrimRight(uid, "="))
	if err != nil || len(b) == 0 || strings.Trim(string(b), "0123456789") != "" {
		return 0
	}
	n, err := strconv.ParseInt(string(b), 10, 53)
	if err != nil {
		return 0
	}
	return n
}

const base62 = "0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz"

// linkToken makes a token in the form of Django's, whose routes clients copy.
func linkToken() string { return secret.Text(6, base62[:36]) + "-" + secret.Text(20, base62) }

// numbered is the account of the mount with that number, nil if there is none.
func (s *site) numbered(tx *core.Tx, n int64) (*core.Account, error) {
	if n <= 0 {
		return nil, nil
	}
	acc, err := core.Find(tx, core.AccountNumber, string(s.dir.ID), core.NumberValue(n))
	if core.IsNotFound(err) {
		return nil, nil
	}
	return acc, err
}

func (s *site) ticket(acc *core.Account, p core.Purpose) core.Ticket {
	return core.Ticket{Purpose: p, Account: acc, Application: s.app.ID, For: core.RefTo(s.mount.ID)}
}

// holder is who a uid and a token stand for. acc is nil for a uid of nobody; p is nil for
// a token that is not good.
func (s *site) holder(tx *core.Tx, uid, token string, for_ core.Purpose) (acc *core.Account, p *core.Proof, err error) {
	if acc, err = s.numbered(tx, numberOf(uid)); err != nil || acc == nil {
		return nil, nil, err
	}
	if acc.Status == core.Disabled {
		return acc, nil, nil
	}
	p, err = s.ticket(acc, for_).Find(tx, token)
	return acc, p, err
}

// badLink says that a uid or a token is not good.
func (r *request) badLink(acc *core.Account) error {
	switch {
	case acc == nil:
		return wrong("uid", badUID)
	case r.old():
		return generally(badToken)
	}
	return wrong("token", badToken)
}

// owner is the account of a uid, as a look before the link is spent.
func (r *request) owner(uid string) (acc *core.Account, err error) {
	err = r.door.app.View(r.Context(""), func(tx *core.Tx) (err error) {
		acc, err = r.numbered(tx, numberOf(uid))
		return err
	})
	return acc, err
}

// spend runs fn with the account of a link in the transaction that spends it. A run of
// this very call that was kept before has done all that fn does.
func (r *request) spend(uid, token string, p core.Purpose, fn func(tx *core.Tx, acc *core.Account) error) error {
	err := r.door.app.Update(r.Context(""), func(tx *core.Tx) error {
		acc, proof, err := r.holder(tx, uid, token, p)
		if err != nil {
			return err
		}
		if proof == nil {
			return r.badLink(acc)
		}
		again, err := proof.Spend(tx)
		if core.IsNotFound(err) {
			return r.badLink(acc)
		}
		if err != nil || again {
			return err
		}
		return fn(tx, acc)
	})
	if _, bad := errors.AsType[*refusal](err); bad {
		return r.Failed(err) // who guesses does not guess for long
	}
	return err
}

// link reads uid and token of a body. Version 0.1 says of a uid what is wrong with it
// beside what is wrong with other fields.
func (r *request) link(w *wrongs, in body) (uid, token string, acc *core.Account, err error) {
	uid, token = r.text(w, in, "uid"), r.text(w, in, "token")
	if w.has("uid") {
		return uid, token, nil, nil
	}
	acc, err = r.owner(uid)
	if err == nil && acc == nil && r.old() {
		w.add("uid", badUID)
	}
	return uid, token, acc, err
}

// activate is POST activate and users/activation.
func activate(r *request) (*answer, error) {
	in, err := r.body()
	if err != nil {
		return nil, err
	}
	var w wrongs
	uid, token, _, err := r.link(&w, in)
	if err != nil {
		return nil, err
	}
	if err := w.err(); err != nil {
		return nil, err
	}
	out, random := object{}, randomToken()
	done, err := r.activated(uid, token)
	if err != nil || done {
		return r.afterActivation(out), err
	}
	err = r.spend(uid, token, toActivate, func(tx *core.Tx, acc *core.Account) error {
		if err := core.ConfirmAddress(tx, acc, r.app.ID); err != nil {
			return err
		}
		if r.opt.SendConfirmation {
			return r.tell(tx, acc, confirmation)
		}
		if !r.opt.LoginAfterActivate {
			return nil
		}
		stamp, err := core.StampOf(tx, acc, r.app)
		if err != nil {
			return err
		}
		auth, err := r.mount.issue(tx, acc, stamp, r.opt.SharedToken, random)
		out = object{{"auth_token", auth}}
		return err
	})
	return r.afterActivation(out), err
}

func (r *request) afterActivation(out object) *answer {
	if r.old() {
		return &answer{200, out}
	}
	return r.done()
}

// activated tells whether there is nothing left to do: a link that was spent is answered
// again by version 0.1, with nothing in it, and is stale to version 2, as is one of an
// account that is active.
func (r *request) activated(uid, token string) (done bool, err error) {
	err = r.door.app.View(r.Context(""), func(tx *core.Tx) error {
		acc, p, err := r.holder(tx, uid, token, toActivate)
		switch {
		case err != nil || p == nil:
			return err // spending it says so
		case !r.old() && acc.Status == core.Enabled:
			return detail(403, "Stale token for given user.")
		}
		done = p.Spent() && r.old()
		return nil
	})
	return done, err
}

// resetConfirm is POST password/reset/confirm and users/reset_password_confirm.
func resetConfirm(r *request) (*answer, error) {
	in, err := r.body()
	if err != nil {
		return nil, err
	}
	var w wrongs
	uid, token, acc, err := r.link(&w, in)
	if err != nil {
		return nil, err
	}
	pw := r.text(&w, in, "new_password")
	again := r.retyped(&w, in, "re_new_password", r.opt.RetypeReset)
	if err := w.err(); err != nil {
		return nil, err
	}
	if err := r.strong("new_password", pw, acc); err != nil {
		return nil, err
	}
	if r.opt.RetypeReset && pw != again {
		return nil, generally(passwordsDo)
	}
	var proof *core.Proof
	err = r.door.app.View(r.Context(""), func(tx *core.Tx) (err error) {
		acc, proof, err = r.holder(tx, uid, token, toReset)
		return err
	})
	if err != nil {
		return nil, err
	}
	if proof == nil || proof.Spent() { // before anything is hashed
		return nil, r.Failed(r.badLink(acc))
	}
	hash, err := r.door.app.ChangePassword(r.Context(acc.ID), acc.ID, pw)
	if err != nil {
		return nil, r.fault(err, map[string]string{"password": "new_password"})
	}
	err = r.spend(uid, token, toReset, func(tx *core.Tx, acc *core.Account) error {
		if err := core.SetPassword(tx, acc, hash); err != nil {
			return err
		}
		if err := tx.Emit(core.Event{Type: "account.reset", Ref: core.RefTo(acc.ID)}); err != nil || !r.opt.TellPassword {
			return err
		}
		return r.tell(tx, acc, passwordChanged)
	})
	return r.done(), err
}

// usernameConfirm is POST users/reset_username_confirm. What is missing of a link is as
// bad as what is wrong with it (djoser 2.2).
func usernameConfirm(r *request) (*answer, error) {
	in, err := r.body()
	if err != nil {
		return nil, err
	}
	var w wrongs
	u := r.opt.UsernameField
	uid, token := r.char(&w, in, "uid", either), r.char(&w, in, "token", either)
	acc, err := r.owner(uid)
	if err != nil {
		return nil, err
	}
	var self core.ID[core.Account]
	if acc != nil {
		self = acc.ID
	}
	name := r.newUsername(&w, in, self)
	again := r.retyped(&w, in, "re_new_"+u, r.opt.RetypeUsernameReset)
	if err := w.err(); err != nil {
		return nil, err
	}
	if r.opt.RetypeUsernameReset && name != again {
		return nil, generally("The two " + u + " fields didn't match.")
	}
	err = r.spend(uid, token, toRename, func(tx *core.Tx, acc *core.Account) error {
		if err := r.rename(tx, acc, name); err != nil || !r.opt.TellUsername {
			return err
		}
		return r.tell(tx, acc, usernameChanged)
	})
	if err != nil {
		return nil, r.fault(err, map[string]string{u: "new_" + u, "username": "new_" + u})
	}
	return r.done(), nil
}
