package core

import (
	"cmp"
	"context"
	"crypto/sha256"
	"encoding/hex"
	"encoding/json"
	"errors"
	"fmt"
	"slices"
	"strings"
	"time"

	"github.com/stormkeep/stormkeep/core/mail"
	"github.com/stormkeep/stormkeep/hooks"
)

// Mail is a mail to the owner of an account: written in the transaction that is its
// reason, sent by a worker, kept to tell what became of it.
type Mail struct {
	Base[Mail]
	Template     string           `json:"template" api:"ro"` // "passwordReset"
	Account      ID[Account]      `json:"account" api:"ro"`
	Application  ID[Application]  `json:"application" api:"ro,null"`
	Organization ID[Organization] `json:"organization,omitempty" api:"-"` // in which people were looked for there
	To           string           `json:"to" api:"ro"`
	Subject      string           `json:"subject" api:"ro"` // "" until it was made
	Locale       string           `json:"locale" api:"ro"`
	Status       MailStatus       `json:"status" api:"ro"`
	Tries        int              `json:"tries" api:"ro"`
	Reason       string           `json:"reason" api:"ro"` // why the last try failed
	SentAt       Time             `json:"sentAt" api:"ro,null"`
	Where        string           `json:"where" api:"ro"` // who took it: "smtp.example.com:587"
	Stamp        Stamp            `json:"stamp" api:"-"`
	Content      Sealed           `json:"content" api:"-"` // what is put into the text, erased once sent
}

// MailStatus is what has become of a mail.
type MailStatus string

// The states of a mail.
const (
	MailQueued MailStatus = "QUEUED" // it will be tried, or tried again
	MailSent   MailStatus = "SENT"   // somebody took it
	MailFailed MailStatus = "FAILED" // it was given up
)

// MailsOf lists an account's mails, and mailsTo those to one address.
var (
	MailsOf = &Index[Mail]{Name: "acc", List: true,
		Key: func(m *Mail) (Entry, bool) { return Entry{Owner: string(m.Account)}, true }}
	mailsTo = &Index[Mail]{Name: "to", List: true,
		Key: func(m *Mail) (Entry, bool) { return Entry{Owner: addressTag(m.To)}, true }}
)

var mails = &Kind[Mail]{Name: "mails", Noun: "Mail", Key: "mail", Quiet: true, Private: true, Indexes: []*Index[Mail]{MailsOf, mailsTo}}

// Kind says how mails are stored.
func (*Mail) Kind() *Kind[Mail] { return mails }

// Owners is the account.
func (m *Mail) Owners() []Ref { return []Ref{RefTo(m.Account)} }

// Moved has a mail that came with an import sent.
func (m *Mail) Moved(tx *Tx) error {
	if m.Status != MailQueued {
		return nil
	}
	return Enqueue(tx, mailJob, mailTask{m.ID}, time.Time{})
}

// WithoutSecrets takes the content out of an export: nobody sends the mail then.
func (m *Mail) WithoutSecrets() bool {
	if m.Status == MailQueued {
		m.Status, m.Reason = MailFailed, "It was exported without its content."
	}
	return true
}

func addressTag(address string) string {
	sum := sha256.Sum256([]byte(Fold(address)))
	return hex.EncodeToString(sum[:11])
}

// Letter is a mail that is due.
type Letter struct {
	Template     string // a name that Mailer.Add knows
	Account      *Account
	Application  ID[Application]  // through which it came to be, "" if through none
	Organization ID[Organization] // of it, in which people were looked for, or ""
	To           string           // "" is the account's address
	Locale       string           // "" is what the account's custom data say in "locale"
	Token, Link  string           // ${sptoken}, and ${url} where it is not the template's own
	Values       map[string]string

	// By is the template of another directory than the account's, for a mail that tests it.
	By ID[EmailTemplate]
}

// content is what a mail holds until it is sent.
type content struct {
	Token  string            `json:"token,omitempty"`
	Link   string            `json:"link,omitempty"`
	Values map[string]string `json:"values,omitempty"`

	By ID[EmailTemplate] `json:"by,omitempty"` // another than that of the account's directory
}

// How many mails an address gets within an hour: of one template, and in all. What is
// more is not sent.
const (
	mailsOfTemplate = 5
	mailsInAll      = 20
	mailHour        = time.Hour
)

const (
	mailJob   = "mail"
	mailGiven = 24 * time.Hour // after which a mail is given up
)

type mailTask struct {
	Mail ID[Mail] `json:"mail"`
}

// Post writes a mail, as part of the transaction that is its reason. One to an account
// without an address, and one more than an address gets within an hour, is none; nobody
// is told.
func Post(tx *Tx, l Letter) error {
	_, err := post(tx, l)
	return err
}

// post is Post with the mail, nil if there is none.
func post(tx *Tx, l Letter) (*Mail, error) {
	if !tx.App.Mail.knows(l.Template) {
		return nil, fmt.Errorf("core: there is no mail template %q", l.Template)
	}
	to := cmp.Or(l.To, l.Account.Email)
	if to == "" || strings.HasSuffix(to, ".invalid") {
		return nil, nil
	}
	sys := tx.trusted()
	if many, err := tooMany(sys, l.Template, to); err != nil || many {
		return nil, err
	}
	box, err := json.Marshal(content{l.Token, l.Link, l.Values, l.By})
	if err != nil {
		return nil, err
	}
	m := &Mail{Template: l.Template, Account: l.Account.ID, Application: l.Application, Organization: l.Organization, To: to, Locale: l.Locale, Status: MailQueued, Content: Seal(string(box))}
	tenant, err := Get(sys, tx.Tenant)
	if err != nil {
		return nil, err
	}
	m.Stamp = Stamp{Tenant: tenant.Epoch}
	if err := Put(sys, m); err != nil {
		return nil, err
	}
	return m, Enqueue(tx, mailJob, mailTask{m.ID}, time.Time{})
}

// PostNothing is Post to nobody: it costs as much, so that a stranger does not learn
// from the time that something takes whether there is anybody to write to.
func PostNothing(tx *Tx, l Letter) error {
	if _, err := tooMany(tx.trusted(), l.Template, l.To); err != nil {
		return err
	}
	return Enqueue(tx, mailJob, mailTask{}, time.Time{})
}

// tooMany tells whether an address has got as many mails as it gets within an hour.
func tooMany(tx *Tx, template, to string) (bool, error) {
	all, same := 0, 0
	page, err := List(tx, mailsTo, Query{Owner: addressTag(to), Limit: mailsInAll, Desc: true})
	if err != nil {
		return false, err
	}
	for _, m := range page.Items {
		if tx.Now.Sub(m.CreatedAt.Time) >= mailHour || tx.made(mails.Name, string(m.ID)) {
			continue
		}
		all++
		if m.Template == template {
			same++
		}
	}
	return all >= mailsInAll || same >= mailsOfTemplate, nil
}

// Mailer sends mails.
type Mailer struct {
	app *App
	// From is who mails are from where their template does not say.
	From      mail.Address
	templates map[string]MailTemplate
	senders   []namedSender
	relays    relays
}

// MailTemplate is how mails of a name are made.
type MailTemplate struct {
	// Make makes a mail, as the server itself. nil makes it by the EmailTemplate of the
	// account's directory, whose default texts are those of package letter.
	Make func(tx *Tx, m *Draft) error
}

// Draft is a mail being made.
type Draft struct {
	Mail        *Mail
	Account     *Account
	Application *Application // nil if it came through none
	Token, Link string
	Values      map[string]string
	Message     *mail.Message // to be filled; addresses, date and locale are set

	template ID[EmailTemplate]
}

type namedSender struct {
	name string
	pick func(tx *Tx) (mail.Sender, error)
}

// Add makes a template known. Call it before Start.
func (m *Mailer) Add(name string, t MailTemplate) {
	if _, known := m.templates[name]; known || m.app.started {
		panic(fmt.Sprintf("core: mail template %q: registered late or twice", name))
	}
	if m.templates == nil {
		m.templates = map[string]MailTemplate{}
	}
	m.templates[name] = t
}

func (m *Mailer) knows(name string) bool { _, ok := m.templates[name]; return ok }

// Use adds a way to send mails, which is asked after those added before it. pick
// returns nil where it is not for a tenant. Call it before Start.
func (m *Mailer) Use(name string, pick func(tx *Tx) (mail.Sender, error)) {
	if m.app.started || slices.ContainsFunc(m.senders, func(s namedSender) bool { return s.name == name }) {
		panic(fmt.Sprintf("core: sender %q: registered late or twice", name))
	}
	m.senders = append(m.senders, namedSender{name, pick})
}

// errNoSender says what is missing.
var errNoSender = errors.New("no way to send mail is set up: see --smtp-url")

// sender is who sends a tenant's mails.
func (m *Mailer) sender(tx *Tx) (mail.Sender, error) {
	for _, s := range m.senders {
		if to, err := s.pick(tx); err != nil || to != nil {
			return to, err
		}
	}
	return nil, errNoSender
}

// Leaves tells whether a tenant's mails leave the machine: they are neither written to a
// folder nor wait for a way to be sent.
func (m *Mailer) Leaves(tx *Tx) (bool, error) {
	to, err := m.sender(tx)
	if errors.Is(err, errNoSender) {
		return false, nil
	}
	_, kept := to.(*mail.Folder)
	return err == nil && !kept, err
}

// MailEvent is a mail on its way.
type MailEvent struct {
	hooks.Event
	App     *App
	Mail    *Mail
	Message *mail.Message // Before Render and Send may change it
}

// Level is RequestLevel: it runs outside any transaction.
func (*MailEvent) Level() Level { return RequestLevel }

// sendMail is the job.
func (a *App) sendMail(ctx context.Context, j Job) error {
	var task mailTask
	if err := json.Unmarshal(j.Payload, &task); err != nil {
		return err
	}
	if task.Mail == "" {
		return nil // to nobody
	}
	var d *Draft
	var by mail.Sender
	err := a.View(ctx, func(tx *Tx) (err error) {
		d, by, err = a.Mail.draft(tx, task.Mail)
		return err
	})
	if IsNotFound(err) {
		return nil // its account is gone
	}
	if d == nil {
		return err
	}
	var where string
	if err == nil {
		where, err = a.hand(ctx, d, by)
	}
	if ctx.Err() != nil {
		return ctx.Err() // stopped in the middle
	}
	return a.sent(ctx, d, where, err)
}

// draft makes a mail that is still to be sent; it is nil if there is none. A mail that
// cannot be made is returned with the error.
func (m *Mailer) draft(tx *Tx, id ID[Mail]) (*Draft, mail.Sender, error) {
	rec, err := Get(tx, id)
	if err != nil || rec.Status != MailQueued {
		return nil, nil, err
	}
	d := &Draft{Mail: rec}
	if d.Account, err = Get(tx, rec.Account); err != nil {
		return nil, nil, err
	}
	if rec.Application != "" {
		if d.Application, err = Get(tx, rec.Application); err != nil && !IsNotFound(err) {
			return nil, nil, err
		}
	}
	tenant, err := Get(tx, tx.Tenant)
	if err != nil {
		return nil, nil, err
	}
	if rec.Stamp.Tenant != tenant.Epoch {
		return d, nil, fmt.Errorf("it is of before the data were restored: %w", mail.ErrRefused)
	}
	plain, err := rec.Content.Open(tx, rec.ID, "content")
	if err != nil {
		return d, nil, err
	}
	var in content
	if err := json.Unmarshal([]byte(plain), &in); err != nil {
		return d, nil, err
	}
	d.Token, d.Link, d.Values, d.template = in.Token, in.Link, in.Values, in.By
	if rec.Locale == "" {
		rec.Locale = localeOf(tx, d.Account.ID)
	}
	d.Message = &mail.Message{ID: string(rec.ID), From: m.From, To: mail.Address{Addr: rec.To}, Date: rec.CreatedAt.Time, Locale: rec.Locale, Auto: true}
	t, ok := m.templates[rec.Template]
	switch {
	case !ok:
		return d, nil, fmt.Errorf("nobody makes mails of the template %q", rec.Template)
	case t.Make != nil:
		err = t.Make(tx, d)
	default:
		err = makeByTemplate(tx, d)
	}
	if err != nil {
		return d, nil, err
	}
	by, err := m.sender(tx)
	return d, by, err
}

// localeOf is the language that an account asks for in its custom data, "" if it does
// not.
func localeOf(tx *Tx, id ID[Account]) string {
	data, err := GetCustomData(tx, RefTo(id))
	if err != nil {
		return ""
	}
	var locale string
	if raw := data.Values["locale"]; len(raw) > 40 || json.Unmarshal(raw, &locale) != nil {
		return ""
	}
	return locale
}

// hand gives a message to its sender, around which the hooks run.
func (a *App) hand(ctx context.Context, d *Draft, by mail.Sender) (where string, err error) {
	ev := &MailEvent{App: a, Mail: d.Mail, Message: d.Message}
	if err := a.Hooks.Mail.Render.Trigger(ev, func(*MailEvent) error { return nil }); err != nil {
		return "", err
	}
	err = a.Hooks.Mail.Send.Trigger(ev, func(e *MailEvent) error {
		where, err = by.Send(ctx, e.Message)
		return err
	})
	return where, err
}

// sent writes what became of a try. A mail that nobody will take, or nobody has taken
// for a day, is given up.
func (a *App) sent(ctx context.Context, d *Draft, where string, failure error) error {
	again := failure
	err := a.Update(ctx, func(tx *Tx) error {
		m, err := Get(tx, d.Mail.ID)
		if err != nil || m.Status != MailQueued {
			again = nil
			return orGone(err)
		}
		again = failure
		m.Tries++
		m.Locale = d.Mail.Locale
		if d.Message != nil {
			m.Subject = d.Message.Subject
		}
		switch {
		case failure == nil:
			m.Status, m.SentAt, m.Where, m.Reason, m.Content = MailSent, At(tx.Now), where, "", Sealed{}
			return Put(tx, m)
		case errors.Is(failure, mail.ErrRefused) || tx.Now.Sub(m.CreatedAt.Time) >= mailGiven:
			again = nil
			m.Status, m.Content = MailFailed, Sealed{}
			if err := tx.Emit(Event{Type: "mail.failed", Ref: RefTo(m.Account)}); err != nil {
				return err
			}
			if err := tx.Note(AuditLine{Type: "mail.failed", Ref: RefTo(m.Account), Note: map[string]string{"template": m.Template}}); err != nil {
				return err
			}
			tx.After(func() { a.Log.Warn("mail given up", "mail", m.ID, "template", m.Template, "err", failure) })
		}
		m.Reason = brief(failure.Error())
		return Put(tx, m)
	})
	return cmp.Or(err, again)
}

func orGone(err error) error {
	if IsNotFound(err) {
		return nil
	}
	return err
}

// brief is the beginning of a text that may be long.
func brief(s string) string {
	if len(s) > 500 {
		return strings.ToValidUTF8(s[:500], "") + "…"
	}
	return s
}
