package apis

import (
	"cmp"
	"context"

	"github.com/gofiber/fiber/v3"

	"github.com/stormkeep/stormkeep/apis/hosted"
	"github.com/stormkeep/stormkeep/core"
)

// token is the one of a mailed link: of the query, of the body, or what the browser
// holds. One that is too long to be one is none of ours, and yet one.
func (f *front) token() string {
	token := cmp.Or(f.c.Query("sptoken"), f.fields["sptoken"])
	if token == "" && f.html {
		token = hosted.Cookie(f.c, f.v, linkCookie)
	}
	return token[:min(len(token), maxToken)]
}

// follow reads a mailed link by way of the buckets of wrong tries, and does with it what
// do does.
func (f *front) follow(token string, reset bool, do func(l *core.MailedLink) error) error {
	ctx, err := f.s.mailed(f.c)
	if err != nil {
		return err
	}
	err = f.s.App.Try(ctx, core.Guess{Token: token, Source: sourceOf(f.c)}, func() error {
		l, err := f.s.App.ReadMailedLink(ctx, token)
		if err != nil {
			return err
		}
		if (l.Purpose == core.PasswordReset) != reset {
			return core.Errorf(core.NotFound, "not_found", "The requested resource does not exist.")
		}
		return do(l)
	})
	f.s.noteHeld(err)
	return err
}

// dead tells whether an error says that a link is of no use.
func dead(err error) bool { return isCode(err, "dead_link") || core.IsNotFound(err) }

// held has the browser hold the token of a link, which so leaves the address bar.
func (f *front) held(token, path string) error {
	hosted.SetCookie(f.c, f.v, linkCookie, token, linkLife)
	return f.c.Redirect().Status(fiber.StatusSeeOther).To(path)
}

// drop has the browser forget it.
func (f *front) drop() {
	if hosted.Cookie(f.c, f.v, linkCookie) != "" {
		hosted.SetCookie(f.c, f.v, linkCookie, "", -1)
	}
}

// aboutLink is a page of the framework about a mailed link.
type aboutLink struct {
	page, path, texts string
	reset             bool // the link is to a new password
	fields            []string
	then              string // where a browser goes once it is spent

	none, gone func(*front) error                 // what a browser sees without a link, and by one of no use
	program    func(*front) error                 // the answer to a program that asks for the page
	check      func(*front) (field, wrong string) // what is wrong with the form, "" for nothing
	use        func(f *front, ctx context.Context, token string) error
}

func (f *front) showChange() error { return f.showAbout(newPassword()) }
func (f *front) change() error     { return f.spend(newPassword()) }

// newPassword is the page of a new password.
func newPassword() aboutLink {
	return aboutLink{page: "change", path: changePath, texts: "reset", reset: true, fields: []string{"password", "confirmPassword"}, then: "/login?status=reset",
		none:    func(f *front) error { return f.on(forgotPath) },
		gone:    func(f *front) error { return f.on(forgotPath + "?status=invalid_sptoken") },
		program: (*front).done,
		check: func(f *front) (field, wrong string) {
			confirm, asked := f.fields["confirmPassword"]
			switch {
			case f.fields["password"] == "":
				return "password", f.v.Say("framework.required", f.v.Say("field.password"))
			case asked && confirm != f.fields["password"]:
				return "confirmPassword", f.v.Say("change.mismatch")
			}
			return "", ""
		},
		use: func(f *front, ctx context.Context, token string) error {
			_, err := f.s.App.SpendResetLink(ctx, token, f.fields["password"])
			return err
		}}
}

// showAbout shows the form of a link.
func (f *front) showAbout(a aboutLink) error {
	token := f.token()
	switch {
	case token == "" && f.html:
		return a.none(f)
	case token == "":
		return f.fault(fiber.StatusBadRequest, f.v.Say("framework.token"))
	}
	return f.orGone(a, f.follow(token, a.reset, func(l *core.MailedLink) error {
		switch {
		case !f.html:
			return a.program(f)
		case f.c.Query("sptoken") != "":
			return f.held(token, f.v.Base+a.path+string(f.carry()))
		}
		return f.showLink(a, l, fiber.StatusOK, &setupForm{})
	}))
}

func (f *front) showLink(a aboutLink, l *core.MailedLink, status int, in *setupForm) error {
	v := f.again(a.path)
	form := formOf(l, in, v.Here, a.fields...)
	if l.Application != nil {
		var err error
		if v, err = f.s.dressLink(f.c, v, f.tenant, l); err != nil {
			return err
		}
		form.Application = v.Named(form.Application)
	}
	return f.s.pages.Show(f.c, v, status, a.page, form)
}

// orGone tells of a link that is of no use.
func (f *front) orGone(a aboutLink, err error) error {
	switch {
	case !dead(err):
		return err
	case !f.html:
		return f.fault(fiber.StatusNotFound, f.v.Say("framework.notfound"))
	}
	f.drop()
	return a.gone(f)
}

// spend does with a link what its form asks for. The token is looked at before all else
// that was sent.
func (f *front) spend(a aboutLink) error {
	token := f.token()
	switch {
	case !f.own && !f.html:
		return f.fault(fiber.StatusForbidden, f.v.Say("notice.form"))
	case token == "" && f.html:
		return a.gone(f)
	case token == "":
		return f.fault(fiber.StatusBadRequest, f.v.Say("framework.token"))
	}
	ctx, err := f.s.mailed(f.c)
	if err != nil {
		return err
	}
	return f.orGone(a, f.follow(token, a.reset, func(l *core.MailedLink) error {
		in := &setupForm{wrong: map[string]string{}}
		again := func(status int) error {
			if status == fiber.StatusBadRequest {
				status = fiber.StatusOK
			}
			if f.c.Query("sptoken") != "" || f.fields["sptoken"] != "" { // the form does not bring it again
				hosted.SetCookie(f.c, f.v, linkCookie, token, linkLife)
			}
			return f.showLink(a, l, status, in)
		}
		if !f.own {
			in.Notice = f.v.Say("notice.form")
			return again(fiber.StatusForbidden)
		}
		if field, wrong := a.check(f); wrong != "" {
			if !f.html {
				return f.fault(fiber.StatusBadRequest, wrong)
			}
			in.wrong[field] = wrong
			return again(fiber.StatusOK)
		}
		err := a.use(f, ctx, token)
		switch {
		case err != nil && (!f.html || dead(err)):
			return err
		case err != nil:
			return f.s.refuse(f.c, f.v, in, a.texts, err, again)
		case !f.html:
			return f.done()
		}
		f.drop()
		f.flow = f.keptFlow()
		return f.on(a.then)
	}))
}
