package apis

import (
	"context"

	"github.com/gofiber/fiber/v3"

	"github.com/stormkeep/stormkeep/core"
)

// tenantCommands serve all tenants to the machine itself, which alone sees more than
// one.
func (s *Server) tenantCommands() {
	s.command(Route{Method: fiber.MethodGet, Path: "tenants", Summary: "List all tenants"}, listTenants)
}

// shownTenant is a tenant as commands are told of it.
type shownTenant struct {
	ID     core.ID[core.Tenant] `json:"id"`
	Key    string               `json:"key"`
	Name   string               `json:"name"`
	Status core.Status          `json:"status"`
	Hosts  []string             `json:"hosts"`
}

func listTenants(r *request, _ string) error {
	ids, err := r.srv.App.Tenants(r.c.Context())
	if err != nil {
		return err
	}
	all := make([]shownTenant, len(ids))
	for i, id := range ids {
		if all[i], err = r.shownTenant(r.c.Context(), id); err != nil {
			return err
		}
	}
	return r.answer(map[string]any{"items": all})
}

func (r *request) shownTenant(ctx context.Context, id core.ID[core.Tenant]) (shown shownTenant, err error) {
	err = r.srv.App.View(core.AsMachine(ctx, id), func(tx *core.Tx) error {
		t, err := core.Get(tx, id)
		if err != nil {
			return err
		}
		shown = shownTenant{t.ID, t.Key, t.Name, t.Status, t.Hosts()}
		return nil
	})
	return shown, err
}
