package apis

import (
	"context"
	"fmt"
	"maps"
	"runtime/debug"
	"strings"
	"sync"
	"time"

	"github.com/valyala/fasthttp"
)

// chunked is the content length of a body that does not announce one.
const chunked = -1

// limits gives a request whose header has been read the time and the size that
// its route and its caller are allowed.
func (s *Server) limits(h *fasthttp.RequestHeader) fasthttp.RequestConfig {
	c := fasthttp.RequestConfig{ReadTimeout: bodyTime, MaxRequestBodySize: maxStranger}
	n := h.ContentLength()
	if n <= maxStranger && n != chunked {
		return c // whoever sends it
	}
	c.MaxRequestBodySize = s.allowed(h)
	if c.MaxRequestBodySize == maxCustom && (n > maxBody || n == chunked) && !s.bodies.take(h, time.Now()) {
		c.MaxRequestBodySize = maxBody
	}
	return c
}

// allowed is how large a body may be, in bytes, if there is room for it. It runs
// before any middleware: a panic in it would end the process.
func (s *Server) allowed(h *fasthttp.RequestHeader) (most int) {
	defer func() {
		if p := recover(); p != nil {
			s.App.Log.Error("panic", "where", "body limits", "panic", fmt.Sprint(p), "stack", string(debug.Stack()))
			most = maxStranger
		}
	}()
	path := target(string(h.RequestURI()))
	if path != "v1" && !strings.HasPrefix(path, "v1/") {
		return maxElsewhere
	}
	id, plain, ok := basic(string(h.Peek("Authorization")))
	if !ok {
		return maxStranger
	}
	if _, err := s.principal(context.Background(), id, plain); err != nil {
		return maxStranger
	}
	if bigBody(path) {
		return maxCustom
	}
	return maxBody
}

// crowded tells whether a body that was refused would have been taken had fewer
// others been on their way.
func (s *Server) crowded(h *fasthttp.RequestHeader) bool {
	n := h.ContentLength()
	return n > maxBody && n <= maxCustom && s.allowed(h) == maxCustom
}

// target is the path of a request line without its leading slashes, whether the
// line has a path or a whole URL (RFC 9112, section 3.2).
func target(uri string) string {
	if _, rest, whole := strings.Cut(uri, "://"); whole && !strings.HasPrefix(uri, "/") {
		_, uri, _ = strings.Cut(rest, "/")
	}
	path, _, _ := strings.Cut(strings.TrimLeft(uri, "/"), "?")
	return path
}

// bigBody tells whether a path takes custom data, alone or with its owner: all
// that creates or changes a noun that has it.
func bigBody(path string) bool {
	parts := strings.Split(strings.TrimRight(path, "/"), "/")
	if len(parts) < 2 || parts[0] != "v1" {
		return false
	}
	switch last := parts[len(parts)-1]; last {
	case "customData", "accounts", "groups", "directories", "applications":
		return true
	}
	if len(parts) != 3 {
		return false
	}
	switch parts[1] {
	case "tenants", "applications", "directories", "groups", "accounts":
		return true
	}
	return false
}

// bodies are the requests with big bodies that are in memory, and until when each
// may be. Not every end of a request that breaks off while it is read can be seen,
// so a place that nobody gives back becomes free by itself.
type bodies struct {
	mu    sync.Mutex
	until map[*fasthttp.RequestHeader]time.Time
}

// take finds a place for the body of a request, if there is one.
func (b *bodies) take(h *fasthttp.RequestHeader, now time.Time) bool {
	b.mu.Lock()
	defer b.mu.Unlock()
	maps.DeleteFunc(b.until, func(_ *fasthttp.RequestHeader, end time.Time) bool { return now.After(end) })
	delete(b.until, h) // of an earlier request of the same connection
	if len(b.until) >= maxBig {
		return false
	}
	if b.until == nil {
		b.until = map[*fasthttp.RequestHeader]time.Time{}
	}
	b.until[h] = now.Add(2 * bodyTime) // to be read, and to be handled
	return true
}

// free gives a place back and tells whether the request had one.
func (b *bodies) free(h *fasthttp.RequestHeader) bool {
	b.mu.Lock()
	defer b.mu.Unlock()
	_, had := b.until[h]
	delete(b.until, h)
	return had
}

// drop frees the place and the memory of a request's body, which nobody needs once
// the request has been handled: its answer may take long to be fetched.
func (s *Server) drop(r *fasthttp.Request) {
	if s.bodies.free(&r.Header) {
		r.ResetBody()
	}
}
