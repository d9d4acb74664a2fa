package apis

import (
	"context"
	"encoding/json"
	"fmt"
	"strconv"
	"strings"

	"github.com/gofiber/fiber/v3"

	"github.com/stormkeep/stormkeep/core"
)

type transaction = func(context.Context, func(*core.Tx) error) error

// getter reads what a link leads to; id is that of the record before it.
type getter func(r *request, id string) (any, error)

// Route is one way in, as the OpenAPI document and the tests of the whole see it.
type Route struct {
	Method, Path string // with :id
	Summary      string
	Kind         string   // plural name of the kind below /v1 that it is about
	List         string   // what its collection holds, by kind
	Filters      []string // the attributes by which it is narrowed
	Body         string   // the kind whose fields the body may set
	Or           string   // another such kind, of which the answer is then
	// Shows names what is answered where it is neither a record nor a list of them,
	// and Members has it by example. Takes is a body that sets no record's fields.
	Shows          string
	Members, Takes []core.ViewField
	Public         bool      // asks for no key
	Machine        bool      // for commands on the machine itself, through the control socket
	Console        bool      // for the console
	StepUp         bool      // a session of the console is to be fresh for it
	Whole          bool      // about the whole server: in the console for operators of the first tenant only
	Role           core.Role // the lowest that reaches a route of Machine or Console by a session of the console; "" is none
	Answer         any       // what is answered, by example, where it is called Shows
	Page           bool      // for browsers: no part of the interface for programs
	Protocol       bool      // as a protocol's own documents describe it: no part of /v1's description
	Default        bool      // it answers, with an empty list or the defaults, until it is built
	Status         int       // of success
}

// route adds a way in. Its handler is not reached without a key, unless it is
// public.
func (s *Server) route(rt Route, h fiber.Handler) {
	rt.StepUp = rt.StepUp || provesAgain(rt)
	s.routes = append(s.routes, rt)
	s.fiber.Add([]string{rt.Method}, rt.Path, s.guarded(rt, h))
}

// handle makes the handler of a route of /v1.
func (s *Server) handle(do func(*request, string) error) fiber.Handler {
	return func(c fiber.Ctx) error {
		r, err := s.newRequest(c)
		if err != nil {
			return err
		}
		return do(r, c.Params("id"))
	}
}

// get serves a link by GET, and lets ?expand= follow it: "accounts/:id/groups".
func (s *Server) get(rt Route, g getter) {
	rt.Method, rt.Path, rt.Status = fiber.MethodGet, "/v1/"+rt.Path, 200
	s.getters[pattern(strings.TrimPrefix(rt.Path, "/v1/"))] = g
	s.route(rt, s.handle(func(r *request, id string) error {
		return r.view(func(r *request) (any, error) { return g(r, id) })
	}))
}

// pattern is a path without its ids.
func pattern(path string) string {
	parts := strings.Split(path, "/")
	if len(parts) > 1 {
		parts[1] = ":id"
	}
	return strings.Join(parts, "/")
}

// resolve reads what is at a path below /v1.
func (s *Server) resolve(r *request, path string) (any, error) {
	g := s.getters[pattern(path)]
	parts := strings.Split(path, "/")
	if g == nil || len(parts) < 2 {
		return nil, core.Errorf(core.NotFound, "not_found", "The requested resource does not exist.")
	}
	return g(r, parts[1])
}

// name is the plural name of the records of type T.
func name[T any, P core.Record[T]]() string { return P(nil).Kind().Name }

// resource serves the records of a kind: read, change and delete. A kind of which
// one is special, or missing, takes the others by themselves.
func (s *Server) resource(k core.AnyKind) {
	s.read(k)
	s.edit(k)
	s.remove(k)
}

// read serves GET of the records of a kind.
func (s *Server) read(k core.AnyKind) {
	info := k.Info()
	s.get(Route{Path: info.Where(":id"), Kind: info.Name, Summary: "Read one " + info.Noun},
		func(r *request, id string) (any, error) { return k.Load(r.tx, id) })
}

// edit serves POST to the records of a kind.
func (s *Server) edit(k core.AnyKind) {
	info := k.Info()
	s.change(Route{Path: info.Where(":id"), Kind: info.Name, Body: info.Name, Summary: "Change one " + info.Noun},
		func(r *request, id string, in map[string]json.RawMessage) (any, error) {
			rec, err := k.Load(r.tx, id)
			if err != nil {
				return nil, err
			}
			return r.write(k, rec, in, false)
		})
}

// write decodes a body into a record, puts it, and keeps the custom data that
// came along.
func (r *request) write(k core.AnyKind, rec any, in map[string]json.RawMessage, create bool) (any, error) {
	if err := r.fresh(rec.(record)); err != nil {
		return nil, err
	}
	if err := r.decode(in, rec, create); err != nil {
		return nil, err
	}
	if err := k.Put(r.tx, rec); err != nil {
		return nil, err
	}
	return rec, r.mergeCustomData(rec.(record), in)
}

// remove serves DELETE of the records of a kind.
func (s *Server) remove(k core.AnyKind) {
	info := k.Info()
	s.route(Route{Method: fiber.MethodDelete, Path: "/v1/" + info.Where(":id"), Kind: info.Name, Status: 204,
		Summary: "Delete one " + info.Noun}, s.handle(func(r *request, id string) error {
		return r.update(func(r *request) (any, error) {
			rec, err := k.Load(r.tx, id)
			if err != nil {
				return nil, err
			}
			if err := r.fresh(rec.(record)); err != nil {
				return nil, err
			}
			return nil, k.Remove(r.tx, rec)
		})
	}))
}

// change serves POST to a resource: 200 with what it became. An empty body is
// refused (2000, the safe choice of spec 2.4).
func (s *Server) change(rt Route, do func(r *request, id string, in map[string]json.RawMessage) (any, error)) {
	rt.Method, rt.Path, rt.Status = fiber.MethodPost, "/v1/"+rt.Path, 200
	s.route(rt, s.handle(func(r *request, id string) error {
		in, err := r.body()
		if err != nil {
			return err
		}
		if len(in) == 0 {
			return queryError("required", "The request body is required; it cannot be empty.")
		}
		return r.update(func(r *request) (any, error) { return do(r, id, in) })
	}))
}

// create serves POST to a collection: 201, the record and its Location. id is
// that of the record that owns the collection.
func (s *Server) create(rt Route, do func(r *request, id string, in map[string]json.RawMessage) (any, error)) {
	rt.Method, rt.Path, rt.Status = fiber.MethodPost, "/v1/"+rt.Path, 201
	s.route(rt, s.handle(func(r *request, id string) error {
		in, err := r.body()
		if err != nil {
			return err
		}
		return r.update(func(r *request) (any, error) {
			r.created = true
			return do(r, id, in)
		})
	}))
}

// made decodes, puts and returns a new record, with the custom data of its body.
// set completes it before it is put.
func made[T any, P core.Record[T]](r *request, in map[string]json.RawMessage, set func(P) error, put func(*core.Tx, P) error) (any, error) {
	rec := core.Make[T, P]()
	if err := r.decode(in, rec, true); err != nil {
		return nil, err
	}
	if err := set(rec); err != nil {
		return nil, err
	}
	if err := put(r.tx, rec); err != nil {
		return nil, err
	}
	return rec, r.mergeCustomData(any(rec).(record), in)
}

// mergeCustomData keeps the custom data that came with its owner.
func (r *request) mergeCustomData(rec record, in map[string]json.RawMessage) error {
	kind, _, _ := strings.Cut(rec.Path(), "/")
	if k := r.srv.App.KindNamed(kind); k == nil || !k.Info().Custom {
		return nil
	}
	data, err := customDataIn(in)
	if err != nil || len(data) == 0 {
		return err
	}
	return core.MergeCustomData(r.tx, core.Ref(rec.Path()), data)
}

// present is a record as a node: a nil pointer must not become a non-nil any.
func present[P any](rec P, err error) (any, error) {
	if err != nil {
		return nil, err
	}
	return rec, nil
}

// fresh refuses a change of a record that is not the one its caller read (412).
func (r *request) fresh(rec record) error { return r.matches(etagOf(rec)) }

// conditional tells whether the caller wants a change only of what it read.
func (r *request) conditional() bool {
	want := r.c.Get(fiber.HeaderIfMatch)
	return want != "" && want != "*"
}

// matches refuses a change where If-Match names another state than this (412).
func (r *request) matches(tag string) error {
	if !r.conditional() || r.c.Get(fiber.HeaderIfMatch) == tag {
		return nil
	}
	return &core.Error{Kind: core.Stale, Code: "stale", Msg: "The resource was changed by someone else since it was read."}
}

func etagOf(rec record) string { return tagOf(rec.Revision()) }

// tagOf is the ETag of a revision.
func tagOf(rev uint64) string { return fmt.Sprintf(`"%s"`, strconv.FormatUint(rev, 10)) }
