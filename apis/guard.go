package apis

import (
	"crypto/tls"
	"errors"
	"io"
	"net"
	"net/netip"
	"strconv"
	"sync"
	"sync/atomic"
	"syscall"
	"time"
)

// The bounds of connections. One that waits for its next request takes about 25 KiB.
const (
	maxConnections = 20_000
	maxOfSource    = 1_000
	maxRefusals    = 64 // connections that are being told why they are refused
	refusalTime    = time.Second
	refusedFor     = 5 * time.Second // what Retry-After says to them
)

// Guard bounds the connections that ln accepts, together with all others of the
// server: Serve does so with its own. Who is over a bound is told by 503, or 429
// where it is the one of its source, and to come again; where TLS is spoken the
// connection just ends.
func (s *Server) Guard(ln net.Listener) net.Listener {
	return &guard{Listener: ln, srv: s, plain: true}
}

// doors counts the connections that are open.
type doors struct {
	mu       sync.Mutex
	all      int
	of       map[netip.Prefix]int // sources that are counted
	refusals atomic.Int64
	told     atomic.Int64 // when it was last logged, in seconds
}

// enter lets one more in, or says why not.
func (d *doors) enter(source netip.Prefix, all, ofSource int) (status int) {
	d.mu.Lock()
	defer d.mu.Unlock()
	switch {
	case d.all >= all:
		return 503
	case source.IsValid() && d.of[source] >= ofSource:
		return 429
	}
	if d.all++; source.IsValid() {
		if d.of == nil {
			d.of = map[netip.Prefix]int{}
		}
		d.of[source]++
	}
	return 0
}

func (d *doors) leave(source netip.Prefix) {
	d.mu.Lock()
	defer d.mu.Unlock()
	if d.all--; source.IsValid() {
		if d.of[source]--; d.of[source] == 0 {
			delete(d.of, source)
		}
	}
}

// guard is a listener whose connections are counted.
type guard struct {
	net.Listener
	srv   *Server
	plain bool // what is said is understood: no TLS
}

// Accept waits for a connection that may stay. That the process has no file left,
// or a caller hung up, is no reason to end the listening.
func (g *guard) Accept() (net.Conn, error) {
	for pause := time.Duration(0); ; {
		c, err := g.Listener.Accept()
		if err != nil {
			if !passing(err) {
				return nil, err
			}
			pause = min(max(2*pause, 5*time.Millisecond), time.Second)
			g.srv.complain("connections cannot be accepted for now", "err", err)
			time.Sleep(pause)
			continue
		}
		pause = 0
		source := g.srv.counted(c)
		bounds := g.srv.steered.Load().to
		status := g.srv.doors.enter(source, bounds.MaxConnections, bounds.MaxConnectionsOfSource)
		if status == 0 {
			return &guarded{Conn: c, leave: func() { g.srv.doors.leave(source) }}, nil
		}
		g.srv.metrics.refused("connection")
		g.srv.complain("connections were refused: there are too many", "status", status, "peer", c.RemoteAddr().String())
		g.refuse(c, status)
	}
}

// passing tells whether an error of an accept is over by itself.
func passing(err error) bool {
	for _, e := range []error{syscall.EMFILE, syscall.ENFILE, syscall.ENOBUFS, syscall.ENOMEM, syscall.ECONNABORTED} {
		if errors.Is(err, e) {
			return true
		}
	}
	return false
}

// counted is the source of which a connection is one, none for those that are not
// counted by source: this machine's, and the proxies', that come for many.
func (s *Server) counted(c net.Conn) netip.Prefix {
	ap, err := netip.ParseAddrPort(c.RemoteAddr().String())
	addr := ap.Addr().Unmap().WithZone("")
	if err != nil || addr.IsLoopback() || s.proxies.trusts(addr) {
		return netip.Prefix{}
	}
	return network(addr)
}

// network is what counts as one source: an IPv4 address, or the /64 that one
// customer has of IPv6.
func network(a netip.Addr) netip.Prefix {
	bits := 32
	if a.Is6() {
		bits = 64
	}
	p, _ := a.WithZone("").Prefix(bits)
	return p
}

// complain logs what may come a thousand times a second once a minute.
func (s *Server) complain(what string, args ...any) {
	now, last := time.Now().Unix(), s.doors.told.Load()
	if now-last >= 60 && s.doors.told.CompareAndSwap(last, now) {
		s.App.Log.Warn(what, args...)
	}
}

// refuse ends a connection, and says why if that does not take long. To close what
// has not been read would take the answer back, so it is read for a moment.
func (g *guard) refuse(c net.Conn, status int) {
	if !g.plain || g.srv.doors.refusals.Add(1) > maxRefusals {
		if g.plain {
			g.srv.doors.refusals.Add(-1)
		}
		c.Close()
		return
	}
	go func() {
		defer g.srv.doors.refusals.Add(-1)
		defer c.Close()
		c.SetDeadline(time.Now().Add(refusalTime))
		line, msg := "503 Service Unavailable", "Too many connections are open."
		if status == 429 {
			line, msg = "429 Too Many Requests", "Too many connections from one address are open."
		}
		body := `{"status":` + strconv.Itoa(status) + `,"code":` + strconv.Itoa(status) + `,"message":"` + msg + `","developerMessage":"` + msg + `","moreInfo":"` +
			g.srv.publicURL + "/console/docs/errors#" + strconv.Itoa(status) + `","requestId":""}`
		_, err := io.WriteString(c, "HTTP/1.1 "+line+"\r\nConnection: close\r\nRetry-After: "+strconv.Itoa(int(refusedFor.Seconds()))+
			"\r\nContent-Type: application/json;charset=UTF-8\r\nContent-Length: "+strconv.Itoa(len(body))+"\r\n\r\n"+body)
		if half, ok := c.(interface{ CloseWrite() error }); ok && err == nil && half.CloseWrite() == nil {
			io.Copy(io.Discard, io.LimitReader(c, 64<<10))
		}
	}()
}

// guarded is a connection that is counted until it is closed.
type guarded struct {
	net.Conn
	once  sync.Once
	leave func()
}

// Close closes the connection and counts it out.
func (c *guarded) Close() error {
	c.once.Do(c.leave)
	return c.Conn.Close()
}

// listener is ln with what the server puts before its requests: the bounds of
// connections, and TLS.
func (s *Server) listener(ln net.Listener) net.Listener {
	g := &guard{Listener: ln, srv: s, plain: s.TLS == nil}
	if s.TLS == nil {
		return g
	}
	return tls.NewListener(g, s.TLS)
}
