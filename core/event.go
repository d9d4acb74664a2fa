package core

import (
	"context"
	"encoding/binary"
	"encoding/hex"
	"encoding/json"
	"fmt"
	"maps"
	"runtime/debug"
	"slices"
	"strconv"
	"strings"
	"sync"
	"time"

	"github.com/stormkeep/stormkeep/core/store"
)

// Event is something that happened, as the durable outbox keeps it: written in
// the transaction that did it, heard at least once by every handler, in the order
// of the commits.
type Event struct {
	Seq    uint64     `json:"seq"`
	Tenant ID[Tenant] `json:"-"`
	Type   string     `json:"type"` // "account.create", "auth.failure"
	Ref    Ref        `json:"ref,omitempty"`
	Rev    uint64     `json:"rev,omitempty"`
	Fields []string   `json:"fields,omitempty"` // that changed
	Owners []Ref      `json:"owners,omitempty"` // of the record, which may be gone when this is heard
	At     Time       `json:"at"`
	Actor  Actor      `json:"actor"`
}

// Stream is the durable outbox and those who listen to it.
type Stream struct {
	app      *App
	mu       sync.Mutex
	handlers []streamHandler
	bell     bell
	pause    pauses
	news     news
}

// Listener hears events in batches, at least once, in order for each tenant.
type Listener struct {
	// Hear is given the events of one tenant whose types match Pattern ("account.*",
	// "*"). An error has all of them come again.
	Hear    func(context.Context, []Event) error
	Pattern string
	// Wanted, if not nil, tells whether anything is to be heard of the tenant. It is asked
	// in the transactions that emit: what is emitted while it says no costs nothing, and
	// may never be heard.
	Wanted func(*Tx) (bool, error)

	one bool // batches of one event
}

type streamHandler struct {
	id string
	Listener
}

// On has fn hear every event whose type matches pattern ("account.*", "*"),
// at least once, one at a time and in order for each tenant. An error of fn is
// tried again, with growing pauses, and holds up only fn itself; but fn runs on
// the one goroutine of the stream, so that slow work in it is a Job's. id names
// the handler for ever: what it has heard is kept under it. A handler new to the
// data hears, from a tenant's next event on, all that its outbox still holds.
// Bind before Start.
func (s *Stream) On(pattern string, fn func(context.Context, Event) error, id string) {
	s.Listen(id, Listener{Pattern: pattern, Hear: func(ctx context.Context, batch []Event) error { return fn(ctx, batch[0]) }, one: true})
}

// Listen is On for a handler of whole batches.
func (s *Stream) Listen(id string, l Listener) {
	s.mu.Lock()
	defer s.mu.Unlock()
	if s.app.started {
		panic("core: Events.On after the app has started")
	}
	if !validID(strings.ReplaceAll(strings.ReplaceAll(id, ".", ""), "-", "")) {
		panic(fmt.Sprintf("core: %q is no id of an event handler", id))
	}
	if slices.ContainsFunc(s.handlers, func(h streamHandler) bool { return h.id == id }) {
		panic(fmt.Sprintf("core: event handler %q is bound twice", id))
	}
	s.handlers = append(s.handlers, streamHandler{id, l})
}

func (h streamHandler) wants(typ string) bool {
	return EventMatches(h.Pattern, typ)
}

// EventMatches tells whether events of a type are meant by a pattern: "account.create",
// "account.*" or "*".
func EventMatches(pattern, typ string) bool {
	prefix, open := strings.CutSuffix(pattern, "*")
	return pattern == typ || open && strings.HasPrefix(typ, prefix)
}

// nextSeq is the tenant's commit sequence: audit and events are ordered by it,
// never by time.
func (tx *Tx) nextSeq() (uint64, error) {
	if tx.s.seq == 0 {
		n, err := tx.count(tx.seqKey())
		if err != nil {
			return 0, err
		}
		tx.s.seq = uint64(n)
	}
	tx.s.seq++
	return tx.s.seq, nil
}

func (tx *Tx) seqKey() string { return scattered + string(tx.Tenant) + "/seq" }

func seqPart(n uint64) string {
	var b [8]byte
	binary.BigEndian.PutUint64(b[:], n)
	return hex.EncodeToString(b[:])
}

func parseSeq(part string) (uint64, error) { return strconv.ParseUint(part, 16, 64) }

func eventPrefix(t ID[Tenant]) string { return ordered + string(t) + "/evt/" }

// Emit writes an event to the outbox, as part of the transaction.
func (tx *Tx) Emit(e Event) error {
	seq, err := tx.nextSeq()
	if err != nil {
		return err
	}
	e.Seq, e.At, e.Actor = seq, At(tx.Now), tx.Actor
	b, err := json.Marshal(e)
	if err != nil {
		return err
	}
	if err := tx.s.kv.Put(eventPrefix(tx.Tenant)+seqPart(seq), b); err != nil {
		return err
	}
	tx.tellNews()
	if wanted, err := tx.App.Events.wanted(tx); err != nil || !wanted {
		return err
	}
	return tx.mark("evt", &tx.App.Events.bell)
}

// wanted tells whether any handler is to hear of the tenant.
func (s *Stream) wanted(tx *Tx) (bool, error) {
	if tx.s.marks["evt"] {
		return true, nil
	}
	for _, h := range s.handlers {
		if h.Wanted == nil {
			return true, nil
		}
		if ok, err := h.Wanted(tx.trusted()); err != nil || ok {
			return ok, err
		}
	}
	return false, nil
}

// Skip has a handler hear only what the transaction's tenant emits from here on.
func (s *Stream) Skip(tx *Tx, id string) error {
	last, err := tx.nextSeq()
	if err != nil {
		return err
	}
	return tx.s.kv.Put(cursorKey(tx.Tenant, id), fmt.Appendf(nil, "%d", last))
}

// flush writes what a transaction keeps for its end.
func (tx *Tx) flush() error {
	for _, name := range slices.Sorted(maps.Keys(tx.s.ends)) {
		if err := tx.s.ends[name](); err != nil {
			return err
		}
	}
	if err := tx.settleCounts(); err != nil {
		return err
	}
	if tx.s.seq == 0 {
		return nil
	}
	return tx.s.kv.Put(tx.seqKey(), fmt.Appendf(nil, "%d", tx.s.seq))
}

// writeEvent is the record hook that fills the outbox.
func writeEvent[T any](e *RecordEvent[T]) error {
	if err := e.Next(); err != nil || e.unchanged || e.tx.quiet() {
		return err
	}
	return e.emit()
}

// emit writes the event of a change.
func (c *change) emit() error {
	rec := c.record()
	ev := Event{Type: c.event(), Ref: Ref(rec.Path()), Rev: *rec.head().rev}
	if o, ok := rec.(Owned); ok {
		ev.Owners = o.Owners()
	}
	if c.old != nil && c.rec != nil {
		d, err := c.diff()
		if err != nil {
			return err
		}
		ev.Fields = d.fields()
	}
	return c.tx.Emit(ev)
}

// event is the type of a change's event: "account.create".
func (c *change) event() string {
	verb := ".update"
	switch {
	case c.old == nil:
		verb = ".create"
	case c.rec == nil:
		verb = ".delete"
	}
	return EventNoun(c.kind.Noun) + verb
}

// EventNoun is how a noun is called in event types: "groupMembership".
func EventNoun(noun string) string { return strings.ToLower(noun[:1]) + noun[1:] }

// deliver has each handler hear what it has not yet heard of a tenant, and says
// when to come again because one of them failed.
func (s *Stream) deliver(ctx context.Context, tenant ID[Tenant]) time.Time {
	var again time.Time
	for _, h := range s.handlers {
		name := h.id + "/" + string(tenant)
		until := s.pause.until(name)
		if !until.After(s.app.Now()) {
			err := s.tell(ctx, tenant, h)
			if ctx.Err() != nil {
				return time.Time{}
			}
			if err == nil {
				s.pause.reset(name)
				continue
			}
			s.app.complain("event handler", err, "handler", h.id)
			until = s.pause.failed(name, s.app.Now())
		}
		if again.IsZero() || until.Before(again) {
			again = until
		}
	}
	return again
}

// tell has one handler hear all it has not yet heard, and returns its first error.
func (s *Stream) tell(ctx context.Context, tenant ID[Tenant], h streamHandler) error {
	for ctx.Err() == nil {
		batch, cursor, err := s.app.unheard(ctx, tenant, h, 100)
		if err != nil || len(batch) == 0 {
			return err
		}
		heard, refused := s.hand(ctx, h, batch, cursor)
		if heard != cursor {
			if err := s.app.heard(ctx, tenant, h, heard); err != nil {
				return err
			}
		}
		if refused != nil {
			return refused
		}
	}
	return ctx.Err()
}

// hand gives a handler what it wants of a batch, and tells up to where it has heard.
func (s *Stream) hand(ctx context.Context, h streamHandler, batch []Event, cursor uint64) (heard uint64, err error) {
	heard = cursor
	var wanted []Event
	for i, e := range batch {
		if h.wants(e.Type) {
			wanted = append(wanted, e)
		}
		if len(wanted) > 0 && (h.one || i == len(batch)-1) {
			beat(ctx)
			if err := s.call(ctx, h, wanted); err != nil {
				return heard, fmt.Errorf("%s, seq %d: %w", wanted[0].Type, wanted[0].Seq, err)
			}
			wanted = nil
		}
		if len(wanted) == 0 {
			heard = e.Seq
		}
	}
	return heard, nil
}

func (s *Stream) call(ctx context.Context, h streamHandler, batch []Event) (err error) {
	defer func() {
		if p := recover(); p != nil {
			err = fmt.Errorf("panic: %v\n%s", p, debug.Stack())
		}
	}()
	return h.Hear(AsSystem(ctx, batch[0].Tenant), batch)
}

func cursorKey(t ID[Tenant], handler string) string {
	return scattered + string(t) + "/cur/" + handler
}

// unheard reads the next events of a handler and where it stands.
func (a *App) unheard(ctx context.Context, t ID[Tenant], h streamHandler, max int) (batch []Event, cursor uint64, err error) {
	err = a.View(AsSystem(ctx, t), func(tx *Tx) error {
		n, err := tx.count(cursorKey(t, h.id))
		if err != nil {
			return err
		}
		cursor, batch = uint64(n), nil
		for e, err := range tx.Outbox(cursor) {
			if err != nil {
				return err
			}
			if batch = append(batch, e); len(batch) == max {
				return nil
			}
		}
		return nil
	})
	return batch, cursor, err
}

// Outbox yields the tenant's events after a place in the commit sequence.
func (tx *Tx) Outbox(after uint64) func(yield func(Event, error) bool) {
	return func(yield func(Event, error) bool) {
		if err := tx.mayRead(false); err != nil {
			yield(Event{}, err)
			return
		}
		p := eventPrefix(tx.Tenant)
		for it, err := range tx.s.kv.Scan(p+seqPart(after+1), store.End(p)) {
			e := Event{Tenant: tx.Tenant}
			if err == nil {
				err = json.Unmarshal(it.Value, &e)
			}
			if !yield(e, err) || err != nil {
				return
			}
		}
	}
}

func (a *App) heard(ctx context.Context, t ID[Tenant], h streamHandler, seq uint64) error {
	return a.Update(AsSystem(ctx, t), func(tx *Tx) error {
		return tx.s.kv.Put(cursorKey(t, h.id), fmt.Appendf(nil, "%d", seq))
	})
}

// quiet tells whether every handler has heard everything.
func (s *Stream) quiet(tx *Tx) (bool, error) {
	last, err := tx.count(tx.seqKey())
	if err != nil {
		return false, err
	}
	for _, h := range s.handlers {
		n, err := tx.count(cursorKey(tx.Tenant, h.id))
		if err != nil {
			return false, err
		}
		if n < last {
			for _, err := range tx.Outbox(uint64(n)) {
				return false, err
			}
		}
	}
	return true, nil
}
