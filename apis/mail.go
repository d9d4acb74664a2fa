package apis

import (
	"encoding/json"
	"strings"

	"github.com/gofiber/fiber/v3"

	"github.com/stormkeep/stormkeep/core"
	"github.com/stormkeep/stormkeep/core/mail/letter"
)

// mails serves the texts of mails (spec 15), and what has become of those that were
// due.
func (s *Server) mails() {
	for _, at := range [][2]string{
		{"passwordPolicies/:id/resetEmailTemplates", "passwordReset"},
		{"passwordPolicies/:id/resetSuccessEmailTemplates", "passwordResetSuccess"},
		{"accountCreationPolicies/:id/verificationEmailTemplates", "emailVerification"},
		{"accountCreationPolicies/:id/verificationSuccessEmailTemplates", "emailVerificationSuccess"},
		{"accountCreationPolicies/:id/welcomeEmailTemplates", "welcome"},
	} {
		templates([]string{at[1]}).serve(s, at[0], "List the one template of a mail")
	}
	templates(core.EmailPurposes()).serve(s, "directories/:id/emailTemplates", "List the templates of all mails of a directory")
	s.read(s.App.KindNamed("emailTemplates"))
	s.change(Route{Path: "emailTemplates/:id", Kind: "emailTemplates", Body: "emailTemplates", Summary: "Change one EmailTemplate"}, changeTemplate)
	s.remove(s.App.KindNamed("emailTemplates"))
	s.get(Route{Path: "emailTemplates/:id/original", Kind: "emailTemplates", Shows: "EmailOriginal", Filters: []string{"locale"}, Members: original("", "", letter.Text{}).example(),
		Summary: "Read the text that the server comes with, in a language"}, showOriginal)
	s.route(Route{Method: fiber.MethodPost, Path: "/v1/emailTemplates/:id/preview", Kind: "emailTemplates", Status: 200, Shows: "EmailPreview",
		Takes:   []core.ViewField{{Name: "subject", Value: ""}, {Name: "textBody", Value: ""}, {Name: "htmlBody", Value: ""}, {Name: "mimeType", Value: ""}, {Name: "translations", Value: map[string]core.EmailText{}}, {Name: "account", Value: core.Href("")}, {Name: "locale", Value: ""}},
		Members: preview("", letter.Text{}, nil).example(), Summary: "Show what a mail of a template looks like, and what is wrong with it"}, s.handle(showPreview))
	s.create(Route{Path: "emailTemplates/:id/test", Kind: "mails", Takes: []core.ViewField{{Name: "locale", Value: ""}, {Name: "to", Value: ""}},
		Summary: "Send a mail of a template to oneself, or to an address"}, sendTest)
	s.read(s.App.KindNamed("mails"))
	list[core.Mail, *core.Mail]{page: newest}.serve(s, "tenants/:id/mails", "List the tenant's mails, the newest first")
	list[core.Mail, *core.Mail]{page: children(core.MailsOf)}.serve(s, "accounts/:id/mails", "List the mails to an account's owner")
}

// newest lists the tenant's mails from the last.
func newest(r *request, _ string, p page) (core.Page[*core.Mail], error) {
	return core.List[core.Mail](r.tx, nil, core.Query{Offset: p.offset, Limit: p.limit, Desc: true})
}

// templates is the list of a directory's templates for some purposes.
func templates(purposes []string) list[core.EmailTemplate, *core.EmailTemplate] {
	return list[core.EmailTemplate, *core.EmailTemplate]{page: func(r *request, id string, p page) (core.Page[*core.EmailTemplate], error) {
		var all []*core.EmailTemplate
		k := r.srv.App.KindNamed("emailTemplates")
		for _, purpose := range purposes {
			rec, err := k.Load(r.tx, string(core.EmailTemplateOf(core.ID[core.Directory](id), purpose)))
			if err != nil {
				return core.Page[*core.EmailTemplate]{}, err
			}
			all = append(all, rec.(*core.EmailTemplate))
		}
		return cut(all, p), nil
	}}
}

func changeTemplate(r *request, id string, in map[string]json.RawMessage) (any, error) {
	k := r.srv.App.KindNamed("emailTemplates")
	rec, err := k.Load(r.tx, id)
	if err != nil {
		return nil, err
	}
	t := rec.(*core.EmailTemplate)
	if raw, ok := in["defaultModel"]; ok {
		var model struct {
			LinkBaseURL string `json:"linkBaseUrl"`
		}
		if json.Unmarshal(raw, &model) != nil {
			return nil, fieldError("wrong_type", "defaultModel", "EmailTemplate defaultModel must be an object with a linkBaseUrl.")
		}
		t.SetLinkBase(r.tx, model.LinkBaseURL)
	}
	return r.write(k, t, in, false)
}

func preview(id string, text letter.Text, problems []letter.Problem) *object {
	if problems == nil {
		problems = []letter.Problem{}
	}
	says, err := json.Marshal(problems)
	if err != nil {
		says = []byte("[]")
	}
	return &object{path: "emailTemplates/" + id + "/preview", members: []core.ViewField{{Name: "subject", Value: text.Subject},
		{Name: "textBody", Value: text.Plain}, {Name: "htmlBody", Value: text.HTML}, {Name: "problems", Value: json.RawMessage(says)}}}
}

// showPreview takes texts that are not yet kept in place of those that are.
func showPreview(r *request, id string) error {
	in, err := r.body()
	if err != nil {
		return err
	}
	return r.view(func(r *request) (any, error) {
		rec, err := r.srv.App.KindNamed("emailTemplates").Load(r.tx, id)
		if err != nil {
			return nil, err
		}
		t := rec.(*core.EmailTemplate)
		fields := map[string]json.RawMessage{}
		for _, name := range []string{"subject", "textBody", "htmlBody", "mimeType", "translations"} {
			if raw, ok := in[name]; ok {
				fields[name] = raw
			}
		}
		if err := r.only(in, "subject", "textBody", "htmlBody", "mimeType", "translations", "account", "locale"); err != nil {
			return nil, err
		}
		if err := r.decode(fields, t, false); err != nil {
			return nil, err
		}
		t.Own = t.Own || len(fields) > 0
		locale, _, err := text(in, "locale")
		if err != nil {
			return nil, err
		}
		acc, err := r.reader(t, in["account"])
		if err != nil {
			return nil, err
		}
		shown, problems, err := t.Preview(r.tx, acc, locale)
		return preview(id, shown, problems), err
	})
}

// reader is the account that a preview is for: one of the directory, or an example.
func (r *request) reader(t *core.EmailTemplate, raw json.RawMessage) (*core.Account, error) {
	example := core.Make[core.Account]()
	example.Directory, example.Username, example.Email = t.Directory(), "jane.doe", "jane.doe@example.com"
	example.GivenName, example.Surname = "Jane", "Doe"
	href, err := hrefIn(raw)
	if len(raw) == 0 || err == nil && href == "" {
		return example, nil
	}
	id, ok := linked[core.Account](r, raw)
	if !ok {
		return nil, fieldError("invalid_reference", "account", "The account does not refer to an Account of this server.")
	}
	acc, err := core.Get(r.tx, id)
	if core.IsNotFound(err) || err == nil && acc.Directory != t.Directory() {
		return nil, fieldError("invalid_reference", "account", "The account is not one of the template's directory.")
	}
	return acc, err
}

func original(id, language string, text letter.Text) *object {
	return &object{path: "emailTemplates/" + id + "/original", members: []core.ViewField{{Name: "locale", Value: language},
		{Name: "subject", Value: text.Subject}, {Name: "textBody", Value: text.Plain}, {Name: "htmlBody", Value: text.HTML}}}
}

// showOriginal is where a translation begins, and what a change departs from.
func showOriginal(r *request, id string) (any, error) {
	rec, err := r.srv.App.KindNamed("emailTemplates").Load(r.tx, id)
	if err != nil {
		return nil, err
	}
	text, language, err := rec.(*core.EmailTemplate).AsItCame(r.query.Get("locale"))
	if err != nil {
		return nil, err
	}
	return original(id, language, text), nil
}

// sendTest sends a mail of a template to the operator who asks, or to an address.
func sendTest(r *request, id string, in map[string]json.RawMessage) (any, error) {
	if err := r.only(in, "locale", "to"); err != nil {
		return nil, err
	}
	locale, _, err := text(in, "locale")
	if err != nil {
		return nil, err
	}
	to, _, err := text(in, "to")
	if err != nil {
		return nil, err
	}
	rec, err := r.srv.App.KindNamed("emailTemplates").Load(r.tx, id)
	if err != nil {
		return nil, err
	}
	return core.TestMail(r.tx, rec.(*core.EmailTemplate), locale, strings.TrimSpace(to))
}
