package apis

import (
	"encoding/json"
	"maps"

	"github.com/stormkeep/stormkeep/core"
)

// mappings serves the account stores of applications (spec 7).
func (s *Server) mappings() {
	s.create(Route{Path: "accountStoreMappings", Kind: "accountStoreMappings", Body: "accountStoreMappings",
		Summary: "Map an account store to an application"}, func(r *request, _ string, in map[string]json.RawMessage) (any, error) {
		in = listIndex(in)
		return made(r, in, func(m *core.AccountStoreMapping) error {
			if in["listIndex"] == nil {
				m.ListIndex = core.AtEnd
			}
			return nil
		}, core.SaveMapping)
	})
	s.read(s.App.KindNamed("accountStoreMappings"))
	s.change(Route{Path: "accountStoreMappings/:id", Kind: "accountStoreMappings", Body: "accountStoreMappings", Summary: "Change one AccountStoreMapping"},
		func(r *request, id string, in map[string]json.RawMessage) (any, error) {
			m, err := core.Get(r.tx, core.ID[core.AccountStoreMapping](id))
			if err != nil {
				return nil, err
			}
			if err := r.fresh(m); err != nil {
				return nil, err
			}
			if err := r.decode(listIndex(in), m, false); err != nil {
				return nil, err
			}
			return present(m, core.SaveMapping(r.tx, m))
		})
	s.remove(s.App.KindNamed("accountStoreMappings"))
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
