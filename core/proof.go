package core

import (
	"context"
	"encoding/json"
	"slices"
	"time"

	"github.com/stormkeep/stormkeep/core/secret"
)

// Proof is a single-use secret that was given to the owner of an account, by mail
// or by the application that asked for it. On the wire it is its id and its
// secret; the store keeps the hash of the latter. It is bound to purpose, account,
// address and epochs: whatever changes one of them ends it.
type Proof struct {
	Base[Proof]
	Purpose      Purpose          `json:"purpose" api:"-"`
	Account      ID[Account]      `json:"account" api:"-"`
	Application  ID[Application]  `json:"application" api:"-"`            // "" where it is for use at none
	Organization ID[Organization] `json:"organization,omitempty" api:"-"` // in which people were looked for there
	For          Ref              `json:"for,omitempty" api:"-"`          // the mount that gave it; "" where core itself takes it
	Address      string           `json:"address" api:"-"`                // folded
	Hash         []byte           `json:"hash" api:"-"`
	Secret       Sealed           `json:"secret" api:"-"`          // where it must be shown again
	Code         []byte           `json:"code,omitempty" api:"-"`  // MAC of what its mail says beside the link
	Tries        int              `json:"tries,omitempty" api:"-"` // wrong codes
	To           string           `json:"to,omitempty" api:"-"`    // the new address of an EmailChange
	Stamp        Stamp            `json:"stamp" api:"-"`
	Until        Time             `json:"until" api:"-"`   // zero is for ever
	SpentBy      string           `json:"spentBy" api:"-"` // the Attempt that used it
}

// Purpose is what a proof is good for, and nothing else.
type Purpose string

// The purposes of a proof.
const (
	PasswordReset     Purpose = "passwordReset"     // its holder may set a new password
	EmailVerification Purpose = "emailVerification" // its holder has read a mail to the address
	EmailChange       Purpose = "emailChange"       // its holder has read a mail to the address that the account is to get
)

// ProofsOf lists an account's proofs, ProofsFor those for use at an application:
// they go with either.
var (
	ProofsOf = &Index[Proof]{Name: "acc", List: true,
		Key: func(p *Proof) (Entry, bool) { return Entry{Owner: string(p.Account)}, true }}
	ProofsFor = &Index[Proof]{Name: "app", List: true,
		Key: func(p *Proof) (Entry, bool) { return Entry{Owner: string(p.Application)}, p.Application != "" }}
)

var proofs = &Kind[Proof]{Name: "proofs", Noun: "Proof", Key: "prf", Internal: true, Indexes: []*Index[Proof]{ProofsOf, ProofsFor}}

// Kind says how proofs are stored.
func (*Proof) Kind() *Kind[Proof] { return proofs }

// Owners are the account and the application, if it is for one.
func (p *Proof) Owners() []Ref {
	if p.Application == "" {
		return []Ref{RefTo(p.Account)}
	}
	return []Ref{RefTo(p.Account), RefTo(p.Application)}
}

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
		return "", nil, tx.inVain(Letter{Template: "passwordReset", To: login},
			fieldError("email", "unknown_resource", "The email property value does not match a known resource."))
	}
	if !tx.MaySeeSecret(f.account.ID) {
		return "", nil, errForbidden("A password reset token is a live proof: it needs the capability mint or readSecrets, and a rank above the account's.")
	}
	if err := endFormer(sys, f.account.ID, PasswordReset, ""); err != nil {
		return "", nil, err
	}
	ttl, err := resetTTL(sys, f.account.Directory)
	if err != nil {
		return "", nil, err
	}
	plain := tx.s.ids.id("proofs.secret", secret.Token)
	org, _ := IDOf[Organization](store)
	p := &Proof{Purpose: PasswordReset, Account: f.account.ID, Application: app, Organization: org, Address: f.account.EmailKey,
		Hash: secret.HashToken(plain), Until: At(tx.Now.Add(ttl))}
	if p.Stamp, err = p.stampFor(sys, f.account); err != nil {
		return "", nil, err
	}
	if err := Put(sys, p); err != nil {
		return "", nil, err
	}
	if err := tx.forget(p, p.Until.Time); err != nil {
		return "", nil, err
	}
	if err := tx.Note(AuditLine{Type: "account.resetRequest", Ref: RefTo(f.account.ID)}); err != nil {
		return "", nil, err
	}
	token = string(p.ID) + plain
	rules, err := Get(sys, ID[PasswordPolicy](f.account.Directory))
	if err != nil {
		return "", nil, err
	}
	if rules.ResetEmailStatus == Enabled {
		if err := Post(tx, Letter{Template: "passwordReset", Account: f.account, Application: app, Organization: org, Token: token}); err != nil {
			return "", nil, err
		}
	}
	return token, f.account, tx.Emit(Event{Type: "account.resetRequest", Ref: RefTo(f.account.ID)})
}

// inVain refuses a mail that was asked for a name of nobody, and commits all the same,
// with a mail to nobody: an application that answers its users alike tells nothing by
// the time that it takes.
func (tx *Tx) inVain(l Letter, refusal *Error) error {
	if err := endFormer(tx.trusted(), ID[Account](tx.Tenant), PasswordReset, ""); err != nil { // nobody's
		return err
	}
	if err := tx.forget(&Proof{}, tx.Now.Add(time.Hour)); err != nil {
		return err
	}
	if err := PostNothing(tx, l); err != nil {
		return err
	}
	return Keep(refusal)
}

// endFormer deletes the proofs of a purpose that an account has of what gives them, in
// whose place a new one comes.
func endFormer(tx *Tx, id ID[Account], purpose Purpose, of Ref) error {
	for id, err := range Walk(tx, ProofsOf, Query{Owner: string(id)}) {
		if err != nil {
			return err
		}
		p, err := Get(tx, id)
		if err == nil && p.Purpose == purpose && p.For == of && !tx.made(proofs.Name, string(p.ID)) {
			err = Delete(tx, p)
		}
		if err != nil && !IsNotFound(err) {
			return err
		}
	}
	return nil
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
	p, acc, err := findProof(tx, token, PasswordReset)
	if err != nil {
		return nil, nil, err
	}
	if p.Application != app {
		return nil, nil, errNotFound()
	}
	if p.SpentBy != "" {
		return p, acc, nil
	}
	if live, err := p.live(tx.trusted(), acc); err != nil || !live || acc.Status == Disabled {
		return nil, nil, orNotFound(err)
	}
	return p, acc, nil
}

// stampFor is what the proof is bound to. The proof of an address outlives whatever
// happens to its account: it says nothing of a password, and its account stays as it
// is (spec 14).
func (p *Proof) stampFor(tx *Tx, acc *Account) (Stamp, error) {
	var app *Application
	if p.Application != "" {
		var err error
		if app, err = Get(tx, p.Application); err != nil {
			return Stamp{}, err
		}
	}
	stamp, err := StampOf(tx, acc, app)
	if p.Purpose == EmailVerification {
		stamp.Account = 0
	}
	return stamp, err
}

// live tells whether what the proof is bound to is as it was, and all that its account
// belongs to is on: while something is disabled, its proofs are as if they were not.
func (p *Proof) live(tx *Tx, acc *Account) (bool, error) {
	if p.Address != acc.EmailKey || !p.Until.IsZero() && !tx.Now.Before(p.Until.Time) {
		return false, nil
	}
	if stamp, err := p.stampFor(tx, acc); err != nil || p.Stamp != stamp {
		return false, err
	}
	tenant, err := Get(tx, tx.Tenant)
	if err != nil || tenant.Status != Enabled {
		return false, err
	}
	if p.Application != "" {
		return acc.reachedBy(tx, p.Application)
	}
	dir, err := Get(tx, acc.Directory)
	return err == nil && dir.Status == Enabled, err
}

// findProof finds the proof of a token and its account, whatever has become of what
// it is bound to. A spent one is found by the very call that spent it.
func findProof(tx *Tx, token string, purposes ...Purpose) (*Proof, *Account, error) {
	if len(token) <= idLen {
		return nil, nil, errNotFound()
	}
	sys := tx.trusted()
	p, err := Get(sys, ID[Proof](token[:idLen]))
	if err != nil {
		return nil, nil, err
	}
	if !secret.Matches(token[idLen:], p.Hash) || !slices.Contains(purposes, p.Purpose) {
		return nil, nil, errNotFound()
	}
	if p.SpentBy != "" && (!tx.s.write || p.SpentBy != tx.Attempt()) {
		return nil, nil, errNotFound()
	}
	acc, err := Get(sys, p.Account)
	return p, acc, err
}

// spend marks the proof as used by this call, which its own retry must see.
func (p *Proof) spend(tx *Tx) error {
	p.SpentBy, p.Secret = tx.Attempt(), Sealed{}
	if err := Put(tx, p); err != nil {
		return err
	}
	return tx.forget(p, tx.Now.Add(spentFor))
}

// A proof that is spent or too old proves nothing; the job only tidies up.
const (
	proofJob = "proof"
	spentFor = time.Hour // in which a retry of the call that spent it may come
)

type proofTask struct {
	Proof ID[Proof] `json:"proof"`
}

// forget has the proof deleted once it has been dead for long enough.
func (tx *Tx) forget(p *Proof, due time.Time) error {
	return Enqueue(tx, proofJob, proofTask{p.ID}, due)
}

// forgetProof is the job.
func (a *App) forgetProof(ctx context.Context, j Job) error {
	var task proofTask
	if err := json.Unmarshal(j.Payload, &task); err != nil {
		return err
	}
	return a.Update(ctx, func(tx *Tx) error {
		p, err := load(tx, proofs, task.Proof)
		if err == nil && (p.SpentBy != "" || !p.Until.IsZero() && !tx.Now.Before(p.Until.Time)) {
			err = Delete(tx, p)
		}
		if IsNotFound(err) {
			return nil
		}
		return err
	})
}

// SpendReset sets a new password with a token, once. A password that the
// directory does not allow leaves the token as it is.
func (a *App) SpendReset(ctx context.Context, app ID[Application], token, pw string) (acc *Account, err error) {
	return a.spendReset(ctx, app, token, pw, func(tx *Tx) *Tx { return tx })
}

// spendReset is SpendReset in transactions as may makes them.
func (a *App) spendReset(ctx context.Context, app ID[Application], token, pw string, may func(*Tx) *Tx) (acc *Account, err error) {
	hash, err := a.newPassword(ctx, pw, func(tx *Tx) (*Account, error) {
		_, found, err := Reset(may(tx), app, token)
		return found, err
	})
	if err != nil {
		return nil, err
	}
	err = a.Update(ctx, func(tx *Tx) error {
		tx = may(tx)
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
		if err := p.spend(sys); err != nil {
			return err
		}
		if err := setPassword(sys, found, hash); err != nil {
			return err
		}
		rules, err := Get(sys, ID[PasswordPolicy](found.Directory))
		if err != nil {
			return err
		}
		if rules.ResetSuccessEmailStatus == Enabled {
			if err := Post(tx, Letter{Template: "passwordResetSuccess", Account: found, Application: app}); err != nil {
				return err
			}
		}
		return tx.Emit(Event{Type: "account.reset", Ref: RefTo(found.ID)})
	})
	return acc, err
}
