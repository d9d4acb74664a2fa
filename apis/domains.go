package apis

import (
	"encoding/json"
	"slices"

	"github.com/gofiber/fiber/v3"

	"github.com/stormkeep/stormkeep/apis/oauth"
	"github.com/stormkeep/stormkeep/core"
)

// domains serve at which hosts and paths the hosted pages are an application's.
func (s *Server) domains() {
	s.create(Route{Path: "applications/:id/domains", Kind: "applications", Body: "domains", Summary: "Serve an application's pages at a host or a path"},
		func(r *request, id string, in map[string]json.RawMessage) (any, error) {
			if err := r.owner("applications", id); err != nil {
				return nil, err
			}
			return made(r, in, func(d *core.Domain) error {
				d.Application = core.ID[core.Application](id)
				return nil
			}, core.Put)
		})
	list[core.Domain, *core.Domain]{page: children(core.DomainsOf)}.serve(s, "applications/:id/domains", "List an application's domains")
	s.resource(s.App.KindNamed("domains"))
}

// frontPaths are the pages that are below the path of a domain too.
var frontPaths = []string{"/", oauth.LoginPath, registerPath, signOutPath, forgotPath, changePath, confirmPath, resetPath, verifyPath}

// below has a page answered below the path of a domain too, if it is one of frontPaths.
func (s *Server) below(rt Route, handler fiber.Handler) {
	if s.fronts == nil {
		s.fronts = map[string]fiber.Handler{}
	}
	if slices.Contains(frontPaths, rt.Path) {
		s.fronts[rt.Method+" "+rt.Path] = handler
	}
}

// baseOf is where in the locals of a request the path of its domain is.
const baseOf = "base"

// belowDomain answers a request for a page below the path of a domain. It is nil for
// any other.
func (s *Server) belowDomain(c fiber.Ctx, t core.ID[core.Tenant]) (handler fiber.Handler, err error) {
	var d *core.Domain
	below := ""
	err = s.App.View(core.AsSystem(c.Context(), t), func(tx *core.Tx) error {
		d, below, err = core.DomainAt(tx, string(c.Request().Host()), c.Path())
		return err
	})
	if err != nil || d == nil || d.At == "" {
		return nil, err
	}
	if below == "" {
		below = "/"
	}
	if !slices.Contains(frontPaths, below) {
		return nil, nil
	}
	h := s.fronts[c.Method()+" "+below]
	if h == nil {
		return nil, errMethod()
	}
	c.Locals(baseOf, d.At)
	return h, nil
}

// domainOf is the domain that a page is at, nil where it is at none.
func (f *front) domainOf() (d *core.Domain, err error) {
	err = f.s.App.View(core.AsSystem(f.ctx, f.tenant), func(tx *core.Tx) error {
		d, _, err = core.DomainAt(tx, string(f.c.Request().Host()), f.v.Base)
		return err
	})
	return d, err
}
