package apis

import (
	"context"
	"slices"
	"strings"
	"time"

	"github.com/gofiber/fiber/v3"
	"go.opentelemetry.io/otel/attribute"
	otelcodes "go.opentelemetry.io/otel/codes"
	"go.opentelemetry.io/otel/propagation"
	"go.opentelemetry.io/otel/sdk/resource"
	sdk "go.opentelemetry.io/otel/sdk/trace"
	"go.opentelemetry.io/otel/trace"
)

// tracing sends a span for each request, and those within it, to a collector.
type tracing struct {
	provider *sdk.TracerProvider
	tracer   trace.Tracer
}

// startTracing makes the tracing of a server, nil without an endpoint: then no
// request passes any of this.
func (s *Server) startTracing(o Options) error {
	if o.OTLP == "" {
		return nil
	}
	to, err := newCollector(o.OTLP, o.OTLPHeaders, s.App.Log)
	if err != nil {
		return err
	}
	t := &tracing{provider: sdk.NewTracerProvider(
		sdk.WithBatcher(to),
		sdk.WithSampler(sdk.ParentBased(sdk.AlwaysSample())),
		sdk.WithResource(resource.NewSchemaless(
			attribute.String("service.name", "stormkeep"), attribute.String("service.version", o.Version))),
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
// one; one that the caller does not record is not recorded here either. Its name and
// attributes are the method, the route's template and the status: paths, queries,
// headers and bodies may hold secrets.
func (s *Server) trace(c fiber.Ctx) (err error) {
	if c.Locals(tracedKey) != nil {
		return c.Next() // routed again
	}
	c.Locals(tracedKey, true)
	ctx := propagation.TraceContext{}.Extract(c.Context(), carrier{c})
	ctx, span := s.tracing.tracer.Start(ctx, "request", trace.WithSpanKind(trace.SpanKindServer))
	c.SetContext(ctx)
	panics := true
	defer func() {
		method, route, status := s.metrics.name(c.Method(), routeOf(c)), routeOf(c), c.Response().StatusCode()
		if panics {
			status = fiber.StatusInternalServerError // which observe will answer
		}
		span.SetName(method + " " + route)
		span.SetAttributes(attribute.String("http.request.method", method), attribute.String("http.route", route),
			attribute.Int("http.response.status_code", status), attribute.String("stormkeep.request_id", requestID(c)))
		if status >= 500 {
			span.SetStatus(otelcodes.Error, "")
		}
		span.End()
	}()
	if err = c.Next(); err != nil {
		err = s.writeError(c, err)
	}
	panics = false
	return err
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
