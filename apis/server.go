// Package apis is every way into the core over HTTP.
package apis

import (
	"context"
	"crypto/rand"
	"errors"
	"fmt"
	"io"
	"net"
	"net/url"
	"slices"
	"sync"
	"sync/atomic"
	"time"

	"github.com/gofiber/fiber/v3"
	"github.com/gofiber/fiber/v3/middleware/compress"
	"github.com/valyala/fasthttp"

	"github.com/stormkeep/stormkeep/core"
)

// Options are what an operator sets.
type Options struct {
	// PublicURL is the base of everything that leads back here, without a path:
	// "https://id.example.com".
	PublicURL string
}

// Server is an app's HTTP server.
type Server struct {
	App *core.App

	publicURL  string
	publicHost string
	fiber      *fiber.App
	routes     []Route
	getters    map[string]getter
	keys       keyCache
	random     io.Reader
	stopping   atomic.Bool
	sealed     sync.Once
	document   atomic.Pointer[[]byte]
}

// Plugin adds to a server before it serves: hooks and nouns by s.App, routes of
// its own.
type Plugin interface {
	Name() string
	Register(s *Server) error
}

// The limits of security.md section 1. Custom data may come with its owner, so
// that creates of nouns that have it take as much.
const (
	maxURL     = 8 << 10
	maxHeader  = 16 << 10
	maxBody    = 1 << 20
	maxCustom  = 11 << 20
	headerTime = 5 * time.Second
	bodyTime   = 60 * time.Second
	idleTime   = 2 * time.Minute
	drainTime  = 10 * time.Second
)

// New is the HTTP server of an app. This function is the map of the product: the
// middleware in order, then every route. Bind hooks and register plugins before
// Serve.
func New(app *core.App, o Options) (*Server, error) {
	u, err := url.Parse(o.PublicURL)
	if err != nil || u.Host == "" || u.Scheme != "http" && u.Scheme != "https" || u.Path != "" || u.RawQuery != "" || u.User != nil {
		return nil, fmt.Errorf("public URL %q: it must look like https://id.example.com, without a path", o.PublicURL)
	}
	s := &Server{App: app, publicURL: o.PublicURL, publicHost: u.Host, getters: map[string]getter{}, random: rand.Reader}
	s.fiber = fiber.New(fiber.Config{
		AppName: "Stormkeep", Immutable: true, CaseSensitive: true, StrictRouting: true,
		BodyLimit: maxBody, ReadBufferSize: maxHeader, ReadTimeout: headerTime, IdleTimeout: idleTime,
		ErrorHandler: s.fail,
	})
	s.fiber.Server().HeaderReceived = limits
	s.fiber.Server().NoDefaultServerHeader = true

	s.fiber.Use(s.observe, s.tidy, compress.New(compress.Config{Level: compress.LevelBestSpeed}))
	s.health()
	s.handbook()
	s.route(Route{Method: fiber.MethodGet, Path: "/v1/openapi.json", Public: true, Status: 200,
		Summary: "This interface as an OpenAPI 3.1 document"}, s.openAPI)

	s.fiber.Use("/v1", s.authenticate)
	s.tenants()
	s.applications()
	s.mappings()
	s.directories()
	s.groups()
	s.accounts()
	s.apiKeys()
	s.customData()
	s.unbuilt()
	return s, nil
}

// Routes are the ways in, in the order in which they were added.
func (s *Server) Routes() []Route { return slices.Clone(s.routes) }

// Fiber is the framework's app, for routes of a plugin that are not below /v1.
func (s *Server) Fiber() *fiber.App { return s.fiber }

// limits gives a request whose header has been read the time and the size that
// its route allows.
func limits(h *fasthttp.RequestHeader) fasthttp.RequestConfig {
	c := fasthttp.RequestConfig{ReadTimeout: bodyTime, MaxRequestBodySize: maxBody}
	if bigBody(string(h.RequestURI())) {
		c.MaxRequestBodySize = maxCustom
	}
	return c
}

// Serve answers on ln until ctx ends, then lets requests finish, for at most ten
// seconds. It closes ln.
func (s *Server) Serve(ctx context.Context, ln net.Listener) error {
	s.Seal()
	ln = &onceListener{Listener: ln}
	ctx, cancel := context.WithCancel(ctx)
	defer cancel()
	down := make(chan error, 1)
	go func() {
		<-ctx.Done()
		s.stopping.Store(true)
		ln.Close() // Shutdown finds no listener that fiber has not begun to serve
		down <- s.fiber.ShutdownWithTimeout(drainTime)
	}()
	err := s.fiber.Listener(ln, fiber.ListenConfig{DisableStartupMessage: true})
	if err == nil && ctx.Err() == nil {
		err = errors.New("the listener ended by itself")
	}
	cancel()
	return errors.Join(err, <-down)
}

// onceListener is closed once, however often it is asked: a second close must not
// read as a reason not to drain.
type onceListener struct {
	net.Listener
	once sync.Once
	err  error
}

// Close closes the listener the first time, and repeats what that said.
func (l *onceListener) Close() error {
	l.once.Do(func() { l.err = l.Listener.Close() })
	return l.err
}
