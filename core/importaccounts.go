package core

import (
	"cmp"
	"context"
	"encoding/json"
	"reflect"
	"runtime"
	"strings"
	"sync"
	"sync/atomic"

	fastjson "github.com/segmentio/encoding/json"

	"github.com/stormkeep/stormkeep/core/password"
)

// ImportedAccount is an account of another system. It has a password in the clear,
// the hash of one, or none.
type ImportedAccount struct {
	Email         string                     `json:"email,omitempty"`
	Username      string                     `json:"username,omitempty"`
	GivenName     string                     `json:"givenName,omitempty"`
	MiddleName    string                     `json:"middleName,omitempty"`
	Surname       string                     `json:"surname,omitempty"`
	Status        Status                     `json:"status,omitempty"`
	Password      string                     `json:"password,omitempty"`
	PasswordHash  string                     `json:"passwordHash,omitempty"` // in any form of package password
	Number        int64                      `json:"number,omitempty"`       // of one that is made; its directory gives none below it again
	CreatedAt     Time                       `json:"createdAt,omitzero"`
	EmailVerified bool                       `json:"emailVerified,omitempty"`
	CustomData    map[string]json.RawMessage `json:"customData,omitempty"`
	Groups        []string                   `json:"groups,omitempty"` // names; made where they are not
}

// ConflictUpdate puts what an imported account has into the one that is there.
const ConflictUpdate OnConflict = "update"

// AccountImport says how accounts of another system are imported.
type AccountImport struct {
	Directory  ID[Directory]
	OnConflict OnConflict // skip, fail or update
	MCF        bool       // take the two forms of hash only that Stormpath took
	Events     bool
}

// ImportAccounts makes accounts, in one transaction. Each is checked, and refused by
// itself; hooks run, and nothing is audited but the batch. Hashes are kept as they are
// until their owner signs in. A password in the clear is hashed first, which is slow;
// the rules of the directory for new passwords are not asked, and a rehearsal hashes
// nothing.
func (a *App) ImportAccounts(ctx context.Context, lines [][]byte, o AccountImport) (ImportReport, error) {
	all := make([]ImportedAccount, len(lines))
	wrong := make([]error, len(lines))
	onEveryCore(len(lines), func(i int) {
		if wrong[i] = parseImported(lines[i], &all[i]); wrong[i] == nil {
			wrong[i] = a.takeable(&all[i], o)
		}
	})
	if err := a.hashImported(ctx, all, wrong, o); err != nil {
		return ImportReport{}, err
	}
	ready := func(tx *Tx) error {
		if err := MayImportInto(tx, o.Directory); err != nil {
			return err
		}
		return tx.surveyImported(all, o)
	}
	return a.importing(ctx, "import.accounts", o.Events, len(all), ready, func(tx *Tx, i int) (outcome, string, error) {
		who := all[i].Known()
		if wrong[i] != nil {
			return 0, who, wrong[i]
		}
		done, err := tx.importAccount(&all[i], o)
		return done, who, err
	})
}

// MayImportInto refuses whoever may not import accounts into a directory: beside the machine
// itself an owner or admin at the console may, but into the administrators' nobody. Each
// account is asked for as any other change is.
func MayImportInto(tx *Tx, id ID[Directory]) error {
	if tx.boundless() {
		return nil
	}
	if tx.Actor.Kind != ByConsole || tx.Actor.Role.Rank() < Admin.Rank() {
		return errForbidden("Accounts are imported by an owner or admin at the console, or on the machine itself.")
	}
	d, err := Get(tx, id)
	if err != nil {
		return err
	}
	if d.Admin {
		return Errorf(Forbidden, "protected", "The administrators' directory takes no import of accounts.")
	}
	return nil
}

// Known is what the account is known by: its e-mail, else its user name.
func (in *ImportedAccount) Known() string {
	if in.Email != "" {
		return in.Email
	}
	return in.Username
}

func parseImported(line []byte, in *ImportedAccount) error {
	err := parseLine(line, in, "account")
	in.Email = strings.TrimSpace(in.Email)
	return err
}

// parseLine reads a line of an import into what is meant to be in it.
func parseLine(line []byte, in any, noun string) error {
	if !json.Valid(line) { // it also bounds the depth
		return Errorf(Invalid, "wrong_type", "It is no JSON.")
	}
	if _, err := fastjson.Parse(line, in, fastjson.DisallowUnknownFields); err != nil {
		return Errorf(Invalid, "wrong_type", "It is no %s: %v.", noun, err)
	}
	return nil
}

// onEveryCore calls do with each number below n, many at a time.
func onEveryCore(n int, do func(i int)) {
	var wg sync.WaitGroup
	var next atomic.Int64
	for range min(n, runtime.NumCPU()) {
		wg.Go(func() {
			for i := next.Add(1) - 1; i < int64(n); i = next.Add(1) - 1 {
				do(int(i))
			}
		})
	}
	wg.Wait()
}

// takeable says what is wrong with the password, or the hash of it.
func (a *App) takeable(in *ImportedAccount, o AccountImport) error {
	switch {
	case in.Password != "" && in.PasswordHash != "":
		return Errorf(Invalid, "invalid_value", "It has a password and a hash of one.")
	case len(in.Password) > password.MaxLength:
		return Errorf(Invalid, "too_long", "Its password has over %d bytes.", password.MaxLength)
	case in.PasswordHash == "":
		return nil
	case o.MCF:
		return a.verifiable(in.PasswordHash)
	}
	if _, err := a.Passwords.Recognised(in.PasswordHash); err != nil {
		return Errorf(Invalid, "invalid_format", "Its hash cannot be taken: %v.", err)
	}
	return nil
}

// hashImported hashes the passwords of those who are not there yet.
func (a *App) hashImported(ctx context.Context, all []ImportedAccount, wrong []error, o AccountImport) error {
	var plain []int
	for i := range all {
		if wrong[i] == nil && all[i].Password != "" {
			plain = append(plain, i)
		}
	}
	if len(plain) == 0 {
		return nil
	}
	err := a.View(ctx, func(tx *Tx) error {
		for n, i := range plain {
			there, err := tx.imported(&all[i], o)
			if err != nil {
				return err
			}
			if there != nil && o.OnConflict != ConflictUpdate || rehearsal(ctx) != nil {
				plain[n] = -1
			}
		}
		return nil
	})
	if err != nil {
		return err
	}
	onEveryCore(len(plain), func(n int) {
		if i := plain[n]; i >= 0 {
			all[i].PasswordHash, wrong[i] = a.HashPassword(ctx, all[i].Password)
		}
	})
	return ctx.Err()
}

// surveyImported looks up the names of all at once.
func (tx *Tx) surveyImported(all []ImportedAccount, o AccountImport) error {
	d, err := Get(tx, o.Directory)
	if IsNotFound(err) {
		return nil // each is refused for it
	}
	if err != nil {
		return err
	}
	last, err := tx.count(numberKey(tx.Tenant, accounts.Key, d.ID))
	if err != nil {
		return err
	}
	addresses, names, numbers := make([]string, 0, 2*len(all)), make([]string, 0, 2*len(all)), make([]string, len(all))
	for i := range all {
		numbers[i] = NumberValue(cmp.Or(all[i].Number, int64(last+1+i)))
		name := all[i].Username
		if name == "" {
			name = all[i].Email
		}
		addresses = append(addresses, Fold(all[i].Email), Fold(name))
		names = append(names, Fold(all[i].Email), d.UsernameForm(name))
	}
	if err := survey(tx, AccountEmail, string(d.ID), addresses); err != nil {
		return err
	}
	if err := survey(tx, AccountUsername, string(d.ID), names); err != nil {
		return err
	}
	return survey(tx, AccountNumber, string(d.ID), numbers)
}

// imported is the account that is there already: the one with the e-mail, or else with
// the user name. It is nil if there is none.
func (tx *Tx) imported(in *ImportedAccount, o AccountImport) (*Account, error) {
	d, err := Get(tx, o.Directory)
	if err != nil {
		return nil, err
	}
	var acc *Account
	if in.Email != "" && d.EmailUnique {
		acc, err = Find(tx, AccountEmail, string(d.ID), Fold(in.Email))
	} else {
		acc, err = Find(tx, AccountUsername, string(d.ID), d.UsernameForm(in.Username))
	}
	if IsNotFound(err) {
		return nil, nil
	}
	return acc, err
}

func (tx *Tx) importAccount(in *ImportedAccount, o AccountImport) (outcome, error) {
	data := &ExportedData{CreatedAt: At(tx.Now), ModifiedAt: At(tx.Now), Values: in.CustomData}
	if err := checkImported(data); err != nil {
		return 0, err
	}
	if in.CreatedAt.After(tx.Now) {
		return 0, fieldError("createdAt", "invalid_value", "It was made in the future.")
	}
	there, err := tx.imported(in, o)
	if err != nil {
		return 0, err
	}
	if there == nil || tx.made(accounts.Name, string(there.ID)) {
		return made, tx.makeImported(in, o)
	}
	sec, err := Get(tx.trusted(), ID[Security](there.ID))
	if err != nil {
		return 0, err
	}
	was := *there
	in.onto(there)
	switch {
	case o.OnConflict == ConflictUpdate:
		return tx.updateImported(in, &was, there, sec, o)
	case reflect.DeepEqual(was, *there) && (in.Number == 0 || in.Number == there.Number) && (in.PasswordHash == "" || in.PasswordHash == sec.PasswordHash):
		return same, nil
	case o.OnConflict == ConflictFail:
		return 0, Errorf(Conflict, "taken", "Another account has its e-mail or user name.")
	}
	return skipped, nil
}

// onto sets what the imported account says.
func (in *ImportedAccount) onto(acc *Account) {
	for _, f := range []struct {
		to   *string
		from string
	}{{&acc.Email, in.Email}, {&acc.Username, in.Username}, {&acc.GivenName, in.GivenName},
		{&acc.MiddleName, in.MiddleName}, {&acc.Surname, in.Surname}} {
		if f.from != "" {
			*f.to = f.from
		}
	}
	if in.Status != "" {
		acc.Status = in.Status
	}
	if in.EmailVerified {
		acc.EmailVerificationStatus = AddressVerified
	}
}

func (tx *Tx) makeImported(in *ImportedAccount, o AccountImport) error {
	acc := Make[Account]()
	acc.Directory, acc.CreatedAt, acc.Number = o.Directory, in.CreatedAt, in.Number
	in.onto(acc)
	if in.PasswordHash != "" {
		acc.PasswordModifiedAt = At(tx.Now)
	}
	if err := Put(tx, acc); err != nil {
		return err
	}
	err := tx.secureImported(in, acc)
	if err == nil {
		err = tx.surround(in, acc)
	}
	tx.fail(err)
	return err
}

func (tx *Tx) secureImported(in *ImportedAccount, acc *Account) error {
	if in.PasswordHash == "" {
		return nil
	}
	sec := &Security{PasswordHash: in.PasswordHash, CredVersion: 1}
	sec.ID = ID[Security](acc.ID)
	if acc.EmailVerificationStatus == AddressVerified { // whose proof is there
		var err error
		if sec, err = Get(tx.trusted(), sec.ID); err != nil {
			return err
		}
		sec.PasswordHash, sec.CredVersion = in.PasswordHash, 1
	}
	return Put(tx.trusted(), sec)
}

// surround writes what the account has beside itself.
func (tx *Tx) surround(in *ImportedAccount, acc *Account) error {
	if len(in.CustomData) > 0 {
		if err := MergeCustomData(tx, RefTo(acc.ID), in.CustomData); err != nil {
			return err
		}
	}
	for _, name := range in.Groups {
		g, err := Find(tx, GroupName, string(acc.Directory), Fold(name))
		if IsNotFound(err) {
			g = Make[Group]()
			g.Directory, g.Name = acc.Directory, name
			err = Put(tx, g)
		}
		if err != nil {
			return err
		}
		if in, err := IsMember(tx, acc.ID, g.ID); err != nil || in {
			if err != nil {
				return err
			}
			continue
		}
		if err := Put(tx, &GroupMembership{Account: acc.ID, Group: g.ID}); err != nil {
			return err
		}
	}
	return nil
}

func (tx *Tx) updateImported(in *ImportedAccount, was, acc *Account, sec *Security, o AccountImport) (outcome, error) {
	done := same
	hash := in.PasswordHash != "" && in.PasswordHash != sec.PasswordHash
	if !reflect.DeepEqual(was, acc) || hash || len(in.CustomData)+len(in.Groups) > 0 {
		done = changed
	}
	var err error
	if hash {
		err = SetPassword(tx, acc, in.PasswordHash)
	} else {
		err = Put(tx, acc)
	}
	if err != nil {
		return 0, err
	}
	if err = tx.surround(in, acc); err != nil {
		tx.fail(err)
	}
	return done, err
}
