package apis

import (
	"cmp"
	"context"
	"fmt"
	"net/url"
	"slices"
	"strings"
	"time"

	"github.com/gofiber/fiber/v3"
	"go.opentelemetry.io/otel/attribute"
	otelcodes "go.opentelemetry.io/otel/codes"
	"go.opentelemetry.io/otel/exporters/otlp/otlptrace/otlptracehttp"
	"go.opentelemetry.io/otel/propagation"
	"go.opentelemetry.io/otel/sdk/resource"
	sdk "go.opentelemetry.io/otel/sdk/trace"
	"go.opentelemetry.io/otel/trace"

	"github.com/stormkeep/stormkeep/core"
)

// tracing sends a span for each request, and those within it, to a collector.
type tracing struct {
	provider *sdk.TracerProvider
	tracer   trace.Tracer
}

// startTracing makes the tracing of a server, nil without an endpoint: then no
// request passes any of this.
func (s *Server) startTracing(endpoint string) error {
	if endpoint == "" {
		return nil
	}
	u, err := url.Parse(endpoint)
	if err != nil || u.Host == "" || u.Scheme != "http" && u.Scheme != "https" || u.User != nil || u.RawQuery != "" {
		return fmt.Errorf("OTLP endpoint %q: it must look like http://collector:4318", endpoint)
	}
	u.Path = cmp.Or(strings.TrimSuffix(u.Path, "/"), "/v1/traces")
	exporter, err := otlptracehttp.New(context.Background(), otlptracehttp.WithEndpointURL(u.String()))
	if err != nil {
		return err
	}
	t := &tracing{provider: sdk.NewTracerProvider(
		sdk.WithBatcher(told{exporter, s.App}),
		sdk.WithSampler(sdk.ParentBased(sdk.AlwaysSample())),
		sdk.WithResource(resource.NewSchemaless(
			attribute.String("service.name", "stormkeep"), attribute.String("service.version", s.metrics.version))),
	)}
	t.tracer = t.provider.Tracer("github.com/stormkeep/stormkeep")
	s.tracing = t
	s.App.Span = func(ctx context.Context, name string) func() {
		if !trace.SpanContextFromContext(ctx).IsValid() {
			return func() {} // of a worker, whose spans nobody would find
		}
		_, span := t.tracer.Start(ctx, name)
		return func() { span.End() }
	}
	s.fiber.Use(s.trace)
	return nil
}

// trace is the span of a request, within its caller's where W3C's traceparent names
// one. Its name and attributes are the method, the route's template and the status:
// paths, queries, headers and bodies may hold secrets.
func (s *Server) trace(c fiber.Ctx) error {
	if c.Locals(tracedKey) != nil {
		return c.Next() // routed again
	}
	c.Locals(tracedKey, true)
	ctx := propagation.TraceContext{}.Extract(c.Context(), carrier{c})
	ctx, span := s.tracing.tracer.Start(ctx, "request", trace.WithSpanKind(trace.SpanKindServer))
	defer span.End()
	c.SetContext(ctx)
	if err := c.Next(); err != nil {
		if err = s.writeError(c, err); err != nil {
			return err
		}
	}
	method, route, status := s.metrics.name(c.Method(), c.FullPath()), c.FullPath(), c.Response().StatusCode()
	span.SetName(method + " " + route)
	span.SetAttributes(attribute.String("http.request.method", method), attribute.String("http.route", route),
		attribute.Int("http.response.status_code", status), attribute.String("stormkeep.request_id", requestID(c)))
	if status >= 500 {
		span.SetStatus(otelcodes.Error, "")
	}
	return nil
}

// stopTracing sends what is left, for a few seconds at most.
func (s *Server) stopTracing() {
	if s.tracing == nil {
		return
	}
	ctx, cancel := context.WithTimeout(context.Background(), 5*time.Second)
	defer cancel()
	if err := s.tracing.provider.Shutdown(ctx); err != nil {
		s.App.Log.Warn("traces were not sent", "err", err)
	}
}

// carrier reads the headers of a request as the propagation of traces wants them.
type carrier struct{ c fiber.Ctx }

// Get is a header's value, which outlives the request.
func (h carrier) Get(name string) string { return strings.Clone(h.c.Get(name)) }

// Set does nothing: nothing is propagated to an answer.
func (carrier) Set(string, string) {}

// Keys are the headers that are read.
func (carrier) Keys() []string { return slices.Clone(propagation.TraceContext{}.Fields()) }

// told logs what a collector does not take, in place of the library's own log.
type told struct {
	sdk.SpanExporter
	app *core.App
}

// ExportSpans sends spans. They are lost if the collector does not take them.
func (t told) ExportSpans(ctx context.Context, spans []sdk.ReadOnlySpan) error {
	if err := t.SpanExporter.ExportSpans(ctx, spans); err != nil {
		t.app.Log.Warn("traces were not sent", "spans", len(spans), "err", err)
	}
	return nil
}
