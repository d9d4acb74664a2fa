package apis

import (
	"github.com/gofiber/fiber/v3"

	"github.com/stormkeep/stormkeep/ui"

	"github.com/stormkeep/stormkeep/core"
)

// health serves what a supervisor asks: is the process alive, and may it be sent
// requests.
func (s *Server) health() {
	s.route(Route{Method: fiber.MethodGet, Path: "/healthz", Public: true, Status: 200, Summary: "The process is alive"},
		func(c fiber.Ctx) error { return send(c, []byte(`{"status":"ok"}`)) })
	s.route(Route{Method: fiber.MethodGet, Path: "/readyz", Public: true, Status: 200, Summary: "Requests can be answered"},
		func(c fiber.Ctx) error {
			if s.stopping.Load() {
				return core.Errorf(core.Unavailable, "closing", "The server is shutting down.")
			}
			if _, err := s.App.Tenants(c.Context()); err != nil {
				return &core.Error{Kind: core.Unavailable, Code: "store", Msg: "The store does not answer.", Err: err}
			}
			return send(c, []byte(`{"status":"ready"}`))
		})
}

// handbook serves its pages as they are: Markdown reads well.
func (s *Server) handbook() {
	s.route(Route{Method: fiber.MethodGet, Path: "/console/docs/:page", Public: true, Status: 200, Summary: "A page of the handbook"},
		func(c fiber.Ctx) error {
			page, err := ui.Docs.ReadFile("docs/" + c.Params("page") + ".md")
			if err != nil {
				return fiber.ErrNotFound
			}
			c.Set(fiber.HeaderContentType, "text/plain; charset=utf-8")
			return c.Send(page)
		})
}
