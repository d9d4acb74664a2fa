package apis

import (
	"cmp"

	"github.com/gofiber/fiber/v3"

	"github.com/stormkeep/stormkeep/core"
)

func (f *front) showForgot() error {
	if !f.html {
		return f.notHere()
	}
	text := ""
	if f.c.Query("status") == "invalid_sptoken" {
		text = f.v.Say("forgot.invalid")
	}
	return f.showAsk("forgot", fiber.StatusOK, text)
}

// showAsk shows a page that asks for an address.
func (f *front) showAsk(name string, status int, text string) error {
	app, err := f.application()
	if err != nil {
		return f.lost(err)
	}
	fields := []formField{f.field("email", "email")}
	if f.fields["email"] == "" {
		f.fields["email"] = f.fields["login"]
	}
	page := f.form(app, fields)
	page.Message = text
	return page.show(f, status, name, fields)
}

// forgot has a mail sent to the account of a name, if there is one. Nobody is told
// whether there is.
func (f *front) forgot() error {
	return f.ask("forgot", "/login?status=forgot", core.PasswordReset)
}

// ask has the mail sent of a page that asks for an address, or a user name, and gives the
// same answer whatever comes of it.
func (f *front) ask(name, then string, purpose core.Purpose) error {
	app, err := f.application()
	if err != nil {
		return f.lost(err)
	}
	refuse := func(status int, text string) error {
		if !f.html {
			return f.fault(status, text)
		}
		if status == fiber.StatusBadRequest {
			status = fiber.StatusOK
		}
		return f.showAsk(name, status, text)
	}
	login := cmp.Or(f.fields["email"], f.fields["login"])
	switch {
	case !f.own:
		return refuse(fiber.StatusForbidden, f.v.Say("notice.form"))
	case login == "" && name == "resend" && !f.html:
		return refuse(fiber.StatusBadRequest, f.v.Say("framework.login"))
	case login == "":
		return refuse(fiber.StatusBadRequest, f.v.Say("framework.required", f.v.Say("field.email")))
	}
	err = f.s.App.Update(f.ctx, func(tx *core.Tx) error { return core.AskForMail(tx, purpose, app.ID, login, f.org) })
	if err != nil {
		return err
	}
	if !f.html {
		return f.done()
	}
	f.keepFlow()
	return f.on(then)
}
