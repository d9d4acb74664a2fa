package core

import (
	"context"
	"time"

	"github.com/stormkeep/stormkeep/core/secret"
)

// Proof is a single-use secret that was given to the owner of an account, by mail
// or by the application that asked for it. On the wire it is its id and its
// secret; the store keeps the hash of the latter. It is bound to purpose, account,
// address and epochs: whatever changes one of them ends it.
type Proof struct {
	Base[Proof]
	Purpose     Purpose         `json:"purpose" api:"-"`
	Account     ID[Account]     `json:"account" api:"-"`
	Application ID[Application] `json:"application" api:"-"`
	Address     string          `json:"address" api:"-"` // folded
	Hash        []byte          `json:"hash" api:"-"`
	Stamp       Stamp           `json:"stamp" api:"-"`
	Until       Time            `json:"until" api:"-"`
	SpentBy     string          `json:"spentBy" api:"-"` // the Attempt that used it
}

// Purpose is what a proof is good for, and nothing else.
type Purpose string

// PasswordReset lets its holder set a new password.
const PasswordReset Purpose = "passwordReset"

// resetTTL is how long a reset token lives where its directory says nothing else
// (spec 13: 24 hours).
const resetTTL = 24 * time.Hour

// ProofsOf lists an account's proofs, ProofsFor those for use at an application:
// they go with either.
var (
	ProofsOf = &Index[Proof]{Name: "acc", List: true,
		Key: func(p *Proof) (Entry, bool) { return Entry{Owner: string(p.Account)}, true }}
	ProofsFor = &Index[Proof]{Name: "app", List: true,
		Key: func(p *Proof) (Entry, bool) { return Entry{Owner: string(p.Application)}, true }}
)

var proofs = &Kind[Proof]{Name: "proofs", Noun: "Proof", Key: "prf", Internal: true, Indexes: []*Index[Proof]{ProofsOf, ProofsFor}}

// Kind says how proofs are stored.
func (*Proof) Kind() *Kind[Proof] { return proofs }

// Owners are the account and the application.
func (p *Proof) Owners() []Ref { return []Ref{RefTo(p.Account), RefTo(p.Application)} }

// idLen is the length of the id that a token begins with.
const idLen = 22

// RequestReset makes a token by which the owner of the account with that login,
// an e-mail or a user name, can set a new password. It ends the account's former
// one. store may be "". The answer carries a live proof, so that the caller needs
// the capability for it.
func RequestReset(tx *Tx, app ID[Application], login string, store Ref) (token string, acc *Account, err error) {
	if _, err := Get(tx, app); err != nil {
		return "", nil, err
	}
	sys := tx.trusted()
	f, err := lookUp(sys, Attempt{Application: app, Login: login, Store: store})
	if err != nil {
		return "", nil, err
	}
	if f.account == nil || f.disabled() {
		return "", nil, fieldError("email", "unknown_resource", "The email property value does not match a known resource.")
	}
	if !tx.MaySeeSecret(f.account.ID) {
		return "", nil, errForbidden("A password reset token is a live proof: it needs the capability mint or readSecrets, and a rank above the account's.")
	}
	old, err := List(sys, ProofsOf, Query{Owner: string(f.account.ID), Limit: 100})
	if err != nil {
		return "", nil, err
	}
	for _, p := range old.Items {
		if p.Purpose == PasswordReset && !tx.made(proofs.Name, string(p.ID)) {
			if err := Delete(sys, p); err != nil {
				return "", nil, err
			}
		}
	}
	stamp, err := StampOf(tx, f.account, f.app)
	if err != nil {
		return "", nil, err
	}
	plain := tx.s.ids.id("proofs.secret", secret.Token)
	p := &Proof{Purpose: PasswordReset, Account: f.account.ID, Application: app, Address: f.account.EmailKey,
		Hash: secret.HashToken(plain), Stamp: stamp, Until: At(tx.Now.Add(resetTTL))}
	if err := Put(sys, p); err != nil {
		return "", nil, err
	}
	if err := tx.Note(AuditLine{Type: "account.resetRequest", Ref: RefTo(f.account.ID)}); err != nil {
		return "", nil, err
	}
	return string(p.ID) + plain, f.account, tx.Emit(Event{Type: "account.resetRequest", Ref: RefTo(f.account.ID)})
}

// disabled tells whether what was found may not be used, for any reason but that
// its address is not yet verified.
func (f *found) disabled() bool {
	return f.refusal != nil && AsError(f.refusal).Code != "account_unverified"
}

// Reset finds the live proof of a token and its account. Every token that is none
// is not found.
func Reset(tx *Tx, app ID[Application], token string) (*Proof, *Account, error) {
	if _, err := Get(tx, app); err != nil {
		return nil, nil, err
	}
	if len(token) <= idLen {
		return nil, nil, errNotFound()
	}
	sys := tx.trusted()
	p, err := Get(sys, ID[Proof](token[:idLen]))
	if err != nil {
		return nil, nil, err
	}
	if !secret.Matches(token[idLen:], p.Hash) || p.Purpose != PasswordReset || p.Application != app {
		return nil, nil, errNotFound()
	}
	acc, err := Get(sys, p.Account)
	if err != nil {
		return nil, nil, err
	}
	if p.SpentBy != "" {
		if tx.s.write && p.SpentBy == tx.Attempt() {
			return p, acc, nil
		}
		return nil, nil, errNotFound()
	}
	a, err := Get(sys, app)
	if err != nil {
		return nil, nil, err
	}
	d, err := Get(sys, acc.Directory)
	if err != nil {
		return nil, nil, err
	}
	if acc.Status == Disabled || d.Status != Enabled || a.Status != Enabled {
		return nil, nil, errNotFound()
	}
	now, err := StampOf(tx, acc, a)
	if err != nil {
		return nil, nil, err
	}
	if !tx.Now.Before(p.Until.Time) || p.Stamp != now || p.Address != acc.EmailKey {
		return nil, nil, errNotFound()
	}
	return p, acc, nil
}

// SpendReset sets a new password with a token, once. A password that the
// directory does not allow leaves the token as it is.
func (a *App) SpendReset(ctx context.Context, app ID[Application], token, pw string) (acc *Account, err error) {
	err = a.View(ctx, func(tx *Tx) error {
		_, found, err := Reset(tx, app, token)
		if err != nil {
			return err
		}
		strength, err := Get(tx.trusted(), ID[Strength](found.Directory))
		if err != nil {
			return err
		}
		return strength.Allows(pw)
	})
	if err != nil {
		return nil, err
	}
	hash, err := a.HashPassword(ctx, pw)
	if err != nil {
		return nil, err
	}
	err = a.Update(ctx, func(tx *Tx) error {
		p, found, err := Reset(tx, app, token)
		if err != nil {
			return err
		}
		acc = found
		if p.SpentBy != "" {
			return nil // by this very call
		}
		if err := tx.mayWrite(verbUpdate, policyOf(accounts), found, found); err != nil {
			return err
		}
		sys := tx.trusted()
		p.SpentBy = tx.Attempt()
		if err := Put(sys, p); err != nil {
			return err
		}
		return SetPassword(sys, found, hash)
	})
	return acc, err
}
