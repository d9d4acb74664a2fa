package apis

import (
	"context"
	"encoding/json"
	"time"

	"github.com/gofiber/fiber/v3"

	"github.com/stormkeep/stormkeep/apis/hosted"
	"github.com/stormkeep/stormkeep/core"
)

// Where mails lead whose templates name no page of their own.
const (
	resetPath  = "/passwordReset"
	verifyPath = "/emailVerificationTokens"
)

// linkCookie holds the token of a mailed link, which so leaves the address bar.
const linkCookie = "link"

const linkLife = 30 * time.Minute

// landing serves the pages that mails lead to, and the request of another address. A
// GET spends nothing: programs that read mails follow their links.
func (s *Server) landing() {
	for _, at := range []struct {
		path, page, what string
		spend            func(ctx context.Context, v hosted.Visit, token string, in *hosted.Form) (notice, error)
	}{
		{resetPath, "reset", "Set a new password by a mailed link", s.spendReset},
		{verifyPath, "verify", "Confirm an address by a mailed link", s.spendVerification},
	} {
		s.page(Route{Method: fiber.MethodGet, Path: at.path, Summary: at.what + ": the form"}, func(c fiber.Ctx, v hosted.Visit) error {
			if token := c.Query("sptoken"); token != "" && len(token) <= maxToken {
				hosted.SetCookie(c, v, linkCookie, token, linkLife)
				hosted.Private(c)
				return c.Redirect().Status(fiber.StatusSeeOther).To(v.Base + at.path + asked(v))
			}
			return s.showLink(c, v, at.page, fiber.StatusOK, &setupForm{})
		})
		s.page(Route{Method: fiber.MethodPost, Path: at.path, Summary: at.what}, func(c fiber.Ctx, v hosted.Visit) error {
			in, err := hosted.ReadForm(c, v)
			if err != nil {
				return err
			}
			if !in.Own() {
				return s.showLink(c, v, at.page, fiber.StatusForbidden, &setupForm{Notice: v.Say("notice.form")})
			}
			ctx, err := s.mailed(c)
			if err != nil {
				return err
			}
			token := hosted.Cookie(c, v, linkCookie)
			var done notice
			dressed := v
			err = s.App.Try(ctx, core.Guess{Token: token, Source: sourceOf(c)}, func() error {
				l, err := s.App.ReadMailedLink(ctx, token)
				if err != nil {
					return err
				}
				if dressed, err = s.dressLink(c, v, core.ActorOf(ctx).Tenant, l); err != nil {
					return err
				}
				done, err = at.spend(ctx, dressed, token, in)
				return err
			})
			s.noteHeld(err)
			if err != nil {
				return s.refuseLink(c, v, at.page, err)
			}
			hosted.SetCookie(c, v, linkCookie, "", -1)
			return s.pages.Show(c, dressed, fiber.StatusOK, "message", done)
		})
	}
	s.route(Route{Method: fiber.MethodPost, Path: "/v1/accounts/:id/emailChanges", Kind: "accounts", Status: 202,
		Takes:   []core.ViewField{{Name: "email", Value: ""}, {Name: "application", Value: core.Href("")}},
		Summary: "Write to an address that an account is to get"}, s.handle(requestEmailChange))
}

// maxToken is the length of the longest token that is looked at.
const maxToken = 500

// linkForm is a page about a mailed link.
type linkForm struct {
	*setupForm
	Application string // "" where the link is of none
	Address     string
	Account     string
	Action      string // where the form goes
}

// showLink shows the form of the link that the browser holds, or says that it is dead.
func (s *Server) showLink(c fiber.Ctx, v hosted.Visit, page string, status int, f *setupForm) error {
	ctx, err := s.mailed(c)
	if err != nil {
		return err
	}
	l, err := s.App.ReadMailedLink(ctx, hosted.Cookie(c, v, linkCookie))
	if err != nil || (l.Purpose == core.PasswordReset) != (page == "reset") {
		return s.deadLink(c, v, err)
	}
	at := resetPath
	if page == "verify" {
		at = verifyPath
	}
	form := formOf(l, f, v.Base+at+asked(v), "code", "password")
	if v, err = s.dressLink(c, v, core.ActorOf(ctx).Tenant, l); err != nil {
		return err
	}
	return s.pages.Show(c, v, status, page, form)
}

// dressLink has a page about a link look as whom it came through has it.
func (s *Server) dressLink(c fiber.Ctx, v hosted.Visit, tenant core.ID[core.Tenant], l *core.MailedLink) (hosted.Visit, error) {
	if l.Application == nil {
		return v, nil
	}
	return s.dress(c, v, tenant, l.Application.ID, l.Organization)
}

// FormAction is where the form goes.
func (f linkForm) FormAction() string { return f.Action }

// formOf is a form about a link, which goes to a path, with its fields in their order.
func formOf(l *core.MailedLink, in *setupForm, action string, fields ...string) linkForm {
	in.order = fields
	out := linkForm{setupForm: in, Address: l.Address, Account: l.Account.Username, Action: action}
	if l.Application != nil {
		out.Application = l.Application.Name
	}
	return out
}

// asked is the query that keeps a language that was chosen, "" for none.
func asked(v hosted.Visit) string {
	if v.Asked == "" {
		return ""
	}
	return "?" + v.Asked
}

// deadLink is the one answer to links that do not work.
func (s *Server) deadLink(c fiber.Ctx, v hosted.Visit, err error) error {
	if err != nil && !isCode(err, "dead_link") {
		return err
	}
	hosted.SetCookie(c, v, linkCookie, "", -1)
	return s.pages.Show(c, v, fiber.StatusNotFound, "message", notice{Title: v.Say("link.dead.title"), Text: v.Say("link.dead.text")})
}

// mailed is a context of whoever holds a mailed link: of the tenant to which the host
// belongs, else of the first.
func (s *Server) mailed(c fiber.Ctx) (context.Context, error) {
	t, err := s.pageTenant(c)
	return core.As(c.Context(), core.Actor{Kind: core.ByLink, Tenant: t, IP: c.IP(), UserAgent: c.Get(fiber.HeaderUserAgent), RequestID: requestID(c)}), err
}

// spendReset sets a new password, and says so.
func (s *Server) spendReset(ctx context.Context, v hosted.Visit, token string, in *hosted.Form) (done notice, err error) {
	acc, err := s.App.SpendResetLink(ctx, token, in.Value("password"))
	if err != nil {
		return done, err
	}
	return notice{Title: v.Say("password.done.title"), Text: v.Say("reset.done.text", acc.Username)}, nil
}

// spendVerification confirms an address, and says so.
func (s *Server) spendVerification(ctx context.Context, v hosted.Visit, token string, in *hosted.Form) (done notice, err error) {
	l, err := s.App.ConfirmAddress(ctx, token, core.Confirmation{Code: in.Value("code"), Password: in.Value("password")})
	if err != nil {
		return done, err
	}
	return notice{Title: v.Say("verify.done.title"), Text: v.Say("verify.done.text", l.Address)}, nil
}

// refuseLink shows the form again with what is wrong, as long as its link lives.
func (s *Server) refuseLink(c fiber.Ctx, v hosted.Visit, page string, err error) error {
	if isCode(err, "dead_link") {
		return s.deadLink(c, v, err)
	}
	f := &setupForm{wrong: map[string]string{}}
	return s.refuse(c, v, f, page, err, func(status int) error { return s.showLink(c, v, page, status, f) })
}

// requestEmailChange has an account's owner asked whether a new address is theirs. The
// account has it once they say so.
func requestEmailChange(r *request, id string) error {
	in, err := r.body()
	if err != nil {
		return err
	}
	if err := r.only(in, "email", "application"); err != nil {
		return err
	}
	email, err := required(in, "EmailChange", "email")
	if err != nil {
		return err
	}
	err = r.srv.App.Update(r.c.Context(), func(tx *core.Tx) error {
		q := *r
		q.tx = tx
		app, err := q.throughApplication(in)
		if err != nil {
			return err
		}
		return core.RequestEmailChange(tx, core.ID[core.Account](id), app, "", email)
	})
	if err != nil {
		return err
	}
	return send(r.c.Status(fiber.StatusAccepted), nil)
}

// throughApplication is the application that a body names, "" for none.
func (r *request) throughApplication(in map[string]json.RawMessage) (app core.ID[core.Application], err error) {
	raw, ok := in["application"]
	if !ok {
		return "", nil
	}
	if app, ok = linked[core.Application](r, raw); ok {
		_, err = core.Get(r.tx, app)
	}
	if !ok || core.IsNotFound(err) {
		err = fieldError("invalid_reference", "application", "EmailChange application does not refer to an Application of this server.")
	}
	return app, err
}
