package apis

import (
	"encoding/json"
	"slices"

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
	s.route(Route{Method: fiber.MethodPost, Path: "/v1/brandings/:id/preview", Kind: "brandings", Status: 200, Shows: "PagePreview",
		Takes:   []core.ViewField{{Name: "branding", Value: json.RawMessage("{}")}, {Name: "page", Value: ""}, {Name: "locale", Value: ""}},
		Members: pagePreview("", "", nil).example(), Summary: "Show what a page looks like with a Branding that is not kept, and what is wrong with it"}, s.handle(previewBranding))
	s.route(Route{Method: fiber.MethodGet, Path: hosted.BrandAt + ":id/:file", Summary: "A picture of a Branding", Public: true, Page: true, Status: 200}, s.picture)
}

// previewBranding shows a page, that of signing in unless another is named, in a look that
// is not kept, to who may keep it: the branding as it is, with the members that are sent.
func previewBranding(r *request, id string) error {
	in, err := r.body()
	if err != nil {
		return err
	}
	if err := r.only(in, "branding", "page", "locale"); err != nil {
		return err
	}
	set := map[string]json.RawMessage{}
	if raw := in["branding"]; len(raw) > 0 && json.Unmarshal(raw, &set) != nil {
		return fieldError("wrong_type", "branding", "branding must be an object.")
	}
	page, named, err := text(in, "page")
	if err != nil {
		return err
	}
	if !named {
		page = "login"
	}
	if !slices.Contains(core.PageNames, page) {
		return fieldError("unsupported_value", "page", "page %q is not supported.", page)
	}
	locale, _, err := text(in, "locale")
	if err != nil {
		return err
	}
	return r.view(func(r *request) (any, error) {
		b, err := core.BrandingOf(r.tx, core.ID[core.Branding](id))
		if err != nil {
			return nil, err
		}
		if err := core.MayUpdate(r.tx, b); err != nil {
			return nil, err
		}
		if err := r.decode(set, b, false); err != nil {
			return nil, err
		}
		if err := core.Validate(r.tx, b); err != nil {
			return nil, err
		}
		name, source, err := brandedPage(r.tx, b, page)
		if err != nil {
			return nil, err
		}
		html, problem := r.srv.pages.PreviewBrand(hosted.Visit{Locale: r.srv.pages.Locale(locale)}, b, name, page, source)
		if problem != "" {
			return nil, fieldError("invalid_value", "page", "page %s cannot be made: %s.", page, problem)
		}
		return pagePreview("brandings/"+id+"/preview", string(html), nil), nil
	})
}

// brandedPage is the name of whose pages a branding dresses, and the source that an
// application has of one of them, "" for ours.
func brandedPage(tx *core.Tx, b *core.Branding, page string) (name, source string, err error) {
	app, err := core.Get(tx, core.ID[core.Application](b.ID))
	if core.IsNotFound(err) {
		org, err := core.Get(tx, core.ID[core.Organization](b.ID))
		if err != nil {
			return "", "", err
		}
		return org.Name, "", nil
	}
	if err != nil {
		return "", "", err
	}
	source, _, err = core.PageSource(tx, app.ID, page)
	return app.Name, source, err
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
