package apis

import (
	"cmp"
	"context"
	"errors"
	"net/url"
	"slices"
	"strings"
	"time"

	"github.com/gofiber/fiber/v3"

	"github.com/stormkeep/stormkeep/apis/hosted"
	"github.com/stormkeep/stormkeep/core"
)

// Where a setup link leads, with the token behind a #.
const (
	SetupPath    = "/setup"
	RecoveryPath = "/setup/password"
)

// setupCookie holds the token by which the browser that made the owner takes the
// first key.
const setupCookie = "setup"

// setup serves the page that makes the first owner, and the one by which an owner
// sets a new password. Neither is there while no link to it is live.
func (s *Server) setup() {
	s.page(Route{Method: fiber.MethodGet, Path: hosted.AssetsAt + ":file", Summary: "A file that pages load"},
		func(c fiber.Ctx, _ hosted.Visit) error { return s.pages.Asset(c) })
	s.page(Route{Method: fiber.MethodGet, Path: SetupPath, Summary: "The form of the first owner"}, s.showSetup)
	s.page(Route{Method: fiber.MethodPost, Path: SetupPath, Status: 303, Summary: "Make the first owner"}, s.postSetup)
	s.page(Route{Method: fiber.MethodGet, Path: "/setup/done", Summary: "The first owner is made"}, s.showSetupDone)
	s.page(Route{Method: fiber.MethodPost, Path: "/setup/key", Summary: "The first API key, once"}, s.postSetupKey)
	s.setupRestore()
	s.page(Route{Method: fiber.MethodGet, Path: RecoveryPath, Summary: "The form of an owner's new password"}, s.showRecovery)
	s.page(Route{Method: fiber.MethodPost, Path: RecoveryPath, Summary: "Set an owner's new password"}, s.postRecovery)
}

// page adds a way in for browsers, whose errors are pages too.
func (s *Server) page(rt Route, h func(fiber.Ctx, hosted.Visit) error) {
	rt.Public, rt.Page, rt.Status = true, true, cmp.Or(rt.Status, 200)
	handler := func(c fiber.Ctx) error {
		v := s.visit(c)
		hosted.Choose(c, v)
		err := h(c, v)
		if err == nil || errors.Is(err, fiber.ErrNotFound) && rt.Path == hosted.AssetsAt+":file" {
			return err
		}
		return s.showFault(c, v, err)
	}
	s.below(rt, handler)
	s.route(rt, handler)
}

// showFault is the page of an error.
func (s *Server) showFault(c fiber.Ctx, v hosted.Visit, err error) error {
	e, status := s.said(c, err)
	m := notice{Title: v.Say("fault.title"), Text: told(v.Locale, e)}
	if status >= 500 {
		m.More = v.Say("fault.request") + " " + requestID(c)
	}
	return s.pages.Show(c, v, status, "message", m)
}

// visit is how a browser came. Where TLS ends in front of the server, the public URL
// says so.
func (s *Server) visit(c fiber.Ctx) hosted.Visit {
	host, tls := string(c.Request().Host()), s.byTLS(c)
	v := hosted.Visit{TLS: tls, Exposed: !tls && !isLoopback(host)}
	v.Locale = s.pages.Locale(c.Query("ui_locales"), hosted.Chosen(c, v), c.Get(fiber.HeaderAcceptLanguage))
	v.Base, _ = c.Locals(baseOf).(string)
	if c.Query("ui_locales") != "" {
		v.Asked = "ui_locales=" + v.Name
	}
	if c.Method() == fiber.MethodGet && !strings.HasPrefix(c.Path(), "/oauth2/") {
		v.Here = strings.Clone(c.Path()) + shownAgain(c)
	}
	return v
}

// byTLS tells whether a browser came by https, as far as it knows.
func (s *Server) byTLS(c fiber.Ctx) bool {
	if string(c.Request().Host()) == s.publicHost {
		return s.secure
	}
	return c.Scheme() == "https"
}

// shownAgain is what of a query shows a page again: no more, since strangers put what
// they like in it, and people secrets.
func shownAgain(c fiber.Ctx) string {
	q := url.Values{}
	if status := c.Query("status"); slices.Contains(saidAt, status) || status == "invalid_sptoken" {
		q.Set("status", status)
	}
	if next := safeNext(c.Query("next")); next != "" {
		q.Set("next", next)
	}
	if len(q) == 0 {
		return ""
	}
	return "?" + q.Encode()
}

// notice is a page that says one thing.
type notice = hosted.Notice

// gone is the answer of a page that no link leads to.
func (s *Server) gone(c fiber.Ctx, v hosted.Visit) error {
	return s.pages.Show(c, v, fiber.StatusNotFound, "message", notice{Title: v.Say("gone.title"), Text: v.Say("gone.text"),
		More: v.Say("gone.more"), Code: "stormkeep keys create > apiKey.properties"})
}

// setupForm is a form as it is shown: what was typed, and what is wrong with it.
type setupForm struct {
	Names  bool // the application
	Keeps  bool // a backup can be restored
	Notice string

	values, wrong map[string]string
	order         []string // of the fields; the first that is wrong has the focus
}

// setupField is one field of it.
type setupField struct {
	ID, Value, Text string
	Focus           bool
}

// Field is the field of that name.
func (f *setupForm) Field(name string) setupField {
	first := ""
	for _, n := range f.order {
		if f.wrong[n] != "" {
			first = n
			break
		}
	}
	return setupField{ID: name, Value: f.values[name], Text: f.wrong[name], Focus: name == first}
}

// Wrong tells whether anything is.
func (f *setupForm) Wrong() bool { return f.Notice != "" || len(f.wrong) > 0 }

// typed are the fields that are shown again as they were sent. A password never is.
var typed = [...]string{"token", "email", "givenName", "surname", "application"}

func (s *Server) showSetup(c fiber.Ctx, v hosted.Visit) error {
	open, unnamed, err := s.App.SetupOpen(c.Context(), core.FirstOwner)
	if err != nil {
		return err
	}
	if !open {
		return s.gone(c, v)
	}
	f := &setupForm{Names: unnamed, Keeps: s.keeper != nil, values: map[string]string{"application": v.Say("setup.application.default")}}
	if token, err := s.held(c, v); err == nil { // back from the form of a backup
		f.values["token"] = token
	}
	return s.pages.Show(c, v, fiber.StatusOK, "setup", f)
}

func (s *Server) showRecovery(c fiber.Ctx, v hosted.Visit) error {
	open, _, err := s.App.SetupOpen(c.Context(), core.OwnerRecovery)
	if err != nil {
		return err
	}
	if !open {
		return s.gone(c, v)
	}
	return s.pages.Show(c, v, fiber.StatusOK, "password", &setupForm{})
}

// postSetup makes the owner, and sends the browser on to its key.
func (s *Server) postSetup(c fiber.Ctx, v hosted.Visit) error {
	return s.spend(c, v, core.FirstOwner, "setup", func(token string, in *hosted.Form) error {
		owner, key, err := s.App.SpendSetup(s.holding(c, token), token, core.Setup{
			Email: in.Value("email"), GivenName: in.Value("givenName"), Surname: in.Value("surname"),
			Password: in.Value("password"), Application: in.Value("application")})
		if err != nil {
			return err
		}
		s.App.Log.Info("the server is set up", "owner", owner.ID, "requestId", requestID(c))
		hosted.SetCookie(c, v, setupCookie, key, 30*time.Minute)
		s.signInOwner(c, v, owner, in.Value("password"))
		hosted.Private(c)
		return c.Redirect().Status(fiber.StatusSeeOther).To("/setup/done")
	})
}

// signInOwner signs in who has just become the owner, by what she typed, where people
// sign in at this host: a hosted page of the issuer's is where she is. If that fails she
// is asked when she comes to the console.
func (s *Server) signInOwner(c fiber.Ctx, v hosted.Visit, owner *core.Account, password string) {
	ctx, issuer, err := s.consoleDoor(c)
	if err != nil {
		return
	}
	if u, err := url.Parse(issuer); err != nil || !strings.EqualFold(u.Host, string(c.Request().Host())) {
		return
	}
	t, err := s.App.Tenant(c.Context(), core.ActorOf(ctx).Tenant)
	if err == nil && t.AdminDir != owner.Directory {
		return // of another tenant than this host's
	}
	if err == nil {
		var done *core.Done
		if done, err = s.oauth.Authenticate(ctx, c, v, t.AdminApp, "", owner.Username, password); err == nil {
			err = s.oauth.SignIn(c, v, done, t.AdminApp)
		}
	}
	if err != nil {
		s.App.Log.Info("the new owner is not signed in yet", "err", err, "requestId", requestID(c))
	}
}

func (s *Server) postRecovery(c fiber.Ctx, v hosted.Visit) error {
	return s.spend(c, v, core.OwnerRecovery, "password", func(token string, in *hosted.Form) error {
		owner, err := s.App.SpendRecovery(s.holding(c, token), token, in.Value("password"))
		if err != nil {
			return err
		}
		return s.pages.Show(c, v, fiber.StatusOK, "message", notice{Title: v.Say("password.done.title"),
			Text: v.Say("password.done.text", owner.Email)})
	})
}

// holding is a context of who holds a link of that token. Of a token that is none it
// is of nobody, whom the core refuses.
func (s *Server) holding(c fiber.Ctx, token string) context.Context {
	actor := core.Actor{Kind: core.ByLink, IP: c.IP(), UserAgent: c.Get(fiber.HeaderUserAgent), RequestID: requestID(c)}
	actor.Tenant, _ = s.App.LinkTenant(c.Context(), token)
	return core.As(c.Context(), actor)
}

// spend does what a form with a link is for, if the link may be tried; else it shows
// the form again with all that was typed but the password.
func (s *Server) spend(c fiber.Ctx, v hosted.Visit, p core.SetupPurpose, page string, do func(token string, in *hosted.Form) error) error {
	open, unnamed, err := s.App.SetupOpen(c.Context(), p)
	if err != nil {
		return err
	}
	if !open {
		return s.gone(c, v)
	}
	in, err := hosted.ReadForm(c, v)
	if err != nil {
		return err
	}
	f := &setupForm{Names: unnamed, Keeps: s.keeper != nil, values: map[string]string{}, wrong: map[string]string{}, order: []string{"token", "email", "givenName", "surname", "password", "application"}}
	for _, name := range typed {
		f.values[name] = in.Value(name)
	}
	again := func(status int) error { return s.pages.Show(c, v, status, page, f) }
	if !in.Own() {
		f.Notice = v.Say("notice.form")
		return again(fiber.StatusForbidden)
	}
	token := tokenIn(in.Value("token"))
	err = s.guessing(c, func() error {
		if _, err := s.App.LinkTenant(c.Context(), token); err != nil {
			return err
		}
		return do(token, in)
	})
	if err == nil {
		return nil
	}
	if isCode(err, core.HeldBack) {
		s.metrics.refused("setup")
		f.Notice = v.Say("notice.tries")
		retryAfter(c, core.AsError(err).RetryAfter)
		return again(fiber.StatusTooManyRequests)
	}
	return s.refuse(c, v, f, string(p), err, again)
}

// guessing has a link looked at by way of the buckets of wrong tries, which are those
// of the first tenant: a link that is none belongs to nobody.
func (s *Server) guessing(c fiber.Ctx, try func() error) error {
	first, err := s.App.TenantNamed(c.Context(), "")
	if err != nil {
		return err
	}
	return s.App.Try(core.AsSystem(c.Context(), first), core.Guess{Token: "setup link", Source: sourceOf(c)}, try)
}

// refuse says at the fields what is wrong with them. Anything else is said above, if
// it is for people at all.
func (s *Server) refuse(c fiber.Ctx, v hosted.Visit, f *setupForm, purpose string, err error, again func(status int) error) error {
	e, status := s.said(c, err)
	if e.Kind == core.Internal {
		return err
	}
	for _, e := range errorsOf(err) {
		atFields(v, f, purpose, e)
	}
	if len(f.wrong) == 0 {
		f.Notice = told(v.Locale, e)
	}
	return again(status)
}

// errorsOf are the errors that were joined.
func errorsOf(err error) (all []*core.Error) {
	if joined, ok := err.(interface{ Unwrap() []error }); ok {
		for _, err := range joined.Unwrap() {
			all = append(all, errorsOf(err)...)
		}
		return all
	}
	return []*core.Error{core.AsError(err)}
}

func isCode(err error, code string) bool {
	e, ok := errors.AsType[*core.Error](err)
	return ok && e.Code == code
}

// tokenIn is the token in what a person pasted: the whole link, or what stands behind
// its #.
func tokenIn(text string) string {
	text = strings.TrimSpace(text)
	return text[strings.LastIndexByte(text, '#')+1:]
}

// showSetupDone offers the key to the browser that made the owner.
func (s *Server) showSetupDone(c fiber.Ctx, v hosted.Visit) error {
	token := hosted.Cookie(c, v, setupCookie)
	if _, err := s.App.LinkTenant(c.Context(), token); err != nil {
		return s.goneIf(c, v, err)
	}
	owner, err := s.App.SetupOwner(s.holding(c, token), token)
	if err != nil {
		return s.goneIf(c, v, err)
	}
	return s.pages.Show(c, v, fiber.StatusOK, "done", struct {
		Owner, PublicURL string
		Console          bool
	}{owner.Email, s.publicURL, s.consoleIndex != nil})
}

// goneIf is the answer to a key that is no longer there, and to nothing else.
func (s *Server) goneIf(c fiber.Ctx, v hosted.Visit, err error) error {
	if isCode(err, "dead_link") {
		return s.gone(c, v)
	}
	return err
}

// postSetupKey makes the key and answers with it as a file: the only time that its
// secret is shown.
func (s *Server) postSetupKey(c fiber.Ctx, v hosted.Visit) error {
	in, err := hosted.ReadForm(c, v)
	if err != nil {
		return err
	}
	token := hosted.Cookie(c, v, setupCookie)
	var k *core.ApiKey
	var plain string
	err = s.guessing(c, func() error {
		if _, err := s.App.LinkTenant(c.Context(), token); err != nil {
			return err
		}
		if !in.Own() {
			return core.Errorf(core.Forbidden, "former_page", "%s", v.Say("notice.form"))
		}
		k, plain, err = s.App.SpendSetupKey(s.holding(c, token), token, "made at setup")
		return err
	})
	if err != nil {
		return s.goneIf(c, v, err)
	}
	hosted.SetCookie(c, v, setupCookie, "", -1)
	hosted.Private(c)
	c.Set(fiber.HeaderContentType, "text/plain; charset=utf-8")
	c.Set(fiber.HeaderContentDisposition, `attachment; filename="apiKey.properties"`)
	return c.SendString("apiKey.id = " + string(k.ID) + "\napiKey.secret = " + plain + "\n")
}
