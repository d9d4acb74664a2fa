package core

import (
	"iter"
	"slices"
)

// The virtual lists: what an application or an organization sees through its
// account stores, and in which an account, a group or a directory is seen.

// AccountsIn yields the ids of the accounts that a directory or a group holds.
func AccountsIn(tx *Tx, store Ref) iter.Seq2[ID[Account], error] {
	if id, ok := IDOf[Directory](store); ok {
		return Walk(tx, AccountsOf, Query{Owner: string(id)})
	}
	return func(yield func(ID[Account], error) bool) {
		for id, err := range Walk(tx, MembersOf, Query{Owner: store.ID()}) {
			if err != nil {
				yield("", err)
				return
			}
			m, err := Get(tx, id)
			if IsNotFound(err) {
				continue
			}
			if err != nil {
				yield("", err)
				return
			}
			if !yield(m.Account, nil) {
				return
			}
		}
	}
}

// CountAccounts is how many accounts a directory or a group holds.
func CountAccounts(tx *Tx, store Ref) (int, error) {
	if id, ok := IDOf[Directory](store); ok {
		return Count(tx, AccountsOf, Query{Owner: string(id)})
	}
	return Count(tx, MembersOf, Query{Owner: store.ID()})
}

// accountStore is a directory or a group in which accounts are looked for.
type accountStore struct {
	ref Ref
	via *Organization // through which it is mapped; nil where it is so directly
}

// isOn tells whether the store, and through whom it is mapped, are enabled.
func (s accountStore) isOn(tx *Tx) (bool, error) {
	dir, grp, err := s.open(tx)
	return err == nil && dir.Status == Enabled && (grp == nil || grp.Status == Enabled) && (s.via == nil || s.via.Status == Enabled), err
}

// reachedBy tells whether the application is on, and the first of its stores that holds
// the account is.
func (a *Account) reachedBy(tx *Tx, id ID[Application]) (bool, error) {
	return leadsTo(tx, id, func(store Ref) (bool, error) { return holds(tx, store, a) })
}

// Opens tells whether the application is on and lets people in through an account store,
// which is on as well.
func Opens(tx *Tx, app ID[Application], store Ref) (bool, error) {
	return leadsTo(tx.trusted(), app, func(s Ref) (bool, error) { return s == store, nil })
}

// leadsTo tells whether the application is on, and so is the first of its stores that
// is one looked for: as at a login, it decides.
func leadsTo(tx *Tx, id ID[Application], is func(Ref) (bool, error)) (bool, error) {
	app, err := Get(tx, id)
	if err != nil || app.Status != Enabled {
		return false, err
	}
	stores, err := accountStores(tx, RefTo(id))
	if err != nil {
		return false, err
	}
	for _, s := range firsts(stores) {
		if found, err := is(s.ref); err != nil {
			return false, err
		} else if found {
			return s.isOn(tx)
		}
	}
	return false, nil
}

// storeKinds are the kinds of what can be mapped as an account store.
var storeKinds = []string{directories.Name, groups.Name, organizations.Name}

// open reads what a store consists of: its directory, and its group if it is one.
func (s accountStore) open(tx *Tx) (dir *Directory, grp *Group, err error) {
	id := ID[Directory](s.ref.ID())
	if g, ok := IDOf[Group](s.ref); ok {
		if grp, err = Get(tx, g); err != nil {
			return nil, nil, err
		}
		id = grp.Directory
	}
	dir, err = Get(tx, id)
	return dir, grp, err
}

// accountStores are the account stores of an application or an organization in the
// order of login, an organization's in its place. One that is mapped in several
// ways is there as often.
func accountStores(tx *Tx, owner Ref) (stores []accountStore, err error) {
	if id, ok := IDOf[Organization](owner); ok {
		org, err := Get(tx, id)
		if err != nil {
			return nil, err
		}
		all, err := OrganizationMappings(tx, id)
		for _, m := range all {
			stores = append(stores, accountStore{m.Store, org})
		}
		return stores, err
	}
	id, ok := IDOf[Application](owner)
	if !ok {
		return nil, errNotFound()
	}
	all, err := Mappings(tx, id)
	if err != nil {
		return nil, err
	}
	for _, m := range all {
		if m.Store.Kind() != organizations.Name {
			stores = append(stores, accountStore{ref: m.Store})
			continue
		}
		inner, err := accountStores(tx, m.Store)
		if err != nil {
			return nil, err
		}
		stores = append(stores, inner...)
	}
	return stores, nil
}

// firsts are the stores without those that came before.
func firsts(stores []accountStore) []accountStore {
	seen := map[Ref]bool{}
	return slices.DeleteFunc(stores, func(s accountStore) bool {
		again := seen[s.ref]
		seen[s.ref] = true
		return again
	})
}

// StoresOf are the directories and groups in which an application or an
// organization looks for accounts, in the order of login and each once, and whether
// two of them may hold the same account.
func StoresOf(tx *Tx, owner Ref) (stores []Ref, overlap bool, err error) {
	all, err := accountStores(tx, owner)
	for _, s := range firsts(all) {
		stores = append(stores, s.ref)
		overlap = overlap || s.ref.Kind() != directories.Name
	}
	return stores, overlap && len(stores) > 1, err
}

// holds tells whether an account is in a directory or a group.
func holds(tx *Tx, store Ref, acc *Account) (bool, error) {
	if g, ok := IDOf[Group](store); ok {
		return IsMember(tx, acc.ID, g)
	}
	return store == RefTo(acc.Directory), nil
}

// Chain yields the ids of several lists that have none in common, one list after
// the other.
func Chain[T any](lists ...iter.Seq2[ID[T], error]) iter.Seq2[ID[T], error] {
	return func(yield func(ID[T], error) bool) {
		for _, list := range lists {
			for id, err := range list {
				if !yield(id, err) || err != nil {
					return
				}
			}
		}
	}
}

// Union yields each id of several lists once, in the order of the lists.
func Union[T any](lists ...iter.Seq2[ID[T], error]) iter.Seq2[ID[T], error] {
	return func(yield func(ID[T], error) bool) {
		seen := map[ID[T]]bool{}
		for _, list := range lists {
			for id, err := range list {
				if err == nil && seen[id] {
					continue
				}
				seen[id] = true
				if !yield(id, err) || err != nil {
					return
				}
			}
		}
	}
}

// GroupsIn yields the ids of the groups that an account store shows: those of a
// directory, or the group itself.
func GroupsIn(tx *Tx, store Ref) iter.Seq2[ID[Group], error] {
	if id, ok := IDOf[Directory](store); ok {
		return Walk(tx, GroupsOf, Query{Owner: string(id)})
	}
	return func(yield func(ID[Group], error) bool) {
		id, _ := IDOf[Group](store)
		yield(id, nil)
	}
}

// ApplicationsOf are the applications that map one of the stores, themselves or
// through an organization.
func ApplicationsOf(tx *Tx, stores ...Ref) ([]*Application, error) {
	orgs, err := OrganizationsOf(tx, stores...)
	if err != nil {
		return nil, err
	}
	stores = slices.Clone(stores)
	for _, o := range orgs {
		stores = append(stores, RefTo(o.ID))
	}
	return ownersOf(tx, MappingsTo, stores, func(m *AccountStoreMapping) ID[Application] { return m.Application })
}

// OrganizationsOf are the organizations that map one of the stores.
func OrganizationsOf(tx *Tx, stores ...Ref) ([]*Organization, error) {
	return ownersOf(tx, OrganizationMappingsTo, stores, func(m *OrganizationAccountStoreMapping) ID[Organization] { return m.Organization })
}

// ownersOf are the owners of the mappings to the stores, each once.
func ownersOf[O, M any, PO Record[O], PM Record[M]](tx *Tx, ix *Index[M], stores []Ref, owner func(PM) ID[O]) ([]PO, error) {
	var all []PO
	seen := map[ID[O]]bool{}
	for _, store := range stores {
		page, err := List[M, PM](tx, ix, Query{Owner: store.ID(), Limit: 10_000})
		if err != nil {
			return nil, err
		}
		for _, m := range page.Items {
			id := owner(m)
			if seen[id] {
				continue
			}
			seen[id] = true
			o, err := Get[O, PO](tx, id)
			if err != nil {
				return nil, err
			}
			all = append(all, o)
		}
	}
	return all, nil
}

// StoresHolding are the account stores an account is in: its directory and its
// groups.
func StoresHolding(tx *Tx, acc *Account) ([]Ref, error) {
	stores := []Ref{RefTo(acc.Directory)}
	for m, err := range records(tx, Walk(tx, MembershipsOf, Query{Owner: string(acc.ID)})) {
		if err != nil {
			return nil, err
		}
		stores = append(stores, RefTo(m.Group))
	}
	return stores, nil
}

// KeyIn finds an API key if its account can sign in to the application by its
// stores, whatever the status of key and account (spec 4).
func KeyIn(tx *Tx, app ID[Application], id ID[ApiKey]) (*ApiKey, error) {
	key, err := Get(tx, id)
	if err != nil {
		return nil, err
	}
	acc, err := Get(tx, key.Account)
	if err != nil {
		return nil, err
	}
	held, err := StoresHolding(tx, acc)
	if err != nil {
		return nil, err
	}
	apps, err := ApplicationsOf(tx, held...)
	if err != nil {
		return nil, err
	}
	for _, a := range apps {
		if a.ID == app {
			return key, nil
		}
	}
	return nil, errNotFound()
}
