package apis

import (
	"encoding/json"

	"github.com/stormkeep/stormkeep/core"
)

// organizations serves organizations and what they see through their account
// stores (spec 8).
func (s *Server) organizations() {
	s.create(Route{Path: "organizations", Kind: "organizations", Body: "organizations", Summary: "Make an Organization"}, createOrganization)
	s.resource(s.App.KindNamed("organizations"))
	list[core.OrganizationAccountStoreMapping, *core.OrganizationAccountStoreMapping]{
		page: func(r *request, id string, p page) (core.Page[*core.OrganizationAccountStoreMapping], error) {
			all, err := core.OrganizationMappings(r.tx, core.ID[core.Organization](id))
			return cut(all, p), err
		}}.serve(s, "organizations/:id/accountStoreMappings", "List an organization's account stores in the order of login")
	s.seenBy("organizations")
	list[core.Organization, *core.Organization]{page: all[core.Organization], within: everywhere[core.Organization]}.
		serve(s, "tenants/:id/organizations", "List the tenant's organizations")
	atHand(func(r *request, id string) ([]*core.Organization, error) {
		return core.OrganizationsOf(r.tx, core.RefTo(core.ID[core.Directory](id)))
	}).serve(s, "directories/:id/organizations", "List the organizations that map a directory")
	list[core.OrganizationAccountStoreMapping, *core.OrganizationAccountStoreMapping]{page: children(core.OrganizationMappingsTo)}.
		serve(s, "directories/:id/organizationMappings", "List the mappings of a directory to organizations")
}

// createOrganization makes an organization, with a directory if the query asks for
// one.
func createOrganization(r *request, _ string, in map[string]json.RawMessage) (any, error) {
	return made(r, in, func(*core.Organization) error { return nil }, func(tx *core.Tx, o *core.Organization) error {
		if err := core.Put(tx, o); err != nil {
			return err
		}
		name, wanted, err := r.newDirectory()
		if err != nil || !wanted {
			return err
		}
		if _, err := core.CreateDirectoryForOrganization(tx, o, name); err != nil {
			return err
		}
		fresh, err := core.Get(tx, o.ID) // its defaults have been set
		if err == nil {
			*o = *fresh
		}
		return err
	})
}
