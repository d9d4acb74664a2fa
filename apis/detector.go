package apis

import (
	"net/netip"
	"slices"
	"strings"

	"github.com/gofiber/fiber/v3"
)

// proxyHeaders are those by which proxies say for whom they ask. The server takes the
// first three, from those that it trusts.
var proxyHeaders = []string{fiber.HeaderXForwardedFor, fiber.HeaderXForwardedProto, fiber.HeaderXForwardedHost,
	"Forwarded", "X-Real-Ip", "Via", "Cf-Connecting-Ip", "True-Client-Ip", "Fly-Client-Ip"}

// maxHeaderShown is how much of a header is shown, in bytes.
const maxHeaderShown = 300

// sentHeader is a header as it came in.
type sentHeader struct {
	Name  string `json:"name"`
	Value string `json:"value"`
}

// detectedProxy is what the server made of the request that asks for it: who sent it,
// and by whose word.
type detectedProxy struct {
	Peer    string       `json:"peer"`   // the other end of the connection
	Source  string       `json:"source"` // who the server takes the caller for
	Host    string       `json:"host"`
	Scheme  string       `json:"scheme"`
	Trusted bool         `json:"trusted"` // the peer's word counts
	Trusts  []string     `json:"trusts"`  // whose word counts
	Sent    []sentHeader `json:"sent"`    // by which proxies speak
	Verdict string       `json:"verdict"` // one of the verdicts
	Set     string       `json:"set"`     // what to start the server with, "" for nothing
}

// The verdicts about a request.
const (
	proxyNone      = "none"      // it came straight from the caller
	proxySilent    = "silent"    // it came from this machine for a public URL elsewhere, and nobody says for whom
	proxyUntrusted = "untrusted" // it came through a proxy whose word does not count
	proxyMute      = "mute"      // it came from a trusted proxy that does not say for whom
	proxyHeard     = "heard"     // a trusted proxy said for whom
	proxyEverybody = "everybody" // anybody's word counts
)

// asSent keeps the headers by which proxies speak as they came in, for the route that
// shows them: what is not trusted is not heeded elsewhere.
func asSent(c fiber.Ctx) {
	if string(c.Request().URI().Path()) != consoleAPI+systemPath {
		return
	}
	sent := []sentHeader{}
	for _, name := range proxyHeaders {
		for _, value := range c.Request().Header.PeekAll(name) {
			sent = append(sent, sentHeader{name, strings.ToValidUTF8(string(value[:min(len(value), maxHeaderShown)]), "?")})
		}
	}
	c.Locals(sentKey, sent)
}

// detect tells of the request itself.
func (s *Server) detect(c fiber.Ctx) detectedProxy {
	peer, source := peerOf(c.RequestCtx()), sourceOf(c)
	sent, _ := c.Locals(sentKey).([]sentHeader)
	d := detectedProxy{Peer: peer.String(), Source: source.String(), Host: string(c.Request().Host()), Scheme: "http", Trusted: s.proxies.trusts(peer), Trusts: s.proxies.names(), Sent: append([]sentHeader{}, sent...)}
	if s.byTLS(c) {
		d.Scheme = "https"
	}
	d.Trusts = append([]string{}, d.Trusts...)
	says := slices.ContainsFunc(sent, func(h sentHeader) bool { return h.Name == fiber.HeaderXForwardedFor })
	switch {
	case s.proxies.everybody():
		d.Verdict = proxyEverybody
	case d.Trusted && says:
		d.Verdict = proxyHeard
	case d.Trusted:
		d.Verdict = proxyMute
	case len(sent) > 0:
		d.Verdict, d.Set = proxyUntrusted, s.trusting(peer)
	case peer.IsLoopback() && !isLoopback(s.publicHost):
		d.Verdict, d.Set = proxySilent, s.trusting(peer)
	default:
		d.Verdict = proxyNone
	}
	return d
}

// trusting is the flag that has the server trust one more proxy.
func (s *Server) trusting(peer netip.Addr) string {
	return "--trusted-proxies " + strings.Join(append(s.proxies.names(), peer.String()), ",")
}
