package apis

import (
	"cmp"
	"maps"
	"runtime"
	"slices"
	"strconv"
	"sync/atomic"
	"time"

	"github.com/gofiber/fiber/v3"

	"github.com/stormkeep/stormkeep/core/meter"
)

// metrics counts what a server does. Its series are those of the routes' templates,
// of statuses that are listed and of names in this program, never of what a caller
// sent or of a tenant, so that there are no more of them however it is used.
type metrics struct {
	began   time.Time
	version string
	routes  atomic.Pointer[map[routeKey]*traffic]
	none    *traffic // of requests that no route took
	limits  [len(refusals)]atomic.Uint64
}

type routeKey struct{ method, path string }

// traffic is the requests of one route. One is counted without a lock, in about a
// fifth of a microsecond.
type traffic struct {
	took   *meter.Histogram
	status [len(statusCodes) + 1]atomic.Uint64 // the last is of all others
}

// statusCodes are the ones told apart.
var statusCodes = [...]int{200, 201, 202, 204, 206, 301, 302, 303, 304, 307, 308, 400, 401, 403, 404, 405, 406, 408, 409, 410,
	411, 412, 413, 414, 415, 429, 431, 500, 501, 502, 503, 504}

// refusals are the limits that may have refused a request.
var refusals = [...]string{"source", "account", "key", "connection", "setup", "body", "other"}

func newTraffic() *traffic {
	ms := int64(time.Millisecond)
	return &traffic{took: meter.New(ms/4, ms, 2*ms+ms/2, 5*ms, 10*ms, 25*ms, 50*ms, 100*ms, 250*ms, 500*ms, 1000*ms, 2500*ms, 10_000*ms)}
}

func newMetrics(began time.Time, version string) *metrics {
	return &metrics{began: began, version: version, none: newTraffic()}
}

// know makes the series of the routes. A HEAD counts as the GET it is one of.
func (m *metrics) know(routes []fiber.Route) {
	all := map[routeKey]*traffic{}
	for _, rt := range routes {
		if rt.Method != fiber.MethodHead {
			all[routeKey{rt.Method, rt.Path}] = newTraffic()
		}
	}
	m.routes.Store(&all)
}

func (m *metrics) of(method, path string) *traffic {
	if method == fiber.MethodHead {
		method = fiber.MethodGet
	}
	if all := m.routes.Load(); all != nil {
		if t := (*all)[routeKey{method, path}]; t != nil {
			return t
		}
	}
	return m.none
}

// name is a method as it is told: one that no route has is not repeated.
func (m *metrics) name(method, path string) string {
	if m.of(method, path) == m.none && !slices.Contains(fiber.DefaultMethods, method) {
		return "_OTHER"
	}
	return method
}

// served counts an answered request by its route's template.
func (m *metrics) served(method, path string, status int, took time.Duration) {
	t := m.of(method, path)
	t.took.Add(int64(took))
	t.count(status)
}

// unread counts a request that could not be read.
func (m *metrics) unread(status int) { m.none.count(status) }

func (t *traffic) count(status int) {
	i := 0
	for i < len(statusCodes) && statusCodes[i] != status {
		i++
	}
	t.status[i].Add(1)
}

// refused counts a request that a limit refused. kind is one of refusals.
func (m *metrics) refused(kind string) {
	i := 0
	for i < len(refusals)-1 && refusals[i] != kind {
		i++
	}
	m.limits[i].Add(1)
}

// write writes what the server itself has counted.
func (m *metrics) write(x *exposition) {
	x.family("stormkeep_build_info", gauge, "Always 1; its labels tell what was built.")
	x.sample("stormkeep_build_info", 1, "version", m.version, "go", runtime.Version())
	x.one("stormkeep_start_time_seconds", gauge, "When the server was started, in Unix time.", float64(m.began.UnixMilli())/1e3)
	x.family("stormkeep_http_requests_total", counter, "Requests answered, by the template of their route.")
	m.each(func(k routeKey, t *traffic) {
		for i := range t.status {
			n := t.status[i].Load()
			if n == 0 {
				continue
			}
			status := "other"
			if i < len(statusCodes) {
				status = strconv.Itoa(statusCodes[i])
			}
			x.sample("stormkeep_http_requests_total", float64(n), "method", k.method, "route", k.path, "status", status)
		}
	})
	x.family("stormkeep_http_request_seconds", histogram, "How long requests took that could be read, until their answer was made.")
	m.each(func(k routeKey, t *traffic) {
		if r := t.took.Read(); r.Count > 0 {
			x.histogram("stormkeep_http_request_seconds", r, 1e9, "method", k.method, "route", k.path)
		}
	})
	x.family("stormkeep_limit_refusals_total", counter, "Requests that a limit refused.")
	for i, kind := range refusals {
		x.sample("stormkeep_limit_refusals_total", float64(m.limits[i].Load()), "limit", kind)
	}
}

// each goes through the series in an order that stays.
func (m *metrics) each(fn func(routeKey, *traffic)) {
	fn(routeKey{"any", "none"}, m.none)
	if all := m.routes.Load(); all != nil {
		keys := slices.SortedFunc(maps.Keys(*all), func(a, b routeKey) int {
			return cmp.Or(cmp.Compare(a.path, b.path), cmp.Compare(a.method, b.method))
		})
		for _, k := range keys {
			fn(k, (*all)[k])
		}
	}
}
