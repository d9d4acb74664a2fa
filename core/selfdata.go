package core

import (
	"encoding/json"
	"iter"
)

// OwnData is all that is known of an account, as its owner gets it. Nothing of it proves
// anything.
type OwnData struct {
	At         Time                       `json:"exportedAt"`
	Directory  string                     `json:"directory"`
	Profile    OwnProfile                 `json:"profile"`
	CustomData map[string]json.RawMessage `json:"customData"`
	Groups     []OwnGroup                 `json:"groups"`
	Sessions   []OwnSession               `json:"sessions"`
	Consents   []OwnConsent               `json:"consents"`
	Grants     []OwnGrant                 `json:"grants"`
	ApiKeys    []OwnKey                   `json:"apiKeys"`
	Linked     []OwnLink                  `json:"linkedAccounts"`
}

// OwnProfile is the account itself.
type OwnProfile struct {
	ID                 ID[Account]  `json:"id"`
	Username           string       `json:"username"`
	Email              string       `json:"email"`
	EmailVerification  Verification `json:"emailVerificationStatus"`
	GivenName          string       `json:"givenName"`
	MiddleName         string       `json:"middleName"`
	Surname            string       `json:"surname"`
	FullName           string       `json:"fullName"`
	Status             Status       `json:"status"`
	CreatedAt          Time         `json:"createdAt"`
	ModifiedAt         Time         `json:"modifiedAt"`
	PasswordModifiedAt Time         `json:"passwordModifiedAt"`
}

// OwnGroup is a group that the account is in, since then.
type OwnGroup struct {
	Name        string `json:"name"`
	Description string `json:"description"`
	Since       Time   `json:"since"`
}

// OwnSession is a sign-in in a browser.
type OwnSession struct {
	ID        ID[Session] `json:"id"`
	At        Time        `json:"signedInAt"`
	Seen      Time        `json:"lastSeenAt"`
	Until     Time        `json:"expiresAt"`
	EndedAt   Time        `json:"endedAt"`
	IP        string      `json:"ip"`
	UserAgent string      `json:"userAgent"`
}

// OwnConsent is what a client may have.
type OwnConsent struct {
	Client    string            `json:"client"`
	Scopes    []string          `json:"scopes"`
	Resources []ResourceConsent `json:"resources"`
	Claims    []string          `json:"claims"`
	At        Time              `json:"givenAt"`
}

// OwnGrant is what a client was given.
type OwnGrant struct {
	ID      ID[Grant] `json:"id"`
	Client  string    `json:"client"`
	Scopes  []string  `json:"scopes"`
	Offline bool      `json:"offline"`
	At      Time      `json:"givenAt"`
	Until   Time      `json:"expiresAt"`
	EndedAt Time      `json:"endedAt"`
}

// OwnKey is an API key of the account.
type OwnKey struct {
	ID         ID[ApiKey] `json:"id"`
	CreatedAt  Time       `json:"createdAt"`
	ModifiedAt Time       `json:"modifiedAt"`
}

// OwnLink is another account of the same person.
type OwnLink struct {
	ID        ID[Account] `json:"id"`
	Directory string      `json:"directory"`
	Username  string      `json:"username"`
}

// collect gathers what is shown of the records of those ids.
func collect[T, Out any, P Record[T]](tx *Tx, ids iter.Seq2[ID[T], error], show func(P) (Out, error)) ([]Out, error) {
	all := []Out{}
	for rec, err := range records[T, P](tx, ids) {
		if err != nil {
			return nil, err
		}
		out, err := show(rec)
		if err != nil {
			return nil, err
		}
		all = append(all, out)
	}
	return all, nil
}

// Data are all that is known of the account.
func (me *Self) Data() (*OwnData, error) {
	tx, a := me.tx, me.Account
	of := Query{Owner: string(a.ID)}
	dir, err := Get(tx, a.Directory)
	if err != nil {
		return nil, err
	}
	custom, err := GetCustomData(tx, RefTo(a.ID))
	if err != nil {
		return nil, err
	}
	d := &OwnData{At: At(tx.Now), Directory: dir.Name, CustomData: custom.Values,
		Profile: OwnProfile{a.ID, a.Username, a.Email, a.EmailVerificationStatus, a.GivenName, a.MiddleName, a.Surname, a.FullName(), a.Status, a.CreatedAt, a.ModifiedAt, a.PasswordModifiedAt}}
	if d.Groups, err = collect(tx, Walk(tx, MembershipsOf, of), func(m *GroupMembership) (out OwnGroup, err error) {
		g, err := Get(tx, m.Group)
		if err != nil {
			return out, err
		}
		return OwnGroup{g.Name, g.Description, m.CreatedAt}, nil
	}); err != nil {
		return nil, err
	}
	if d.Sessions, err = collect(tx, Walk(tx, SessionsOf, of), func(s *Session) (OwnSession, error) {
		seen, err := s.LastSeen(tx)
		return OwnSession{s.ID, s.CreatedAt, seen, s.Until, s.EndedAt, s.IP, s.UserAgent}, err
	}); err != nil {
		return nil, err
	}
	if d.Consents, err = collect(tx, Walk(tx, ConsentsOf, of), func(c *Consent) (OwnConsent, error) {
		client, err := nameOf(tx, c.Client)
		return OwnConsent{client, c.Scopes, c.Of, c.Claims, c.CreatedAt}, err
	}); err != nil {
		return nil, err
	}
	if d.Grants, err = collect(tx, Walk(tx, GrantsOf, of), func(g *Grant) (OwnGrant, error) {
		client, err := nameOf(tx, g.Client)
		return OwnGrant{g.ID, client, g.Scopes, g.Offline, g.CreatedAt, g.Until, g.EndedAt}, err
	}); err != nil {
		return nil, err
	}
	if d.ApiKeys, err = collect(tx, Walk(tx, ApiKeysOf, of), func(k *ApiKey) (OwnKey, error) {
		return OwnKey{k.ID, k.CreatedAt, k.ModifiedAt}, nil
	}); err != nil {
		return nil, err
	}
	d.Linked, err = collect(tx, LinkedAccounts(tx, a.ID), func(to *Account) (OwnLink, error) {
		dir, err := Get(tx, to.Directory)
		if err != nil {
			return OwnLink{}, err
		}
		return OwnLink{to.ID, dir.Name, to.Username}, nil
	})
	return d, err
}

func nameOf(tx *Tx, id ID[Client]) (string, error) {
	c, err := Get(tx, id)
	if err != nil {
		return "", err
	}
	return c.Name, nil
}
