package apis

import (
	"encoding/json"
	"time"

	"github.com/gofiber/fiber/v3"

	"github.com/stormkeep/stormkeep/core"
)

// clients serves the clients and the resources of applications, and the sessions,
// grants and consents of accounts.
func (s *Server) clients() {
	s.create(Route{Path: "applications/:id/clients", Kind: "applications", Body: "clients", Summary: "Make a Client of an application"},
		func(r *request, id string, in map[string]json.RawMessage) (any, error) {
			app, err := core.Get(r.tx, core.ID[core.Application](id))
			if err != nil {
				return nil, err
			}
			return made(r, in, func(c *core.Client) error {
				c.Application = app.ID
				return nil
			}, core.CreateClient)
		})
	list[core.Client, *core.Client]{page: children(core.ClientsOf), within: owned[core.Client]}.
		serve(s, "applications/:id/clients", "List an application's clients")
	s.resource(s.App.KindNamed("clients"))
	s.route(Route{Method: fiber.MethodPost, Path: "/v1/clients/:id/secrets", Kind: "clients", Status: 201, Summary: "Give a Client a new secret",
		Takes: []core.ViewField{{Name: "formerUntil", Value: core.Time{}}}}, s.handle(rotateSecret))

	s.create(Route{Path: "applications/:id/resources", Kind: "applications", Body: "resources", Summary: "Make a Resource of an application"},
		func(r *request, id string, in map[string]json.RawMessage) (any, error) {
			app, err := core.Get(r.tx, core.ID[core.Application](id))
			if err != nil {
				return nil, err
			}
			return made(r, in, func(res *core.Resource) error {
				res.Application = app.ID
				return nil
			}, core.Put[core.Resource])
		})
	list[core.Resource, *core.Resource]{page: children(core.ResourcesOf), within: owned[core.Resource]}.
		serve(s, "applications/:id/resources", "List an application's resources")
	s.resource(s.App.KindNamed("resources"))
	s.ended()
}

// rotateSecret gives a client a new secret beside the newest it had, which works until
// then: now, unless the body says otherwise.
func rotateSecret(r *request, id string) error {
	in, err := r.body()
	if err != nil {
		return err
	}
	if err := r.only(in, "formerUntil"); err != nil {
		return err
	}
	var until core.Time
	if raw, ok := in["formerUntil"]; ok && string(raw) != "null" && json.Unmarshal(raw, &until) != nil {
		return fieldError("wrong_type", "formerUntil", "formerUntil must be a time such as 2026-11-22T12:00:00.000Z.")
	}
	return r.update(func(r *request) (any, error) {
		r.created = true
		c, err := core.Get(r.tx, core.ID[core.Client](id))
		if err != nil {
			return nil, err
		}
		if until.After(r.tx.Now.Add(maxFormer)) {
			return nil, fieldError("out_of_range", "formerUntil", "formerUntil is at most 90 days from now.")
		}
		return present(c, core.RotateSecret(r.tx, c, until.Time))
	})
}

const maxFormer = 90 * 24 * time.Hour

// ended serves what an account has signed in to: it is read and ended, never made or
// changed.
func (s *Server) ended() {
	list[core.Session, *core.Session]{page: children(core.SessionsOf)}.serve(s, "accounts/:id/sessions", "List an account's sessions")
	list[core.Grant, *core.Grant]{page: children(core.GrantsOf)}.serve(s, "accounts/:id/grants", "List an account's grants to clients")
	list[core.Consent, *core.Consent]{page: children(core.ConsentsOf)}.serve(s, "accounts/:id/consents", "List what an account has agreed to")
	for _, name := range []string{"sessions", "grants", "consents"} {
		s.read(s.App.KindNamed(name))
	}
	s.remove(s.App.KindNamed("consents"))
	s.route(Route{Method: fiber.MethodDelete, Path: "/v1/sessions/:id", Kind: "sessions", Status: 204, Summary: "End one Session"},
		ending(s, func(tx *core.Tx, rec *core.Session) error { return rec.End(tx, "an operator ended it") }))
	s.route(Route{Method: fiber.MethodDelete, Path: "/v1/grants/:id", Kind: "grants", Status: 204, Summary: "End one Grant"},
		ending(s, func(tx *core.Tx, rec *core.Grant) error { return rec.End(tx, "an operator ended it") }))
	s.route(Route{Method: fiber.MethodDelete, Path: "/v1/accounts/:id/sessions", Kind: "accounts", Status: 204, Summary: "End all that an account has signed in to"},
		s.handle(func(r *request, id string) error {
			return r.update(func(r *request) (any, error) {
				if err := r.owner("accounts", id); err != nil {
					return nil, err
				}
				return nil, core.EndSessions(r.tx, core.ID[core.Account](id), "", "an operator ended all")
			})
		}))
}

// ending is the handler of a DELETE that ends a record and keeps it.
func ending[T any, P core.Record[T]](s *Server, end func(*core.Tx, P) error) fiber.Handler {
	return s.handle(func(r *request, id string) error {
		return r.update(func(r *request) (any, error) {
			rec, err := core.Get[T, P](r.tx, core.ID[T](id))
			if err != nil {
				return nil, err
			}
			if err := core.MayUpdate(r.tx, rec); err != nil {
				return nil, err
			}
			return nil, end(r.tx, rec)
		})
	})
}
