package apis

import (
	markup "html/template"

	"github.com/gofiber/fiber/v3"

	"github.com/stormkeep/stormkeep/core"
)

func (f *front) registerFields() []formField {
	return []formField{f.field("givenName", "text"), f.field("surname", "text"), f.field("email", "email"), f.field("password", "password")}
}

// frontForm is a form of the framework's pages as it is shown.
type frontForm struct {
	*setupForm
	Application string
	Message     string // what is wrong in all
	Said        string
	Flow        string
	Carry       markup.URL
	Fields      []frontField
}

// frontField is one field of it.
type frontField struct {
	formField
	setupField
	Complete string // what browsers fill in
}

var completes = map[string]string{"givenName": "given-name", "surname": "family-name", "email": "username", "password": "new-password"}

// form is a form with those fields, as it was sent but for the password.
func (f *front) form(app *core.Application, fields []formField) *frontForm {
	out := &frontForm{setupForm: &setupForm{values: map[string]string{}, wrong: map[string]string{}}, Application: f.v.Named(app.Name), Flow: f.flow, Carry: f.carry()}
	for _, x := range fields {
		out.order = append(out.order, x.Name)
		if x.Type != "password" {
			out.values[x.Name] = f.fields[x.Name]
		}
	}
	return out
}

// show shows the form, with the first of what is wrong above it.
func (out *frontForm) show(f *front, status int, page string, fields []formField) error {
	for _, x := range fields {
		at := out.Field(x.Name)
		if out.Message == "" {
			out.Message = at.Text
		}
		out.Fields = append(out.Fields, frontField{x, at, completes[x.Name]})
	}
	if out.Message == "" {
		out.Message, out.Notice = out.Notice, ""
	}
	return f.s.pages.Show(f.c, f.again(pathOf[page]), status, page, out)
}

// pathOf is where the pages of forms are.
var pathOf = map[string]string{"register": registerPath, "forgot": forgotPath, "resend": confirmPath}

// FormFlow is the flow that the form carries.
func (out *frontForm) FormFlow() string { return out.Flow }

// registering is the application that takes new accounts here.
func (f *front) registering() (*core.Application, error) {
	app, err := f.application()
	if err != nil {
		return nil, err
	}
	takes := false
	err = f.s.App.View(f.ctx, func(tx *core.Tx) (err error) {
		takes, err = core.Registers(tx, f.through(app))
		return err
	})
	if err == nil && !takes {
		err = core.Errorf(core.NotFound, "no_registration", "%s", f.v.Say("register.none"))
	}
	return app, err
}

func (f *front) showRegister() error {
	app, err := f.registering()
	if err != nil {
		return f.lost(err)
	}
	fields := f.registerFields()
	if !f.html {
		return f.model(fields)
	}
	return f.form(app, fields).show(f, fiber.StatusOK, "register", fields)
}

// lost tells of a client's sign-in that is over.
func (f *front) lost(err error) error {
	if f.flow == "" {
		return err
	}
	return f.s.oauth.Lost(f.c, f.v, err)
}

// register makes an account. It signs nobody in.
func (f *front) register() error {
	app, err := f.registering()
	if err != nil {
		return f.lost(err)
	}
	fields := f.registerFields()
	page := f.form(app, fields)
	again := func(status int) error { return page.show(f, status, "register", fields) }
	refuse := func(status int, text string) error {
		if !f.html {
			return f.fault(status, text)
		}
		page.Message = text
		if status == fiber.StatusBadRequest {
			status = fiber.StatusOK
		}
		return again(status)
	}
	if !f.own {
		return refuse(fiber.StatusForbidden, f.v.Say("notice.form"))
	}
	if text := f.missing(fields); text != "" {
		for _, x := range fields {
			if f.fields[x.Name] == "" {
				page.wrong[x.Name] = f.v.Say("framework.required", x.Label)
			}
		}
		return refuse(fiber.StatusBadRequest, text)
	}
	if name := f.unknown(fields); name != "" {
		return refuse(fiber.StatusBadRequest, f.v.Say("framework.unknown", name))
	}
	acc := core.Make[core.Account]()
	acc.GivenName, acc.Surname, acc.Email = f.fields["givenName"], f.fields["surname"], f.fields["email"]
	reg := core.Registration{Through: f.through(app), At: app.ID, Account: acc, Password: f.fields["password"]}
	if !f.html {
		// The framework's protocol says so to programs.
		made, err := f.s.App.Register(f.ctx, reg)
		if err != nil {
			return err
		}
		return f.account(made)
	}
	made, err := f.s.App.SignUp(f.ctx, reg)
	if err != nil {
		return f.s.refuse(f.c, f.v, page.setupForm, "register", err, func(status int) error {
			if status < fiber.StatusInternalServerError && status != fiber.StatusTooManyRequests {
				status = fiber.StatusOK
			}
			return again(status)
		})
	}
	status := "unverified"
	if made != nil && made.Status == core.Enabled {
		status = "created"
	}
	f.keepFlow()
	return f.on("/login?status=" + status)
}
