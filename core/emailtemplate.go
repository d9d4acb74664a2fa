package core

import (
	"cmp"
	"encoding/json"
	"maps"
	"net/mail"
	"net/url"
	"slices"
	"strings"
	"time"

	"github.com/stormkeep/stormkeep/core/mail/letter"
)

// EmailTemplate is the text of a mail of a directory (spec 15). It is a part of the
// directory: its id is the directory's and the name of what it is for. What nobody has
// changed is in the language of whom it is for; what somebody has is as they wrote it,
// unless there is a translation.
type EmailTemplate struct {
	Base[EmailTemplate]
	Name             string               `json:"name"`
	Description      string               `json:"description" api:",null"`
	FromName         string               `json:"fromName" api:",null"`         // "" is the server's
	FromEmailAddress string               `json:"fromEmailAddress" api:",null"` // "" is the server's
	Subject          string               `json:"subject"`
	TextBody         string               `json:"textBody"`
	HTMLBody         string               `json:"htmlBody"`
	MimeType         string               `json:"mimeType"`
	LinkBaseURL      string               `json:"linkBaseUrl" api:"-"` // where its link leads, "" to our own page; shown as defaultModel
	Translations     map[string]EmailText `json:"translations"`        // by locale: "de", "de-AT"
	Own              bool                 `json:"customized" api:"ro"` // somebody has changed the text
}

// EmailText is a text in one language.
type EmailText struct {
	Subject  string `json:"subject"`
	TextBody string `json:"textBody"`
	HTMLBody string `json:"htmlBody"`
}

// The mime types of a template (spec 15).
const (
	plainMail = "text/plain"
	htmlMail  = "text/html"
	bothMail  = "multipart/alternative"
)

var emailTemplates = &Kind[EmailTemplate]{Name: "emailTemplates", Noun: "EmailTemplate", Key: "tpl", Part: true, Private: true}

// Kind says how it is stored.
func (*EmailTemplate) Kind() *Kind[EmailTemplate] { return emailTemplates }

// emailPurpose is what a template is for.
type emailPurpose struct {
	name, title, landing string // landing "": it leads nowhere
}

// emailPurposes are all of them, those of spec 15 first.
var emailPurposes = []emailPurpose{
	{"passwordReset", "Default Password Reset Email Template", "/passwordReset"},
	{"passwordResetSuccess", "Default Password Reset Success Email Template", ""},
	{"emailVerification", "Default Verification Email Template", "/emailVerificationTokens"},
	{"emailVerificationSuccess", "Default Verification Success Email Template", ""},
	{"welcome", "Default Welcome Email Template", ""},
	{"passwordChanged", "Default Password Changed Email Template", ""},
	{"emailChange", "Default Email Change Email Template", "/emailVerificationTokens"},
	{"emailChanged", "Default Email Changed Email Template", ""},
	{"newDevice", "Default New Device Email Template", ""},
	{"failedLogins", "Default Failed Sign-ins Email Template", ""},
	{"alreadyRegistered", "Default Already Registered Email Template", ""},
}

// EmailPurposes are the names of what there are templates for.
func EmailPurposes() (names []string) {
	for _, p := range emailPurposes {
		names = append(names, p.name)
	}
	return names
}

func (m *Mailer) addDefaults() {
	m.senders = slices.Insert(m.senders, 0, namedSender{"smtpServer", m.relays.pick})
	for _, p := range emailPurposes {
		m.Add(p.name, MailTemplate{})
	}
}

// EmailTemplateOf is the id of a directory's template of that purpose.
func EmailTemplateOf(dir ID[Directory], purpose string) ID[EmailTemplate] {
	return ID[EmailTemplate](string(dir) + purpose)
}

// Directory is whose template it is.
func (t *EmailTemplate) Directory() ID[Directory] {
	if len(t.ID) < idLen {
		return ""
	}
	return ID[Directory](t.ID[:idLen])
}

// purpose is what the template is for; false if there is nothing of that name.
func (t *EmailTemplate) purpose() (emailPurpose, bool) {
	if len(t.ID) < idLen {
		return emailPurpose{}, false
	}
	i := slices.IndexFunc(emailPurposes, func(p emailPurpose) bool { return p.name == string(t.ID[idLen:]) })
	if i < 0 {
		return emailPurpose{}, false
	}
	return emailPurposes[i], true
}

// Owners is the directory; a template for nothing has none, and so is not there.
func (t *EmailTemplate) Owners() []Ref {
	if _, ok := t.purpose(); !ok {
		return []Ref{RefTo(ID[Directory](""))}
	}
	return []Ref{RefTo(t.Directory())}
}

// Defaults are the texts that the server comes with.
func (t *EmailTemplate) Defaults() {
	p, ok := t.purpose()
	if !ok {
		return
	}
	text, _, err := letter.Default(p.name, "en")
	if err != nil {
		return // a test holds that there is one for every purpose
	}
	t.Name, t.MimeType = p.title, bothMail
	t.Subject, t.TextBody, t.HTMLBody = text.Subject, text.Plain, text.HTML
	t.Translations = map[string]EmailText{}
}

// View adds where the link leads, of a template that has one (spec 15).
func (t *EmailTemplate) View(v *View) {
	p, _ := t.purpose()
	if p.landing == "" && !v.Any {
		return
	}
	model, err := json.Marshal(map[string]string{"linkBaseUrl": t.LinkBase(v.Tx)})
	if err == nil {
		v.Set("defaultModel", json.RawMessage(model))
	}
}

// SetLinkBase sets where the link leads; its own page is none.
func (t *EmailTemplate) SetLinkBase(tx *Tx, base string) {
	t.LinkBaseURL = ""
	if base != t.LinkBase(tx) {
		t.LinkBaseURL = base
	}
}

// text is the template's own, without what its mime type leaves out.
func (t *EmailTemplate) text() letter.Text {
	return withMime(t.MimeType, letter.Text{Subject: t.Subject, Plain: t.TextBody, HTML: t.HTMLBody})
}

func withMime(mime string, text letter.Text) letter.Text {
	switch mime {
	case plainMail:
		text.HTML = ""
	case htmlMail:
		text.Plain = ""
	}
	return text
}

// templateMacros are the names that macros of every template may have.
var templateMacros = []string{"account", "application", "url", "sptoken", "sptokenNameValuePair", "newEmail", "time", "ip", "device", "count", "code"}

// Lint tells what is wrong with the template's texts.
func (t *EmailTemplate) Lint() (all []letter.Problem) {
	p, _ := t.purpose()
	all = t.text().Lint(p.landing != "", templateMacros)
	for _, locale := range slices.Sorted(maps.Keys(t.Translations)) {
		for _, problem := range t.translation(locale).Lint(p.landing != "", templateMacros) {
			problem.Part = "translations." + locale + "." + problem.Part
			all = append(all, problem)
		}
	}
	return all
}

func (t *EmailTemplate) translation(locale string) letter.Text {
	own := t.Translations[locale]
	return withMime(t.MimeType, letter.Text{Subject: own.Subject, Plain: own.TextBody, HTML: own.HTMLBody})
}

// Check holds what can be sent (7301).
func (t *EmailTemplate) Check(c *Checks) {
	p, ok := t.purpose()
	if !ok {
		c.Fail(errNotFound())
		return
	}
	c.Required("name", t.Name)
	c.Text("name", t.Name, 255)
	c.Text("description", t.Description, 1000)
	c.Text("fromName", t.FromName, 255)
	c.That(!strings.ContainsAny(t.FromName, "\r\n\x00"), "fromName", "invalid_format", "EmailTemplate fromName must be on one line.")
	if t.FromEmailAddress != "" {
		a, err := mail.ParseAddress(t.FromEmailAddress)
		c.That(err == nil && a.Address == t.FromEmailAddress && len(t.FromEmailAddress) <= 254, "fromEmailAddress", "invalid_format", "EmailTemplate fromEmailAddress must be an e-mail address.")
	}
	c.That(slices.Contains([]string{plainMail, htmlMail, bothMail}, t.MimeType), "mimeType", "unsupported_value",
		"EmailTemplate mimeType must be one of %s, %s and %s.", plainMail, htmlMail, bothMail)
	if p.landing == "" {
		t.LinkBaseURL = ""
	}
	c.That(t.LinkBaseURL == "" || linkBase(t.LinkBaseURL), "defaultModel", "invalid_format",
		"EmailTemplate defaultModel.linkBaseUrl must be an absolute URL, such as https://app.example.com/reset.")
	c.That(len(t.Translations) <= 50, "translations", "above_max", "EmailTemplate translations must be at most 50.")
	for locale := range t.Translations {
		c.That(isLocale(locale), "translations", "invalid_format", "EmailTemplate translations: %q is no locale, such as de or de-AT.", brief(locale))
	}
	for _, problem := range t.Lint() {
		if !problem.Serious {
			continue
		}
		code := "invalid_template"
		if problem.NoLink {
			code = "template_without_link"
		}
		c.That(false, strings.SplitN(problem.Part, ".", 2)[0], code, "EmailTemplate %s: %s", problem.Part, problem.Says)
	}
	plain := &EmailTemplate{Base: Base[EmailTemplate]{ID: t.ID}}
	plain.Defaults()
	t.Own = t.Subject != plain.Subject || t.TextBody != plain.TextBody || t.HTMLBody != plain.HTMLBody
}

// linkBase tells whether a link of a mail may begin with it. An app's own scheme may.
func linkBase(s string) bool {
	u, err := url.Parse(s)
	if err != nil || len(s) > 1000 || strings.ContainsAny(s, " \r\n\t\"<>") {
		return false
	}
	switch u.Scheme {
	case "http", "https":
		return u.Host != "" && u.User == nil
	case "javascript", "data", "vbscript", "file", "":
		return false
	}
	return strings.Contains(u.Scheme, ".") || u.Host != ""
}

func isLocale(s string) bool {
	if len(s) < 2 || len(s) > 20 {
		return false
	}
	for _, r := range s {
		if r != '-' && (r < '0' || r > '9') && (r < 'A' || r > 'Z') && (r < 'a' || r > 'z') {
			return false
		}
	}
	return true
}

// lowestRole keeps an admin from writing to owners in the server's name.
func (t *EmailTemplate) lowestRole(tx *Tx, _ verb) (Role, error) {
	return inAdminDirectory(tx, t.Directory(), Owner)
}

// Tags let hooks be narrowed to one directory.
func (t *EmailTemplate) Tags(tx *Tx) []string { return directoryTags(tx, t.Directory()) }

// LinkBase is where the link of the template leads, without its token: our own page, or
// the one that is set; "" where it leads nowhere.
func (t *EmailTemplate) LinkBase(tx *Tx) string { return t.linkFor(tx, "", "") }

// linkFor is LinkBase for who came through an application, and an organization of it: our
// own page is at their domain, where they have one.
func (t *EmailTemplate) linkFor(tx *Tx, app ID[Application], org ID[Organization]) string {
	p, _ := t.purpose()
	switch {
	case p.landing == "":
		return ""
	case t.LinkBaseURL != "":
		return t.LinkBaseURL
	case tx == nil:
		return p.landing // for a description
	}
	return pagesURL(tx, app, org) + p.landing
}

// PublicURL is the base of what leads to a tenant: its issuer, else its first alias, else
// the server's.
func PublicURL(tx *Tx) string {
	if t, err := Get(tx.trusted(), tx.Tenant); err == nil {
		return t.public(tx.App.PublicURL)
	}
	return tx.App.PublicURL
}

// withToken is a link with a token, which goes before a fragment (spec 15).
func withToken(base, token string) string {
	if base == "" {
		return ""
	}
	base, fragment, has := strings.Cut(base, "#")
	mark := "?"
	if strings.Contains(base, "?") {
		mark = "&"
	}
	link := base + mark + "sptoken=" + url.QueryEscape(token)
	if has {
		link += "#" + fragment
	}
	return link
}

// makeByTemplate makes a mail by the template of its account's directory.
func makeByTemplate(tx *Tx, d *Draft) error {
	t, err := Get(tx, cmp.Or(d.template, EmailTemplateOf(d.Account.Directory, d.Mail.Template)))
	if err != nil {
		return err
	}
	text, locale := t.in(d.Mail.Locale)
	if text, err = text.Render(d.values(tx, t)); err != nil {
		return err
	}
	d.Mail.Locale, d.Message.Locale = locale, locale
	d.Message.Subject, d.Message.Text, d.Message.HTML = text.Subject, text.Plain, text.HTML
	if t.FromEmailAddress != "" {
		d.Message.From.Addr = t.FromEmailAddress
	}
	d.Message.From.Name = cmp.Or(t.FromName, d.Message.From.Name)
	return nil
}

// in is the template's text in the language that a locale falls back to.
func (t *EmailTemplate) in(locale string) (letter.Text, string) {
	if there := slices.Sorted(maps.Keys(t.Translations)); len(there) > 0 {
		if got := letter.Fallback(locale, append([]string{""}, there...)); got != "" {
			return t.translation(got), got
		}
	}
	if t.Own {
		return t.text(), locale
	}
	p, _ := t.purpose()
	text, language, err := letter.Default(p.name, locale)
	if err != nil {
		return t.text(), locale
	}
	return withMime(t.MimeType, text), language
}

// mailTime is how a mail writes an instant.
const mailTime = "2006-01-02 15:04 MST"

// values are what macros stand for in a mail.
func (d *Draft) values(tx *Tx, t *EmailTemplate) letter.Values {
	given := map[string]string{"time": d.Mail.CreatedAt.UTC().Format(mailTime)}
	for name, v := range d.Values {
		given[name] = v
	}
	if d.Token != "" {
		given["sptoken"] = d.Token
		given["sptokenNameValuePair"] = "sptoken=" + url.QueryEscape(d.Token)
		given["url"] = withToken(t.linkFor(tx, d.Mail.Application, d.Mail.Organization), d.Token)
	}
	if d.Link != "" {
		given["url"] = d.Link
	}
	people := macros{tx: tx, account: d.Account, application: d.Application}
	return func(name string) (string, bool) {
		if v, ok := given[name]; ok {
			return v, true
		}
		return people.value(name)
	}
}

// Preview is what a mail of the template looks like for an account, with a token that
// opens nothing, and what is wrong with it.
func (t *EmailTemplate) Preview(tx *Tx, acc *Account, locale string) (letter.Text, []letter.Problem, error) {
	example := &Application{Name: "Example Application", Status: Enabled}
	d := &Draft{Mail: &Mail{}, Account: acc, Application: example, Token: exampleToken, Values: exampleValues()}
	d.Mail.CreatedAt = At(tx.Now.Truncate(time.Second))
	text, _ := t.in(locale)
	out, err := text.Render(d.values(tx, t))
	if err != nil {
		return letter.Text{}, append(t.Lint(), letter.Problem{Part: "htmlBody", Serious: true, Says: err.Error()}), nil
	}
	return out, t.Lint(), nil
}

// exampleToken opens nothing.
var exampleToken = strings.Repeat("x", idLen)

func exampleValues() map[string]string {
	return map[string]string{"newEmail": "new@example.com", "ip": "192.0.2.1", "device": "Firefox, Linux", "count": "10", "code": "123456"}
}

// testsToOthers is how many tests an operator sends to other addresses within an hour.
const testsToOthers = 10

// TestMail sends a mail of a template, with a token that opens nothing, to the operator
// who asks, or to another address.
func TestMail(tx *Tx, t *EmailTemplate, locale, to string) (*Mail, error) {
	if err := tx.mayWrite(verbUpdate, policyOf(emailTemplates), t, t); err != nil {
		return nil, err
	}
	if tx.Actor.Account == "" {
		return nil, &Error{Kind: Invalid, Code: "no_address", Msg: "Only an operator can be sent a test: this key is nobody's."}
	}
	acc, err := Get(tx.trusted(), tx.Actor.Account)
	if err != nil {
		return nil, err
	}
	if to != "" && to != acc.Email {
		if err := mayTest(tx, acc, to); err != nil {
			return nil, err
		}
	}
	p, _ := t.purpose()
	m, err := post(tx, Letter{Template: p.name, Account: acc, To: to, Locale: cmp.Or(locale, "en"), Token: exampleToken, Values: exampleValues(), By: t.ID})
	if err == nil && m == nil {
		err = &Error{Kind: Limited, Code: "too_many_mails", RetryAfter: mailHour, Msg: "Your address has had as many mails as it gets within an hour, or you have none."}
	}
	return m, err
}

// mayTest refuses an address that is none, and who has written to many: a test is no way
// to write to strangers.
func mayTest(tx *Tx, acc *Account, to string) error {
	if a, err := mail.ParseAddress(to); err != nil || a.Address != to || len(to) > 254 {
		return fieldError("to", "invalid_format", "The address \"to\" must be an e-mail address.")
	}
	page, err := List(tx.trusted(), MailsOf, Query{Owner: string(acc.ID), Limit: 100, Desc: true})
	if err != nil {
		return err
	}
	others := 0
	for _, m := range page.Items {
		if m.To != acc.Email && tx.Now.Sub(m.CreatedAt.Time) < mailHour && !tx.made(mails.Name, string(m.ID)) {
			others++
		}
	}
	if others >= testsToOthers {
		return &Error{Kind: Limited, Code: "too_many_mails", RetryAfter: mailHour, Msg: "You have sent as many tests to other addresses as you may within an hour."}
	}
	return nil
}

// AsItCame is the text that the server comes with, in the language that a locale falls
// back to.
func (t *EmailTemplate) AsItCame(locale string) (letter.Text, string, error) {
	p, ok := t.purpose()
	if !ok {
		return letter.Text{}, "", errNotFound()
	}
	return letter.Default(p.name, locale)
}
