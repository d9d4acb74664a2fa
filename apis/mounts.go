package apis

import (
	"context"
	"encoding/json"
	"net/netip"
	"strings"

	"github.com/gofiber/fiber/v3"

	"github.com/stormkeep/stormkeep/core"
)

// promised are first segments of paths at which the server will be, so that no mount
// is made there today. The others come from the list of routes.
var promised = []string{"v1", "oauth2", ".well-known", "login", "register", "logout", "forgot", "change", "verify", "me", "oauth",
	"callbacks", "sso", "account", "passwordReset", "emailVerificationTokens", "console", "setup", "healthz", "readyz", "metrics"}

// Mount serves the records of a mountable noun of a plugin (core.Mountable): each
// answers below its own path, from the moment it is made.
type Mount interface {
	// Serve answers a request. What it returns goes to Refuse.
	Serve(v *MountVisit) error
	// Refuse says what went wrong in the mount's own form. The status, and a
	// Retry-After where one is due, are set.
	Refuse(v *MountVisit, e *core.Error, status int) error
}

// MountVisit is one request to a mount.
type MountVisit struct {
	fiber.Ctx
	Server *Server
	Tenant core.ID[core.Tenant]
	Mount  core.Mounted
	Below  string // of the path, what lies below the mount's: "/login"
}

// Mount has a plugin serve the records of the kind of that plural name.
func (s *Server) Mount(kind string, m Mount) {
	if s.mounts == nil {
		s.mounts = map[string]Mount{}
	}
	s.mounts[kind] = m
}

// Context is one in which the mount acts, for an account that has shown who it is, or
// for "", nobody. It is for one goroutine.
func (v *MountVisit) Context(who core.ID[core.Account]) context.Context {
	return core.As(v.Ctx.Context(), core.Actor{Kind: core.Door, Tenant: v.Tenant, Account: who, Client: v.Mount.Path(),
		IP: v.IP(), UserAgent: v.Get(fiber.HeaderUserAgent), RequestID: requestID(v.Ctx)})
}

// Source is the address that attempts to sign in come from.
func (v *MountVisit) Source() netip.Addr { return sourceOf(v.Ctx) }

// Failed draws on the source of a caller whose credential was not good, and returns
// err or, once the source has no more, the limit of it.
func (v *MountVisit) Failed(err error) error {
	if limited := v.Server.stranger(v.Ctx, failure); limited != nil {
		return limited
	}
	return err
}

// reserve keeps mounts from where something is served.
func (s *Server) reserve() {
	s.App.Mounts.Reserve(promised...)
	for _, rt := range s.fiber.GetRoutes() {
		first, _, _ := strings.Cut(strings.TrimPrefix(rt.Path, "/"), "/")
		if first != "" && !strings.HasPrefix(first, ":") && !strings.HasPrefix(first, "*") {
			s.App.Mounts.Reserve(first)
		}
	}
}

// perhapsMounted tells whether a path may be a mount's.
func (s *Server) perhapsMounted(path string) bool {
	first, _, _ := strings.Cut(strings.TrimPrefix(path, "/"), "/")
	return first != "" && !s.App.Mounts.Reserved(first)
}

// mounted is where requests come that no route takes: they may be for a mount. What
// there is of them is read each time, so that a change of one is heeded at once, on
// every node.
func (s *Server) mounted(c fiber.Ctx) error {
	if !s.perhapsMounted(c.Path()) {
		return c.Next()
	}
	v := &MountVisit{Ctx: c, Server: s}
	kind, err := s.findMount(v)
	if err != nil {
		return err
	}
	limited := s.stranger(c, 1)
	if kind == nil {
		if limited != nil {
			return limited
		}
		return s.perhapsPage(c)
	}
	if err = limited; err == nil {
		err = s.around(c, core.ActorOf(v.Context("")), func() error { return kind.Serve(v) })
	}
	if err == nil {
		return nil
	}
	e, status := s.said(c, err)
	return kind.Refuse(v.answering(status), e, status)
}

func (v *MountVisit) answering(status int) *MountVisit {
	v.Status(status)
	return v
}

// perhapsPage answers a request for a page below the path of a domain.
func (s *Server) perhapsPage(c fiber.Ctx) error {
	t, err := s.tenantAt(c.Context(), string(c.Request().Host()))
	if err != nil {
		return err
	}
	if t == "" {
		return c.Next()
	}
	h, err := s.belowDomain(c, t)
	if err != nil {
		return err
	}
	if h == nil {
		return c.Next()
	}
	return s.around(c, core.Actor{Kind: core.Door, Tenant: t, IP: c.IP(), UserAgent: c.Get(fiber.HeaderUserAgent), RequestID: requestID(c)}, func() error { return h(c) })
}

// findMount finds the mount that a request is for; it is nil if there is none.
func (s *Server) findMount(v *MountVisit) (Mount, error) {
	if len(s.mounts) == 0 {
		return nil, nil
	}
	ctx := v.Ctx.Context()
	var err error
	if v.Tenant, err = s.tenantAt(ctx, string(v.Request().Host())); err != nil || v.Tenant == "" {
		return nil, err
	}
	path := v.Path()
	err = s.App.View(core.AsSystem(ctx, v.Tenant), func(tx *core.Tx) error {
		t, err := core.Get(tx, v.Tenant)
		if err != nil || t.Status != core.Enabled {
			return err
		}
		v.Mount, v.Below, err = s.App.Mounts.Find(tx, path)
		return err
	})
	if err != nil || v.Mount == nil {
		return nil, err
	}
	return s.mounts[core.Ref(v.Mount.Path()).Kind()], nil
}

// Nest serves a plugin's noun below another: the records of B that ix files under one
// of the kind called under are listed and made at "under/ID/NAME", and read, changed
// and deleted at "NAME/ID". prepare completes a new one, in the transaction in which it
// is made.
func Nest[B any, P core.Record[B]](s *Server, under string, ix *core.Index[B], prepare func(tx *core.Tx, rec P, owner string) error) {
	k := s.App.KindNamed(name[B, P]())
	info := k.Info()
	path := under + "/:id/" + info.Name
	list[B, P]{page: children[B, P](ix)}.serve(s, path, "List all of kind "+info.Noun+" of one of the "+under)
	s.create(Route{Path: path, Kind: under, Body: info.Name, Summary: "Make one " + info.Noun}, func(r *request, id string, in map[string]json.RawMessage) (any, error) {
		if err := r.owner(under, id); err != nil {
			return nil, err
		}
		return made(r, in, func(rec P) error { return prepare(r.tx, rec, id) }, core.Put[B, P])
	})
	s.resource(k)
}
