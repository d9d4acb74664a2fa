package core

// AccountStoreMapping makes an application look for its accounts in a directory,
// a group or an organization. ListIndex is its place in the order of login, from 0
// without gaps.
type AccountStoreMapping struct {
	Base[AccountStoreMapping]
	ListIndex       int             `json:"listIndex"`
	DefaultAccounts bool            `json:"isDefaultAccountStore"`
	DefaultGroups   bool            `json:"isDefaultGroupStore"`
	Application     ID[Application] `json:"application" api:"create"`
	Store           Ref             `json:"accountStore" api:"create"`
}

// The lists of mappings, and the pair that is unique.
var (
	MappingsOf = &Index[AccountStoreMapping]{Name: "app", List: true,
		Key: func(m *AccountStoreMapping) (Entry, bool) { return Entry{Owner: string(m.Application)}, true }}
	MappingsTo = &Index[AccountStoreMapping]{Name: "store", List: true,
		Key: func(m *AccountStoreMapping) (Entry, bool) { return Entry{Owner: m.Store.ID()}, true }}
)

var mappings = &Kind[AccountStoreMapping]{
	Name: "accountStoreMappings", Noun: "AccountStoreMapping", Key: "asm",
	Indexes: []*Index[AccountStoreMapping]{MappingsOf, MappingsTo}, Authority: true,
}

// Kind says how mappings are stored.
func (*AccountStoreMapping) Kind() *Kind[AccountStoreMapping] { return mappings }

// Owners are the application and the store.
func (m *AccountStoreMapping) Owners() []Ref { return []Ref{RefTo(m.Application), m.Store} }

// Defaults has a mapping that names no place go last.
func (m *AccountStoreMapping) Defaults() { m.ListIndex = AtEnd }

func (m *AccountStoreMapping) place() place {
	return place{"application", RefTo(m.Application), m.Store, &m.ListIndex, &m.DefaultAccounts, &m.DefaultGroups}
}

func (*AccountStoreMapping) siblings() *Index[AccountStoreMapping] { return MappingsOf }

// Check demands an application and a store of this tenant (spec 7).
func (m *AccountStoreMapping) Check(c *Checks) {
	if !m.place().check(c, storeKinds...) {
		return
	}
	app, err := Get(c.Tx, m.Application)
	if err != nil {
		c.Fail(err)
		return
	}
	c.That(!app.Admin || !m.DefaultAccounts && !m.DefaultGroups, "application", "protected",
		"Nobody registers with the application of the administrators.")
	if !c.New {
		return
	}
	admins, err := ofAdmins(c.Tx, m.Store)
	c.Fail(err)
	first, err := Count(c.Tx, MappingsOf, Query{Owner: string(app.ID)})
	c.Fail(err)
	c.That(!app.Admin || admins && first == 0, "application", "protected",
		"The application of the administrators accepts no other account store.")
	c.That(app.Admin || !admins, "accountStore", "protected",
		"The accounts of the administrators cannot be mapped to another application.")
}

// Deleting keeps the mapping by which the administrators sign in.
func (m *AccountStoreMapping) Deleting(tx *Tx) error {
	app, err := Get(tx, m.Application)
	if err == nil && app.Admin {
		return &Error{Kind: Invalid, Code: "protected", Msg: "The mapping of the administrators cannot be deleted."}
	}
	if IsNotFound(err) {
		return nil
	}
	return err
}

// Saved keeps the application's default stores those that the mappings say.
func (m *AccountStoreMapping) Saved(tx *Tx, _ *AccountStoreMapping) error {
	return follow(tx, m.Application, m.ID, m.DefaultAccounts, m.DefaultGroups)
}

// Deleted takes the mapping from the application's defaults and closes the gap it
// leaves in the order.
func (m *AccountStoreMapping) Deleted(tx *Tx) error {
	if err := follow(tx, m.Application, m.ID, false, false); err != nil {
		return err
	}
	return unmapped(tx, m)
}

// Mappings are an application's mappings in the order of login.
func Mappings(tx *Tx, app ID[Application]) ([]*AccountStoreMapping, error) {
	return mapped[AccountStoreMapping](tx, string(app))
}
