package core

import "slices"

// Consent is what an account has agreed that a client may have, until it takes it back.
type Consent struct {
	Base[Consent]
	Account ID[Account]       `json:"account" api:"ro"`
	Client  ID[Client]        `json:"client" api:"ro"`
	Scopes  []string          `json:"scopes" api:"ro"` // of the provider
	Of      []ResourceConsent `json:"resources" api:"-"`
	Claims  []string          `json:"claims" api:"ro"` // asked for one by one, that no scope gave
}

// ResourceConsent is what was agreed to of one resource.
type ResourceConsent struct {
	Resource ID[Resource] `json:"resource"`
	Scopes   []string     `json:"scopes"`
}

// ConsentsOf lists an account's consents, ConsentsTo those to a client, ConsentPair
// finds one.
var (
	ConsentsOf = &Index[Consent]{Name: "acc", List: true,
		Key: func(c *Consent) (Entry, bool) { return Entry{Owner: string(c.Account)}, true }}
	ConsentsTo = &Index[Consent]{Name: "cli", List: true,
		Key: func(c *Consent) (Entry, bool) { return Entry{Owner: string(c.Client)}, true }}
	ConsentPair = &Index[Consent]{Name: "pair", Rule: Unique,
		Key: func(c *Consent) (Entry, bool) { return Entry{string(c.Account), string(c.Client)}, true }}
)

var consents = &Kind[Consent]{Name: "consents", Noun: "Consent", Key: "con", Private: true, Support: "d",
	Indexes: []*Index[Consent]{ConsentsOf, ConsentsTo, ConsentPair}}

// Kind says how consents are stored.
func (*Consent) Kind() *Kind[Consent] { return consents }

// Owners are the account and the client.
func (c *Consent) Owners() []Ref { return []Ref{RefTo(c.Account), RefTo(c.Client)} }

// Subject is the account.
func (c *Consent) Subject() ID[Account] { return c.Account }

// ConsentOf is the consent of an account to a client, nil if there is none.
func ConsentOf(tx *Tx, acc ID[Account], client ID[Client]) (*Consent, error) {
	c, err := Find(tx.trusted(), ConsentPair, string(acc), string(client))
	if IsNotFound(err) {
		return nil, nil
	}
	return c, err
}

// Covers tells whether all of the scopes, those of the resource among them, were
// agreed to, and the claims beyond them.
func (c *Consent) Covers(scopes []string, resource ID[Resource], claims ...string) bool {
	given := c.given(resource)
	for _, s := range scopes {
		if !slices.Contains(given, s) {
			return false
		}
	}
	return len(both(claims, c.Claims)) == len(claims)
}

func (c *Consent) given(resource ID[Resource]) []string {
	all := c.Scopes
	if i := slices.IndexFunc(c.Of, func(r ResourceConsent) bool { return r.Resource == resource }); resource != "" && i >= 0 {
		all = slices.Concat(all, c.Of[i].Scopes)
	}
	return all
}

// GiveConsent remembers that an account agrees to scopes, and to claims that no scope
// gives, beside what it has agreed to.
func GiveConsent(tx *Tx, acc ID[Account], client ID[Client], scopes []string, resource *Resource, claims ...string) error {
	ev := &ConsentEvent{TxEvent: TxEvent{Tx: tx}, Account: acc, Client: client, Scopes: slices.Clone(scopes), Claims: slices.Clone(claims)}
	if resource != nil {
		ev.Resource = resource.ID
	}
	return around(&tx.App.Hooks.OAuth.Consent, ev, "access_denied", func() error { return giveConsent(tx, acc, client, scopes, resource, claims) })
}

func giveConsent(tx *Tx, acc ID[Account], client ID[Client], scopes []string, resource *Resource, claims []string) error {
	c, err := ConsentOf(tx, acc, client)
	if err != nil {
		return err
	}
	if c == nil {
		c = &Consent{Account: acc, Client: client, Scopes: []string{}, Of: []ResourceConsent{}, Claims: []string{}}
	}
	for _, name := range claims {
		if !slices.Contains(c.Claims, name) {
			c.Claims = append(c.Claims, name)
		}
	}
	var of []string
	for _, s := range scopes {
		switch {
		case resource != nil && resource.Has(s):
			of = append(of, s)
		case !slices.Contains(c.Scopes, s):
			c.Scopes = append(c.Scopes, s)
		}
	}
	if resource != nil {
		i := slices.IndexFunc(c.Of, func(r ResourceConsent) bool { return r.Resource == resource.ID })
		if i < 0 {
			i, c.Of = len(c.Of), append(c.Of, ResourceConsent{Resource: resource.ID, Scopes: []string{}})
		}
		for _, s := range of {
			if !slices.Contains(c.Of[i].Scopes, s) {
				c.Of[i].Scopes = append(c.Of[i].Scopes, s)
			}
		}
	}
	return Put(tx.trusted(), c)
}

// Deleted ends the grants that rest on the consent.
func (c *Consent) Deleted(tx *Tx) error {
	return EndGrants(tx, c.Account, c.Client, "the consent was taken back")
}

// EndGrants ends an account's grants to a client.
func EndGrants(tx *Tx, acc ID[Account], client ID[Client], why string) error {
	return endGrants(tx, acc, why, func(g *Grant) bool { return g.Client == client })
}

// endGrants ends those of an account's grants.
func endGrants(tx *Tx, acc ID[Account], why string, which func(*Grant) bool) error {
	sys := tx.trusted()
	for g, err := range records(sys, settled(Walk(sys, GrantsOf, Query{Owner: string(acc)}))) {
		if err == nil && which(g) {
			err = g.End(tx, why)
		}
		if err != nil {
			return err
		}
	}
	return nil
}
