package apis

import (
	"strings"

	"github.com/gofiber/fiber/v3"

	"github.com/stormkeep/stormkeep/core"
)

// unbuilt answers the links of what does not exist yet: an empty collection, or
// the defaults, which nobody can change. A line goes when its
// noun comes.
func (s *Server) unbuilt() {
	for _, path := range []string{
		"tenants/:id/agents", "tenants/:id/idSites", "tenants/:id/smtpServers",
		"tenants/:id/phones", "tenants/:id/registeredSamlServiceProviders",
		"accounts/:id/accessTokens", "accounts/:id/refreshTokens", "accounts/:id/phones", "accounts/:id/factors",
		"passwordPolicies/:id/resetEmailTemplates", "passwordPolicies/:id/resetSuccessEmailTemplates",
		"accountCreationPolicies/:id/verificationEmailTemplates", "accountCreationPolicies/:id/verificationSuccessEmailTemplates",
		"accountCreationPolicies/:id/welcomeEmailTemplates",
	} {
		parent, child, _ := strings.Cut(path, "/:id/")
		owner := parent
		if strings.HasSuffix(parent, "Policies") {
			owner = "directories"
		}
		s.get(Route{Path: path, Kind: owner, Shows: "EmptyList", Summary: "Empty until it is built"}, func(r *request, id string) (any, error) {
			if err := r.owner(owner, id); err != nil {
				return nil, err
			}
			return &collection{path: parent + "/" + id + "/" + child, page: r.page}, nil
		})
	}
	for _, d := range defaults {
		s.get(Route{Path: d.path, Kind: d.owner, Shows: d.noun, Members: d.object("", core.Time{}).example(), Summary: "The defaults, until it is built"},
			func(r *request, id string) (any, error) {
				return r.defaults(d, id, strings.Replace(d.path, ":id", id, 1))
			})
	}
	s.schemaFields()
	for _, path := range []string{"verificationEmails", "authTokens", "oauth/token", "oauth/revoke"} {
		s.fiber.All("/v1/applications/:id/"+path, func(fiber.Ctx) error { return errMethod() })
	}
}

// policy is what is shown of a thing that does not exist yet. An Href among its
// members is a link, with :id and {tenant} in it.
type policy struct {
	path, noun, owner string
	members           []core.ViewField
}

var defaults = []policy{
	{"directories/:id/provider", "Provider", "directories", []core.ViewField{{Name: "providerId", Value: "stormpath"}, {Name: "providerType", Value: "stormpath"}}},
	{"accounts/:id/providerData", "ProviderData", "accounts", []core.ViewField{{Name: "providerId", Value: "stormpath"}}},
	{"passwordPolicies/:id", "PasswordPolicy", "directories", []core.ViewField{{Name: "resetTokenTtl", Value: 24},
		{Name: "resetEmailStatus", Value: "DISABLED"}, {Name: "resetSuccessEmailStatus", Value: "DISABLED"},
		{Name: "strength", Value: core.Href("passwordPolicies/:id/strength")},
		{Name: "resetEmailTemplates", Value: core.Href("passwordPolicies/:id/resetEmailTemplates")},
		{Name: "resetSuccessEmailTemplates", Value: core.Href("passwordPolicies/:id/resetSuccessEmailTemplates")}}},
	{"accountCreationPolicies/:id", "AccountCreationPolicy", "directories", []core.ViewField{{Name: "verificationEmailStatus", Value: "DISABLED"},
		{Name: "verificationSuccessEmailStatus", Value: "DISABLED"}, {Name: "welcomeEmailStatus", Value: "DISABLED"},
		{Name: "emailDomainWhitelist", Value: []string{}}, {Name: "emailDomainBlacklist", Value: []string{}},
		{Name: "verificationEmailTemplates", Value: core.Href("accountCreationPolicies/:id/verificationEmailTemplates")},
		{Name: "verificationSuccessEmailTemplates", Value: core.Href("accountCreationPolicies/:id/verificationSuccessEmailTemplates")},
		{Name: "welcomeEmailTemplates", Value: core.Href("accountCreationPolicies/:id/welcomeEmailTemplates")}}},
	{"schemas/:id", "Schema", "directories", []core.ViewField{{Name: "fields", Value: core.Href("schemas/:id/fields")},
		{Name: "directory", Value: core.Href("directories/:id")}}},
	{"oAuthPolicies/:id", "OAuthPolicy", "applications", []core.ViewField{{Name: "accessTokenTtl", Value: "PT1H"}, {Name: "refreshTokenTtl", Value: "P60D"},
		{Name: "tokenEndpoint", Value: core.Href("applications/:id/oauth/token")},
		{Name: "revocationEndpoint", Value: core.Href("applications/:id/oauth/revoke")},
		{Name: "application", Value: core.Href("applications/:id")}, {Name: "tenant", Value: core.Href("tenants/{tenant}")}}},
	{"samlPolicies/:id", "SamlPolicy", "applications", []core.ViewField{{Name: "serviceProvider", Value: nil}, {Name: "identityProvider", Value: nil}}},
	{"applicationWebConfigs/:id", "ApplicationWebConfig", "applications", []core.ViewField{{Name: "dnsLabel", Value: nil}, {Name: "domainName", Value: nil},
		{Name: "status", Value: "DISABLED"}, {Name: "oauth2", Value: off}, {Name: "register", Value: off}, {Name: "login", Value: off},
		{Name: "verifyEmail", Value: off}, {Name: "forgotPassword", Value: off}, {Name: "changePassword", Value: off},
		{Name: "me", Value: map[string]any{"enabled": false, "expand": map[string]bool{"apiKeys": false, "applications": false, "customData": false,
			"directory": false, "groupMemberships": false, "groups": false, "providerData": false, "tenant": false}}},
		{Name: "signingApiKey", Value: nil}, {Name: "application", Value: core.Href("applications/:id")}, {Name: "tenant", Value: core.Href("tenants/{tenant}")}}},
}

var off = map[string]any{"enabled": false}

// defaults shows what there is of d, for the owner of that id.
func (r *request) defaults(d policy, id, path string) (*object, error) {
	k := r.srv.App.KindNamed(d.owner)
	rec, err := k.Load(r.tx, id)
	if err != nil {
		return nil, err
	}
	o := d.object(path, rec.(interface{ Created() core.Time }).Created())
	for i, m := range o.members {
		if to, ok := m.Value.(core.Href); ok {
			m.Value = core.Href(strings.NewReplacer(":id", id, "{tenant}", string(r.tx.Tenant)).Replace(string(to)))
		}
		o.members[i] = m
	}
	return o, nil
}

// object is what d shows, with its links not yet made.
func (d policy) object(path string, made core.Time) *object {
	return &object{path: path, members: append([]core.ViewField{{Name: "createdAt", Value: made}, {Name: "modifiedAt", Value: made}}, d.members...)}
}

// schemaFields serves the two fields of a directory's account schema (spec 9.4).
func (s *Server) schemaFields() {
	names := []string{"givenName", "surname"}
	field := func(name string) policy {
		return policy{noun: "Field", owner: "directories", members: []core.ViewField{{Name: "name", Value: name}, {Name: "required", Value: false},
			{Name: "schema", Value: core.Href("schemas/:id")}}}
	}
	shown := field("").object("", core.Time{}).example()
	s.get(Route{Path: "schemas/:id/fields", Kind: "directories", Shows: "FieldList", Members: shown, Summary: "The defaults, until it is built"},
		func(r *request, id string) (any, error) {
			c := &collection{path: "schemas/" + id + "/fields", page: r.page, size: len(names)}
			for _, name := range names {
				o, err := r.defaults(field(name), id, "fields/"+id+name)
				if err != nil {
					return nil, err
				}
				c.items = append(c.items, o)
			}
			c.items = cut(c.items, r.page).Items
			return c, nil
		})
	s.get(Route{Path: "fields/:id", Kind: "directories", Shows: "Field", Members: shown, Summary: "The defaults, until it is built"},
		func(r *request, id string) (any, error) {
			for _, name := range names {
				if dir, ok := strings.CutSuffix(id, name); ok {
					return r.defaults(field(name), dir, "fields/"+id)
				}
			}
			return nil, core.Errorf(core.NotFound, "not_found", "The requested resource does not exist.")
		})
}
