package apis

import (
	"fmt"
	"strings"
	"testing"
	"time"

	"github.com/gofiber/fiber/v3"
)

func TestSeriesAreBoundedWhateverIsAsked(t *testing.T) {
	m := newMetrics(time.Unix(1, 0), "v1")
	m.know([]fiber.Route{{Method: "GET", Path: "/v1/accounts/:id"}, {Method: "HEAD", Path: "/v1/accounts/:id"}})
	for i := range 10_000 {
		m.served("GET", "/v1/accounts/:id", 200, time.Millisecond)
		m.served("HEAD", "/v1/accounts/:id", 200, time.Millisecond)
		m.served(fmt.Sprint("M", i), fmt.Sprint("/", i), i, time.Second)
		m.refused(fmt.Sprint("kind", i))
	}
	m.refused("body")
	m.unread(431)
	x := &exposition{}
	m.write(x)
	for _, want := range []string{
		`stormkeep_build_info{version="v1",go="go`,
		"stormkeep_start_time_seconds 1\n",
		`stormkeep_http_requests_total{method="GET",route="/v1/accounts/:id",status="200"} 20000`,
		`stormkeep_http_request_seconds_count{method="GET",route="/v1/accounts/:id"} 20000`,
		`stormkeep_http_requests_total{method="any",route="none",status="431"} 2`,
		`stormkeep_http_requests_total{method="any",route="none",status="other"} 9968`,
		`stormkeep_limit_refusals_total{limit="other"} 10000`,
		`stormkeep_limit_refusals_total{limit="body"} 1`,
	} {
		if !strings.Contains(x.String(), want) {
			t.Errorf("no %s", want)
		}
	}
	if n := strings.Count(x.String(), "\n"); n > 120 {
		t.Errorf("%d lines", n)
	}
}

// What a request pays for being counted.
func BenchmarkServed(b *testing.B) {
	m := newMetrics(time.Now(), "")
	var routes []fiber.Route
	for i := range 200 {
		routes = append(routes, fiber.Route{Method: "GET", Path: fmt.Sprintf("/v1/applications/:id/things%d", i)})
	}
	m.know(routes)
	path := "/v1/applications/:id/things77"
	b.ReportAllocs()
	b.RunParallel(func(pb *testing.PB) {
		for pb.Next() {
			m.served("GET", path, 200, 3*time.Millisecond)
		}
	})
}
