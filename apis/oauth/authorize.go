package oauth

import (
	"net/url"
	"slices"
	"strings"
	"time"

	"github.com/gofiber/fiber/v3"

	"github.com/stormkeep/stormkeep/apis/hosted"
	"github.com/stormkeep/stormkeep/core"
)

// The cookies of a browser that has signed in: the session, and by what accounts know
// the device again.
const (
	sessionCookie = "session"
	deviceCookie  = "device"

	deviceLife = 180 * 24 * time.Hour
)

// Authorize is the authorization endpoint (RFC 6749 section 3.1). A POST stores
// nothing: it is sent on as the GET that it means.
func (p *Provider) Authorize(c fiber.Ctx, v hosted.Visit) error {
	k, err := p.open(c)
	if err != nil {
		return err
	}
	if c.Method() == fiber.MethodPost {
		in, err := form(c)
		if err != nil {
			return p.stop(c, v, err)
		}
		q := url.Values{}
		for name, value := range in {
			q.Set(name, value)
		}
		if len(q.Encode()) > 6<<10 {
			return p.stop(c, v, refuse("invalid_request", "The request is too long."))
		}
		hosted.Private(c)
		return c.Redirect().Status(fiber.StatusSeeOther).To(AuthorizePath + "?" + q.Encode())
	}
	if k.in, err = readParams(c.Request().URI().QueryArgs()); err != nil {
		return p.stop(c, v, err)
	}
	return k.authorize(v)
}

// stop tells a person of a request that cannot be answered to its client, since it is
// not known where that would be.
func (p *Provider) stop(c fiber.Ctx, v hosted.Visit, err error) error {
	f, status := failure(err)
	if status == 500 {
		return err
	}
	if c.Method() == fiber.MethodGet && c.Path() == AuthorizePath {
		q := url.Values{}
		for _, name := range []string{"client_id", "redirect_uri", "response_type"} { // what a page says back is no secret
			if value := c.Query(name); value != "" {
				q.Set(name, value)
			}
		}
		v.Here = shownAgain(AuthorizePath, q.Encode())
	}
	return p.Pages.Show(c, v, status, "message", hosted.Notice{Title: v.Say("authorize.stop.title"), Text: v.Say("authorize.stop.text"), More: f.Description})
}

// shownAgain is where a GET shows a page once more, "" where that is longer than what
// browsers and proxies take for sure.
func shownAgain(path, query string) string {
	if len(query) > 6<<10 {
		return ""
	}
	return strings.Clone(path + "?" + query)
}

// authorize answers a request whose parameters were read.
func (k *call) authorize(v hosted.Visit) error {
	var f *Flow
	var client *core.Client
	var app *core.Application
	var asked error
	err := k.p.App.View(k.ctx, func(tx *core.Tx) (err error) {
		f, asked = &Flow{State: k.in["state"], Started: core.At(tx.Now), MaxAge: -1}, nil
		if k.in["response_mode"] == "form_post" {
			f.Mode = "form_post"
		}
		if k.in["client_id"] == "" {
			return refuse("invalid_request", "The parameter client_id is missing.")
		}
		client, app, err = k.party(tx, core.ID[core.Client](k.in["client_id"]))
		if core.IsNotFound(err) {
			return refuse("invalid_request", "There is no client of that client_id.")
		}
		if err != nil {
			return err
		}
		if err := f.redirect(client, k.in); err != nil {
			return err
		}
		f.Client = client.ID
		if asked = k.parse(tx, client, f); asked != nil && core.AsError(asked).Kind == core.Internal {
			return asked
		}
		return nil
	})
	if err != nil {
		return k.p.stop(k.c, v, err)
	}
	if asked == nil {
		asked = k.hint(f, client)
	}
	if asked != nil {
		return k.reject(v, f, asked)
	}
	s, err := k.sessionFor(v, f)
	if err != nil {
		return err
	}
	return k.proceed(v, f, client, app, s)
}

// redirect decides where the answer goes: to a registered URI, which must be named
// unless it is the only one and the request is none of OpenID Connect.
func (f *Flow) redirect(client *core.Client, in params) error {
	uri := in["redirect_uri"]
	switch {
	case uri == "" && len(client.RedirectURIs) == 1 && !slices.Contains(in.scopes(), "openid"):
		f.RedirectURI = client.RedirectURIs[0]
		return nil
	case uri == "":
		return refuse("invalid_request", "The parameter redirect_uri is missing.")
	case !core.RedirectAllowed(client.RedirectURIs, uri):
		return refuse("invalid_request", "The redirect_uri is not one that the client has registered.")
	}
	f.RedirectURI, f.Named = uri, true
	return nil
}

// hint reads an id_token_hint: whom the client believes to be there.
func (k *call) hint(f *Flow, client *core.Client) error {
	text := k.in["id_token_hint"]
	if text == "" {
		return nil
	}
	var claims struct {
		Issuer   string `json:"iss"`
		Subject  string `json:"sub"`
		Audience string `json:"aud"`
	}
	err := k.p.App.VerifyHint(k.ctx, k.tenant, text, &claims)
	if err != nil && !isCode(err, "invalid_token") {
		return err
	}
	if err != nil || claims.Audience != string(client.ID) || claims.Subject == "" {
		return refuse("invalid_request", "The id_token_hint is not one of this client.")
	}
	f.Subject = claims.Subject
	return nil
}

// session is the live session of the browser, nil if it has none.
func (k *call) session(v hosted.Visit) (s *core.Session, err error) {
	return k.sessionIn(v, sessionCookie)
}

// sessionFor is that for a request to sign in.
func (k *call) sessionFor(v hosted.Visit, f *Flow) (s *core.Session, err error) {
	return k.sessionIn(v, k.cookieFor(f))
}

func (k *call) sessionIn(v hosted.Visit, cookie string) (s *core.Session, err error) {
	token := hosted.Cookie(k.c, v, cookie)
	if token == "" {
		return nil, nil
	}
	err = k.p.App.View(k.ctx, func(tx *core.Tx) error {
		s, err = core.SessionBy(tx, token)
		return err
	})
	if core.IsEnded(err) {
		return nil, nil
	}
	return s, err
}

// proceed takes a request as far as it goes by itself: to a sign-in, to the question
// for consent, or back to the client. s is nil where nobody is signed in.
func (k *call) proceed(v hosted.Visit, f *Flow, client *core.Client, app *core.Application, s *core.Session) error {
	admitted := false
	if s != nil {
		err := k.p.App.View(k.ctx, func(tx *core.Tx) error {
			acc, err := core.Get(tx, s.Account)
			if err == nil {
				err = core.Admits(tx, app.ID, acc, s.Organization)
			}
			return err
		})
		if admitted = err == nil && (f.Organization == "" || f.Organization == s.Organization); err != nil && core.AsError(err).Kind == core.Internal {
			return err
		}
	}
	switch {
	case !admitted, f.stale(s, k.p.App.Now()), f.Subject != "" && f.Subject != string(s.Account):
		if f.asks("none") {
			return k.reject(v, f, refuse("login_required", "Somebody must sign in first."))
		}
		return k.showLogin(v, fiber.StatusOK, f, client, app, &LoginPage{Login: f.Login})
	}
	agreed, err := k.agreed(f, client, s)
	if err != nil {
		return err
	}
	if !agreed {
		if f.asks("none") {
			return k.reject(v, f, refuse("consent_required", "The person must agree first."))
		}
		return k.showConsent(v, f, client, app, s)
	}
	return k.grant(v, f, client, s)
}

// stale tells whether the request wants a sign-in of its own, or a later one than the
// session's.
func (f *Flow) stale(s *core.Session, now time.Time) bool {
	fresh := !s.AuthTime.Before(f.Started.Time)
	return (f.asks("login") || f.asks("select_account")) && !fresh ||
		f.MaxAge >= 0 && !fresh && now.Sub(s.AuthTime.Time) > time.Duration(f.MaxAge)*time.Second
}

// agreed tells whether the account has agreed to what the client asks for, as nobody
// needs to whose own application it is.
func (k *call) agreed(f *Flow, client *core.Client, s *core.Session) (ok bool, err error) {
	if client.FirstParty {
		return true, nil
	}
	if f.asks("consent") {
		return false, nil
	}
	err = k.p.App.View(k.ctx, func(tx *core.Tx) error {
		c, err := core.ConsentOf(tx, s.Account, client.ID)
		ok = c != nil && c.Covers(f.Scopes, f.Resource, f.Beyond...)
		return err
	})
	return ok, err
}

// grant makes the code, and sends the browser back to the client with it.
func (k *call) grant(v hosted.Visit, f *Flow, client *core.Client, s *core.Session) error {
	code := ""
	err := k.p.App.Update(k.ctx, func(tx *core.Tx) error {
		now, err := core.LiveSession(tx, s.ID)
		if err != nil {
			return err
		}
		code, err = core.NewCode(tx, core.Authorized{Client: client, Session: now, RedirectURI: f.RedirectURI, Named: f.Named, Challenge: f.Challenge, Nonce: f.Nonce,
			Scopes: f.Scopes, Resource: f.Resource, Claims: []byte(f.Claims), Beyond: f.Beyond, Offline: slices.Contains(f.Scopes, "offline_access"), Asked: !client.FirstParty})
		return err
	})
	if core.IsEnded(err) {
		return k.reject(v, f, refuse("login_required", "The session has ended meanwhile."))
	}
	if err != nil {
		return k.reject(v, f, err)
	}
	return k.answer(v, f, url.Values{"code": {code}})
}

// reject sends the browser back to the client with an error.
func (k *call) reject(v hosted.Visit, f *Flow, err error) error {
	told, status := failure(err)
	if status == 500 {
		return err
	}
	return k.answer(v, f, url.Values{"error": {told.Error}, "error_description": {told.Description}})
}

// answer sends the browser back to the client, in the way it asked for. Every answer
// says whose it is (RFC 9207).
func (k *call) answer(v hosted.Visit, f *Flow, out url.Values) error {
	out.Set("iss", k.issuer)
	if f.State != "" {
		out.Set("state", f.State)
	}
	if f.Mode == "form_post" {
		return k.post(v, f.RedirectURI, out)
	}
	hosted.Private(k.c)
	return k.c.Redirect().Status(fiber.StatusSeeOther).To(answerQuery(f.RedirectURI, out))
}

// post answers by a form that a browser sends by itself, or its owner by a button
// (OAuth 2.0 Form Post Response Mode).
func (k *call) post(v hosted.Visit, uri string, out url.Values) error {
	type field struct{ Name, Value string }
	page := struct {
		Action string
		Fields []field
	}{Action: uri}
	for name := range out {
		page.Fields = append(page.Fields, field{name, out.Get(name)})
	}
	slices.SortFunc(page.Fields, func(a, b field) int {
		if a.Name < b.Name {
			return -1
		}
		return 1
	})
	return k.p.Pages.ShowTo(k.c, v, fiber.StatusOK, "formpost", page, core.OriginOf(uri))
}
