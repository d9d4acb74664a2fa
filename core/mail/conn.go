package mail

import (
	"context"
	"crypto/tls"
	"errors"
	"fmt"
	"net"
	"net/textproto"
	"slices"
	"strings"
	"time"

	gosmtp "github.com/wneessen/go-mail/smtp"
)

// errUntold is wrapped by what a server was not even asked.
var errUntold = errors.New("not sent")

// envelope is a message on its way.
type envelope struct {
	from, to      string
	international bool // needs SMTPUTF8
	message       []byte
}

func (s *SMTP) envelope(m *Message) (e envelope, err error) {
	if e.message, err = Compose(m); err != nil {
		return e, err
	}
	if s.config.Sign != nil {
		if e.message, err = s.config.Sign(e.message); err != nil {
			return e, err
		}
	}
	e.from, _ = m.From.wire() // Compose has proved them
	e.to, _ = m.To.wire()
	e.international = m.From.international() || m.To.international() || m.ReplyTo.international()
	return e, nil
}

// conn is one connection. One goroutine uses it at a time.
type conn struct {
	*gosmtp.Client
	wire    *frugal
	timeout time.Duration
	expiry  *time.Timer // while it is idle
}

// dial connects, negotiates and authenticates.
func (c Config) dial(ctx context.Context) (_ *conn, err error) {
	ctx, cancel := context.WithTimeout(ctx, c.timeout())
	defer cancel()
	dial := c.Dial
	if dial == nil {
		dial = new(net.Dialer).DialContext
	}
	tcp, err := dial(ctx, "tcp", c.address())
	if err != nil {
		return nil, fmt.Errorf("%w: %w", ErrConnect, err)
	}
	out := &conn{wire: &frugal{Conn: tcp}, timeout: c.timeout()}
	release := out.guard(ctx, c.timeout())
	defer func() {
		release()
		if err != nil {
			tcp.Close()
		}
	}()
	if err := out.negotiate(ctx, c); err != nil {
		return nil, err
	}
	return out, out.authenticate(c)
}

// negotiate greets the server and reaches the security that c asks for.
func (c *conn) negotiate(ctx context.Context, config Config) (err error) {
	var stream net.Conn = c.wire
	if config.security() == TLS {
		encrypted := tls.Client(c.wire, config.tls())
		if err := encrypted.HandshakeContext(ctx); err != nil {
			return fmt.Errorf("%w: %w", ErrSecurity, err)
		}
		stream = encrypted
	}
	if c.Client, err = gosmtp.NewClient(stream, config.Host); err != nil {
		return fmt.Errorf("%w: %w", ErrConnect, err)
	}
	if err := c.Hello(orDefault(config.LocalName, literal(c.wire.LocalAddr()))); err != nil {
		return fmt.Errorf("%w: %w", ErrConnect, err)
	}
	offered, _ := c.Extension("STARTTLS")
	switch config.security() {
	case TLS, Plain:
		return nil
	case Opportunistic:
		if !offered {
			return nil
		}
	case STARTTLS:
		if !offered {
			return fmt.Errorf("%w: it does not offer STARTTLS", ErrSecurity)
		}
	default:
		return fmt.Errorf("%w: %q is no way to secure a connection", ErrSecurity, config.Security)
	}
	if err := c.StartTLS(config.tls()); err != nil {
		return fmt.Errorf("%w: %w", ErrSecurity, err)
	}
	return nil
}

func (c Config) tls() *tls.Config {
	t := &tls.Config{}
	if c.TLS != nil {
		t = c.TLS.Clone()
	}
	if t.ServerName == "" {
		t.ServerName = c.Host
	}
	t.MinVersion = max(t.MinVersion, tls.VersionTLS12)
	return t
}

// authenticate shows the password by the best way that the server offers.
func (c *conn) authenticate(config Config) error {
	if config.Username == "" {
		return nil
	}
	if _, ok := c.TLSConnectionState(); !ok && !loopback(c.wire.RemoteAddr()) {
		return fmt.Errorf("%w: a password is not sent over a connection that is not encrypted", ErrSecurity)
	}
	_, offered := c.Extension("AUTH")
	ways := strings.Fields(strings.ToUpper(offered))
	var auth gosmtp.Auth
	switch has := func(way string) bool { return slices.Contains(ways, way) }; {
	case has("SCRAM-SHA-256"):
		auth = gosmtp.ScramSHA256Auth(config.Username, config.Password)
	case has("PLAIN"):
		auth = gosmtp.PlainAuth("", config.Username, config.Password, config.Host, true)
	case has("LOGIN"):
		auth = gosmtp.LoginAuth(config.Username, config.Password, config.Host, true)
	case has("CRAM-MD5"):
		auth = gosmtp.CRAMMD5Auth(config.Username, config.Password)
	default:
		return fmt.Errorf("%w: it offers none of SCRAM-SHA-256, PLAIN, LOGIN and CRAM-MD5", ErrAuth)
	}
	if err := c.Auth(auth); err != nil {
		return fmt.Errorf("%w: %w", ErrAuth, err)
	}
	return nil
}

// send hands over one message. sent tells that the server may have all of it.
func (c *conn) send(ctx context.Context, e envelope) (reply string, sent bool, err error) {
	release := c.guard(ctx, c.timeout)
	defer func() { release() }()
	if can, _ := c.Extension("SMTPUTF8"); e.international && !can {
		return "", false, fmt.Errorf("%w: %w: the server knows no SMTPUTF8, which the address needs", ErrRefused, errUntold)
	}
	c.SkipSMTPUTF8(!e.international)
	if err = c.Mail("<" + e.from + ">"); err == nil {
		err = c.Rcpt("<" + e.to + ">")
	}
	if err != nil {
		return "", false, final(err)
	}
	w, err := c.Data()
	if err != nil {
		return "", false, final(err)
	}
	release()
	release = c.guard(ctx, 4*c.timeout)
	if _, err = w.Write(e.message); err != nil {
		return "", true, err
	}
	if err = w.Close(); err != nil {
		return "", true, final(err)
	}
	if told, ok := w.(*gosmtp.DataCloser); ok {
		reply = "250 " + line(told.ServerResponse(), subjectRunes)
	}
	return reply, true, nil
}

// final makes a refusal of what a server will not take tomorrow either. Replies
// that ask for another login or for TLS speak of settings that somebody repairs
// (RFC 4954, section 6; RFC 3207).
func final(err error) error {
	var reply *textproto.Error
	switch {
	case !errors.As(err, &reply) || reply.Code/100 != 5:
		return err
	case reply.Code == 530 || reply.Code == 534 || reply.Code == 535 || reply.Code == 538:
		return fmt.Errorf("%w: %w", ErrAuth, err)
	}
	return fmt.Errorf("%w: %w", ErrRefused, err)
}

// guard limits what follows in time, by ctx and by how much the server may say,
// until it is released.
func (c *conn) guard(ctx context.Context, limit time.Duration) (release func()) {
	c.wire.left = maxReplies
	end := time.Now().Add(limit)
	if t, ok := ctx.Deadline(); ok && t.Before(end) {
		end = t
	}
	c.wire.SetDeadline(end)
	stop := context.AfterFunc(ctx, func() { c.wire.SetDeadline(time.Unix(1, 0)) })
	return func() { stop() }
}

// reset forgets a message that was not taken.
func (c *conn) reset() error {
	defer c.guard(context.Background(), c.timeout)()
	return c.Reset()
}

// quit takes leave, and does not wait long for an answer.
func (c *conn) quit() {
	c.guard(context.Background(), min(c.timeout, 2*time.Second))()
	c.Quit()
	c.drop()
}

func (c *conn) drop() { c.wire.Close() }

// maxReplies is how many bytes a server may send in one conversation: certificates
// and replies are far shorter, and a server that never ends a line costs no memory.
const maxReplies = 256 << 10

// frugal is a connection that reads only so much.
type frugal struct {
	net.Conn
	left int
}

func (f *frugal) Read(b []byte) (int, error) {
	if f.left <= 0 {
		return 0, errors.New("the server says too much")
	}
	n, err := f.Conn.Read(b[:min(len(b), f.left)])
	f.left -= n
	return n, err
}

// literal is an address where a name belongs.
func literal(a net.Addr) string {
	tcp, ok := a.(*net.TCPAddr)
	switch {
	case !ok:
		return "localhost"
	case tcp.IP.To4() != nil:
		return "[" + tcp.IP.To4().String() + "]"
	}
	return "[IPv6:" + tcp.IP.String() + "]"
}

func loopback(a net.Addr) bool {
	tcp, ok := a.(*net.TCPAddr)
	return ok && tcp.IP.IsLoopback()
}
