package apis

import (
	"cmp"

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

func (f *front) showChange() error {
	token := f.token()
	if token == "" {
		if f.html {
			return f.to(forgotPath)
		}
		return f.fault(fiber.StatusBadRequest, f.s.pages.Say("framework.token"))
	}
	err := f.follow(token, true, func(l *core.MailedLink) error {
		switch {
		case !f.html:
			return f.done()
		case f.c.Query("sptoken") != "":
			return f.held(token, changePath)
		}
		return f.showNewPassword(l, fiber.StatusOK, &setupForm{})
	})
	return f.orDead(err)
}

// orDead tells of a link to a new password that is of no use.
func (f *front) orDead(err error) error {
	switch {
	case !dead(err):
		return err
	case !f.html:
		return f.fault(fiber.StatusNotFound, f.s.pages.Say("framework.notfound"))
	}
	f.drop()
	return f.to(forgotPath + "?status=invalid_sptoken")
}

func (f *front) showNewPassword(l *core.MailedLink, status int, in *setupForm) error {
	in.order = []string{"password", "confirmPassword"}
	out := linkForm{setupForm: in, Address: l.Address, Account: l.Account.Username, Action: changePath}
	if l.Application != nil {
		out.Application = l.Application.Name
	}
	return f.s.pages.Show(f.c, f.v, status, "change", out)
}

// change sets a new password. The token is looked at before all else that was sent.
func (f *front) change() error {
	token := f.token()
	switch {
	case !f.own && !f.html:
		return f.fault(fiber.StatusForbidden, f.s.pages.Say("notice.form"))
	case token == "" && f.html:
		return f.to(forgotPath + "?status=invalid_sptoken")
	case token == "":
		return f.fault(fiber.StatusBadRequest, f.s.pages.Say("framework.token"))
	}
	ctx, err := f.s.mailed(f.c)
	if err != nil {
		return err
	}
	err = f.follow(token, true, func(l *core.MailedLink) error {
		in := &setupForm{wrong: map[string]string{}}
		again := func(status int) error {
			if status == fiber.StatusBadRequest {
				status = fiber.StatusOK
			}
			if f.c.Query("sptoken") != "" || f.fields["sptoken"] != "" {
				hosted.SetCookie(f.c, f.v, linkCookie, token, linkLife)
			}
			return f.showNewPassword(l, status, in)
		}
		confirm, asked := f.fields["confirmPassword"]
		switch {
		case !f.own:
			in.Notice = f.s.pages.Say("notice.form")
			return again(fiber.StatusForbidden)
		case f.fields["password"] == "" && f.html:
			in.wrong["password"] = f.s.pages.Say("framework.required", f.s.pages.Say("field.password"))
			return again(fiber.StatusOK)
		case f.fields["password"] == "":
			return f.fault(fiber.StatusBadRequest, f.s.pages.Say("framework.required", f.s.pages.Say("field.password")))
		case asked && confirm != f.fields["password"] && f.html:
			in.wrong["confirmPassword"] = f.s.pages.Say("change.mismatch")
			return again(fiber.StatusOK)
		case asked && confirm != f.fields["password"]:
			return f.fault(fiber.StatusBadRequest, f.s.pages.Say("change.mismatch"))
		}
		_, err := f.s.App.SpendResetLink(ctx, token, f.fields["password"])
		switch {
		case err != nil && (!f.html || dead(err)):
			return err
		case err != nil:
			return f.s.refuse(f.c, in, "reset", err, again)
		case !f.html:
			return f.done()
		}
		f.drop()
		return f.to("/login?status=reset", "flow", f.keptFlow())
	})
	return f.orDead(err)
}
