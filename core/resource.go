package core

import (
	"net/url"
	"regexp"
	"slices"
	"strings"
)

// Resource is an API that takes access tokens: their audience (RFC 8707). Tokens that
// name none are for the provider itself, its userinfo endpoint.
type Resource struct {
	Base[Resource]
	Application ID[Application] `json:"application" api:"ro"`
	Name        string          `json:"name"`
	Description string          `json:"description" api:",null"`
	Identifier  string          `json:"identifier" api:"create"` // the aud of its tokens
	Status      Status          `json:"status"`
	Default     bool            `json:"default"` // of tokens of its application that name no other
	Scopes      []ScopeText     `json:"scopes"`
	Alg         string          `json:"accessTokenSigningAlg"`
	TTL         int             `json:"accessTokenLifetime"` // seconds; 0 is as the client says
	Clients     []string        `json:"clients"`             // whose tokens may be for it; none named: all of the application's
	Inspectors  []string        `json:"introspectors"`       // the clients that may introspect its tokens
}

// ScopeText is a scope and what people are told of it when they are asked.
type ScopeText struct {
	Name        string `json:"name"`
	Description string `json:"description"`
}

// ResourcesOf lists the resources of an application, ResourceIdentifier finds one, and
// resourceDefault the default one.
var (
	ResourcesOf = &Index[Resource]{Name: "app", List: true,
		Key: func(r *Resource) (Entry, bool) { return Entry{Owner: string(r.Application)}, true }}
	ResourceIdentifier = &Index[Resource]{Name: "aud", Rule: Unique, Taken: "Another Resource has that identifier.", Field: "identifier",
		Key: func(r *Resource) (Entry, bool) { return Entry{"", r.Identifier}, true }}
	resourceDefault = &Index[Resource]{Name: "def",
		Key: func(r *Resource) (Entry, bool) { return Entry{Owner: string(r.Application)}, r.Default }}
)

var resources = &Kind[Resource]{
	Name: "resources", Noun: "Resource", Key: "res", Indexes: []*Index[Resource]{ResourcesOf, ResourceIdentifier, resourceDefault},
	Rows: &Rows[Resource]{Within: ResourcesOf, Owners: "applications", Status: func(r *Resource) Status { return r.Status }, Text: []Text[Resource]{
		{Name: "name", Of: func(r *Resource) string { return r.Name }},
		{Name: "identifier", Of: func(r *Resource) string { return r.Identifier }}}},
	Links: []string{"tenant=tenants/{tenant}"}, Authority: true,
}

// Kind says how resources are stored.
func (*Resource) Kind() *Kind[Resource] { return resources }

// Owners is the application.
func (r *Resource) Owners() []Ref { return []Ref{RefTo(r.Application)} }

// Defaults sign by ES256.
func (r *Resource) Defaults() {
	r.Status, r.Alg, r.Scopes, r.Clients, r.Inspectors = Enabled, "ES256", []ScopeText{}, []string{}, []string{}
}

const maxScopes = 200

var scopeName = regexp.MustCompile(`^[!#-\[\]-~]{1,100}$`) // RFC 6749 section 3.3

// Check demands an absolute URI without a fragment (RFC 8707 section 2), which is no
// client's id (those have no colon) and not the tenant's issuer, and scopes that are not those of OpenID Connect.
func (r *Resource) Check(c *Checks) {
	c.Required("name", r.Name)
	c.Text("name", r.Name, 255)
	c.Text("description", r.Description, 1000)
	c.Required("identifier", r.Identifier)
	u, err := url.Parse(r.Identifier)
	c.That(err == nil && u.Scheme != "" && len(r.Identifier) <= maxURI && !strings.ContainsAny(r.Identifier, "# \"\\") && isASCII(r.Identifier), "identifier", "invalid_format",
		"Resource identifier is an absolute URI without a fragment, such as https://api.example.com.")
	if c.New && !c.Moved {
		t, err := Get(c.Tx, c.Tx.Tenant)
		c.Fail(err)
		if err == nil {
			c.That(!slices.Contains(t.issuers(c.Tx), asIssuer(r.Identifier)), "identifier", "unsupported_value",
				"Resource identifier must not be the issuer: tokens for it would be taken for those of the provider itself.")
		}
	}
	c.Status("status", r.Status, Enabled, Disabled)
	oneOf(c, "accessTokenSigningAlg", r.Alg, "ES256", "RS256", "EdDSA")
	c.That(r.TTL == 0 || r.TTL >= 10 && r.TTL <= 24*3600, "accessTokenLifetime", "out_of_range", "Resource accessTokenLifetime must be 10 to 86400 seconds, or 0.")
	names := make([]string, len(r.Scopes))
	for i, s := range r.Scopes {
		names[i] = s.Name
		c.Text("scopes", s.Description, 500)
		c.That(!slices.Contains(OpenIDScopes, s.Name), "scopes", "unsupported_value", "Resource scopes: %s is one of OpenID Connect.", s.Name)
		c.That(!slices.Contains(names[:i], s.Name), "scopes", "invalid_value", "Resource scopes: %s is there twice.", s.Name)
	}
	checkScopes(c, "scopes", names)
	c.That(len(r.Clients) <= 1000 && len(r.Inspectors) <= 100, "clients", "out_of_range", "Resource clients has at most 1000, introspectors at most 100 entries.")
	if old, ok := c.Old.(*Resource); ok {
		c.That(r.Identifier == old.Identifier, "identifier", "protected", "The identifier of a Resource is fixed when it is made.")
		c.That(r.Application == old.Application, "application", "protected", "A Resource stays with its application.")
	}
}

// Saved keeps one default an application.
func (r *Resource) Saved(tx *Tx, old *Resource) error {
	if !r.Default || old != nil && old.Default {
		return nil
	}
	all, err := FindAll(tx, resourceDefault, string(r.Application), "", 2)
	if err != nil {
		return err
	}
	for _, other := range all {
		if other.ID == r.ID {
			continue
		}
		other.Default = false
		if err := Put(tx, other); err != nil {
			return err
		}
	}
	return nil
}

// DefaultResource is what tokens of an application are for that name nothing else, nil
// for the provider itself.
func DefaultResource(tx *Tx, app ID[Application]) (*Resource, error) {
	r, err := Find(tx, resourceDefault, string(app), "")
	if IsNotFound(err) {
		return nil, nil
	}
	return r, err
}

// Has tells whether a scope is one of the resource's.
func (r *Resource) Has(scope string) bool {
	return slices.ContainsFunc(r.Scopes, func(s ScopeText) bool { return s.Name == scope })
}

// Serves tells whether tokens for the resource may be a client's.
func (r *Resource) Serves(c *Client) bool {
	return r.Status == Enabled && r.Application == c.Application && (len(r.Clients) == 0 || slices.Contains(r.Clients, string(c.ID)))
}

// OpenIDScopes are those scopes of OpenID Connect (Core sections 3.1.2.1, 5.4 and 11)
// for which there is something to say,
// and groups, which is ours.
var OpenIDScopes = []string{"openid", "profile", "email", "groups", "offline_access"}

func checkScopes(c *Checks, field string, names []string) {
	c.That(len(names) <= maxScopes, field, "out_of_range", "%s %s has at most %d entries.", c.noun, field, maxScopes)
	for _, n := range names[:min(len(names), maxScopes)] {
		c.That(scopeName.MatchString(n), field, "invalid_format", "%s %s: a scope has 1 to 100 printable ASCII characters without space, quote and backslash.", c.noun, field)
	}
}

func isASCII(s string) bool {
	return !strings.ContainsFunc(s, func(r rune) bool { return r <= ' ' || r >= 0x7f })
}
