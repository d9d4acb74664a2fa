// Package mailtest is a mail server for tests: a real one over TCP, which keeps
// what it is sent and fails when it is told to.
package mailtest

import (
	"crypto/tls"
	"crypto/x509"
	"errors"
	"io"
	"log"
	"net"
	"net/url"
	"slices"
	"sync"
	"testing"
	"time"

	"github.com/emersion/go-sasl"
	"github.com/emersion/go-smtp"
)

// What a server can be told to fail at. The number that Fail is given counts each
// from 1, over all connections.
const (
	AtHello = "hello" // EHLO, once more after STARTTLS
	AtAuth  = "auth"  // after right credentials
	AtMail  = "mail"
	AtRcpt  = "rcpt"
	AtData  = "data" // the message is about to come
	AtDone  = "done" // the message is kept, and not answered yet
)

// Drop, returned by Fail, closes the connection without an answer.
var Drop = errors.New("drop the connection")

// Reply, returned by Fail, answers with that code, a text after it.
func Reply(code int, text string) error {
	return &smtp.SMTPError{Code: code, EnhancedCode: smtp.EnhancedCode{code / 100, 7, 1}, Message: text}
}

// Options are what a server is. The zero value offers STARTTLS, SMTPUTF8 and, once
// encrypted, AUTH PLAIN and LOGIN.
type Options struct {
	// Username and Password are "mailer" and "correct horse" by default. They are
	// taken, and not demanded unless Demand is set.
	Username, Password string
	Demand             bool
	// TLS speaks TLS from the first byte. Plain offers none, and AUTH without it.
	TLS, Plain bool
	// ASCII leaves SMTPUTF8 out.
	ASCII bool
	// Mechanisms replace PLAIN and LOGIN; empty and not nil offers no AUTH.
	Mechanisms []string
}

// Server is a running server.
type Server struct {
	// Pool trusts the server's certificate, which is for 127.0.0.1 and localhost.
	Pool *x509.CertPool
	// Certificate is the same in PEM.
	Certificate []byte

	options Options
	tls     *tls.Config
	addr    string

	mu          sync.Mutex
	stop        func()
	fail        func(stage string, n int) error
	counts      map[string]int
	connections int
	mails       []Mail
	arrived     chan struct{} // closed when a mail arrives
}

// Start runs a server until the test ends.
func Start(t testing.TB) *Server {
	t.Helper()
	return Options{}.Start(t)
}

// Start runs such a server until the test ends.
func (o Options) Start(t testing.TB) *Server {
	t.Helper()
	if o.Username == "" {
		o.Username, o.Password = "mailer", "correct horse"
	}
	if o.Mechanisms == nil {
		o.Mechanisms = []string{sasl.Plain, sasl.Login}
	}
	s := &Server{options: o, addr: "127.0.0.1:0", counts: map[string]int{}, arrived: make(chan struct{})}
	s.certify(t)
	s.Restart(t)
	t.Cleanup(s.Stop)
	return s
}

// Restart listens again, on the port it had. What it has kept stays.
func (s *Server) Restart(t testing.TB) {
	t.Helper()
	s.Stop()
	l, err := net.Listen("tcp", s.addr)
	if err != nil {
		t.Fatal(err)
	}
	s.addr = l.Addr().String()
	l = &counted{l, s}
	server := smtp.NewServer(smtp.BackendFunc(func(c *smtp.Conn) (smtp.Session, error) {
		return &session{server: s, conn: c}, s.at(c, AtHello)
	}))
	server.Domain = "mail.test"
	server.ErrorLog = log.New(io.Discard, "", 0)
	server.EnableSMTPUTF8 = !s.options.ASCII
	server.AllowInsecureAuth = s.options.Plain
	server.MaxMessageBytes = 1 << 20
	switch {
	case s.options.TLS:
		l = tls.NewListener(l, s.tls)
	case !s.options.Plain:
		server.TLSConfig = s.tls
	}
	served := make(chan struct{})
	s.mu.Lock()
	s.stop = func() {
		server.Close()
		l.Close() // which the server may not know of yet
		<-served
	}
	s.mu.Unlock()
	go func() {
		defer close(served)
		server.Serve(l)
	}()
}

// Stop closes the port and all connections.
func (s *Server) Stop() {
	s.mu.Lock()
	stop := s.stop
	s.stop = nil
	s.mu.Unlock()
	if stop != nil {
		stop()
	}
}

// Fail calls f at each stage of each conversation, also where it blocks. nil from
// it goes on; Drop closes the connection; a Reply is answered.
func (s *Server) Fail(f func(stage string, n int) error) {
	s.mu.Lock()
	defer s.mu.Unlock()
	s.fail = f
}

// at asks whether to go on.
func (s *Server) at(c *smtp.Conn, stage string) error {
	s.mu.Lock()
	s.counts[stage]++
	fail, n := s.fail, s.counts[stage]
	s.mu.Unlock()
	if fail == nil {
		return nil
	}
	err := fail(stage, n)
	if errors.Is(err, Drop) {
		c.Conn().Close()
	}
	return err
}

// Addr is host and port.
func (s *Server) Addr() string { return s.addr }

// Port is the port alone.
func (s *Server) Port() int {
	a, _ := net.ResolveTCPAddr("tcp", s.addr)
	return a.Port
}

// URL is the server with its user and password, as mail.ParseURL reads it.
func (s *Server) URL() string {
	u := url.URL{Scheme: "smtp", User: url.UserPassword(s.options.Username, s.options.Password), Host: s.addr}
	switch {
	case s.options.TLS:
		u.Scheme = "smtps"
	case s.options.Plain:
		u.Scheme = "smtp+plain"
	}
	return u.String()
}

// TLS trusts the server.
func (s *Server) TLS() *tls.Config { return &tls.Config{RootCAs: s.Pool} }

// Connections is how many there have been.
func (s *Server) Connections() int {
	s.mu.Lock()
	defer s.mu.Unlock()
	return s.connections
}

// Mails are what was sent, in their order.
func (s *Server) Mails() []Mail {
	s.mu.Lock()
	defer s.mu.Unlock()
	return slices.Clone(s.mails)
}

// Wait waits until at least n mails were sent, and gives them all.
func (s *Server) Wait(t testing.TB, n int) []Mail {
	t.Helper()
	limit := time.After(30 * time.Second)
	for {
		s.mu.Lock()
		mails, arrived := slices.Clone(s.mails), s.arrived
		s.mu.Unlock()
		if len(mails) >= n {
			return mails
		}
		select {
		case <-arrived:
		case <-limit:
			t.Fatalf("%d mails came, want %d", len(mails), n)
		}
	}
}

func (s *Server) keep(m Mail) {
	s.mu.Lock()
	defer s.mu.Unlock()
	s.mails = append(s.mails, m)
	close(s.arrived)
	s.arrived = make(chan struct{})
}

// counted counts the connections of a listener.
type counted struct {
	net.Listener
	server *Server
}

func (l *counted) Accept() (net.Conn, error) {
	c, err := l.Listener.Accept()
	if err == nil {
		l.server.mu.Lock()
		l.server.connections++
		l.server.mu.Unlock()
	}
	return c, err
}
