package oauth

import (
	"html/template"
	"net/url"
	"slices"

	"github.com/gofiber/fiber/v3"

	"github.com/stormkeep/stormkeep/apis/hosted"
	"github.com/stormkeep/stormkeep/core"
)

// leaving is a request to sign out (OpenID Connect RP-Initiated Logout 1.0 section 2),
// once it has been read. It travels through the page that asks as a sealed text.
type leaving struct {
	Client   core.ID[core.Client] `json:"c,omitempty"`
	Redirect string               `json:"r,omitempty"` // registered, and asked for with a good hint
	State    string               `json:"s,omitempty"`
	Hinted   bool                 `json:"h,omitempty"` // the hint is of the session's account
}

// logoutPage is what the page that asks shows.
type logoutPage struct{ Login, Leaving, Notice string }

// leftPage is what the page after a logout shows: it has clients told by frames, and
// leads on.
type leftPage struct {
	Frames []string
	Next   template.URL // registered by a client, of whatever scheme
}

// Logout is the end session endpoint. A good id_token_hint of the session signs out
// without asking; anything else is asked about, and a redirect goes only to a URI that
// the hint's client has registered.
func (p *Provider) Logout(c fiber.Ctx, v hosted.Visit) error {
	k, err := p.open(c)
	if err != nil {
		return err
	}
	if c.Method() == fiber.MethodPost {
		if k.in, err = form(c); err != nil {
			return p.stop(c, v, err)
		}
		if k.in["leaving"] != "" {
			return k.confirmLogout(v)
		}
	} else if k.in, err = readParams(c.Request().URI().QueryArgs()); err != nil {
		return p.stop(c, v, err)
	}
	if k.in["leaving"] != "" {
		return k.askAgain(v)
	}
	s, err := k.session(v)
	if err != nil {
		return err
	}
	l, err := k.leaving(s)
	if err != nil {
		return p.stop(c, v, err)
	}
	if s == nil {
		return k.left(v, l, nil)
	}
	if l.Hinted {
		return k.leave(v, l, s)
	}
	return k.askLogout(v, l, s, "")
}

// leaving reads the request.
func (k *call) leaving(s *core.Session) (*leaving, error) {
	l := &leaving{State: k.in["state"]}
	hint := k.in["id_token_hint"]
	if hint == "" {
		return l, nil
	}
	var claims struct {
		Issuer   string `json:"iss"`
		Subject  string `json:"sub"`
		Audience string `json:"aud"`
		Session  string `json:"sid"`
	}
	err := k.p.App.VerifyHint(k.ctx, k.tenant, hint, &claims)
	if isCode(err, "invalid_token") || err == nil && k.in["client_id"] != "" && k.in["client_id"] != claims.Audience {
		return nil, refuse("invalid_request", "The id_token_hint is not one of ours, or of another client.")
	}
	if err != nil {
		return nil, err
	}
	err = k.p.App.View(k.ctx, func(tx *core.Tx) error {
		client, err := core.Get(tx, core.ID[core.Client](claims.Audience))
		if core.IsNotFound(err) {
			return refuse("invalid_request", "The client of the id_token_hint is gone.")
		}
		if err != nil {
			return err
		}
		l.Client, l.Redirect = client.ID, k.in["post_logout_redirect_uri"]
		if l.Redirect != "" && !slices.Contains(client.PostLogoutRedirectURIs, l.Redirect) {
			return refuse("invalid_request", "The post_logout_redirect_uri is not one that the client has registered.")
		}
		return nil
	})
	l.Hinted = s != nil && claims.Subject == string(s.Account)
	return l, err
}

// askLogout asks whether to sign out.
func (k *call) askLogout(v hosted.Visit, l *leaving, s *core.Session, notice string) error {
	page := &logoutPage{Notice: notice}
	err := k.p.App.View(k.ctx, func(tx *core.Tx) error {
		acc, err := core.Get(tx, s.Account)
		if err != nil {
			return err
		}
		page.Login = acc.Username
		page.Leaving, err = tx.SealBlob("logout", hosted.Browser(k.c, v), l, k.p.App.Lifetimes.Flow)
		return err
	})
	if err != nil {
		return err
	}
	if v, err = k.p.Env.Dress(k.c, v, s.Through, s.Organization); err != nil {
		return err
	}
	v.Here = shownAgain(LogoutPath, url.Values{"leaving": {page.Leaving}}.Encode())
	return k.p.Pages.ShowTo(k.c, v, fiber.StatusOK, "logout", page, core.OriginOf(l.Redirect))
}

// opened reads what the page that asks carries, and finds the session.
func (k *call) opened(v hosted.Visit, text string) (l *leaving, s *core.Session, err error) {
	l = &leaving{}
	err = k.p.App.View(k.ctx, func(tx *core.Tx) error {
		return tx.OpenBlob("logout", hosted.Browser(k.c, v), text, l)
	})
	if err == nil {
		s, err = k.session(v)
	}
	return l, s, err
}

// askAgain shows the page that asks in another language: no GET of it signs anybody out.
func (k *call) askAgain(v hosted.Visit) error {
	l, s, err := k.opened(v, k.in["leaving"])
	if err != nil {
		return k.p.Lost(k.c, v, err)
	}
	if s == nil {
		return k.left(v, l, nil)
	}
	return k.askLogout(v, l, s, "")
}

// confirmLogout takes the answer.
func (k *call) confirmLogout(v hosted.Visit) error {
	in, err := hosted.ReadForm(k.c, v)
	if err != nil {
		return err
	}
	l, s, err := k.opened(v, in.Value("leaving"))
	if err != nil {
		return k.p.Lost(k.c, v, err)
	}
	if s == nil {
		return k.left(v, l, nil)
	}
	if !in.Own() {
		return k.askLogout(v, l, s, v.Say("notice.form"))
	}
	return k.leave(v, l, s)
}

// leave ends the session.
func (k *call) leave(v hosted.Visit, l *leaving, s *core.Session) error {
	if err := k.end(s); err != nil {
		return err
	}
	hosted.SetCookie(k.c, v, sessionCookie, "", -1)
	return k.left(v, l, s)
}

// end ends a session, which may have ended meanwhile.
func (k *call) end(s *core.Session) error {
	return k.p.App.Update(k.ctx, func(tx *core.Tx) error {
		now, err := core.LiveSession(tx, s.ID)
		if core.IsEnded(err) {
			return nil
		}
		if err != nil {
			return err
		}
		return now.End(tx, "its owner signed out")
	})
}

// left shows that nobody is signed in, has the clients of the session told by frames
// (OpenID Connect Front-Channel Logout 1.0 section 2), and leads on.
func (k *call) left(v hosted.Visit, l *leaving, s *core.Session) error {
	next := l.Redirect
	if next != "" && l.State != "" {
		next = answerQuery(next, url.Values{"state": {l.State}})
	}
	page := &leftPage{Next: template.URL(next)}
	if s != nil {
		var err error
		if page.Frames, err = k.frames(s); err != nil {
			return err
		}
		if v, err = k.p.Env.Dress(k.c, v, s.Through, s.Organization); err != nil {
			return err
		}
	}
	if next != "" && len(page.Frames) == 0 {
		hosted.Private(k.c)
		return k.c.Redirect().Status(fiber.StatusSeeOther).To(next)
	}
	if next == "" && len(page.Frames) == 0 {
		v.Here = LogoutPath
	}
	return k.p.Pages.ShowFrames(k.c, v, fiber.StatusOK, "left", page, page.Frames)
}

// frames are the addresses by which the clients of a session that has ended are told in
// the browser.
func (k *call) frames(s *core.Session) (all []string, err error) {
	err = k.p.App.View(k.ctx, func(tx *core.Tx) error {
		all = nil
		for _, id := range s.Clients {
			client, err := core.Get(tx, id)
			if core.IsNotFound(err) || err == nil && (client.FrontchannelLogoutURI == "" || client.Status != core.Enabled) {
				continue
			}
			if err != nil {
				return err
			}
			at := client.FrontchannelLogoutURI
			if client.FrontchannelLogoutSession {
				at = answerQuery(at, url.Values{"iss": {k.issuer}, "sid": {string(s.ID)}})
			}
			all = append(all, at)
		}
		return nil
	})
	return all, err
}
