package apis

import (
	"strings"

	"github.com/gofiber/fiber/v3"

	"github.com/stormkeep/stormkeep/core"
)

// ownPage is a page about what proves the owner; User is the name of whose password is
// asked for, for programs that keep passwords.
type ownPage struct {
	deskFrame
	User string
	Stop string // why the account cannot be deleted here, "" if it can
}

func (d *desk) ownPage(tab string, f *setupForm) (out ownPage, err error) {
	if out.deskFrame, err = d.frame(tab, f); err != nil {
		return out, err
	}
	return out, d.see(func(me *core.Self) error {
		who, err := me.SignedIn()
		if err == nil {
			out.User = who.Username
		}
		return err
	})
}

func (d *desk) showPassword(status int, f *setupForm) error {
	out, err := d.ownPage("password", f)
	if err != nil {
		return err
	}
	return d.s.pages.Show(d.c, d.v, status, "account-password", out)
}

// changePassword asks for the present password, however lately it was typed.
func (d *desk) changePassword(f *setupForm) error {
	if d.in.Value("password") == "" { // before a try is spent on the other
		return fieldError("required", "password", "%s", d.v.Say("error.password.required"))
	}
	if err := d.stepUp(true); err != nil {
		return err
	}
	if err := d.s.App.ChangeOwnPassword(d.ctx, d.in.Value("password")); err != nil {
		return err
	}
	return d.did(newPasswordPath, "password")
}

func (d *desk) showDelete(status int, f *setupForm) error {
	out, err := d.ownPage("data", f)
	if err != nil {
		return err
	}
	if err := d.mayLeave(); err != nil {
		e := core.AsError(err)
		if e.Kind != core.Forbidden {
			return err
		}
		out.Stop, out.Notice = e.Msg, ""
	}
	return d.s.pages.Show(d.c, d.v, status, "account-delete", out)
}

// mayLeave says in the page's language why the account cannot be deleted by its owner.
func (d *desk) mayLeave() error {
	err := d.see((*core.Self).MayLeave)
	if e := core.AsError(err); err != nil && e.Kind == core.Forbidden {
		return core.Errorf(e.Kind, e.Code, "%s", d.v.Say("account.stop."+e.Code))
	}
	return err
}

// goodbye is what the page after the end shows.
type goodbye struct{ Frames []string }

// delete asks for the user name or the address, and for the password, however lately it
// was typed.
func (d *desk) delete(*setupForm) error {
	if err := d.mayLeave(); err != nil {
		return err
	}
	if typed := core.Fold(strings.TrimSpace(d.in.Value("login"))); typed == "" || typed != core.Fold(d.who.Username) && typed != core.Fold(d.who.Email) {
		return fieldError("mismatch", "login", "%s", d.v.Say("error.login.mismatch"))
	}
	if err := d.stepUp(true); err != nil {
		return err
	}
	if err := d.s.App.DeleteOwn(d.ctx); err != nil {
		return err
	}
	frames, err := d.s.oauth.Leave(d.c, d.v, d.session)
	if err != nil {
		return err
	}
	if len(frames) == 0 {
		return leadTo(d.c, deletedPath)
	}
	return d.s.pages.ShowFrames(d.c, d.v, fiber.StatusOK, "goodbye", goodbye{frames}, frames)
}
