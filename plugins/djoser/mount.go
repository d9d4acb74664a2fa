package djoser

import (
	"slices"

	"github.com/stormkeep/stormkeep/core"
	"github.com/stormkeep/stormkeep/core/secret"
)

// The versions of djoser whose interface a mount can have.
const (
	Old = "0.1" // of October 2014
	New = "2"   // what is released today
)

// DjoserMount is a place at which an application's accounts are reached as djoser's
// clients expect it.
type DjoserMount struct {
	core.Base[DjoserMount]
	Application core.ID[core.Application] `json:"application" api:"ro"`
	Directory   core.ID[core.Directory]   `json:"directory" api:"create"`
	At          string                    `json:"path"`
	Version     string                    `json:"version" api:"create"`
	Status      core.Status               `json:"status"`
	Settings    Settings                  `json:"settings"`
	Templates   Templates                 `json:"templates"`

	TokenKey core.Sealed `json:"tokenKey" api:"-"` // of the tokens that are the same at each login
	JWTKey   core.Sealed `json:"jwtKey" api:"-"`
}

// MountsOf and MountsIn list the mounts of an application and of a directory; MountAt
// finds the one at a path.
var (
	MountsOf = &core.Index[DjoserMount]{Name: "app", List: true,
		Key: func(m *DjoserMount) (core.Entry, bool) { return core.Entry{Owner: string(m.Application)}, true }}
	MountsIn = &core.Index[DjoserMount]{Name: "dir", List: true,
		Key: func(m *DjoserMount) (core.Entry, bool) { return core.Entry{Owner: string(m.Directory)}, true }}
	MountAt = &core.Index[DjoserMount]{Name: "path", Rule: core.Unique,
		Key: func(m *DjoserMount) (core.Entry, bool) { return core.Entry{Value: m.At}, true }}
)

var mounts = &core.Kind[DjoserMount]{Name: "djoserMounts", Noun: "DjoserMount", Key: "djm",
	Indexes: []*core.Index[DjoserMount]{MountsOf, MountsIn, MountAt}}

// Kind says how mounts are stored.
func (*DjoserMount) Kind() *core.Kind[DjoserMount] { return mounts }

// Owners are the application and the directory.
func (m *DjoserMount) Owners() []core.Ref {
	return []core.Ref{core.RefTo(m.Application), core.RefTo(m.Directory)}
}

// MountPath is where it is served.
func (m *DjoserMount) MountPath() string { return m.At }

// Defaults enable a mount that names no settings.
func (m *DjoserMount) Defaults() {
	m.Status, m.Settings, m.Templates = core.Enabled, Settings{}, Templates{}
}

// Check demands a path of its own, a directory that is not the administrators', and
// settings that the version has. It makes the keys where there are none.
func (m *DjoserMount) Check(c *core.Checks) {
	c.MountPath("path", &m.At, m)
	c.That(m.Version == Old || m.Version == New, "version", "unsupported_value", "DjoserMount version must be %q or %q.", Old, New)
	c.Status("status", m.Status, core.Enabled, core.Disabled)
	m.Settings.check(c, m.Version)
	m.Templates.check(c, m.Version)
	if app, err := core.Get(c.Tx, m.Application); err == nil {
		c.That(!app.Admin, "application", "protected", "Nobody signs in to the application of the administrators by djoser.")
	}
	d, err := core.Get(c.Tx, m.Directory)
	c.That(err == nil, "directory", "invalid_reference", "DjoserMount directory does not exist.")
	if err == nil {
		c.That(!d.Admin, "directory", "protected", "The directory of the administrators cannot be reached by djoser.")
	}
	for _, key := range []*core.Sealed{&m.TokenKey, &m.JWTKey} {
		if key.IsZero() {
			*key = core.Seal(secret.Token())
		}
	}
}

// place completes a new mount of an application: one that names no directory gets one
// by Django's rules. Its directory is mapped to the application.
func place(tx *core.Tx, m *DjoserMount, application string) error {
	m.Application = core.ID[core.Application](application)
	app, err := core.Get(tx, m.Application)
	if err != nil {
		return err
	}
	if app.Admin { // which takes no other directory, and is not to be left with one
		return core.Refuse("application", "Nobody signs in to the application of the administrators by djoser.")
	}
	if m.Directory == "" {
		d, err := m.makeDirectory(tx, app)
		if err != nil {
			return err
		}
		m.Directory = d.ID
	}
	d, err := core.Get(tx, m.Directory)
	if core.IsNotFound(err) || err == nil && d.Admin {
		return nil // Check says so
	}
	if err != nil {
		return err
	}
	all, err := core.Mappings(tx, m.Application)
	if err != nil {
		return err
	}
	ref := core.RefTo(d.ID)
	if slices.ContainsFunc(all, func(am *core.AccountStoreMapping) bool { return am.Store == ref }) {
		return nil
	}
	am := core.Make[core.AccountStoreMapping]()
	am.Application, am.Store = m.Application, ref
	am.DefaultAccounts, am.DefaultGroups = len(all) == 0, len(all) == 0
	return core.SaveMapping(tx, am)
}

// makeDirectory makes the directory of a mount that names none. Its passwords are bound
// by what the version asks: 0.1 asks nothing.
func (m *DjoserMount) makeDirectory(tx *core.Tx, app *core.Application) (*core.Directory, error) {
	o, err := m.options()
	if err != nil {
		o = defaultsOf(m.Version) // Check says what is wrong
	}
	byEmail := o.UsernameField == "email"
	d := core.Make[core.Directory]()
	d.UsernameCaseSensitive = true
	d.EmailRequired, d.EmailUnique, d.UsernameDefault = byEmail, byEmail, byEmail
	if d.Name, err = core.FreeDirectoryName(tx, app.Name+" Users"); err != nil {
		return nil, err
	}
	if err := core.Put(tx, d); err != nil {
		return nil, err
	}
	rules, err := core.Get(tx, core.ID[core.Strength](d.ID))
	if err != nil {
		return nil, err
	}
	rules.Modern()
	if m.Version == New {
		rules.DenySimilar, rules.DenyNumeric = true, true
	} else {
		rules.MinLength, rules.DenyCommon = 1, false
	}
	return d, core.Put(tx, rules)
}
