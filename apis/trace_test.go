package apis_test

import (
	"context"
	"encoding/hex"
	"io"
	"net"
	"net/http"
	"net/http/httptest"
	"slices"
	"strings"
	"sync"
	"testing"

	collector "go.opentelemetry.io/proto/otlp/collector/trace/v1"
	otlp "go.opentelemetry.io/proto/otlp/trace/v1"
	"google.golang.org/protobuf/proto"

	"github.com/stormkeep/stormkeep/apis"
	"github.com/stormkeep/stormkeep/apis/apitest"
	"github.com/stormkeep/stormkeep/core"
	"github.com/stormkeep/stormkeep/core/store/mem"
)

// traced is a served API whose traces go to a collector; end stops it and gives all
// spans that came.
func traced(t *testing.T) (a *apitest.API, addr string, end func() []*otlp.Span) {
	t.Helper()
	var mu sync.Mutex
	var spans []*otlp.Span
	var raw strings.Builder
	c := httptest.NewServer(http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		b, err := io.ReadAll(r.Body)
		in := &collector.ExportTraceServiceRequest{}
		if err == nil {
			err = proto.Unmarshal(b, in)
		}
		if err != nil || r.URL.Path != "/v1/traces" {
			t.Errorf("%s: %v", r.URL.Path, err)
		}
		mu.Lock()
		defer mu.Unlock()
		raw.Write(b)
		for _, res := range in.ResourceSpans {
			for _, scope := range res.ScopeSpans {
				spans = append(spans, scope.Spans...)
			}
		}
	}))
	t.Cleanup(c.Close)
	a = api(t)
	srv, err := apis.New(a.App, apis.Options{PublicURL: apitest.PublicURL, OTLP: c.URL})
	if err != nil {
		t.Fatal(err)
	}
	ln, err := net.Listen("tcp", "127.0.0.1:0")
	if err != nil {
		t.Fatal(err)
	}
	ctx, stop := context.WithCancel(context.Background())
	t.Cleanup(stop)
	done := make(chan error, 1)
	go func() { done <- srv.Serve(ctx, ln) }()
	return a, ln.Addr().String(), func() []*otlp.Span {
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

func attributes(s *otlp.Span) map[string]string {
	all := map[string]string{}
	for _, kv := range s.Attributes {
		all[kv.Key] = strings.Trim(strings.TrimPrefix(kv.Value.String(), "string_value:"), `"`)
	}
	return all
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
	spans := end()
	var names []string
	for _, s := range spans {
		names = append(names, s.Name)
		switch s.Name {
		case "POST /v1/applications/:id/loginAttempts":
			at := attributes(s)
			if hex.EncodeToString(s.TraceId) != trace || hex.EncodeToString(s.ParentSpanId) != parent || s.Kind != otlp.Span_SPAN_KIND_SERVER ||
				at["http.route"] != "/v1/applications/:id/loginAttempts" || at["http.response.status_code"] != "int_value:400" ||
				at["stormkeep.request_id"] != res.Header.Get("Stormpath-Request-Id") || len(at) != 4 {
				t.Errorf("%+v", s)
			}
			for _, child := range spans {
				if child.Name == "hash" || child.Name == "commit" {
					if string(child.ParentSpanId) != string(s.SpanId) || child.StartTimeUnixNano < s.StartTimeUnixNano || child.EndTimeUnixNano > s.EndTimeUnixNano {
						t.Errorf("%s is not within the request: %+v", child.Name, child)
					}
				}
			}
		}
	}
	slices.Sort(names)
	if got, want := strings.Join(names, ", "), "GET /, GET /v1/accounts/:id, POST /v1/applications/:id/loginAttempts, commit, hash"; got != want {
		t.Errorf("got %s, want %s", got, want)
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
