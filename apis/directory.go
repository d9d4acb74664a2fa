package apis

import (
	"encoding/json"

	"github.com/stormkeep/stormkeep/core"
)

// directories serves directories, their accounts and groups, and their settings
// (spec 9, 13, 14).
func (s *Server) directories() {
	s.create(Route{Path: "directories", Kind: "directories", Body: "directories", Summary: "Make a Directory"},
		func(r *request, _ string, in map[string]json.RawMessage) (any, error) {
			if err := onlyCloud(in); err != nil {
				return nil, err
			}
			return made(r, in, func(*core.Directory) error { return nil }, core.Put)
		})
	s.resource(s.App.KindNamed("directories"))
	list[core.Account, *core.Account]{page: children(core.AccountsOf), within: owned[core.Account]}.
		serve(s, "directories/:id/accounts", "List a directory's accounts")
	list[core.Group, *core.Group]{page: children(core.GroupsOf), within: owned[core.Group]}.
		serve(s, "directories/:id/groups", "List a directory's groups")
	list[core.AccountStoreMapping, *core.AccountStoreMapping]{page: children(core.MappingsTo)}.
		serve(s, "directories/:id/applicationMappings", "List the mappings of a directory to applications")
	atHand(func(r *request, id string) ([]*core.Application, error) {
		return core.ApplicationsOf(r.tx, core.RefTo(core.ID[core.Directory](id)))
	}).serve(s, "directories/:id/applications", "List the applications that map a directory")
	s.create(Route{Path: "directories/:id/groups", Kind: "directories", Body: "groups", Summary: "Make a Group"}, createGroup)
	s.register("directories")
	for _, part := range []string{"passwordPolicies", "passwordStrengths", "accountCreationPolicies", "providers"} {
		s.read(s.App.KindNamed(part))
		s.edit(s.App.KindNamed(part))
	}
	s.schemas()
}

// onlyCloud refuses a provider other than our own, until others exist.
func onlyCloud(in map[string]json.RawMessage) error {
	raw, ok := in["provider"]
	if !ok || string(raw) == "null" {
		return nil
	}
	var p struct {
		ID string `json:"providerId"`
	}
	if json.Unmarshal(raw, &p) != nil || p.ID != "" && p.ID != "stormpath" {
		return fieldError("unsupported_value", "provider", "Directory provider %q is not supported.", p.ID)
	}
	return nil
}
