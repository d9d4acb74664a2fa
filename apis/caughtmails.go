package apis

import (
	"cmp"
	"errors"
	"strconv"

	"github.com/gofiber/fiber/v3"

	"github.com/stormkeep/stormkeep/core"
	"github.com/stormkeep/stormkeep/core/mail"
)

// Mailing is how the mails go that no server of their tenant's sends.
type Mailing struct {
	// By is "smtp", "folder" or "", where they wait.
	By string
	// Server names the SMTP server, without its password.
	Server string
	// Folder is what they are written to, nil unless By is "folder".
	Folder *mail.Folder
	// Signed is the domain and the selector that they are signed for, "" where they are not.
	Signed string
}

// caughtMail is a mail in the folder.
type caughtMail struct {
	ID       string    `json:"id"`
	At       core.Time `json:"at"`
	To       string    `json:"to"`
	Subject  string    `json:"subject"`
	Template string    `json:"template"` // "" of another tenant's, or of one that is forgotten
	Size     int64     `json:"size"`
}

type mailHeader struct {
	Name  string `json:"name"`
	Value string `json:"value"`
}

// openedMail is a caught mail with what it says.
type openedMail struct {
	caughtMail
	From   string       `json:"from"`
	Header []mailHeader `json:"header"`
	Text   string       `json:"text"`
	HTML   string       `json:"html"`
	Links  []string     `json:"links"`
	Broken string       `json:"broken"` // why its texts cannot be read, "" where they can
}

// shownMailing is how mails go, as the console is told.
type shownMailing struct {
	By     string `json:"by"` // "smtp", "folder" or ""
	From   string `json:"from"`
	Server string `json:"server"`
	Signed string `json:"signed"`
	Caught bool   `json:"caught"` // they can be read at caughtMails, by who may
}

// caughtMails serve the mails that were written to a folder.
//
// They are of all tenants, and hold links that set a password or confirm an address: who
// reads one can become anybody, operators of other tenants too. That is as much as a backup
// gives, so the same people may: owners of the server's first tenant, who have signed in
// within the last five minutes where they open or delete one. Each opening is audited.
// The list has no links in it; it shows what /v1/mails shows of each tenant's.
func (s *Server) caughtMails() {
	s.console(Route{Method: fiber.MethodGet, Path: "mailing", Role: core.Auditor, Summary: "How mails are sent where the tenant has no server of its own",
		Shows: "Mailing", Answer: shownMailing{}}, showMailing)
	caught := func(rt Route, do func(*request, string) error) {
		rt.Role, rt.Whole = core.Owner, true
		s.console(rt, do)
	}
	caught(Route{Method: fiber.MethodGet, Path: "caughtMails", Summary: "Mails that were written to the folder, the newest first",
		Shows: "CaughtMailPage", Answer: looked[caughtMail]{}}, listCaught)
	caught(Route{Method: fiber.MethodGet, Path: "caughtMails/:id", StepUp: true, Summary: "A mail that was written to the folder",
		Shows: "CaughtMail", Answer: openedMail{}}, openCaught)
	caught(Route{Method: fiber.MethodGet, Path: "caughtMails/:id/raw", StepUp: true, Summary: "The file of a mail that was written to the folder"}, downloadCaught)
	caught(Route{Method: fiber.MethodDelete, Path: "caughtMails", StepUp: true, Status: fiber.StatusNoContent, Summary: "Delete the mails that were written to the folder"}, clearCaught)
}

func showMailing(r *request, _ string) error {
	m := r.srv.mailing
	from := r.srv.App.Mail.From
	out := shownMailing{By: m.By, From: from.Addr, Server: m.Server, Signed: m.Signed, Caught: m.Folder != nil}
	if from.Name != "" {
		out.From = from.Name + " <" + from.Addr + ">"
	}
	return r.answer(out)
}

// folder is where mails are caught.
func (r *request) folder() (*mail.Folder, error) {
	if r.srv.mailing.Folder == nil {
		return nil, core.Errorf(core.NotFound, "not_found", "This server writes no mails to a folder: they are sent, or wait to be.")
	}
	return r.srv.mailing.Folder, nil
}

func listCaught(r *request, _ string) error {
	f, err := r.folder()
	if err != nil {
		return err
	}
	all, err := f.List()
	if err != nil {
		return err
	}
	out := looked[caughtMail]{Offset: r.page.offset, Limit: r.page.limit, Size: len(all), Whole: true, Items: []caughtMail{}}
	from := min(out.Offset, len(all))
	var ids []string
	for _, c := range all[from:min(from+out.Limit, len(all))] {
		raw, _, err := f.Head(c.ID)
		if errors.Is(err, mail.ErrGone) {
			continue // thinned out meanwhile
		}
		if err != nil {
			return err
		}
		out.Items, ids = append(out.Items, caughtOf(c, mail.Glance(raw))), append(ids, c.Mail)
	}
	err = r.srv.App.View(r.c.Context(), func(tx *core.Tx) error {
		for i, id := range ids {
			m, err := core.Get(tx, core.ID[core.Mail](id))
			if err == nil {
				out.Items[i].Template = m.Template
			} else if !core.IsNotFound(err) {
				return err
			}
		}
		return nil
	})
	if err != nil {
		return err
	}
	return r.answer(out)
}

func caughtOf(c mail.Caught, s mail.Shown) caughtMail {
	return caughtMail{ID: c.ID, At: core.At(c.At), To: s.To, Subject: s.Subject, Size: c.Size}
}

// caught reads a mail, once it is written down that somebody does.
func (r *request) caught(id string) ([]byte, mail.Caught, error) {
	f, err := r.folder()
	if err != nil {
		return nil, mail.Caught{}, err
	}
	raw, c, err := f.Open(id)
	if errors.Is(err, mail.ErrGone) {
		return nil, c, core.Errorf(core.NotFound, "not_found", "There is no such mail in the folder any more.")
	}
	if err != nil {
		return nil, c, err
	}
	return raw, c, r.noteCaught("mail.readCaught", map[string]string{"mail": c.ID})
}

func (r *request) noteCaught(what string, note map[string]string) error {
	return r.note(core.AuditLine{Type: what, Ref: core.RefTo(r.who.actor.Tenant), Note: note})
}

func openCaught(r *request, id string) error {
	raw, c, err := r.caught(id)
	if err != nil {
		return err
	}
	s, err := mail.Show(raw)
	out := openedMail{caughtMail: caughtOf(c, s), From: s.From, Text: s.Text, HTML: s.HTML, Links: append([]string{}, s.Links...), Header: []mailHeader{}}
	if err != nil {
		out.Broken = err.Error()
	}
	for _, h := range s.Header {
		out.Header = append(out.Header, mailHeader{h[0], h[1]})
	}
	return r.answer(out)
}

func downloadCaught(r *request, id string) error {
	raw, c, err := r.caught(id)
	if err != nil {
		return err
	}
	r.c.Set(fiber.HeaderContentType, "message/rfc822")
	r.c.Set(fiber.HeaderContentDisposition, `attachment; filename="`+c.ID+`.eml"`)
	return r.c.Send(raw)
}

func clearCaught(r *request, _ string) error {
	f, err := r.folder()
	if err != nil {
		return err
	}
	n, err := f.Clear()
	if note := r.noteCaught("mail.clearCaught", map[string]string{"mails": strconv.Itoa(n)}); note != nil {
		err = cmp.Or(err, note)
	}
	if err != nil {
		return err
	}
	return r.c.SendStatus(fiber.StatusNoContent)
}
