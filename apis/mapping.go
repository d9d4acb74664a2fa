package apis

import (
	"encoding/json"
	"maps"

	"github.com/stormkeep/stormkeep/core"
)

// mappings serves the account stores of applications and of organizations (spec 7,
// 8).
func (s *Server) mappings() {
	organizations := mappingsOf[core.OrganizationAccountStoreMapping](s, Route{Summary: "Map an account store to an organization"}, nil)
	mappingsOf[core.AccountStoreMapping](s, Route{Summary: "Map an account store to an application, or to an organization as the body says",
		Or: "organizationAccountStoreMappings"}, organizations)
}

// creator makes a record from a body.
type creator = func(r *request, id string, in map[string]json.RawMessage) (any, error)

// mappingsOf serves one kind of mapping, and returns what makes one. A body that
// names an organization and no application is for other, if there is one: the Node
// SDK sends mappings of organizations where those of applications go (spec 7).
func mappingsOf[T any, P core.StoreMapping[T]](s *Server, rt Route, other creator) creator {
	kind := name[T, P]()
	k := s.App.KindNamed(kind)
	create := func(r *request, id string, in map[string]json.RawMessage) (any, error) {
		if other != nil && in["organization"] != nil && in["application"] == nil {
			return other(r, id, in)
		}
		return made(r, listIndex(in), func(P) error { return nil }, core.SaveMapping[T, P])
	}
	rt.Path, rt.Kind, rt.Body = kind, kind, kind
	s.create(rt, create)
	s.read(k)
	s.change(Route{Path: kind + "/:id", Kind: kind, Body: kind, Summary: "Change one " + k.Info().Noun},
		func(r *request, id string, in map[string]json.RawMessage) (any, error) {
			m, err := core.Get[T, P](r.tx, core.ID[T](id))
			if err != nil {
				return nil, err
			}
			if err := r.fresh(any(m).(record)); err != nil {
				return nil, err
			}
			if err := r.decode(listIndex(in), m, false); err != nil {
				return nil, err
			}
			return present(m, core.SaveMapping[T, P](r.tx, m))
		})
	s.remove(k)
	return create
}

// listIndex is the body with the list index under its own name, where the Go SDK
// sends it under another (spec 25.3).
func listIndex(in map[string]json.RawMessage) map[string]json.RawMessage {
	raw, ok := in["collectionResourceIndex"]
	if !ok {
		return in
	}
	in = maps.Clone(in)
	delete(in, "collectionResourceIndex")
	if in["listIndex"] == nil {
		in["listIndex"] = raw
	}
	return in
}
