package apis

import (
	"bytes"
	"cmp"
	"compress/gzip"
	"context"
	"encoding/json"
	"errors"
	"fmt"
	"io"
	"log/slog"
	"math/rand/v2"
	"net/http"
	"net/url"
	"strconv"
	"strings"
	"time"

	"go.opentelemetry.io/otel/attribute"
	otelcodes "go.opentelemetry.io/otel/codes"
	sdk "go.opentelemetry.io/otel/sdk/trace"
)

// Bounds of sending. The specification of OTLP asks for limits, not for these.
const (
	otlpTry  = 10 * time.Second // for one answer
	otlpTime = 30 * time.Second // for a batch with its repetitions
	otlpSaid = 512              // bytes that are logged of what a collector says
)

// collector is an sdk.SpanExporter that sends spans as JSON over HTTP (OTLP 1.9,
// "OTLP/HTTP"). The library's own sends protobuf, which brings 10 MB of code along;
// collectors should take both on the same port.
type collector struct {
	url    string
	header http.Header
	log    *slog.Logger
	client http.Client
	zip    *gzip.Writer
	pause  func(context.Context, time.Duration) error
}

// The messages of OTLP in their JSON form: ids in hex, enums as numbers, 64-bit
// integers as text.
type (
	otlpRequest struct {
		ResourceSpans []otlpResource `json:"resourceSpans"`
	}
	otlpResource struct {
		Resource struct {
			Attributes []otlpAttribute `json:"attributes"`
		} `json:"resource"`
		ScopeSpans []otlpScope `json:"scopeSpans"`
	}
	otlpScope struct {
		Scope struct {
			Name string `json:"name"`
		} `json:"scope"`
		Spans []otlpSpan `json:"spans"`
	}
	otlpSpan struct {
		TraceID    string          `json:"traceId"`
		SpanID     string          `json:"spanId"`
		Parent     string          `json:"parentSpanId,omitempty"`
		Flags      uint32          `json:"flags"`
		Name       string          `json:"name"`
		Kind       int             `json:"kind"`
		Start      int64           `json:"startTimeUnixNano,string"`
		End        int64           `json:"endTimeUnixNano,string"`
		Attributes []otlpAttribute `json:"attributes,omitempty"`
		Status     otlpStatus      `json:"status"`
	}
	otlpStatus struct {
		Code int `json:"code,omitempty"`
	}
	otlpAttribute struct {
		Key   string    `json:"key"`
		Value otlpValue `json:"value"`
	}
	otlpValue struct {
		Text *string `json:"stringValue,omitempty"`
		Int  *int64  `json:"intValue,omitempty,string"`
	}
)

// newCollector is the collector at a URL, whose path is /v1/traces if it has none.
// headers are as in OTEL_EXPORTER_OTLP_HEADERS: name=value,name=value, the values
// percent-encoded.
func newCollector(endpoint, headers string, log *slog.Logger) (*collector, error) {
	u, err := url.Parse(endpoint)
	if err != nil || u.Host == "" || u.Scheme != "http" && u.Scheme != "https" || u.User != nil || u.RawQuery != "" {
		return nil, fmt.Errorf("OTLP endpoint %q: it must look like http://collector:4318", endpoint)
	}
	u.Path = cmp.Or(strings.TrimSuffix(u.Path, "/"), "/v1/traces")
	k := &collector{url: u.String(), header: http.Header{}, log: log, pause: pause}
	k.zip, _ = gzip.NewWriterLevel(nil, gzip.BestSpeed) // a level that there is
	k.client = http.Client{Timeout: otlpTry, CheckRedirect: func(*http.Request, []*http.Request) error {
		return http.ErrUseLastResponse // a POST may come out of a redirect as a GET
	}}
	for pair := range strings.SplitSeq(headers, ",") {
		name, value, ok := strings.Cut(strings.TrimSpace(pair), "=")
		value, err := url.PathUnescape(strings.TrimSpace(value))
		switch name = strings.TrimSpace(name); {
		case strings.TrimSpace(pair) == "":
		case !ok || name == "" || err != nil: // which may be a secret
			return nil, errors.New("OTLP headers: they must look like name=value,name=value, with values percent-encoded")
		default:
			k.header.Set(name, value)
		}
	}
	k.header.Set("Content-Type", "application/json")
	k.header.Set("Content-Encoding", "gzip")
	return k, nil
}

// ExportSpans sends spans, never twice at once. What the collector does not take is
// lost, and logged here rather than by the library.
func (k *collector) ExportSpans(ctx context.Context, spans []sdk.ReadOnlySpan) error {
	body, err := k.pack(spans)
	if err == nil {
		err = k.send(ctx, body)
	}
	if err != nil {
		k.log.Warn("traces were not sent", "spans", len(spans), "err", err)
	}
	return nil
}

// Shutdown has nothing to do: nothing is kept here.
func (k *collector) Shutdown(context.Context) error { return nil }

// send gives a body to the collector, again while it asks for patience and ctx lasts.
func (k *collector) send(ctx context.Context, body []byte) error {
	ctx, cancel := context.WithTimeout(ctx, otlpTime)
	defer cancel()
	for backoff := time.Second; ; backoff = min(2*backoff, otlpTry) {
		again, after, err := k.post(ctx, body)
		if err == nil || !again {
			return err
		}
		if after <= 0 {
			after = backoff/2 + rand.N(backoff)
		}
		if end, ok := ctx.Deadline(); ok && time.Until(end) < after || k.pause(ctx, after) != nil {
			return err
		}
	}
}

// pack is the body of a request: what the server makes of spans, without the events,
// links and tracestate that they might have, which are a caller's or a panic's words.
// All are of one provider and one tracer.
func (k *collector) pack(spans []sdk.ReadOnlySpan) ([]byte, error) {
	var scope otlpScope
	var all otlpResource
	for _, s := range spans {
		scope.Scope.Name = s.InstrumentationScope().Name
		all.Resource.Attributes = otlpAttributes(s.Resource().Attributes())
		scope.Spans = append(scope.Spans, otlpOf(s))
	}
	all.ScopeSpans = []otlpScope{scope}
	var b bytes.Buffer
	k.zip.Reset(&b)
	err := json.NewEncoder(k.zip).Encode(otlpRequest{[]otlpResource{all}})
	err = errors.Join(err, k.zip.Close())
	return b.Bytes(), err
}

// otlpOf is a span as it is sent. The library numbers kinds as OTLP does, and
// statuses otherwise.
func otlpOf(s sdk.ReadOnlySpan) otlpSpan {
	own := s.SpanContext()
	span := otlpSpan{TraceID: own.TraceID().String(), SpanID: own.SpanID().String(), Name: s.Name(), Kind: int(s.SpanKind()),
		Start: s.StartTime().UnixNano(), End: s.EndTime().UnixNano(), Attributes: otlpAttributes(s.Attributes()),
		Flags: uint32(own.TraceFlags()) | 1<<8} // it is known whether the parent is remote
	if up := s.Parent(); up.HasSpanID() {
		span.Parent = up.SpanID().String()
		if up.IsRemote() {
			span.Flags |= 1 << 9
		}
	}
	switch s.Status().Code {
	case otelcodes.Ok:
		span.Status.Code = 1
	case otelcodes.Error:
		span.Status.Code = 2
	}
	return span
}

// otlpAttributes are the integers as integers, and all else as text.
func otlpAttributes(of []attribute.KeyValue) []otlpAttribute {
	all := make([]otlpAttribute, 0, len(of))
	for _, kv := range of {
		var v otlpValue
		if kv.Value.Type() == attribute.INT64 {
			n := kv.Value.AsInt64()
			v.Int = &n
		} else {
			text := kv.Value.Emit()
			v.Text = &text
		}
		all = append(all, otlpAttribute{string(kv.Key), v})
	}
	return all
}

// post sends a body once. again says that it may be sent again, after a time if the
// collector named one.
func (k *collector) post(ctx context.Context, body []byte) (again bool, after time.Duration, err error) {
	req, err := http.NewRequestWithContext(ctx, http.MethodPost, k.url, bytes.NewReader(body))
	if err != nil {
		return false, 0, err
	}
	req.Header = k.header.Clone()
	res, err := k.client.Do(req)
	if err != nil {
		return true, 0, err // also where the connection broke: a span may then come twice
	}
	defer res.Body.Close()
	text, err := io.ReadAll(io.LimitReader(res.Body, 64<<10)) // to its end, for the connection's sake
	switch res.StatusCode {
	case http.StatusOK:
		k.partial(text)
		return false, 0, nil // taken, even if the rest of the answer is lost
	case http.StatusTooManyRequests, http.StatusBadGateway, http.StatusServiceUnavailable, http.StatusGatewayTimeout:
		return true, askedPause(res.Header.Get("Retry-After")), fmt.Errorf("the collector answered %s", res.Status)
	}
	return false, 0, errors.Join(fmt.Errorf("the collector answered %s: %.*s", res.Status, otlpSaid, text), err)
}

// partial logs what a collector says of spans that it took in part, or with a
// warning. It gets none of them again.
func (k *collector) partial(body []byte) {
	var told struct {
		Partial struct {
			Rejected json.Number `json:"rejectedSpans"`
			Message  string      `json:"errorMessage"`
		} `json:"partialSuccess"`
	}
	if json.Unmarshal(body, &told) != nil {
		return // an answer of another form is still a 200
	}
	if p := told.Partial; p.Message != "" || cmp.Or(p.Rejected, "0") != "0" {
		k.log.Warn("the collector refused spans", "spans", cmp.Or(p.Rejected, "0"), "why", fmt.Sprintf("%.*s", otlpSaid, p.Message))
	}
}

// askedPause reads seconds or a date (RFC 9110, section 10.2.3); 0 if it is neither
// or has passed.
func askedPause(value string) time.Duration {
	if n, err := strconv.ParseUint(value, 10, 31); err == nil {
		return time.Duration(n) * time.Second
	}
	if at, err := http.ParseTime(value); err == nil {
		return max(0, time.Until(at))
	}
	return 0
}

// pause waits, or says that ctx has ended.
func pause(ctx context.Context, d time.Duration) error {
	select {
	case <-ctx.Done():
		return ctx.Err()
	case <-time.After(d):
		return nil
	}
}
