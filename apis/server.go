// Package apis is every way into the core over HTTP.
package apis

import (
	"cmp"
	"context"
	"crypto/rand"
	"crypto/tls"
	"errors"
	"fmt"
	"io"
	"io/fs"
	"net"
	"net/url"
	"slices"
	"sync"
	"sync/atomic"
	"time"

	"github.com/gofiber/fiber/v3"
	"github.com/gofiber/fiber/v3/middleware/compress"
	"github.com/valyala/fasthttp"

	"github.com/stormkeep/stormkeep/apis/hosted"
	"github.com/stormkeep/stormkeep/apis/oauth"
	"github.com/stormkeep/stormkeep/core"
	"github.com/stormkeep/stormkeep/core/keep"
	"github.com/stormkeep/stormkeep/core/secret"
	"github.com/stormkeep/stormkeep/ui"
)

// Options are what an operator sets.
type Options struct {
	// PublicURL is the base of everything that leads back here, without a path:
	// "https://id.example.com".
	PublicURL string
	// Apart says that ServeMetrics is called: metrics are then on its address only.
	Apart bool
	// OTLP is the address of a collector of traces, "http://collector:4318"; "" sends
	// none.
	OTLP string
	// OTLPHeaders are sent to it: name=value,name=value, with values percent-encoded.
	OTLPHeaders string
	// Version is what the build calls itself.
	Version string
	// TrustedProxies are the addresses and networks of the proxies in front of the
	// server, such as "10.0.0.0/8": who says by X-Forwarded-For, -Proto and -Host what
	// a request was before it came through them. Nobody else's word is taken.
	TrustedProxies []string
	// MaxConnections is how many connections may be open at a time, 0 for 20,000, and
	// MaxConnectionsOfSource how many of one IPv4 address or /64 of IPv6, 0 for 1,000;
	// this machine's and the trusted proxies' count for the first only.
	MaxConnections, MaxConnectionsOfSource int
	// Rates are the limits of requests; a zero one is off.
	Rates Rates
	// HostedApplication is the name of the application that people sign in to at /login
	// where no client sends them; "" is "My Application".
	HostedApplication string
	// Settings are those that the server was started with; nil where nobody tells.
	Settings Settings
	// Engine is what the data lie in: "bbolt".
	Engine string
	// SaveMaster puts master keys where the next start finds them. nil says that they
	// come from the environment, where nobody but the operator can.
	SaveMaster func(*secret.Keyring) error
	// Keeper keeps the data folder; nil where there is none. Bucket is how s3:// is
	// reached.
	Keeper *keep.Keeper
	Bucket keep.Bucket
	// Console holds the files of the console: index.html, and assets/ that it loads; nil
	// where there is none.
	Console fs.FS
	// Mailing is how mails go.
	Mailing Mailing
}

// Server is an app's HTTP server.
type Server struct {
	App *core.App
	// Drain is for how long Serve lets requests finish once it is told to stop; 0 is
	// ten seconds. What is not done by then is cut off.
	Drain time.Duration
	// TLS is what Serve speaks; nil is plain http.
	TLS *tls.Config
	// Certificates are those that TLS shows at a moment; nil where it ends in front.
	Certificates func() []Certificate

	publicURL   string
	publicHost  string
	secure      bool // the public URL is https
	saveMaster  func(*secret.Keyring) error
	fiber       *fiber.App
	routes      []Route
	getters     map[string]getter
	keys        keyCache
	seen        seen
	rehearsals  rehearsals
	imports     importRuns
	pages       *hosted.Pages
	oauth       *oauth.Provider
	mounts      map[string]Mount // by kind
	bodies      bodies           // of more than maxBody
	unproved    bodies           // of more than maxStranger, whose callers have proved nothing
	conns       connections
	proxies     proxies
	doors       doors
	steered     atomic.Pointer[steered]
	settings    Settings
	settingLock sync.Mutex // held by who changes them
	engine      string
	metrics     *metrics
	apart       bool
	tracing     *tracing
	random      io.Reader
	stopping    atomic.Bool
	sealed      sync.Once
	document    atomic.Pointer[[]byte]
	keeper      *keep.Keeper
	restoring   sync.Mutex // held while a backup is staged by the setup link
	bucket      keep.Bucket
	address     atomic.Pointer[string] // where Serve listens
	measures    []func(*Measures)      // of plugins
	waiting     waiting
	signedIn    countedSessions
	works       works
	uploads     uploads
	version     string
	mailing     Mailing

	consoleIndex  *consoleFile // nil where there is no console
	consoleAssets map[string]*consoleFile
	extensions    map[string]map[string]*consoleFile // by plugin and name

	fronts map[string]fiber.Handler // by method and path
}

// Plugin adds to a server before it serves: hooks and nouns by s.App, routes of
// its own.
type Plugin interface {
	Name() string
	Register(s *Server) error
}

// New is the HTTP server of an app. This function is the map of the product: the
// middleware in order, then every route. Bind hooks and register plugins before
// Serve.
func New(app *core.App, o Options) (*Server, error) {
	u, err := url.Parse(o.PublicURL)
	if err != nil || u.Host == "" || u.Scheme != "http" && u.Scheme != "https" || u.Path != "" || u.RawQuery != "" || u.User != nil {
		return nil, fmt.Errorf("public URL %q: it must look like https://id.example.com, without a path", o.PublicURL)
	}
	s := &Server{App: app, publicURL: o.PublicURL, publicHost: u.Host, secure: u.Scheme == "https",
		getters: map[string]getter{}, random: rand.Reader, metrics: newMetrics(app.Now(), o.Version), apart: o.Apart,
		saveMaster: o.SaveMaster, keeper: o.Keeper, bucket: o.Bucket, version: o.Version, settings: o.Settings, engine: o.Engine, mailing: o.Mailing}
	s.Steer(Steering{o.Rates, o.MaxConnections, o.MaxConnectionsOfSource, o.HostedApplication})
	app.PublicURL = o.PublicURL
	if s.consoleIndex, s.consoleAssets, err = consoleFiles(o.Console); err != nil {
		return nil, err
	}
	if s.pages, err = hosted.New(ui.Pages, ui.Assets); err != nil {
		return nil, err
	}
	app.Pages, s.pages.Samples, s.pages.Failed = s.pages, samples, s.failedTemplate
	if s.proxies.trusted, err = parseProxies(o.TrustedProxies); err != nil {
		return nil, err
	}
	if s.proxies.everybody() {
		s.App.Log.Warn(tellsEverybody, "hint", "name the addresses of your proxies only with --trusted-proxies")
	}
	s.fiber = fiber.New(fiber.Config{
		AppName: "Stormkeep", Immutable: true, CaseSensitive: true, StrictRouting: true, DisablePreParseMultipartForm: true,
		BodyLimit: maxBody, ReadBufferSize: maxHeader, ReadTimeout: headerTime, WriteTimeout: writeTime, IdleTimeout: idleTime,
		TrustProxy: true, TrustProxyConfig: fiber.TrustProxyConfig{Proxies: s.proxies.names()}, ProxyHeader: fiber.HeaderXForwardedFor, EnableIPValidation: true,
		ErrorHandler: s.fail,
	})
	s.fiber.Server().HeaderReceived = s.limits
	s.fiber.Server().ConnState = s.conns.note
	s.fiber.Server().NoDefaultServerHeader = true

	s.fiber.Use(s.observe)
	if err := s.startTracing(o); err != nil {
		return nil, err
	}
	s.fiber.Use(s.tidy, s.meter, s.ourHost, tagged, compress.New(compress.Config{Level: compress.LevelBestSpeed}), tagging)
	s.health()
	s.watch()
	s.handbook()
	s.setup()
	s.provider()
	s.framework()
	s.accountPages()
	s.route(Route{Method: fiber.MethodGet, Path: "/v1/openapi.json", Public: true, Status: 200,
		Summary: "This interface as an OpenAPI 3.1 document"}, s.openAPI)

	s.keySet()

	s.fiber.Use("/console/api", s.consoleOnly)
	s.consoleSignIn()
	s.consoleFinding()
	s.consoleTrail()
	s.consoleSessions()
	s.consoleExtensions()
	s.consoleHome()
	s.consoleJobs()
	s.caughtMails()
	s.consoleTransfers()
	s.tenantCommands()
	s.auditCommands()
	s.administratorCommands()
	s.masterKeyCommands()
	s.backupCommands()
	s.backupWorks()
	s.doctorCommands()
	s.settingRoutes()
	s.systemRoutes()
	s.transfers()
	s.rehearsalCommands()
	s.fiber.Use("/v1", s.authenticate)
	s.tenants()
	s.applications()
	s.mappings()
	s.organizations()
	s.brandings()
	s.domains()
	s.pageTemplates()
	s.directories()
	s.mails()
	s.landing()
	s.groups()
	s.accounts()
	s.links()
	s.apiKeys()
	s.clients()
	s.operators()
	s.signingKeys()
	s.smtpServers()
	s.events()
	s.customData()
	s.unbuilt()
	s.consoleFrame()
	s.consoleApp()
	return s, nil
}

// Routes are the ways in, in the order in which they were added.
func (s *Server) Routes() []Route { return slices.Clone(s.routes) }

// Fiber is the framework's app, for routes of a plugin that are not below /v1.
func (s *Server) Fiber() *fiber.App { return s.fiber }

// Serve answers on ln until ctx ends, then lets requests finish, for at most
// s.Drain. It closes ln.
func (s *Server) Serve(ctx context.Context, ln net.Listener) error {
	s.Seal()
	address := ln.Addr().String()
	s.address.Store(&address)
	ln = &onceListener{Listener: s.listener(ln)}
	ctx, cancel := context.WithCancel(ctx)
	defer cancel()
	down := make(chan error, 1)
	go func() {
		<-ctx.Done()
		s.stopping.Store(true)
		s.waiting.end()
		ln.Close() // Shutdown finds no listener that fiber has not begun to serve
		err := s.drain()
		s.works.end()
		s.uploads.drop()
		down <- err
	}()
	defer s.stopTracing()
	defer s.imports.close()
	err := s.fiber.Listener(ln, fiber.ListenConfig{DisableStartupMessage: true})
	if err == nil && ctx.Err() == nil {
		err = errors.New("the listener ended by itself")
	}
	cancel()
	return errors.Join(err, <-down)
}

// drain lets requests finish, and cuts off those that do not: a caller who does
// not read its answer is no reason for a stop that fails.
func (s *Server) drain() error {
	err := s.fiber.ShutdownWithTimeout(cmp.Or(s.Drain, drainTime))
	if !errors.Is(err, context.DeadlineExceeded) {
		return err
	}
	s.App.Log.Warn("connections were cut off: they did not finish in time", "connections", s.conns.close())
	return nil
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

// connections are the open ones.
type connections struct {
	mu   sync.Mutex
	open map[net.Conn]struct{}
}

// note keeps the set as fasthttp tells of its connections.
func (k *connections) note(c net.Conn, state fasthttp.ConnState) {
	if state != fasthttp.StateNew && state != fasthttp.StateClosed && state != fasthttp.StateHijacked {
		return
	}
	k.mu.Lock()
	defer k.mu.Unlock()
	if state != fasthttp.StateNew {
		delete(k.open, c)
		return
	}
	if k.open == nil {
		k.open = map[net.Conn]struct{}{}
	}
	k.open[c] = struct{}{}
}

// count is how many there are.
func (k *connections) count() int {
	k.mu.Lock()
	defer k.mu.Unlock()
	return len(k.open)
}

// close ends them all, whatever they are about, and tells how many they were.
func (k *connections) close() int {
	k.mu.Lock()
	defer k.mu.Unlock()
	for c := range k.open {
		c.Close()
	}
	return len(k.open)
}
