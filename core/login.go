package core

import (
	"context"
	"encoding/hex"
	"errors"
	"net/netip"
	"slices"

	"github.com/stormkeep/stormkeep/core/password"
)

// Attempt is somebody trying to sign in to an application, at any door.
type Attempt struct {
	Application ID[Application]
	Login       string // user name or e-mail
	By          string // "username" or "email", the only one of them that counts; "" is either
	Password    string
	Store       Ref    // the only account store or organization to look in; "" means all, in order
	Door        string // which way in: "loginAttempts"

	// Source is the address of who signs in, none where the door is not told it: an
	// application's own address is nobody's.
	Source netip.Addr
	// Device is the Done.Device of a former sign-in from the same device, or "".
	Device string
}

// Outcome is what became of an attempt that was not refused: it is Done, or it
// Needs one of some further factors, which no door may take for success.
type Outcome struct {
	Done  *Done
	Needs []string
}

// Done is a completed authentication.
type Done struct {
	Account      *Account
	Store        Ref              // through which the account was found
	From         ID[Account]      // whose password was shown, where a link led to Account; else ""
	Organization ID[Organization] // that the attempt named
	AMR          []string         // RFC 8176
	ACR          string
	AuthTime     Time
	Stamp        Stamp
	// Device is by what the account knows the device again: a secret for it to keep,
	// in a cookie, in place of any it had.
	Device string

	stranger bool // the account did not know the device
}

// Bond is what a sign-in to the application is bound to.
func (d *Done) Bond(app ID[Application]) Bond {
	return Bond{Account: d.Account.ID, From: d.From, Organization: d.Organization, Application: app}
}

// found is what an attempt found before its password was looked at.
type found struct {
	app     *Application
	org     *Organization         // that the attempt named
	policy  *AccountLinkingPolicy // of org, else of app
	store   Ref
	account *Account
	sec     *Security
	refusal error // once the password has proved right
	end     ending

	buckets []bucket // of wrong tries
	device  string   // from which the attempt comes, if the account knows it
}

// Authenticate is the one function behind every door. It
// looks the login up, verifies the password outside any transaction, and settles
// the attempt in one. A known and an unknown login cost the same: one look-up in
// each store, one hash, one commit. Every refusal after the hash counts as a wrong
// try, or the count would tell whether the password was right; one that App.Lockout
// holds back costs no hash and no commit.
func (a *App) Authenticate(ctx context.Context, at Attempt) (Outcome, error) {
	out, err := a.authenticate(ctx, at)
	a.logins.count(out, err)
	return out, err
}

func (a *App) authenticate(ctx context.Context, at Attempt) (Outcome, error) {
	f, err := a.identify(ctx, at)
	if err != nil {
		return Outcome{}, err
	}
	ev := &AuthEvent{App: a, Attempt: &at, Account: f.account}
	if err := a.Hooks.Auth.Identify.Trigger(ev, func(*AuthEvent) error { return nil }); err != nil {
		return Outcome{}, err
	}
	r, err := a.reserve(ctx, f.buckets)
	if err != nil {
		return Outcome{}, err
	}
	defer r.end()
	ok, rehash, err := a.proves(ctx, f, at.Password)
	if err != nil {
		return Outcome{}, err
	}
	var refused error
	switch {
	case f.account == nil:
		refused = errNoSuchLogin()
	case !ok:
		refused = loginError("wrong_password", "Invalid username or password.",
			"Login attempt failed because the specified password is incorrect.")
	default:
		err = a.View(ctx, func(tx *Tx) (err error) {
			f.end, err = f.follow(tx.trusted())
			return err
		})
		if err != nil {
			return Outcome{}, err
		}
		refused, ev.Account = f.end.refusal, f.end.account
	}
	if refused == nil {
		refused = a.Hooks.Auth.Login.Trigger(ev, func(*AuthEvent) error { return nil })
	}
	var out Outcome
	// Who has gone before the answer has tried all the same.
	err = a.Update(context.WithoutCancel(ctx), func(tx *Tx) (err error) {
		out, err = settle(tx.trusted(), at, f, refused, rehash)
		return err
	})
	if err == nil {
		return out, nil
	}
	if e, isError := errors.AsType[*Error](err); isError {
		ev.Reason = e.Code
	}
	if herr := a.Hooks.Auth.Failure.Trigger(ev, func(*AuthEvent) error { return nil }); herr != nil {
		return Outcome{}, herr
	}
	return Outcome{}, err
}

// proves verifies the password. It hashes once, whether or not there is an
// account, and once more when the stored hash is to be replaced.
func (a *App) proves(ctx context.Context, f *found, pw string) (ok bool, rehash string, err error) {
	defer a.span(ctx, "hash")()
	if f.sec == nil || f.sec.PasswordHash == "" {
		return false, "", passwordError(a.Passwords.VerifyNone(ctx, pw))
	}
	r, err := a.Passwords.Verify(ctx, f.sec.PasswordHash, pw)
	if err != nil || !r.OK {
		return false, "", passwordError(err)
	}
	if r.Rehash {
		if rehash, err = a.Passwords.Hash(ctx, pw); err != nil {
			a.Log.Warn("a password hash was not renewed", "err", err)
		}
	}
	return true, rehash, nil
}

// passwordError says what a hash that could not be made or checked means.
func passwordError(err error) error {
	if busy, ok := errors.AsType[*password.BusyError](err); ok {
		return errBusy(busy.RetryAfter, err)
	}
	if errors.Is(err, password.ErrTooLong) {
		return fieldError("password", "too_long", "Account password exceeded the maximum length.")
	}
	return err
}

// HashPassword makes the hash of a new password, outside any transaction.
func (a *App) HashPassword(ctx context.Context, pw string) (string, error) {
	defer a.span(ctx, "hash")()
	hash, err := a.Passwords.Hash(ctx, pw)
	return hash, passwordError(err)
}

func loginError(code, msg, dev string) *Error {
	return &Error{Kind: Invalid, Code: code, Msg: msg, Dev: dev}
}

func errNoSuchLogin() error {
	return loginError("unknown_login", "Invalid username or password.",
		"Login attempt failed because there is no Account in the Application's associated Account Stores with the specified username or email.")
}

// identify finds the account of an attempt: the first store of the application
// that contains the login decides (spec 16).
func (a *App) identify(ctx context.Context, at Attempt) (f *found, err error) {
	err = a.View(ctx, func(tx *Tx) error {
		if _, err := Get(tx, at.Application); err != nil {
			return err
		}
		if err := tx.mayAuthenticate(); err != nil {
			return err
		}
		if f, err = lookUp(tx.trusted(), at); err != nil {
			return err
		}
		return f.drawOn(tx.trusted(), at)
	})
	return f, err
}

// drawOn finds the buckets of the attempt.
func (f *found) drawOn(tx *Tx, at Attempt) error {
	who, err := tx.subjectOf(f.account, "login "+Fold(at.Login))
	if err != nil {
		return err
	}
	acc, epoch := ID[Account](tx.Tenant), uint64(0) // nobody's
	if f.account != nil {
		acc, epoch = f.account.ID, f.sec.Epoch
	}
	if f.device, err = tx.deviceOf(acc, epoch, at.Device); err != nil {
		return err
	}
	f.buckets, err = tx.bucketsOf(who, f.device, at.Source)
	return err
}

func lookUp(tx *Tx, at Attempt) (*found, error) {
	app, err := Get(tx, at.Application)
	if err != nil {
		return nil, err
	}
	if tenant, err := Get(tx, tx.Tenant); err != nil {
		return nil, err
	} else if tenant.Status != Enabled {
		return nil, loginError("tenant_disabled", "Login attempt failed.", "Login attempt failed because the Tenant is disabled.")
	}
	if app.Status != Enabled {
		return nil, loginError("application_disabled", "Login attempt failed.", "Login attempt failed because the Application is disabled.")
	}
	f := &found{app: app}
	stores, err := f.stores(tx, at.Store)
	if err != nil {
		return nil, err
	}
	if f.policy, err = f.linkingPolicy(tx); err != nil {
		return nil, err
	}
	for _, store := range stores {
		acc, refusal, err := findIn(tx, store, at)
		if err != nil {
			return nil, err
		}
		if acc != nil && f.account == nil {
			f.store, f.account, f.refusal = store.ref, acc, refusal
		}
	}
	id := ID[Security](tx.Tenant) // nobody's: an unknown login reads as much
	if f.account != nil {
		id = ID[Security](f.account.ID)
	}
	sec, err := Get(tx, id)
	if f.account != nil {
		f.sec = sec
		return f, err
	}
	return f, nil
}

// stores are the account stores in which an attempt looks. It notes the
// organization if the attempt names one.
func (f *found) stores(tx *Tx, only Ref) ([]accountStore, error) {
	direct, err := Mappings(tx, f.app.ID)
	if err != nil {
		return nil, err
	}
	if len(direct) == 0 {
		return nil, loginError("no_stores", "Login attempt failed.", "Login attempt failed because the Application has no Account Stores.")
	}
	org, named := IDOf[Organization](only)
	if named && slices.ContainsFunc(direct, func(m *AccountStoreMapping) bool { return m.Store == only }) {
		return f.storesOfOrganization(tx, org)
	}
	all, err := accountStores(tx, RefTo(f.app.ID))
	if err != nil || only == "" {
		return firsts(all), err
	}
	i := slices.Index(all, accountStore{ref: only}) // mapped directly, before through whom
	if i < 0 {
		i = slices.IndexFunc(all, func(s accountStore) bool { return s.ref == only })
	}
	if i >= 0 {
		return all[i : i+1], nil
	}
	if ok, err := tx.Alive(only); err != nil {
		return nil, err
	} else if !ok || !slices.Contains(storeKinds, only.Kind()) {
		return nil, fieldError("accountStore", "invalid_reference", "The specified account store does not exist.")
	}
	return nil, loginError("store_not_mapped", "Login attempt failed.", "Login attempt failed because the specified Account Store is not assigned to the Application.")
}

// storesOfOrganization are those of the organization that an attempt names.
func (f *found) storesOfOrganization(tx *Tx, id ID[Organization]) (stores []accountStore, err error) {
	if f.org, err = Get(tx, id); err != nil {
		return nil, err
	}
	stores, err = accountStores(tx, RefTo(id))
	if err == nil && len(stores) == 0 {
		err = loginError("organization_no_stores", "Login attempt failed.", "Login attempt failed because the Organization has no Account Stores.")
	}
	return stores, err
}

// findIn looks a login up in a store. The refusal is what stands against the
// account even if its password is right.
func findIn(tx *Tx, store accountStore, at Attempt) (acc *Account, refusal error, err error) {
	dir, grp, err := store.open(tx)
	if err != nil {
		return nil, nil, err
	}
	if acc, err = FindLogin(tx, dir, at.Login); err != nil {
		return nil, nil, err
	}
	if acc != nil && !at.names(acc, dir) {
		acc = nil
	}
	if grp != nil {
		who := ID[Account](tx.Tenant) // nobody
		if acc != nil {
			who = acc.ID
		}
		in, err := filed(tx, MembershipPair, string(grp.ID), string(who), 1)
		if err != nil || len(in) == 0 {
			return nil, nil, err
		}
	}
	if acc == nil {
		return nil, nil, nil
	}
	return acc, against(acc, grp, dir, store.via), nil
}

// names tells whether the login is what the attempt says it is of an account that was
// found by it.
func (at *Attempt) names(acc *Account, dir *Directory) bool {
	switch at.By {
	case "username":
		return acc.UsernameKey == dir.UsernameForm(at.Login)
	case "email":
		return acc.EmailKey == Fold(at.Login)
	}
	return true
}

// against is what keeps an account from signing in through a store, nil if nothing
// does (spec 16). grp and org may be nil.
func against(acc *Account, grp *Group, dir *Directory, org *Organization) error {
	code, why := "", ""
	switch {
	case acc.Status == Disabled:
		code, why = "account_disabled", "the Account is disabled"
	case acc.Status == Unverified:
		code, why = "account_unverified", "the Account is not verified"
	case grp != nil && grp.Status != Enabled:
		code, why = "group_disabled", "the Group is disabled"
	case dir.Status != Enabled:
		code, why = "directory_disabled", "the Directory is disabled"
	case org != nil && org.Status != Enabled:
		code, why = "organization_disabled", "the Organization is disabled"
	default:
		return nil
	}
	return loginError(code, "Login attempt failed.", "Login attempt failed because "+why+".")
}

// FindLogin finds an account of a directory by user name or e-mail, nil if there
// is none. An e-mail that several share finds nobody. It reads as much from the
// store whether or not there is somebody.
func FindLogin(tx *Tx, dir *Directory, login string) (*Account, error) {
	if login == "" {
		return nil, nil
	}
	if err := tx.mayRead(false); err != nil {
		return nil, err
	}
	named, err := filed(tx, AccountUsername, string(dir.ID), dir.UsernameForm(login), 1)
	if err != nil {
		return nil, err
	}
	mailed, err := filed(tx, AccountEmail, string(dir.ID), Fold(login), 2)
	if err != nil {
		return nil, err
	}
	id := ID[Account](tx.Tenant) // nobody's
	switch {
	case len(named) > 0:
		id = named[0]
	case len(mailed) == 1:
		id = mailed[0]
	}
	if ok, err := tx.Alive(RefTo(dir.ID)); err != nil || !ok {
		return nil, err
	}
	acc, err := load(tx, accounts, id)
	if IsNotFound(err) {
		return nil, nil
	}
	return acc, err
}

// settle writes what became of an attempt. What was verified outside is compared
// again: an account that has changed since is looked up anew by the caller.
func settle(tx *Tx, at Attempt, f *found, refused error, rehash string) (Outcome, error) {
	now, err := lookUp(tx, at)
	if err != nil {
		return Outcome{}, err
	}
	if refused == nil {
		switch {
		case now.account == nil || now.account.ID != f.account.ID:
			refused = errNoSuchLogin()
		case now.sec.CredVersion != f.sec.CredVersion:
			refused = loginError("wrong_password", "Invalid username or password.",
				"Login attempt failed because the password was changed meanwhile.")
		default:
			if now.end, err = now.follow(tx); err != nil {
				return Outcome{}, err
			}
			if refused = now.end.refusal; refused == nil && now.end.account.ID != f.end.account.ID {
				refused = errNoSuchLogin() // another than the hooks were asked about
			}
		}
	}
	if refused != nil {
		line := AuditLine{Type: "auth.failure", Ref: RefTo(at.Application), Note: map[string]string{"door": at.Door, "reason": AsError(refused).Code}}
		ev := Event{Type: line.Type, Ref: line.Ref}
		if now.account != nil {
			line.Note["account"] = string(now.account.ID)
		} else if err := noteUnknown(tx, &line, at.Login); err != nil {
			return Outcome{}, err
		}
		if to := f.end.account; to != nil && now.account != nil && to.ID != now.account.ID {
			line.Note["linkedTo"] = string(to.ID)
		}
		if err := tx.Emit(ev); err != nil {
			return Outcome{}, err
		}
		if err := tx.Note(line); err != nil {
			return Outcome{}, err
		}
		if err := tx.countWrong(f.buckets, now, at); err != nil {
			return Outcome{}, err
		}
		return Outcome{}, Keep(refused)
	}
	if rehash != "" && now.sec.PasswordHash == f.sec.PasswordHash {
		now.sec.PasswordHash = rehash
		if err := Put(tx, now.sec); err != nil {
			return Outcome{}, err
		}
	}
	if err := tx.pardonFailures(f.buckets); err != nil {
		return Outcome{}, err
	}
	done := &Done{Account: now.end.account, Store: now.end.store, AMR: []string{"pwd"}, ACR: "pwd", AuthTime: At(tx.Now), stranger: f.device == ""}
	if now.org != nil {
		done.Organization = now.org.ID
	}
	if done.Account.ID != now.account.ID {
		done.From = now.account.ID
	}
	if done.Stamp, err = done.Bond(at.Application).Stamp(tx); err != nil {
		return Outcome{}, err
	}
	if done.Device, err = tx.deviceToken(now.account.ID, now.sec.Epoch, f.device); err != nil {
		return Outcome{}, err
	}
	line := AuditLine{Type: "auth.login", Ref: RefTo(done.Account.ID),
		Note: map[string]string{"door": at.Door, "application": string(at.Application), "store": string(done.Store)}}
	if now.org != nil {
		line.Note["organization"] = string(done.Organization)
	}
	if done.From != "" {
		line.Note["linkedFrom"] = string(done.From)
	}
	if err := tx.Emit(Event{Type: line.Type, Ref: line.Ref}); err != nil {
		return Outcome{}, err
	}
	return Outcome{Done: done}, tx.Note(line)
}

// noteUnknown writes down a login that nobody has as a keyed hash and its length:
// people type passwords there.
func noteUnknown(tx *Tx, line *AuditLine, login string) error {
	key, err := tx.dataKey()
	if err != nil {
		return err
	}
	line.Note["login"] = hex.EncodeToString(key.MAC("unknown login", []byte(Fold(login)))[:16])
	line.Note["length"] = plural(len(login), "byte")
	return nil
}
