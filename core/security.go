package core

import "time"

// Security is what proves an account's owner, kept apart from the account so
// that edits of a profile and logins do not clash. It is a part of the account.
type Security struct {
	Base[Security]
	PasswordHash string      `json:"passwordHash" api:"-"`
	CredVersion  uint64      `json:"credVersion" api:"-"`          // counts changes of what proves the owner
	Epoch        uint64      `json:"epoch" api:"-"`                // counts endings of all that the proofs gave
	TokenEpoch   uint64      `json:"tokenEpoch,omitempty" api:"-"` // counts endings of the tokens that are the same at each login
	EmailProof   *EmailProof `json:"emailProof,omitempty" api:"-"`
	WarnedAt     Time        `json:"warnedAt,omitzero" api:"-"` // when the owner was last told of wrong tries

	// KnownDevices says whether there are any.
	KnownDevices KnownDevices `json:"knownDevices,omitzero" api:"-"`

	// StrangersEmail is the folded address that somebody gave the account at a public
	// door: until it is proved, clients are not told of it.
	StrangersEmail string `json:"strangersEmail,omitempty" api:"-"`
}

var securities = &Kind[Security]{Name: "accountSecurity", Noun: "AccountSecurity", Key: "sec", Part: true, Internal: true}

// Kind says how it is stored.
func (*Security) Kind() *Kind[Security] { return securities }

// Owners is the account.
func (s *Security) Owners() []Ref { return []Ref{RefTo(ID[Account](s.ID))} }

// Stamp is what a session, grant or token of the account carries: it is dead once
// any of the epochs has moved.
type Stamp struct {
	Tenant    uint64 `json:"t"`
	Directory uint64 `json:"d"`
	Account   uint64 `json:"a"`
	App       uint64 `json:"p,omitempty"`

	Client       uint64 `json:"c,omitempty"`
	Organization uint64 `json:"o,omitempty"`
	From         uint64 `json:"f,omitempty"` // of the account whose password was shown

	FromDirectory uint64 `json:"g,omitempty"` // of that account's directory

	Key uint64 `json:"k,omitempty"` // of the API key
}

// StampOf is the account's present stamp, at an application or at none.
func StampOf(tx *Tx, acc *Account, app *Application) (Stamp, error) {
	b := Bond{Account: acc.ID}
	if app != nil {
		b.Application = app.ID
	}
	return b.Stamp(tx)
}

// SetPassword gives the account a password by its hash, which was made outside
// the transaction. It ends what the old one gave, and tells its owner, at an address
// that was proved to be theirs.
func SetPassword(tx *Tx, acc *Account, hash string) error {
	if err := setPassword(tx, acc, hash); err != nil || tx.quiet() {
		return err
	}
	proof, err := EmailProofOf(tx, acc)
	if err != nil || proof == nil {
		return err
	}
	return Post(tx, Letter{Template: "passwordChanged", Account: acc})
}

// setPassword is SetPassword that tells nobody.
func setPassword(tx *Tx, acc *Account, hash string) error {
	sys := tx.trusted()
	sec, err := Get(sys, ID[Security](acc.ID))
	if err != nil {
		return err
	}
	former := sec.PasswordHash
	if former == hash {
		return Put(tx, acc) // this very call was kept before: hashes are salted
	}
	was := acc.PasswordModifiedAt
	acc.PasswordModifiedAt = At(tx.Now)
	if !acc.PasswordModifiedAt.After(was.Time) {
		acc.PasswordModifiedAt = At(was.Add(time.Millisecond)) // so that everybody hears of it
	}
	if err := Put(tx, acc); err != nil {
		return err
	}
	if sec, err = Get(sys, sec.ID); err != nil { // what else changed may have changed it
		return err
	}
	if err := retire(sys, acc, former); err != nil {
		return err
	}
	sec.PasswordHash = hash
	sec.CredVersion++
	if sec.Rev > 0 {
		sec.Epoch++
	}
	return Put(sys, sec)
}
