package cli

import (
	"bytes"
	"context"
	"crypto/ecdsa"
	"crypto/elliptic"
	"crypto/rand"
	"crypto/tls"
	"crypto/x509"
	"crypto/x509/pkix"
	"encoding/pem"
	"errors"
	"io"
	"log/slog"
	"math/big"
	"net"
	"net/http"
	"os"
	"path/filepath"
	"regexp"
	"strings"
	"testing"
	"time"
)

// certify writes a certificate of names that signs itself, and its key.
func certify(t testing.TB, cert, key string, names ...string) *x509.CertPool {
	t.Helper()
	k, err := ecdsa.GenerateKey(elliptic.P256(), rand.Reader)
	if err != nil {
		t.Fatal(err)
	}
	serial, err := rand.Int(rand.Reader, big.NewInt(1<<62))
	if err != nil {
		t.Fatal(err)
	}
	template := &x509.Certificate{SerialNumber: serial, Subject: pkix.Name{CommonName: names[0]}, DNSNames: names, IPAddresses: []net.IP{net.IPv4(127, 0, 0, 1)},
		NotBefore: time.Now().Add(-time.Hour), NotAfter: time.Now().Add(time.Hour), IsCA: true, BasicConstraintsValid: true}
	der, err := x509.CreateCertificate(rand.Reader, template, template, k.Public(), k)
	if err != nil {
		t.Fatal(err)
	}
	raw, err := x509.MarshalPKCS8PrivateKey(k)
	if err != nil {
		t.Fatal(err)
	}
	text := pem.EncodeToMemory(&pem.Block{Type: "CERTIFICATE", Bytes: der})
	if err := errors.Join(os.WriteFile(cert, text, 0o600), os.WriteFile(key, pem.EncodeToMemory(&pem.Block{Type: "PRIVATE KEY", Bytes: raw}), 0o600)); err != nil {
		t.Fatal(err)
	}
	pool := x509.NewCertPool()
	pool.AppendCertsFromPEM(text)
	return pool
}

// served runs serve in this process until the test ends, and returns what it says
// to people and the address it told them.
func served(t testing.TB, args ...string) (said *output, url string) {
	t.Helper()
	said = &output{more: make(chan struct{}, 1)}
	ctx, cancel := context.WithCancel(t.Context())
	ended := make(chan int, 1)
	p := &Program{Name: "stormkeep", Stdin: strings.NewReader(""), Stdout: io.Discard, Stderr: said}
	go func() { ended <- p.Run(ctx, append([]string{"serve", "--http", "127.0.0.1:0"}, args...)) }()
	t.Cleanup(func() {
		cancel()
		if code := <-ended; code != done {
			t.Errorf("it ended with %d:\n%s", code, said)
		}
	})
	hears := regexp.MustCompile(`Stormkeep serves (\S+)\n(?s:.*)/tenants/current\n`)
	for {
		if m := hears.FindStringSubmatch(said.String()); m != nil {
			return said, m[1]
		}
		select {
		case <-said.more:
		case code := <-ended:
			ended <- code
			t.Fatalf("it ended with %d: %s", code, said)
		}
	}
}

// trusting is a client that trusts a pool of certificates, and follows nothing.
func trusting(pool *x509.CertPool) *http.Client {
	return &http.Client{Transport: &http.Transport{TLSClientConfig: &tls.Config{RootCAs: pool}, DisableKeepAlives: true},
		CheckRedirect: func(*http.Request, []*http.Request) error { return http.ErrUseLastResponse }}
}

// freePort is an address of this machine on which nobody listens.
func freePort(t testing.TB) (addr, port string) {
	t.Helper()
	ln, err := net.Listen("tcp", "127.0.0.1:0")
	if err != nil {
		t.Fatal(err)
	}
	defer ln.Close()
	_, port, _ = net.SplitHostPort(ln.Addr().String())
	return ln.Addr().String(), port
}

func TestACertificateOfOnesOwn(t *testing.T) {
	dir := t.TempDir()
	cert, key := filepath.Join(dir, "c.pem"), filepath.Join(dir, "k.pem")
	pool := certify(t, cert, key, "localhost")
	plain, _ := freePort(t)
	said, url := served(t, "--data", filepath.Join(dir, "data"), "--tls-cert", cert, "--tls-key", key, "--http-redirect", plain)
	if !strings.HasPrefix(url, "https://localhost:") || strings.Contains(said.String(), "WARN") {
		t.Errorf("%s:\n%s", url, said)
	}
	client := trusting(pool)
	res, err := client.Get(url + "/healthz")
	if err != nil {
		t.Fatal(err)
	}
	res.Body.Close()
	if res.StatusCode != 200 || res.Header.Get("Strict-Transport-Security") != "max-age=31536000" || res.TLS.NegotiatedProtocol != "" {
		t.Errorf("%d %v, %s", res.StatusCode, res.Header, res.TLS.NegotiatedProtocol)
	}

	t.Run("of the oldest versions none is spoken", func(t *testing.T) {
		for version, ok := range map[uint16]bool{tls.VersionTLS10: false, tls.VersionTLS11: false, tls.VersionTLS12: true, tls.VersionTLS13: true} {
			c, err := tls.Dial("tcp", strings.TrimPrefix(url, "https://"), &tls.Config{RootCAs: pool, MinVersion: version, MaxVersion: version, NextProtos: []string{"h2", "http/1.1"}})
			if (err == nil) != ok {
				t.Errorf("%x: %v", version, err)
			}
			if err == nil {
				if got := c.ConnectionState().NegotiatedProtocol; got != "http/1.1" {
					t.Errorf("%x: %q is spoken", version, got)
				}
				c.Close()
			}
		}
	})

	t.Run("plain http leads to it", func(t *testing.T) {
		for _, c := range []struct {
			method, path, location string
			status                 int
		}{
			{"GET", "/v1/tenants/current?a=b%20c", url + "/v1/tenants/current?a=b%20c", 308},
			{"HEAD", "/", url + "/", 308},
			{"GET", "//evil.example/x", url + "//evil.example/x", 308},
			{"POST", "/v1/applications", "", 405},
			{"DELETE", "/v1/accounts/x", "", 405},
		} {
			req, err := http.NewRequest(c.method, "http://"+plain+c.path, strings.NewReader(""))
			if err != nil {
				t.Fatal(err)
			}
			req.Host = "evil.example"
			res, err := client.Do(req)
			if err != nil {
				t.Fatal(err)
			}
			body, _ := io.ReadAll(res.Body)
			res.Body.Close()
			if res.StatusCode != c.status || res.Header.Get("Location") != c.location || (c.status == 405) != strings.Contains(string(body), url) {
				t.Errorf("%s %s: %d, %s, %s", c.method, c.path, res.StatusCode, res.Header.Get("Location"), body)
			}
		}
	})

	t.Run("what changes in the files is served", func(t *testing.T) {
		next := certify(t, cert, key, "localhost")
		for deadline := time.Now().Add(time.Minute); ; time.Sleep(50 * time.Millisecond) {
			res, err := trusting(next).Get(url + "/healthz")
			if err == nil {
				res.Body.Close()
				break
			}
			if time.Now().After(deadline) {
				t.Fatalf("%v\n%s", err, said)
			}
		}
	})
}

// What is no pair, or not there, takes nothing away.
func TestABrokenCertificateLeavesTheOneBefore(t *testing.T) {
	dir := t.TempDir()
	p := &pair{cert: filepath.Join(dir, "c.pem"), key: filepath.Join(dir, "k.pem")}
	certify(t, p.cert, p.key, "one.example")
	if err := p.load(); err != nil {
		t.Fatal(err)
	}
	var out bytes.Buffer
	log := slog.New(slog.NewTextHandler(&out, nil))
	name := func() string { c, _ := p.get(nil); return c.Leaf.DNSNames[0] }
	is := func(step, want, line string) {
		t.Helper()
		out.Reset()
		for range 3 {
			p.refresh(log)
		}
		lines := 1 // of three looks
		if line == "" {
			lines = 0
		}
		if got := out.String(); name() != want || strings.Count(got, "\n") != lines || !strings.Contains(got, line) {
			t.Errorf("%s: %s is served; the log: %s", step, name(), got)
		}
	}
	is("nothing new", "one.example", "")
	certify(t, p.cert, filepath.Join(dir, "other.pem"), "two.example")
	is("the key is another's", "one.example", "not used")
	if err := os.Rename(filepath.Join(dir, "other.pem"), p.key); err != nil {
		t.Fatal(err)
	}
	is("the pair is whole", "two.example", "a new certificate is served")
	if err := os.WriteFile(p.cert, []byte("nonsense"), 0o600); err != nil {
		t.Fatal(err)
	}
	is("nonsense", "two.example", "not used")
	if err := os.Remove(p.cert); err != nil {
		t.Fatal(err)
	}
	is("gone", "two.example", "cannot be read")
	certify(t, p.cert, p.key, "three.example")
	is("back", "three.example", "a new certificate is served")
}

func TestSettingsOfTLSFitTogether(t *testing.T) {
	dir := t.TempDir()
	cert, key := filepath.Join(dir, "c.pem"), filepath.Join(dir, "k.pem")
	certify(t, cert, key, "localhost")
	busy, err := net.Listen("tcp", "127.0.0.1:0")
	if err != nil {
		t.Fatal(err)
	}
	defer busy.Close()
	for name, c := range map[string]struct {
		args []string
		code int
		want string
	}{
		"no key":             {[]string{"--tls-cert", cert}, misused, "come together"},
		"no certificate":     {[]string{"--tls-key", key}, misused, "come together"},
		"an empty name":      {[]string{"--tls-cert", " "}, misused, "names no file"},
		"nothing to lead to": {[]string{"--http-redirect", "127.0.0.1:0"}, misused, "https, which is not served"},
		"no address":         {[]string{"--tls-cert", cert, "--tls-key", key, "--http-redirect", "80"}, misused, "no host:port"},
		"plain public URL":   {[]string{"--tls-cert", cert, "--tls-key", key, "--public-url", "http://id.example.com"}, misused, "plain http"},
		"not there":          {[]string{"--tls-cert", cert + "x", "--tls-key", key}, failed, "no such file"},
		"no pair":            {[]string{"--tls-cert", cert, "--tls-key", cert}, failed, "are no pair"},
		"a busy port":        {[]string{"--tls-cert", cert, "--tls-key", key, "--http-redirect", busy.Addr().String()}, failed, "with --http-redirect"},
	} {
		code, _, stderr := run(t, "", append([]string{"serve", "--http", "127.0.0.1:0", "--data", filepath.Join(dir, "data")}, c.args...)...)
		if code != c.code || !strings.Contains(stderr, c.want) || !strings.Contains(stderr, "\nhint: ") {
			t.Errorf("%s: %d %s", name, code, stderr)
		}
	}
	if _, err := os.Stat(filepath.Join(dir, "data")); err == nil {
		t.Error("something was left behind")
	}
}

func TestWhatIsServedIsToldWithWhyNothingNewerIs(t *testing.T) {
	dir := t.TempDir()
	p := &pair{cert: filepath.Join(dir, "id.pem"), key: filepath.Join(dir, "id.key")}
	f, log := &front{pair: p}, slog.New(slog.DiscardHandler)
	certify(t, p.cert, p.key, "id.example.com")
	if err := p.load(); err != nil {
		t.Fatal(err)
	}
	tells := func(when string, trouble bool) {
		t.Helper()
		p.refresh(log)
		if c := f.certificates()[0]; c.Leaf == nil || c.Name != p.cert || (c.Err != nil) != trouble {
			t.Errorf("%s: %+v", when, c)
		}
	}
	tells("at first", false)
	if err := os.WriteFile(p.cert, []byte("half of"), 0o600); err != nil {
		t.Fatal(err)
	}
	tells("half written", true)
	certify(t, p.cert, p.key, "id.example.com")
	tells("whole again", false)
	if err := os.Remove(p.key); err != nil {
		t.Fatal(err)
	}
	tells("the key is gone", true)

	ln, err := net.Listen("tcp", "127.0.0.1:0")
	if err != nil {
		t.Fatal(err)
	}
	defer ln.Close()
	a, err := newACME(config{HTTPS: "a.example.com,b.example.com", Data: dir}, ln, nil, log)
	if err != nil {
		t.Fatal(err)
	}
	defer a.cache.Stop()
	all := (&front{acme: a}).certificates()
	if len(all) != 2 || all[1].Name != "b.example.com" || all[0].Leaf != nil || !all[0].Renews {
		t.Errorf("before the CA has given any: %+v", all)
	}
}
