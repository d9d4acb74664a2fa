package core

import "strings"

// Role is the authority of an operator over its tenant, the highest first.
type Role string

// The roles.
const (
	Owner   Role = "owner"   // everything
	Admin   Role = "admin"   // everything but operators of its rank and the tenant
	Support Role = "support" // reads, and helps end users: Kind.Support says how
	Auditor Role = "auditor" // reads
)

var ranks = map[Role]int{Owner: 4, Admin: 3, Support: 2, Auditor: 1}

// UnmarshalText reads a role in any case.
func (r *Role) UnmarshalText(b []byte) error {
	*r = Role(strings.ToLower(string(b)))
	return nil
}

// Rank orders the roles; no role is 0.
func (r Role) Rank() int { return ranks[r] }

// Caps are the capabilities of a MANAGEMENT key; they only narrow its operator's
// role.
type Caps struct {
	Manage      bool `json:"manage"`      // act on /v1 at all
	Mint        bool `json:"mint"`        // sign and verify tokens
	ReadSecrets bool `json:"readSecrets"` // see secrets and live proofs
}

// AllCaps is every capability.
var AllCaps = Caps{Manage: true, Mint: true, ReadSecrets: true}

type verb string

const (
	verbCreate verb = "c"
	verbUpdate verb = "u"
	verbDelete verb = "d"
)

// policyInfo is what the policy needs to know of a kind.
type policyInfo struct {
	noun                string
	internal, ownerOnly bool
	support             string
}

func policyOf[T any](k *Kind[T]) policyInfo {
	return policyInfo{k.Noun, k.Internal, k.OwnerOnly, k.Support}
}

func errForbidden(what string) error {
	return &Error{Kind: Forbidden, Code: "forbidden", Msg: "You are not allowed to do this.", Dev: what}
}

// boundless tells whether no policy binds the transaction: the server's own
// work, a command on the machine itself, or a door that has asked by itself.
func (tx *Tx) boundless() bool {
	return tx.trust || tx.Actor.Kind == System || tx.Actor.Kind == Machine || tx.Actor.Kind == Door
}

// mayRead refuses whoever is no operator. Every operator reads; what a secret
// needs is asked by the view that shows it.
func (tx *Tx) mayRead(internal bool) error {
	switch {
	case tx.boundless():
		return nil
	case internal:
		return errNotFound()
	case tx.Actor.Kind != ByKey && tx.Actor.Kind != ByConsole:
		return &Error{Kind: Unauthenticated, Code: "unauthenticated", Msg: "Authentication required."}
	case tx.Actor.Role.Rank() == 0 || !tx.Actor.Caps.Manage:
		return errForbidden("The API key's account is no operator, or the key lacks the capability manage.")
	}
	return nil
}

// mayAuthenticate refuses a role that only reads: an attempt tries a password and
// leaves a trace.
func (tx *Tx) mayAuthenticate() error {
	if err := tx.mayRead(false); err != nil {
		return err
	}
	if tx.boundless() || tx.Actor.Role != Auditor {
		return nil
	}
	return errForbidden("The role auditor may not sign anybody in.")
}

// mayWrite refuses what the actor's role does not include. old and rec are the
// record before and after, nil when made or deleted.
func (tx *Tx) mayWrite(v verb, k policyInfo, old, rec any) error {
	if err := tx.mayRead(k.internal); err != nil {
		return err
	}
	if tx.boundless() {
		return nil
	}
	role := tx.Actor.Role
	allowed := false
	switch role {
	case Owner:
		allowed = true
	case Admin:
		allowed = !k.ownerOnly
	case Support:
		allowed = strings.Contains(k.support, string(v))
	}
	if !allowed {
		return errForbidden("The role " + string(role) + " may not change a " + k.noun + ".")
	}
	for _, r := range []any{old, rec} {
		if g, ok := r.(guarded); ok {
			lowest, err := g.lowestRole(tx.trusted(), v)
			if err != nil {
				return err
			}
			if role.Rank() < lowest.Rank() {
				return errForbidden("This " + k.noun + " is of the administrators' directory: only the role " + string(lowest) + " may do this.")
			}
		}
		if k, ok := r.(*ApiKey); ok && v == verbCreate && !tx.has(k.Caps) {
			return errForbidden("Nobody makes a key that may do what their own may not.")
		}
		if s, ok := r.(Subjected); ok {
			if err := tx.mayActOn(s.Subject(), v); err != nil {
				return err
			}
		}
	}
	return nil
}

// guarded is a record that asks for a higher role than its kind does. lowestRole
// is "" where it does not.
type guarded interface {
	lowestRole(tx *Tx, v verb) (Role, error)
}

// lowestRole keeps the role support from making accounts among the
// administrators'.
func (a *Account) lowestRole(tx *Tx, v verb) (Role, error) {
	if v != verbCreate {
		return "", nil
	}
	return inAdminDirectory(tx, a.Directory, Admin)
}

// lowestRole keeps an admin from locking owners out by what is asked of their
// passwords.
func (s *Strength) lowestRole(tx *Tx, _ verb) (Role, error) {
	return inAdminDirectory(tx, ID[Directory](s.ID), Owner)
}

// inAdminDirectory is role if the directory is the administrators', else "".
func inAdminDirectory(tx *Tx, id ID[Directory], role Role) (Role, error) {
	d, err := Get(tx, id)
	if IsNotFound(err) {
		return "", nil // Check says so
	}
	if err != nil || !d.Admin {
		return "", err
	}
	return role, nil
}

// mayActOn refuses whoever would get power over an account whose role is not
// strictly below the actor's own. Only an owner acts on owners; an operator may
// change, but not delete, its own account.
func (tx *Tx) mayActOn(id ID[Account], v verb) error {
	if tx.boundless() || tx.Actor.Role == Owner || id == tx.Actor.Account && v == verbUpdate {
		return nil
	}
	role, err := RoleOf(tx, id)
	if err != nil {
		return err
	}
	if role.Rank() >= tx.Actor.Role.Rank() {
		return errForbidden("The account is an operator whose role is not below yours.")
	}
	return nil
}

// has tells whether the actor has all of the capabilities itself: nobody gains one
// by reading the secret of a key that has more.
func (tx *Tx) has(c Caps) bool {
	mine := tx.Actor.Caps
	return tx.boundless() || (mine.Manage || !c.Manage) && (mine.Mint || !c.Mint) && (mine.ReadSecrets || !c.ReadSecrets)
}

// MaySeeSecret tells whether the actor may be shown a live secret of the account.
func (tx *Tx) MaySeeSecret(of ID[Account]) bool {
	if tx.boundless() {
		return true
	}
	c := tx.Actor.Caps
	return (c.ReadSecrets || c.Mint) && tx.Actor.Role.Rank() >= Admin.Rank() && tx.mayActOn(of, verbUpdate) == nil
}

// MayUpdate refuses an actor who may not change the record: a verb that acts by it
// without changing it asks the same.
func MayUpdate[T any, P Record[T]](tx *Tx, rec P) error {
	return tx.mayWrite(verbUpdate, kindIn[T, P](tx.App).policy(), rec, rec)
}
