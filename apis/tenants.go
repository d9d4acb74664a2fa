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
	s.command(Route{Method: fiber.MethodPost, Path: "tenants", Summary: "Make a tenant"}, makeTenant)
	s.command(Route{Method: fiber.MethodGet, Path: "tenants/:id", Summary: "Read a tenant, by its id or key"}, func(r *request, id string) error {
		return r.onTenant(id, func(context.Context, core.ID[core.Tenant]) error { return nil })
	})
	s.command(Route{Method: fiber.MethodPost, Path: "tenants/:id/hosts", Summary: "Change the base URLs of a tenant"}, changeHosts)
	s.command(Route{Method: fiber.MethodPost, Path: "issuer", Summary: "Pin a tenant's issuer"}, setIssuer)
	s.command(Route{Method: fiber.MethodPost, Path: "tenants/:id/status", Summary: "Enable or disable a tenant"}, changeTenantStatus)
	s.command(Route{Method: fiber.MethodDelete, Path: "tenants/:id", Status: fiber.StatusNoContent, Summary: "End a tenant, with all it has"},
		func(r *request, id string) error {
			tenant, err := s.App.TenantNamed(r.c.Context(), id)
			if err != nil {
				return err
			}
			if err := s.App.DeleteTenant(r.c.Context(), tenant); err != nil {
				return err
			}
			return r.c.SendStatus(fiber.StatusNoContent)
		})
}

// shownTenant is a tenant as commands are told of it.
type shownTenant struct {
	ID     core.ID[core.Tenant] `json:"id"`
	Key    string               `json:"key"`
	Name   string               `json:"name"`
	Status core.Status          `json:"status"`
	Hosts  []string             `json:"hosts"`
	URLs   []string             `json:"urls"`
	Issuer string               `json:"issuer"` // "" until it is pinned
	Former []core.FormerIssuer  `json:"formerIssuers"`
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
		shown = shownTenant{t.ID, t.Key, t.Name, t.Status, t.Hosts(), append([]string{}, t.Aliases...), t.Issuer, append([]core.FormerIssuer{}, t.Former...)}
		return nil
	})
	return shown, err
}

func makeTenant(r *request, _ string) error {
	var in struct{ Key, Name string }
	if err := r.input(&in); err != nil {
		return err
	}
	id, err := r.srv.App.CreateTenant(r.c.Context(), in.Name, in.Key)
	if err != nil {
		return err
	}
	return r.onTenant(string(id), func(context.Context, core.ID[core.Tenant]) error { return nil })
}

// onTenant does something to the tenant of an id or key, as the machine, and answers
// with what it became.
func (r *request) onTenant(name string, do func(context.Context, core.ID[core.Tenant]) error) error {
	id, err := r.srv.App.TenantNamed(r.c.Context(), name)
	if err != nil {
		return err
	}
	actor := r.who.actor
	actor.Tenant = id
	if err := do(core.As(r.c.Context(), actor), id); err != nil {
		return err
	}
	shown, err := r.shownTenant(r.c.Context(), id)
	if err != nil {
		return err
	}
	return r.answer(shown)
}

func changeHosts(r *request, id string) error {
	var in struct{ Add, Remove []string }
	if err := r.input(&in); err != nil {
		return err
	}
	return r.onTenant(id, func(ctx context.Context, id core.ID[core.Tenant]) error {
		return r.srv.App.Update(ctx, func(tx *core.Tx) error {
			t, err := core.Get(tx, id)
			if err != nil {
				return err
			}
			for _, base := range in.Remove {
				if err := t.RemoveAlias(base); err != nil {
					return err
				}
			}
			for _, base := range in.Add {
				if err := t.AddAlias(base); err != nil {
					return err
				}
			}
			return core.Put(tx, t)
		})
	})
}

// setIssuer pins that of the tenant that the command is about.
func setIssuer(r *request, _ string) error {
	var in struct {
		URL   string
		Until core.Time
	}
	if err := r.input(&in); err != nil {
		return err
	}
	return r.onTenant(string(r.who.actor.Tenant), func(ctx context.Context, id core.ID[core.Tenant]) error {
		if in.Until.IsZero() {
			in.Until = core.At(r.srv.App.Now().Add(core.KeepIssuer))
		}
		return r.srv.App.SetIssuer(ctx, id, in.URL, in.Until.Time)
	})
}

func changeTenantStatus(r *request, id string) error {
	var in struct {
		Status core.Status
		Sure   bool
	}
	if err := r.input(&in); err != nil {
		return err
	}
	return r.onTenant(id, func(ctx context.Context, id core.ID[core.Tenant]) error {
		return r.srv.App.SetTenantStatus(ctx, id, in.Status, in.Sure)
	})
}
