package apis

import (
	"context"
	"net/url"
	"slices"
	"strings"

	"github.com/gofiber/fiber/v3"

	"github.com/stormkeep/stormkeep/core"
)

// ourHost refuses requests for a host that is none of ours (RFC 9110, section 15.5.20):
// whoever has a name of their own point here is shown no tenant's pages. An API key knows
// its tenant, and a supervisor asks by whatever address it has.
func (s *Server) ourHost(c fiber.Ctx) error {
	host := string(c.Request().Host())
	if byMachine(c) || strings.EqualFold(host, s.publicHost) || isLoopback(host) {
		return c.Next()
	}
	switch path := c.Path(); {
	case path == "/healthz", path == "/readyz", path == "/metrics":
		return c.Next()
	case (path == "/v1" || strings.HasPrefix(path, "/v1/")) && c.Get(fiber.HeaderAuthorization) != "":
		return c.Next()
	}
	t, err := s.tenantAt(c.Context(), host)
	if err != nil {
		return err
	}
	if t != "" {
		return c.Next()
	}
	err = errMisdirected()
	if path := c.Path(); path == "/v1" || strings.HasPrefix(path, "/v1/") { // others were counted before
		if limited := s.stranger(c, 1); limited != nil {
			err = limited
		}
	}
	if slices.ContainsFunc(s.routes, func(rt Route) bool { return rt.Page && rt.Path == c.Path() }) {
		return s.showFault(c, s.visit(c), err)
	}
	return err
}

func errMisdirected() error {
	return core.Errorf(core.NotFound, "misdirected", "Nothing is served under this host.")
}

// pageTenant is the tenant whose pages and endpoints a request is for.
func (s *Server) pageTenant(c fiber.Ctx) (core.ID[core.Tenant], error) {
	t, err := s.tenantAt(c.Context(), string(c.Request().Host()))
	if err == nil && t == "" {
		err = errMisdirected()
	}
	return t, err
}

// tenantAt is the tenant at a host: that to which the host belongs, else the first one at
// the public URL, on this machine, and where its issuer is or was. While it is the only
// one, and the server is for this machine, it is found at any host. It is "" for a host
// of nobody.
func (s *Server) tenantAt(ctx context.Context, host string) (core.ID[core.Tenant], error) {
	t, err := s.App.HostTenant(ctx, host)
	if err != nil || t != "" {
		return t, err
	}
	if strings.EqualFold(host, s.publicHost) || isLoopback(host) {
		return s.App.TenantNamed(ctx, "")
	}
	all, err := s.App.Tenants(ctx)
	if err != nil || len(all) == 0 {
		return "", err
	}
	if len(all) == 1 && isLoopback(s.publicHost) {
		return all[0], nil
	}
	_, accepted, err := s.App.Issuers(ctx, all[0])
	if err != nil {
		return "", err
	}
	for _, issuer := range accepted {
		if u, err := url.Parse(issuer); err == nil && strings.EqualFold(u.Host, host) {
			return all[0], nil
		}
	}
	return "", nil
}
