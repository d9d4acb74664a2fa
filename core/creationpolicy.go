package core

import (
	"slices"
	"strings"
	"unicode"
)

// AccountCreationPolicy is what happens when an account of a directory is made,
// and whose addresses it takes (spec 14). It is a part of the directory.
type AccountCreationPolicy struct {
	Base[AccountCreationPolicy]
	VerificationEmailStatus        Status   `json:"verificationEmailStatus"`
	VerificationSuccessEmailStatus Status   `json:"verificationSuccessEmailStatus"`
	WelcomeEmailStatus             Status   `json:"welcomeEmailStatus"`
	EmailDomainWhitelist           []string `json:"emailDomainWhitelist"` // patterns; empty admits all
	EmailDomainBlacklist           []string `json:"emailDomainBlacklist"` // patterns; wins
}

var creationPolicies = &Kind[AccountCreationPolicy]{Name: "accountCreationPolicies", Noun: "AccountCreationPolicy", Key: "acp", Part: true, Private: true,
	Links: []string{"verificationEmailTemplates", "verificationSuccessEmailTemplates", "welcomeEmailTemplates"}}

// Kind says how it is stored.
func (*AccountCreationPolicy) Kind() *Kind[AccountCreationPolicy] { return creationPolicies }

// Owners is the directory.
func (p *AccountCreationPolicy) Owners() []Ref { return []Ref{RefTo(ID[Directory](p.ID))} }

// Defaults send nothing and admit every address.
func (p *AccountCreationPolicy) Defaults() {
	p.VerificationEmailStatus, p.VerificationSuccessEmailStatus, p.WelcomeEmailStatus = Disabled, Disabled, Disabled
	p.EmailDomainWhitelist, p.EmailDomainBlacklist = []string{}, []string{}
}

// The bounds of a list of domains: every new address is held against all of it.
const (
	maxPatterns = 250
	maxPattern  = 255 // characters: a domain has no more (RFC 1035, section 2.3.4)
)

// Check bounds the lists and brings them into the form in which domains are
// compared.
func (p *AccountCreationPolicy) Check(c *Checks) {
	c.Status("verificationEmailStatus", p.VerificationEmailStatus, Enabled, Disabled)
	c.Status("verificationSuccessEmailStatus", p.VerificationSuccessEmailStatus, Enabled, Disabled)
	c.Status("welcomeEmailStatus", p.WelcomeEmailStatus, Enabled, Disabled)
	p.EmailDomainWhitelist = checkPatterns(c, "emailDomainWhitelist", p.EmailDomainWhitelist)
	p.EmailDomainBlacklist = checkPatterns(c, "emailDomainBlacklist", p.EmailDomainBlacklist)
}

func checkPatterns(c *Checks, field string, patterns []string) []string {
	c.That(len(patterns) <= maxPatterns, field, "above_max", "AccountCreationPolicy %s has at most %d entries.", field, maxPatterns)
	if len(patterns) > maxPatterns {
		return patterns
	}
	all := make([]string, 0, len(patterns))
	for _, text := range patterns {
		c.Text(field, text, maxPattern)
		pattern := strings.Trim(Fold(text), " ")
		c.That(pattern != "" && !strings.ContainsFunc(pattern, func(r rune) bool { return r == '@' || unicode.IsSpace(r) }), field, "invalid_value",
			"AccountCreationPolicy %s has an entry that is no domain: %q.", field, text)
		if !slices.Contains(all, pattern) {
			all = append(all, pattern)
		}
	}
	return all
}

// lowestRole keeps an admin from deciding who may be an administrator's account.
func (p *AccountCreationPolicy) lowestRole(tx *Tx, _ verb) (Role, error) {
	return inAdminDirectory(tx, ID[Directory](p.ID), Owner)
}

// Tags let hooks be narrowed to one directory.
func (p *AccountCreationPolicy) Tags(tx *Tx) []string { return directoryTags(tx, ID[Directory](p.ID)) }

// admits refuses a folded address whose domain is on the blacklist or not on the
// whitelist (7205, 7206). Domains are compared as they are written: a name in
// punycode is not its Unicode form.
func (p *AccountCreationPolicy) admits(address string) error {
	domain := address[strings.LastIndexByte(address, '@')+1:]
	on := func(patterns []string) bool {
		return slices.ContainsFunc(patterns, func(pattern string) bool { return matchDomain(pattern, domain) })
	}
	switch {
	case on(p.EmailDomainBlacklist):
		return fieldError("email", "domain_blacklisted", "Account email address has a domain that this directory does not accept.")
	case len(p.EmailDomainWhitelist) > 0 && !on(p.EmailDomainWhitelist):
		return fieldError("email", "domain_not_whitelisted", "Account email address has a domain that is not among those that this directory accepts.")
	}
	return nil
}

// matchDomain tells whether a domain fits a pattern in which every "*" stands for
// any text, also none (spec 14). It goes back to the last star only, so that it
// takes at most the product of the lengths.
func matchDomain(pattern, domain string) bool {
	p, d, star, mark := 0, 0, -1, 0
	for d < len(domain) {
		switch {
		case p < len(pattern) && pattern[p] == '*':
			star, mark = p, d
			p++
		case p < len(pattern) && pattern[p] == domain[d]:
			p++
			d++
		case star >= 0:
			mark++
			p, d = star+1, mark
		default:
			return false
		}
	}
	return strings.Trim(pattern[p:], "*") == ""
}
