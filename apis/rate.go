package apis

import (
	"math"
	"net/netip"
	"strconv"
	"strings"
	"time"

	"github.com/gofiber/fiber/v3"

	"github.com/stormkeep/stormkeep/apis/gcra"
	"github.com/stormkeep/stormkeep/core"
)

// Limit is a rate that requests are held to.
type Limit struct {
	gcra.Rate
	// SpareLocal spares callers of this machine that have shown a good key: as a
	// default that nobody asked for should.
	SpareLocal bool
}

// Rates are the limits of requests. A zero one limits nothing.
type Rates struct {
	Source Limit // of one IPv4 address or /64 of IPv6, for who has shown no good key
	Key    Limit // of one API key, once it has proved to be good
}

// failure is as what a bad credential, or what is no request, draws: five requests.
const failure = 5

// endUser is the header by which the holder of a key names the address of the user
// that signs in.
const endUser = "Stormkeep-End-User-IP"

// governor holds one limit and tells of it in the header fields of
// draft-ietf-httpapi-ratelimit-headers.
type governor struct {
	*gcra.Limiter
	spare        bool
	name, policy string
}

func newGovernor(name string, l Limit) *governor {
	if !l.Limited() {
		return nil
	}
	window := int(math.Ceil(min(float64(l.Burst)/l.PerSecond, math.MaxInt32)))
	return &governor{Limiter: gcra.New(l.Rate), spare: l.SpareLocal, name: name,
		policy: `"` + name + `";q=` + strconv.Itoa(l.Burst) + ";w=" + strconv.Itoa(window)}
}

// holds tells whether the governor is on, for a caller that has shown a good key.
func (m *governor) holds(c fiber.Ctx) bool { return m != nil && !(m.spare && sourceOf(c).IsLoopback()) }

// tell writes what is left into the answer, and refuses what was not allowed.
func (s *Server) tell(c fiber.Ctx, m *governor, v gcra.Verdict) error {
	var text [64]byte
	b := append(text[:0], '"')
	b = append(append(b, m.name...), `";r=`...)
	b = append(strconv.AppendInt(b, int64(v.Remaining), 10), ";t="...)
	b = strconv.AppendInt(b, int64((v.Reset+time.Second-1)/time.Second), 10)
	h := &c.Response().Header
	h.Add("RateLimit-Policy", m.policy)
	h.AddBytesV("RateLimit", b)
	if v.OK {
		return nil
	}
	s.metrics.refused(m.name)
	return &core.Error{Kind: core.Limited, Code: "rate_limited", Msg: "Too many requests; try again later.", RetryAfter: max(v.Retry, time.Second),
		Dev: "The rate limit of this " + m.name + " is exceeded: see the RateLimit-Policy header."}
}

// sourceOf is who sent a request, by the word of trusted proxies.
func sourceOf(c fiber.Ctx) netip.Addr {
	a, _ := c.Locals(sourceKey).(netip.Addr)
	return a
}

// stranger draws on the source of a caller who has shown no good key.
func (s *Server) stranger(c fiber.Ctx, n int) error {
	m := s.steered.Load().source
	if m == nil || byMachine(c) {
		return nil
	}
	for _, name := range []string{"RateLimit-Policy", "RateLimit"} {
		c.Response().Header.Del(name) // a request that fails draws twice
	}
	b := network(sourceOf(c)).Addr().As16()
	return s.tell(c, m, m.Take(m.Bytes(b[:]), n, s.App.Now()))
}

// meter counts requests that need no key. Those of supervisors are free, those below
// /v1, of the console's interface and the pieces of a backup are counted where it is known whose they are, and those
// that may be a mount's where that is found, so that a refusal has its form.
func (s *Server) meter(c fiber.Ctx) error {
	switch path := c.Path(); {
	case path == "/healthz", path == "/readyz", path == "/v1", strings.HasPrefix(path, "/v1/") && path != "/v1/openapi.json", strings.HasPrefix(path, consoleAPI),
		strings.HasPrefix(path, sendingPath+"/"):
		return c.Next()
	}
	if s.perhapsMounted(c.Path()) {
		return c.Next()
	}
	if err := s.stranger(c, 1); err != nil {
		return err
	}
	return c.Next()
}

// turnedAway is the answer to a caller whose credential is not good: the limit of
// its source once that is drawn, so that nobody tries credentials for long.
func (s *Server) turnedAway(c fiber.Ctx, err error) error {
	if core.AsError(err).Kind != core.Unauthenticated {
		return err
	}
	if limited := s.stranger(c, failure); limited != nil {
		return limited
	}
	return err
}

// admitted draws on the key of a caller.
func (s *Server) admitted(c fiber.Ctx, p *principal) error {
	return s.share(c, string(p.key.ID))
}

// share draws on what each program has that has proved itself: an API key by its id, or
// a client.
func (s *Server) share(c fiber.Ctx, program string) error {
	m := s.steered.Load().key
	if !m.holds(c) {
		return nil
	}
	return s.tell(c, m, m.Take(m.Key(program), 1, s.App.Now()))
}

// endUserOf is the address of the user for whom the holder of a key asks, none where
// it does not say. Its own address is that of an application, and nobody's source.
func endUserOf(c fiber.Ctx) (addr netip.Addr, err error) {
	text := c.Get(endUser)
	if text == "" {
		return addr, nil
	}
	if addr, err = netip.ParseAddr(text); err != nil {
		return addr, core.Errorf(core.Invalid, "invalid_value", "The header %s must be an IP address.", endUser)
	}
	return addr, nil
}

// guessing has a token looked at by way of the buckets of wrong tries.
func (r *request) guessing(token string, try func() error) error {
	from, err := endUserOf(r.c)
	if err != nil {
		return err
	}
	err = r.srv.App.Try(r.c.Context(), core.Guess{Token: token, Source: from}, try)
	r.srv.noteHeld(err)
	return err
}

// noteHeld counts a try that was held back.
func (s *Server) noteHeld(err error) bool {
	held := isCode(err, core.HeldBack)
	if held {
		s.metrics.refused("account")
	}
	return held
}
