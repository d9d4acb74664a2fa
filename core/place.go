package core

import (
	"cmp"
	"fmt"
	"slices"
	"strings"
)

// What applications and organizations do alike with their account stores (spec 7,
// 8): the mappings of both kinds keep the same order and the same defaults.

// StoreMapping is a mapping of an account store, to an application or to an
// organization.
type StoreMapping[T any] interface {
	Record[T]
	place() place
	siblings() *Index[T] // lists the mappings of one owner
}

// place is what a mapping says, whatever its kind.
type place struct {
	by               string // the owner's member: "application"
	owner, store     Ref
	index            *int
	accounts, groups *bool
}

// ownCode is the name of an error where it is an application's, and that with a
// mark where it is an organization's: each has a number of its own (spec 24).
func ownCode(owner Ref, code string) string {
	if owner.Kind() == organizations.Name {
		return "organization_" + code
	}
	return code
}

// check holds what is asked of both kinds of mapping, whose store must be of one of
// the kinds. It tells whether there is anything left to ask.
func (p place) check(c *Checks, kinds ...string) bool {
	c.Required(p.by, p.owner.ID())
	c.Required("accountStore", string(p.store))
	if c.err() != nil {
		return false
	}
	kind := p.store.Kind()
	nested := kind == organizations.Name && !slices.Contains(kinds, kind)
	c.That(!nested, "accountStore", "organization_in_organization", "An organization cannot be the account store of an organization.")
	c.That(slices.Contains(kinds, kind), "accountStore", "invalid_reference", "%s accountStore must be one of %s.", c.noun, strings.Join(kinds, ", "))
	c.That(!*p.groups || kind != groups.Name, "isDefaultGroupStore", ownCode(p.owner, "group_as_group_store"),
		"A group cannot be the default group store of an %s.", p.by)
	if old, ok := c.Old.(interface{ place() place }); ok {
		was := old.place()
		c.That(p.owner == was.owner && p.store == was.store, "accountStore", "protected",
			"An %s stays between its %s and its account store.", c.noun, p.by)
	}
	if c.err() != nil {
		return false
	}
	for _, end := range []struct {
		field string
		ref   Ref
	}{{p.by, p.owner}, {"accountStore", p.store}} {
		ok, err := c.Tx.Alive(end.ref)
		c.Fail(err)
		c.That(ok, end.field, "invalid_reference", "%s %s does not exist.", c.noun, end.field)
	}
	return c.err() == nil
}

// ofAdmins tells whether a store holds accounts of the administrators.
func ofAdmins(tx *Tx, store Ref) (bool, error) {
	if store.Kind() == organizations.Name {
		return false, nil // it cannot map their directory
	}
	dir, err := storeDirectory(tx, store)
	return err == nil && dir.Admin, err
}

// storeDirectory is the directory of an account store that is one, or a group.
func storeDirectory(tx *Tx, store Ref) (*Directory, error) {
	if kind := store.Kind(); kind != directories.Name && kind != groups.Name {
		return nil, errNotFound()
	}
	dir, _, err := accountStore{ref: store}.open(tx)
	return dir, err
}

// mapped are an owner's mappings in the order of login.
func mapped[T any, P StoreMapping[T]](tx *Tx, owner string) ([]P, error) {
	page, err := List[T, P](tx, P(nil).siblings(), Query{Owner: owner, Limit: 10_000})
	if err != nil {
		return nil, err
	}
	slices.SortStableFunc(page.Items, func(a, b P) int { return cmp.Compare(*a.place().index, *b.place().index) })
	return page.Items, nil
}

// maxMappings is how many account stores an application or an organization may
// have: each login may look in all of them.
const maxMappings = 250

// maxNested is how many it may have in all, those of its organizations counted.
const maxNested = 1000

// fits refuses a new mapping with which an application would look in too many
// stores: the owner, or one of those that map it where it is an organization.
func (p place) fits(tx *Tx) error {
	more, err := weight(tx, p.store)
	if err != nil {
		return err
	}
	if id, ok := IDOf[Application](p.owner); ok {
		return room(tx, id, more)
	}
	own, err := weight(tx, p.owner)
	if err != nil || (own+more)*maxMappings <= maxNested {
		return err // whoever maps it has room
	}
	by, err := List(tx, MappingsTo, Query{Owner: p.owner.ID(), Limit: 10_000})
	if err != nil {
		return err
	}
	for _, m := range by.Items {
		if err := room(tx, m.Application, more); err != nil {
			return err
		}
	}
	return nil
}

// weight is how many stores a store is: an organization is as many as it maps.
func weight(tx *Tx, store Ref) (int, error) {
	if store.Kind() != organizations.Name {
		return 1, nil
	}
	return Count(tx, OrganizationMappingsOf, Query{Owner: store.ID()})
}

// room refuses more stores than an application has room for.
func room(tx *Tx, app ID[Application], more int) error {
	all, err := Mappings(tx, app)
	if err != nil {
		return err
	}
	for _, m := range all {
		n, err := weight(tx, m.Store)
		if err != nil {
			return err
		}
		more += n
	}
	if more > maxNested {
		return fieldError("accountStore", "above_max",
			fmt.Sprintf("An application may have at most %d account stores, those of its organizations counted.", maxNested))
	}
	return nil
}

// AtEnd is the list index of a new mapping that names none.
const AtEnd = 1 << 30

// SaveMapping makes or changes a mapping: its list index is brought into range
// and the others move, and a default that it takes is taken from who had it.
func SaveMapping[T any, P StoreMapping[T]](tx *Tx, m P) error {
	p, id := m.place(), m.base().ID
	all, err := mapped[T, P](tx, p.owner.ID())
	if err != nil {
		return err
	}
	others := slices.DeleteFunc(slices.Clone(all), func(o P) bool {
		// A new one may have been made by a former run of this very call.
		return o.base().ID == id || id == "" && o.place().store == p.store && tx.made(m.Kind().Name, string(o.base().ID))
	})
	if id == "" {
		for _, o := range others {
			if o.place().store == p.store {
				return fieldError("accountStore", ownCode(p.owner, "already_mapped"), "The account store is already mapped to the "+p.by+".")
			}
		}
	}
	if id == "" && len(others) >= maxMappings {
		return fieldError(p.by, "above_max", fmt.Sprintf("An %s may have at most %d account stores.", p.by, maxMappings))
	}
	if id == "" && p.owner.ID() != "" && p.store != "" && len(others) == len(all) {
		if err := p.fits(tx.trusted()); err != nil {
			return err
		}
	}
	*p.index = min(max(*p.index, 0), len(others))
	if err := Put[T, P](tx, m); err != nil {
		return err
	}
	sys := tx.trusted()
	for i, o := range slices.Insert(others, min(*p.index, len(others)), m) {
		if o == m || o.base().ID == m.base().ID {
			continue
		}
		q := o.place()
		*q.index = i
		*q.accounts = *q.accounts && !*p.accounts
		*q.groups = *q.groups && !*p.groups
		if err := Put[T, P](sys, o); err != nil {
			return err
		}
	}
	return nil
}

// unmapped closes the gap that a mapping leaves in its owner's order: once a
// transaction, however many of them it deleted.
func unmapped[T any, P StoreMapping[T]](tx *Tx, m P) error {
	owner := m.place().owner
	if ok, err := tx.Alive(owner); err != nil || !ok {
		return err
	}
	tx.finally("renumber "+string(owner), func() error { return renumber[T, P](tx, owner) })
	return nil
}

// renumber closes the gaps in the order of an owner's mappings.
func renumber[T any, P StoreMapping[T]](tx *Tx, owner Ref) error {
	if ok, err := tx.Alive(owner); err != nil || !ok {
		return err
	}
	rest, err := mapped[T, P](tx, owner.ID())
	if err != nil {
		return err
	}
	for i, o := range rest {
		*o.place().index = i
		if err := Put[T, P](tx, o); err != nil {
			return err
		}
	}
	return nil
}
