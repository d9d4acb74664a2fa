package apis

import (
	"encoding/json"

	"github.com/gofiber/fiber/v3"

	"github.com/stormkeep/stormkeep/apis/hosted"
	"github.com/stormkeep/stormkeep/core"
)

// brandings serve how the hosted pages look and read for applications and
// organizations, and the pictures of it.
func (s *Server) brandings() {
	k := s.App.KindNamed("brandings")
	for _, under := range []string{"brandings", "applications", "organizations"} {
		path := under + "/:id/branding"
		if under == "brandings" {
			path = "brandings/:id"
		}
		of := func(r *request, id string) (*core.Branding, error) {
			if under != "brandings" {
				if err := r.owner(under, id); err != nil {
					return nil, err
				}
			}
			return core.BrandingOf(r.tx, core.ID[core.Branding](id))
		}
		s.get(Route{Path: path, Kind: under, Shows: shows(under), Summary: "Read one Branding"},
			func(r *request, id string) (any, error) { return present(of(r, id)) })
		s.change(Route{Path: path, Kind: under, Body: "brandings", Summary: "Change one Branding"},
			func(r *request, id string, in map[string]json.RawMessage) (any, error) {
				b, err := of(r, id)
				if err != nil {
					return nil, err
				}
				return r.write(k, b, in, false)
			})
	}
	s.route(Route{Method: fiber.MethodGet, Path: hosted.BrandAt + ":id/:file", Summary: "A picture of a Branding", Public: true, Page: true, Status: 200}, s.picture)
}

// shows names what is at a path that is not the one of its kind.
func shows(under string) string {
	if under == "brandings" {
		return ""
	}
	return "Branding"
}

// picture answers with the logo or the favicon of a branding.
func (s *Server) picture(c fiber.Ctx) error {
	t, err := s.pageTenant(c)
	if err != nil {
		return err
	}
	var b *core.Branding
	err = s.App.View(core.AsSystem(c.Context(), t), func(tx *core.Tx) (err error) {
		b, err = core.BrandingOf(tx, core.ID[core.Branding](c.Params("id")))
		return err
	})
	if err != nil {
		return err
	}
	return hosted.SendPicture(c, b, c.Params("file"))
}

// dress has a page look, read and be laid out as an application has it, or the
// organization that people sign in to there.
func (s *Server) dress(c fiber.Ctx, v hosted.Visit, tenant core.ID[core.Tenant], app core.ID[core.Application], org core.ID[core.Organization]) (hosted.Visit, error) {
	ctx := core.AsSystem(c.Context(), tenant)
	err := s.App.View(ctx, func(tx *core.Tx) error {
		b, err := core.Branded(tx, app, org)
		if err == nil {
			v = s.pages.Dress(v, b)
		}
		return err
	})
	v.Source = func(page string) (source, key string) {
		err := s.App.View(ctx, func(tx *core.Tx) (err error) {
			source, key, err = core.PageSource(tx, app, page)
			return err
		})
		if err != nil {
			s.App.Log.Error("the template of a page cannot be read", "page", page, "err", err)
		}
		return source, key
	}
	return v, err
}
