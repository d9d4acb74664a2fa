package cli

import (
	"bytes"
	"context"
	"crypto/tls"
	"fmt"
	"log/slog"
	"net"
	"os"
	"strings"
	"sync/atomic"
	"time"

	"github.com/stormkeep/stormkeep/apis"
)

// reloadEvery is how often the files of a certificate are looked at.
const reloadEvery = 2 * time.Second

// front is how callers come in: by TLS or in the clear, and with what beside it.
type front struct {
	tls      *tls.Config  // nil: plain http
	redirect net.Listener // of plain http beside TLS; nil: none
	pair     *pair        // nil: the certificate is of no files
	acme     *acme        // nil: the certificate is of no CA
}

// openFront finds out how callers are to come in on a listener, and whether they can.
func openFront(c config, ln net.Listener, log *slog.Logger) (f *front, err error) {
	f = &front{}
	switch {
	case (c.TLSCert == "") != (c.TLSKey == ""):
		return nil, wrongUse("name the certificate with --tls-cert and its key with --tls-key", "a certificate and its key come together")
	case c.HTTPS != "" && c.TLSCert != "":
		return nil, wrongUse("leave one of them out", "--https gets a certificate, and --tls-cert names one")
	case !c.secure() && c.redirects() != "":
		return nil, wrongUse("name a certificate too, or leave --http-redirect out", "--http-redirect leads to https, which is not served")
	case !c.secure():
		return f, nil
	case strings.HasPrefix(c.PublicURL, "http://"):
		return nil, wrongUse("set --public-url to the https:// address of the server", "the public URL %s is plain http, and the server speaks TLS", c.PublicURL)
	}
	if c.HTTPS == "" {
		f.pair = &pair{cert: c.TLSCert, key: c.TLSKey}
		if err := f.pair.load(); err != nil {
			return nil, &problem{err, "--tls-cert is PEM with the server's certificate first and those that signed it after; --tls-key is its key", failed}
		}
		f.tls = secureConfig(f.pair.get)
	}
	if at := c.redirects(); at != "" {
		if f.redirect, err = listenFor(at, "--http-redirect"); err != nil {
			return nil, err
		}
	}
	if c.HTTPS != "" {
		if f.acme, err = newACME(c, ln, f.redirect, log); err != nil {
			f.close()
			return nil, err
		}
		f.tls = f.acme.tls()
	}
	return f, nil
}

// secure tells whether the server speaks TLS.
func (c config) secure() bool { return c.HTTPS != "" || c.TLSCert != "" || c.TLSKey != "" }

// redirects is where plain http is led to https, "" for nowhere.
func (c config) redirects() string {
	switch {
	case c.HTTPRedirect == off:
		return ""
	case c.HTTPRedirect == "" && c.HTTPS != "":
		return ":80"
	}
	return c.HTTPRedirect
}

// close ends what serve has not taken over.
func (f *front) close() {
	if f.redirect != nil {
		f.redirect.Close()
	}
}

// start does what goes on beside the serving until ctx ends.
func (f *front) start(ctx context.Context, in *instance, publicURL string) error {
	if f.tls == nil {
		return nil
	}
	in.server.TLS = f.tls
	in.server.Certificates = f.certificates
	if f.pair != nil {
		go f.pair.watch(ctx, in.Log)
	}
	answer := redirecter(publicURL)
	if f.acme != nil {
		answer = f.acme.challenges(answer)
	}
	if f.redirect != nil {
		go serveInTheClear(ctx, in.server.Guard(f.redirect), answer, in.Log)
	}
	if f.acme != nil {
		return f.acme.manage(ctx)
	}
	return nil
}

// publicURL is the public URL where none is set.
func (f *front) publicURL(address string) string {
	if f.tls == nil {
		return localURL(address)
	}
	if f.acme != nil {
		return "https://" + f.acme.domains[0]
	}
	_, port, _ := net.SplitHostPort(address)
	if port == "443" {
		return "https://localhost"
	}
	return "https://localhost:" + port
}

// secureConfig is TLS as it is to be today: 1.2 or 1.3 (RFC 8996), and of HTTP what
// the server speaks.
func secureConfig(get func(*tls.ClientHelloInfo) (*tls.Certificate, error)) *tls.Config {
	return &tls.Config{MinVersion: tls.VersionTLS12, NextProtos: []string{"http/1.1"}, GetCertificate: get}
}

// pair is a certificate and its key in two files.
type pair struct {
	cert, key string // paths

	seen    [2][]byte             // what they held when they were last looked at
	trouble atomic.Pointer[error] // why that is not served
	current atomic.Pointer[tls.Certificate]
}

func (p *pair) get(*tls.ClientHelloInfo) (*tls.Certificate, error) { return p.current.Load(), nil }

// load takes what the files hold.
func (p *pair) load() error {
	now, err := p.read()
	if err != nil {
		return err
	}
	return p.take(now)
}

func (p *pair) read() (now [2][]byte, err error) {
	for i, path := range []string{p.cert, p.key} {
		if now[i], err = os.ReadFile(path); err != nil {
			return now, err
		}
	}
	return now, nil
}

func (p *pair) take(now [2][]byte) error {
	p.seen = now
	c, err := tls.X509KeyPair(now[0], now[1])
	if err != nil {
		return fmt.Errorf("%s and %s are no pair: %w", p.cert, p.key, err)
	}
	p.current.Store(&c)
	p.trouble.Store(nil)
	return nil
}

// certificates are those that are served now.
func (f *front) certificates() []apis.Certificate {
	if f.acme != nil {
		return f.acme.certificates()
	}
	c := apis.Certificate{Name: f.pair.cert, Leaf: f.pair.current.Load().Leaf}
	if why := f.pair.trouble.Load(); why != nil {
		c.Err = *why
	}
	return []apis.Certificate{c}
}

// refresh takes what the files hold if they have changed. What is no pair is told
// once, and the one before goes on.
func (p *pair) refresh(log *slog.Logger) {
	now, err := p.read()
	if err != nil {
		if p.seen[0] != nil {
			p.seen = [2][]byte{}
			p.trouble.Store(&err)
			log.Warn("the certificate cannot be read; the one before is still served", "err", err)
		}
		return
	}
	if bytes.Equal(now[0], p.seen[0]) && bytes.Equal(now[1], p.seen[1]) {
		return
	}
	if err := p.take(now); err != nil {
		p.trouble.Store(&err)
		log.Warn("the new certificate is not used; the one before is still served", "err", err)
		return
	}
	log.Info("a new certificate is served", "file", p.cert, "until", p.current.Load().Leaf.NotAfter)
}

func (p *pair) watch(ctx context.Context, log *slog.Logger) {
	tick := time.NewTicker(reloadEvery)
	defer tick.Stop()
	for {
		select {
		case <-ctx.Done():
			return
		case <-tick.C:
			p.refresh(log)
		}
	}
}
