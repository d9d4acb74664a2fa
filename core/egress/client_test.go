package egress_test

import (
	"context"
	"crypto/tls"
	"crypto/x509"
	"errors"
	"io"
	"net"
	"net/http"
	"net/http/httptest"
	"net/netip"
	"net/url"
	"strings"
	"sync/atomic"
	"testing"
	"time"

	"github.com/stormkeep/stormkeep/core/egress"
)

// own are the networks in which the servers of these tests are.
var own = []netip.Prefix{netip.MustParsePrefix("127.0.0.0/8")}

func send(t *testing.T, c *egress.Client, url string) (*egress.Answer, error) {
	t.Helper()
	t.Cleanup(c.Close)
	return c.Do(t.Context(), egress.Request{Method: "POST", URL: url, Body: []byte("{}"), Time: 5 * time.Second, Max: 1 << 10})
}

func TestClass13_WhichURLsAreSentTo(t *testing.T) {
	strict, open := &egress.Client{}, &egress.Client{Allow: own}
	for _, row := range []struct {
		url        string
		strict, by error // of a client that allows nothing, and of one that allows 127.0.0.0/8
	}{
		{"https://hooks.example.com/a?b=c", nil, nil},
		{"https://hooks.example.com:8443", nil, nil},
		{"https://bücher.example/", nil, nil},
		{"https://8.8.8.8/", nil, nil},
		{"https://[2606:4700::1111]/", nil, nil},
		{"http://hooks.example.com/", egress.ErrURL, nil}, // whether its address is allowed is seen when it is resolved
		{"http://8.8.8.8/", egress.ErrURL, egress.ErrPrivate},
		{"https://127.0.0.1/", egress.ErrPrivate, nil},
		{"http://127.0.0.1:9/", egress.ErrURL, nil},
		{"https://[::ffff:127.0.0.1]/", egress.ErrPrivate, nil},
		{"https://[::ffff:10.0.0.1]/", egress.ErrPrivate, egress.ErrPrivate},
		{"https://[::ffff:7f00:1]/", egress.ErrPrivate, nil},
		{"https://10.0.0.1/", egress.ErrPrivate, egress.ErrPrivate},
		{"https://169.254.169.254/latest/meta-data", egress.ErrPrivate, egress.ErrPrivate},
		{"https://[64:ff9b::7f00:1]/", egress.ErrPrivate, egress.ErrPrivate},
		{"https://[2002:7f00:1::]/", egress.ErrPrivate, egress.ErrPrivate},
		{"https://[fe80::1%25eth0]/", egress.ErrPrivate, egress.ErrPrivate},
		{"https://[::1]/", egress.ErrPrivate, egress.ErrPrivate},
		{"https://0x7f.1/", egress.ErrURL, egress.ErrURL},
		{"https://0x7f000001/", egress.ErrURL, egress.ErrURL},
		{"https://2130706433/", egress.ErrURL, egress.ErrURL},
		{"https://127.1/", egress.ErrURL, egress.ErrURL},
		{"https://0177.0.0.1/", egress.ErrURL, egress.ErrURL},
		{"https://127.0.0.1./", egress.ErrURL, egress.ErrURL},
		{"https://1.2.3.4.5/", egress.ErrURL, egress.ErrURL},
		{"https://a.0x/", egress.ErrURL, egress.ErrURL},
		{"https://１２７.0.0.1/", egress.ErrURL, egress.ErrURL},
		{"https://a:b@hooks.example.com/", egress.ErrURL, egress.ErrURL},
		{"https://hooks.example.com@127.0.0.1/", egress.ErrURL, egress.ErrURL},
		{"https://hooks.example.com/#x", egress.ErrURL, egress.ErrURL},
		{"https://hooks.example.com/\r\nHost: x", egress.ErrURL, egress.ErrURL},
		{`https://hooks.example.com\@127.0.0.1/`, egress.ErrURL, egress.ErrURL},
		{"https:hooks.example.com", egress.ErrURL, egress.ErrURL},
		{"https:///x", egress.ErrURL, egress.ErrURL},
		{"file:///etc/passwd", egress.ErrURL, egress.ErrURL},
		{"gopher://hooks.example.com/", egress.ErrURL, egress.ErrURL},
		{"https://hooks.example.com/" + strings.Repeat("a", 2048), egress.ErrURL, egress.ErrURL},
		{"", egress.ErrURL, egress.ErrURL},
	} {
		for c, want := range map[*egress.Client]error{strict: row.strict, open: row.by} {
			if err := c.Check(row.url); !errors.Is(err, want) || (want == nil) != (err == nil) {
				t.Errorf("%.60s, allowed %v: %v, want %v", row.url, c.Allow, err, want)
			}
			if want == nil {
				continue
			}
			if _, err := c.Do(t.Context(), egress.Request{Method: "POST", URL: row.url}); !errors.Is(err, want) {
				t.Errorf("%.60s is sent to: %v, want %v", row.url, err, want)
			}
		}
	}
}

// A name is asked for once, and what was checked is what is connected to: a resolver
// that says something else the second time is not asked a second time.
func TestClass13_ARebindingResolverGetsNothing(t *testing.T) {
	var hits atomic.Int32
	srv := httptest.NewServer(http.HandlerFunc(func(http.ResponseWriter, *http.Request) { hits.Add(1) }))
	defer srv.Close()
	u, _ := url.Parse(srv.URL)
	ip := netip.MustParseAddr
	for name, row := range map[string]struct {
		answers [][]netip.Addr
		allow   []netip.Prefix
		want    error
		reached int32
	}{
		"at once private":           {[][]netip.Addr{{ip("127.0.0.1")}}, nil, egress.ErrURL, 0}, // http
		"public beside private":     {[][]netip.Addr{{ip("203.0.114.1"), ip("127.0.0.1")}}, own, egress.ErrPrivate, 0},
		"mapped":                    {[][]netip.Addr{{ip("::ffff:127.0.0.1")}}, own, nil, 1},
		"mapped, of another":        {[][]netip.Addr{{ip("::ffff:10.0.0.1")}}, own, egress.ErrPrivate, 0},
		"allowed, private the next": {[][]netip.Addr{{ip("127.0.0.1")}, {ip("10.0.0.1")}}, own, nil, 1},
	} {
		t.Run(name, func(t *testing.T) {
			hits.Store(0)
			asked := 0
			c := &egress.Client{Allow: row.allow, Lookup: func(_ context.Context, host string) ([]netip.Addr, error) {
				asked++
				return row.answers[min(asked, len(row.answers))-1], nil
			}}
			_, err := send(t, c, "http://rebind.example.com:"+u.Port()+"/")
			if !errors.Is(err, row.want) || (err == nil) != (row.want == nil) || hits.Load() != row.reached || asked > 1 {
				t.Errorf("%v, reached %d times, asked %d times", err, hits.Load(), asked)
			}
		})
	}
	asked := 0
	c := &egress.Client{Lookup: func(context.Context, string) ([]netip.Addr, error) {
		asked++
		return []netip.Addr{ip("127.0.0.1")}, nil
	}}
	if _, err := send(t, c, "https://rebind.example.com:"+u.Port()+"/"); !errors.Is(err, egress.ErrPrivate) || asked != 1 {
		t.Errorf("%v, asked %d times", err, asked)
	}
}

func TestClass13_NoRedirectNoProxyNoFlood(t *testing.T) {
	t.Setenv("HTTP_PROXY", "http://127.0.0.1:1")
	t.Setenv("http_proxy", "http://127.0.0.1:1")
	var second atomic.Bool
	stop := make(chan struct{})
	mux := http.NewServeMux()
	mux.HandleFunc("/redirect", func(w http.ResponseWriter, r *http.Request) {
		http.Redirect(w, r, "/second", http.StatusTemporaryRedirect)
	})
	mux.HandleFunc("/second", func(http.ResponseWriter, *http.Request) { second.Store(true) })
	mux.HandleFunc("/huge", func(w http.ResponseWriter, _ *http.Request) {
		for range 10_000 {
			if _, err := w.Write(make([]byte, 64<<10)); err != nil {
				return
			}
		}
	})
	mux.HandleFunc("/header", func(w http.ResponseWriter, _ *http.Request) { w.Header().Set("X", strings.Repeat("a", 128<<10)) })
	mux.HandleFunc("/slow", func(w http.ResponseWriter, r *http.Request) {
		w.Write([]byte("a"))
		w.(http.Flusher).Flush()
		<-stop
	})
	mux.HandleFunc("/echo", func(w http.ResponseWriter, r *http.Request) { io.Copy(w, r.Body) })
	srv := httptest.NewServer(mux)
	defer srv.Close()
	defer close(stop)
	c := &egress.Client{Allow: own}

	if a, err := send(t, c, srv.URL+"/echo"); err != nil || a.Status != 200 || string(a.Body) != "{}" {
		t.Errorf("%+v, %v", a, err)
	}
	if a, err := send(t, c, srv.URL+"/redirect"); err != nil || a.Status != 307 || second.Load() {
		t.Errorf("%+v, %v, followed %t", a, err, second.Load())
	}
	if _, err := send(t, c, srv.URL+"/huge"); !errors.Is(err, egress.ErrTooLarge) {
		t.Error(err)
	}
	if _, err := send(t, c, srv.URL+"/header"); err == nil {
		t.Error("a header without an end is read")
	}
	_, err := c.Do(t.Context(), egress.Request{Method: "POST", URL: srv.URL + "/slow", Time: 50 * time.Millisecond, Max: 100})
	if !errors.Is(err, context.DeadlineExceeded) {
		t.Error(err)
	}
	if a, err := c.Do(t.Context(), egress.Request{Method: "POST", URL: srv.URL + "/slow"}); err != nil || a.Status != 200 || a.Body != nil {
		t.Errorf("a body that nobody wants is waited for: %v", err)
	}
}

func TestOnlyTheRightCertificateIsTrusted(t *testing.T) {
	srv := httptest.NewTLSServer(http.NotFoundHandler())
	defer srv.Close()
	if _, err := send(t, &egress.Client{Allow: own}, srv.URL); egress.Why(err) != "the certificate is not one of the host that may be trusted" {
		t.Error(err)
	}
	roots := x509.NewCertPool()
	roots.AddCert(srv.Certificate())
	if a, err := send(t, &egress.Client{Allow: own, TLS: &tls.Config{RootCAs: roots}}, srv.URL); err != nil || a.Status != 404 {
		t.Error(a, err)
	}
}

func TestWhyTellsNothingOfThisMachinesNetwork(t *testing.T) {
	l, err := net.Listen("tcp", "127.0.0.1:0")
	if err != nil {
		t.Fatal(err)
	}
	l.Close() // nobody listens there now
	_, port, _ := net.SplitHostPort(l.Addr().String())
	for want, c := range map[string]*egress.Client{
		"the connection was refused": {Allow: own, Lookup: func(context.Context, string) ([]netip.Addr, error) {
			return []netip.Addr{netip.MustParseAddr("127.0.0.1")}, nil
		}},
		"the host has no address": {Allow: own, Lookup: func(context.Context, string) ([]netip.Addr, error) { return nil, nil }},
		"the name of the host could not be resolved": {Allow: own, Lookup: func(context.Context, string) ([]netip.Addr, error) {
			return nil, &net.DNSError{Err: "server misbehaving", Server: "10.0.0.53:53"}
		}},
		"the host is not at an address to which requests go": {Allow: own, Lookup: func(context.Context, string) ([]netip.Addr, error) {
			return []netip.Addr{netip.MustParseAddr("10.0.0.1")}, nil
		}},
	} {
		_, err := send(t, c, "http://hooks.example.com:"+port+"/")
		if got := egress.Why(err); got != want || strings.Contains(got, "127") || strings.Contains(got, "10.") {
			t.Errorf("%q, want %q: %v", got, want, err)
		}
	}
	if egress.Why(nil) != "" || egress.Why(errors.New("10.0.0.1")) != "the connection failed" {
		t.Error("an unknown error is told")
	}
}

func TestNetworksAreRead(t *testing.T) {
	got, err := egress.ParseNetworks([]string{"127.0.0.1", "10.1.2.3/16", "fd00::/8", "::1"})
	if err != nil || len(got) != 4 || got[1].String() != "10.1.0.0/16" || got[0].Bits() != 32 {
		t.Error(got, err)
	}
	for _, bad := range []string{"localhost", "", "10.0.0.0/33", "fe80::1%eth0", "::ffff:10.0.0.0/104", "10.0.0"} {
		if got, err := egress.ParseNetworks([]string{bad}); err == nil {
			t.Errorf("%q is read as %v", bad, got)
		}
	}
}

func FuzzNoURLReachesThisMachine(f *testing.F) {
	for _, s := range []string{"https://0x7f.1/", "https://[::ffff:7f00:1]/", "https://127.1/", "https://a@127.0.0.1/", "https://localhost/", "https://①27.0.0.1"} {
		f.Add(s)
	}
	c := &egress.Client{Lookup: func(_ context.Context, host string) ([]netip.Addr, error) {
		return []netip.Addr{netip.MustParseAddr("127.0.0.1")}, nil
	}}
	f.Fuzz(func(t *testing.T, raw string) {
		if err := c.Check(raw); err != nil && !errors.Is(err, egress.ErrURL) && !errors.Is(err, egress.ErrPrivate) {
			t.Fatal(err)
		}
		u, err := url.Parse(raw)
		if err == nil && c.Check(raw) == nil {
			if ip, err := netip.ParseAddr(u.Hostname()); err == nil {
				if !egress.Public(ip) {
					t.Fatalf("%s is let through", raw)
				}
				return // a public address is not connected to by a test
			}
			if _, err := c.Do(t.Context(), egress.Request{Method: "GET", URL: raw}); err == nil {
				t.Fatalf("%s is reached", raw)
			}
		}
	})
}

// Who only wants to see how an answer begins neither waits for the rest nor takes it.
func TestAGlimpseOfAnAnswer(t *testing.T) {
	over := make(chan struct{})
	srv := httptest.NewServer(http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		switch r.URL.Path {
		case "/short":
			io.WriteString(w, "short")
		case "/long":
			io.WriteString(w, strings.Repeat("long", 1<<20))
		case "/slow":
			io.WriteString(w, "begun")
			w.(http.Flusher).Flush()
			select {
			case <-over:
			case <-r.Context().Done():
			}
		}
	}))
	defer srv.Close()
	defer close(over)
	c := &egress.Client{Allow: own}
	t.Cleanup(c.Close)
	for _, row := range []struct {
		path, want string
		cut        bool
	}{{"/short", "short", false}, {"/none", "", false}, {"/long", "longlong", true}, {"/slow", "begun", true}} {
		began := time.Now()
		a, err := c.Do(t.Context(), egress.Request{Method: "POST", URL: srv.URL + row.path, Time: time.Minute, Max: 8, Glimpse: true})
		if err != nil || a.Status != 200 || string(a.Body) != row.want || a.Cut != row.cut || time.Since(began) > 30*time.Second {
			t.Errorf("%s: %+v, %v after %v", row.path, a, err, time.Since(began))
		}
	}
}
