package apis_test

import (
	"bytes"
	"log/slog"
	"net"
	"net/http"
	"slices"
	"strings"
	"testing"

	"github.com/gofiber/fiber/v3"

	"github.com/stormkeep/stormkeep/apis"
	"github.com/stormkeep/stormkeep/apis/apitest"
	"github.com/stormkeep/stormkeep/core"
)

// told asks a server over a socket of this machine what it thinks of a request.
func told(t *testing.T, trusted []string, headers ...string) (ip, scheme, href string) {
	t.Helper()
	a := apitest.New(t).With(t, apis.Options{TrustedProxies: trusted})
	a.Server.Fiber().Get("/v1/told", func(c fiber.Ctx) error { return c.SendString(c.IP() + " " + c.Scheme()) })
	addr := a.Listen(t)
	key := "Authorization: " + a.Keys[apitest.Owner].Basic() + "\r\n"
	get := func(path, header string) string {
		req := "GET " + path + " HTTP/1.1\r\nHost: inner:80\r\nConnection: close\r\n" + header
		for _, h := range headers {
			req += h + "\r\n"
		}
		return apitest.Raw(t, addr, req+"\r\n")
	}
	_, answer, _ := strings.Cut(get("/v1/told", key), "\r\n\r\n")
	ip, scheme, _ = strings.Cut(answer, " ")
	_, href, _ = strings.Cut(get("/v1/tenants/current", key), "Location: ")
	href, _, _ = strings.Cut(href, "/v1/")
	return ip, scheme, href
}

// Who sent a request, to which host and by which scheme, is what a trusted proxy
// says, and nobody else.
func TestTheWordOfATrustedProxyCounts(t *testing.T) {
	const public, local = apitest.PublicURL, "127.0.0.0/8"
	for _, c := range []struct {
		name             string
		trusted, headers []string
		ip, scheme, href string
	}{
		{"nobody is trusted", nil, w{"X-Forwarded-For: 203.0.113.9", "X-Forwarded-Proto: https", "X-Forwarded-Host: localhost:7"}, "127.0.0.1", "http", public},
		{"another is trusted", w{"10.0.0.0/8"}, w{"X-Forwarded-For: 203.0.113.9", "X-Forwarded-Proto: https", "X-Forwarded-Host: localhost:7"}, "127.0.0.1", "http", public},
		{"all three", w{local}, w{"X-Forwarded-For: 203.0.113.9", "X-Forwarded-Proto: https", "X-Forwarded-Host: localhost:7"}, "203.0.113.9", "https", "https://localhost:7"},
		{"by one address", w{"127.0.0.1"}, w{"X-Forwarded-For: 203.0.113.9"}, "203.0.113.9", "http", public},
		{"an address of both kinds", w{"::ffff:127.0.0.1"}, w{"X-Forwarded-For: ::ffff:203.0.113.9"}, "203.0.113.9", "http", public},
		{"nothing said", w{local}, nil, "127.0.0.1", "http", public},
		{"what a stranger said before", w{local}, w{"X-Forwarded-For: 6.6.6.6, 203.0.113.9"}, "203.0.113.9", "http", public},
		{"in a header of its own", w{local}, w{"X-Forwarded-For: 6.6.6.6", "X-Forwarded-For: 203.0.113.9"}, "203.0.113.9", "http", public},
		{"two proxies", w{local, "10.0.0.0/8"}, w{"X-Forwarded-For: 6.6.6.6, 203.0.113.9, 10.1.2.3"}, "203.0.113.9", "http", public},
		{"none but proxies", w{local, "10.0.0.0/8"}, w{"X-Forwarded-For: 10.1.2.3"}, "10.1.2.3", "http", public},
		{"with a port", w{local}, w{"X-Forwarded-For: 6.6.6.6, 203.0.113.9:4711"}, "203.0.113.9", "http", public},
		{"IPv6 with a port", w{local}, w{"X-Forwarded-For: 6.6.6.6, [2001:db8::9]:4711"}, "2001:db8::9", "http", public},
		{"IPv6 in brackets", w{local}, w{"X-Forwarded-For: [2001:db8::9]"}, "2001:db8::9", "http", public},
		{"no address after a stranger's", w{local}, w{"X-Forwarded-For: 6.6.6.6, unknown"}, "127.0.0.1", "http", public},
		{"no address before a proxy's", w{local, "10.0.0.0/8"}, w{"X-Forwarded-For: 6.6.6.6, ?, 10.1.2.3"}, "10.1.2.3", "http", public},
		{"an address of a zone", w{local}, w{"X-Forwarded-For: fe80::1%eth0"}, "127.0.0.1", "http", public},
		{"an empty one", w{local}, w{"X-Forwarded-For: "}, "127.0.0.1", "http", public},
		{"older headers of the scheme", w{local}, w{"X-Url-Scheme: https", "X-Forwarded-Ssl: on", "X-Forwarded-Protocol: https"}, "127.0.0.1", "http", public},
		{"no scheme", w{local}, w{"X-Forwarded-Proto: gopher"}, "127.0.0.1", "http", public},
		{"a host that is none of ours", w{local}, w{"X-Forwarded-Host: evil.example", "X-Forwarded-Proto: http"}, "127.0.0.1", "http", public},
		{"the public host", w{local}, w{"X-Forwarded-Host: id.example.com"}, "127.0.0.1", "http", public},
	} {
		ip, scheme, href := told(t, c.trusted, c.headers...)
		if ip != c.ip || scheme != c.scheme || href != c.href {
			t.Errorf("%s: %s, %s, %s, want %s, %s, %s", c.name, ip, scheme, href, c.ip, c.scheme, c.href)
		}
	}
}

// A signature covers the host that was asked: a trusted proxy may send another, and
// say which that was.
func TestASignatureHoldsForTheHostThatATrustedProxyNames(t *testing.T) {
	a := apitest.New(t)
	for trusted, status := range map[string]int{"127.0.0.1": 200, "10.0.0.1": 401} {
		addr := a.With(t, apis.Options{TrustedProxies: []string{trusted}}).Listen(t)
		for _, s := range apitest.Signers() {
			req := s.Sign(a.Keys[apitest.Owner], "id.example.com", "GET", a.Fill("/v1/accounts/{ann}"), "", a.Clock.Now())
			req.Header.Set("X-Forwarded-Host", req.Host)
			req.URL.Host, req.Host = addr, "inner:80"
			res, err := http.DefaultTransport.RoundTrip(req)
			if err != nil {
				t.Fatal(err)
			}
			if res.Body.Close(); res.StatusCode != status {
				t.Errorf("%s, trusting %s: %d, want %d", s.Name, trusted, res.StatusCode, status)
			}
		}
	}
}

// The audit log has the address that a trusted proxy told.
func TestTheAuditHasTheAddressOfTheCaller(t *testing.T) {
	a := api(t)
	behind := a.With(t, apis.Options{TrustedProxies: []string{"0.0.0.0"}}) // whence requests without a socket come
	do(t, behind, row{Path: "/v1/groups/{grp}", Body: `{"name":"Crew"}`, Header: map[string]string{"X-Forwarded-For": "6.6.6.6, 203.0.113.9"}}, 200)
	var last core.AuditLine
	a.View(t, func(tx *core.Tx) error {
		for line, err := range tx.AuditLog(0) {
			if err != nil {
				return err
			}
			last = line
		}
		return nil
	})
	if last.Actor.IP != "203.0.113.9" {
		t.Errorf("%+v", last.Actor)
	}
}

// A list of proxies that cannot be right is told of once in the log, and for as
// long as the server runs to whoever asks.
func TestAWrongListOfProxiesIsTold(t *testing.T) {
	var log bytes.Buffer
	a := hooked(t, func(app *core.App) { app.Log = slog.New(slog.NewJSONHandler(&log, nil)) })
	if got := a.Server.ProxyDiagnosis(); len(got) != 0 {
		t.Errorf("at first: %q", got)
	}
	forged := map[string]string{"X-Forwarded-For": "203.0.113.9"}
	for range 3 {
		do(t, a, row{Path: "/healthz", Header: forged}, 200)
	}
	got := a.Server.ProxyDiagnosis()
	if n := strings.Count(log.String(), "X-Forwarded-For"); n != 1 || !strings.Contains(log.String(), `"peer":"0.0.0.0"`) || strings.Contains(log.String(), "203.0") {
		t.Errorf("told %d times: %s", n, log.String())
	}
	if len(got) != 1 || !strings.HasSuffix(got[0], ": 0.0.0.0") {
		t.Errorf("diagnosis: %q", got)
	}
	log.Reset()
	for _, all := range []string{"0.0.0.0/0", "::/0"} {
		world := a.With(t, apis.Options{TrustedProxies: []string{"10.0.0.0/8", all}})
		do(t, world, row{Path: "/healthz", Header: forged}, 200)
		if got := world.Server.ProxyDiagnosis(); !slices.ContainsFunc(got, func(l string) bool { return strings.Contains(l, "whole internet") }) {
			t.Errorf("%s: %q", all, got)
		}
	}
	if n := strings.Count(log.String(), "whole internet"); n != 2 {
		t.Errorf("told %d times: %s", n, log.String())
	}
}

// Of many strangers a few are remembered.
func TestStrangersFillNoMemory(t *testing.T) {
	a := api(t)
	addr := a.Listen(t)
	for i := range 10 {
		d := net.Dialer{LocalAddr: &net.TCPAddr{IP: net.IPv4(127, 0, 0, byte(i+1))}}
		client := http.Client{Transport: &http.Transport{DialContext: d.DialContext, DisableKeepAlives: true}}
		req, err := http.NewRequest("GET", "http://"+addr+"/healthz", nil)
		if err != nil {
			t.Fatal(err)
		}
		req.Header.Set("X-Forwarded-For", "6.6.6.6")
		res, err := client.Do(req)
		if err != nil {
			t.Fatal(err)
		}
		res.Body.Close()
	}
	if got := a.Server.ProxyDiagnosis(); len(got) != 4 || !strings.HasSuffix(got[3], ": 127.0.0.4") {
		t.Errorf("%q", got)
	}
}

func TestAListOfProxiesMustBeOne(t *testing.T) {
	for _, bad := range []string{"", "proxy", "10.0.0.0/33", "fe80::1%eth0", "::ffff:10.0.0.0/104"} {
		if _, err := apis.New(apitest.New(t).App, apis.Options{PublicURL: apitest.PublicURL, TrustedProxies: []string{bad}}); err == nil {
			t.Errorf("%q was taken", bad)
		}
	}
}
