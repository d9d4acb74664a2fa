package core

import "github.com/stormkeep/stormkeep/core/secret"

// ProvenKey is the ACCOUNT key of an id whose secret a program shows at the token
// endpoint. Every reason for which a key opens nothing there reads the same outside: it
// is unknown, of a MANAGEMENT key or disabled, the secret is another, or the account,
// its directory or the tenant is disabled or gone.
func ProvenKey(tx *Tx, id, plain string) (*ApiKey, error) {
	sys := tx.trusted()
	k, err := Get(sys, ID[ApiKey](id))
	if IsNotFound(err) {
		return nil, errNotThisKey("unknown key")
	}
	if err != nil {
		return nil, err
	}
	if !secret.Matches(plain, k.Hash) {
		return nil, errNotThisKey("wrong secret")
	}
	if k.Purpose != AccountKey || k.Status != Enabled {
		return nil, errNotThisKey("not an enabled ACCOUNT key")
	}
	acc, err := Get(sys, k.Account)
	if IsNotFound(err) {
		return nil, errNotThisKey("its account is gone")
	}
	if err != nil {
		return nil, err
	}
	return k, usable(sys, acc)
}

// AsClient is the key as the client that it stands for: one that may get tokens for
// what it proves, and nothing else. Its client_id is the id of the key, which no other
// client can have: that has 26 characters. Of which application it is says what it asks
// for.
func (k *ApiKey) AsClient() *Client {
	c := Make[Client]()
	c.ID, c.Rev, c.Name, c.Type, c.AuthMethod = ID[Client](k.ID), k.Rev, k.Name, MachineClient, AuthBasic
	c.GrantTypes = []string{GrantCredentials}
	return c
}

// BondAt is what a token that the key gets for an application is bound to.
func (k *ApiKey) BondAt(app ID[Application]) Bond {
	return Bond{Account: k.Account, Application: app, Key: k.ID}
}

// Reached are the applications for which the key may get tokens now: those that its
// account could sign in to, at most so many. The administrators' is none of them: what
// acts there is a MANAGEMENT key.
func (k *ApiKey) Reached(tx *Tx, most int) (apps []ID[Application], err error) {
	sys := tx.trusted()
	acc, err := Get(sys, k.Account)
	if err != nil {
		return nil, err
	}
	seen := map[ID[Application]]bool{}
	for store, err := range storesHolding(sys, acc) {
		if err != nil {
			return nil, err
		}
		for id, err := range Walk(sys, MappingsTo, Query{Owner: store}) {
			if err != nil {
				return nil, err
			}
			m, err := Get(sys, id)
			if IsNotFound(err) || err == nil && seen[m.Application] {
				continue
			}
			if err != nil {
				return nil, err
			}
			seen[m.Application] = true
			ok, err := k.reaches(sys, m.Application)
			if err != nil {
				return nil, err
			}
			if ok {
				apps = append(apps, m.Application)
			}
			if len(apps) == most {
				return apps, nil
			}
		}
	}
	return apps, nil
}

// Reaches tells whether an application is one of those.
func (k *ApiKey) Reaches(tx *Tx, app ID[Application]) (bool, error) {
	return k.reaches(tx.trusted(), app)
}

func (k *ApiKey) reaches(tx *Tx, id ID[Application]) (bool, error) {
	app, err := Get(tx, id)
	if IsNotFound(err) || err == nil && app.Admin {
		return false, nil
	}
	if err == nil {
		err = k.BondAt(id).Alive(tx)
	}
	if IsEnded(err) {
		return false, nil
	}
	return err == nil, err
}

// storesHolding yields the ids of the account stores in which an account is found: its
// directory, its groups, and the organizations that map one of them.
func storesHolding(tx *Tx, acc *Account) func(yield func(string, error) bool) {
	return func(yield func(string, error) bool) {
		with := func(store string) bool {
			if !yield(store, nil) {
				return false
			}
			for id, err := range Walk(tx, OrganizationMappingsTo, Query{Owner: store}) {
				var m *OrganizationAccountStoreMapping
				if err == nil {
					m, err = Get(tx, id)
				}
				if IsNotFound(err) {
					continue
				}
				if err != nil {
					yield("", err)
					return false
				}
				if !yield(string(m.Organization), nil) {
					return false
				}
			}
			return true
		}
		if !with(string(acc.Directory)) {
			return
		}
		for id, err := range Walk(tx, MembershipsOf, Query{Owner: string(acc.ID)}) {
			var m *GroupMembership
			if err == nil {
				m, err = Get(tx, id)
			}
			if IsNotFound(err) {
				continue
			}
			if err != nil {
				yield("", err)
				return
			}
			if !with(string(m.Group)) {
				return
			}
		}
	}
}
