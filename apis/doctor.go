package apis

import (
	"github.com/gofiber/fiber/v3"
)

// doctorCommands look at the data folder, and mend it.
func (s *Server) doctorCommands() {
	s.command(Route{Method: fiber.MethodGet, Path: "doctor", Summary: "Look for damage in the data folder"}, examineFolder)
	s.command(Route{Method: fiber.MethodPost, Path: "doctor/repair", Summary: "Mend what can be mended; for one that has the data alone"}, repairFolder)
}

func examineFolder(r *request, _ string) error {
	k, err := r.keeper()
	if err != nil {
		return err
	}
	all, err := k.Examine(r.c.Context())
	if err != nil {
		return err
	}
	return r.answer(map[string]any{"items": all})
}

func repairFolder(r *request, _ string) error {
	k, err := r.keeper()
	if err != nil {
		return err
	}
	mended, err := k.Repair(r.c.Context())
	if err != nil {
		return err
	}
	return r.answer(map[string]any{"mended": mended})
}
