package apis

import "github.com/gofiber/fiber/v3"

func (s *Server) openAPI(c fiber.Ctx) error { return send(c, []byte("{}")) }
