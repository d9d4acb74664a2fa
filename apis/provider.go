package apis

import (
	"net/netip"

	"github.com/gofiber/fiber/v3"

	"github.com/stormkeep/stormkeep/apis/hosted"
	"github.com/stormkeep/stormkeep/apis/oauth"
	"github.com/stormkeep/stormkeep/core"
)

// provider serves OAuth 2.1 and OpenID Connect.
func (s *Server) provider() {
	p := &oauth.Provider{App: s.App, Pages: s.pages, Env: surroundings{s}}
	s.oauth = p
	for _, e := range []struct {
		method, path, summary string
		handler               fiber.Handler
	}{
		{fiber.MethodPost, oauth.TokenPath, "Get tokens (RFC 6749)", p.Token()},
		{fiber.MethodPost, oauth.IntrospectPath, "Ask about a token (RFC 7662)", p.Introspect()},
		{fiber.MethodPost, oauth.RevokePath, "Take a token back (RFC 7009)", p.Revoke()},
		{fiber.MethodGet, oauth.UserInfoPath, "Who an access token is of (OpenID Connect)", p.UserInfo()},
		{fiber.MethodPost, oauth.UserInfoPath, "Who an access token is of (OpenID Connect)", p.UserInfo()},
		{fiber.MethodGet, oauth.RevocationsPath, "What was revoked, as a signed feed", p.Revocations()},
		{fiber.MethodGet, oauth.OpenIDPath, "What the provider can (OpenID Connect Discovery)", p.Discovery()},
		{fiber.MethodGet, oauth.MetadataPath, "What the provider can (RFC 8414)", p.Discovery()},
	} {
		s.route(Route{Method: e.method, Path: e.path, Public: true, Protocol: true, Status: fiber.StatusOK, Summary: e.summary}, e.handler)
	}
	for _, path := range []string{oauth.TokenPath, oauth.RevokePath, oauth.UserInfoPath} {
		s.route(Route{Method: fiber.MethodOptions, Path: path, Public: true, Protocol: true, Status: fiber.StatusNoContent, Summary: "What scripts of other origins may do"}, p.Preflight())
	}
	for _, e := range []struct {
		method, path, summary string
		handler               func(fiber.Ctx, hosted.Visit) error
	}{
		{fiber.MethodGet, oauth.AuthorizePath, "Sign somebody in for a client (RFC 6749)", p.Authorize},
		{fiber.MethodPost, oauth.AuthorizePath, "Sign somebody in for a client (RFC 6749)", p.Authorize},
		{fiber.MethodGet, oauth.LogoutPath, "Sign out (OpenID Connect)", p.Logout},
		{fiber.MethodPost, oauth.LogoutPath, "Sign out (OpenID Connect)", p.Logout},
		{fiber.MethodGet, oauth.ConsentPath, "What a client asks for", p.ConsentAgain},
		{fiber.MethodPost, oauth.ConsentPath, "Say what a client may have", p.Consent},
	} {
		s.page(Route{Method: e.method, Path: e.path, Summary: e.summary}, e.handler)
	}
}

// surroundings are what the provider asks of the server.
type surroundings struct{ s *Server }

// Tenant is whose the host is, else the first.
func (e surroundings) Tenant(c fiber.Ctx) (core.ID[core.Tenant], error) { return e.s.pageTenant(c) }

// Source is who sent the request.
func (e surroundings) Source(c fiber.Ctx) netip.Addr { return sourceOf(c) }

// Failed draws as every bad credential does.
func (e surroundings) Failed(c fiber.Ctx) error { return e.s.stranger(c, failure) }

// Drawn draws on the client's share, which is as large as an API key's.
func (e surroundings) Drawn(c fiber.Ctx, client core.ID[core.Client]) error {
	return e.s.share(c, "client "+string(client))
}

// Held counts what was held back.
func (e surroundings) Held(err error) { e.s.noteHeld(err) }

// Dress is that of the tenant's application, of its host's where none is named.
func (e surroundings) Dress(c fiber.Ctx, v hosted.Visit, app core.ID[core.Application], org core.ID[core.Organization]) (hosted.Visit, error) {
	t, err := e.s.pageTenant(c)
	if err != nil {
		return v, err
	}
	if app == "" {
		own, err := e.s.hostApplication(c.Context(), v, t)
		if core.IsNotFound(err) {
			return v, nil
		}
		if err != nil {
			return v, err
		}
		app = own.ID
	}
	return e.s.dress(c, v, t, app, org)
}

// RequestID is that of the answer's header.
func (e surroundings) RequestID(c fiber.Ctx) string { return requestID(c) }
