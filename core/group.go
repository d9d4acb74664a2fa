package core

// Group is a named set of accounts of one directory.
type Group struct {
	Base[Group]
	Numbered
	Directory   ID[Directory] `json:"directory" api:"ro"`
	Name        string        `json:"name"`
	Description string        `json:"description" api:",null"`
	Status      Status        `json:"status"`
}

// GroupsOf lists a directory's groups; GroupName finds one by name.
var (
	GroupsOf = &Index[Group]{Name: "dir", List: true,
		Key: func(g *Group) (Entry, bool) { return Entry{Owner: string(g.Directory)}, true }}
	GroupName = &Index[Group]{Name: "name", Rule: Unique,
		Key: func(g *Group) (Entry, bool) { return Entry{string(g.Directory), Fold(g.Name)}, true }}
)

var groups = &Kind[Group]{
	Name: "groups", Noun: "Group", Key: "grp", Indexes: []*Index[Group]{GroupsOf, GroupName, GroupNumber}, Custom: true,
	Rows: &Rows[Group]{Within: GroupsOf, Owners: "directories", Status: func(g *Group) Status { return g.Status }, Text: []Text[Group]{
		{Name: "name", Of: func(g *Group) string { return g.Name }, Index: GroupName},
		{Name: "description", Of: func(g *Group) string { return g.Description }}}},
	Links: []string{"customData", "tenant=tenants/{tenant}", "accounts", "accountMemberships", "applications"},
}

// Kind says how groups are stored.
func (*Group) Kind() *Kind[Group] { return groups }

// Defaults enables the group.
func (g *Group) Defaults() { g.Status = Enabled }

// Owners is the directory.
func (g *Group) Owners() []Ref { return []Ref{RefTo(g.Directory)} }

// Check holds the limits of spec 10.
func (g *Group) Check(c *Checks) {
	c.Required("name", g.Name)
	c.Text("name", g.Name, 255)
	c.Text("description", g.Description, 1000)
	c.Status("status", g.Status, Enabled, Disabled)
	var numbered *Numbered
	if old, ok := c.Old.(*Group); ok {
		numbered = &old.Numbered
	}
	g.numberOnce(c, groups.Key, g.Directory, numbered)
}

// Tags let hooks be narrowed to one directory.
func (g *Group) Tags(tx *Tx) []string { return directoryTags(tx, g.Directory) }
