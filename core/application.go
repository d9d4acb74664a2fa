package core

import (
	"errors"
	"fmt"
	"strings"
)

// Application is what people sign in to. Its mappings say where their accounts
// are looked for.
type Application struct {
	Base[Application]
	Name        string   `json:"name"`
	Description string   `json:"description" api:",null"`
	Status      Status   `json:"status"`
	Callbacks   []string `json:"authorizedCallbackUris"`
	Origins     []string `json:"authorizedOriginUris"`

	DefaultStores[AccountStoreMapping]

	Admin bool   `json:"admin" api:"-"` // the application Stormpath
	Epoch uint64 `json:"epoch" api:"-"`
}

// ApplicationName finds applications by name; it orders a tenant's list by it.
var ApplicationName = &Index[Application]{Name: "name", Rule: Unique,
	Key: func(a *Application) (Entry, bool) { return Entry{"", Fold(a.Name)}, true }}

var applications = &Kind[Application]{
	Name: "applications", Noun: "Application", Key: "app", Indexes: []*Index[Application]{ApplicationName}, Custom: true,
	Rows: &Rows[Application]{Status: func(a *Application) Status { return a.Status }, Text: []Text[Application]{
		{Name: "name", Of: func(a *Application) string { return a.Name }, Index: ApplicationName},
		{Name: "description", Of: func(a *Application) string { return a.Description }}}},
	Links: []string{"tenant=tenants/{tenant}", "customData", "accounts", "groups", "accountStoreMappings",
		"loginAttempts", "passwordResetTokens", "verificationEmails", "apiKeys", "authTokens",
		"oAuthPolicy=oAuthPolicies/{id}", "samlPolicy=samlPolicies/{id}",
		"accountLinkingPolicy=accountLinkingPolicies/{id}", "webConfig=applicationWebConfigs/{id}"},
	Authority: true,
}

// Kind says how applications are stored.
func (*Application) Kind() *Kind[Application] { return applications }

// Defaults enables the application.
func (a *Application) Defaults() { a.Status, a.Callbacks, a.Origins = Enabled, []string{}, []string{} }

// Check holds the limits of spec 6.
func (a *Application) Check(c *Checks) {
	c.Required("name", a.Name)
	c.Text("name", a.Name, 255)
	c.Text("description", a.Description, 4000)
	c.Fail(reservedName(a.Admin, "Application", a.Name, adminAppName))
	c.Status("status", a.Status, Enabled, Disabled)
	checkURIs(c, "authorizedCallbackUris", a.Callbacks)
	checkURIs(c, "authorizedOriginUris", a.Origins)
	old, ok := c.Old.(*Application)
	if !ok {
		return
	}
	a.Epoch = nextEpoch(old.Epoch, old.Status, a.Status)
	if old.Admin {
		c.That(a.Name == old.Name, "name", "protected", "The application of the administrators cannot be renamed.")
		c.That(a.Status == Enabled, "status", "protected", "The application of the administrators cannot be disabled.")
	}
}

// reservedName refuses a name that reads like the administrators' own: it differs
// from it in white space only. The name itself is taken.
func reservedName(admin bool, noun, name, reserved string) error {
	if admin || Fold(name) == Fold(reserved) || Fold(strings.Join(strings.Fields(norm(name)), " ")) != Fold(reserved) {
		return nil
	}
	msg := noun + " with that name already exists.  Please choose another name."
	return &Error{Kind: Conflict, Code: "taken", Msg: msg, Fields: map[string]string{"name": msg}}
}

func checkURIs(c *Checks, field string, uris []string) {
	total := 0
	for _, u := range uris {
		if total > 4000 || c.err() != nil {
			break
		}
		total += len(u)
		c.That(u != "", field, "invalid_value", "Application %s must not hold an empty value.", field)
		c.Text(field, u, 4000)
	}
	c.That(total <= 4000, field, "too_long", "Application %s may have at most 4000 characters in all.", field)
}

// Deleting keeps the application of the administrators.
func (a *Application) Deleting(*Tx) error {
	if a.Admin {
		return &Error{Kind: Invalid, Code: "protected", Msg: "The application of the administrators cannot be deleted."}
	}
	return nil
}

// CreateDirectoryFor makes the directory that comes with a new application, as
// its default store for accounts and groups (spec 6). name "" takes the
// application's, with a number where that is taken; a given name in use is
// refused.
func CreateDirectoryFor(tx *Tx, a *Application, name string) (*Directory, error) {
	d, err := createDirectory(tx, RefTo(a.ID), a.Name, name)
	if err != nil {
		return nil, err
	}
	m := &AccountStoreMapping{Application: a.ID, Store: RefTo(d.ID), DefaultAccounts: true, DefaultGroups: true}
	return d, SaveMapping(tx, m)
}

// createDirectory makes a directory for an owner of that name, called as the owner
// is or by the name given.
func createDirectory(tx *Tx, owner Ref, ownerName, name string) (*Directory, error) {
	d := Make[Directory]()
	d.Name = name
	if name == "" {
		var err error
		if d.Name, err = FreeDirectoryName(tx, ownerName+" Directory"); err != nil {
			return nil, err
		}
	}
	err := Put(tx, d)
	if e, ok := errors.AsType[*Error](err); ok && e.Code == "taken" {
		return nil, fieldError("createDirectory", ownCode(owner, "directory_taken"), fmt.Sprintf("The directory name %q is in use.", name))
	}
	return d, err
}

// FreeDirectoryName is want, or want with the first free number behind it.
func FreeDirectoryName(tx *Tx, want string) (string, error) {
	if r := []rune(want); len(r) > 245 {
		want = string(r[:245])
	}
	name := want
	for n := 2; ; n++ {
		d, err := Find(tx, DirectoryName, "", Fold(name))
		if IsNotFound(err) || err == nil && tx.made(directories.Name, string(d.ID)) {
			return name, nil // free, or made by this very call whose commit was not known
		}
		if err != nil {
			return "", err
		}
		name = fmt.Sprintf("%s (%d)", want, n)
	}
}
