package core

// GroupMembership puts an account into a group of its directory.
type GroupMembership struct {
	Base[GroupMembership]
	Account ID[Account] `json:"account" api:"create"`
	Group   ID[Group]   `json:"group" api:"create"`
}

// The lists of memberships, and the pair that is unique.
var (
	MembershipsOf = &Index[GroupMembership]{Name: "acc", List: true,
		Key: func(m *GroupMembership) (Entry, bool) { return Entry{Owner: string(m.Account)}, true }}
	MembersOf = &Index[GroupMembership]{Name: "grp", List: true,
		Key: func(m *GroupMembership) (Entry, bool) { return Entry{Owner: string(m.Group)}, true }}
	MembershipPair = &Index[GroupMembership]{Name: "pair", Rule: Unique,
		Taken: "Group membership already exists.",
		Key:   func(m *GroupMembership) (Entry, bool) { return Entry{string(m.Group), string(m.Account)}, true }}
)

var memberships = &Kind[GroupMembership]{
	Name: "groupMemberships", Noun: "GroupMembership", Key: "mem",
	Indexes: []*Index[GroupMembership]{MembershipsOf, MembersOf, MembershipPair}, Support: "cd",
}

// Kind says how memberships are stored.
func (*GroupMembership) Kind() *Kind[GroupMembership] { return memberships }

// Owners are the account and the group.
func (m *GroupMembership) Owners() []Ref { return []Ref{RefTo(m.Account), RefTo(m.Group)} }

// Check demands an account and a group of the same directory (spec 10).
func (m *GroupMembership) Check(c *Checks) {
	c.Required("account", string(m.Account))
	c.Required("group", string(m.Group))
	if c.err() != nil || !c.New {
		return
	}
	acc, err := Get(c.Tx, m.Account)
	c.That(err == nil, "account", "invalid_reference", "GroupMembership account does not exist.")
	grp, gerr := Get(c.Tx, m.Group)
	c.That(gerr == nil, "group", "invalid_reference", "GroupMembership group does not exist.")
	if err == nil && gerr == nil {
		c.That(acc.Directory == grp.Directory, "group", "invalid_reference",
			"GroupMembership account and group must be in the same directory.")
	}
}

// IsMember tells whether the account is in the group.
func IsMember(tx *Tx, acc ID[Account], grp ID[Group]) (bool, error) {
	_, err := Find(tx, MembershipPair, string(grp), string(acc))
	if IsNotFound(err) {
		return false, nil
	}
	return err == nil, err
}

// Tags let hooks be narrowed to one directory.
func (m *GroupMembership) Tags(tx *Tx) []string {
	g, err := Get(tx, m.Group)
	if err != nil {
		return nil
	}
	return g.Tags(tx)
}
