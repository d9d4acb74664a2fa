package apis

import (
	"bytes"
	"compress/gzip"
	"context"
	"errors"
	"io"
	"log/slog"
	"net/http"
	"net/http/httptest"
	"strings"
	"sync/atomic"
	"testing"
	"time"

	"go.opentelemetry.io/otel/attribute"
	otelcodes "go.opentelemetry.io/otel/codes"
	"go.opentelemetry.io/otel/sdk/instrumentation"
	"go.opentelemetry.io/otel/sdk/resource"
	sdk "go.opentelemetry.io/otel/sdk/trace"
	"go.opentelemetry.io/otel/sdk/trace/tracetest"
	"go.opentelemetry.io/otel/trace"
)

func TestACollectorIsAskedAgainOnlyWhereThatMayHelp(t *testing.T) {
	const no, later = "-", "1s or so"
	for _, row := range []struct {
		name   string
		answer func(http.ResponseWriter) // the first; the second is a 200
		waits  string
		err    string
		logs   string
	}{
		{"taken", func(w http.ResponseWriter) {}, no, "", ""},
		{"taken, said in protobuf", func(w http.ResponseWriter) { w.Write([]byte{0x0a, 0}) }, no, "", ""},
		{"taken in part", func(w http.ResponseWriter) {
			w.Write([]byte(`{"partialSuccess":{"rejectedSpans":"3","errorMessage":"too old"}}`))
		}, no, "", `spans=3 why="too old"`},
		{"taken in part, by number", func(w http.ResponseWriter) { w.Write([]byte(`{"partialSuccess":{"rejectedSpans":2}}`)) }, no, "", "spans=2"},
		{"taken with a warning", func(w http.ResponseWriter) { w.Write([]byte(`{"partialSuccess":{"errorMessage":"slow down"}}`)) }, no, "", "spans=0"},
		{"nothing refused", func(w http.ResponseWriter) { w.Write([]byte(`{"partialSuccess":{"rejectedSpans":"0"}}`)) }, no, "", ""},
		{"too many, for 7 s", func(w http.ResponseWriter) { w.Header().Set("Retry-After", "7"); w.WriteHeader(429) }, "7s", "", ""},
		{"away", func(w http.ResponseWriter) { w.WriteHeader(503) }, later, "", ""},
		{"a bad gateway", func(w http.ResponseWriter) { w.WriteHeader(502) }, later, "", ""},
		{"a slow gateway", func(w http.ResponseWriter) { w.WriteHeader(504) }, later, "", ""},
		{"away for longer than there is", func(w http.ResponseWriter) { w.Header().Set("Retry-After", "9999"); w.WriteHeader(503) }, no, "503", ""},
		{"cut off", func(http.ResponseWriter) { panic(http.ErrAbortHandler) }, later, "", ""},
		{"bad data", func(w http.ResponseWriter) { http.Error(w, "no such key"+strings.Repeat("!", 9999), 400) }, no, "no such key", ""},
		{"too large", func(w http.ResponseWriter) { w.WriteHeader(413) }, no, "413", ""},
		{"broken", func(w http.ResponseWriter) { w.WriteHeader(500) }, no, "500", ""},
		{"elsewhere", func(w http.ResponseWriter) { w.Header().Set("Location", "/else"); w.WriteHeader(302) }, no, "302", ""},
	} {
		t.Run(row.name, func(t *testing.T) {
			var asked atomic.Int32 // what is cut off may still be answered while it is asked again
			c := httptest.NewServer(http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
				if asked.Add(1) == 1 {
					row.answer(w)
				}
			}))
			defer c.Close()
			var logs bytes.Buffer
			k, err := newCollector(c.URL, "", slog.New(slog.NewTextHandler(&logs, nil)))
			if err != nil {
				t.Fatal(err)
			}
			waits := no
			k.pause = func(_ context.Context, d time.Duration) error {
				if waits = d.String(); d >= time.Second/2 && d < 2*time.Second {
					waits = later
				}
				return nil
			}
			err = k.send(t.Context(), []byte("{}"))
			if waits != row.waits || asked.Load() == 2 != (waits != no) || (err == nil) != (row.err == "") ||
				err != nil && (!strings.Contains(err.Error(), row.err) || len(err.Error()) > 2*otlpSaid) {
				t.Errorf("asked %d times, waited %s, %v", asked.Load(), waits, err)
			}
			if !strings.Contains(logs.String(), row.logs) || (logs.Len() == 0) != (row.logs == "") {
				t.Errorf("logged %s", &logs)
			}
		})
	}
}

func TestNobodyWaitsForACollectorOnceToldToStop(t *testing.T) {
	c := httptest.NewServer(http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) { w.WriteHeader(503) }))
	defer c.Close()
	k, err := newCollector(c.URL, "", slog.New(slog.DiscardHandler))
	if err != nil {
		t.Fatal(err)
	}
	ctx, cancel := context.WithCancel(context.Background())
	k.pause = func(ctx context.Context, _ time.Duration) error { cancel(); return pause(ctx, time.Hour) }
	if err := k.send(ctx, nil); err == nil || !strings.Contains(err.Error(), "503") {
		t.Errorf("got %v", err)
	}
	if err := pause(context.Background(), 1); err != nil {
		t.Error(err)
	}
	if err := pause(ctx, time.Hour); !errors.Is(err, context.Canceled) {
		t.Error(err)
	}
}

func TestHeadersForACollectorAreThoseOfTheEnvironment(t *testing.T) {
	for text, want := range map[string]string{"": "", "authorization=Bearer%20x": "Bearer x", " a=b , Authorization = y ,": "y", "authorization=a=b": "a=b",
		"authorization": "error", "=x": "error", "authorization=%zz": "error"} {
		k, err := newCollector("http://c", text, nil)
		switch {
		case want == "error" && err == nil, want != "error" && (err != nil || k.header.Get("Authorization") != want):
			t.Errorf("%q: %v", text, err)
		case err != nil && strings.Contains(err.Error(), "zz"):
			t.Errorf("%v says what it was given", err)
		}
	}
}

func TestRetryAfterIsSecondsOrADate(t *testing.T) {
	for value, want := range map[string]time.Duration{"": 0, "0": 0, "3": 3 * time.Second, "-1": 0, "x": 0, "99999999999999": 0,
		"Wed, 21 Oct 2015 07:28:00 GMT": 0} {
		if got := askedPause(value); got != want {
			t.Errorf("%q: got %s, want %s", value, got, want)
		}
	}
	if got := askedPause("Fri, 31 Dec 2100 23:59:59 GMT"); got < time.Hour {
		t.Errorf("a date to come: %s", got)
	}
}

func TestASpanIsWrittenAsOTLPSaysIt(t *testing.T) {
	up := trace.SpanContextConfig{TraceID: trace.TraceID{0x5b, 15: 1}, SpanID: trace.SpanID{0xee, 7: 2}, TraceFlags: trace.FlagsSampled, Remote: true}
	own := up
	own.SpanID, own.Remote = trace.SpanID{0xab, 7: 3}, false
	own.TraceState, _ = trace.ParseTraceState("a=secret")
	from := resource.NewSchemaless(attribute.String("service.name", "x"))
	spans := tracetest.SpanStubs{
		{Name: "GET /x", SpanContext: trace.NewSpanContext(own), Parent: trace.NewSpanContext(up), SpanKind: trace.SpanKindServer,
			StartTime: time.Unix(1, 2), EndTime: time.Unix(1700000000, 1), Status: sdk.Status{Code: otelcodes.Error, Description: "secret"}, Resource: from,
			Attributes:           []attribute.KeyValue{attribute.String("s", ""), attribute.Int("i", 1<<53+1), attribute.Int("z", 0), attribute.Bool("b", true)},
			Events:               []sdk.Event{{Name: "exception", Attributes: []attribute.KeyValue{attribute.String("exception.message", "secret")}}},
			InstrumentationScope: instrumentation.Scope{Name: "of"}},
		{Name: "y", SpanContext: trace.NewSpanContext(own), SpanKind: trace.SpanKindInternal, StartTime: time.Unix(1, 0), EndTime: time.Unix(2, 0),
			Resource: from, InstrumentationScope: instrumentation.Scope{Name: "of"}},
	}.Snapshots()
	k, err := newCollector("http://c", "", nil)
	if err != nil {
		t.Fatal(err)
	}
	for range 2 { // the second with what the first left
		body, err := k.pack(spans)
		if err != nil {
			t.Fatal(err)
		}
		z, err := gzip.NewReader(bytes.NewReader(body))
		if err != nil {
			t.Fatal(err)
		}
		got, err := io.ReadAll(z)
		const want = `{"resourceSpans":[{"resource":{"attributes":[{"key":"service.name","value":{"stringValue":"x"}}]},"scopeSpans":[{"scope":{"name":"of"},"spans":[` +
			`{"traceId":"5b000000000000000000000000000001","spanId":"ab00000000000003","parentSpanId":"ee00000000000002","flags":769,"name":"GET /x","kind":2,` +
			`"startTimeUnixNano":"1000000002","endTimeUnixNano":"1700000000000000001","attributes":[{"key":"s","value":{"stringValue":""}},` +
			`{"key":"i","value":{"intValue":"9007199254740993"}},{"key":"z","value":{"intValue":"0"}},{"key":"b","value":{"stringValue":"true"}}],"status":{"code":2}},` +
			`{"traceId":"5b000000000000000000000000000001","spanId":"ab00000000000003","flags":257,"name":"y","kind":1,` +
			`"startTimeUnixNano":"1000000000","endTimeUnixNano":"2000000000","status":{}}]}]}]}` + "\n"
		if err != nil || string(got) != want {
			t.Errorf("%v\ngot  %s\nwant %s", err, got, want)
		}
	}
}
