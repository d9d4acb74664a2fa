package core

import (
	"time"

	"github.com/stormkeep/stormkeep/core/secret"
)

// changeFor is how long the link to a new address works.
const changeFor = 24 * time.Hour

// RequestEmailChange writes to an address that an account is to get: the account has it
// once the owner has followed the link, or typed the code, and its former address is
// told. A former request ends. app and org, by which the owner came, may be "". What Put would refuse of the new address is refused now.
func RequestEmailChange(tx *Tx, id ID[Account], app ID[Application], org ID[Organization], address string) error {
	acc, err := Get(tx, id)
	if err != nil {
		return err
	}
	if err := tx.mayWrite(verbUpdate, policyOf(accounts), acc, acc); err != nil {
		return err
	}
	sys := tx.trusted()
	next := *acc
	next.Email = address
	if next.Email == "" {
		return fieldError("email", "required", "Account email is required; it cannot be null, empty, or blank.")
	}
	if err := sys.refusal(kindIn[Account](tx.App), acc, &next); err != nil {
		return err
	}
	if next.EmailKey == acc.EmailKey {
		return fieldError("email", "same_address", "The account has this address already.")
	}
	if err := endFormer(sys, id, EmailChange, ""); err != nil {
		return err
	}
	plain := tx.s.ids.id("proofs.secret", secret.Token)
	p := &Proof{Purpose: EmailChange, Account: id, Application: app, Organization: org, Address: acc.EmailKey, To: next.Email,
		Hash: secret.HashToken(plain), Until: At(tx.Now.Add(changeFor))}
	if p.Stamp, err = p.stampFor(sys, acc); err != nil {
		return err
	}
	p.ID = ID[Proof](tx.s.ids.id(proofs.Name, proofs.NewID))
	values, err := p.withCode(sys)
	if err != nil {
		return err
	}
	if err := Put(sys, p); err != nil {
		return err
	}
	if err := tx.forget(p, p.Until.Time); err != nil {
		return err
	}
	values["newEmail"] = next.Email
	if err := Post(tx, Letter{Template: "emailChange", Account: acc, Application: app, Organization: org, To: next.Email, Token: string(p.ID) + plain, Values: values}); err != nil {
		return err
	}
	if err := tx.Note(AuditLine{Type: "account.emailChangeRequest", Ref: RefTo(id)}); err != nil {
		return err
	}
	return tx.Emit(Event{Type: "account.emailChangeRequest", Ref: RefTo(id)})
}

// lostProof is the proof of an address that the account no longer has, nil if it has
// the one it had, or that was not proved.
func (a *Account) lostProof(tx *Tx, old *Account) (*EmailProof, error) {
	if old == nil || old.EmailKey == a.EmailKey {
		return nil, nil
	}
	return EmailProofOf(tx, old)
}

// tellOfNewAddress writes to the address that an account had, of which there was a
// proof.
func (a *Account) tellOfNewAddress(tx *Tx, old *Account, lost *EmailProof) error {
	if lost == nil || tx.quiet() {
		return nil
	}
	now := a.Email
	if now == "" {
		now = "–"
	}
	return Post(tx, Letter{Template: "emailChanged", Account: a, To: old.Email, Values: map[string]string{"newEmail": now}})
}
