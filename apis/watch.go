package apis

import (
	"context"
	"errors"
	"net"
	"slices"

	vm "github.com/VictoriaMetrics/metrics"
	"github.com/gofiber/fiber/v3"

	"github.com/stormkeep/stormkeep/core"
)

// watch serves the metrics on the main address to this machine: elsewhere they are
// not there.
func (s *Server) watch() {
	s.route(Route{Method: fiber.MethodGet, Path: "/metrics", Public: true, Status: 200,
		Summary: "Metrics as Prometheus text, for callers on this machine"}, func(c fiber.Ctx) error {
		if s.apart || !direct(c) {
			return fiber.ErrNotFound
		}
		return s.sendMetrics(c)
	})
}

// direct tells whether a caller sits on this machine and speaks for nobody else. A
// proxy on it gives itself away by a header, by HTTP/1.0, or by the host it was
// asked for, which also keeps out a web page that had its own name point here.
func direct(c fiber.Ctx) bool {
	addr := c.RequestCtx().RemoteAddr()
	if tcp, ok := addr.(*net.TCPAddr); ok && !tcp.IP.IsLoopback() {
		return false
	} else if !ok && addr.Network() != "unix" {
		return false
	}
	h := &c.Request().Header
	return isLoopback(string(h.Host())) && h.IsHTTP11() && !slices.ContainsFunc(
		[]string{"Forwarded", "Via", "X-Forwarded-For", "X-Forwarded-Host", "X-Forwarded-Proto", "X-Real-Ip", "Cf-Connecting-Ip", "True-Client-Ip"},
		func(name string) bool { return len(h.Peek(name)) > 0 })
}

func (s *Server) sendMetrics(c fiber.Ctx) error {
	x := &exposition{}
	s.metrics.write(x)
	s.writeCertificates(x)
	x.one("stormkeep_open_connections", gauge, "Connections to the main address.", float64(s.conns.count()))
	if err := s.writeApp(c.Context(), x); err != nil {
		return err
	}
	for _, tell := range s.measures {
		tell(&Measures{x})
	}
	vm.WriteProcessMetrics(x)
	c.Set(fiber.HeaderContentType, "text/plain; version=0.0.4; charset=utf-8")
	c.Set(fiber.HeaderCacheControl, "no-store")
	return c.Send(x.Bytes())
}

// writeApp writes what the app and its engine have counted, and what is left to do.
func (s *Server) writeApp(ctx context.Context, x *exposition) error {
	x.family("stormkeep_logins_total", counter, "Attempts to sign in, by what became of them.")
	logins := s.App.Logins()
	for _, result := range core.LoginResults() {
		x.sample("stormkeep_logins_total", float64(logins[result]), "result", result)
	}
	h := s.App.Passwords.Crowd()
	x.one("stormkeep_password_hashes_total", counter, "Password hashes computed.", float64(s.App.Passwords.Count()))
	x.one("stormkeep_password_slots", gauge, "Password hashes that may be computed at once.", float64(h.Slots))
	x.one("stormkeep_password_running", gauge, "Slots that are taken.", float64(h.Running))
	x.one("stormkeep_password_queue", gauge, "Password hashes that may wait for a slot.", float64(h.Queue))
	x.one("stormkeep_password_waiting", gauge, "Password hashes that wait for a slot.", float64(h.Waiting))
	x.one("stormkeep_password_refused_total", counter, "Password hashes refused because the queue was full.", float64(h.Refused))
	s.writeEngine(x)
	ready := 1.0
	if !s.ready(ctx).ok {
		ready = 0
	}
	x.one("stormkeep_ready", gauge, "1 while /readyz says that the server can do its work.", ready)
	if ready == 0 {
		return nil // a store that does not answer is not asked what there is
	}
	if err := s.writeBackups(ctx, x); err != nil {
		return err
	}
	l, err := s.App.Backlog(ctx)
	if err != nil {
		return err
	}
	x.one("stormkeep_outbox_unheard", gauge, "Events that some handler has not heard; no more than 1000 are counted.", float64(l.Unheard))
	x.one("stormkeep_outbox_oldest_seconds", gauge, "Age of the oldest of them.", l.OldestEvt.Seconds())
	x.one("stormkeep_jobs_pending", gauge, "Jobs to be done; no more than 1000 are counted.", float64(l.Pending))
	x.one("stormkeep_jobs_late_seconds", gauge, "For how long the soonest job has been due.", l.Late.Seconds())
	x.one("stormkeep_mails_pending", gauge, "Mails to be sent, those that failed for now among them; no more than 1000 are counted.", float64(l.Mails))
	x.one("stormkeep_mails_oldest_seconds", gauge, "Age of the oldest of them.", l.OldestMsg.Seconds())
	x.one("stormkeep_jobs_dead", gauge, "Jobs that were given up; no more than 1000 are counted.", float64(l.Dead))
	return nil
}

func (s *Server) writeEngine(x *exposition) {
	if n := s.App.Size(); n > 0 {
		x.one("stormkeep_store_bytes", gauge, "Bytes that the data takes on disk, free pages among them.", float64(n))
	}
	e := s.App.Engine()
	if e == nil {
		return
	}
	if n, err := e.Free(); !errors.Is(err, errors.ErrUnsupported) {
		x.one("stormkeep_store_free_bytes", gauge, "Bytes that the disk has left for the data.", float64(n))
	}
	x.one("stormkeep_store_held_seconds", gauge, "For how long something has been reading a state that commits have replaced; the data grows meanwhile.", e.Held().Seconds())
	c := e.Commits()
	x.family("stormkeep_commit_seconds", histogram, "How long commits took.")
	x.histogram("stormkeep_commit_seconds", c.Took.Read(), 1e9)
	x.family("stormkeep_commit_functions", histogram, "Transactions that shared a commit.")
	x.histogram("stormkeep_commit_functions", c.Funcs.Read(), 1)
	x.family("stormkeep_commit_bytes", histogram, "Bytes of keys and values in a commit.")
	x.histogram("stormkeep_commit_bytes", c.Bytes.Read(), 1)
	x.one("stormkeep_commit_failures_total", counter, "Commits that were not kept.", float64(c.Failed.Load()))
}

// ServeMetrics answers /metrics, /healthz and /readyz, and nothing else, on an
// address of their own until ctx ends. Whoever reaches it is told all. It closes
// ln.
func (s *Server) ServeMetrics(ctx context.Context, ln net.Listener) error {
	f := fiber.New(fiber.Config{AppName: "Stormkeep metrics", CaseSensitive: true, StrictRouting: true,
		BodyLimit: maxStranger, ReadBufferSize: maxHeader, ReadTimeout: headerTime, WriteTimeout: writeTime, IdleTimeout: idleTime,
		ErrorHandler: func(c fiber.Ctx, err error) error { return s.writeError(c, err) }})
	f.Server().NoDefaultServerHeader = true
	f.Get("/metrics", s.sendMetrics)
	f.Get("/healthz", alive)
	f.Get("/readyz", func(c fiber.Ctx) error { return s.tellReady(c, true) })
	ln = &onceListener{Listener: ln}
	down := context.AfterFunc(ctx, func() {
		ln.Close()
		f.ShutdownWithTimeout(headerTime)
	})
	defer down()
	err := f.Listener(ln, fiber.ListenConfig{DisableStartupMessage: true})
	if ctx.Err() != nil {
		return nil
	}
	return err
}
