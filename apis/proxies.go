package apis

import (
	"bytes"
	"fmt"
	"net/netip"
	"slices"
	"strings"
	"sync"

	"github.com/gofiber/fiber/v3"
	"github.com/valyala/fasthttp"
)

// maxStrangers is of how many addresses it is remembered that they sent what only
// a proxy that is trusted may say.
const maxStrangers = 4

// proxies are the peers whose word about a request counts: who sent it, to which
// host and by which scheme.
type proxies struct {
	trusted []netip.Prefix

	mu        sync.Mutex
	strangers []netip.Addr // that sent X-Forwarded-For, the first few
}

// parseProxies reads addresses and networks such as "10.0.0.0/8" and "::1".
func parseProxies(list []string) (trusted []netip.Prefix, err error) {
	for _, text := range list {
		p, err := netip.ParsePrefix(text)
		if addr, errAddr := netip.ParseAddr(text); errAddr == nil && addr.Zone() == "" {
			p, err = netip.PrefixFrom(addr.Unmap(), addr.Unmap().BitLen()), nil
		}
		if err != nil || p.Addr().Is4In6() {
			return nil, fmt.Errorf("trusted proxy %q: it must be an address or a network, such as 10.0.0.0/8", text)
		}
		trusted = append(trusted, p.Masked())
	}
	return trusted, nil
}

// names are the networks as text.
func (p *proxies) names() (names []string) {
	for _, n := range p.trusted {
		names = append(names, n.String())
	}
	return names
}

func (p *proxies) trusts(a netip.Addr) bool {
	return slices.ContainsFunc(p.trusted, func(n netip.Prefix) bool { return n.Contains(a) })
}

// everybody tells whether one of the networks is the whole world.
func (p *proxies) everybody() bool {
	return slices.ContainsFunc(p.trusted, func(n netip.Prefix) bool { return n.Bits() == 0 })
}

// notes tells whether it is new that an address said what it is not trusted with.
func (p *proxies) notes(a netip.Addr) bool {
	p.mu.Lock()
	defer p.mu.Unlock()
	if len(p.strangers) >= maxStrangers || slices.Contains(p.strangers, a) {
		return false
	}
	p.strangers = append(p.strangers, a)
	return true
}

const (
	tellsEverybody = "the trusted proxies are the whole internet: anybody can say to come from any address"
	tellsStranger  = "X-Forwarded-For came from an address that is no trusted proxy, and was not heeded"
)

// ProxyDiagnosis says what seems wrong with the list of trusted proxies, a line for
// each thing, by what it holds and what has been sent so far; none if nothing does.
func (s *Server) ProxyDiagnosis() (lines []string) {
	if s.proxies.everybody() {
		lines = append(lines, tellsEverybody)
	}
	s.proxies.mu.Lock()
	defer s.proxies.mu.Unlock()
	for _, a := range s.proxies.strangers {
		lines = append(lines, tellsStranger+": "+a.String())
	}
	return lines
}

// peerOf is the address at the other end of a connection; requests that came over
// none, as those of tests, have the unspecified one.
func peerOf(c *fasthttp.RequestCtx) netip.Addr {
	a, ok := netip.AddrFromSlice(c.RemoteIP())
	if !ok {
		return netip.IPv4Unspecified()
	}
	return a.Unmap()
}

// forwarded makes the request the one that was sent to a trusted proxy, and takes
// nobody else's word. Its host becomes the one that was asked, and so goes into
// hrefs and signatures. The scheme is told by X-Forwarded-Proto alone: of the older
// headers for it proxies hand on what a stranger wrote.
func (s *Server) forwarded(c fiber.Ctx) netip.Addr {
	peer, h := peerOf(c.RequestCtx()), &c.Request().Header
	if !s.proxies.trusts(peer) {
		if len(h.Peek(fiber.HeaderXForwardedFor)) > 0 && s.proxies.notes(peer) {
			s.App.Log.Warn(tellsStranger, "peer", peer.String(), "hint", "if this is your proxy, name it with --trusted-proxies")
		}
		return peer
	}
	for _, name := range []string{fiber.HeaderXForwardedProtocol, fiber.HeaderXForwardedSsl, fiber.HeaderXUrlScheme} {
		h.Del(name)
	}
	if host, _, _ := strings.Cut(c.Get(fiber.HeaderXForwardedHost), ","); host != "" {
		h.SetHost(strings.TrimSpace(host))
		c.Request().SetHost(strings.TrimSpace(host))
	}
	source := s.proxies.source(peer, bytes.Join(h.PeekAll(fiber.HeaderXForwardedFor), []byte(",")))
	if text := source.String(); c.IP() != text {
		h.Set(fiber.HeaderXForwardedFor, text)
	}
	return source
}

// source is who sent a request that came from a trusted peer: the last address of
// the chain that no trusted proxy has. What is no address ends the chain, for all
// before it may be a stranger's invention.
func (p *proxies) source(peer netip.Addr, chain []byte) netip.Addr {
	for p.trusts(peer) {
		i := bytes.LastIndexByte(chain, ',')
		text := string(bytes.TrimSpace(chain[i+1:]))
		next, err := netip.ParseAddr(strings.Trim(text, "[]"))
		if err != nil {
			ap, errPort := netip.ParseAddrPort(text) // as some proxies write it
			next, err = ap.Addr(), errPort
		}
		if err != nil || next.Zone() != "" {
			return peer
		}
		if peer = next.Unmap(); i < 0 {
			return peer
		}
		chain = chain[:i]
	}
	return peer
}
