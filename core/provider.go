package core

// Provider is where the accounts of a directory come from (spec 9.2): "stormpath"
// is the directory itself. It is a part of the directory.
type Provider struct {
	Base[Provider]
	ProviderID string `json:"providerId"`
}

// CloudProvider is the provider of a directory that keeps its own accounts.
const CloudProvider = "stormpath"

var providers = &Kind[Provider]{Name: "providers", Noun: "Provider", Key: "prv", Part: true, Private: true, At: "directories/{id}/provider"}

// Kind says how it is stored.
func (*Provider) Kind() *Kind[Provider] { return providers }

// Owners is the directory.
func (p *Provider) Owners() []Ref { return []Ref{RefTo(ID[Directory](p.ID))} }

// Defaults are those of a directory that keeps its own accounts.
func (p *Provider) Defaults() { p.ProviderID = CloudProvider }

// Check keeps the provider that it is (6202).
func (p *Provider) Check(c *Checks) {
	is := CloudProvider
	if old, ok := c.Old.(*Provider); ok {
		is = old.ProviderID
	}
	c.That(p.ProviderID == is, "providerId", "provider_type", "Provider providerId cannot be changed.")
}

// lowestRole keeps an admin from letting others vouch for owners.
func (p *Provider) lowestRole(tx *Tx, _ verb) (Role, error) {
	return inAdminDirectory(tx, ID[Directory](p.ID), Owner)
}

// Tags let hooks be narrowed to one directory.
func (p *Provider) Tags(tx *Tx) []string { return directoryTags(tx, ID[Directory](p.ID)) }

// View adds the type, which is the same where it is our own.
func (p *Provider) View(v *View) { v.Set("providerType", p.ProviderID) }
