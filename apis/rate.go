package apis

import (
	"math"
	"net/netip"
	"strconv"
	"strings"
	"sync/atomic"
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
	Source  Limit // of one IPv4 address or /64 of IPv6, for who has shown no good key
	Key     Limit // of one API key, once it has proved to be good
	Account Limit // of the attempts to sign in as one account, at one application
}

const (
	failure     = 5               // a bad credential, or what is no request, draws as five requests do
	patience    = 5 * time.Second // for which an attempt to sign in is held back
	maxPatients = 1_000           // attempts that are
)

// endUser is the header by which the holder of a key names the address of the user
// that signs in.
const endUser = "Stormkeep-End-User-IP"

// governors are the limits that are on.
type governors struct {
	source, key, account *governor // nil: off
	patients             atomic.Int64
}

// governor holds one limit and tells of it in the header fields of
// draft-ietf-httpapi-ratelimit-headers.
type governor struct {
	*gcra.Limiter
	spare        bool
	name, policy string
}

func newGovernors(r Rates) governors {
	return governors{source: newGovernor("source", r.Source), key: newGovernor("key", r.Key), account: newGovernor("account", r.Account)}
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
	m := s.governors.source
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
// /v1 are counted where it is known whose they are, and those that may be a mount's
// where that is found, so that a refusal has its form.
func (s *Server) meter(c fiber.Ctx) error {
	switch path := c.Path(); {
	case path == "/healthz", path == "/readyz", path == "/v1", strings.HasPrefix(path, "/v1/") && path != "/v1/openapi.json":
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
	m := s.governors.key
	if !m.holds(c) {
		return nil
	}
	return s.tell(c, m, m.Take(m.Key(string(p.key.ID)), 1, s.App.Now()))
}

// paced holds an attempt to sign in to the limit of the account that it names,
// whether there is one or not. Where the caller says for which address it asks, what
// is over the limit of that address is refused: strangers elsewhere draw on theirs.
// Where it does not, nobody can tell them from the owner, so attempts come late, in
// turn, and as late as anybody waits where the line is longer: an account under
// attack is never refused. Only so many wait at a time.
func (s *Server) paced(c fiber.Ctx, application, login string) error {
	m := s.governors.account
	if !m.holds(c) {
		return nil
	}
	var source netip.Addr
	if text := c.Get(endUser); text != "" {
		var err error
		if source, err = netip.ParseAddr(text); err != nil {
			return core.Errorf(core.Invalid, "invalid_value", "The header %s must be an IP address.", endUser)
		}
	}
	return s.pacedFrom(c, application, login, source)
}

// pacedFrom is paced for a caller that asks for an address, or, where that is none,
// does not say for which.
func (s *Server) pacedFrom(c fiber.Ctx, application, login string, source netip.Addr) error {
	m := s.governors.account
	if !m.holds(c) {
		return nil
	}
	who, wait := application+"\x00"+core.Fold(login), patience
	if source.IsValid() {
		who, wait = who+neighbour(source), 0
	}
	if s.governors.patients.Add(1) > maxPatients {
		wait = 0
	}
	defer s.governors.patients.Add(-1)
	v := m.Reserve(m.Key(who), 1, s.App.Now(), wait)
	if !v.OK && wait > 0 {
		v.OK, v.Retry = true, wait
	}
	if err := s.tell(c, m, v); err != nil || v.Retry == 0 {
		return err
	}
	late := time.NewTimer(v.Retry)
	defer late.Stop()
	select {
	case <-late.C:
		return nil
	case <-c.Context().Done():
		return c.Context().Err()
	}
}
