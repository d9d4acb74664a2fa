package mail

import (
	"context"
	"crypto/tls"
	"errors"
	"fmt"
	"net"
	"net/textproto"
	"strconv"
	"sync"
	"time"
)

// Security says how a connection to a mail server is guarded.
type Security string

// What guards a connection.
const (
	// STARTTLS turns a plain connection to TLS, or gives up. It is the default.
	STARTTLS Security = "starttls"
	// TLS speaks TLS from the first byte (RFC 8314).
	TLS Security = "tls"
	// Opportunistic turns to TLS where the server offers it. A certificate that is
	// offered must be right.
	Opportunistic Security = "opportunistic"
	// Plain never encrypts.
	Plain Security = "none"
)

// What Check and Send say of a server that cannot be used. They pass: somebody
// repairs the server or its settings.
var (
	ErrConnect  = errors.New("mail server not reached")
	ErrSecurity = errors.New("mail server not secure")
	ErrAuth     = errors.New("mail server did not accept the credentials")
	ErrClosed   = errors.New("mail sender is closed")
)

// Config is a mail server and how to speak to it.
type Config struct {
	Host string
	// Port 0 is 465 for TLS, 25 for Plain and Opportunistic, else 587.
	Port int
	// Username "" sends without authentication. A password is never sent over a
	// connection that is neither encrypted nor to this machine.
	Username, Password string
	Security           Security
	// Timeout is how long a server may take to connect and for each answer; for
	// the answer to a message four times that. 0 is 30 seconds.
	Timeout time.Duration
	// LocalName is what the client calls itself; "" is its address (RFC 5321,
	// section 4.1.3).
	LocalName string
	// TLS may name roots; nil trusts those of the system.
	TLS *tls.Config
	// Connections is the most there are at a time; 0 is 4.
	Connections int
	// Idle is how long an unused connection is kept; 0 is 30 seconds.
	Idle time.Duration
	// Sign, if not nil, signs what is composed: see DKIM.
	Sign func(message []byte) ([]byte, error)
	// Dial, if not nil, connects in place of net.Dialer.
	Dial func(ctx context.Context, network, address string) (net.Conn, error)
}

// String shows the server without its password.
func (c Config) String() string {
	user := ""
	if c.Username != "" {
		user = c.Username + "@"
	}
	return schemes[c.security()] + "://" + user + c.address()
}

// GoString shows the server without its password.
func (c Config) GoString() string { return c.String() }

func (c Config) security() Security {
	if c.Security == "" {
		return STARTTLS
	}
	return c.Security
}

func (c Config) address() string {
	port := c.Port
	switch {
	case port != 0:
	case c.security() == TLS:
		port = 465
	case c.security() == STARTTLS:
		port = 587
	default:
		port = 25
	}
	return net.JoinHostPort(c.Host, strconv.Itoa(port))
}

func (c Config) timeout() time.Duration { return orDefault(c.Timeout, 30*time.Second) }

func orDefault[T comparable](v, otherwise T) T {
	var zero T
	if v == zero {
		return otherwise
	}
	return v
}

// SMTP sends over few connections that it keeps for a while. Make it with NewSMTP.
type SMTP struct {
	config Config
	slots  chan struct{} // one taken for each message on its way

	mu     sync.Mutex
	idle   []*conn // the last used is the last
	closed bool
}

// NewSMTP is a sender that has not connected yet.
func NewSMTP(c Config) *SMTP {
	return &SMTP{config: c, slots: make(chan struct{}, orDefault(c.Connections, 4))}
}

// Check connects, negotiates and authenticates, and sends nothing. Its error wraps
// ErrConnect, ErrSecurity or ErrAuth.
func (s *SMTP) Check(ctx context.Context) error {
	c, err := s.config.dial(ctx)
	if err != nil {
		return told(ctx, err)
	}
	c.quit()
	return nil
}

// told is an error with the reason why the caller gave up, if it did.
func told(ctx context.Context, err error) error {
	if ctx.Err() != nil && !errors.Is(err, ctx.Err()) {
		return fmt.Errorf("%w: %w", ctx.Err(), err)
	}
	return err
}

// Send implements Sender. A reply of 5xx to a message is ErrRefused, one of 4xx and
// all that happens to the connection may pass. A message whose bytes the server may
// have seen is not sent again by itself.
func (s *SMTP) Send(ctx context.Context, m *Message) (string, error) {
	e, err := s.envelope(m)
	if err != nil {
		return "", err
	}
	select {
	case s.slots <- struct{}{}:
	case <-ctx.Done():
		return "", ctx.Err()
	}
	defer func() { <-s.slots }()
	for {
		c, used, err := s.take(ctx)
		if err != nil {
			return "", fmt.Errorf("%s: %w", s.config.address(), told(ctx, err))
		}
		reply, sent, err := c.send(ctx, e)
		s.put(c, err)
		if err != nil && used && !sent && broken(err) && ctx.Err() == nil {
			continue // the server had hung up on an idle connection
		}
		if err != nil {
			return "", fmt.Errorf("%s: %w", s.config.address(), told(ctx, err))
		}
		return s.config.address() + " " + reply, nil
	}
}

// Close ends all connections. What is on its way is sent; what comes later is not.
func (s *SMTP) Close() error {
	s.mu.Lock()
	idle := s.idle
	s.idle, s.closed = nil, true
	s.mu.Unlock()
	for _, c := range idle {
		if c.expiry.Stop() {
			c.quit()
		}
	}
	return nil
}

// take is a connection, and whether it was used before.
func (s *SMTP) take(ctx context.Context) (c *conn, used bool, err error) {
	s.mu.Lock()
	if s.closed {
		s.mu.Unlock()
		return nil, false, ErrClosed
	}
	for n := len(s.idle); n > 0; n = len(s.idle) {
		c, s.idle = s.idle[n-1], s.idle[:n-1]
		if c.expiry.Stop() {
			s.mu.Unlock()
			return c, true, nil
		}
	}
	s.mu.Unlock()
	c, err = s.config.dial(ctx)
	return c, false, err
}

// put keeps a connection for the next message, unless it cannot bear one.
func (s *SMTP) put(c *conn, err error) {
	if err != nil && (broken(err) || c.reset() != nil) {
		c.drop()
		return
	}
	s.mu.Lock()
	defer s.mu.Unlock()
	if s.closed {
		go c.quit()
		return
	}
	c.expiry = time.AfterFunc(orDefault(s.config.Idle, 30*time.Second), func() { s.expire(c) })
	s.idle = append(s.idle, c)
}

func (s *SMTP) expire(c *conn) {
	s.mu.Lock()
	for i, other := range s.idle {
		if other == c {
			s.idle = append(s.idle[:i], s.idle[i+1:]...)
			break
		}
	}
	s.mu.Unlock()
	c.quit()
}

// broken tells that a connection is of no more use: something else went wrong than
// a reply, or the server takes its leave with one (421).
func broken(err error) bool {
	if errors.Is(err, errUntold) {
		return false
	}
	var reply *textproto.Error
	return !errors.As(err, &reply) || reply.Code == 421
}
