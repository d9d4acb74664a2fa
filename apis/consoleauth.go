package apis

import (
	"context"
	"strings"

	"github.com/gofiber/fiber/v3"
	"github.com/valyala/fasthttp"

	"github.com/stormkeep/stormkeep/apis/hosted"
	"github.com/stormkeep/stormkeep/core"
)

// ConsoleHeader marks a request as one that the console's own script sends: no form, and
// no script of another site, can without asking.
const ConsoleHeader = "Stormkeep-Console"

// byConsole tells whether a request says to be the console's. A key that is shown goes
// before its cookie.
func byConsole(c fiber.Ctx) bool {
	return c.Get(ConsoleHeader) != "" && c.Get(fiber.HeaderAuthorization) == "" && !byMachine(c)
}

func errNotSignedIn() error {
	return core.Errorf(core.Unauthenticated, "not_signed_in", "You are not signed in, or your session is over.")
}

// consoleOnly lets nobody past but operators with a session of the console, and the machine
// itself. What they may do there, their routes say.
func (s *Server) consoleOnly(c fiber.Ctx) error {
	switch {
	case byMachine(c):
		return s.asMachine(c)
	case byConsole(c):
		return s.asConsole(c)
	}
	return s.turnedAway(c, errWhoAreYou())
}

// asConsole lets an operator act by the cookie of the console.
func (s *Server) asConsole(c fiber.Ctx) error {
	hosted.Private(c)
	if err := s.ownScript(c); err != nil {
		return err
	}
	tenant, err := s.pageTenant(c)
	if err != nil {
		return err
	}
	by := core.Actor{Kind: core.Anonymous, Tenant: tenant, IP: c.IP(), UserAgent: c.Get(fiber.HeaderUserAgent), RequestID: requestID(c)}
	who := &principal{}
	if token := hosted.Cookie(c, hosted.Visit{TLS: s.byTLS(c)}, consoleCookie); token == "" {
		err = errNotSignedIn()
	} else if who.actor, who.console, err = s.App.UseConsole(core.As(c.Context(), by), token); core.IsEnded(err) {
		err = errNotSignedIn()
	}
	if err != nil {
		return s.turnedAway(c, err)
	}
	if err := s.share(c, "console "+string(who.actor.Account)); err != nil {
		return err
	}
	t, err := s.App.Tenant(c.Context(), tenant)
	if err != nil {
		return err
	}
	who.aliases = byHost(t.Aliases)
	c.Locals(principalKey, who)
	c.SetContext(core.As(c.Context(), who.actor))
	return s.around(c, who.actor, c.Next)
}

// ownScript refuses what the console's script does not send, but another site might have a
// browser send with the cookie: by any other origin, as a form, or with its method in the
// query.
func (s *Server) ownScript(c fiber.Ctx) error {
	if c.Get(ConsoleHeader) != "1" {
		return errOtherSite("The header " + ConsoleHeader + " must be 1.")
	}
	origin := c.Get(fiber.HeaderOrigin)
	switch site := c.Get("Sec-Fetch-Site"); {
	case site != "" && site != "same-origin":
		return errOtherSite("Sec-Fetch-Site is not same-origin.")
	case site == "" && origin == "":
		return errOtherSite("The request has neither Sec-Fetch-Site nor Origin.")
	case origin != "" && !s.sameOrigin(c, origin):
		return errOtherSite("The Origin is another.")
	case c.Request().URI().QueryArgs().Has("_method"):
		return errOtherSite("_method is not for the console.")
	}
	if len(c.Request().Body()) == 0 {
		return nil
	}
	kind, _, _ := strings.Cut(c.Get(fiber.HeaderContentType), ";")
	want := fiber.MIMEApplicationJSON
	if strings.HasPrefix(c.Path(), uploadPath) {
		want = fiber.MIMEOctetStream // which no form sends either
	}
	if !strings.EqualFold(strings.TrimSpace(kind), want) {
		return errContentType()
	}
	return nil
}

func errOtherSite(why string) error {
	return &core.Error{Kind: core.Forbidden, Code: "other_site", Msg: "This request was not sent by the console.", Dev: why}
}

// sameOrigin tells whether an origin is the one that was asked. Where TLS ends in front of
// the server, the public URL says so.
func (s *Server) sameOrigin(c fiber.Ctx, origin string) bool {
	scheme := "http"
	if s.byTLS(c) {
		scheme = "https"
	}
	return strings.EqualFold(origin, scheme+"://"+string(c.Request().Host()))
}

// guarded has a handler refuse a session of the console that may not do what the route
// does: by its role, or because it was signed in too long ago.
func (s *Server) guarded(rt Route, h fiber.Handler) fiber.Handler {
	if rt.Public || rt.Page || rt.Protocol {
		return h
	}
	return func(c fiber.Ctx) error {
		who := principalOf(c)
		if who.console == nil {
			return h(c)
		}
		if rt.Machine || rt.Console {
			if rt.Role == "" || who.actor.Role.Rank() < rt.Role.Rank() {
				return &core.Error{Kind: core.Forbidden, Code: "forbidden", Msg: "You are not allowed to do this.", Dev: "The role " + string(who.actor.Role) + " may not do this in the console."}
			}
			if rt.Whole {
				if first, err := s.isFirst(c.Context(), who.actor.Tenant); err != nil || !first {
					return &core.Error{Kind: core.Forbidden, Code: "forbidden", Msg: "You are not allowed to do this.", Dev: "This is about the whole server: it is for operators of its first tenant."}
				}
			}
		}
		if who.console.Fresh(s.App.Now()) {
			return h(c)
		}
		again := rt.StepUp
		if !again {
			var err error
			if again, err = s.ofAdministrators(c, rt); err != nil {
				return err
			}
		}
		if again {
			return &core.Error{Kind: core.Forbidden, Code: "step_up", Msg: "Sign in once more to do this.", Dev: "You signed in more than five minutes ago: " + consoleLogin + "?fresh=1."}
		}
		return h(c)
	}
}

// isFirst tells whether a tenant is the server's first, whose operators are asked about the
// whole server.
func (s *Server) isFirst(ctx context.Context, t core.ID[core.Tenant]) (bool, error) {
	first, err := s.App.TenantNamed(ctx, "")
	return first == t, err
}

// ofFirst tells whether the caller is of the server's first tenant.
func (r *request) ofFirst() (bool, error) {
	return r.srv.isFirst(r.c.Context(), r.who.actor.Tenant)
}

// provesAgain tells whether a route gives power, or opens secrets: who does so by a session
// of the console has proved who she is within core.StepUp.
func provesAgain(rt Route) bool {
	if rt.Method == fiber.MethodGet || !strings.HasPrefix(rt.Path, "/v1/") {
		return false
	}
	parts := strings.Split(rt.Path, "/")[2:]
	switch parts[0] {
	case "operators", "apiKeys", "signingKeys", "smtpServers", "domains":
		return true
	case "tenants", "emailTemplates", "pageTemplates": // a preview keeps nothing
		return len(parts) == 2
	}
	switch parts[len(parts)-1] {
	case "apiKeys", "secrets", "provider", "domains", "pageTemplates":
		return true
	}
	return false
}

// ofAdministrators tells whether a change is of the administrators' application or
// directory, of what is asked of their passwords, or of whom it lets in.
func (s *Server) ofAdministrators(c fiber.Ctx, rt Route) (bool, error) {
	id := strings.Clone(c.Params("id"))
	if rt.Method == fiber.MethodGet || id == "" || !strings.HasPrefix(rt.Path, "/v1/") {
		return false, nil
	}
	kind, _, _ := strings.Cut(strings.TrimPrefix(rt.Path, "/v1/"), "/")
	switch kind {
	case "applications", "directories", "passwordPolicies", "accountCreationPolicies", "accountLinkingPolicies", "fields", "brandings":
	default:
		return false, nil
	}
	t, err := s.App.Tenant(c.Context(), principalOf(c).actor.Tenant)
	if err != nil {
		return false, err
	}
	return id == string(t.AdminApp) || strings.HasPrefix(id, string(t.AdminDir)), nil
}

// opensConsole tells, before a request is read, whether it comes with the cookie of a live
// session: then it may send as much as a key.
func (s *Server) opensConsole(h *fasthttp.RequestHeader) bool {
	token := string(h.Cookie("__Host-" + consoleCookie))
	if token == "" {
		token = string(h.Cookie(consoleCookie))
	}
	return len(h.Peek(ConsoleHeader)) > 0 && s.heldConsole(context.Background(), string(h.Host()), token)
}

// heldConsole tells whether a token opens a live session of the console at a host. The
// session is not noted as used.
func (s *Server) heldConsole(ctx context.Context, host, token string) bool {
	if token == "" {
		return false
	}
	t, err := s.tenantAt(ctx, host)
	if err != nil || t == "" {
		return false
	}
	err = s.App.View(core.AsSystem(ctx, t), func(tx *core.Tx) error {
		_, _, err := core.ConsoleBy(tx, token)
		return err
	})
	return err == nil
}
