package apis_test

import (
	"bytes"
	"compress/gzip"
	"context"
	"encoding/json"
	"errors"
	"io"
	"net"
	"net/http"
	"net/http/httptest"
	"slices"
	"strings"
	"sync"
	"testing"

	"github.com/gofiber/fiber/v3"

	"github.com/stormkeep/stormkeep/apis"
	"github.com/stormkeep/stormkeep/apis/apitest"
	"github.com/stormkeep/stormkeep/core"
	"github.com/stormkeep/stormkeep/core/store/mem"
)

// received is what a collector reads: the fields of OTLP that may come, in the form
// of its JSON. Others are refused, though a collector would ignore them.
type received struct {
	ResourceSpans []struct {
		Resource   struct{ Attributes []attribute }
		ScopeSpans []struct {
			Scope struct{ Name string }
			Spans []span
		}
	}
}

type span struct {
	TraceID, SpanID, ParentSpanID, Name string
	Flags                               uint32
	Kind                                int
	Start                               int64 `json:"startTimeUnixNano,string"`
	End                                 int64 `json:"endTimeUnixNano,string"`
	Attributes                          []attribute
	Status                              struct{ Code int }
}

type attribute struct {
	Key   string
	Value map[string]string // of the kind to the value: integers are text too
}

// traced is a served API whose traces go to a collector; end stops it and gives all
// spans that came.
func traced(t *testing.T) (a *apitest.API, addr string, end func() []span) {
	t.Helper()
	var mu sync.Mutex
	var spans []span
	var raw strings.Builder
	c := httptest.NewServer(http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		var in received
		b, err := unzipped(r)
		if err == nil {
			dec := json.NewDecoder(bytes.NewReader(b))
			dec.DisallowUnknownFields()
			err = dec.Decode(&in)
		}
		if err != nil || r.Method+r.URL.Path+r.Header.Get("Content-Type")+r.Header.Get("X-Key") != "POST/v1/tracesapplication/jsonof us" {
			t.Errorf("%s %s %v: %v: %s", r.Method, r.URL.Path, r.Header, err, b)
		}
		mu.Lock()
		defer mu.Unlock()
		raw.Write(b)
		for _, res := range in.ResourceSpans {
			if got := attributes(res.Resource.Attributes); got["service.name"] != "stormkeep" || got["service.version"] != "v9" {
				t.Errorf("sent by %v", got)
			}
			for _, scope := range res.ScopeSpans {
				spans = append(spans, scope.Spans...)
			}
		}
	}))
	t.Cleanup(c.Close)
	a = api(t)
	srv, err := apis.New(a.App, apis.Options{PublicURL: apitest.PublicURL, OTLP: c.URL, OTLPHeaders: "x-key=of%20us", Version: "v9"})
	if err != nil {
		t.Fatal(err)
	}
	srv.Fiber().Get("/panics", func(fiber.Ctx) error { panic("once") })
	ln, err := net.Listen("tcp", "127.0.0.1:0")
	if err != nil {
		t.Fatal(err)
	}
	ctx, stop := context.WithCancel(context.Background())
	t.Cleanup(stop)
	done := make(chan error, 1)
	go func() { done <- srv.Serve(ctx, ln) }()
	return a, ln.Addr().String(), func() []span {
		stop()
		if err := <-done; err != nil {
			t.Error(err)
		}
		mu.Lock()
		defer mu.Unlock()
		for _, s := range sung {
			if strings.Contains(raw.String(), s) {
				t.Errorf("%q is in the traces", s)
			}
		}
		return spans
	}
}

func unzipped(r *http.Request) ([]byte, error) {
	if r.Header.Get("Content-Encoding") != "gzip" {
		return nil, errors.New("not gzip")
	}
	z, err := gzip.NewReader(r.Body)
	if err != nil {
		return nil, err
	}
	return io.ReadAll(z)
}

// attributes are values as text, those of another kind than text with it in front.
func attributes(of []attribute) map[string]string {
	all := map[string]string{}
	for _, kv := range of {
		for kind, value := range kv.Value {
			all[kv.Key] = strings.TrimPrefix(kind+":"+value, "stringValue:")
		}
	}
	return all
}

func names(spans []span) string {
	var all []string
	for _, s := range spans {
		all = append(all, s.Name)
	}
	slices.Sort(all)
	return strings.Join(all, ", ")
}

func TestARequestIsASpanInItsCallersTrace(t *testing.T) {
	a, addr, end := traced(t)
	const trace, parent = "4bf92f3577b34da6a3ce929d0e0e4736", "00f067aa0ba902b7"
	req, err := http.NewRequest("POST", a.Fill("http://"+addr+"/v1/applications/{app}/loginAttempts?token="+canary),
		strings.NewReader(`{"type":"basic","value":"`+sung[2]+`"}`))
	if err != nil {
		t.Fatal(err)
	}
	for name, value := range map[string]string{"Authorization": a.Keys["owner"].Basic(), "Content-Type": "application/json", "Cookie": "access_token=" + canary,
		"Traceparent": "00-" + trace + "-" + parent + "-01", "User-Agent": canary} {
		req.Header.Set(name, value)
	}
	res, err := http.DefaultClient.Do(req)
	if err != nil {
		t.Fatal(err)
	}
	res.Body.Close()
	fetch(t, "http://"+addr+"/v1/accounts/"+canary, "Authorization", a.Keys["owner"].Basic())
	fetch(t, "http://"+addr+"/"+canary)
	fetch(t, "http://"+addr+"/panics", "Tracestate", "x="+canary)
	spans := end()
	for _, s := range spans {
		at := attributes(s.Attributes)
		switch s.Name {
		case "POST /v1/applications/:id/loginAttempts":
			if s.TraceID != trace || s.ParentSpanID != parent || s.Kind != 2 || s.Flags != 0x301 || s.Status.Code != 0 ||
				at["http.route"] != "/v1/applications/:id/loginAttempts" || at["http.response.status_code"] != "intValue:400" ||
				at["stormkeep.request_id"] != res.Header.Get("Stormpath-Request-Id") || len(at) != 4 {
				t.Errorf("%+v", s)
			}
			for _, child := range spans {
				if child.Name == "hash" || child.Name == "commit" {
					if child.TraceID != trace || child.ParentSpanID != s.SpanID || child.Kind != 1 || child.Flags != 0x101 || child.Start < s.Start || child.End > s.End || child.End < child.Start {
						t.Errorf("%s is not within the request: %+v", child.Name, child)
					}
				}
			}
		case "GET /panics":
			if s.Status.Code != 2 || at["http.response.status_code"] != "intValue:500" {
				t.Errorf("%+v", s)
			}
		case "GET none":
			if s.TraceID == trace || len(s.TraceID) != 32 || len(s.SpanID) != 16 || s.ParentSpanID != "" || s.Status.Code != 0 {
				t.Errorf("%+v", s)
			}
		}
	}
	if got, want := names(spans), "GET /panics, GET /v1/accounts/:id, GET none, POST /v1/applications/:id/loginAttempts, commit, hash"; got != want {
		t.Errorf("got %s, want %s", got, want)
	}
}

func TestWhatTheCallerDoesNotRecordIsNotRecorded(t *testing.T) {
	_, addr, end := traced(t)
	fetch(t, "http://"+addr+"/healthz", "Traceparent", "00-4bf92f3577b34da6a3ce929d0e0e4736-00f067aa0ba902b7-00")
	fetch(t, "http://"+addr+"/readyz", "Traceparent", "00-4bf92f3577b34da6a3ce929d0e0e4736-00f067aa0ba902b7-nonsense")
	if got := names(end()); got != "GET /readyz" {
		t.Errorf("got %s", got)
	}
}

func TestOneEndpointIsAnAddress(t *testing.T) {
	for endpoint, ok := range map[string]bool{"": true, "http://127.0.0.1:1": true, "https://c.example/x/traces": true, "collector:4318": false,
		"http://a:b@c": false, "http://c?x=1": false, "ftp://c": false} {
		_, err := apis.New(core.New(mem.Open()), apis.Options{PublicURL: apitest.PublicURL, OTLP: endpoint})
		if (err == nil) != ok {
			t.Errorf("%q: %v", endpoint, err)
		}
	}
}

func TestWithoutAnEndpointNothingIsTraced(t *testing.T) {
	if a := api(t); a.App.Span != nil {
		t.Error("a span would be made")
	}
}
