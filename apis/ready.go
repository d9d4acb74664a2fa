package apis

import (
	"context"
	"encoding/json"

	"github.com/gofiber/fiber/v3"

	"github.com/stormkeep/stormkeep/core"
)

// check is one condition of readiness, as it is told.
type check struct {
	Name string `json:"name"`
	OK   bool   `json:"ok"`
	Why  string `json:"why,omitempty"`
}

// readiness is whether the server can do its work, and what that hangs on.
type readiness struct {
	ok     bool
	checks []check
}

// ready looks at every condition. Nothing is written.
func (s *Server) ready(ctx context.Context) readiness {
	conditions := s.App.Conditions(ctx)
	if s.stopping.Load() {
		conditions = []core.Condition{{Name: "running", Err: core.Errorf(core.Unavailable, "closing", "The server is shutting down.")}}
	}
	r := readiness{ok: true}
	for _, c := range conditions {
		out := check{Name: c.Name, OK: c.Err == nil}
		if c.Err != nil {
			r.ok, out.Why = false, c.Err.Error()
		}
		r.checks = append(r.checks, out)
	}
	return r
}

// tellReady answers 200 or 503. Why is told only to those who are near: it names
// files and sizes of this machine.
func (s *Server) tellReady(c fiber.Ctx, near bool) error {
	r := s.ready(c.Context())
	c.Set(fiber.HeaderCacheControl, "no-store")
	if !r.ok && !near {
		return core.Errorf(core.Unavailable, "not_ready", "The server is not ready.")
	}
	out := struct {
		Status string  `json:"status"`
		Checks []check `json:"checks,omitempty"`
		Notes  []note  `json:"notes,omitempty"`
	}{Status: "ready"}
	if near {
		out.Checks = r.checks
		if r.ok { // a store that does not answer is not asked
			out.Notes = s.notes(c.Context())
		}
	}
	if !r.ok {
		out.Status = "not ready"
		c.Status(fiber.StatusServiceUnavailable)
	}
	b, err := json.Marshal(out)
	if err != nil {
		return err
	}
	return send(c, b)
}
