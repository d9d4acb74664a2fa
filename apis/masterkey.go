package apis

import (
	"github.com/gofiber/fiber/v3"

	"github.com/stormkeep/stormkeep/core/secret"
)

// masterKeyCommands rotate the master key, which no tenant has to do with.
func (s *Server) masterKeyCommands() {
	s.command(Route{Method: fiber.MethodGet, Path: "masterKey", Summary: "Tell the ids of the master keys, and whether a file keeps them"},
		func(r *request, _ string) error {
			return r.answer(map[string]any{"ids": s.App.MasterKeys(), "file": s.saveMaster != nil})
		})
	s.command(Route{Method: fiber.MethodPost, Path: "masterKey", Summary: "Put a new master key in the place of the former"}, rotateMaster)
}

// rotateMaster makes the new key where a file keeps it. Else the operator has made it,
// and keeps it already.
func rotateMaster(r *request, _ string) (err error) {
	var in struct{ Key string }
	if err := r.input(&in); err != nil {
		return err
	}
	next := secret.NewMaster()
	switch kept := r.srv.saveMaster != nil; {
	case kept && in.Key != "":
		return fieldError("invalid_value", "key", "The master key of this server is kept in a file, which gets a new one by itself.")
	case !kept && in.Key == "":
		return fieldError("required", "key", "The master key of this server comes from its environment: the new one has to be given.")
	case !kept:
		if next, err = secret.ParseMaster(in.Key); err != nil {
			return fieldError("invalid_format", "key", "That is no master key: %v.", err)
		}
	}
	if err := r.srv.App.RotateMaster(r.c.Context(), next, r.srv.saveMaster); err != nil {
		return err
	}
	return r.answer(map[string]any{"id": next.ID()})
}
