package core

import "strings"

// AccountLinkingPolicy says which of a person's linked accounts a login ends at. It
// is a part of an application or of an organization; an absent one is disabled
// (spec 18). Provisioning and matching are about accounts of mirror directories.
type AccountLinkingPolicy struct {
	Base[AccountLinkingPolicy]
	Status                Status `json:"status"`
	AutomaticProvisioning Status `json:"automaticProvisioning"`
	MatchingProperty      string `json:"matchingProperty" api:",null"` // "email", or "" for none
}

var linkingPolicies = &Kind[AccountLinkingPolicy]{
	Name: "accountLinkingPolicies", Noun: "AccountLinkingPolicy", Key: "alp", Part: true,
	Links: []string{"tenant=tenants/{tenant}"},
}

// Kind says how it is stored.
func (*AccountLinkingPolicy) Kind() *Kind[AccountLinkingPolicy] { return linkingPolicies }

// Owners are the application and the organization of that id, of which one is.
func (p *AccountLinkingPolicy) Owners() []Ref {
	return []Ref{RefTo(ID[Application](p.ID)), RefTo(ID[Organization](p.ID))}
}

// Either says that one of the owners is enough.
func (*AccountLinkingPolicy) Either() {}

// Defaults disables all of it.
func (p *AccountLinkingPolicy) Defaults() { p.Status, p.AutomaticProvisioning = Disabled, Disabled }

// Check holds the values of spec 18.
func (p *AccountLinkingPolicy) Check(c *Checks) {
	c.Status("status", p.Status, Enabled, Disabled)
	c.Status("automaticProvisioning", p.AutomaticProvisioning, Enabled, Disabled)
	p.MatchingProperty = strings.ToLower(p.MatchingProperty)
	c.That(p.MatchingProperty == "" || p.MatchingProperty == "email", "matchingProperty", "unsupported_value",
		"AccountLinkingPolicy matchingProperty must be email or null.")
	app, err := Get(c.Tx, ID[Application](p.ID))
	if IsNotFound(err) {
		return
	}
	c.Fail(err)
	c.That(err != nil || !app.Admin, "status", "protected", "The application of the administrators has no linking policy.")
}

// LinkingPolicyOf is the policy of the application or organization of that id. An
// absent one is as old as its owner.
func LinkingPolicyOf(tx *Tx, id ID[AccountLinkingPolicy]) (*AccountLinkingPolicy, error) {
	p, err := Get(tx, id)
	if err != nil || p.Rev > 0 {
		return p, err
	}
	for _, owner := range p.Owners() {
		rec, err := tx.App.kinds[owner.Kind()].Load(tx, owner.ID())
		if err == nil {
			p.CreatedAt = rec.(interface{ Created() Time }).Created()
			p.ModifiedAt = p.CreatedAt
			return p, nil
		}
		if !IsNotFound(err) {
			return nil, err
		}
	}
	return nil, errNotFound()
}

// linkingPolicy is the policy that an attempt is under: the organization's if it
// names one, else the application's. It reads the same whoever signs in.
func (f *found) linkingPolicy(tx *Tx) (*AccountLinkingPolicy, error) {
	id := ID[AccountLinkingPolicy](f.app.ID)
	if f.org != nil {
		id = ID[AccountLinkingPolicy](f.org.ID)
	}
	return load(tx, linkingPolicies, id)
}

// ending is the account that an attempt ends at, through which store, and what
// stands against it.
type ending struct {
	account *Account
	store   Ref
	refusal error
}

// follow finds the end of an attempt whose password was right: the account itself,
// or the one linked to it in the default account store, which is held to what
// every account that signs in is (spec 18).
func (f *found) follow(tx *Tx) (ending, error) {
	itself := ending{f.account, f.store, f.refusal}
	if f.refusal != nil || f.policy.Status != Enabled {
		return itself, nil
	}
	owner := RefTo(f.app.ID)
	if f.org != nil {
		owner = RefTo(f.org.ID)
	}
	store, err := defaultStore(tx, owner, false)
	if err != nil || store.ref == "" {
		return itself, err
	}
	if in, err := holds(tx, store.ref, f.account); err != nil || in {
		return itself, err
	}
	for id, err := range LinkedAccounts(tx, f.account.ID) {
		if err != nil {
			return itself, err
		}
		acc, err := Get(tx, id)
		if err != nil {
			return itself, err
		}
		if in, err := holds(tx, store.ref, acc); err != nil {
			return itself, err
		} else if !in {
			continue
		}
		dir, grp, err := store.open(tx)
		if err != nil {
			return itself, err
		}
		return ending{acc, store.ref, against(acc, grp, dir, store.via)}, nil
	}
	return itself, nil
}
