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
	tracedKey
	sourceKey
	sentKey
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
	defer s.drop(c.Request())
	defer func() {
		if p := recover(); p != nil {
			s.App.Log.Error("panic", "requestId", id, "route", routeOf(c), "panic", fmt.Sprint(p), "stack", string(debug.Stack()))
			err = s.writeError(c, errors.New("panic"))
		}
	}()
	asSent(c)
	c.Locals(sourceKey, s.forwarded(c))
	if s.secure && c.Scheme() == "https" {
		c.Set(fiber.HeaderStrictTransportSecurity, "max-age=31536000") // RFC 6797, section 6.1
	}
	if len(c.Request().Header.RequestURI()) > maxURL { // Request.RequestURI would overwrite the raw one
		return s.writeError(c, fiber.ErrRequestURITooLong)
	}
	if err = c.Next(); err != nil {
		err = s.writeError(c, err)
	}
	s.metrics.served(c.Method(), routeOf(c), c.Response().StatusCode(), time.Since(start))
	s.logRequest(c, start)
	return err
}

// routeOf is the template of the path that took a request; "none" where nothing did but
// what all requests pass, which fiber calls "/", as it calls the page there.
func routeOf(c fiber.Ctx) string {
	if c.IsMiddleware() && c.FullPath() == "/" {
		return "none"
	}
	return c.FullPath()
}

// logRequest logs how a request ended: at level info who was refused, whose key it
// was and from where; at debug every one.
func (s *Server) logRequest(c fiber.Ctx, start time.Time) {
	level, status := slog.LevelDebug, c.Response().StatusCode()
	refused := status == fiber.StatusUnauthorized || status == fiber.StatusForbidden
	if refused {
		level = slog.LevelInfo
	}
	if !s.App.Log.Enabled(c.Context(), level) {
		return
	}
	args := []any{"requestId", requestID(c), "method", c.Method(), "route", routeOf(c), "status", status, "took", time.Since(start)}
	if refused {
		args = append(args, "ip", c.IP(), "key", loggable(namedKey(c.Get(fiber.HeaderAuthorization))))
	}
	s.App.Log.Log(c.Context(), level, "request", args...)
}

// namedKey is the id of the key that a caller says to have, "" if it names none.
func namedKey(header string) string {
	if d, ok := parseClaim(header); ok {
		return d.key
	}
	id, _, _ := basic(header)
	return id
}

// loggable is the id of a key as a stranger sent it, if it has the form of one: 20
// to 32 capitals and digits. A secret or a password that was put in its place has
// not, and goes into no log.
func loggable(id string) string {
	odd := func(r rune) bool { return !(r >= '0' && r <= '9' || r >= 'A' && r <= 'Z') }
	if id != "" && (len(id) < 20 || len(id) > 32 || strings.ContainsFunc(id, odd)) {
		return "?"
	}
	return id
}

// fail answers what failed before any middleware ran: a request that the server
// could not even read.
func (s *Server) fail(c fiber.Ctx, err error) error {
	defer s.drop(c.Request())
	if errors.Is(err, fiber.ErrRequestEntityTooLarge) && s.crowded(&c.Request().Header) {
		err = &core.Error{Kind: core.Limited, Code: "crowded", Msg: "Too many large requests are on their way.", RetryAfter: time.Second}
		s.metrics.refused("body")
	}
	if requestID(c) == "" {
		id := uuid.NewString()
		c.Locals(requestIDKey, id)
		c.Set("Stormpath-Request-Id", id)
		c.Locals(sourceKey, s.forwarded(c))
	}
	if limited := s.stranger(c, failure); limited != nil {
		err = limited
	}
	err = s.writeError(c, err)
	s.metrics.unread(c.Response().StatusCode())
	return err
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

// base is what the hrefs of an answer begin with: the host that was asked where
// that is the public one, an alias of the tenant or loopback; else the public URL.
func (s *Server) base(c fiber.Ctx, who *principal) string {
	host := string(c.Request().Host())
	if host == s.publicHost || byMachine(c) {
		return s.publicURL + "/v1"
	}
	if alias, ok := who.aliases[host]; ok {
		return alias + "/v1"
	}
	if isLoopback(host) {
		return c.Scheme() + "://" + host + "/v1"
	}
	return s.publicURL + "/v1"
}

// known tells whether a host in an href is this server.
func (s *Server) known(host string, who *principal) bool {
	_, alias := who.aliases[host]
	return alias || host == s.publicHost || isLoopback(host)
}

// isLoopback tells whether a Host names this machine to itself. It comes from the
// caller and goes into links: nothing but a name and a port passes.
func isLoopback(host string) bool {
	if strings.Trim(host, "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789.-:[]") != "" {
		return false
	}
	if name, port, _ := strings.Cut(host, ":"); name == "localhost" || name == "127.0.0.1" {
		return strings.Trim(port, digits) == ""
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
func (s *Server) around(c fiber.Ctx, actor core.Actor, rest func() error) error {
	h := &s.App.Hooks.Request
	if h.Idle() {
		return rest()
	}
	e := &core.RequestEvent{App: s.App, Actor: actor, Method: c.Method(), Path: c.Path(),
		Header: func(name string) string { return c.Get(name) }, SetReply: func(name, value string) { c.Set(name, value) }}
	return h.Trigger(e, func(*core.RequestEvent) error { return rest() })
}
