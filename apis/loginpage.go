package apis

import (
	"slices"

	"github.com/gofiber/fiber/v3"

	"github.com/stormkeep/stormkeep/apis/hosted"
	"github.com/stormkeep/stormkeep/apis/oauth"
	"github.com/stormkeep/stormkeep/core"
)

// saidAt are the statuses of which the page of signing in has something to say; no other
// is shown.
var saidAt = []string{"unverified", "verified", "created", "forgot", "reset", "logout", "changed", "authcReqd"}

func (f *front) loginFields() []formField {
	return []formField{f.field("login", "text"), f.field("password", "password")}
}

func (f *front) showLogin() error {
	if !f.html {
		return f.model(f.loginFields())
	}
	page := f.loginPage()
	switch {
	case f.lostBy != nil:
		return f.s.oauth.Lost(f.c, f.v, f.lostBy)
	case f.carried != nil:
		return f.carried.Show(page)
	}
	if page.Said == "" {
		if who, err := f.s.oauth.Who(f.c, f.v); err != nil {
			return err
		} else if who != nil && f.next != "" {
			return f.to(f.next)
		}
	}
	return f.showLoginPage(page)
}

// home leads an operator who is signed in to the console there, anybody else who is signed
// in to her account, and a stranger to where people sign in: most who come are no
// operators, and a server tells nobody that it has a console. A program has no home.
func (f *front) home() error {
	if !f.html {
		return core.Errorf(core.NotFound, "not_found", "The requested resource does not exist.")
	}
	if f.s.consoleIndex != nil && f.s.heldConsole(f.c.Context(), string(f.c.Request().Host()), hosted.Cookie(f.c, f.v, consoleCookie)) {
		return leadTo(f.c, consolePath)
	}
	who, err := f.s.oauth.Who(f.c, f.v)
	if err != nil {
		return err
	}
	if who == nil {
		return f.on(oauth.LoginPath)
	}
	if _, err := f.application(); err != nil && !core.IsNotFound(err) {
		return err
	}
	return f.to(profilePath)
}

func (f *front) loginPage() *oauth.LoginPage {
	page := &oauth.LoginPage{Wrong: map[string]string{}}
	if status := f.c.Query("status"); slices.Contains(saidAt, status) {
		page.Said = f.v.Say("login.status." + status)
		page.Resend = status == "unverified"
	}
	return page
}

// showLoginPage shows the page of signing in to the host's application.
func (f *front) showLoginPage(page *oauth.LoginPage) error {
	app, err := f.application()
	if err != nil {
		return err
	}
	page.Application, page.Carry, page.Action = f.v.Named(app.Name), f.carry(), f.carry()
	err = f.s.App.View(f.ctx, func(tx *core.Tx) (err error) {
		page.Registers, err = core.Registers(tx, f.through(app))
		return err
	})
	if err != nil {
		return err
	}
	return f.s.pages.Show(f.c, f.again(oauth.LoginPath), fiber.StatusOK, "login", page)
}

// login signs somebody in to the host's application, or to a client that waits.
func (f *front) login() error {
	if f.flow != "" {
		return f.s.oauth.Login(f.c, f.v)
	}
	if !f.own {
		return f.refuseLogin(&oauth.LoginPage{Notice: f.v.Say("notice.form")}, fiber.StatusForbidden, f.v.Say("notice.form"))
	}
	if text := f.missing(f.loginFields()); text != "" {
		page := &oauth.LoginPage{Message: text, Wrong: map[string]string{}}
		for name, text := range map[string]string{"login": "told.name.missing", "password": "told.password.missing"} {
			if f.fields[name] == "" {
				page.Wrong[name] = f.v.Say(text)
			}
		}
		return f.refuseLogin(page, fiber.StatusBadRequest, text)
	}
	app, err := f.application()
	if err != nil {
		return err
	}
	done, err := f.s.oauth.Authenticate(f.ctx, f.c, f.v, app.ID, f.org, f.fields["login"], f.fields["password"])
	if err != nil {
		status, text := f.s.oauth.Told(f.v, err)
		if status == fiber.StatusInternalServerError {
			return err
		}
		e, _ := f.s.said(f.c, err)
		told := e.Msg
		if status != fiber.StatusBadRequest {
			told = text
		}
		return f.refuseLogin(&oauth.LoginPage{Message: text, Resend: e.Code == "account_unverified"}, status, told)
	}
	if err := f.s.oauth.SignIn(f.c, f.v, done, app.ID); err != nil {
		return err
	}
	if !f.html {
		return f.account(done.Account)
	}
	return f.to(f.orHome())
}

// refuseLogin shows the form once more with what is wrong, or tells it in JSON. A page
// of a wrong password is one that was found (framework spec 5.2).
func (f *front) refuseLogin(page *oauth.LoginPage, status int, msg string) error {
	if !f.html {
		return f.fault(status, msg)
	}
	page.Login = f.fields["login"]
	if err := f.showLoginPage(page); err != nil || status == fiber.StatusBadRequest {
		return err
	}
	f.c.Status(status)
	return nil
}

// orHome is where a browser goes on that wants to be nowhere in particular.
func (f *front) orHome() string {
	if f.next == "" {
		return f.v.Base + "/"
	}
	return f.next
}

// signOut ends the session of the browser. A request that another site makes does
// nothing; one of a program, which names no site, has no session but its own.
func (f *front) signOut() error {
	if !f.ofThisSite() {
		return core.Errorf(core.Forbidden, "not_of_this_site", "%s", f.v.Say("framework.site"))
	}
	if err := f.rehome(); err != nil {
		return err
	}
	frames, err := f.s.oauth.SignOut(f.c, f.v)
	switch {
	case err != nil:
		return err
	case !f.html:
		return f.done()
	case len(frames) > 0:
		return f.s.oauth.ShowLeft(f.c, f.v, frames, f.orHome())
	}
	return f.to(f.orHome())
}

// rehome has who signs out of the account, which is below no path, go on to the domain
// that she came in by.
func (f *front) rehome() error {
	s, door, err := f.s.oauth.Session(f.c, f.v)
	if err != nil || s == nil || f.v.Base != "" {
		return err
	}
	return f.s.App.View(door, func(tx *core.Tx) (err error) {
		f.v.Base, err = core.HomePath(tx, string(f.c.Request().Host()), s.Through, s.Organization)
		return err
	})
}

// ofThisSite tells whether a browser made the request for a page of this host.
func (f *front) ofThisSite() bool {
	if site := f.c.Get("Sec-Fetch-Site"); site != "" && site != "same-origin" && site != "none" {
		return false
	}
	from := f.c.Get(fiber.HeaderOrigin)
	host := string(f.c.Request().Host())
	scheme := "http://"
	if f.v.TLS {
		scheme = "https://"
	}
	return from == "" || from == scheme+host
}
