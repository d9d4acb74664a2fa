package apis

import (
	"github.com/gofiber/fiber/v3"

	"github.com/stormkeep/stormkeep/core"
	"github.com/stormkeep/stormkeep/core/keep"
)

// doctorCommands look at the data folder, and mend it.
func (s *Server) doctorCommands() {
	s.command(Route{Method: fiber.MethodGet, Path: "doctor", Role: core.Owner, Whole: true, Summary: "Look for damage in the data folder"}, examineFolder)
	s.command(Route{Method: fiber.MethodPost, Path: "doctor/repair", Summary: "Mend what can be mended; while a server lives on the data, file modes only"}, repairFolder)
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
	return r.answer(map[string]any{"items": append(all, r.srv.diagnosis()...)})
}

func repairFolder(r *request, _ string) error {
	k, err := r.keeper()
	if err != nil {
		return err
	}
	var mended []string
	if r.srv.address.Load() != nil { // others use the data
		mended, err = keep.Tighten(k.Folder.Dir)
	} else {
		mended, err = k.Repair(r.c.Context())
	}
	if err != nil {
		return err
	}
	return r.answer(map[string]any{"mended": mended})
}
