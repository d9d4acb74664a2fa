package apis

import (
	"iter"
	"maps"
	"slices"
	"strings"

	"github.com/stormkeep/stormkeep/core"
)

// list is a collection of records of type T.
type list[T any, P core.Record[T]] struct {
	// page reads a part of the whole list, in its order.
	page func(r *request, id string, p page) (core.Page[P], error)
	// within is where the list is searched; nil means that it is not.
	within func(r *request, id string) ([]core.Scope[T], error)
}

// serve adds the list at a path such as "directories/:id/groups".
func (l list[T, P]) serve(s *Server, path, summary string) {
	owner, child, _ := strings.Cut(path, "/:id/")
	info := s.App.KindNamed(name[T, P]()).Info()
	if l.within == nil {
		info.Search = nil
	}
	s.get(Route{Path: path, Kind: owner, List: info.Name, Filters: filters(info), Summary: summary}, func(r *request, id string) (any, error) {
		if err := r.owner(owner, id); err != nil {
			return nil, err
		}
		p, err := l.read(r, id, info)
		if err != nil {
			return nil, err
		}
		return collected(r, owner+"/"+id+"/"+child, p), nil
	})
}

// collected is a page of a list as it is shown, at a path below /v1.
func collected[P any](r *request, path string, p core.Page[P]) *collection {
	c := &collection{path: path, page: r.page, size: p.Size}
	for _, rec := range p.Items {
		c.items = append(c.items, rec)
	}
	return c
}

// read is the asked part of the list, or of what a search finds in it.
func (l list[T, P]) read(r *request, id string, info core.KindInfo) (core.Page[P], error) {
	if !r.page.narrowed() {
		return l.page(r, id, r.page)
	}
	s, err := r.page.searching(info)
	if err != nil {
		return core.Page[P]{}, err
	}
	if len(s.Terms) == 0 && len(s.Order) == 0 {
		return l.page(r, id, r.page)
	}
	scopes, err := l.within(r, id)
	if err != nil {
		return core.Page[P]{}, err
	}
	return core.Select[T, P](r.tx, scopes, s)
}

// filters are the attributes that a list of a kind is searched by.
func filters(info core.KindInfo) []string {
	if info.Search == nil {
		return nil
	}
	return append([]string{"q", "orderBy"}, slices.Sorted(maps.Keys(info.Search))...)
}

// everywhere searches all of the tenant's records.
func everywhere[T any](*request, string) ([]core.Scope[T], error) { return core.Everywhere[T](), nil }

// owned searches the list of the record whose collection it is.
func owned[T any](_ *request, id string) ([]core.Scope[T], error) { return core.OwnedBy[T](id), nil }

// accountsOf searches the accounts of stores.
func accountsOf(r *request, stores []core.Ref) ([]core.Scope[core.Account], error) {
	return scopesOf(r, stores, core.AccountScope)
}

func scopesOf[T any](r *request, stores []core.Ref, of func(*core.Tx, core.Ref) (core.Scope[T], error)) ([]core.Scope[T], error) {
	scopes := make([]core.Scope[T], len(stores))
	for i, store := range stores {
		var err error
		if scopes[i], err = of(r.tx, store); err != nil {
			return nil, err
		}
	}
	return scopes, nil
}

// atHand is a list of few records, which are read whole. They are of the tenant's own
// list.
func atHand[T any, P core.Record[T]](read func(r *request, id string) ([]P, error)) list[T, P] {
	return list[T, P]{
		page: func(r *request, id string, p page) (core.Page[P], error) {
			recs, err := read(r, id)
			return cut(recs, p), err
		},
		within: func(r *request, id string) ([]core.Scope[T], error) {
			recs, err := read(r, id)
			ids := make([]core.ID[T], len(recs))
			for i, rec := range recs {
				_, id, _ := strings.Cut(any(rec).(record).Path(), "/")
				ids[i] = core.ID[T](id)
			}
			return []core.Scope[T]{core.Only("", ids)}, err
		},
	}
}

// owner demands that the record whose list it is exists.
func (r *request) owner(kind, id string) error {
	k := r.srv.App.KindNamed(kind)
	if k == nil {
		return core.Errorf(core.NotFound, "not_found", "The requested resource does not exist.")
	}
	_, err := k.Load(r.tx, id)
	return err
}

// children lists the records of B that ix files under a record of A.
func children[B any, P core.Record[B]](ix *core.Index[B]) func(*request, string, page) (core.Page[P], error) {
	return func(r *request, id string, p page) (core.Page[P], error) {
		return core.List[B, P](r.tx, ix, core.Query{Owner: id, Offset: p.offset, Limit: p.limit})
	}
}

// all lists the tenant's records of T, in the order of ix or in that in which
// they were made. id must be the tenant's.
func all[T any, P core.Record[T]](r *request, _ string, p page) (core.Page[P], error) {
	return core.List[T, P](r.tx, nil, core.Query{Offset: p.offset, Limit: p.limit})
}

// paged reads a part of a list that is known by its ids. size below 0 has them
// counted.
func paged[T any, P core.Record[T]](r *request, ids iter.Seq2[core.ID[T], error], size int, p page) (core.Page[P], error) {
	out := core.Page[P]{Offset: p.offset, Limit: p.limit, Size: size}
	n := 0
	for id, err := range ids {
		if err != nil {
			return out, err
		}
		n++
		if n <= p.offset || len(out.Items) == p.limit {
			if size >= 0 && len(out.Items) == p.limit {
				break
			}
			continue
		}
		rec, err := core.Get[T, P](r.tx, id)
		if core.IsNotFound(err) {
			n--
			continue
		}
		if err != nil {
			return out, err
		}
		out.Items = append(out.Items, rec)
	}
	if size < 0 {
		out.Size = n
	}
	return out, nil
}

// cut is the asked part of a list that is at hand whole.
func cut[P any](items []P, p page) core.Page[P] {
	out := core.Page[P]{Offset: p.offset, Limit: p.limit, Size: len(items)}
	if p.offset < len(items) {
		out.Items = items[p.offset:min(p.offset+p.limit, len(items))]
	}
	return out
}
