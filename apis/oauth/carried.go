package oauth

import (
	"html/template"

	"github.com/gofiber/fiber/v3"

	"github.com/stormkeep/stormkeep/apis/hosted"
	"github.com/stormkeep/stormkeep/core"
)

// Carried is a sign-in for a client that goes on after its browser has been on another
// page, of a new account or of a new password.
type Carried struct {
	k      *call
	v      hosted.Visit
	f      *Flow
	client *core.Client
	app    *core.Application
}

// Carried reads the sealed text that such a page carries. One that is too old, or of
// another browser, is an error that Lost tells of.
func (p *Provider) Carried(c fiber.Ctx, v hosted.Visit, text string) (*Carried, error) {
	k, err := p.open(c)
	if err != nil {
		return nil, err
	}
	f, client, app, err := k.flow(v, text)
	if err != nil {
		return nil, err
	}
	v.Locale = p.speaks(c, v, f)
	return &Carried{k: k, v: v, f: f, client: client, app: app}, nil
}

// speaks is the language of a flow: what the person has chosen since, else what the
// client has asked for, else that of a former choice, else the browser's.
func (p *Provider) speaks(c fiber.Ctx, v hosted.Visit, f *Flow) *hosted.Locale {
	if v.Asked != "" {
		f.Locales = v.Name
	}
	if f.Locales == "" {
		return v.Locale
	}
	return p.Pages.Locale(f.Locales, hosted.Chosen(c, v), c.Get(fiber.HeaderAcceptLanguage))
}

// Visit is that of the browser, in the language of the flow.
func (d *Carried) Visit() hosted.Visit { return d.v }

// Seal is the flow as it is now, for the links of a page.
func (d *Carried) Seal() (string, error) { return d.k.seal(d.v, d.f) }

// posted reads a form that carries such a text.
func (p *Provider) posted(c fiber.Ctx, v hosted.Visit) (*Carried, *hosted.Form, error) {
	in, err := hosted.ReadForm(c, v)
	if err != nil {
		return nil, nil, err
	}
	d, err := p.Carried(c, v, in.Value("flow"))
	return d, in, err
}

// Application is what people sign in to.
func (d *Carried) Application() *core.Application { return d.app }

// Organization is that in which alone people are looked for, "" for none.
func (d *Carried) Organization() core.ID[core.Organization] { return d.f.Organization }

// Show shows the page of signing in.
func (d *Carried) Show(page *LoginPage) error {
	page.Login = d.f.Login
	return d.k.showLogin(d.v, fiber.StatusOK, d.f, d.client, d.app, page)
}

// SignIn opens a session for who has just proved who she is at the application, in
// place of any that the browser had, and gives it its cookie.
func (p *Provider) SignIn(c fiber.Ctx, v hosted.Visit, done *core.Done, app core.ID[core.Application]) error {
	k, err := p.open(c)
	if err != nil {
		return err
	}
	_, err = k.signIn(v, done, app, sessionCookie)
	return err
}

// SignOut ends the session of the browser, if it has one, and takes its cookie. The
// clients of the session that are told by frames are told by ShowLeft.
func (p *Provider) SignOut(c fiber.Ctx, v hosted.Visit) (frames []string, err error) {
	k, err := p.open(c)
	if err != nil {
		return nil, err
	}
	s, err := k.session(v)
	if err != nil {
		return nil, err
	}
	if hosted.Cookie(c, v, sessionCookie) != "" {
		hosted.SetCookie(c, v, sessionCookie, "", -1)
	}
	if s == nil {
		return nil, nil
	}
	if err := k.end(s); err != nil {
		return nil, err
	}
	return k.frames(s)
}

// ShowLeft shows that nobody is signed in, has the clients told, and leads on to a path
// of ours.
func (p *Provider) ShowLeft(c fiber.Ctx, v hosted.Visit, frames []string, next string) error {
	return p.Pages.ShowFrames(c, v, fiber.StatusOK, "left", &leftPage{Frames: frames, Next: template.URL(next)}, frames)
}

// Who is the account that is signed in with the browser, nil for nobody.
func (p *Provider) Who(c fiber.Ctx, v hosted.Visit) (acc *core.Account, err error) {
	k, err := p.open(c)
	if err != nil {
		return nil, err
	}
	s, err := k.session(v)
	if err != nil || s == nil {
		return nil, err
	}
	err = p.App.View(k.ctx, func(tx *core.Tx) error {
		acc, err = core.Get(tx, s.Account)
		return err
	})
	return acc, err
}
