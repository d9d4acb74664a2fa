package egress

import (
	"bytes"
	"context"
	"crypto/tls"
	"errors"
	"fmt"
	"io"
	"net"
	"net/http"
	"net/netip"
	"net/url"
	"slices"
	"strings"
	"sync"
	"syscall"
	"time"

	"golang.org/x/net/idna"
)

// What keeps a request from being sent or answered, beside ErrPrivate.
var (
	ErrURL      = errors.New("not a URL that requests go to")
	ErrTooLarge = errors.New("the answer is too large")
)

// The bounds of a request whose caller names none.
const (
	patience  = 15 * time.Second
	glimpse   = time.Second
	maxURL    = 2048
	maxHeader = 64 << 10
)

// Client is the one way to hosts that strangers name. It connects to public
// addresses by https only, and to those of Allow by http, too. A name is resolved
// once, refused if any of its addresses is not allowed, and connected to at one of
// these very addresses, so that no other answer of DNS comes between. It follows no
// redirect and heeds no proxy of the environment. Its zero value is ready; its fields
// are set before its first use.
type Client struct {
	Allow []netip.Prefix // networks that the operator allows beside the public ones
	// Lookup resolves a name; nil asks the machine's resolver.
	Lookup func(ctx context.Context, host string) ([]netip.Addr, error)
	// TLS is how https is spoken; nil trusts the certificates that the machine trusts.
	TLS *tls.Config

	once sync.Once
	http *http.Client
}

// Request is what is sent. Time bounds all of it, until the answer has been read; 0
// is 15 s. Of the answer at most Max bytes are read, and none if Max is 0. Glimpse is for
// who only wants to see how the answer begins: of what is longer, or does not come within
// a second, there is what has come.
type Request struct {
	Method, URL string
	Header      http.Header
	Body        []byte
	Time        time.Duration
	Max         int64
	Glimpse     bool
}

// Answer is what came back, a redirect included.
type Answer struct {
	Status int
	Header http.Header
	Body   []byte
	Cut    bool // there is more than Body
}

// ParseNetworks reads networks and addresses, such as "10.1.0.0/16" and "127.0.0.1".
func ParseNetworks(items []string) (all []netip.Prefix, err error) {
	for _, item := range items {
		p, err := netip.ParsePrefix(item)
		if err != nil {
			ip, err := netip.ParseAddr(item)
			if err != nil || ip.Zone() != "" {
				return nil, fmt.Errorf("%q is neither a network such as 10.1.0.0/16 nor an address", item)
			}
			p = netip.PrefixFrom(ip, ip.BitLen())
		}
		if p.Addr().Is4In6() {
			return nil, fmt.Errorf("%q is a network of IPv4 written as one of IPv6", item)
		}
		all = append(all, p.Masked())
	}
	return all, nil
}

// allowed tells whether the operator allows an address that is not public.
func (c *Client) allowed(ip netip.Addr) bool {
	ip = ip.Unmap()
	return ip.Zone() == "" && slices.ContainsFunc(c.Allow, func(p netip.Prefix) bool { return p.Contains(ip) })
}

// mayReach tells whether a request by that scheme may go to an address.
func (c *Client) mayReach(secure bool, ip netip.Addr) bool {
	return c.allowed(ip) || secure && Public(ip)
}

// Check says what is wrong with a URL as far as that can be told without asking
// anybody: its errors wrap ErrURL or ErrPrivate.
func (c *Client) Check(raw string) error {
	u, err := c.parse(raw)
	if err != nil {
		return err
	}
	if ip, err := netip.ParseAddr(u.Hostname()); err == nil && !c.mayReach(u.Scheme == "https", ip) {
		return fmt.Errorf("%w: %s", ErrPrivate, ip)
	}
	return nil
}

func (c *Client) parse(raw string) (*url.URL, error) {
	wrong := func(why string) (*url.URL, error) { return nil, fmt.Errorf("%w: %s", ErrURL, why) }
	if len(raw) > maxURL {
		return wrong("it is too long")
	}
	if strings.ContainsFunc(raw, func(r rune) bool { return r <= ' ' || r == 0x7f || r == '\\' }) {
		return wrong("it holds a character that must be written as %XX")
	}
	u, err := url.Parse(raw)
	switch {
	case err != nil:
		return wrong("it cannot be read")
	case u.Scheme != "https" && (u.Scheme != "http" || len(c.Allow) == 0):
		return wrong("it must begin with https://")
	case u.Opaque != "" || u.Hostname() == "":
		return wrong("it names no host")
	case u.User != nil:
		return wrong("it holds a user name or a password")
	case strings.Contains(raw, "#"):
		return wrong("it has a fragment")
	}
	host := u.Hostname()
	if _, err := netip.ParseAddr(host); err == nil {
		return u, nil
	}
	if host, err = idna.Lookup.ToASCII(strings.TrimSuffix(host, ".")); err != nil || numeric(host) {
		return wrong("its host is neither a name nor an address")
	}
	return u, nil
}

// numeric tells of a host whose last part is a number: 2130706433, 0x7f.1 and 127.1
// are addresses to some resolvers, and names of DNS to none (WHATWG URL, "ends in a
// number").
func numeric(host string) bool {
	last := host[strings.LastIndexByte(host, '.')+1:]
	if hex, ok := strings.CutPrefix(strings.ToLower(last), "0x"); ok {
		return strings.Trim(hex, "0123456789abcdef") == ""
	}
	return strings.Trim(last, "0123456789") == ""
}

// Do sends a request and reads its answer.
func (c *Client) Do(ctx context.Context, r Request) (*Answer, error) {
	if err := c.Check(r.URL); err != nil {
		return nil, err
	}
	c.once.Do(c.open)
	if r.Time == 0 {
		r.Time = patience
	}
	ctx, cancel := context.WithTimeout(ctx, r.Time)
	defer cancel()
	req, err := http.NewRequestWithContext(ctx, r.Method, r.URL, bytes.NewReader(r.Body))
	if err != nil {
		return nil, fmt.Errorf("%w: %w", ErrURL, err)
	}
	for name, values := range r.Header {
		req.Header[name] = values
	}
	res, err := c.http.Do(req)
	if err != nil {
		return nil, err
	}
	defer res.Body.Close()
	a := &Answer{Status: res.StatusCode, Header: res.Header}
	if r.Max == 0 {
		return a, nil
	}
	if r.Glimpse {
		defer time.AfterFunc(glimpse, cancel).Stop()
	}
	a.Body, err = io.ReadAll(io.LimitReader(res.Body, r.Max+1))
	long := int64(len(a.Body)) > r.Max
	switch {
	case r.Glimpse:
		a.Body, a.Cut = a.Body[:min(int64(len(a.Body)), r.Max)], long || err != nil
	case err != nil:
		return nil, err
	case long:
		return nil, fmt.Errorf("%w: more than %d bytes", ErrTooLarge, r.Max)
	}
	return a, nil
}

// Close ends the connections that wait for another request.
func (c *Client) Close() {
	c.once.Do(c.open)
	c.http.CloseIdleConnections()
}

// open makes a client with a transport for each scheme, since a connection by http
// may go to fewer addresses.
func (c *Client) open() {
	plain, secure := c.transport(false), c.transport(true)
	c.http = &http.Client{
		Transport:     byScheme{plain, secure},
		CheckRedirect: func(*http.Request, []*http.Request) error { return http.ErrUseLastResponse },
	}
}

func (c *Client) transport(secure bool) *http.Transport {
	return &http.Transport{
		DialContext: func(ctx context.Context, network, address string) (net.Conn, error) {
			return c.dial(ctx, secure, address)
		},
		TLSClientConfig:        c.TLS,
		TLSHandshakeTimeout:    patience,
		MaxResponseHeaderBytes: maxHeader,
		DisableCompression:     true, // so that what is read is what was sent
		MaxIdleConns:           100,
		MaxIdleConnsPerHost:    8,
		IdleConnTimeout:        30 * time.Second,
	}
}

type byScheme struct{ plain, secure *http.Transport }

// RoundTrip sends by the transport of the request's scheme.
func (t byScheme) RoundTrip(r *http.Request) (*http.Response, error) {
	if r.URL.Scheme == "https" {
		return t.secure.RoundTrip(r)
	}
	return t.plain.RoundTrip(r)
}

// CloseIdleConnections is what http.Client asks for.
func (t byScheme) CloseIdleConnections() {
	t.plain.CloseIdleConnections()
	t.secure.CloseIdleConnections()
}

// Dial connects to public addresses and those of Allow, for what is not HTTP. Its errors
// wrap ErrPrivate where it may not.
func (c *Client) Dial(ctx context.Context, _, address string) (net.Conn, error) {
	return c.dial(ctx, true, address)
}

// dial resolves a name and connects to the first of its addresses that answers.
func (c *Client) dial(ctx context.Context, secure bool, address string) (net.Conn, error) {
	host, port, err := net.SplitHostPort(address)
	if err != nil {
		return nil, err
	}
	ips, err := c.resolve(ctx, host)
	if err != nil {
		return nil, err
	}
	may := func(ip netip.Addr) bool { return c.mayReach(secure, ip) }
	for _, ip := range ips {
		if !may(ip) {
			return nil, fmt.Errorf("%w: %s", ErrPrivate, host)
		}
	}
	d := net.Dialer{Timeout: patience / 2, Control: guard(may)}
	var failed []error
	for _, ip := range ips {
		conn, err := d.DialContext(ctx, "tcp", net.JoinHostPort(ip.Unmap().String(), port))
		if err == nil {
			return conn, nil
		}
		failed = append(failed, err)
	}
	return nil, errors.Join(failed...)
}

func (c *Client) resolve(ctx context.Context, host string) ([]netip.Addr, error) {
	if ip, err := netip.ParseAddr(host); err == nil {
		return []netip.Addr{ip}, nil
	}
	lookup := c.Lookup
	if lookup == nil {
		lookup = func(ctx context.Context, host string) ([]netip.Addr, error) {
			return net.DefaultResolver.LookupNetIP(ctx, "ip", host)
		}
	}
	ips, err := lookup(ctx, host)
	if err == nil && len(ips) == 0 {
		err = &net.DNSError{Err: "no such host", Name: host, IsNotFound: true}
	}
	return ips, err
}

// Why says what kept a request from being answered, in words that tell a stranger
// nothing of this machine's network: no address, and not who resolves its names.
func Why(err error) string {
	dns, _ := errors.AsType[*net.DNSError](err)
	_, verify := errors.AsType[*tls.CertificateVerificationError](err)
	op, _ := errors.AsType[*net.OpError](err)
	record, _ := errors.AsType[tls.RecordHeaderError](err)
	switch {
	case err == nil:
		return ""
	case errors.Is(err, ErrPrivate):
		return "the host is not at an address to which requests go"
	case errors.Is(err, ErrURL), errors.Is(err, ErrTooLarge):
		return err.Error()
	case errors.Is(err, context.DeadlineExceeded), op != nil && op.Timeout():
		return "no answer came in time"
	case dns != nil && dns.IsNotFound:
		return "the host has no address"
	case dns != nil:
		return "the name of the host could not be resolved"
	case verify:
		return "the certificate is not one of the host that may be trusted"
	case errors.Is(err, syscall.ECONNREFUSED):
		return "the connection was refused"
	case op != nil && op.Op == "remote error", record.Msg != "":
		return "TLS could not be agreed on"
	}
	return "the connection failed"
}

// PostForm sends a form, and returns the status of the answer, of which nothing is
// read.
func (c *Client) PostForm(ctx context.Context, to string, form url.Values, within time.Duration) (status int, err error) {
	a, err := c.Do(ctx, Request{Method: http.MethodPost, URL: to, Time: within,
		Header: http.Header{"Content-Type": {"application/x-www-form-urlencoded"}}, Body: []byte(form.Encode())})
	if err != nil {
		return 0, err
	}
	return a.Status, nil
}
