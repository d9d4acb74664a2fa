package core

import "iter"

// The virtual lists: what an application sees through its account stores, and in
// which applications an account, a group or a directory is seen.

// Names are the exact names by which a list of accounts or groups is narrowed.
// Empty ones do not narrow.
type Names struct{ Username, Email, Name string }

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

// ApplicationStores are the account stores of an application in the order of
// login, and whether two of them may hold the same account.
func ApplicationStores(tx *Tx, app ID[Application]) (stores []Ref, overlap bool, err error) {
	all, err := Mappings(tx, app)
	for _, m := range all {
		stores = append(stores, m.Store)
		overlap = overlap || m.Store.Kind() != directories.Name
	}
	return stores, overlap && len(stores) > 1, err
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

// FindAccountsIn finds the accounts of a store by exact names, at most one by a
// user name.
func FindAccountsIn(tx *Tx, store Ref, n Names) ([]*Account, error) {
	dir, err := storeDirectory(tx, store)
	if err != nil {
		return nil, err
	}
	ix, value := AccountUsername, dir.UsernameForm(n.Username)
	if n.Username == "" {
		ix, value = AccountEmail, Fold(n.Email)
	}
	all, err := FindAll(tx, ix, string(dir.ID), value, 1000)
	if err != nil {
		return nil, err
	}
	var fit []*Account
	for _, a := range all {
		if n.Username != "" && n.Email != "" && a.EmailKey != Fold(n.Email) {
			continue
		}
		if g, ok := IDOf[Group](store); ok {
			if in, err := IsMember(tx, a.ID, g); err != nil {
				return nil, err
			} else if !in {
				continue
			}
		}
		fit = append(fit, a)
	}
	return fit, nil
}

// ApplicationsOf are the applications that map one of the stores.
func ApplicationsOf(tx *Tx, stores ...Ref) ([]*Application, error) {
	var all []*Application
	seen := map[ID[Application]]bool{}
	for _, store := range stores {
		page, err := List(tx, MappingsTo, Query{Owner: store.ID(), Limit: 10_000})
		if err != nil {
			return nil, err
		}
		for _, m := range page.Items {
			if seen[m.Application] {
				continue
			}
			seen[m.Application] = true
			app, err := Get(tx, m.Application)
			if err != nil {
				return nil, err
			}
			all = append(all, app)
		}
	}
	return all, nil
}

// StoresHolding are the account stores an account is in: its directory and its
// groups.
func StoresHolding(tx *Tx, acc *Account) ([]Ref, error) {
	stores := []Ref{RefTo(acc.Directory)}
	for id, err := range Walk(tx, MembershipsOf, Query{Owner: string(acc.ID)}) {
		if err != nil {
			return nil, err
		}
		m, err := Get(tx, id)
		if IsNotFound(err) {
			continue
		}
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
