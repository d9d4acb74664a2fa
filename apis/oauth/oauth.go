// Package oauth is the OAuth 2.1 and OpenID Connect provider: one endpoint a file, one
// grant a file.
package oauth

import (
	"context"
	"net/netip"
	"sync/atomic"

	"github.com/gofiber/fiber/v3"

	"github.com/stormkeep/stormkeep/apis/hosted"
	"github.com/stormkeep/stormkeep/core"
)

// Provider answers the endpoints of every tenant.
type Provider struct {
	App   *core.App
	Pages *hosted.Pages
	Env   Env
	keys  remoteKeys

	origins    origins
	discovered atomic.Pointer[discovered]
}

// Env is what the server around the provider knows of a request.
type Env interface {
	// Tenant is whose the request's host is.
	Tenant(c fiber.Ctx) (core.ID[core.Tenant], error)
	// Source is who sent the request, as trusted proxies have it.
	Source(c fiber.Ctx) netip.Addr
	// Failed draws on the source of a request that showed a bad credential, Drawn on a
	// client that has proved itself.
	Failed(c fiber.Ctx) error
	Drawn(c fiber.Ctx, client core.ID[core.Client]) error
	// Held counts an attempt that was held back, if err says that one was.
	Held(err error)
	// Dress has a page look and read as an application has it, or the organization that
	// people sign in to there, which may be "".
	Dress(c fiber.Ctx, v hosted.Visit, app core.ID[core.Application], org core.ID[core.Organization]) (hosted.Visit, error)
	// RequestID names the request in logs.
	RequestID(c fiber.Ctx) string
}

// The paths of the endpoints, below the issuer.
const (
	AuthorizePath  = "/oauth2/authorize"
	TokenPath      = "/oauth2/token"
	IntrospectPath = "/oauth2/introspect"
	RevokePath     = "/oauth2/revoke"
	UserInfoPath   = "/oauth2/userinfo"
	LogoutPath     = "/oauth2/logout"
)

// call is one request to an endpoint that programs use.
type call struct {
	p        *Provider
	c        fiber.Ctx
	ctx      context.Context // in which a public door acts on the tenant
	tenant   core.ID[core.Tenant]
	issuer   string
	accepted []string // issuers whose tokens are taken, the present one among them
	in       params
}

// Serve makes the handler of an endpoint that programs use: what do returns is sent as
// JSON, and its error in the form of RFC 6749.
func (p *Provider) serve(do func(*call) (any, error)) fiber.Handler {
	return func(c fiber.Ctx) error {
		hosted.Private(c)
		k, err := p.open(c)
		if err != nil {
			return fail(c, err)
		}
		out, err := do(k)
		if err != nil {
			return p.refused(c, k, err)
		}
		if out == nil {
			return c.SendStatus(fiber.StatusOK)
		}
		return c.JSON(out)
	}
}

// open finds whose the request is.
func (p *Provider) open(c fiber.Ctx) (*call, error) {
	t, err := p.Env.Tenant(c)
	if err != nil {
		return nil, err
	}
	issuer, accepted, err := p.App.Issuers(c.Context(), t)
	if err != nil {
		return nil, err
	}
	actor := core.Actor{Kind: core.Door, Tenant: t, IP: c.IP(), UserAgent: c.Get(fiber.HeaderUserAgent), RequestID: p.Env.RequestID(c)}
	return &call{p: p, c: c, ctx: core.As(c.Context(), actor), tenant: t, issuer: issuer, accepted: accepted}, nil
}

// refused answers with an error, for which a bad credential draws on its source.
func (p *Provider) refused(c fiber.Ctx, k *call, err error) error {
	if code := core.AsError(err).Code; code == "invalid_client" || code == "ended" || code == "invalid_token" {
		if limited := p.Env.Failed(c); limited != nil {
			err = limited
		}
	}
	return fail(c, err)
}
