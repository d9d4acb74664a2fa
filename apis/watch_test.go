package apis_test

import (
	"context"
	"io"
	"net"
	"net/http"
	"path/filepath"
	"regexp"
	"strconv"
	"strings"
	"testing"

	"github.com/stormkeep/stormkeep/apis"
	"github.com/stormkeep/stormkeep/apis/apitest"
	"github.com/stormkeep/stormkeep/core/store/bolt"
)

// onBolt is an API on the engine of the released binary.
func onBolt(t testing.TB) *apitest.API {
	t.Helper()
	s, err := bolt.Open(filepath.Join(t.TempDir(), "db"), bolt.Options{})
	if err != nil {
		t.Fatal(err)
	}
	return apitest.On(t, s)
}

// fetch reads a page from a socket, with headers.
func fetch(t testing.TB, url string, header ...string) (status int, body string) {
	t.Helper()
	req, err := http.NewRequest("GET", url, nil)
	if err != nil {
		t.Fatal(err)
	}
	for i := 0; i < len(header); i += 2 {
		if req.Header.Set(header[i], header[i+1]); header[i] == "Host" {
			req.Host = header[i+1]
		}
	}
	res, err := http.DefaultClient.Do(req)
	if err != nil {
		t.Fatal(err)
	}
	defer res.Body.Close()
	b, err := io.ReadAll(res.Body)
	if err != nil {
		t.Fatal(err)
	}
	return res.StatusCode, string(b)
}

// value is that of a series in an exposition, -1 if it is not there.
func value(page, series string) float64 {
	for line := range strings.Lines(page) {
		if text, ok := strings.CutPrefix(line, series+" "); ok {
			n, err := strconv.ParseFloat(strings.TrimSpace(text), 64)
			if err == nil {
				return n
			}
		}
	}
	return -1
}

func TestMetricsAreForThisMachine(t *testing.T) {
	a := api(t)
	addr := a.Listen(t)
	for _, c := range []struct {
		name   string
		header []string
		status int
	}{
		{"direct", nil, 200},
		{"through a proxy", []string{"X-Forwarded-For", "192.0.2.1"}, 404},
		{"through a proxy that follows RFC 7239", []string{"Forwarded", "for=192.0.2.1"}, 404},
		{"through a proxy that names itself", []string{"Via", "1.1 proxy"}, 404},
		{"under another name, as a page in a browser would", []string{"Host", "evil.example"}, 404},
		{"under the public name", []string{"Host", "id.example.com"}, 404},
	} {
		if status, body := fetch(t, "http://"+addr+"/metrics", c.header...); status != c.status {
			t.Errorf("%s: %d %s", c.name, status, body)
		}
	}
	if got := apitest.Raw(t, addr, "GET /metrics HTTP/1.0\r\nHost: localhost\r\n\r\n"); !strings.Contains(got, "404 Not Found") {
		t.Errorf("by HTTP/1.0, as proxies speak it: %s", got)
	}
	if got := a.Do(t, "nobody", "GET", "/metrics", "", nil).Status; got != 404 {
		t.Errorf("from an address that is not this machine's: %d", got)
	}
}

func TestMetricsOnAnAddressOfTheirOwnAreThereOnly(t *testing.T) {
	a := api(t)
	srv, err := apis.New(a.App, apis.Options{PublicURL: apitest.PublicURL, Apart: true})
	if err != nil {
		t.Fatal(err)
	}
	a.Server = srv
	main := a.Listen(t)
	ln, err := net.Listen("tcp", "127.0.0.1:0")
	if err != nil {
		t.Fatal(err)
	}
	ctx, stop := context.WithCancel(context.Background())
	done := make(chan error)
	go func() { done <- srv.ServeMetrics(ctx, ln) }()
	apart := ln.Addr().String()
	for url, want := range map[string]int{main + "/metrics": 404, apart + "/metrics": 200, apart + "/healthz": 200, apart + "/readyz": 200,
		apart + "/v1/tenants/current": 404, apart + "/": 404, main + "/healthz": 200} {
		if status, body := fetch(t, "http://"+url, "X-Forwarded-For", "192.0.2.1"); status != want {
			t.Errorf("%s: %d %s", url, status, body)
		}
	}
	stop()
	if err := <-done; err != nil {
		t.Error(err)
	}
}

func TestMetricsTellWhatWasDone(t *testing.T) {
	a := onBolt(t)
	addr := a.Listen(t)
	page := func() string {
		status, body := fetch(t, "http://"+addr+"/metrics")
		if status != 200 {
			t.Fatalf("%d %s", status, body)
		}
		return body
	}
	before := page()
	a.Do(t, "", "GET", "/v1/accounts/{ann}?expand=directory", "", nil)
	a.Do(t, "", "GET", "/v1/accounts/missing", "", nil)
	a.Do(t, "nobody", "GET", "/v1/accounts/{ann}", "", nil)
	a.Do(t, "", "GET", "/nowhere/canary", "", nil)
	a.Do(t, "", "POST", "/v1/applications/{app}/loginAttempts", `{"type":"basic","value":"YW5uOndyb25n"}`, nil)
	after := page()
	for series, more := range map[string]float64{
		`stormkeep_http_requests_total{method="GET",route="/v1/accounts/:id",status="200"}`:                    1,
		`stormkeep_http_requests_total{method="GET",route="/v1/accounts/:id",status="404"}`:                    1,
		`stormkeep_http_request_seconds_count{method="POST",route="/v1/applications/:id/loginAttempts"}`:       1,
		`stormkeep_http_requests_total{method="POST",route="/v1/applications/:id/loginAttempts",status="400"}`: 1,
		`stormkeep_http_requests_total{method="any",route="none",status="401"}`:                                1,
		`stormkeep_http_requests_total{method="any",route="none",status="404"}`:                                1,
		`stormkeep_logins_total{result="wrong_password"}`:                                                      1,
		`stormkeep_logins_total{result="success"}`:                                                             0,
		`stormkeep_password_hashes_total`:                                                                      1,
		`stormkeep_commit_seconds_count`:                                                                       1,
		`stormkeep_commit_failures_total`:                                                                      0,
		`stormkeep_password_refused_total`:                                                                     0,
		`stormkeep_http_requests_total{method="GET",route="/v1/accounts/:id/customData/:key",status="200"}`:    0,
	} {
		if got := max(value(after, series), 0) - max(value(before, series), 0); got != more {
			t.Errorf("%s rose by %v, want %v", series, got, more)
		}
	}
	for _, series := range []string{"stormkeep_store_bytes", "stormkeep_store_free_bytes", "stormkeep_open_connections", "stormkeep_ready",
		"stormkeep_password_slots", "stormkeep_start_time_seconds", "go_goroutines", "process_resident_memory_bytes"} {
		if value(after, series) <= 0 {
			t.Errorf("%s is %v", series, value(after, series))
		}
	}
	for _, series := range []string{"stormkeep_outbox_unheard", "stormkeep_outbox_oldest_seconds", "stormkeep_jobs_dead", "stormkeep_jobs_pending", "stormkeep_jobs_late_seconds", "stormkeep_mails_pending", "stormkeep_mails_oldest_seconds"} {
		if value(after, series) < 0 {
			t.Errorf("there is no %s", series)
		}
	}
	for _, private := range []string{"canary", a.Vars["ann"], string(a.Tenant), "ann@example.com"} {
		if strings.Contains(after, private) {
			t.Errorf("the metrics hold %q", private)
		}
	}
	_, handbook := fetch(t, "http://"+addr+"/console/docs/watching")
	for _, family := range regexp.MustCompile(`# TYPE (stormkeep_\w+)`).FindAllStringSubmatch(after, -1) {
		if !strings.Contains(handbook, "`"+family[1]+"`") {
			t.Errorf("the handbook does not tell of %s", family[1])
		}
	}
	line := regexp.MustCompile(`^(# (HELP|TYPE) [a-z_]+ .+|[a-z_]+(\{[a-z_]+="([^"\\\n]|\\.)*"(,[a-z_]+="([^"\\\n]|\\.)*")*\})? -?([0-9.e+-]+|\+Inf|NaN))\n$`)
	for l := range strings.Lines(after) {
		if strings.Contains(l, "stormkeep_") && !line.MatchString(l) {
			t.Errorf("no line of Prometheus' text format: %q", l)
		}
	}
}
