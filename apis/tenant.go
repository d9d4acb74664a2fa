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
	list[core.Application, *core.Application]{page: all[core.Application],
		exact: finders[core.Application]{"name": named(core.ApplicationName, true)},
	}.serve(s, "tenants/:id/applications", "List the tenant's applications")
	list[core.Directory, *core.Directory]{page: all[core.Directory],
		exact: finders[core.Directory]{"name": named(core.DirectoryName, true)},
	}.serve(s, "tenants/:id/directories", "List the tenant's directories")
	list[core.Group, *core.Group]{page: all[core.Group],
		exact: finders[core.Group]{"name": groupsAnywhere},
	}.serve(s, "tenants/:id/groups", "List the tenant's groups")
	list[core.Account, *core.Account]{page: all[core.Account],
		exact: accountFinders(func(r *request, _ string) ([]core.Ref, error) { return everyDirectory(r) }),
	}.serve(s, "tenants/:id/accounts", "List the tenant's accounts")
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

// everyDirectory is all directories of the tenant.
func everyDirectory(r *request) (stores []core.Ref, err error) {
	for id, err := range core.Walk[core.Directory](r.tx, nil, core.Query{}) {
		if err != nil {
			return nil, err
		}
		stores = append(stores, core.RefTo(id))
	}
	return stores, nil
}

func groupsAnywhere(r *request, _, value string) ([]*core.Group, error) {
	stores, err := everyDirectory(r)
	if err != nil {
		return nil, err
	}
	return groupsNamed(r, stores, value)
}
