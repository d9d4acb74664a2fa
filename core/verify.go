package core

import (
	"github.com/stormkeep/stormkeep/core/secret"
)

// EmailProof says how an address came to be known as its account's. It is good for
// that address only.
type EmailProof struct {
	Address string      `json:"address"` // folded
	Method  ProofMethod `json:"method"`
	Issuer  string      `json:"issuer,omitempty"` // the provider that vouched for it
	At      Time        `json:"at"`
}

// ProofMethod is who says that an address is its account's.
type ProofMethod string

// The methods. Whoever relies on an address looks at the method, never at the
// emailVerificationStatus of the wire, which any operator writes.
const (
	ByMail     ProofMethod = "MAIL"     // its owner, by a token that was sent there
	ByProvider ProofMethod = "PROVIDER" // the provider that the account came from
	ByOperator ProofMethod = "OPERATOR" // an operator, who wrote VERIFIED
)

// EmailProofOf is the proof of the account's present address, nil if there is none.
func EmailProofOf(tx *Tx, acc *Account) (*EmailProof, error) {
	sec, err := Get(tx.trusted(), ID[Security](acc.ID))
	if err != nil || sec.EmailProof == nil || sec.EmailProof.Address != acc.EmailKey {
		return nil, err
	}
	return sec.EmailProof, nil
}

// prove keeps the proof of the address in step with the account: it comes with
// VERIFIED, and goes with it. A token that the account no longer waits for ends.
func (a *Account) prove(tx *Tx, old *Account) error {
	was := old != nil && old.EmailVerificationStatus == AddressVerified
	if old != nil && old.Pending != "" && old.Pending != a.Pending {
		if err := endProof(tx, old.Pending); err != nil {
			return err
		}
	}
	is := a.EmailVerificationStatus == AddressVerified
	strangers := tx.Actor.Kind == Door && !is && (old == nil || old.EmailKey != a.EmailKey)
	if was == is && (old == nil || old.EmailKey == a.EmailKey) && !strangers {
		return nil
	}
	sec, err := Get(tx, ID[Security](a.ID))
	if err != nil {
		return err
	}
	sec.EmailProof, sec.StrangersEmail = nil, ""
	if strangers {
		sec.StrangersEmail = a.EmailKey
	}
	if is {
		sec.EmailProof = &EmailProof{Address: a.EmailKey, Method: ByOperator, At: At(tx.Now)}
		if a.proved != "" {
			sec.EmailProof.Method = a.proved
		}
	}
	return Put(tx, sec)
}

// endProof deletes a proof that nobody may use any more; one just spent is kept for
// the retry of the call that did.
func endProof(tx *Tx, id ID[Proof]) error {
	p, err := Get(tx, id)
	if IsNotFound(err) {
		return nil
	}
	if err != nil || p.SpentBy != "" {
		return err
	}
	return Delete(tx, p)
}

// workflow is what a directory does about a new account (spec 14): it gives the
// proof by which its owner verifies the address, or says that a welcome is due. An
// account that its maker calls VERIFIED has nothing to prove.
func (r *Registration) workflow(tx *Tx, acc *Account) (p *Proof, welcome bool, err error) {
	policy, err := Get(tx, ID[AccountCreationPolicy](acc.Directory))
	if err != nil || r.Workflow == Disabled {
		return nil, false, err
	}
	wanted := policy.VerificationEmailStatus == Enabled || r.Workflow == Enabled
	if !wanted || acc.Email == "" || acc.EmailVerificationStatus == AddressVerified {
		return nil, policy.WelcomeEmailStatus == Enabled, nil
	}
	acc.EmailVerificationStatus = AddressUnverified
	if acc.Status == Enabled {
		acc.Status = Unverified
	}
	return expectProof(tx, acc), false, nil
}

// expectProof has the account wait for a new proof of its address, in place of one
// it waited for. Both are yet to be put: issue does it for the proof.
func expectProof(tx *Tx, acc *Account) *Proof {
	p := &Proof{Purpose: EmailVerification}
	p.ID = ID[Proof](tx.s.ids.id(proofs.Name, proofs.NewID))
	acc.Pending = p.ID
	return p
}

// issue writes the proof that the account waits for, and says that a mail is due.
func (p *Proof) issue(tx *Tx, acc *Account, app ID[Application], org ID[Organization]) error {
	sys := tx.trusted()
	plain := tx.s.ids.id("proofs.secret", secret.Token)
	p.Account, p.Application, p.Organization, p.Address = acc.ID, app, org, acc.EmailKey
	stamp, err := p.stampFor(sys, acc)
	if err != nil {
		return err
	}
	p.Stamp = stamp
	p.Hash, p.Secret = secret.HashToken(plain), Seal(plain)
	code, err := p.withCode(tx)
	if err != nil {
		return err
	}
	if err := Put(sys, p); err != nil {
		return err
	}
	if err := tx.Note(AuditLine{Type: "account.verificationRequest", Ref: RefTo(acc.ID)}); err != nil {
		return err
	}
	if err := Post(tx, Letter{Template: "emailVerification", Account: acc, Application: app, Organization: org, Token: string(p.ID) + plain, Values: code}); err != nil {
		return err
	}
	return tx.Emit(Event{Type: "account.verificationRequest", Ref: RefTo(acc.ID)})
}

// RequestVerification makes a new token by which the owner of the account with that
// login, a user name or an e-mail, verifies its address; the former one ends. It
// does nothing for an address that is verified. store may be "". The token is not
// returned: its owner gets it, by mail.
func RequestVerification(tx *Tx, app ID[Application], login string, store Ref) error {
	if _, err := Get(tx, app); err != nil {
		return err
	}
	sys := tx.trusted()
	f, err := lookUp(sys, Attempt{Application: app, Login: login, Store: store})
	if err != nil {
		return err
	}
	if f.account == nil || f.disabled() || f.account.Email == "" {
		return tx.inVain(Letter{Template: "emailVerification", To: login},
			fieldError("login", "unknown_resource", "The login property value does not match a known resource."))
	}
	acc := f.account
	if err := tx.mayWrite(verbUpdate, policyOf(accounts), acc, acc); err != nil {
		return err
	}
	policy, err := Get(sys, ID[AccountCreationPolicy](acc.Directory))
	if err != nil {
		return err
	}
	if policy.VerificationEmailStatus != Enabled {
		return &Error{Kind: Invalid, Code: "no_verification", Msg: "The account's directory does not verify e-mail addresses."}
	}
	if acc.EmailVerificationStatus == AddressVerified {
		return PostNothing(tx, Letter{Template: "emailVerification", To: acc.Email})
	}
	was := acc.Pending
	p := expectProof(tx, acc)
	if was == acc.Pending {
		return nil // by this very call
	}
	if err := Put(sys, acc); err != nil {
		return err
	}
	org, _ := IDOf[Organization](store)
	return p.issue(tx, acc, app, org)
}

// VerifyEmail spends the token that was sent to an account's address, once: the
// address is verified, and an account that waited for it is enabled. One that is
// disabled stays so. Every token that is none is not found.
func VerifyEmail(tx *Tx, token string) (*Account, error) {
	if err := tx.mayRead(false); err != nil {
		return nil, err
	}
	p, acc, err := liveAddressProof(tx, token)
	if err != nil || p.SpentBy != "" {
		return acc, err // spent by this very call
	}
	if err := tx.mayWrite(verbUpdate, policyOf(accounts), acc, acc); err != nil {
		return nil, err
	}
	return acc, spendAddressProof(tx, p, acc)
}

// liveAddressProof finds the proof of an address that a token is of, and its account.
func liveAddressProof(tx *Tx, token string) (*Proof, *Account, error) {
	p, acc, err := findProof(tx, token, EmailVerification, EmailChange)
	if err != nil || p.SpentBy != "" {
		return p, acc, err
	}
	if live, err := p.live(tx.trusted(), acc); err != nil || !live {
		return nil, nil, orNotFound(err)
	}
	if p.Purpose == EmailChange && acc.Status == Disabled || p.Purpose == EmailVerification && acc.Pending != p.ID {
		return nil, nil, errNotFound()
	}
	return p, acc, nil
}

// spendAddressProof does what a proof of an address is for.
func spendAddressProof(tx *Tx, p *Proof, acc *Account) error {
	sys := tx.trusted()
	if err := p.spend(sys); err != nil {
		return err
	}
	if p.Purpose == EmailChange {
		acc.Email = p.To
	}
	if p.Purpose != EmailChange {
		return ConfirmAddress(tx, acc, p.Application)
	}
	acc.EmailVerificationStatus, acc.proved = AddressVerified, ByMail
	if err := Put(sys, acc); err != nil {
		return err
	}
	return tx.Emit(Event{Type: "account.verify", Ref: RefTo(acc.ID)})
}

// verified says that an address was verified, and what mails are due.
func verified(tx *Tx, acc *Account, app ID[Application]) error {
	if err := tx.Emit(Event{Type: "account.verify", Ref: RefTo(acc.ID)}); err != nil {
		return err
	}
	policy, err := Get(tx.trusted(), ID[AccountCreationPolicy](acc.Directory))
	if err != nil {
		return err
	}
	if policy.VerificationSuccessEmailStatus == Enabled {
		if err := Post(tx, Letter{Template: "emailVerificationSuccess", Account: acc, Application: app}); err != nil {
			return err
		}
	}
	if policy.WelcomeEmailStatus != Enabled {
		return nil
	}
	return welcome(tx, acc, app)
}

// welcome has a new account welcomed.
func welcome(tx *Tx, acc *Account, app ID[Application]) error {
	if err := Post(tx, Letter{Template: "welcome", Account: acc, Application: app}); err != nil {
		return err
	}
	return tx.Emit(Event{Type: "account.welcome", Ref: RefTo(acc.ID)})
}

// verificationToken is the token that the account waits for, "" if there is none or
// the actor may not see a live proof of it.
func (a *Account) verificationToken(tx *Tx) string {
	if a.Pending == "" || !tx.MaySeeSecret(a.ID) {
		return ""
	}
	p, err := Get(tx.trusted(), a.Pending)
	if err != nil {
		return ""
	}
	plain, err := p.Secret.Open(tx, p.ID, "secret")
	if err != nil || plain == "" {
		return ""
	}
	return string(p.ID) + plain
}
