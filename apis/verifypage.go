package apis

import (
	"github.com/gofiber/fiber/v3"

	"github.com/stormkeep/stormkeep/core"
)

// showVerify shows the form that confirms an address, or the one that asks for the mail
// once more. No GET spends a link, so that JSON is told to send a code along with it.
func (f *front) showVerify() error {
	token := f.token()
	switch {
	case !f.html && token == "":
		return f.fault(fiber.StatusBadRequest, f.s.pages.Say("framework.token"))
	case token == "":
		return f.showAsk("resend", fiber.StatusOK, "")
	}
	err := f.follow(token, false, func(l *core.MailedLink) error {
		switch {
		case !f.html:
			f.c.Set(fiber.HeaderAllow, fiber.MethodPost)
			return f.fault(fiber.StatusMethodNotAllowed, f.s.pages.Say("framework.confirm"))
		case f.c.Query("sptoken") != "":
			return f.held(token, confirmPath)
		}
		return f.showConfirm(l, fiber.StatusOK, &setupForm{})
	})
	return f.orResend(err)
}

// orResend tells of a link to an address that is of no use.
func (f *front) orResend(err error) error {
	switch {
	case !dead(err):
		return err
	case !f.html:
		return f.fault(fiber.StatusNotFound, f.s.pages.Say("framework.notfound"))
	}
	f.drop()
	return f.showAsk("resend", fiber.StatusOK, f.s.pages.Say("forgot.invalid"))
}

func (f *front) showConfirm(l *core.MailedLink, status int, in *setupForm) error {
	in.order = []string{"code", "password"}
	out := linkForm{setupForm: in, Address: l.Address, Account: l.Account.Username, Action: confirmPath}
	if l.Application != nil {
		out.Application = l.Application.Name
	}
	return f.s.pages.Show(f.c, f.v, status, "verify", out)
}

// verify confirms the address of a link, if the body has what stands beside it or a
// link of its own; else it has the mail sent once more.
func (f *front) verify() error {
	token := f.token()
	_, code := f.fields["code"]
	if _, body := f.fields["sptoken"]; !code && !body {
		return f.resend()
	}
	switch {
	case !f.own && !f.html:
		return f.fault(fiber.StatusForbidden, f.s.pages.Say("notice.form"))
	case token == "" && f.html:
		return f.showAsk("resend", fiber.StatusOK, f.s.pages.Say("forgot.invalid"))
	case token == "":
		return f.fault(fiber.StatusBadRequest, f.s.pages.Say("framework.token"))
	}
	ctx, err := f.s.mailed(f.c)
	if err != nil {
		return err
	}
	err = f.follow(token, false, func(l *core.MailedLink) error {
		in := &setupForm{wrong: map[string]string{}}
		again := func(status int) error {
			if status == fiber.StatusBadRequest {
				status = fiber.StatusOK
			}
			return f.showConfirm(l, status, in)
		}
		if !f.own {
			in.Notice = f.s.pages.Say("notice.form")
			return again(fiber.StatusForbidden)
		}
		_, err := f.s.App.ConfirmAddress(ctx, token, core.Confirmation{Code: f.fields["code"], Password: f.fields["password"]})
		switch {
		case err != nil && (!f.html || dead(err)):
			return err
		case err != nil:
			return f.s.refuse(f.c, in, "verify", err, again)
		case !f.html:
			return f.done()
		}
		f.drop()
		return f.to("/login?status=verified", "flow", f.keptFlow())
	})
	return f.orResend(err)
}

// resend has the mail sent once more, and says nothing of whether it was.
func (f *front) resend() error {
	if f.fields["login"] != "" && f.fields["email"] != "" {
		return core.Errorf(core.Invalid, "bad_request", "%s", f.s.pages.Say("framework.both"))
	}
	return f.ask("resend", "/login?status=unverified", func(tx *core.Tx, app core.ID[core.Application], login string) error {
		return core.RequestVerification(tx, app, login, "")
	})
}
