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
		"tenants/:id/agents", "tenants/:id/idSites",
		"tenants/:id/phones", "tenants/:id/registeredSamlServiceProviders",
		"accounts/:id/accessTokens", "accounts/:id/refreshTokens", "accounts/:id/phones", "accounts/:id/factors",
	} {
		owner, child, _ := strings.Cut(path, "/:id/")
		s.get(Route{Path: path, Kind: owner, Shows: "EmptyList", Default: true, Summary: "Empty until it is built"}, func(r *request, id string) (any, error) {
			if err := r.owner(owner, id); err != nil {
				return nil, err
			}
			return &collection{path: owner + "/" + id + "/" + child, page: r.page}, nil
		})
	}
	for _, d := range defaults {
		s.get(Route{Path: d.path, Kind: d.owner, Shows: d.noun, Members: d.object("", core.Time{}).example(), Default: true, Summary: "The defaults, until it is built"},
			func(r *request, id string) (any, error) {
				return r.defaults(d, id, strings.Replace(d.path, ":id", id, 1))
			})
	}
	for _, path := range []string{"authTokens", "oauth/token", "oauth/revoke"} {
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
	{"accounts/:id/providerData", "ProviderData", "accounts", []core.ViewField{{Name: "providerId", Value: "stormpath"}}},
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
