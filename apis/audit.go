package apis

import (
	"strconv"

	"github.com/gofiber/fiber/v3"

	"github.com/stormkeep/stormkeep/core"
)

// auditCommands let the machine itself read and verify the audit log of a tenant.
func (s *Server) auditCommands() {
	s.command(Route{Method: fiber.MethodGet, Path: "audit/checkpoints", Role: core.Auditor, Summary: "List the checkpoints of the audit log"}, listCheckpoints)
	s.command(Route{Method: fiber.MethodPost, Path: "audit/verify", Role: core.Owner, Summary: "Verify the audit log"}, verifyAudit)
}

// A page of the audit log.
const (
	auditPage    = 100
	maxAuditPage = 1000
)

// page reads ?after= and ?limit=.
func (r *request) auditPage() (after uint64, limit int, err error) {
	limit = auditPage
	if text := r.c.Query("after"); text != "" {
		if after, err = strconv.ParseUint(text, 10, 63); err != nil {
			return 0, 0, queryError("wrong_type", "after must be a number of the commit sequence.")
		}
	}
	if text := r.c.Query("limit"); text != "" {
		if limit, err = strconv.Atoi(text); err != nil || limit < 1 || limit > maxAuditPage {
			return 0, 0, queryError("wrong_type", "limit must be a number from 1 to %d.", maxAuditPage)
		}
	}
	return after, limit, nil
}

func listAudit(r *request, _ string) error {
	after, limit, err := r.auditPage()
	if err != nil {
		return err
	}
	lines := []core.AuditLine{}
	err = r.srv.App.View(r.c.Context(), func(tx *core.Tx) error {
		got, err := tx.AuditPage(after, limit)
		lines = append([]core.AuditLine{}, got...)
		return err
	})
	if err != nil {
		return err
	}
	return r.answer(map[string]any{"items": lines})
}

// listCheckpoints is a page of them, after a run, with the key that proves them.
func listCheckpoints(r *request, _ string) error {
	after, limit, err := r.auditPage()
	if err != nil {
		return err
	}
	all := []core.AuditCheckpoint{}
	err = r.srv.App.View(r.c.Context(), func(tx *core.Tx) error {
		all = []core.AuditCheckpoint{}
		for c, err := range tx.Checkpoints(after) {
			if err != nil || len(all) == limit {
				return err
			}
			all = append(all, c)
		}
		return nil
	})
	if err != nil {
		return err
	}
	public, err := r.srv.App.AuditKey(r.c.Context())
	if err != nil && !core.IsNotFound(err) {
		return err
	}
	return r.answer(map[string]any{"items": all, "key": []byte(public)})
}

// verifyAudit compares with checkpoints that were kept elsewhere, if the body holds
// any.
func verifyAudit(r *request, _ string) error {
	var in struct {
		Known []core.AuditCheckpoint `json:"known"`
	}
	if len(r.c.Body()) > 0 {
		if err := r.input(&in); err != nil {
			return err
		}
	}
	report, err := r.srv.App.VerifyAudit(r.c.Context(), core.AuditCheck{Known: in.Known})
	if err != nil {
		return err
	}
	return r.answer(report)
}
