package coretest

import "github.com/stormkeep/stormkeep/core"

// Badge is a noun from outside the core, as a plugin would have it: an account
// store's badge with a secret printed on it. It uses all that a noun may use.
type Badge struct {
	core.Base[Badge]
	Directory core.ID[core.Directory] `json:"directory" api:"create"`
	Holder    core.ID[core.Account]   `json:"holder" api:",null"` // not an owner: the badge outlives it
	Name      string                  `json:"name"`
	Colour    string                  `json:"colour"`
	Hits      int                     `json:"hits" api:"-"`
	Print     core.Sealed             `json:"print" api:"-"`
}

// The lists of badges, and the name one is found by.
var (
	BadgesOf = &core.Index[Badge]{Name: "dir", List: true,
		Key: func(b *Badge) (core.Entry, bool) { return core.Entry{Owner: string(b.Directory)}, true }}
	BadgesHeld = &core.Index[Badge]{Name: "held", List: true,
		Key: func(b *Badge) (core.Entry, bool) { return core.Entry{Owner: string(b.Holder)}, b.Holder != "" }}
	BadgeName = &core.Index[Badge]{Name: "name", Rule: core.Unique,
		Key: func(b *Badge) (core.Entry, bool) {
			return core.Entry{Owner: string(b.Directory), Value: core.Fold(b.Name)}, true
		}}
	BadgeColour = &core.Index[Badge]{Name: "colour",
		Key: func(b *Badge) (core.Entry, bool) { return core.Entry{Value: b.Colour}, b.Colour != "" }}
)

var badges = &core.Kind[Badge]{
	Name: "badges", Noun: "Badge", Key: "xbadge", Custom: true, Support: "u",
	Indexes: []*core.Index[Badge]{BadgesOf, BadgesHeld, BadgeName, BadgeColour},
	Links:   []string{"customData"},
}

// Kind says how badges are stored.
func (*Badge) Kind() *core.Kind[Badge] { return badges }

// Defaults paints the badge.
func (b *Badge) Defaults() { b.Colour = "grey" }

// Owners is the directory.
func (b *Badge) Owners() []core.Ref { return []core.Ref{core.RefTo(b.Directory)} }

// Check demands a name.
func (b *Badge) Check(c *core.Checks) {
	c.Required("name", b.Name)
	c.Text("name", b.Name, 255)
	if old, ok := c.Old.(*Badge); ok {
		c.That(b.Directory == old.Directory, "directory", "protected", "A Badge stays in its directory.")
	}
}

// View shows the print to those who may see it.
func (b *Badge) View(v *core.View) {
	v.Set("label", b.Name+" ("+b.Colour+")")
	if s, err := b.Print.Open(v.Tx, b.ID, "print"); err == nil && v.Tx.MaySeeSecret("") {
		v.Set("print", core.Secret(s))
	}
}

// Badges registers the noun with an app.
func Badges(app *core.App) { core.Register[Badge](app) }
