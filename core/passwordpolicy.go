package core

import "time"

// PasswordPolicy is how the passwords of a directory are reset (spec 13). It is a
// part of the directory.
type PasswordPolicy struct {
	Base[PasswordPolicy]
	ResetTokenTTL           int    `json:"resetTokenTtl"` // hours
	ResetEmailStatus        Status `json:"resetEmailStatus"`
	ResetSuccessEmailStatus Status `json:"resetSuccessEmailStatus"`
}

var passwordPolicies = &Kind[PasswordPolicy]{Name: "passwordPolicies", Noun: "PasswordPolicy", Key: "pwp", Part: true, Private: true,
	Links: []string{"strength", "resetEmailTemplates", "resetSuccessEmailTemplates"}}

// Kind says how it is stored.
func (*PasswordPolicy) Kind() *Kind[PasswordPolicy] { return passwordPolicies }

// Owners is the directory.
func (p *PasswordPolicy) Owners() []Ref { return []Ref{RefTo(ID[Directory](p.ID))} }

// Defaults are those of spec 13: a day, and both mails.
func (p *PasswordPolicy) Defaults() {
	p.ResetTokenTTL, p.ResetEmailStatus, p.ResetSuccessEmailStatus = 24, Enabled, Enabled
}

// Check holds the limits of spec 13.
func (p *PasswordPolicy) Check(c *Checks) {
	c.That(p.ResetTokenTTL >= 1, "resetTokenTtl", "below_min", "PasswordPolicy resetTokenTtl must be at least 1 hour.")
	c.That(p.ResetTokenTTL <= 168, "resetTokenTtl", "above_max", "PasswordPolicy resetTokenTtl must be at most 168 hours.")
	c.Status("resetEmailStatus", p.ResetEmailStatus, Enabled, Disabled)
	c.Status("resetSuccessEmailStatus", p.ResetSuccessEmailStatus, Enabled, Disabled)
}

// lowestRole keeps an admin from making the way back in of owners wider.
func (p *PasswordPolicy) lowestRole(tx *Tx, _ verb) (Role, error) {
	return inAdminDirectory(tx, ID[Directory](p.ID), Owner)
}

// Tags let hooks be narrowed to one directory.
func (p *PasswordPolicy) Tags(tx *Tx) []string { return directoryTags(tx, ID[Directory](p.ID)) }

// resetTTL is how long a reset token of the directory lives.
func resetTTL(tx *Tx, id ID[Directory]) (time.Duration, error) {
	p, err := Get(tx, ID[PasswordPolicy](id))
	if err != nil {
		return 0, err
	}
	return time.Duration(p.ResetTokenTTL) * time.Hour, nil
}
