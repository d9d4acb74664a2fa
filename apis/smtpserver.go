package apis

import (
	"encoding/json"

	"github.com/gofiber/fiber/v3"

	"github.com/stormkeep/stormkeep/core"
	"github.com/stormkeep/stormkeep/core/mail"
)

// smtpServers serves the mail server of a tenant (spec 15).
func (s *Server) smtpServers() {
	info := s.App.KindNamed("smtpServers")
	s.route(Route{Method: fiber.MethodPost, Path: "/v1/smtpServers", Kind: "smtpServers", Body: "smtpServers", Status: 201,
		Summary: "Make the tenant's SmtpServer, once it has been reached"}, s.handle(saveSmtpServer))
	s.read(info)
	s.route(Route{Method: fiber.MethodPost, Path: "/v1/smtpServers/:id", Kind: "smtpServers", Body: "smtpServers", Status: 200,
		Summary: "Change one SmtpServer, once it has been reached"}, s.handle(saveSmtpServer))
	s.remove(info)
	list[core.SmtpServer, *core.SmtpServer]{page: all[core.SmtpServer]}.serve(s, "tenants/:id/smtpServers", "List the tenant's SmtpServer, if it has one")
}

// saveSmtpServer makes a mail server, or changes the one of that id. It is tried
// between two transactions, unless it becomes disabled: the one that keeps it finds
// it as it was tried, or fails.
func saveSmtpServer(r *request, id string) error {
	in, err := r.body()
	if err != nil {
		return err
	}
	if len(in) == 0 {
		return queryError("required", "The request body is required; it cannot be empty.")
	}
	var enabled bool
	var plan mail.Config
	err = r.srv.App.View(r.c.Context(), func(tx *core.Tx) error {
		q := *r
		q.tx = tx
		rec, err := q.smtpServer(id, in)
		if err != nil {
			return err
		}
		enabled = rec.Status == core.Enabled
		plan, err = core.PlanSmtpServer(tx, rec)
		return err
	})
	if err == nil && enabled {
		err = r.srv.App.ReachSmtpServer(r.c.Context(), plan)
	}
	if err != nil {
		return err
	}
	return r.update(func(r *request) (any, error) {
		rec, err := r.smtpServer(id, in)
		if err != nil {
			return nil, err
		}
		now, err := rec.Sending(r.tx)
		if err != nil {
			return nil, err
		}
		if now.String() != plan.String() || now.Password != plan.Password || rec.Status == core.Enabled != enabled {
			return nil, &core.Error{Kind: core.Stale, Code: "stale", Msg: "The resource was changed by someone else since it was read."}
		}
		r.created = id == ""
		return rec, core.Put(r.tx, rec)
	})
}

// smtpServer is a new mail server, or the one of that id, as the body wants it.
func (r *request) smtpServer(id string, in map[string]json.RawMessage) (*core.SmtpServer, error) {
	rec := core.Make[core.SmtpServer]()
	if id != "" {
		var err error
		if rec, err = core.Get(r.tx, core.ID[core.SmtpServer](id)); err != nil {
			return nil, err
		}
		if err := r.fresh(rec); err != nil {
			return nil, err
		}
	}
	if err := r.decode(in, rec, id == "", "password"); err != nil {
		return nil, err
	}
	password, given, err := text(in, "password")
	if given {
		rec.Password = core.Seal(password)
	}
	return rec, err
}
