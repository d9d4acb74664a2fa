package core

import "slices"

// Directory holds accounts and groups. Its rules of naming are set when it is
// made, for ever.
type Directory struct {
	Base[Directory]
	Name        string `json:"name"`
	Description string `json:"description" api:",null"`
	Status      Status `json:"status"`

	EmailRequired         bool `json:"emailRequired" api:"create"`
	EmailUnique           bool `json:"emailUnique" api:"create"`
	UsernameCaseSensitive bool `json:"usernameCaseSensitive" api:"create"`
	UsernameDefault       bool `json:"usernameDefault" api:"create"` // the e-mail, where none is given

	// KeepsAccounts keeps the owners of its accounts from deleting them by themselves.
	KeepsAccounts bool `json:"keepsAccounts"`

	// CustomDataIndexes are paths into the custom data of its accounts and groups, such
	// as "plan" or "address.city", by which they are found by an index; CustomDataReady
	// are those whose index is complete.
	CustomDataIndexes []string `json:"customDataIndexes"`
	CustomDataReady   []string `json:"customDataReady" api:"-"`
	Declared          uint64   `json:"declared" api:"-"` // how often CustomDataIndexes changed

	Admin bool   `json:"admin" api:"-"` // holds the operators
	Epoch uint64 `json:"epoch" api:"-"`
}

// DirectoryName finds directories by name; it orders a tenant's list by it.
var DirectoryName = &Index[Directory]{Name: "name", Rule: Unique,
	Key: func(d *Directory) (Entry, bool) { return Entry{"", Fold(d.Name)}, true }}

var directories = &Kind[Directory]{
	Name: "directories", Noun: "Directory", Key: "dir", Indexes: []*Index[Directory]{DirectoryName}, Custom: true,
	Rows: &Rows[Directory]{Status: func(d *Directory) Status { return d.Status }, Text: []Text[Directory]{
		{Name: "name", Of: func(d *Directory) string { return d.Name }, Index: DirectoryName},
		{Name: "description", Of: func(d *Directory) string { return d.Description }}}},
	Links: []string{"tenant=tenants/{tenant}", "provider", "customData", "passwordPolicy=passwordPolicies/{id}",
		"accountCreationPolicy=accountCreationPolicies/{id}", "accountSchema=schemas/{id}", "accounts", "groups",
		"applications", "applicationMappings", "organizations", "organizationMappings"},
	Authority: true,
}

// Kind says how directories are stored.
func (*Directory) Kind() *Kind[Directory] { return directories }

// Defaults are those of Stormpath.
func (d *Directory) Defaults() {
	d.Status, d.EmailRequired, d.EmailUnique, d.UsernameDefault = Enabled, true, true, true
	d.CustomDataIndexes = []string{}
}

// Check holds the limits of spec 9.1.
func (d *Directory) Check(c *Checks) {
	c.Required("name", d.Name)
	c.Text("name", d.Name, 255)
	c.Text("description", d.Description, 1000)
	c.Fail(reservedName(d.Admin, "Directory", d.Name, adminDirName))
	c.Status("status", d.Status, Enabled, Disabled)
	checkDeclared(c, "customDataIndexes", d.CustomDataIndexes)
	old, ok := c.Old.(*Directory)
	d.declare(old)
	if !ok {
		return
	}
	d.Epoch = nextEpoch(old.Epoch, old.Status, d.Status)
	if old.Admin {
		c.That(d.Name == old.Name, "name", "protected", "The directory of the administrators cannot be renamed.")
		c.That(d.Status == Enabled, "status", "protected", "The directory of the administrators cannot be disabled.")
	}
}

// Saved has what was declared or is no more so filed, or removed, by a job, and tells of
// a raised epoch.
func (d *Directory) Saved(tx *Tx, old *Directory) error {
	if old != nil && old.Epoch != d.Epoch {
		if err := tx.epochEnded(RefTo(d.ID), Revocation{Of: string(d.ID)}); err != nil {
			return err
		}
	}
	if old == nil || slices.Equal(old.CustomDataIndexes, d.CustomDataIndexes) {
		return nil
	}
	return Enqueue(tx, declaredJob, declaredTask{d.ID}, tx.Now)
}

// Deleted has what was filed under the declared paths removed by a job.
func (d *Directory) Deleted(tx *Tx) error {
	if err := d.forgetNumbers(tx); err != nil {
		return err
	}
	if err := tx.gone(Revocation{Of: string(d.ID)}); err != nil {
		return err
	}
	if len(d.CustomDataIndexes) == 0 {
		return nil
	}
	return Enqueue(tx, declaredJob, declaredTask{d.ID}, tx.Now)
}

// Deleting keeps the directory of the administrators.
func (d *Directory) Deleting(*Tx) error {
	if d.Admin {
		return &Error{Kind: Invalid, Code: "protected", Msg: "The directory of the administrators cannot be deleted."}
	}
	return nil
}

// Tags let hooks be narrowed to one directory, by its id or its name.
func (d *Directory) Tags(*Tx) []string {
	return []string{"directory:" + string(d.ID), "directory:" + d.Name}
}

func directoryTags(tx *Tx, id ID[Directory]) []string {
	if d, err := Get(tx, id); err == nil {
		return d.Tags(tx)
	}
	return []string{"directory:" + string(id)}
}
