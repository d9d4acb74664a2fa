package apis

import (
	"encoding/json"

	"github.com/gofiber/fiber/v3"
)

// Seal serves the nouns that New did not: those registered by plugins and by the
// setup of a program. They get what every noun has; their owner adds what is theirs
// alone. Serve calls it; it does its work once.
func (s *Server) Seal() { s.sealed.Do(s.seal) }

func (s *Server) seal() {
	defer func() { s.metrics.know(s.fiber.GetRoutes(true)) }()
	served := map[string]bool{}
	for _, rt := range s.routes {
		served[rt.Path] = true
	}
	for _, k := range s.App.Kinds() {
		info := k.Info()
		path := info.Name + "/:id"
		if info.Internal || info.Private || served["/v1/"+path] {
			continue
		}
		s.route(Route{Method: fiber.MethodGet, Path: "/v1/" + info.Name, Kind: info.Name, List: info.Name, Filters: filters(info), Status: 200,
			Summary: "List all of kind " + info.Noun}, s.handle(func(r *request, _ string) error {
			return r.view(func(r *request) (any, error) {
				s, err := r.page.searching(info)
				if err != nil {
					return nil, err
				}
				p, err := k.All(r.tx, s)
				return &collection{path: info.Name, page: r.page, size: p.Size, items: p.Items}, err
			})
		}))
		s.create(Route{Path: info.Name, Kind: info.Name, Body: info.Name, Summary: "Make one " + info.Noun},
			func(r *request, _ string, in map[string]json.RawMessage) (any, error) {
				return r.write(k, k.Make(), in, true)
			})
		s.resource(k)
		if !served["/v1/"+path+"/customData"] {
			s.customDataOf(info)
		}
	}
	s.reserve()
	s.fiber.Use(s.mounted) // last, so that it takes nothing from a route
}
