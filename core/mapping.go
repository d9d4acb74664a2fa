package core

import (
	"cmp"
	"fmt"
	"slices"
)

// AccountStoreMapping makes an application look for its accounts in a directory
// or a group. ListIndex is its place in the order of login, from 0 without gaps.
type AccountStoreMapping struct {
	Base[AccountStoreMapping]
	ListIndex       int             `json:"listIndex"`
	DefaultAccounts bool            `json:"isDefaultAccountStore"`
	DefaultGroups   bool            `json:"isDefaultGroupStore"`
	Application     ID[Application] `json:"application" api:"create"`
	Store           Ref             `json:"accountStore" api:"create"`
}

// The lists of mappings, and the pair that is unique.
var (
	MappingsOf = &Index[AccountStoreMapping]{Name: "app", List: true,
		Key: func(m *AccountStoreMapping) (Entry, bool) { return Entry{Owner: string(m.Application)}, true }}
	MappingsTo = &Index[AccountStoreMapping]{Name: "store", List: true,
		Key: func(m *AccountStoreMapping) (Entry, bool) { return Entry{Owner: m.Store.ID()}, true }}
)

var mappings = &Kind[AccountStoreMapping]{
	Name: "accountStoreMappings", Noun: "AccountStoreMapping", Key: "asm",
	Indexes: []*Index[AccountStoreMapping]{MappingsOf, MappingsTo}, Authority: true,
}

// Kind says how mappings are stored.
func (*AccountStoreMapping) Kind() *Kind[AccountStoreMapping] { return mappings }

// Owners are the application and the store.
func (m *AccountStoreMapping) Owners() []Ref { return []Ref{RefTo(m.Application), m.Store} }

// Check demands an application and a store of this tenant (spec 7).
func (m *AccountStoreMapping) Check(c *Checks) {
	c.Required("application", string(m.Application))
	c.Required("accountStore", string(m.Store))
	if c.err() != nil {
		return
	}
	kind := m.Store.Kind()
	c.That(kind == directories.Name || kind == groups.Name, "accountStore", "invalid_reference",
		"AccountStoreMapping accountStore must be a directory or a group.")
	c.That(!m.DefaultGroups || kind == directories.Name, "isDefaultGroupStore", "group_as_group_store",
		"A group cannot be the default group store of an application.")
	if old, ok := c.Old.(*AccountStoreMapping); ok {
		c.That(m.Application == old.Application && m.Store == old.Store, "accountStore", "protected",
			"An AccountStoreMapping stays between its application and its account store.")
	}
	if c.err() != nil {
		return
	}
	app, err := Get(c.Tx, m.Application)
	c.That(err == nil, "application", "invalid_reference", "AccountStoreMapping application does not exist.")
	if err != nil {
		return
	}
	c.That(!app.Admin || !m.DefaultAccounts && !m.DefaultGroups, "application", "protected",
		"Nobody registers with the application of the administrators.")
	if !c.New {
		return
	}
	ok, err := c.Tx.Alive(m.Store)
	c.Fail(err)
	c.That(ok, "accountStore", "invalid_reference", "AccountStoreMapping accountStore does not exist.")
	if c.err() != nil {
		return
	}
	dir, err := storeDirectory(c.Tx, m.Store)
	c.Fail(err)
	if err != nil {
		return
	}
	first, err := Count(c.Tx, MappingsOf, Query{Owner: string(app.ID)})
	c.Fail(err)
	c.That(!app.Admin || dir.Admin && first == 0, "application", "protected",
		"The application of the administrators accepts no other account store.")
	c.That(app.Admin || !dir.Admin, "accountStore", "protected",
		"The accounts of the administrators cannot be mapped to another application.")
}

// Deleting keeps the mapping by which the administrators sign in.
func (m *AccountStoreMapping) Deleting(tx *Tx) error {
	app, err := Get(tx, m.Application)
	if err == nil && app.Admin {
		return &Error{Kind: Invalid, Code: "protected", Msg: "The mapping of the administrators cannot be deleted."}
	}
	if IsNotFound(err) {
		return nil
	}
	return err
}

// Saved keeps the application's default stores those that the mappings say.
func (m *AccountStoreMapping) Saved(tx *Tx, _ *AccountStoreMapping) error {
	app, err := Get(tx, m.Application)
	if err != nil {
		return err
	}
	app.DefaultAccountStore = point(app.DefaultAccountStore, m.ID, m.DefaultAccounts)
	app.DefaultGroupStore = point(app.DefaultGroupStore, m.ID, m.DefaultGroups)
	return Put(tx, app)
}

// point is a default after m has said whether it is it.
func point(now, m ID[AccountStoreMapping], is bool) ID[AccountStoreMapping] {
	switch {
	case is:
		return m
	case now == m:
		return ""
	}
	return now
}

// storeDirectory is the directory of an account store.
func storeDirectory(tx *Tx, store Ref) (*Directory, error) {
	if id, ok := IDOf[Directory](store); ok {
		return Get(tx, id)
	}
	id, ok := IDOf[Group](store)
	if !ok {
		return nil, errNotFound()
	}
	g, err := Get(tx, id)
	if err != nil {
		return nil, err
	}
	return Get(tx, g.Directory)
}

// Mappings are an application's mappings in the order of login.
func Mappings(tx *Tx, app ID[Application]) ([]*AccountStoreMapping, error) {
	page, err := List(tx, MappingsOf, Query{Owner: string(app), Limit: 10_000})
	if err != nil {
		return nil, err
	}
	slices.SortStableFunc(page.Items, func(a, b *AccountStoreMapping) int { return cmp.Compare(a.ListIndex, b.ListIndex) })
	return page.Items, nil
}

// maxMappings is how many account stores an application may have: each login may
// look in all of them.
const maxMappings = 250

// AtEnd is the list index of a new mapping that names none.
const AtEnd = 1 << 30

// SaveMapping makes or changes a mapping: its list index is brought into range
// and the others move, and a default that it takes is taken from who had it.
func SaveMapping(tx *Tx, m *AccountStoreMapping) error {
	all, err := Mappings(tx, m.Application)
	if err != nil {
		return err
	}
	others := slices.DeleteFunc(slices.Clone(all), func(o *AccountStoreMapping) bool {
		// A new one may have been made by a former run of this very call.
		return o.ID == m.ID || m.ID == "" && o.Store == m.Store && tx.made(mappings.Name, string(o.ID))
	})
	if m.ID == "" {
		for _, o := range others {
			if o.Store == m.Store {
				return fieldError("accountStore", "already_mapped", "The account store is already mapped to the application.")
			}
		}
	}
	if m.ID == "" && len(others) >= maxMappings {
		return fieldError("application", "above_max", fmt.Sprintf("An application may have at most %d account stores.", maxMappings))
	}
	m.ListIndex = min(max(m.ListIndex, 0), len(others))
	if err := Put(tx, m); err != nil {
		return err
	}
	sys := tx.trusted()
	for i, o := range slices.Insert(others, min(m.ListIndex, len(others)), m) {
		if o == m || o.ID == m.ID {
			continue
		}
		o.ListIndex = i
		o.DefaultAccounts = o.DefaultAccounts && !m.DefaultAccounts
		o.DefaultGroups = o.DefaultGroups && !m.DefaultGroups
		if err := Put(sys, o); err != nil {
			return err
		}
	}
	return nil
}

// Deleted takes the mapping from the application's defaults and closes the gap it
// leaves in the order.
func (m *AccountStoreMapping) Deleted(tx *Tx) error {
	app, err := Get(tx, m.Application)
	if IsNotFound(err) {
		return nil
	}
	if err != nil {
		return err
	}
	app.DefaultAccountStore = point(app.DefaultAccountStore, m.ID, false)
	app.DefaultGroupStore = point(app.DefaultGroupStore, m.ID, false)
	if err := Put(tx, app); err != nil {
		return err
	}
	tx.finally("renumber "+string(m.Application), func() error { return renumber(tx, m.Application) })
	return nil
}

// renumber closes the gaps in the order of an application's mappings: once a
// transaction, however many of them it deleted.
func renumber(tx *Tx, app ID[Application]) error {
	if ok, err := tx.Alive(RefTo(app)); err != nil || !ok {
		return err
	}
	rest, err := Mappings(tx, app)
	if err != nil {
		return err
	}
	for i, o := range rest {
		o.ListIndex = i
		if err := Put(tx, o); err != nil {
			return err
		}
	}
	return nil
}
