package core

import (
	"regexp"
	"slices"
)

// Organization is a customer of the applications that map it: a set of account
// stores with a name that logins and hosts can carry. It owns nothing but its
// mappings (spec 8).
type Organization struct {
	Base[Organization]
	Name        string `json:"name"`
	NameKey     string `json:"nameKey"`
	Description string `json:"description" api:",null"`
	Status      Status `json:"status"`

	DefaultStores[OrganizationAccountStoreMapping]

	Epoch uint64 `json:"epoch" api:"-"`
}

// The names by which an organization is found.
var (
	OrganizationName = &Index[Organization]{Name: "name", Rule: Unique,
		Key: func(o *Organization) (Entry, bool) { return Entry{"", Fold(o.Name)}, true }}
	OrganizationKey = &Index[Organization]{Name: "nameKey", Rule: Unique,
		Key: func(o *Organization) (Entry, bool) { return Entry{"", Fold(o.NameKey)}, true }}
)

var organizations = &Kind[Organization]{
	Name: "organizations", Noun: "Organization", Key: "org", Custom: true,
	Indexes: []*Index[Organization]{OrganizationName, OrganizationKey},
	Rows: &Rows[Organization]{Status: func(o *Organization) Status { return o.Status }, Text: []Text[Organization]{
		{Name: "name", Of: func(o *Organization) string { return o.Name }, Index: OrganizationName},
		{Name: "nameKey", Of: func(o *Organization) string { return o.NameKey }, Index: OrganizationKey},
		{Name: "description", Of: func(o *Organization) string { return o.Description }}}},
	Links: []string{"tenant=tenants/{tenant}", "customData", "accounts", "groups", "accountStoreMappings",
		"accountLinkingPolicy=accountLinkingPolicies/{id}"},
}

// Kind says how organizations are stored.
func (*Organization) Kind() *Kind[Organization] { return organizations }

// Defaults enables the organization.
func (o *Organization) Defaults() { o.Status = Enabled }

var nameKey = regexp.MustCompile(`^[a-z0-9]([a-z0-9-]{0,61}[a-z0-9])?$`)

// Check holds the limits of spec 8.
func (o *Organization) Check(c *Checks) {
	c.Required("name", o.Name)
	c.Text("name", o.Name, 255)
	c.Required("nameKey", o.NameKey)
	c.That(nameKey.MatchString(o.NameKey), "nameKey", "invalid_format",
		"Organization nameKey must be 1 to 63 of a-z, 0-9 and hyphens, without a hyphen at either end.")
	c.Text("description", o.Description, 1000)
	c.Status("status", o.Status, Enabled, Disabled)
	if old, ok := c.Old.(*Organization); ok {
		o.Epoch = nextEpoch(old.Epoch, old.Status, o.Status)
	}
}

// OrganizationOf is the organization of that id or nameKey, if the application maps it:
// any other is not found.
func OrganizationOf(tx *Tx, app ID[Application], name string) (*Organization, error) {
	if len(name) > 63 {
		return nil, errNotFound()
	}
	sys := tx.trusted()
	o, err := Get(sys, ID[Organization](name))
	if IsNotFound(err) {
		o, err = Find(sys, OrganizationKey, "", Fold(name))
	}
	if err != nil {
		return nil, err
	}
	all, err := Mappings(sys, app)
	if err == nil && !slices.ContainsFunc(all, func(m *AccountStoreMapping) bool { return m.Store == RefTo(o.ID) }) {
		err = errNotFound()
	}
	return o, err
}

// CreateDirectoryForOrganization makes the directory that comes with a new
// organization, as CreateDirectoryFor does that of an application.
func CreateDirectoryForOrganization(tx *Tx, o *Organization, name string) (*Directory, error) {
	d, err := createDirectory(tx, RefTo(o.ID), o.Name, name)
	if err != nil {
		return nil, err
	}
	m := &OrganizationAccountStoreMapping{Organization: o.ID, Store: RefTo(d.ID), DefaultAccounts: true, DefaultGroups: true}
	return d, SaveMapping(tx, m)
}
