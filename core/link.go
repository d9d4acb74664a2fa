package core

import (
	"fmt"
	"iter"
)

// AccountLink says that two accounts of different directories are the same
// person's. Only an operator makes one, and never for an account of the
// administrators: whoever signs in as one of the two may come out as the other.
type AccountLink struct {
	Base[AccountLink]
	LeftAccount  ID[Account] `json:"leftAccount" api:"create"`
	RightAccount ID[Account] `json:"rightAccount" api:"create"`
}

// The lists of an account's links, by the side on which it is, and the pair that is
// unique whichever way round.
var (
	LinksLeft = &Index[AccountLink]{Name: "left", List: true,
		Key: func(l *AccountLink) (Entry, bool) { return Entry{Owner: string(l.LeftAccount)}, true }}
	LinksRight = &Index[AccountLink]{Name: "right", List: true,
		Key: func(l *AccountLink) (Entry, bool) { return Entry{Owner: string(l.RightAccount)}, true }}
	LinkPair = &Index[AccountLink]{Name: "pair", Rule: Unique,
		Key: func(l *AccountLink) (Entry, bool) { return pairOf(l.LeftAccount, l.RightAccount), true }}
)

func pairOf(a, b ID[Account]) Entry { return Entry{string(min(a, b)), string(max(a, b))} }

var accountLinks = &Kind[AccountLink]{
	Name: "accountLinks", Noun: "AccountLink", Key: "lnk", Indexes: []*Index[AccountLink]{LinksLeft, LinksRight, LinkPair},
}

// Kind says how links are stored.
func (*AccountLink) Kind() *Kind[AccountLink] { return accountLinks }

// Owners are the two accounts.
func (l *AccountLink) Owners() []Ref { return []Ref{RefTo(l.LeftAccount), RefTo(l.RightAccount)} }

// maxLinks is how many links an account may have: each login that a linking policy
// is about may read them all.
const maxLinks = 100

// Check demands two accounts of different directories that are not linked yet, nor
// to another account of the other's directory (spec 18).
func (l *AccountLink) Check(c *Checks) {
	c.Required("leftAccount", string(l.LeftAccount))
	c.Required("rightAccount", string(l.RightAccount))
	if old, ok := c.Old.(*AccountLink); ok {
		c.That(l.LeftAccount == old.LeftAccount && l.RightAccount == old.RightAccount, "leftAccount", "protected",
			"An AccountLink stays between its accounts.")
	}
	if c.err() != nil || !c.New {
		return
	}
	left, err := Get(c.Tx, l.LeftAccount)
	c.Fail(err)
	right, err := Get(c.Tx, l.RightAccount)
	c.Fail(err)
	if c.err() != nil {
		return
	}
	c.That(left.ID != right.ID, "rightAccount", "link_to_itself", "An account cannot be linked to itself.")
	for _, a := range []*Account{left, right} {
		admins, err := ofAdmins(c.Tx, RefTo(a.Directory))
		c.Fail(err)
		c.That(!admins, "leftAccount", "protected", "An account of the administrators cannot be linked.")
	}
	if c.err() == nil {
		c.Fail(notLinked(c.Tx, left, right))
	}
}

// Deleted ends the sessions and grants that were made through the link.
func (l *AccountLink) Deleted(tx *Tx) error {
	for _, way := range [][2]ID[Account]{{l.LeftAccount, l.RightAccount}, {l.RightAccount, l.LeftAccount}} {
		if err := endLinked(tx, way[0], way[1]); err != nil {
			return err
		}
	}
	return nil
}

// endLinked ends what was given to an account where another's password was shown.
func endLinked(tx *Tx, from, to ID[Account]) error {
	const why = "the link between the accounts was removed"
	sys := tx.trusted()
	for s, err := range records(sys, settled(Walk(sys, SessionsFrom, Query{Owner: string(from)}))) {
		if err == nil && s.Account == to {
			err = s.End(tx, why)
		}
		if err != nil {
			return err
		}
	}
	return endGrants(tx, to, why, func(g *Grant) bool { return g.From == from })
}

// notLinked refuses a link that is there, or that would give an account two in one
// directory.
func notLinked(tx *Tx, left, right *Account) error {
	pair := pairOf(left.ID, right.ID)
	switch old, err := Find(tx, LinkPair, pair.Owner, pair.Value); {
	case err == nil:
		return &Error{Kind: Conflict, Code: "linked", Msg: "The accounts are already linked.", Existing: RefTo(old.ID)}
	case !IsNotFound(err):
		return err
	}
	if left.Directory == right.Directory {
		return Errorf(Conflict, "link_same_directory", "Accounts of the same directory cannot be linked.")
	}
	for _, side := range [][2]*Account{{left, right}, {right, left}} {
		n := 0
		for other, err := range LinkedAccounts(tx, side[0].ID) {
			if err != nil {
				return err
			}
			acc, err := Get(tx, other)
			if err != nil {
				return err
			}
			if acc.Directory == side[1].Directory {
				return Errorf(Conflict, "linked_to_another", "The account is already linked to another account of that directory.")
			}
			n++
		}
		if n >= maxLinks {
			return fieldError("leftAccount", "too_many_links", fmt.Sprintf("An account may have at most %d links.", maxLinks))
		}
	}
	return nil
}

// LinksOf yields the ids of an account's links.
func LinksOf(tx *Tx, id ID[Account]) iter.Seq2[ID[AccountLink], error] {
	q := Query{Owner: string(id)}
	return Chain(Walk(tx, LinksLeft, q), Walk(tx, LinksRight, q))
}

// CountLinks is how many links an account has.
func CountLinks(tx *Tx, id ID[Account]) (int, error) {
	left, err := Count(tx, LinksLeft, Query{Owner: string(id)})
	if err != nil {
		return 0, err
	}
	right, err := Count(tx, LinksRight, Query{Owner: string(id)})
	return left + right, err
}

// LinkedAccounts yields the ids of the accounts that an account is linked to.
func LinkedAccounts(tx *Tx, id ID[Account]) iter.Seq2[ID[Account], error] {
	return func(yield func(ID[Account], error) bool) {
		for link, err := range LinksOf(tx, id) {
			if err != nil {
				yield("", err)
				return
			}
			l, err := Get(tx, link)
			if IsNotFound(err) {
				continue // the other account is gone
			}
			if err != nil {
				yield("", err)
				return
			}
			other := l.LeftAccount
			if other == id {
				other = l.RightAccount
			}
			if !yield(other, nil) {
				return
			}
		}
	}
}
