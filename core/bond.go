package core

// Bond is everything whose end ends a session, a grant or a token that was given for
// it. A member that is "" has no part in it.
type Bond struct {
	Account      ID[Account]      `json:"account,omitempty" api:"ro,null"` // who signed in; none of a client's own token
	From         ID[Account]      `json:"from,omitempty" api:"ro,null"`    // whose password was shown, where an account link was followed
	Organization ID[Organization] `json:"organization,omitempty" api:"ro,null"`
	Application  ID[Application]  `json:"application,omitempty" api:"ro,null"`
	Client       ID[Client]       `json:"client,omitempty" api:"ro,null"`
	Key          ID[ApiKey]       `json:"key,omitempty" api:"ro,null"` // with which an account's program proved itself
}

// errEnded says that what was given is no longer good, for whatever reason: strangers
// are not told which.
func errEnded(why string) *Error {
	return &Error{Kind: Invalid, Code: "ended", Msg: "What you show has expired or was revoked.", Dev: "Ended: " + why + "."}
}

// IsEnded tells whether err says that a session, grant or token is no longer good.
func IsEnded(err error) bool { return err != nil && AsError(err).Code == "ended" }

// Stamp is the present stamp of all that the bond names. What is gone is not found.
func (b Bond) Stamp(tx *Tx) (s Stamp, err error) {
	now, err := b.open(tx.trusted())
	return now.stamp, err
}

// Holds refuses, as ended, what was given under that stamp, if anything that the bond
// names is gone, is disabled, was ended meanwhile, or no longer lets the account in.
func (b Bond) Holds(tx *Tx, s Stamp) error { return b.good(tx, &s) }

// Alive refuses, as ended, anything new for a bond of which something is gone or
// disabled.
func (b Bond) Alive(tx *Tx) error { return b.good(tx, nil) }

// good is Holds of a stamp, and Alive without one.
func (b Bond) good(tx *Tx, s *Stamp) error {
	sys := tx.trusted()
	now, err := b.open(sys)
	switch {
	case IsNotFound(err):
		return errEnded("something that it was given for is gone")
	case err != nil:
		return err
	case now.off != "":
		return errEnded("the " + now.off + " is disabled")
	case s != nil && now.stamp != *s:
		return errEnded("it was revoked together with all of its kind")
	case now.account == nil || b.Application == "":
		return nil
	}
	err = Admits(sys, b.Application, now.account, b.Organization)
	if e := AsError(err); err != nil && (e.Kind == Invalid || e.Kind == NotFound) {
		return errEnded(e.Code)
	}
	return err
}

// bound is what a bond names, as it is at present.
type bound struct {
	stamp   Stamp
	account *Account
	off     string // the first that is disabled
}

func (b *bound) note(what string, status Status) {
	if status != Enabled && b.off == "" {
		b.off = what
	}
}

func (b Bond) open(tx *Tx) (now bound, err error) {
	t, err := Peek(tx, tx.Tenant)
	if err != nil {
		return now, err
	}
	now.stamp.Tenant = t.Epoch
	now.note("tenant", t.Status)
	if b.Application != "" {
		app, err := Peek(tx, b.Application)
		if err != nil {
			return now, err
		}
		now.stamp.App = app.Epoch
		now.note("application", app.Status)
	}
	if b.Client != "" {
		c, err := Peek(tx, b.Client)
		if err != nil {
			return now, err
		}
		now.stamp.Client = c.Epoch
		now.note("client", c.Status)
	}
	if b.Organization != "" {
		o, err := Peek(tx, b.Organization)
		if err != nil {
			return now, err
		}
		now.stamp.Organization = o.Epoch
		now.note("organization", o.Status)
	}
	if b.Key != "" {
		k, err := Get(tx, b.Key)
		if err != nil {
			return now, err
		}
		now.stamp.Key = k.Epoch
		now.note("API key", k.Status)
	}
	if b.From != "" {
		if _, now.stamp.FromDirectory, now.stamp.From, err = now.who(tx, b.From); err != nil {
			return now, err
		}
	}
	if b.Account != "" {
		now.account, now.stamp.Directory, now.stamp.Account, err = now.who(tx, b.Account)
	}
	return now, err
}

// who reads an account with the epochs of its directory and of itself.
func (b *bound) who(tx *Tx, id ID[Account]) (acc *Account, dir, own uint64, err error) {
	if acc, err = Get(tx, id); err != nil {
		return nil, 0, 0, err
	}
	d, err := Peek(tx, acc.Directory)
	if err != nil {
		return nil, 0, 0, err
	}
	sec, err := Get(tx, ID[Security](id))
	if err != nil {
		return nil, 0, 0, err
	}
	b.note("account", acc.Status)
	b.note("directory", d.Status)
	return acc, d.Epoch, sec.Epoch, nil
}

// Admits refuses an account that could not sign in to the application now: no account
// store holds it, or something stands against it in the first that does. org narrows
// this to the stores of an organization, which the application must map.
func Admits(tx *Tx, app ID[Application], acc *Account, org ID[Organization]) error {
	a, err := Peek(tx, app)
	if err != nil {
		return err
	}
	f := &found{app: a}
	only := Ref("")
	if org != "" {
		only = RefTo(org)
	}
	stores, err := f.stores(tx, only)
	if err != nil {
		return err
	}
	for _, s := range stores {
		if in, err := holds(tx, s.ref, acc); err != nil {
			return err
		} else if !in {
			continue
		}
		dir, grp, err := s.open(tx)
		if err != nil {
			return err
		}
		return against(acc, grp, dir, s.via)
	}
	return loginError("store_not_mapped", "Login attempt failed.", "Login attempt failed because no Account Store of the Application holds the Account.")
}
