package apis

import (
	"bytes"
	"cmp"
	"context"
	"encoding/json"
	"errors"
	"net"

	"github.com/gofiber/fiber/v3"
	"github.com/valyala/fasthttp"

	"github.com/stormkeep/stormkeep/core"
)

// TenantHeader names the tenant, by id or key, that a command is about; without it
// that is the first one.
const TenantHeader = "Stormkeep-Tenant"

// controlled marks a request that came in by the control listener.
type controlled struct{}

// ServeControl answers commands on ln, which nobody but the machine itself can
// reach, until ctx ends; then it lets requests finish as Serve does. It has the
// routes that Serve has, and those of commands (Route.Machine). Who calls is the
// machine, with an owner's authority and audited as what it is. It closes ln.
func (s *Server) ServeControl(ctx context.Context, ln net.Listener) error {
	s.Seal()
	ln = &onceListener{Listener: ln}
	handler := s.fiber.Handler()
	srv := &fasthttp.Server{
		Handler: func(c *fasthttp.RequestCtx) {
			c.SetUserValue(controlled{}, true)
			handler(c)
		},
		ReadBufferSize: maxHeader, MaxRequestBodySize: maxCommand, ReadTimeout: bodyTime, IdleTimeout: idleTime,
		NoDefaultServerHeader: true, CloseOnShutdown: true,
	}
	ctx, cancel := context.WithCancel(ctx)
	defer cancel()
	down := make(chan error, 1)
	go func() {
		<-ctx.Done()
		ln.Close()
		wait, done := context.WithTimeout(context.Background(), cmp.Or(s.Drain, drainTime))
		defer done()
		err := srv.ShutdownWithContext(wait)
		if errors.Is(err, context.DeadlineExceeded) {
			err = nil // a command that does not end is no reason for a stop that fails
		}
		down <- err
	}()
	err := srv.Serve(ln)
	if ctx.Err() != nil {
		err = nil // the listener was closed to end it
	} else if err == nil {
		err = errors.New("the control listener ended by itself")
	}
	cancel()
	return errors.Join(err, <-down, s.rehearsals.drop(""))
}

// byMachine tells whether a request came in by the control listener.
func byMachine(c fiber.Ctx) bool {
	yes, _ := c.RequestCtx().UserValue(controlled{}).(bool)
	return yes
}

// asMachine lets a command act on the tenant that it names.
func (s *Server) asMachine(c fiber.Ctx) error {
	ctx, err := s.rehearsals.rehearsing(c.Context(), c.Get(RehearsalHeader))
	if err != nil {
		return err
	}
	tenant, err := s.App.TenantNamed(ctx, c.Get(TenantHeader))
	if err != nil {
		return err
	}
	actor := core.Actor{Kind: core.Machine, Tenant: tenant, UserAgent: c.Get(fiber.HeaderUserAgent), RequestID: requestID(c)}
	c.Locals(principalKey, &principal{actor: actor})
	c.SetContext(core.As(ctx, actor))
	return s.around(c, actor, c.Next)
}

// command adds a way in for commands on the machine itself: "doctor" is served at
// /console/api/doctor, also to operators where rt.Role says so. do has no transaction; r.view and r.update open one.
func (s *Server) command(rt Route, do func(r *request, id string) error) {
	rt.Path, rt.Machine = "/console/api/"+rt.Path, true
	rt.Status = cmp.Or(rt.Status, fiber.StatusOK)
	s.route(rt, s.handle(do))
}

// maxCommand is how much a command may send at a time, in bytes.
const maxCommand = 64 << 20

// answer sends what a command asked for as JSON.
func (r *request) answer(v any) error {
	b, err := json.Marshal(v)
	if err != nil {
		return err
	}
	return send(r.c, b)
}

// input reads the JSON body of a command into v. A member that v does not know is
// refused.
func (r *request) input(v any) error {
	d := json.NewDecoder(bytes.NewReader(r.c.Body()))
	d.DisallowUnknownFields()
	if err := d.Decode(v); err != nil {
		return queryError("wrong_type", "The body is not what this command takes: %v.", err)
	}
	return nil
}
