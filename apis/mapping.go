package apis

import (
	"encoding/json"

	"github.com/stormkeep/stormkeep/core"
)

// mappings serves the account stores of applications (spec 7).
func (s *Server) mappings() {
	s.create(Route{Path: "accountStoreMappings", Kind: "accountStoreMappings", Body: "accountStoreMappings",
		Summary: "Map an account store to an application"}, func(r *request, _ string, in map[string]json.RawMessage) (any, error) {
		return made(r, in, func(m *core.AccountStoreMapping) error {
			if in["listIndex"] == nil && in["collectionResourceIndex"] == nil {
				m.ListIndex = core.AtEnd
			}
			return r.collectionIndex(m, in)
		}, core.SaveMapping)
	})
	s.get(Route{Path: "accountStoreMappings/:id", Kind: "accountStoreMappings", Summary: "Read one AccountStoreMapping"},
		func(r *request, id string) (any, error) {
			return present(core.Get(r.tx, core.ID[core.AccountStoreMapping](id)))
		})
	s.change(Route{Path: "accountStoreMappings/:id", Kind: "accountStoreMappings", Body: "accountStoreMappings", Summary: "Change one AccountStoreMapping"},
		func(r *request, id string, in map[string]json.RawMessage) (any, error) {
			m, err := core.Get(r.tx, core.ID[core.AccountStoreMapping](id))
			if err != nil {
				return nil, err
			}
			if err := r.fresh(m); err != nil {
				return nil, err
			}
			if err := r.decode(in, m, false, "collectionResourceIndex"); err != nil {
				return nil, err
			}
			if err := r.collectionIndex(m, in); err != nil {
				return nil, err
			}
			return present(m, core.SaveMapping(r.tx, m))
		})
	s.remove(s.App.KindNamed("accountStoreMappings"))
}

// collectionIndex reads the list index under the name by which the Go SDK sends
// it (spec 25.3).
func (r *request) collectionIndex(m *core.AccountStoreMapping, in map[string]json.RawMessage) error {
	raw, ok := in["collectionResourceIndex"]
	if !ok || in["listIndex"] != nil {
		return nil
	}
	return r.decode(map[string]json.RawMessage{"listIndex": raw}, m, true)
}
