package cli

import (
	"context"
	"crypto/tls"
	"crypto/x509"
	"errors"
	"fmt"
	"log/slog"
	"net"
	"net/http"
	"net/mail"
	"net/url"
	"os"
	"path/filepath"
	"strconv"
	"strings"

	"github.com/caddyserver/certmagic"
	"go.uber.org/zap"

	"github.com/stormkeep/stormkeep/apis"
)

// certificatesFolder is the folder of the data folder where certificates from an
// ACME CA lie, with their keys and the key of the account there.
const certificatesFolder = "certificates"

// acme gets certificates from a CA by RFC 8555, and renews them.
type acme struct {
	domains []string
	config  *certmagic.Config
	cache   *certmagic.Cache
	issuer  *certmagic.ACMEIssuer
}

// newACME is what gets the certificates of the settings. Whoever listens at the
// given addresses answers the CA: by TLS-ALPN (RFC 8737) at the first, by HTTP at
// the second, if there is one.
func newACME(c config, secure, plain net.Listener, log *slog.Logger) (*acme, error) {
	roots, err := rootsOf(c.ACMERoot)
	if err != nil {
		return nil, err
	}
	host, port, err := hostPort(secure)
	if err != nil {
		return nil, err
	}
	template := certmagic.ACMEIssuer{CA: c.ACMECA, Email: c.ACMEEmail, Agreed: true, TrustedRoots: roots,
		ListenHost: host, AltTLSALPNPort: port, DisableHTTPChallenge: plain == nil, Logger: zap.New(&bridge{log: log})}
	if plain != nil {
		if _, template.AltHTTPPort, err = hostPort(plain); err != nil {
			return nil, err
		}
	}
	a := &acme{domains: listed(c.HTTPS)}
	a.cache = certmagic.NewCache(certmagic.CacheOptions{Logger: template.Logger,
		GetConfigForCert: func(certmagic.Certificate) (*certmagic.Config, error) { return a.config, nil }})
	a.config = certmagic.New(a.cache, certmagic.Config{Logger: template.Logger, DefaultServerName: a.domains[0],
		Storage: &certmagic.FileStorage{Path: filepath.Join(c.Data, certificatesFolder)}})
	a.issuer = certmagic.NewACMEIssuer(a.config, template)
	a.config.Issuers = []certmagic.Issuer{a.issuer}
	return a, nil
}

// tls is TLS with what the CA has given. With acme-tls/1 the CA asks whether the
// domain is ours.
func (a *acme) tls() *tls.Config {
	t := secureConfig(a.config.GetCertificate)
	t.NextProtos = append(t.NextProtos, "acme-tls/1")
	return t
}

// challenges answers the CA's questions, and next everybody else's.
func (a *acme) challenges(next http.Handler) http.Handler {
	return a.issuer.HTTPChallengeHandler(next)
}

// manage loads the certificates, gets those that are missing, and renews them until
// ctx ends. What does not work is tried again, in longer and longer intervals.
func (a *acme) manage(ctx context.Context) error {
	context.AfterFunc(ctx, a.cache.Stop)
	return a.config.ManageAsync(ctx, a.domains)
}

// certificates are those of the domains; of several the one that ends last.
func (a *acme) certificates() (all []apis.Certificate) {
	for _, domain := range a.domains {
		c := apis.Certificate{Name: domain, Renews: true}
		for _, is := range a.cache.AllMatchingCertificates(domain) {
			if c.Leaf == nil || is.Leaf.NotAfter.After(c.Leaf.NotAfter) {
				c.Leaf = is.Leaf
			}
		}
		all = append(all, c)
	}
	return all
}

func hostPort(ln net.Listener) (host string, port int, err error) {
	host, text, err := net.SplitHostPort(ln.Addr().String())
	if err != nil {
		return "", 0, err
	}
	if ip := net.ParseIP(host); ip != nil && ip.IsUnspecified() {
		host = ""
	}
	port, err = strconv.Atoi(text)
	return host, port, err
}

// rootsOf are the certificates of a file, nil for those that the machine trusts.
func rootsOf(path string) (*x509.CertPool, error) {
	if path == "" {
		return nil, nil
	}
	text, err := os.ReadFile(path)
	pool := x509.NewCertPool()
	if err == nil && !pool.AppendCertsFromPEM(text) {
		err = fmt.Errorf("%s holds no certificate", path)
	}
	if err != nil {
		return nil, &problem{err, "--acme-root is a PEM file with the certificate by which the CA's own server is trusted", failed}
	}
	return pool, nil
}

func checkDomains(value string) error {
	names := listed(value)
	if len(names) == 0 {
		return errors.New("names no domain")
	}
	for _, name := range names {
		if !hostName.MatchString(name) || !strings.Contains(name, ".") || net.ParseIP(name) != nil || strings.HasSuffix(name, ".localhost") || strings.Contains(name, "_") {
			return fmt.Errorf("holds %q, which is no domain such as id.example.com", name)
		}
	}
	return nil
}

func checkEmail(value string) error {
	if a, err := mail.ParseAddress(value); err != nil || a.Address != value {
		return errors.New("is no e-mail address")
	}
	return nil
}

func checkCA(value string) error {
	if u, err := url.Parse(value); err != nil || u.Scheme != "https" || u.Host == "" {
		return errors.New("is no https:// URL of an ACME directory")
	}
	return nil
}
