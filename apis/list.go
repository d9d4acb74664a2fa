package apis

import (
	"iter"
	"maps"
	"slices"
	"strings"

	"github.com/stormkeep/stormkeep/core"
)

// list is a collection of records of type T: where they come from, and by which
// attributes one is found exactly.
type list[T any, P core.Record[T]] struct {
	// page reads a part of the list, in its order.
	page func(r *request, id string, p page) (core.Page[P], error)
	// exact finds the records with an attribute of that value, at most 1,000, by an
	// index. The names are the attributes that may be asked for.
	exact map[string]func(r *request, id, value string) ([]P, error)
}

// attributes reads the attribute of a record that a filter compares.
var attributes = map[string]func(rec any) string{
	"name": func(rec any) string {
		switch v := rec.(type) {
		case *core.Application:
			return v.Name
		case *core.Directory:
			return v.Name
		case *core.Group:
			return v.Name
		}
		return ""
	},
	"username": func(rec any) string { return rec.(*core.Account).Username },
	"email":    func(rec any) string { return rec.(*core.Account).Email },
}

// serve adds the list at a path such as "directories/:id/groups".
func (l list[T, P]) serve(s *Server, path, summary string) {
	owner, child, _ := strings.Cut(path, "/:id/")
	s.get(Route{Path: path, Kind: owner, List: name[T, P](), Filters: slices.Sorted(maps.Keys(l.exact)), Summary: summary}, func(r *request, id string) (any, error) {
		if err := r.owner(owner, id); err != nil {
			return nil, err
		}
		c := &collection{path: owner + "/" + id + "/" + child, page: r.page}
		if len(r.page.where) > 0 {
			return c, l.filtered(r, id, c)
		}
		p, err := l.page(r, id, r.page)
		if err != nil {
			return nil, err
		}
		c.size = p.Size
		for _, rec := range p.Items {
			c.items = append(c.items, rec)
		}
		return c, nil
	})
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

// filtered finds by the first attribute that has an index and compares the rest.
// A name that is no attribute to search by is refused, never ignored.
func (l list[T, P]) filtered(r *request, id string, c *collection) error {
	for attr, value := range r.page.where {
		if l.exact[attr] == nil {
			return queryError("unsupported_query", "%q is not a supported query property.", attr)
		}
		if strings.HasPrefix(value, "*") || strings.HasSuffix(value, "*") {
			return queryError("unsupported_query", "The query property %q is searched by its exact value only.", attr)
		}
	}
	var found []P
	for _, attr := range []string{"id", "username", "email", "name"} {
		value, ok := r.page.where[attr]
		if !ok {
			continue
		}
		var err error
		if found, err = l.exact[attr](r, id, value); err != nil {
			return err
		}
		break
	}
	for _, rec := range found {
		if !fits(rec, r.page.where) {
			continue
		}
		if c.size++; c.size > c.page.offset && len(c.items) < c.page.limit {
			c.items = append(c.items, rec)
		}
	}
	return nil
}

// fits tells whether a record has all the values, in any case.
func fits(rec any, where map[string]string) bool {
	for attr, value := range where {
		if read := attributes[attr]; read != nil && core.Fold(read(rec)) != core.Fold(value) {
			return false
		}
	}
	return true
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

// named finds by an index of names within an owner; tenant-wide where inTenant.
func named[T any, P core.Record[T]](ix *core.Index[T], inTenant bool) func(*request, string, string) ([]P, error) {
	return func(r *request, id, value string) ([]P, error) {
		if inTenant {
			id = ""
		}
		return core.FindAll[T, P](r.tx, ix, id, core.Fold(value), 1000)
	}
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
