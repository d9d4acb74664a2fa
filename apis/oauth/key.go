package oauth

import "github.com/stormkeep/stormkeep/core"

// keyed proves an account's API key, where there is no client of that id. By nothing can
// a stranger tell an id that is one from any other.
func (k *call) keyed(s shown) (*proved, error) {
	none := invalidClient("there is none of that client_id")
	if s.method != core.AuthBasic && s.method != core.AuthPost {
		return nil, none
	}
	p := &proved{}
	err := k.p.App.View(k.ctx, func(tx *core.Tx) (err error) {
		p.key, err = core.ProvenKey(tx, s.id, s.secret)
		return err
	})
	if err != nil && core.AsError(err).Kind == core.Unauthenticated {
		return nil, none
	}
	if err != nil {
		return nil, err
	}
	p.Client = p.key.AsClient()
	return p, k.p.Env.Drawn(k.c, p.ID)
}

// keyAgain reads the key inside the transaction in which it gets something.
func (p *proved) keyAgain(tx *core.Tx) (*core.Client, error) {
	now, err := core.Get(tx, p.key.ID)
	if core.IsNotFound(err) {
		return nil, invalidClient("it is gone")
	}
	if err != nil {
		return nil, err
	}
	if now.Rev != p.key.Rev {
		return nil, invalidClient("it was changed just now; try again")
	}
	return now.AsClient(), nil
}

// reachedBy is the application for which an account's key asks: that of the resource it
// names, else the only one that its account can sign in to.
func reachedBy(tx *core.Tx, key *core.ApiKey, resource string) (core.ID[core.Application], error) {
	if resource == "" {
		apps, err := key.Reached(tx, 2)
		switch {
		case err != nil:
			return "", err
		case len(apps) == 0:
			return "", refuse("unauthorized_client", "The account of the key can sign in to no application.")
		case len(apps) > 1:
			return "", refuse("invalid_target", "The account of the key can sign in to more than one application: name a resource.")
		}
		return apps[0], nil
	}
	r, err := core.Find(tx, core.ResourceIdentifier, "", resource)
	ok := false
	if err == nil {
		ok, err = key.Reaches(tx, r.Application)
	}
	if core.IsNotFound(err) || err == nil && !ok {
		return "", refuse("invalid_target", "The resource is unknown, or not for this client.")
	}
	if err != nil {
		return "", err
	}
	return r.Application, nil
}
