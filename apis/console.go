package apis

import (
	"cmp"
	"context"
	"crypto/rand"
	"crypto/sha256"
	"crypto/subtle"
	"encoding/base64"
	"encoding/json"
	"net/url"
	"strings"

	"github.com/gofiber/fiber/v3"

	"github.com/stormkeep/stormkeep/apis/hosted"
	"github.com/stormkeep/stormkeep/apis/oauth"
	"github.com/stormkeep/stormkeep/core"
)

// Where the console is, and the cookies of its session and of a sign-in under way.
const (
	consolePath     = "/console/"
	consoleAPI      = "/console/api/"
	consoleLogin    = "/console/login"
	consoleCallback = "/console/callback"

	consoleCookie = "console"
	signingCookie = "consoleLogin"
)

// consoleSignIn serves how an operator gets a session of the console, and ends it.
func (s *Server) consoleSignIn() {
	s.page(Route{Method: fiber.MethodGet, Path: consoleLogin, Status: fiber.StatusSeeOther, Summary: "Sign in to the console"}, s.startConsole)
	s.page(Route{Method: fiber.MethodGet, Path: consoleCallback, Status: fiber.StatusSeeOther, Summary: "Back from signing in to the console"}, s.openConsole)
	s.console(Route{Method: fiber.MethodGet, Path: "me", Role: core.Auditor, Summary: "Who is signed in to the console", Shows: "ConsoleMe", Answer: consoleMe{}}, showMe)
	s.console(Route{Method: fiber.MethodPost, Path: "logout", Role: core.Auditor, Status: fiber.StatusNoContent, Summary: "Sign out of the console"}, leaveConsole)
}

// console adds a way in of the console: "me" is served at /console/api/me to operators
// with a session of at least r.Role, and to the machine itself. do has no transaction.
func (s *Server) console(rt Route, do func(r *request, id string) error) {
	rt.Path, rt.Console = consoleAPI+rt.Path, true
	rt.Status = cmp.Or(rt.Status, fiber.StatusOK)
	s.route(rt, s.handle(do))
}

// note writes a line to the audit log, by itself: what it tells of is no change of a record.
func (r *request) note(line core.AuditLine) error {
	return r.srv.App.Update(r.c.Context(), func(tx *core.Tx) error { return tx.Note(line) })
}

// looked is a page of what was looked through, the newest first, which may not be all that
// there are.
type looked[T any] struct {
	Offset int  `json:"offset"`
	Limit  int  `json:"limit"`
	Size   int  `json:"size"`  // how many fit of those that were looked at
	Whole  bool `json:"whole"` // all that there are were looked at
	Items  []T  `json:"items"`
}

// consoleFlow is a sign-in under way, as the browser keeps it.
type consoleFlow struct {
	State    string `json:"s"`
	Verifier string `json:"v"`
	Next     string `json:"n"`
}

// consoleDoor is what both ends of signing in know: the issuer, where people sign in, and
// a context in which a public door acts on its tenant.
func (s *Server) consoleDoor(c fiber.Ctx) (ctx context.Context, issuer string, err error) {
	t, err := s.pageTenant(c)
	if err != nil {
		return nil, "", err
	}
	issuer, _, err = s.App.Issuers(c.Context(), t)
	return core.As(c.Context(), core.Actor{Kind: core.Door, Tenant: t, IP: c.IP(), UserAgent: c.Get(fiber.HeaderUserAgent), RequestID: requestID(c)}), issuer, err
}

// startConsole sends the browser to where people sign in, and there from any other of our
// hosts: the cookies are of the issuer's. It does so once, since a proxy may rename hosts.
func (s *Server) startConsole(c fiber.Ctx, v hosted.Visit) error {
	ctx, issuer, err := s.consoleDoor(c)
	if err != nil {
		return err
	}
	hosted.Private(c)
	to := url.Values{}
	next := consoleNext(c.Query("next"))
	if u, err := url.Parse(issuer); err == nil && !strings.EqualFold(u.Host, string(c.Request().Host())) && c.Query("moved") == "" {
		for name, value := range map[string]string{"next": next, "fresh": c.Query("fresh"), "moved": "1"} {
			if value != "" {
				to.Set(name, value)
			}
		}
		return c.Redirect().Status(fiber.StatusSeeOther).To(issuer + consoleLogin + "?" + to.Encode())
	}
	client, err := s.App.ConsoleClientFor(ctx, issuer+consoleCallback)
	if err != nil {
		return err
	}
	flow := consoleFlow{rand.Text(), rand.Text() + rand.Text(), next}
	kept, err := json.Marshal(flow)
	if err != nil {
		return err
	}
	hosted.SetCookie(c, v, signingCookie, base64.RawURLEncoding.EncodeToString(kept), s.App.Lifetimes.Flow)
	sum := sha256.Sum256([]byte(flow.Verifier))
	for name, value := range map[string]string{"response_type": "code", "client_id": string(client.ID), "redirect_uri": issuer + consoleCallback, "scope": "openid",
		"state": flow.State, "code_challenge": base64.RawURLEncoding.EncodeToString(sum[:]), "code_challenge_method": "S256"} {
		to.Set(name, value)
	}
	if c.Query("fresh") == "1" {
		to.Set("max_age", "0")
	}
	return c.Redirect().Status(fiber.StatusSeeOther).To(oauth.AuthorizePath + "?" + to.Encode())
}

// consoleNext is a path of the console to which a sign-in leads; what is none is its first
// page.
func consoleNext(path string) string {
	u, err := url.Parse(path)
	if err != nil || len(path) > 2000 || u.Scheme != "" || u.Host != "" || u.User != nil || strings.ContainsAny(path, "\\\r\n\t") ||
		!strings.HasPrefix(u.Path, consolePath) || strings.HasPrefix(u.Path, consoleAPI) || strings.Contains(u.Path, "//") || strings.Contains(u.Path, "..") ||
		u.Path == consoleLogin || u.Path == consoleCallback {
		return consolePath
	}
	u.Fragment = ""
	return u.String()
}

// signingOf is the sign-in that the browser has under way.
func signingOf(c fiber.Ctx, v hosted.Visit) (f consoleFlow, ok bool) {
	raw, err := base64.RawURLEncoding.DecodeString(hosted.Cookie(c, v, signingCookie))
	return f, err == nil && json.Unmarshal(raw, &f) == nil && f.State != "" && f.Verifier != ""
}

// openConsole takes the code of a sign-in that this browser began, once, and gives an
// operator her session.
func (s *Server) openConsole(c fiber.Ctx, v hosted.Visit) error {
	ctx, issuer, err := s.consoleDoor(c)
	if err != nil {
		return err
	}
	flow, ok := signingOf(c, v)
	hosted.SetCookie(c, v, signingCookie, "", -1)
	lost := func() error {
		return s.pages.Show(c, v, fiber.StatusBadRequest, "message", notice{Title: v.Say("flow.lost.title"), Text: v.Say("flow.lost.text"), Code: issuer + consolePath})
	}
	iss, code := c.Query("iss"), strings.Clone(c.Query("code"))
	if !ok || subtle.ConstantTimeCompare([]byte(c.Query("state")), []byte(flow.State)) != 1 || iss != "" && iss != issuer || code == "" {
		return lost()
	}
	client, err := s.App.ConsoleClientFor(ctx, issuer+consoleCallback)
	if err != nil {
		return err
	}
	former, token := hosted.Cookie(c, v, consoleCookie), ""
	err = s.App.Update(ctx, func(tx *core.Tx) error {
		if former != "" {
			if err := core.EndConsole(tx, former, false); err != nil {
				return err
			}
		}
		token, _, err = core.OpenConsole(tx, core.Redemption{Client: client, Code: code, RedirectURI: issuer + consoleCallback, Verifier: flow.Verifier})
		return err
	})
	switch {
	case isCode(err, "no_operator"):
		return s.pages.Show(c, v, fiber.StatusForbidden, "message", notice{Title: v.Say("authorize.console.title"), Text: v.Say("authorize.console.text"),
			More: v.Say("authorize.console.more"), Code: issuer + consoleLogin + "?fresh=1"})
	case core.IsEnded(err):
		return lost()
	case err != nil:
		return err
	}
	hosted.SetCookie(c, v, consoleCookie, token, core.ConsoleLife)
	return leadTo(c, consoleNext(flow.Next))
}

// consoleMe is who is signed in.
type consoleMe struct {
	Account struct {
		Href      string `json:"href"`
		ID        string `json:"id"`
		Email     string `json:"email"`
		Username  string `json:"username"`
		GivenName string `json:"givenName"`
		Surname   string `json:"surname"`
		FullName  string `json:"fullName"`
	} `json:"account"`
	Role   core.Role `json:"role"`
	Tenant struct {
		Href string `json:"href"`
		ID   string `json:"id"`
		Name string `json:"name"`
		Key  string `json:"key"`
	} `json:"tenant"`
	Session struct {
		ExpiresAt       core.Time `json:"expiresAt"`
		IdleExpiresAt   core.Time `json:"idleExpiresAt"`
		AuthenticatedAt core.Time `json:"authenticatedAt"`
		FreshUntil      core.Time `json:"freshUntil"`
	} `json:"session"`
	Version string   `json:"version"`
	Locale  *string  `json:"locale"` // no account has one yet
	Issuer  string   `json:"issuer"`
	Whole   bool     `json:"whole"` // the tenant is the server's first, whose operators see what is about the whole server
	Kinds   []string `json:"kinds"` // the nouns that this server has: plugins bring some
}

func showMe(r *request, _ string) error {
	s := r.who.console
	if s == nil {
		return errNotSignedIn() // the machine has no session
	}
	var me consoleMe
	err := r.srv.App.View(r.c.Context(), func(tx *core.Tx) error {
		acc, err := core.Get(tx, s.Account)
		if err != nil {
			return err
		}
		t, err := core.Get(tx, tx.Tenant)
		if err != nil {
			return err
		}
		a := &me.Account
		a.Href, a.ID, a.Email, a.Username = r.base+"/"+acc.Path(), string(acc.ID), acc.Email, acc.Username
		a.GivenName, a.Surname, a.FullName = acc.GivenName, acc.Surname, acc.FullName()
		me.Tenant.Href, me.Tenant.ID, me.Tenant.Name, me.Tenant.Key = r.base+"/"+t.Path(), string(t.ID), t.Name, t.Key
		return nil
	})
	if err != nil {
		return err
	}
	if me.Whole, err = r.ofFirst(); err != nil {
		return err
	}
	me.Kinds = []string{}
	for _, k := range r.srv.App.Kinds() {
		if info := k.Info(); !info.Internal && !info.Private {
			me.Kinds = append(me.Kinds, info.Name)
		}
	}
	me.Role, me.Version = r.who.actor.Role, r.srv.version
	me.Session.ExpiresAt, me.Session.IdleExpiresAt = s.Until, s.IdleUntil()
	me.Session.AuthenticatedAt, me.Session.FreshUntil = s.AuthTime, s.FreshUntil()
	if me.Issuer, _, err = r.srv.App.Issuers(r.c.Context(), r.who.actor.Tenant); err != nil {
		return err
	}
	return r.answer(me)
}

// leaveConsole ends the session of the console, and that at the provider from which it
// came.
func leaveConsole(r *request, _ string) error {
	if r.who.console == nil {
		return errNotSignedIn()
	}
	v := r.srv.visit(r.c)
	token := hosted.Cookie(r.c, v, consoleCookie)
	err := r.srv.App.Update(r.c.Context(), func(tx *core.Tx) error { return core.EndConsole(tx, token, true) })
	if err != nil {
		return err
	}
	hosted.SetCookie(r.c, v, consoleCookie, "", -1)
	r.srv.oauth.Forget(r.c, v)
	return r.c.SendStatus(fiber.StatusNoContent)
}
