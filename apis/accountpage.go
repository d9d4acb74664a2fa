package apis

import (
	"cmp"
	"context"
	"net/url"
	"slices"
	"strings"

	"github.com/gofiber/fiber/v3"

	"github.com/stormkeep/stormkeep/apis/hosted"
	"github.com/stormkeep/stormkeep/apis/oauth"
	"github.com/stormkeep/stormkeep/core"
)

// The pages by which the owner of an account looks after it.
const (
	profilePath     = "/account/"
	newEmailPath    = "/account/email"
	newPasswordPath = "/account/password"
	sessionsPath    = "/account/sessions"
	appsPath        = "/account/apps"
	dataPath        = "/account/data"
	deletePath      = "/account/delete"
	deletedPath     = "/account/deleted"
)

// accountPage is one of them: show answers a GET, and shows a form again that was
// refused; post does what the form asks for.
type accountPage struct {
	path, what, does string
	show             func(d *desk, status int, f *setupForm) error
	post             func(d *desk, f *setupForm) error
	fields           []string // of the form, in their order
	back             string   // where a form without a page of its own is shown
	answers          int      // to the form; 0 leads on
}

func (s *Server) accountPages() {
	for _, p := range []accountPage{
		{path: profilePath, what: "The owner's profile", does: "Change the owner's profile", show: (*desk).showProfile, post: (*desk).saveProfile, fields: profileFields},
		{path: newEmailPath, does: "Write to an address that the owner is to get", show: (*desk).showProfile, post: (*desk).changeEmail, fields: []string{"email", "current"}, back: profilePath},
		{path: newPasswordPath, what: "The form of the owner's new password", does: "Change the owner's password", show: (*desk).showPassword, post: (*desk).changePassword, fields: []string{"current", "password"}},
		{path: sessionsPath, what: "Where the owner is signed in", does: "End sessions of the owner", show: (*desk).showSessions, post: (*desk).endSessions},
		{path: appsPath, what: "What clients may have of the owner", does: "Disconnect a client of the owner", show: (*desk).showApps, post: (*desk).disconnect},
		{path: dataPath, what: "What the owner may take along", does: "All that is known of the owner, as a file", show: (*desk).showData, post: (*desk).sendData, answers: fiber.StatusOK},
		{path: deletePath, what: "The form of the end of an account", does: "Delete the owner's account", show: (*desk).showDelete, post: (*desk).delete, fields: []string{"login", "current"}},
	} {
		if p.what != "" {
			s.desk(Route{Method: fiber.MethodGet, Path: p.path, Summary: p.what}, p, func(d *desk) error { return p.show(d, fiber.StatusOK, &setupForm{order: p.fields}) })
		}
		s.desk(Route{Method: fiber.MethodPost, Path: p.path, Status: cmp.Or(p.answers, fiber.StatusSeeOther), Summary: p.does}, p, func(d *desk) error { return d.receive(p) })
	}
	s.page(Route{Method: fiber.MethodGet, Path: strings.TrimSuffix(profilePath, "/"), Status: fiber.StatusSeeOther, Summary: "The owner's profile"},
		func(c fiber.Ctx, _ hosted.Visit) error { return leadTo(c, profilePath) })
	s.page(Route{Method: fiber.MethodGet, Path: deletedPath, Summary: "An account is deleted"}, func(c fiber.Ctx, v hosted.Visit) error {
		return s.pages.Show(c, v, fiber.StatusOK, "goodbye", goodbye{})
	})
}

// leadTo sends the browser on to one of our pages, after a form or before any.
func leadTo(c fiber.Ctx, path string) error {
	hosted.Private(c)
	return c.Redirect().Status(fiber.StatusSeeOther).To(path)
}

// desk is one request to such a page, of who is signed in with the browser.
type desk struct {
	s       *Server
	c       fiber.Ctx
	v       hosted.Visit
	ctx     context.Context // in which the owner acts
	door    context.Context // in which the server looks things up for her
	session *core.Session
	who     *core.Account
	in      *hosted.Form
}

// desk adds a page. Whoever is not signed in is led to where she is, and back.
func (s *Server) desk(rt Route, p accountPage, do func(*desk) error) {
	next := p.path
	if p.back != "" {
		next = p.back
	}
	s.page(rt, func(c fiber.Ctx, v hosted.Visit) error {
		d := &desk{s: s, c: c, v: v}
		in, err := d.open()
		if err == nil && in {
			err = do(d)
		}
		if err == nil && !in || core.IsEnded(err) {
			return leadTo(c, oauth.LoginPath+"?"+url.Values{"next": {next}}.Encode())
		}
		return err
	})
}

// open tells whether somebody is signed in.
func (d *desk) open() (in bool, err error) {
	if d.session, d.door, err = d.s.oauth.Session(d.c, d.v); err != nil || d.session == nil {
		return false, err
	}
	actor := core.ActorOf(d.door)
	actor.Kind, actor.Account, actor.Session = core.BySession, d.session.Account, string(d.session.ID)
	d.ctx = core.As(d.c.Context(), actor)
	if d.session, d.who, err = d.s.App.UseSession(d.ctx); err != nil {
		return false, err
	}
	app, err := d.application()
	if core.IsNotFound(err) {
		return true, nil // the host serves none, and the pages are as they came
	}
	if err == nil {
		d.v, err = d.s.dress(d.c, d.v, actor.Tenant, app, d.session.Organization)
	}
	return err == nil, err
}

// receive takes a form. One that did not come with a page of ours does nothing.
func (d *desk) receive(p accountPage) (err error) {
	if d.in, err = hosted.ReadForm(d.c, d.v); err != nil {
		return err
	}
	f := &setupForm{values: d.in.Values(), wrong: map[string]string{}, order: p.fields}
	again := func(status int) error { return p.show(d, status, f) }
	if !d.in.Own() {
		f.Notice = d.v.Say("notice.form")
		return again(fiber.StatusForbidden)
	}
	if err = p.post(d, f); err == nil || core.IsEnded(err) {
		return err
	}
	return d.s.refuse(d.c, d.v, f, "account", err, again)
}

// see looks something up of who acts.
func (d *desk) see(do func(me *core.Self) error) error {
	return d.s.App.View(d.ctx, func(tx *core.Tx) error {
		me, err := core.SelfOf(tx)
		if err != nil {
			return err
		}
		return do(me)
	})
}

// act does something as who acts.
func (d *desk) act(do func(me *core.Self) error) error {
	return d.s.App.Update(d.ctx, func(tx *core.Tx) error {
		me, err := core.SelfOf(tx)
		if err != nil {
			return err
		}
		return do(me)
	})
}

// did leads on to a page that says what was done.
func (d *desk) did(path, word string) error { return leadTo(d.c, path+"?done="+word) }

// doneWords are what pages say of what was done; nothing else is said.
var doneWords = []string{"saved", "mail", "password", "ended", "others", "revoked"}

// deskFrame is what every page shows.
type deskFrame struct {
	*setupForm
	Tab                   string
	Name, Login, Initials string
	Done                  string
	Asks                  bool // for the password, before what needs a fresh proof
}

func (d *desk) frame(tab string, f *setupForm) (out deskFrame, err error) {
	out = deskFrame{setupForm: f, Tab: tab, Name: d.who.FullName(), Login: d.who.Username, Initials: oauth.Initials(d.who.FullName(), d.who.Username)}
	if word := d.c.Query("done"); d.in == nil && slices.Contains(doneWords, word) {
		out.Done = d.v.Say("account.done." + word)
	}
	return out, d.see(func(me *core.Self) error {
		out.Asks = !me.Fresh()
		return nil
	})
}

// moment is an instant as pages show it: script says it as where the browser is. Where
// words say how long ago it was, Exact is the instant.
type moment struct{ ISO, Text, Exact string }

func momentOf(t core.Time) moment {
	return moment{ISO: t.UTC().Format("2006-01-02T15:04:05Z"), Text: t.UTC().Format("2006-01-02 15:04 UTC")}
}

// application is what the owner signed in to, else what the host serves.
func (d *desk) application() (app core.ID[core.Application], err error) {
	if app = d.session.Through; app != "" {
		err = d.s.App.View(d.door, func(tx *core.Tx) error {
			_, err := core.Get(tx, app)
			return err
		})
		if !core.IsNotFound(err) {
			return app, err
		}
	}
	served, err := d.s.hostApplication(d.door, d.v, core.ActorOf(d.door).Tenant)
	if err != nil {
		return "", err
	}
	return served.ID, nil
}

// stepUp has the owner prove who she is by her password once more: always, or where she
// last did so for longer than core.StepUp. Wrong tries count as at every door.
func (d *desk) stepUp(always bool) error {
	fresh := false
	if err := d.see(func(me *core.Self) error { fresh = me.Fresh(); return nil }); err != nil || fresh && !always {
		return err
	}
	pw := d.in.Value("current")
	if pw == "" {
		return fieldError("required", "current", "%s", d.v.Say("error.current.required"))
	}
	app, err := d.application()
	if err != nil {
		return err
	}
	err = d.s.oauth.Reprove(d.ctx, d.c, d.v, app, pw)
	if err == nil || core.IsEnded(err) {
		return err
	}
	e := core.AsError(err)
	if e.Code == "wrong_password" || e.Code == "unknown_login" {
		return fieldError("wrong_password", "current", "%s", d.v.Say("error.current.wrong_password"))
	}
	status, text := d.s.oauth.Told(d.v, err)
	if status == fiber.StatusInternalServerError {
		return err
	}
	return &core.Error{Kind: e.Kind, Code: e.Code, Msg: text, RetryAfter: e.RetryAfter}
}
