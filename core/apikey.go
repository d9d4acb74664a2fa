package core

import (
	"context"
	"errors"
	"iter"
	"strings"

	"github.com/stormkeep/stormkeep/core/secret"
	"github.com/stormkeep/stormkeep/core/store"
)

// KeyKind says what an API key is for. It is fixed when the key is made.
type KeyKind string

// The kinds of key.
const (
	ManagementKey KeyKind = "MANAGEMENT" // acts for its operator on /v1
	AccountKey    KeyKind = "ACCOUNT"    // proves an end user's program
)

// ApiKey lets a program act or prove itself as an account.
type ApiKey struct {
	Base[ApiKey]
	Account     ID[Account] `json:"account" api:"ro"`
	Purpose     KeyKind     `json:"kind" api:"-"`
	Caps        Caps        `json:"caps" api:"-"`
	Status      Status      `json:"status"`
	Name        string      `json:"name" api:",null"`
	Description string      `json:"description" api:",null"`
	Hash        []byte      `json:"hash" api:"-"`   // SHA-256 of the secret, for Basic
	Secret      Sealed      `json:"secret" api:"-"` // for signatures, and to be shown
	Epoch       uint64      `json:"epoch,omitempty" api:"-"`
}

// ApiKeysOf lists an account's keys.
var ApiKeysOf = &Index[ApiKey]{Name: "acc", List: true,
	Key: func(k *ApiKey) (Entry, bool) { return Entry{Owner: string(k.Account)}, true }}

var apiKeys = &Kind[ApiKey]{
	Name: "apiKeys", Noun: "ApiKey", Key: "ak", NewID: secret.APIKeyID, Indexes: []*Index[ApiKey]{ApiKeysOf},
	Rows: &Rows[ApiKey]{Within: ApiKeysOf, Owners: "accounts", Status: func(k *ApiKey) Status { return k.Status }, Text: []Text[ApiKey]{
		{Name: "id", Of: func(k *ApiKey) string { return string(k.ID) }},
		{Name: "name", Of: func(k *ApiKey) string { return k.Name }},
		{Name: "description", Of: func(k *ApiKey) string { return k.Description }}}},
	Links: []string{"tenant=tenants/{tenant}"}, Authority: true,
}

// Kind says how keys are stored.
func (*ApiKey) Kind() *Kind[ApiKey] { return apiKeys }

// Defaults enables the key.
func (k *ApiKey) Defaults() { k.Status, k.Purpose = Enabled, AccountKey }

// Owners is the account.
func (k *ApiKey) Owners() []Ref { return []Ref{RefTo(k.Account)} }

// Subject is the account: its key acts as it.
func (k *ApiKey) Subject() ID[Account] { return k.Account }

// Check holds the limits of spec 4.
func (k *ApiKey) Check(c *Checks) {
	c.Status("status", k.Status, Enabled, Disabled)
	c.Text("name", k.Name, 255)
	c.Text("description", k.Description, 1000)
	c.That(k.Purpose == ManagementKey || k.Purpose == AccountKey, "kind", "unsupported_value",
		"ApiKey kind must be MANAGEMENT or ACCOUNT.")
	if old, ok := c.Old.(*ApiKey); ok {
		c.That(k.Purpose == old.Purpose, "kind", "protected", "The kind of an ApiKey is fixed when it is made.")
		c.That(k.Account == old.Account, "account", "protected", "An ApiKey stays its account's.")
		k.Epoch = nextEpoch(old.Epoch, old.Status, k.Status)
	}
	if c.New && !c.Moved && k.Purpose == ManagementKey { // one that came with an import may have outlived its role
		role, err := RoleOf(c.Tx, k.Account)
		c.Fail(err)
		c.That(role != "", "account", "invalid_reference", "Only an operator has MANAGEMENT keys.")
	}
}

// Deleted forgets whose tenant the key was, and tells that its tokens are no longer good.
func (k *ApiKey) Deleted(tx *Tx) error {
	if err := tx.s.kv.Delete(keyTenant + string(k.ID)); err != nil || k.Purpose != AccountKey {
		return err
	}
	return tx.gone(Revocation{Client: ID[Client](k.ID)})
}

// Saved notes outside the tenant whose the key is: a caller names only the key. It tells
// of a raised epoch.
func (k *ApiKey) Saved(tx *Tx, old *ApiKey) error {
	if old != nil && old.Epoch != k.Epoch && k.Purpose == AccountKey {
		return tx.revoke(Revocation{Client: ID[Client](k.ID)})
	}
	if old != nil {
		return nil
	}
	return tx.s.kv.Put(keyTenant+string(k.ID), []byte(tx.Tenant))
}

const keyTenant = scattered + systemSpace + "/ak/"

// View shows the secret to those who may see it, and of a MANAGEMENT key what it
// may do.
func (k *ApiKey) View(v *View) {
	v.Set("id", string(k.ID))
	v.Set("secret", k.shown(v.Tx))
	if k.Purpose == ManagementKey || v.Any {
		v.Set("kind", string(k.Purpose))
		v.Set("caps", k.Caps)
	}
}

// shown is the secret, nil to those who may not see it: that of a MANAGEMENT key is
// shown once, when it was made, unless it may mint; and never to a key that may less.
func (k *ApiKey) shown(tx *Tx) any {
	once := k.Purpose == ManagementKey && k.Secret.plain == nil && (!k.Caps.Mint || !tx.has(k.Caps))
	if once || !tx.MaySeeSecret(k.Account) || k.Rev > 0 && k.Secret.IsZero() { // or it was lost with a master key
		return nil
	}
	s, err := k.Secret.Open(tx, k.ID, "secret")
	if err != nil {
		return nil
	}
	return Secret(s)
}

// CreateApiKey makes a key for an account. Its secret is in what is returned.
func CreateApiKey(tx *Tx, k *ApiKey) error {
	plain := tx.s.ids.id("apiKeys.secret", secret.APIKeySecret)
	k.Hash, k.Secret = secret.HashToken(plain), Seal(plain)
	if err := Put(tx, k); err != nil {
		return err
	}
	k.Secret.plain = &plain // also where a former run of this call has kept the key
	return nil
}

// CreateManagementKey makes a key with which an operator acts. It is refused to
// those who would not be shown its secret, which nobody could use then.
func CreateManagementKey(tx *Tx, k *ApiKey) error {
	k.Purpose = ManagementKey
	if err := CreateApiKey(tx, k); err != nil {
		return err
	}
	if !tx.MaySeeSecret(k.Account) {
		return errForbidden("The secret of a new key is shown to those only whose own has the capability readSecrets or mint.")
	}
	return nil
}

// ManagementKeysOf yields the ids of an account's MANAGEMENT keys.
func ManagementKeysOf(tx *Tx, id ID[Account]) iter.Seq2[ID[ApiKey], error] {
	return func(yield func(ID[ApiKey], error) bool) {
		for id, err := range Walk(tx, ApiKeysOf, Query{Owner: string(id)}) {
			var key *ApiKey
			if err == nil {
				key, err = Get(tx, id)
			}
			if IsNotFound(err) || err == nil && key.Purpose != ManagementKey {
				continue
			}
			if !yield(id, err) || err != nil {
				return
			}
		}
	}
}

// Plain is the key's secret. One that was lost with a master key opens nothing:
// whatever it is compared with or signs must not be taken for an empty one.
func (k *ApiKey) Plain(tx *Tx) (string, error) {
	if k.Secret.IsZero() {
		return "", errNotThisKey("its secret was lost with the master key")
	}
	return k.Secret.Open(tx, k.ID, "secret")
}

// errNotThisKey is the one answer to every key that does not open the door.
func errNotThisKey(why string) error {
	return &Error{Kind: Unauthenticated, Code: "unauthenticated", Msg: "Authentication required.", Err: errors.New(why)}
}

// KeyTenant is the tenant of an API key; an unknown key has none.
func (a *App) KeyTenant(ctx context.Context, id string) (t ID[Tenant], err error) {
	if !validID(id) {
		return "", errNotThisKey("malformed key id")
	}
	err = a.store.View(ctx, func(kv store.Tx) error {
		b, err := kv.Get(keyTenant + id)
		t = ID[Tenant](string(b))
		return err
	})
	if errors.Is(err, store.ErrNotFound) {
		return "", errNotThisKey("unknown key")
	}
	return t, StoreError(err)
}

// KeyActor is who acts with a MANAGEMENT key on /v1. Every reason for which a key
// does not open the door reads the same outside: it, its account, the
// administrators' directory or application, or the tenant is disabled or gone,
// it is an ACCOUNT key, or match refuses its record. Whether the actor may do
// anything is the policy's to say.
func (a *App) KeyActor(ctx context.Context, id string, match func(*Tx, *ApiKey) bool) (Actor, error) {
	tenant, err := a.KeyTenant(ctx, id)
	if err != nil {
		return Actor{}, err
	}
	var actor Actor
	err = a.View(AsSystem(ctx, tenant), func(tx *Tx) error {
		key, err := Get(tx, ID[ApiKey](id))
		if IsNotFound(err) {
			return errNotThisKey("unknown key")
		}
		if err != nil {
			return err
		}
		if !match(tx, key) {
			return errNotThisKey("wrong secret")
		}
		if key.Purpose != ManagementKey || key.Status != Enabled {
			return errNotThisKey("key of kind " + strings.ToLower(string(key.Purpose)) + ", " + strings.ToLower(string(key.Status)))
		}
		acc, err := Get(tx, key.Account)
		if err != nil {
			return err
		}
		if err := usable(tx, acc); err != nil {
			return err
		}
		role, err := RoleOf(tx, acc.ID)
		actor = Actor{Kind: ByKey, Tenant: tenant, Account: acc.ID, Key: key.ID, Role: role, Caps: key.Caps}
		return err
	})
	if IsNotFound(err) {
		err = errNotThisKey("its tenant, directory or account is gone")
	}
	return actor, err
}

// usable refuses an account that is disabled, or whose directory or tenant is.
func usable(tx *Tx, acc *Account) error {
	d, err := Get(tx, acc.Directory)
	if err != nil {
		return err
	}
	t, err := Get(tx, tx.Tenant)
	if err != nil {
		return err
	}
	if acc.Status != Enabled || d.Status != Enabled || t.Status != Enabled {
		return errNotThisKey("the account, its directory or its tenant is disabled")
	}
	return nil
}
