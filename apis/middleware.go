package apis

import (
	"errors"
	"fmt"
	"log/slog"
	"net/url"
	"runtime/debug"
	"strings"
	"time"

	"github.com/gofiber/fiber/v3"
	"github.com/google/uuid"

	"github.com/stormkeep/stormkeep/core"
)

type localKey int

const (
	requestIDKey localKey = iota
	principalKey
)

// requestID is the id under which a request is logged, answered and audited.
func requestID(c fiber.Ctx) string {
	id, _ := c.Locals(requestIDKey).(string)
	return id
}

// observe names the request, catches what panics, and logs how it ended: with the
// route's template, never with the raw path or query, which may hold secrets.
func (s *Server) observe(c fiber.Ctx) (err error) {
	if requestID(c) != "" {
		return c.Next() // routed again
	}
	start := time.Now()
	id := uuid.NewString()
	c.Locals(requestIDKey, id)
	c.Set("Stormpath-Request-Id", id)
	defer func() {
		if p := recover(); p != nil {
			s.App.Log.Error("panic", "requestId", id, "route", c.FullPath(), "panic", fmt.Sprint(p), "stack", string(debug.Stack()))
			err = s.writeError(c, errors.New("panic"))
		}
	}()
	if len(c.Request().RequestURI()) > maxURL {
		return s.writeError(c, fiber.ErrRequestURITooLong)
	}
	if err = c.Next(); err != nil {
		err = s.writeError(c, err)
	}
	if !s.App.Log.Enabled(c.Context(), slog.LevelDebug) {
		return err
	}
	s.App.Log.Debug("request", "requestId", id, "method", c.Method(), "route", c.FullPath(),
		"status", c.Response().StatusCode(), "took", time.Since(start))
	return err
}

// fail answers what failed before any middleware ran: a request that the server
// could not even read.
func (s *Server) fail(c fiber.Ctx, err error) error {
	if requestID(c) == "" {
		id := uuid.NewString()
		c.Locals(requestIDKey, id)
		c.Set("Stormpath-Request-Id", id)
	}
	return s.writeError(c, err)
}

// tidy makes the request the one that its caller meant: one leading slash, no
// trailing ones below /v1, and DELETE where a POST says so (spec 2.1). It
// redirects nobody, and the raw URI stays as it was for signatures.
func (s *Server) tidy(c fiber.Ctx) error {
	path := c.Path()
	clean := path
	if strings.HasPrefix(clean, "//") {
		clean = "/" + strings.TrimLeft(clean, "/")
	}
	if strings.HasPrefix(clean, "/v1/") {
		clean = strings.TrimRight(clean, "/")
	}
	again := clean != path
	if again {
		c.Path(clean)
	}
	if c.Method() == fiber.MethodPost && strings.HasPrefix(clean, "/v1/") && strings.EqualFold(c.Query("_method"), fiber.MethodDelete) {
		c.Method(fiber.MethodDelete)
		again = true
	}
	if again {
		return c.RestartRouting()
	}
	return c.Next()
}

// bigBody tells whether a path takes custom data, alone or with its owner: all
// that creates or changes a noun that has it.
func bigBody(uri string) bool {
	path, _, _ := strings.Cut(strings.TrimLeft(uri, "/"), "?")
	parts := strings.Split(strings.TrimSuffix(path, "/"), "/")
	if len(parts) < 2 || parts[0] != "v1" {
		return false
	}
	switch last := parts[len(parts)-1]; last {
	case "customData", "accounts", "groups", "directories", "applications":
		return true
	}
	if len(parts) != 3 {
		return false
	}
	switch parts[1] {
	case "tenants", "applications", "directories", "groups", "accounts":
		return true
	}
	return false
}

// base is what the hrefs of an answer begin with: the host that was asked where
// that is the public one, an alias of the tenant or loopback; else the public URL
// (house.md section 2).
func (s *Server) base(c fiber.Ctx, who *principal) string {
	host := string(c.Request().Host())
	if host == s.publicHost {
		return s.publicURL + "/v1"
	}
	for _, a := range who.aliases {
		if u, err := url.Parse(a); err == nil && u.Host == host {
			return a + "/v1"
		}
	}
	if isLoopback(host) {
		return c.Scheme() + "://" + host + "/v1"
	}
	return s.publicURL + "/v1"
}

// known tells whether a host in an href is this server.
func (s *Server) known(host string, who *principal) bool {
	if host == s.publicHost || isLoopback(host) {
		return true
	}
	for _, a := range who.aliases {
		if u, err := url.Parse(a); err == nil && u.Host == host {
			return true
		}
	}
	return false
}

// isLoopback tells whether a Host names this machine to itself. It comes from the
// caller and goes into links: nothing but a name and a port passes.
func isLoopback(host string) bool {
	if strings.Trim(host, "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789.-:[]") != "" {
		return false
	}
	u, err := url.Parse("http://" + host)
	if err != nil || u.Host != host {
		return false
	}
	name := u.Hostname()
	return name == "localhost" || strings.HasSuffix(name, ".localhost") || name == "::1" || strings.HasPrefix(name, "127.") && isIPv4(name)
}

func isIPv4(s string) bool {
	parts := strings.Split(s, ".")
	if len(parts) != 4 {
		return false
	}
	for _, p := range parts {
		if p == "" || len(p) > 3 || strings.Trim(p, "0123456789") != "" {
			return false
		}
	}
	return true
}

// around runs the request hook about the rest of the handling.
func (s *Server) around(c fiber.Ctx, actor core.Actor) error {
	h := &s.App.Hooks.Request
	if h.Idle() {
		return c.Next()
	}
	e := &core.RequestEvent{App: s.App, Actor: actor, Method: c.Method(), Path: c.Path(),
		Header: func(name string) string { return c.Get(name) }, SetReply: func(name, value string) { c.Set(name, value) }}
	return h.Trigger(e, func(*core.RequestEvent) error { return c.Next() })
}
