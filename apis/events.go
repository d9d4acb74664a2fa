package apis

import (
	"bufio"
	"context"
	"encoding/json"
	"fmt"
	"net"
	"strconv"
	"strings"
	"time"

	"github.com/gofiber/fiber/v3"

	"github.com/stormkeep/stormkeep/core"
)

// The bounds of those who wait for events.
const (
	maxWait       = 30 * time.Second
	maxEvents     = 1000
	maxWaiting    = 20 // requests of one key that wait, streams among them
	maxWaitingAll = 2000
	heartbeat     = 15 * time.Second
	streamWrite   = 10 * time.Second // for a client to take what it is sent
)

// eventFields is an event as both feeds show it.
var eventFields = []core.ViewField{{Name: "id", Value: ""}, {Name: "type", Value: ""}, {Name: "timestamp", Value: core.Time{}}, {Name: "sequence", Value: 0},
	{Name: "record", Value: map[string]any{}}, {Name: "changed", Value: []string{}}}

// event is an event on the wire. It holds no more of its record than the names of what
// changed.
type event struct {
	ID        string    `json:"id"`
	Type      string    `json:"type"`
	Timestamp core.Time `json:"timestamp"`
	Sequence  uint64    `json:"sequence"`
	Record    *href     `json:"record"`
	Changed   []string  `json:"changed"`
}

type href struct {
	Href string `json:"href"`
}

// events serves the outbox: as a list that can be waited for, and as a stream of
// server-sent events.
func (s *Server) events() {
	s.route(Route{Method: fiber.MethodGet, Path: "/v1/events", Kind: "tenants", Status: 200, Summary: "Read the tenant's events after a sequence number, or wait for some",
		Filters: []string{"after", "types", "wait"}, Shows: "EventPage",
		Members: []core.ViewField{{Name: "href", Value: ""}, {Name: "last", Value: 0}, {Name: "more", Value: false}, {Name: "items", Value: []map[string]any{}}}},
		s.handle(readEvents))
	s.route(Route{Method: fiber.MethodGet, Path: "/v1/events/stream", Kind: "tenants", Status: 200, Filters: []string{"after", "types", "for"},
		Summary: "The tenant's events as server-sent events", Shows: "EventStream", Members: eventFields}, s.handle(streamEvents))
}

// EventID names an event for ever, also among those of other tenants.
func EventID(e core.Event) string {
	return "evt_" + string(e.Tenant) + "_" + strconv.FormatUint(e.Seq, 10)
}

// feed is what a request asks of the outbox.
type feed struct {
	after uint64
	from  bool // after was given
	types []string
	limit int
	span  time.Duration
}

// number is a query parameter that must be a whole number.
func (r *request) number(name string, fallback uint64) (uint64, error) {
	text := r.query.Get(name)
	if text == "" {
		return fallback, nil
	}
	n, err := strconv.ParseUint(text, 10, 63)
	if err != nil {
		return 0, queryError("bad_query_value", "The query parameter %q must be a whole number.", name)
	}
	return n, nil
}

func (r *request) feed(span string, most time.Duration) (f feed, err error) {
	for name := range r.page.where {
		if name != "after" && name != "types" && name != span {
			return f, queryError("unsupported_query", "%q is not a supported query property.", name)
		}
	}
	if f.after, err = r.number("after", 0); err != nil {
		return f, err
	}
	limit, err := r.number("limit", 100)
	if err != nil {
		return f, err
	}
	seconds, err := r.number(span, uint64(most/time.Second))
	if err != nil {
		return f, err
	}
	if limit == 0 {
		return f, queryError("bad_query_value", "The query parameter %q is out of range.", "limit")
	}
	f.limit, f.from = int(min(limit, maxEvents)), r.query.Get("after") != ""
	f.span = time.Duration(min(seconds, 1<<30)) * time.Second
	for typ := range strings.SplitSeq(r.query.Get("types"), ",") {
		if typ = strings.TrimSpace(typ); typ != "" {
			f.types = append(f.types, typ)
		}
	}
	if len(f.types) > 50 {
		return f, queryError("bad_query_value", "The query parameter %q names more than 50 types.", "types")
	}
	return f, nil
}

func (f *feed) wants(typ string) bool {
	for _, p := range f.types {
		if core.EventMatches(p, typ) {
			return true
		}
	}
	return len(f.types) == 0
}

// listener is who reads the outbox. It holds copies only, and outlives its request.
type listener struct {
	feed
	srv  *Server
	ctx  context.Context
	who  *principal
	base string
}

func (r *request) listener(f feed) *listener {
	return &listener{feed: f, srv: r.srv, ctx: core.As(context.Background(), r.who.actor), who: r.who, base: r.base}
}

// enter has it counted among those of its key who wait.
func (l *listener) enter() (ended <-chan struct{}, leave func(), err error) {
	return l.srv.waiting.enter(string(l.who.actor.Tenant)+"/"+string(l.who.actor.Key)+l.who.actor.Session, l.who.console != nil)
}

// look reads the wanted events after the listener's place, at most its limit, and goes
// on to the last that it saw. more says that it did not see all.
func (l *listener) look() (found []event, more bool, err error) {
	var last uint64
	err = l.srv.App.View(l.ctx, func(tx *core.Tx) error {
		found, more, last = []event{}, false, l.after
		gone, err := tx.Trimmed()
		if err != nil {
			return err
		}
		if l.from && l.after < gone {
			return core.Errorf(core.Invalid, "events_gone", "Events up to %d are no longer kept; the oldest there are follow after=%d.", gone, gone)
		}
		for e, err := range tx.Outbox(l.after) {
			if err != nil {
				return err
			}
			if l.wants(e.Type) {
				if more = len(found) == l.limit; more {
					return nil
				}
				found = append(found, l.event(e))
			}
			last = e.Seq
		}
		return nil
	})
	if err == nil && last > l.after {
		l.after, l.from = last, true
	}
	return found, more, err
}

func (l *listener) event(e core.Event) event {
	out := event{ID: EventID(e), Type: e.Type, Timestamp: e.At, Sequence: e.Seq, Changed: e.Fields}
	if e.Ref != "" {
		out.Record = &href{l.base + "/" + e.Ref.Path()}
	}
	if out.Changed == nil {
		out.Changed = []string{}
	}
	return out
}

// still refuses who may no longer do what it could when it began to wait.
func (l *listener) still() error {
	if l.who.console != nil {
		actor, err := l.srv.App.StillConsole(context.Background(), l.who.actor)
		l.ctx = core.As(context.Background(), actor)
		return err
	}
	if l.who.key == nil || l.srv.App.Authority() == l.who.authority {
		return nil // the machine has no key
	}
	p, err := l.srv.holder(context.Background(), string(l.who.key.ID))
	if err != nil {
		return err
	}
	who := *p
	who.actor.IP, who.actor.UserAgent, who.actor.RequestID = l.who.actor.IP, l.who.actor.UserAgent, l.who.actor.RequestID
	l.who, l.ctx = &who, core.As(context.Background(), who.actor)
	return nil
}

// await looks again with each commit that emitted something, until there is what is
// wanted, the time is over, or ended is closed.
func (l *listener) await(span time.Duration, ended <-chan struct{}) (found []event, more bool, err error) {
	timer := time.NewTimer(span)
	defer timer.Stop()
	for over := false; ; {
		next := l.srv.App.Events.Next(l.who.actor.Tenant)
		if err := l.still(); err != nil {
			return nil, false, err
		}
		if found, more, err = l.look(); err != nil || len(found) > 0 || over {
			return found, more, err
		}
		select {
		case <-next:
		case <-timer.C:
			over = true
		case <-ended:
			over = true
		}
	}
}

// readEvents answers with the events there are, or waits for the next.
func readEvents(r *request, _ string) error {
	f, err := r.feed("wait", 0)
	if err != nil {
		return err
	}
	l := r.listener(f)
	found, more, err := l.look()
	if err == nil && len(found) == 0 && f.span > 0 {
		ended, leave, full := l.enter()
		if full != nil {
			return full
		}
		defer leave()
		found, more, err = l.await(min(f.span, maxWait), ended)
	}
	if err != nil {
		return err
	}
	out, err := json.Marshal(map[string]any{"href": r.base + "/events", "last": l.after, "more": more, "items": found})
	if err != nil {
		return err
	}
	r.c.Set(fiber.HeaderCacheControl, "no-store")
	return send(r.c, out)
}

// streamEvents sends events as they come (WHATWG HTML, "Server-sent events"), until the
// caller hangs up, loses its authority, or the server stops. A client that comes back
// says where it was by Last-Event-ID; a new one gets what happens from now on.
func streamEvents(r *request, _ string) error {
	f, err := r.feed("for", 1<<30*time.Second)
	if err != nil {
		return err
	}
	f.limit = 100
	if id := r.c.Get("Last-Event-ID"); id != "" {
		f.from = true
		if f.after, err = strconv.ParseUint(id, 10, 63); err != nil {
			return queryError("bad_query_value", "The header Last-Event-ID must be a whole number.")
		}
	}
	l := r.listener(f)
	err = r.srv.App.View(l.ctx, func(tx *core.Tx) (err error) {
		last, err := tx.Sequence()
		if !f.from {
			l.after, l.from = last, true
		}
		return err
	})
	if err != nil {
		return err
	}
	first, _, err := l.look() // so that a place that is gone is refused by its status
	if err != nil {
		return err
	}
	ended, leave, err := l.enter()
	if err != nil {
		return err
	}
	r.c.Set(fiber.HeaderContentType, "text/event-stream")
	r.c.Set(fiber.HeaderCacheControl, "no-store, no-transform") // not compressed either: that would hold events back
	r.c.Set("X-Accel-Buffering", "no")                          // nor by a proxy
	conn := r.c.RequestCtx().Conn()
	return r.c.SendStreamWriter(func(w *bufio.Writer) {
		defer leave()
		l.stream(w, conn, first, ended)
	})
}

// stream writes events until it is over. The connection has a moment for each write: no
// client holds more than what it reads.
func (l *listener) stream(w *bufio.Writer, conn net.Conn, found []event, ended <-chan struct{}) {
	beat := time.NewTicker(heartbeat)
	defer beat.Stop()
	end := time.NewTimer(l.span)
	defer end.Stop()
	for alive := ":\n\n"; ; { // a comment, by which both sides see that the other is there
		next := l.srv.App.Events.Next(l.who.actor.Tenant)
		for more := true; more; {
			for _, e := range found {
				b, err := json.Marshal(e)
				if err != nil {
					return
				}
				fmt.Fprintf(w, "id: %d\nevent: %s\ndata: %s\n\n", e.Sequence, e.Type, b)
			}
			w.WriteString(alive)
			alive = ""
			conn.SetWriteDeadline(time.Now().Add(streamWrite))
			if w.Flush() != nil || l.still() != nil {
				return
			}
			var err error
			if found, more, err = l.look(); err != nil {
				return
			}
			more = more || len(found) > 0
		}
		select {
		case <-next:
		case <-beat.C:
			alive = ":\n\n"
		case <-end.C:
			return
		case <-ended:
			return
		}
	}
}
