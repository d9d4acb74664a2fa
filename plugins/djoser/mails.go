package djoser

import (
	"cmp"
	"context"
	"encoding/json"
	"fmt"
	"net/url"
	"strconv"
	"strings"

	"github.com/stormkeep/stormkeep/core"
)

// kindOfMail is one of djoser's mails.
type kindOfMail struct {
	name    string
	purpose core.Purpose            // of the link in it, "" if there is none
	url     func(o *options) string // to which it leads
}

var (
	activation      = kindOfMail{"activation", toActivate, func(o *options) string { return o.ActivationURL }}
	passwordReset   = kindOfMail{"password_reset", toReset, func(o *options) string { return o.PasswordResetURL }}
	usernameReset   = kindOfMail{"username_reset", toRename, func(o *options) string { return o.UsernameResetURL }}
	confirmation    = kindOfMail{name: "confirmation"}
	passwordChanged = kindOfMail{name: "password_changed_confirmation"}
	usernameChanged = kindOfMail{name: "username_changed_confirmation"}
	kindsOfMail     = []kindOfMail{activation, passwordReset, usernameReset, confirmation, passwordChanged, usernameChanged}
)

// template is the name under which core knows the mail.
func (k kindOfMail) template() string { return "djoser." + k.name }

// mailsOf makes the mails known to core.
func (d *door) mailsOf(m *core.Mailer) {
	for _, k := range kindsOfMail {
		m.Add(k.template(), core.MailTemplate{Make: func(tx *core.Tx, draft *core.Draft) error { return d.write(tx, k, draft) }})
	}
}

// sendLink gives the owner of an account a link, by mail. Nobody else sees its token.
func (s *site) sendLink(tx *core.Tx, acc *core.Account, k kindOfMail) error {
	if acc.Email == "" {
		return nil
	}
	token, err := s.ticket(acc, k.purpose).Give(tx, s.opt.resetTTL(), linkToken)
	if err != nil {
		return err
	}
	return core.Post(tx, core.Letter{Template: k.template(), Account: acc, Application: s.app.ID, Token: token, Values: s.values()})
}

// tell sends a mail without a link.
func (s *site) tell(tx *core.Tx, acc *core.Account, k kindOfMail) error {
	return core.Post(tx, core.Letter{Template: k.template(), Account: acc, Application: s.app.ID, Values: s.values()})
}

func (s *site) values() map[string]string { return map[string]string{"mount": string(s.mount.ID)} }

// write makes a mail by the texts of its mount, as they are when it is sent.
func (d *door) write(tx *core.Tx, k kindOfMail, draft *core.Draft) error {
	m, err := core.Get(tx, core.ID[DjoserMount](draft.Values["mount"]))
	if err != nil {
		return fmt.Errorf("the mount of the mail: %w", err)
	}
	s := site{door: d, mount: m}
	if _, err := s.live(tx); err != nil {
		return err
	}
	values := s.context(tx, k, draft.Account, draft.Token)
	if s.old() {
		subject, err := m.templateOf(k.name + "_email_subject.txt")
		if err != nil {
			return err
		}
		text, err := m.templateOf(k.name + "_email_body.txt")
		draft.Message.Subject, draft.Message.Text = oneLine(fill(subject, values, false)), fill(text, values, false)
		return err
	}
	text, err := m.templateOf(k.name + ".html")
	blocks := blocksOf(text)
	draft.Message.Subject = oneLine(fill(blocks["subject"], values, false))
	draft.Message.Text, draft.Message.HTML = fill(blocks["text_body"], values, false), fill(blocks["html_body"], values, true)
	return err
}

// context is what a text may name (djoser 1.8, 2.4). Nothing of it comes from a request:
// who asks for a mail does not say where its link leads.
func (s *site) context(tx *core.Tx, k kindOfMail, acc *core.Account, token string) map[string]string {
	public, err := url.Parse(core.PublicURL(tx))
	if err != nil {
		public = &url.URL{}
	}
	values := map[string]string{
		"username": *fieldNamed(s.opt.UsernameField).get(acc), "email": acc.Email, "first_name": acc.GivenName, "last_name": acc.Surname,
		"id":        strconv.FormatInt(acc.Number, 10),
		"domain":    cmp.Or(s.opt.FrontendDomain, s.opt.Domain, public.Host),
		"site_name": cmp.Or(s.opt.FrontendSiteName, s.opt.SiteName, s.app.Name),
		"protocol":  cmp.Or(s.opt.FrontendProtocol, public.Scheme),
	}
	if k.purpose != "" {
		values["uid"], values["token"] = uidOf(acc), token
		values["url"] = strings.NewReplacer("{uid}", values["uid"], "{token}", token, "{domain}", values["domain"],
			"{site_name}", url.PathEscape(values["site_name"]), "{protocol}", values["protocol"]).Replace(k.url(&s.opt))
	}
	return values
}

// mailJob finds out who gets a mail that was asked for by an address. It is written
// whether or not there is anybody, so that a stranger learns nothing from the time or
// the work that asking takes.
const mailJob = "djoser.mail"

type mailTask struct {
	Mount   core.ID[DjoserMount] `json:"mount"`
	Kind    string               `json:"kind"`
	Address string               `json:"address"`
}

// ask has those mailed who have an address.
func (r *request) ask(k kindOfMail) (*answer, error) {
	in, err := r.body()
	if err != nil {
		return nil, err
	}
	address, err := r.email(in)
	if err != nil {
		return nil, err
	}
	if k.name == activation.name && !r.opt.SendActivation {
		return &answer{status: 400}, nil
	}
	if r.opt.notFoundShown() {
		var found []*core.Account
		err := r.door.app.View(r.Context(""), func(tx *core.Tx) (err error) {
			found, err = r.addressees(tx, k, address)
			return err
		})
		if err != nil {
			return nil, err
		}
		if len(found) == 0 {
			return nil, &refusal{answer: answer{400, []string{"User with given email does not exist."}}}
		}
	}
	err = r.door.app.Update(r.Context(""), func(tx *core.Tx) error {
		return core.Enqueue(tx, mailJob, mailTask{r.mount.ID, k.name, address}, tx.Now)
	})
	return r.done(), err
}

// askReset is POST password/reset and users/reset_password.
func askReset(r *request) (*answer, error) { return r.ask(passwordReset) }

// askRename is POST users/reset_username.
func askRename(r *request) (*answer, error) { return r.ask(usernameReset) }

// askActivation is POST users/resend_activation. Where no such mails are sent it says so
// once the address has the form of one.
func askActivation(r *request) (*answer, error) { return r.ask(activation) }

// mostAddressees bounds how many accounts of one address are mailed.
const mostAddressees = 20

// addressees are the accounts of an address that get a mail: those that have a password
// and are active, or, for an activation, those that wait for it. Version 0.1 compares
// addresses in any case (djoser 1.5, 2.2).
func (s *site) addressees(tx *core.Tx, k kindOfMail, address string) (all []*core.Account, err error) {
	found, err := core.FindAll(tx, core.AccountEmail, string(s.dir.ID), core.Fold(address), mostAddressees)
	if err != nil {
		return nil, err
	}
	want := core.Enabled
	if k.name == activation.name {
		want = core.Unverified
	}
	for _, acc := range found {
		sec, err := core.Get(tx, core.ID[core.Security](acc.ID))
		if err != nil {
			return nil, err
		}
		if acc.Status == want && sec.PasswordHash != "" && (s.old() || acc.Email == address || acc.Email == normal(address)) {
			all = append(all, acc)
		}
	}
	return all, nil
}

// mail is the job.
func (d *door) mail(ctx context.Context, j core.Job) error {
	var task mailTask
	if err := json.Unmarshal(j.Payload, &task); err != nil {
		return err
	}
	by := j.By // who asked, though it is the server that does it
	by.Kind, by.Tenant = core.System, j.Tenant
	return d.app.Update(core.As(ctx, by), func(tx *core.Tx) error {
		m, err := core.Get(tx, task.Mount)
		if core.IsNotFound(err) {
			return nil
		}
		if err != nil {
			return err
		}
		s := &site{door: d, mount: m}
		if on, err := s.live(tx); err != nil || !on {
			return err
		}
		for _, k := range kindsOfMail {
			if k.name != task.Kind || k.purpose == "" {
				continue
			}
			all, err := s.addressees(tx, k, task.Address)
			if err != nil {
				return err
			}
			for _, acc := range all {
				if err := s.sendLink(tx, acc, k); err != nil {
					return err
				}
			}
		}
		return nil
	})
}
