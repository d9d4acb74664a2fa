package apis

import (
	"github.com/gofiber/fiber/v3"

	"github.com/stormkeep/stormkeep/core"
)

// tenants serves the caller's tenant and what it owns (spec 5).
func (s *Server) tenants() {
	s.route(Route{Method: fiber.MethodGet, Path: "/v1/tenants/current", Kind: "tenants", Status: 302,
		Summary: "Redirect to the caller's tenant"}, s.handle(currentTenant))
	tenants := s.App.KindNamed("tenants")
	s.read(tenants)
	s.edit(tenants)
	list[core.Application, *core.Application]{page: all[core.Application], within: everywhere[core.Application]}.
		serve(s, "tenants/:id/applications", "List the tenant's applications")
	list[core.Directory, *core.Directory]{page: all[core.Directory], within: everywhere[core.Directory]}.
		serve(s, "tenants/:id/directories", "List the tenant's directories")
	list[core.Group, *core.Group]{page: all[core.Group], within: everywhere[core.Group]}.
		serve(s, "tenants/:id/groups", "List the tenant's groups")
	list[core.Account, *core.Account]{page: all[core.Account], within: everywhere[core.Account]}.
		serve(s, "tenants/:id/accounts", "List the tenant's accounts")
}

// currentTenant answers 302 with the query repeated, since SDKs follow it to the
// letter (spec 2.10).
func currentTenant(r *request, _ string) error {
	err := r.srv.App.View(r.c.Context(), func(tx *core.Tx) error {
		_, err := core.Get(tx, tx.Tenant)
		return err
	})
	if err != nil {
		return err
	}
	to := r.base + "/tenants/" + string(r.who.actor.Tenant)
	if q := string(r.c.Request().URI().QueryString()); q != "" {
		to += "?" + q
	}
	r.c.Set(fiber.HeaderLocation, to)
	return r.c.Status(fiber.StatusFound).Send(nil)
}
