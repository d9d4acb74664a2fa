package apis

import (
	"strings"

	"github.com/stormkeep/stormkeep/core"
)

// unbuilt answers the links of what does not exist yet: an empty collection, or
// the defaults, which nobody can change (house.md section 2). A line goes when its
// noun comes.
func (s *Server) unbuilt() {
	for _, path := range []string{
		"tenants/:id/organizations", "tenants/:id/agents", "tenants/:id/idSites", "tenants/:id/smtpServers",
		"tenants/:id/phones", "tenants/:id/registeredSamlServiceProviders",
		"directories/:id/organizations", "directories/:id/organizationMappings",
		"accounts/:id/accessTokens", "accounts/:id/refreshTokens", "accounts/:id/linkedAccounts",
		"accounts/:id/accountLinks", "accounts/:id/phones", "accounts/:id/factors",
	} {
		owner, child, _ := strings.Cut(path, "/:id/")
		s.get(Route{Path: path, Kind: owner, Summary: "Empty until it is built"}, func(r *request, id string) (any, error) {
			if err := r.owner(owner, id); err != nil {
				return nil, err
			}
			return &collection{path: owner + "/" + id + "/" + child, page: r.page}, nil
		})
	}
	for _, d := range []struct {
		path, owner string
		members     []core.ViewField
	}{
		{"directories/:id/provider", "directories", []core.ViewField{{Name: "providerId", Value: "stormpath"}, {Name: "providerType", Value: "stormpath"}}},
		{"accounts/:id/providerData", "accounts", []core.ViewField{{Name: "providerId", Value: "stormpath"}}},
		{"passwordPolicies/:id", "directories", []core.ViewField{{Name: "resetTokenTtl", Value: 24},
			{Name: "resetEmailStatus", Value: "DISABLED"}, {Name: "resetSuccessEmailStatus", Value: "DISABLED"},
			{Name: "strength", Value: core.Href("passwordPolicies/:id/strength")}}},
		{"accountCreationPolicies/:id", "directories", []core.ViewField{{Name: "verificationEmailStatus", Value: "DISABLED"},
			{Name: "verificationSuccessEmailStatus", Value: "DISABLED"}, {Name: "welcomeEmailStatus", Value: "DISABLED"},
			{Name: "emailDomainWhitelist", Value: []string{}}, {Name: "emailDomainBlacklist", Value: []string{}}}},
		{"oAuthPolicies/:id", "applications", []core.ViewField{{Name: "accessTokenTtl", Value: "PT1H"}, {Name: "refreshTokenTtl", Value: "P60D"},
			{Name: "application", Value: core.Href("applications/:id")}}},
		{"accountLinkingPolicies/:id", "applications", []core.ViewField{{Name: "status", Value: "DISABLED"},
			{Name: "automaticProvisioning", Value: "DISABLED"}, {Name: "matchingProperty", Value: nil}}},
	} {
		s.get(Route{Path: d.path, Kind: d.owner, Summary: "The defaults, until it is built"}, func(r *request, id string) (any, error) {
			k := s.App.KindNamed(d.owner)
			rec, err := k.Load(r.tx, id)
			if err != nil {
				return nil, err
			}
			made := rec.(interface{ Created() core.Time }).Created()
			o := &object{path: strings.Replace(d.path, ":id", id, 1), members: []core.ViewField{
				{Name: "createdAt", Value: made}, {Name: "modifiedAt", Value: made}}}
			for _, m := range d.members {
				if to, ok := m.Value.(core.Href); ok {
					m.Value = core.Href(strings.Replace(string(to), ":id", id, 1))
				}
				o.members = append(o.members, m)
			}
			return o, nil
		})
	}
}
