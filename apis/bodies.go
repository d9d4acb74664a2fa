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
	if b, ok := s.backupLimits(h); ok {
		return b
	}
	most, key := s.allowed(h)
	c.MaxRequestBodySize = s.room(h, most, key)
	return c
}

// room is how large a body may be if others are on their way. A signature covers
// the body, so that it can be checked only once all of it is in memory: whoever
// knows the id of a key, which is no secret, can have us read one. So such bodies
// are counted from the first byte until their signature has proved right, those of
// each key too: who fills the places of a key keeps out nobody but its owner. They
// hold 32 MiB at most, and 44 more where custom data may come; the places of those
// who show their secret at once stay free of them.
func (s *Server) room(h *fasthttp.RequestHeader, most int, key string) int {
	n, now := h.ContentLength(), time.Now()
	if key != "" && !s.unproved.take(h, now, maxUnproved, key, maxOfKey) {
		return maxStranger
	}
	if most < maxCustom || n != chunked && n <= maxBody {
		return most
	}
	group, ofGroup := "proved", maxBig
	if key != "" {
		group, ofGroup = "signed", maxBigSigned
	}
	if !s.bodies.take(h, now, maxBig, group, ofGroup) {
		return maxBody
	}
	return most
}

// allowed is how large a body may be, in bytes, if there is room for it, and whose
// key a caller names without having proved to be its holder. It runs before any
// middleware: a panic in it would end the process.
func (s *Server) allowed(h *fasthttp.RequestHeader) (most int, key string) {
	defer func() {
		if p := recover(); p != nil {
			s.App.Log.Error("panic", "where", "body limits", "panic", fmt.Sprint(p), "stack", string(debug.Stack()))
			most, key = maxStranger, ""
		}
	}()
	path := target(string(h.RequestURI()))
	if strings.HasPrefix("/"+path, uploadPath) && s.opensConsole(h) {
		return maxBody, ""
	}
	if path != "v1" && !strings.HasPrefix(path, "v1/") {
		if strings.HasPrefix(path, consoleAPI[1:]+"imports/") && s.opensConsole(h) {
			return maxBody, ""
		}
		return maxElsewhere, ""
	}
	most = maxBody
	if bigBody(path) {
		most = maxCustom
	}
	if id, plain, ok := basic(string(h.Peek("Authorization"))); ok {
		if _, err := s.principal(context.Background(), id, plain); err == nil {
			return most, ""
		}
	} else if d, ok := claimOf(h, s.App.Now()); ok {
		if _, err := s.holder(context.Background(), d.key); err == nil {
			return most, d.key
		}
	}
	if s.opensConsole(h) {
		return most, ""
	}
	return maxStranger, ""
}

// crowded tells whether a body that was refused would have been taken had fewer
// others been on their way.
func (s *Server) crowded(h *fasthttp.RequestHeader) bool {
	n := h.ContentLength()
	if n <= maxStranger {
		return false // or its length is not known
	}
	most, key := s.allowed(h)
	return n <= most && (n > maxBody || key != "")
}

// target is the path of a request line without its leading slashes.
func target(uri string) string {
	path, _, _ := strings.Cut(strings.TrimLeft(origin(uri), "/"), "?")
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
	case "customData", "accounts", "groups", "directories", "applications", "organizations":
		return true
	}
	if len(parts) != 3 {
		return false
	}
	switch parts[1] {
	case "tenants", "applications", "directories", "groups", "accounts", "organizations":
		return true
	}
	return false
}

// bodies are the requests with big bodies that are in memory, and until when each
// may be. Not every end of a request that breaks off while it is read can be seen,
// so a place that nobody gives back becomes free by itself.
type bodies struct {
	mu    sync.Mutex
	taken map[*fasthttp.RequestHeader]place
}

type place struct {
	until time.Time
	group string
}

// take finds one of so many places for the body of a request, and one of those of
// its group, if there are any.
func (b *bodies) take(h *fasthttp.RequestHeader, now time.Time, most int, group string, ofGroup int) bool {
	b.mu.Lock()
	defer b.mu.Unlock()
	maps.DeleteFunc(b.taken, func(_ *fasthttp.RequestHeader, p place) bool { return now.After(p.until) })
	delete(b.taken, h) // of an earlier request of the same connection
	alike := 0
	for _, p := range b.taken {
		if p.group == group {
			alike++
		}
	}
	if len(b.taken) >= most || alike >= ofGroup {
		return false
	}
	if b.taken == nil {
		b.taken = map[*fasthttp.RequestHeader]place{}
	}
	b.taken[h] = place{now.Add(2 * bodyTime), group} // to be read, and to be handled
	return true
}

// free gives a place back and tells whether the request had one.
func (b *bodies) free(h *fasthttp.RequestHeader) bool {
	b.mu.Lock()
	defer b.mu.Unlock()
	_, had := b.taken[h]
	delete(b.taken, h)
	return had
}

// drop frees the places and the memory of a request's body, which nobody needs once
// the request has been handled: its answer may take long to be fetched.
func (s *Server) drop(r *fasthttp.Request) {
	big, unproved := s.bodies.free(&r.Header), s.unproved.free(&r.Header)
	if big || unproved {
		r.ResetBody()
	}
}
