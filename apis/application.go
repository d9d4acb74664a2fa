package apis

import (
	"encoding/json"
	"iter"
	"strings"

	"github.com/stormkeep/stormkeep/core"
)

// applications serves applications and what they see through their account stores
// (spec 6).
func (s *Server) applications() {
	s.create(Route{Path: "applications", Kind: "applications", Body: "applications", Summary: "Make an Application"}, createApplication)
	s.resource(s.App.KindNamed("applications"))
	list[core.Account, *core.Account]{page: accountsOfApplication, within: func(r *request, id string) ([]core.Scope[core.Account], error) {
		stores, _, err := core.ApplicationStores(r.tx, core.ID[core.Application](id))
		if err != nil {
			return nil, err
		}
		return accountsOf(r, stores)
	}}.serve(s, "applications/:id/accounts", "List the accounts that an application sees")
	list[core.Group, *core.Group]{page: groupsOfApplication, within: func(r *request, id string) ([]core.Scope[core.Group], error) {
		stores, _, err := core.ApplicationStores(r.tx, core.ID[core.Application](id))
		if err != nil {
			return nil, err
		}
		return scopesOf(r, stores, core.GroupScope)
	}}.serve(s, "applications/:id/groups", "List the groups that an application sees")
	list[core.AccountStoreMapping, *core.AccountStoreMapping]{page: func(r *request, id string, p page) (core.Page[*core.AccountStoreMapping], error) {
		all, err := core.Mappings(r.tx, core.ID[core.Application](id))
		return cut(all, p), err
	}}.serve(s, "applications/:id/accountStoreMappings", "List an application's account stores in the order of login")
	s.create(Route{Path: "applications/:id/groups", Kind: "applications", Body: "groups", Summary: "Make a Group in the application's default store"},
		func(r *request, id string, in map[string]json.RawMessage) (any, error) {
			store, err := core.DefaultStore(r.tx, core.ID[core.Application](id), true)
			if err != nil {
				return nil, err
			}
			return createGroup(r, store.ID(), in)
		})
	s.register("applications")
	s.login()
	s.reset()
}

// createApplication makes an application, with a directory if the query asks for
// one.
func createApplication(r *request, _ string, in map[string]json.RawMessage) (any, error) {
	return made(r, in, func(*core.Application) error { return nil }, func(tx *core.Tx, a *core.Application) error {
		if err := core.Put(tx, a); err != nil {
			return err
		}
		if !r.query.Has("createDirectory") {
			return nil
		}
		name := r.query.Get("createDirectory")
		switch strings.ToLower(name) {
		case "false":
			return nil
		case "true":
			name = ""
		case "":
			return fieldError("required", "createDirectory", "createDirectory is required; it cannot be null, empty, or blank.")
		}
		if _, err := core.CreateDirectoryFor(tx, a, name); err != nil {
			return err
		}
		fresh, err := core.Get(tx, a.ID) // its defaults have been set
		if err == nil {
			*a = *fresh
		}
		return err
	})
}

// accountsOfApplication lists the accounts of all its stores, each once, in the
// order of the stores. Stores that cannot overlap are counted, not walked.
func accountsOfApplication(r *request, id string, p page) (core.Page[*core.Account], error) {
	stores, overlap, err := core.ApplicationStores(r.tx, core.ID[core.Application](id))
	if err != nil {
		return core.Page[*core.Account]{}, err
	}
	lists := make([]iter.Seq2[core.ID[core.Account], error], len(stores))
	size := 0
	for i, store := range stores {
		lists[i] = core.AccountsIn(r.tx, store)
		n, err := core.CountAccounts(r.tx, store)
		if err != nil {
			return core.Page[*core.Account]{}, err
		}
		size += n
	}
	if overlap {
		return paged(r, core.Union(lists...), -1, p)
	}
	return paged(r, core.Chain(lists...), size, p)
}

// groupsOfApplication lists groups as accountsOfApplication does accounts.
func groupsOfApplication(r *request, id string, p page) (core.Page[*core.Group], error) {
	stores, overlap, err := core.ApplicationStores(r.tx, core.ID[core.Application](id))
	if err != nil {
		return core.Page[*core.Group]{}, err
	}
	lists := make([]iter.Seq2[core.ID[core.Group], error], len(stores))
	size := 0
	for i, store := range stores {
		lists[i] = core.GroupsIn(r.tx, store)
		n, err := countGroups(r.tx, store)
		if err != nil {
			return core.Page[*core.Group]{}, err
		}
		size += n
	}
	if overlap {
		return paged(r, core.Union(lists...), -1, p)
	}
	return paged(r, core.Chain(lists...), size, p)
}

// countGroups is how many groups a store shows: a group shows itself.
func countGroups(tx *core.Tx, store core.Ref) (int, error) {
	if id, ok := core.IDOf[core.Directory](store); ok {
		return core.Count(tx, core.GroupsOf, core.Query{Owner: string(id)})
	}
	return 1, nil
}
