package apis

import (
	"encoding/json"
	"iter"

	"github.com/stormkeep/stormkeep/core"
)

// seenBy serves the accounts and the groups that applications, or organizations,
// see through their account stores, and new ones in their default stores (spec 6,
// 8).
func (s *Server) seenBy(owners string) {
	stores := func(r *request, id string) ([]core.Ref, error) {
		in, _, err := core.StoresOf(r.tx, core.Ref(owners+"/"+id))
		return in, err
	}
	noun := s.App.KindNamed(owners).Info().Noun
	list[core.Account, *core.Account]{
		page: func(r *request, id string, p page) (core.Page[*core.Account], error) {
			return through(r, core.Ref(owners+"/"+id), p, core.AccountsIn, core.CountAccounts)
		},
		within: func(r *request, id string) ([]core.Scope[core.Account], error) {
			in, err := stores(r, id)
			if err != nil {
				return nil, err
			}
			return accountsOf(r, in)
		},
	}.serve(s, owners+"/:id/accounts", "List the accounts that one "+noun+" sees")
	list[core.Group, *core.Group]{page: func(r *request, id string, p page) (core.Page[*core.Group], error) {
		return through(r, core.Ref(owners+"/"+id), p, core.GroupsIn, countGroups)
	}, within: func(r *request, id string) ([]core.Scope[core.Group], error) {
		in, err := stores(r, id)
		if err != nil {
			return nil, err
		}
		return scopesOf(r, in, core.GroupScope)
	},
	}.serve(s, owners+"/:id/groups", "List the groups that one "+noun+" sees")
	s.create(Route{Path: owners + "/:id/groups", Kind: owners, Body: "groups", Summary: "Make a Group in the default store of one " + noun},
		func(r *request, id string, in map[string]json.RawMessage) (any, error) {
			store, err := core.DefaultStore(r.tx, core.Ref(owners+"/"+id), true)
			if err != nil {
				return nil, err
			}
			return createGroup(r, store.ID(), in)
		})
	s.register(owners)
}

// through lists what is in the account stores of an owner, each once, in the order
// of the stores. Stores that cannot overlap are counted, not walked.
func through[T any, P core.Record[T]](r *request, owner core.Ref, p page, in func(*core.Tx, core.Ref) iter.Seq2[core.ID[T], error],
	count func(*core.Tx, core.Ref) (int, error)) (core.Page[P], error) {
	stores, overlap, err := core.StoresOf(r.tx, owner)
	if err != nil {
		return core.Page[P]{}, err
	}
	lists := make([]iter.Seq2[core.ID[T], error], len(stores))
	size := 0
	for i, store := range stores {
		lists[i] = in(r.tx, store)
		n, err := count(r.tx, store)
		if err != nil {
			return core.Page[P]{}, err
		}
		size += n
	}
	if overlap {
		return paged[T, P](r, core.Union(lists...), -1, p)
	}
	return paged[T, P](r, core.Chain(lists...), size, p)
}

// countGroups is how many groups a store shows: a group shows itself.
func countGroups(tx *core.Tx, store core.Ref) (int, error) {
	if id, ok := core.IDOf[core.Directory](store); ok {
		return core.Count(tx, core.GroupsOf, core.Query{Owner: string(id)})
	}
	return 1, nil
}
