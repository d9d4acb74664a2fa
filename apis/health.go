package apis

import (
	"github.com/gofiber/fiber/v3"

	"github.com/stormkeep/stormkeep/ui"
)

// health serves what a supervisor asks: is the process alive, and may it be sent
// requests.
func (s *Server) health() {
	s.route(Route{Method: fiber.MethodGet, Path: "/healthz", Public: true, Status: 200, Summary: "The process is alive"},
		alive)
	s.route(Route{Method: fiber.MethodGet, Path: "/readyz", Public: true, Status: 200, Summary: "Requests can be answered"},
		func(c fiber.Ctx) error { return s.tellReady(c, direct(c)) })
}

func alive(c fiber.Ctx) error { return send(c, []byte(`{"status":"ok"}`)) }

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
