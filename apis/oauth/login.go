package oauth

import (
	"cmp"
	"context"
	"errors"
	"html/template"
	"net/url"

	"github.com/gofiber/fiber/v3"

	"github.com/stormkeep/stormkeep/apis/hosted"
	"github.com/stormkeep/stormkeep/core"
)

// LoginPath is where people sign in.
const LoginPath = "/login"

// LoginPage is what the page of signing in shows.
type LoginPage struct {
	Application string
	Client      string // that waits for who signs in, "" for none
	Flow        string // sealed, of the client
	Login       string
	Notice      string
	Message     string
	Said        string // what was done before: a new account, a mail that was sent
	Wrong       map[string]string
	Carry       template.URL // the query of links to other pages, "" or with its ?
	Action      template.URL // the query of the form
	Registers   bool         // new accounts are taken
	Resend      bool         // a mail can be asked for once more
}

// FormFlow is the flow that the form carries.
func (p *LoginPage) FormFlow() string { return p.Flow }

// showLogin shows the page on which somebody signs in for a client.
func (k *call) showLogin(v hosted.Visit, status int, f *Flow, client *core.Client, app *core.Application, page *LoginPage) (err error) {
	if page.Flow, err = k.seal(v, f); err != nil {
		return k.p.stop(k.c, v, err)
	}
	if v, err = k.p.Env.Dress(k.c, v, app.ID, f.Organization); err != nil {
		return err
	}
	page.Application, page.Client, page.Carry = v.Named(app.Name), client.Name, template.URL("?"+url.Values{"flow": {page.Flow}}.Encode())
	v.Here = LoginPath + string(page.Carry)
	err = k.p.App.View(k.ctx, func(tx *core.Tx) (err error) {
		page.Registers, err = core.Registers(tx, cmp.Or(f.in(), core.RefTo(app.ID)))
		return err
	})
	if err != nil {
		return err
	}
	return k.p.Pages.ShowTo(k.c, v, status, "login", page, core.OriginOf(f.RedirectURI))
}

// Login signs somebody in by a name and a password.
func (p *Provider) Login(c fiber.Ctx, v hosted.Visit) error {
	d, in, err := p.posted(c, v)
	if err != nil {
		return p.Lost(c, v, err)
	}
	k, v, f, client, app := d.k, d.v, d.f, d.client, d.app
	page := &LoginPage{Login: in.Value("login"), Wrong: map[string]string{}}
	if !in.Own() {
		page.Notice = v.Say("notice.form")
		return k.showLogin(v, fiber.StatusForbidden, f, client, app, page)
	}
	for name, text := range map[string]string{"login": "told.name.missing", "password": "told.password.missing"} {
		if in.Value(name) == "" {
			page.Wrong[name] = v.Say(text)
		}
	}
	if len(page.Wrong) > 0 {
		return k.showLogin(v, fiber.StatusBadRequest, f, client, app, page)
	}
	done, err := p.Authenticate(k.ctx, c, v, app.ID, f.in(), in.Value("login"), in.Value("password"))
	if err != nil {
		status, text := p.Told(v, err)
		if status == 500 {
			return err
		}
		page.Message = text
		return k.showLogin(v, status, f, client, app, page)
	}
	s, err := k.signIn(v, done, app.ID, k.cookieFor(f))
	if err != nil {
		return err
	}
	return k.proceed(v, f, client, app, s)
}

// Authenticate tries a login and a password at an application, in one store or
// organization of it or "" in all, from the browser of a page.
func (p *Provider) Authenticate(ctx context.Context, c fiber.Ctx, v hosted.Visit, app core.ID[core.Application], store core.Ref, login, password string) (*core.Done, error) {
	return p.attempt(ctx, c, v, core.Attempt{Application: app, Store: store, Login: login, Password: password, Door: "login"})
}

// attempt tries what somebody typed into a page.
func (p *Provider) attempt(ctx context.Context, c fiber.Ctx, v hosted.Visit, at core.Attempt) (*core.Done, error) {
	at.Source, at.Device = p.Env.Source(c), hosted.Cookie(c, v, deviceCookie)
	out, err := p.App.Authenticate(ctx, at)
	p.Env.Held(err)
	if err == nil && out.Done == nil {
		err = errors.New("oauth: a further factor is asked for, and there is no page for it")
	}
	return out.Done, err
}

// Told is how a refused sign-in reads to who tried, and its status: 500 for what is no
// refusal.
func (p *Provider) Told(v hosted.Visit, err error) (int, string) {
	e := core.AsError(err)
	switch {
	case e.Code == core.HeldBack || e.Kind == core.Limited:
		return fiber.StatusTooManyRequests, v.Say("told.held")
	case e.Kind == core.Unavailable:
		return fiber.StatusServiceUnavailable, v.Say("told.busy")
	case e.Kind == core.Internal:
		return 500, ""
	case e.Code == "account_unverified":
		return fiber.StatusBadRequest, v.Say("told.unverified")
	case e.Code == "unknown_login", e.Code == "wrong_password":
		return fiber.StatusBadRequest, v.Say("told.wrong")
	}
	return fiber.StatusBadRequest, v.Say("told.refused")
}

// Lost tells of a page that was open for too long, or is of another browser. Any other
// error is returned as it is.
func (p *Provider) Lost(c fiber.Ctx, v hosted.Visit, err error) error {
	if !core.IsEnded(err) && !core.IsNotFound(err) && !isCode(err, "unauthorized_client") {
		return err
	}
	if flow := c.Query("flow"); flow != "" && v.Here != "" {
		v.Here = shownAgain(c.Path(), url.Values{"flow": {flow}}.Encode())
	}
	return p.Pages.Show(c, v, fiber.StatusBadRequest, "message",
		hosted.Notice{Title: v.Say("flow.lost.title"), Text: v.Say("flow.lost.text")})
}

// signIn opens a session for who has just proved who she is, in place of any that the
// browser had in the cookie.
func (k *call) signIn(v hosted.Visit, done *core.Done, app core.ID[core.Application], cookie string) (s *core.Session, err error) {
	former := hosted.Cookie(k.c, v, cookie)
	token := ""
	err = k.p.App.Update(k.ctx, func(tx *core.Tx) error {
		if former != "" {
			old, err := core.SessionBy(tx, former)
			if err == nil {
				err = old.End(tx, "somebody signed in again")
			}
			if err != nil && !core.IsEnded(err) {
				return err
			}
		}
		token, s, err = core.OpenSession(tx, done, app)
		return err
	})
	if err != nil {
		return nil, err
	}
	hosted.SetCookie(k.c, v, cookie, token, k.p.App.Tuned().Lifetimes.Session)
	hosted.SetCookie(k.c, v, deviceCookie, done.Device, deviceLife)
	return s, nil
}
