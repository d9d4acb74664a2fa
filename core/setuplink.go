package core

import (
	"context"
	"encoding/json"
	"errors"
	"time"

	"github.com/stormkeep/stormkeep/core/secret"
	"github.com/stormkeep/stormkeep/core/store"
)

// SetupLink lets whoever reads the terminal of the machine do one thing, once: make
// the first owner, set an owner's password anew, or take the first API key. Its token
// is its id and a secret, of which the store keeps the hash. It is bound to its
// purpose, to the account it is about and to the epochs: whatever changes one of them
// ends it.
type SetupLink struct {
	Base[SetupLink]
	Purpose SetupPurpose `json:"purpose" api:"-"`
	Account ID[Account]  `json:"account,omitempty" api:"-"` // "" until there is an owner
	Hash    []byte       `json:"hash" api:"-"`
	Stamp   Stamp        `json:"stamp" api:"-"`
	Until   Time         `json:"until" api:"-"`
	SpentBy string       `json:"spentBy" api:"-"` // the Attempt that used it
}

// SetupPurpose is what a setup link is good for, and nothing else.
type SetupPurpose string

// The purposes of a setup link.
const (
	FirstOwner    SetupPurpose = "owner"    // makes or completes the owner; dead once one has a password
	OwnerRecovery SetupPurpose = "recovery" // gives an owner who is locked out a new password
	FirstKey      SetupPurpose = "key"      // shows an API key to the browser that made the owner
)

// setupTTL is how long a setup link works.
const setupTTL = 30 * time.Minute

// SetupLinksOf lists the links about an account; those about none yet are filed
// under "".
var SetupLinksOf = &Index[SetupLink]{Name: "acc", List: true,
	Key: func(l *SetupLink) (Entry, bool) { return Entry{Owner: string(l.Account)}, true }}

var setupLinks = &Kind[SetupLink]{Name: "setupLinks", Noun: "SetupLink", Key: "setup", Internal: true,
	Indexes: []*Index[SetupLink]{SetupLinksOf}}

// Kind says how links are stored.
func (*SetupLink) Kind() *Kind[SetupLink] { return setupLinks }

// Owners is the account, if there is one yet.
func (l *SetupLink) Owners() []Ref {
	if l.Account == "" {
		return nil
	}
	return []Ref{RefTo(l.Account)}
}

// linkTenant is where it is noted outside the tenant whose a link is: who comes with
// one names nothing else.
const linkTenant = scattered + systemSpace + "/setup/"

// Saved notes whose the link is.
func (l *SetupLink) Saved(tx *Tx, old *SetupLink) error {
	if old != nil {
		return nil
	}
	return tx.s.kv.Put(linkTenant+string(l.ID), []byte(tx.Tenant))
}

// Deleted forgets it.
func (l *SetupLink) Deleted(tx *Tx) error { return tx.s.kv.Delete(linkTenant + string(l.ID)) }

// errDeadLink is the one answer to every link that does not work: wrong, too old,
// used, replaced by another, or no longer needed.
func errDeadLink() error {
	return fieldError("token", deadLink, "This link is wrong, too old, or was used before.")
}

const deadLink = "dead_link"

// IsSetUp tells whether an enabled owner of the tenant has a password.
func IsSetUp(tx *Tx) (bool, error) {
	sys := tx.trusted()
	all, err := Owners(sys)
	if err != nil {
		return false, err
	}
	for _, o := range all {
		sec, err := Get(sys, ID[Security](o.ID))
		if err != nil {
			return false, err
		}
		if o.Status == Enabled && sec.PasswordHash != "" {
			return true, nil
		}
	}
	return false, nil
}

// NewSetupLink makes the link by which the first owner is made, and ends the former
// one. Only the machine itself makes one, and only while no owner has a password. The
// token is for its terminal and nothing else: no log, no mail, no URL but a fragment.
func NewSetupLink(tx *Tx) (token string, err error) {
	if !tx.boundless() {
		return "", errForbidden("Only a command on the machine itself makes a setup link.")
	}
	sys := tx.trusted()
	switch done, err := IsSetUp(sys); {
	case err != nil:
		return "", err
	case done:
		return "", Errorf(Conflict, "set_up", "The server is set up: an owner has a password.")
	}
	t, err := Get(sys, tx.Tenant)
	if err != nil {
		return "", err
	}
	l, token := newSetupLink(sys, FirstOwner)
	l.Stamp = Stamp{Tenant: t.Epoch}
	return token, l.issue(sys, "setup.request")
}

// NewRecoveryLink makes the link by which an owner who is locked out sets a new
// password, and ends the former one of that owner. Only the machine itself makes one;
// it is audited. An owner who never had a password is completed by NewSetupLink while
// no other owner has one. What is said of the token there holds here.
func NewRecoveryLink(tx *Tx, owner ID[Account]) (token string, err error) {
	if !tx.boundless() {
		return "", errForbidden("Only a command on the machine itself makes a recovery link.")
	}
	sys := tx.trusted()
	acc, err := Get(sys, owner)
	if err != nil {
		return "", err
	}
	switch role, err := RoleOf(sys, owner); {
	case err != nil:
		return "", err
	case role != Owner || acc.Status != Enabled:
		return "", fieldError("account", "invalid_reference", "The account is no enabled owner.")
	}
	switch done, err := IsSetUp(sys); {
	case err != nil:
		return "", err
	case !done:
		return "", Errorf(Conflict, "not_set_up", "No owner has a password yet: use the setup link that the server prints at its start.")
	}
	l, token := newSetupLink(sys, OwnerRecovery)
	l.Account = owner
	if l.Stamp, err = StampOf(sys, acc, nil); err != nil {
		return "", err
	}
	return token, l.issue(sys, "account.recoveryRequest")
}

// newSetupLink is a link of a purpose, yet to be stored, and its token: the same ones
// however often the transaction runs.
func newSetupLink(tx *Tx, p SetupPurpose) (l *SetupLink, token string) {
	plain := tx.s.ids.id("setupLinks.secret", secret.Token)
	l = &SetupLink{Purpose: p, Hash: secret.HashToken(plain), Until: At(tx.Now.Add(setupTTL))}
	l.ID = ID[SetupLink](tx.s.ids.id(setupLinks.Name, setupLinks.NewID))
	return l, string(l.ID) + plain
}

// issue stores a link in place of the former one, and says so under a name in the
// audit log and to those who hear events.
func (l *SetupLink) issue(tx *Tx, name string) error {
	if _, err := Get(tx, l.ID); !IsNotFound(err) {
		return err // by this very call
	}
	var former []*SetupLink
	for id, err := range Walk(tx, SetupLinksOf, Query{Owner: string(l.Account)}) {
		if err != nil {
			return err
		}
		f, err := Get(tx, id)
		if err != nil && !IsNotFound(err) {
			return err
		}
		if err == nil && f.Purpose == l.Purpose && f.SpentBy == "" {
			former = append(former, f)
		}
	}
	for _, f := range former {
		if err := Delete(tx, f); err != nil {
			return err
		}
	}
	if err := l.keep(tx); err != nil {
		return err
	}
	return tx.tell(name, RefTo(l.Account))
}

// tell writes an audit line and an event of one name.
func (tx *Tx) tell(name string, about Ref) error {
	if err := tx.Note(AuditLine{Type: name, Ref: about}); err != nil {
		return err
	}
	return tx.Emit(Event{Type: name, Ref: about})
}

// keep stores the link, to be deleted once it is too old.
func (l *SetupLink) keep(tx *Tx) error {
	if err := Put(tx, l); err != nil {
		return err
	}
	return Enqueue(tx, setupJob, setupTask{l.ID}, l.Until.Time)
}

// live tells whether the link may be used.
func (l *SetupLink) live(tx *Tx) (bool, error) {
	t, err := Get(tx, tx.Tenant)
	if err != nil || t.Status != Enabled || l.SpentBy != "" || !tx.Now.Before(l.Until.Time) || l.Stamp.Tenant != t.Epoch {
		return false, err
	}
	if l.Purpose == FirstOwner {
		done, err := IsSetUp(tx)
		return !done, err
	}
	acc, err := Get(tx, l.Account)
	if err != nil {
		return false, err
	}
	role, err := RoleOf(tx, acc.ID)
	if err != nil {
		return false, err
	}
	stamp, err := StampOf(tx, acc, nil)
	return role == Owner && acc.Status == Enabled && stamp == l.Stamp, err
}

// findSetupLink finds the live link of a token, or the one that this very call spent.
func findSetupLink(tx *Tx, token string, p SetupPurpose) (*SetupLink, error) {
	if len(token) <= idLen {
		return nil, errDeadLink()
	}
	sys := tx.trusted()
	l, err := Get(sys, ID[SetupLink](token[:idLen]))
	switch {
	case IsNotFound(err):
		return nil, errDeadLink()
	case err != nil:
		return nil, err
	case !secret.Matches(token[idLen:], l.Hash), l.Purpose != p:
		return nil, errDeadLink()
	case l.SpentBy != "" && tx.s.write && l.SpentBy == tx.Attempt():
		return l, nil
	}
	if ok, err := l.live(sys); err != nil || !ok {
		return nil, orDead(err)
	}
	return l, nil
}

func orDead(err error) error {
	if err == nil || IsNotFound(err) {
		return errDeadLink()
	}
	return err
}

// spend marks the link as used by this call, which its own retry must see.
func (l *SetupLink) spend(tx *Tx) error {
	l.SpentBy = tx.Attempt()
	if err := Put(tx, l); err != nil {
		return err
	}
	return Enqueue(tx, setupJob, setupTask{l.ID}, tx.Now.Add(spentFor))
}

// LinkTenant is the tenant of a link's token, which need not be right.
func (a *App) LinkTenant(ctx context.Context, token string) (t ID[Tenant], err error) {
	if len(token) <= idLen || !validID(token[:idLen]) {
		return "", errDeadLink()
	}
	err = a.store.View(ctx, func(kv store.Tx) error {
		b, err := kv.Get(linkTenant + token[:idLen])
		t = ID[Tenant](string(b))
		return err
	})
	if errors.Is(err, store.ErrNotFound) {
		return "", errDeadLink()
	}
	return t, StoreError(err)
}

// SetupOpen tells whether any tenant has a live link of a purpose, and whether the
// first application of such a tenant has still the name that it was made with.
func (a *App) SetupOpen(ctx context.Context, p SetupPurpose) (open, unnamed bool, err error) {
	links := map[ID[SetupLink]]ID[Tenant]{}
	err = a.store.View(ctx, func(kv store.Tx) error {
		clear(links)
		for it, err := range kv.Scan(linkTenant, store.End(linkTenant)) {
			if err != nil {
				return err
			}
			links[ID[SetupLink](it.Key[len(linkTenant):])] = ID[Tenant](string(it.Value))
		}
		return nil
	})
	if err != nil {
		return false, false, StoreError(err)
	}
	for id, tenant := range links {
		err := a.View(AsSystem(ctx, tenant), func(tx *Tx) error {
			l, err := Get(tx, id)
			if err != nil || l.Purpose != p {
				return err
			}
			live, err := l.live(tx)
			if err != nil || !live {
				return err
			}
			open = true
			app, err := firstApplication(tx)
			unnamed = unnamed || app != nil
			return err
		})
		if err != nil && !IsNotFound(err) {
			return false, false, err
		}
	}
	return open, unnamed, nil
}

// A link that is spent or too old opens nothing; the job only tidies up.
const setupJob = "setupLink"

type setupTask struct {
	Link ID[SetupLink] `json:"link"`
}

// forgetSetupLink is the job.
func (a *App) forgetSetupLink(ctx context.Context, j Job) error {
	var task setupTask
	if err := json.Unmarshal(j.Payload, &task); err != nil {
		return err
	}
	return a.Update(ctx, func(tx *Tx) error {
		l, err := load(tx, setupLinks, task.Link)
		if err == nil && (l.SpentBy != "" || !tx.Now.Before(l.Until.Time)) {
			err = Delete(tx, l)
		}
		if IsNotFound(err) {
			return nil
		}
		return err
	})
}
