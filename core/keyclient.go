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
	stores, err := StoresHolding(sys, acc)
	if err != nil {
		return nil, err
	}
	all, err := ApplicationsOf(sys, stores...)
	if err != nil {
		return nil, err
	}
	for _, app := range all {
		ok, err := k.reaches(sys, app.ID)
		if err != nil {
			return nil, err
		}
		if ok {
			apps = append(apps, app.ID)
		}
		if len(apps) == most {
			break
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
