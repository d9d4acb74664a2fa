package core

// OrganizationAccountStoreMapping makes an organization look for its accounts in a
// directory or a group. It is to an organization what an AccountStoreMapping is to
// an application (spec 8).
type OrganizationAccountStoreMapping struct {
	Base[OrganizationAccountStoreMapping]
	ListIndex       int              `json:"listIndex"`
	DefaultAccounts bool             `json:"isDefaultAccountStore"`
	DefaultGroups   bool             `json:"isDefaultGroupStore"`
	Organization    ID[Organization] `json:"organization" api:"create"`
	Store           Ref              `json:"accountStore" api:"create"`
}

// The lists of an organization's mappings, and of those to a store.
var (
	OrganizationMappingsOf = &Index[OrganizationAccountStoreMapping]{Name: "org", List: true,
		Key: func(m *OrganizationAccountStoreMapping) (Entry, bool) {
			return Entry{Owner: string(m.Organization)}, true
		}}
	OrganizationMappingsTo = &Index[OrganizationAccountStoreMapping]{Name: "store", List: true,
		Key: func(m *OrganizationAccountStoreMapping) (Entry, bool) { return Entry{Owner: m.Store.ID()}, true }}
)

// The administrators' accounts are in no organization, so that none of its mappings
// decides about authority.
var organizationMappings = &Kind[OrganizationAccountStoreMapping]{
	Name: "organizationAccountStoreMappings", Noun: "OrganizationAccountStoreMapping", Key: "osm",
	Indexes: []*Index[OrganizationAccountStoreMapping]{OrganizationMappingsOf, OrganizationMappingsTo},
}

// Kind says how mappings of organizations are stored.
func (*OrganizationAccountStoreMapping) Kind() *Kind[OrganizationAccountStoreMapping] {
	return organizationMappings
}

// Owners are the organization and the store.
func (m *OrganizationAccountStoreMapping) Owners() []Ref {
	return []Ref{RefTo(m.Organization), m.Store}
}

// Defaults has a mapping that names no place go last.
func (m *OrganizationAccountStoreMapping) Defaults() { m.ListIndex = AtEnd }

func (m *OrganizationAccountStoreMapping) place() place {
	return place{"organization", RefTo(m.Organization), m.Store, &m.ListIndex, &m.DefaultAccounts, &m.DefaultGroups}
}

func (*OrganizationAccountStoreMapping) siblings() *Index[OrganizationAccountStoreMapping] {
	return OrganizationMappingsOf
}

// Check demands an organization and a store of this tenant, which is not itself an
// organization.
func (m *OrganizationAccountStoreMapping) Check(c *Checks) {
	if !m.place().check(c, directories.Name, groups.Name) || !c.New {
		return
	}
	admins, err := ofAdmins(c.Tx, m.Store)
	c.Fail(err)
	c.That(!admins, "accountStore", "protected", "The accounts of the administrators cannot be mapped to an organization.")
}

// Saved keeps the organization's default stores those that the mappings say.
func (m *OrganizationAccountStoreMapping) Saved(tx *Tx, _ *OrganizationAccountStoreMapping) error {
	return follow(tx, m.Organization, m.ID, m.DefaultAccounts, m.DefaultGroups)
}

// Deleted takes the mapping from the organization's defaults and closes the gap it
// leaves in the order.
func (m *OrganizationAccountStoreMapping) Deleted(tx *Tx) error {
	if err := follow(tx, m.Organization, m.ID, false, false); err != nil {
		return err
	}
	return unmapped(tx, m)
}

// OrganizationMappings are an organization's mappings in the order of login.
func OrganizationMappings(tx *Tx, org ID[Organization]) ([]*OrganizationAccountStoreMapping, error) {
	return mapped[OrganizationAccountStoreMapping](tx, string(org))
}
