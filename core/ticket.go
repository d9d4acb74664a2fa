package core

import (
	"slices"
	"time"

	"github.com/stormkeep/stormkeep/core/secret"
)

// Ticket is what a proof is for that another door than core's own gives and takes: a
// mount, whose wire form cannot carry the proof's id. Its tokens are found by their
// account.
type Ticket struct {
	Purpose     Purpose         // none of core's: "djoser.activation"
	Account     *Account        // whose owner gets the token
	Application ID[Application] // at which it is for use
	For         Ref             // what gives it; nothing else takes it
}

// Give makes the proof and returns its token, which token makes: of enough chance
// that nobody guesses it. It ends the account's former one for the same. The proof is
// bound to the account's address and to the epochs of everything it belongs to.
func (t Ticket) Give(tx *Tx, ttl time.Duration, token func() string) (string, error) {
	app, err := Get(tx, t.Application)
	if err != nil {
		return "", err
	}
	sys := tx.trusted()
	if err := endFormer(sys, t.Account.ID, t.Purpose, t.For); err != nil {
		return "", err
	}
	stamp, err := StampOf(tx, t.Account, app)
	if err != nil {
		return "", err
	}
	plain := tx.s.ids.id("proofs.ticket", token)
	p := &Proof{Purpose: t.Purpose, Account: t.Account.ID, Application: t.Application, For: t.For, Address: t.Account.EmailKey,
		Hash: secret.HashToken(plain), Stamp: stamp, Until: At(tx.Now.Add(ttl))}
	if err := Put(sys, p); err != nil {
		return "", err
	}
	if err := tx.forget(p, p.Until.Time); err != nil {
		return "", err
	}
	kind := string(t.Purpose) + "Request"
	if err := tx.Note(AuditLine{Type: kind, Ref: RefTo(t.Account.ID)}); err != nil {
		return "", err
	}
	return plain, tx.Emit(Event{Type: kind, Ref: RefTo(t.Account.ID)})
}

// Find is the proof of a token, nil if it is none of what the ticket is for, is too
// old, or what it was bound to has changed. One that was spent is found as well.
func (t Ticket) Find(tx *Tx, token string) (*Proof, error) {
	if token == "" {
		return nil, nil
	}
	app, err := Get(tx, t.Application)
	if err != nil {
		return nil, err
	}
	sys := tx.trusted()
	now, err := StampOf(tx, t.Account, app)
	if err != nil {
		return nil, err
	}
	page, err := List(sys, ProofsOf, Query{Owner: string(t.Account.ID), Limit: 100})
	if err != nil {
		return nil, err
	}
	i := slices.IndexFunc(page.Items, func(p *Proof) bool {
		return p.Purpose == t.Purpose && p.For == t.For && p.Application == t.Application && secret.Matches(token, p.Hash)
	})
	if i < 0 {
		return nil, nil
	}
	p := page.Items[i]
	switch {
	case p.Spent() && tx.s.write && p.SpentBy == tx.Attempt(): // it may have changed the stamp itself
		return p, nil
	case !tx.Now.Before(p.Until.Time), p.Stamp != now, p.Address != t.Account.EmailKey:
		return nil, nil
	}
	return p, nil
}

// Spent tells whether the proof was used.
func (p *Proof) Spent() bool { return p.SpentBy != "" }

// Spend marks the proof as used by this call of Update, once: again says that a run of
// this very call has done so, and what followed, before.
func (p *Proof) Spend(tx *Tx) (again bool, err error) {
	switch p.SpentBy {
	case "":
		return false, p.spend(tx.trusted())
	case tx.Attempt():
		return true, nil
	}
	return false, errNotFound()
}

// ConfirmAddress says that the owner of the account has read a mail to its address,
// and enables an account that waited for it. One that is disabled stays so. app is
// through which the mail came to be, or "".
func ConfirmAddress(tx *Tx, acc *Account, app ID[Application]) error {
	acc.EmailVerificationStatus, acc.proved = AddressVerified, ByMail
	if acc.Status == Unverified {
		acc.Status = Enabled
	}
	if err := Put(tx.trusted(), acc); err != nil {
		return err
	}
	return verified(tx, acc, app)
}
