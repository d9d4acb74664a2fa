package core

import (
	"encoding/json"
	"maps"
	"slices"
)

// Claim is something that tokens and userinfo say of an account beside what OpenID
// Connect names: plugins register it by its name.
type Claim struct {
	// Scopes are those that give it; a client may also ask for it by the claims
	// parameter.
	Scopes []string
	// Access has access tokens say it as well.
	Access bool
	// Value is what it says, nil for nothing. It runs in a transaction and must only
	// read.
	Value func(tx *Tx, acc *Account) (any, error)
}

// standardClaims are those of core (OpenID Connect Core section 5.1), by scope.
var standardClaims = []struct {
	name, scope string
	value       func(tx *Tx, c *Client, acc *Account) (any, error)
}{
	{"name", "profile", func(_ *Tx, _ *Client, a *Account) (any, error) { return orNothing(a.FullName()), nil }},
	{"given_name", "profile", func(_ *Tx, _ *Client, a *Account) (any, error) { return orNothing(a.GivenName), nil }},
	{"middle_name", "profile", func(_ *Tx, _ *Client, a *Account) (any, error) { return orNothing(a.MiddleName), nil }},
	{"family_name", "profile", func(_ *Tx, _ *Client, a *Account) (any, error) { return orNothing(a.Surname), nil }},
	{"preferred_username", "profile", func(_ *Tx, _ *Client, a *Account) (any, error) { return orNothing(a.Username), nil }},
	{"updated_at", "profile", func(_ *Tx, _ *Client, a *Account) (any, error) { return a.ModifiedAt.Unix(), nil }},
	{"email", "email", func(tx *Tx, c *Client, a *Account) (any, error) {
		_, ok, err := emailClaim(tx, c, a)
		if !ok {
			return nil, err
		}
		return a.Email, err
	}},
	{"email_verified", "email", func(tx *Tx, c *Client, a *Account) (any, error) {
		verified, ok, err := emailClaim(tx, c, a)
		if !ok {
			return nil, err
		}
		return verified, err
	}},
	{"groups", "groups", func(tx *Tx, _ *Client, a *Account) (any, error) { return groupNames(tx, a) }},
}

func orNothing(s string) any {
	if s == "" {
		return nil
	}
	return s
}

// emailClaim tells whether a client is told of the account's address, and whether it
// was proved to be its owner's. One that somebody typed at a public door and never
// proved says nothing of who she is, and is left out.
func emailClaim(tx *Tx, c *Client, a *Account) (verified, ok bool, err error) {
	if a.Email == "" {
		return false, false, nil
	}
	proof, err := EmailProofOf(tx, a)
	if err != nil || proof != nil {
		return true, err == nil, err
	}
	sec, err := Get(tx.trusted(), ID[Security](a.ID))
	if err != nil {
		return false, false, err
	}
	return false, c.EmailClaim != "verified" && sec.StrangersEmail != a.EmailKey, nil
}

const maxGroupNames = 200

// groupNames are the names of the enabled groups an account is in, at most 200.
func groupNames(tx *Tx, a *Account) ([]string, error) {
	names := []string{}
	for m, err := range records(tx, Walk(tx, MembershipsOf, Query{Owner: string(a.ID)})) {
		if err != nil {
			return nil, err
		}
		g, err := Get(tx, m.Group)
		if IsNotFound(err) || err == nil && g.Status != Enabled {
			continue
		}
		if err != nil {
			return nil, err
		}
		if names = append(names, g.Name); len(names) == maxGroupNames {
			break
		}
	}
	slices.Sort(names)
	return names, nil
}

// ClaimsSupported are the names of the claims about an account that a client can get.
func (a *App) ClaimsSupported() []string {
	all := []string{}
	for _, c := range standardClaims {
		all = append(all, c.name)
	}
	return append(all, a.Claims.Names()...)
}

// AskedClaims are the claims asked for one by one (OpenID Connect Core section 5.5).
type AskedClaims struct {
	UserInfo map[string]*AskedClaim `json:"userinfo"`
	IDToken  map[string]*AskedClaim `json:"id_token"`
}

// AskedClaim says how much one of them is wanted; nil is as it comes.
type AskedClaim struct {
	Essential bool  `json:"essential"`
	Value     any   `json:"value"`
	Values    []any `json:"values"`
}

// ParseClaims reads the claims parameter. "" and what is no JSON object asks for
// nothing; false says that it was the latter.
func ParseClaims(text string) (asked AskedClaims, ok bool) {
	if text == "" {
		return asked, true
	}
	if err := json.Unmarshal([]byte(text), &asked); err != nil {
		return AskedClaims{}, false
	}
	return asked, true
}

// scopesOf are the scopes that give a claim, none for one that nobody knows.
func (a *App) scopesOf(name string) []string {
	for _, s := range standardClaims {
		if s.name == name {
			return []string{s.scope}
		}
	}
	return a.Claims.Get(name).Scopes
}

// Beyond are the names of those claims that the client may ask for and none of the
// scopes gives, in order: what a person must agree to beside the scopes.
func (a AskedClaims) Beyond(app *App, c *Client, scopes []string) []string {
	all := []string{}
	for _, name := range slices.Concat(slices.Collect(maps.Keys(a.IDToken)), slices.Collect(maps.Keys(a.UserInfo))) {
		by := app.scopesOf(name)
		if len(by) > 0 && c.mayAsk(by...) && len(both(by, scopes)) == 0 {
			all = append(all, name)
		}
	}
	slices.Sort(all)
	return slices.Compact(all)
}

// only is what is asked for without the claims that neither a scope gives nor names
// have, as JSON, nil for nothing.
func (a AskedClaims) only(app *App, scopes, names []string) ([]byte, error) {
	drop := func(name string, _ *AskedClaim) bool {
		return !slices.Contains(names, name) && len(both(app.scopesOf(name), scopes)) == 0
	}
	maps.DeleteFunc(a.IDToken, drop)
	maps.DeleteFunc(a.UserInfo, drop)
	if len(a.IDToken)+len(a.UserInfo) == 0 {
		return nil, nil
	}
	return json.Marshal(map[string]any{"id_token": a.IDToken, "userinfo": a.UserInfo})
}

// ClaimsOf are the claims about an account that scopes give, and those asked for one by
// one that a scope gives for which the client may ask.
func ClaimsOf(tx *Tx, c *Client, acc *Account, scopes []string, asked map[string]*AskedClaim) (map[string]any, error) {
	sys := tx.trusted()
	all := map[string]any{}
	put := func(name string, v any, err error) error {
		if err == nil && v != nil {
			all[name] = v
		}
		return err
	}
	for _, s := range standardClaims {
		_, wanted := asked[s.name]
		if !(wanted && c.mayAsk(s.scope)) && !slices.Contains(scopes, s.scope) {
			continue
		}
		v, err := s.value(sys, c, acc)
		if err := put(s.name, v, err); err != nil {
			return nil, err
		}
	}
	for _, name := range tx.App.Claims.Names() {
		claim := tx.App.Claims.Get(name)
		_, wanted := asked[name]
		if !(wanted && c.mayAsk(claim.Scopes...)) && !slices.ContainsFunc(claim.Scopes, func(s string) bool { return slices.Contains(scopes, s) }) {
			continue
		}
		v, err := claim.Value(sys, acc)
		if err := put(name, v, err); err != nil {
			return nil, err
		}
	}
	return all, nil
}

// mayAsk tells whether a client may ask for one of the scopes.
func (c *Client) mayAsk(scopes ...string) bool {
	return len(c.Scopes) == 0 || slices.ContainsFunc(scopes, func(s string) bool { return slices.Contains(c.Scopes, s) })
}
