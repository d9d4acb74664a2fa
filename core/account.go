package core

import (
	"net/mail"
	"strings"
)

// Account is a person or a program that can sign in.
type Account struct {
	Base[Account]
	Numbered
	Directory  ID[Directory] `json:"directory" api:"ro"`
	Username   string        `json:"username" audit:"personal"`
	Email      string        `json:"email" api:",null" audit:"personal"`
	GivenName  string        `json:"givenName" api:",null" audit:"personal"`
	MiddleName string        `json:"middleName" api:",null" audit:"personal"`
	Surname    string        `json:"surname" api:",null" audit:"personal"`
	Status     Status        `json:"status"`

	EmailVerificationStatus Verification `json:"emailVerificationStatus"`
	PasswordModifiedAt      Time         `json:"passwordModifiedAt" api:"ro"`

	UsernameKey string    `json:"usernameKey" api:"-"` // as the directory compares it
	EmailKey    string    `json:"emailKey" api:"-"`
	Pending     ID[Proof] `json:"pending,omitempty" api:"-"`        // by which its owner verifies the address
	Salt        []byte    `json:"salt,omitempty" api:"-" audit:"-"` // of the key of its personal values in the audit log

	proved ProofMethod // who says VERIFIED, where it is no operator
}

// Verification says whether an address is known to be its account's.
type Verification string

// The states of an address.
const (
	AddressVerified   Verification = "VERIFIED"
	AddressUnverified Verification = "UNVERIFIED"
	AddressUnknown    Verification = "UNKNOWN"
)

// UnmarshalText reads a state in any case (spec 2.3).
func (v *Verification) UnmarshalText(b []byte) error {
	*v = Verification(strings.ToUpper(string(b)))
	return nil
}

// The lists of accounts and the names they are found by, all within a directory.
var (
	AccountsOf = &Index[Account]{Name: "dir", List: true,
		Key: func(a *Account) (Entry, bool) { return Entry{Owner: string(a.Directory)}, true }}
	AccountUsername = &Index[Account]{Name: "username", Rule: Unique,
		Key: func(a *Account) (Entry, bool) { return Entry{string(a.Directory), a.UsernameKey}, a.UsernameKey != "" }}
	AccountEmail = &Index[Account]{Name: "email", Rule: ByOwner,
		Key: func(a *Account) (Entry, bool) { return Entry{string(a.Directory), a.EmailKey}, a.EmailKey != "" }}
	// AccountsByStatus lists, and so counts, those that are not enabled by their status.
	AccountsByStatus = &Index[Account]{Name: "status", List: true,
		Key: func(a *Account) (Entry, bool) { return Entry{Owner: string(a.Status)}, a.Status != Enabled }}
)

var accounts = &Kind[Account]{
	Name: "accounts", Noun: "Account", Key: "acc", Custom: true, Support: "cu",
	// The address comes first, since a user name that nobody chose is the address.
	Indexes: []*Index[Account]{AccountsOf, AccountEmail, AccountUsername, AccountNumber, AccountsByStatus},
	Rows: &Rows[Account]{Within: AccountsOf, Owners: "directories", Status: func(a *Account) Status { return a.Status },
		Times: []Instant[Account]{{"passwordModifiedAt", func(a *Account) Time { return a.PasswordModifiedAt }}},
		Text: []Text[Account]{
			{Name: "username", Of: func(a *Account) string { return a.Username }, Index: AccountUsername, Folds: foldsUsernames},
			{Name: "email", Of: func(a *Account) string { return a.Email }, Index: AccountEmail},
			{Name: "givenName", Of: func(a *Account) string { return a.GivenName }},
			{Name: "middleName", Of: func(a *Account) string { return a.MiddleName }},
			{Name: "surname", Of: func(a *Account) string { return a.Surname }}}},
	Links: []string{"customData", "providerData", "tenant=tenants/{tenant}", "groups", "groupMemberships",
		"applications", "apiKeys", "accessTokens", "refreshTokens", "linkedAccounts", "accountLinks", "phones", "factors"},
}

// Kind says how accounts are stored.
func (*Account) Kind() *Kind[Account] { return accounts }

// Defaults are those of an account in a cloud directory.
func (a *Account) Defaults() { a.Status, a.EmailVerificationStatus = Enabled, AddressUnverified }

// Owners is the directory.
func (a *Account) Owners() []Ref { return []Ref{RefTo(a.Directory)} }

// Subject is the account itself.
func (a *Account) Subject() ID[Account] { return a.ID }

// UniqueIn says that an e-mail is unique where its directory wants it so.
func (a *Account) UniqueIn(tx *Tx, _ string) (bool, error) {
	d, err := Get(tx, a.Directory)
	return err == nil && d.EmailUnique, err
}

// Check holds the limits of spec 11 and derives the forms that names are found
// by.
func (a *Account) Check(c *Checks) {
	d, err := Get(c.Tx, a.Directory)
	if err != nil {
		c.Fail(err)
		return
	}
	a.Email = strings.TrimSpace(a.Email)
	if d.EmailRequired {
		c.Required("email", a.Email)
	}
	if a.Username == "" && c.New && d.UsernameDefault {
		a.Username = a.Email
	}
	c.Required("username", a.Username)
	for _, f := range [][2]string{{"username", a.Username}, {"email", a.Email},
		{"givenName", a.GivenName}, {"middleName", a.MiddleName}, {"surname", a.Surname}} {
		c.Text(f[0], f[1], 255)
	}
	c.That(a.Email == "" || looksLikeAddress(a.Email), "email", "invalid_format",
		"Account email address is in an invalid format.")
	c.Status("status", a.Status, Enabled, Disabled, Unverified)
	c.That(a.EmailVerificationStatus == AddressVerified || a.EmailVerificationStatus == AddressUnverified ||
		a.EmailVerificationStatus == AddressUnknown, "emailVerificationStatus", "unsupported_value",
		"Account emailVerificationStatus must be VERIFIED, UNVERIFIED or UNKNOWN.")
	a.UsernameKey, a.EmailKey = d.UsernameForm(a.Username), Fold(a.Email)
	a.salt(c.Tx)
	old, _ := c.Old.(*Account)
	var numbered *Numbered
	if old != nil {
		numbered = &old.Numbered
	}
	a.numberOnce(c, accounts.Key, a.Directory, numbered)
	moved := old != nil && old.EmailKey != a.EmailKey
	if moved && a.proved == "" && a.EmailVerificationStatus == old.EmailVerificationStatus {
		a.EmailVerificationStatus = AddressUnverified // what was known was known of another address
	}
	if moved || a.EmailVerificationStatus == AddressVerified {
		a.Pending = ""
	}
	if !c.Moved && (old == nil || !old.sameProfile(a)) {
		a.complete(c)
	}
	if !c.Moved && (old == nil || moved) && a.Email != "" && c.err() == nil {
		policy, err := Get(c.Tx, ID[AccountCreationPolicy](a.Directory))
		c.Fail(err)
		if err == nil {
			c.Fail(policy.admits(a.EmailKey))
		}
	}
	if c.err() == nil {
		c.Fail(a.unambiguous(c.Tx, d))
	}
}

// UsernameForm is the form in which the directory compares user names.
func (d *Directory) UsernameForm(name string) string {
	if d.UsernameCaseSensitive {
		return norm(name)
	}
	return Fold(name)
}

// foldsUsernames tells whether a directory compares user names in any case.
func foldsUsernames(tx *Tx, id string) (bool, error) {
	d, err := Get(tx, ID[Directory](id))
	return err == nil && !d.UsernameCaseSensitive, err
}

// looksLikeAddress is the shape every mail system accepts: one address, without
// a display name, after NFKC (an "@" in disguise is none).
func looksLikeAddress(s string) bool {
	if norm(s) != s || strings.ContainsAny(s, " \t\r\n<>(),;:\\\"[]") {
		return false
	}
	a, err := mail.ParseAddress(s)
	if err != nil || a.Address != s {
		return false
	}
	at := strings.LastIndexByte(s, '@')
	return at > 0 && at < len(s)-1 && strings.Count(s, "@") == 1
}

// unambiguous refuses a user name that is another account's e-mail, and an
// e-mail that is another's user name: people sign in by either.
func (a *Account) unambiguous(tx *Tx, d *Directory) error {
	if a.UsernameKey == a.EmailKey && d.EmailUnique {
		return nil // the indexes say it
	}
	for _, q := range []struct {
		ix           *Index[Account]
		value, field string
	}{{AccountEmail, Fold(a.Username), "username"}, {AccountUsername, a.EmailKey, "email"}} {
		if q.value == "" {
			continue
		}
		found, err := FindAll(tx, q.ix, string(a.Directory), q.value, 2)
		if err != nil {
			return err
		}
		for _, other := range found {
			if other.ID != a.ID {
				msg := "Account with that " + q.field + " already exists.  Please choose another " + q.field + "."
				return &Error{Kind: Conflict, Code: "taken", Msg: msg, Fields: map[string]string{q.field: msg}}
			}
		}
	}
	return nil
}

// View adds what is computed: the full name, and the token of an address not yet
// verified, for those who may see a live proof.
func (a *Account) View(v *View) {
	v.Set("fullName", a.FullName())
	v.Set("emailVerificationToken", nil)
	if token := a.verificationToken(v.Tx); token != "" {
		v.Fields[len(v.Fields)-1].Value = Href("accounts/emailVerificationTokens/" + token)
	}
}

// FullName is the non-empty names, joined by single spaces.
func (a *Account) FullName() string {
	parts := make([]string, 0, 3)
	for _, p := range []string{a.GivenName, a.MiddleName, a.Surname} {
		if p != "" {
			parts = append(parts, p)
		}
	}
	return strings.Join(parts, " ")
}

// Deleting keeps the owners' accounts (spec 5: 4001).
func (a *Account) Deleting(tx *Tx) error {
	role, err := RoleOf(tx, a.ID)
	if err != nil || role != Owner {
		return err
	}
	if err := ownerRemains(tx, a.ID); err != nil {
		return &Error{Kind: Invalid, Code: "owner_account", Msg: "The tenant's owner account cannot be deleted."}
	}
	return nil
}

// Saved ends what a change of status or address ends, and keeps the last owner
// enabled.
func (a *Account) Saved(tx *Tx, old *Account) error {
	lost, err := a.lostProof(tx, old)
	if err != nil {
		return err
	}
	if err := a.prove(tx, old); err != nil {
		return err
	}
	if err := a.tellOfNewAddress(tx, old, lost); err != nil {
		return err
	}
	if old == nil || old.Status == a.Status {
		return nil
	}
	role, err := RoleOf(tx, a.ID)
	if err != nil {
		return err
	}
	if role == Owner && a.Status != Enabled {
		if err := ownerRemains(tx, a.ID); err != nil {
			return &Error{Kind: Invalid, Code: "owner_status", Msg: "The status of the tenant's owner account cannot be changed."}
		}
	}
	tx.touch(role != "")
	if old.Status != Enabled {
		return nil
	}
	sec, err := Get(tx, ID[Security](a.ID))
	if err != nil {
		return err
	}
	sec.Epoch++
	return Put(tx, sec)
}

// Tags let hooks be narrowed to one directory.
func (a *Account) Tags(tx *Tx) []string { return directoryTags(tx, a.Directory) }
