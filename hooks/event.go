package hooks

import "time"

// Carrier is any struct that embeds [Event] or [RequestEvent], seen through a
// pointer. Nothing else can be one.
type Carrier interface {
	Next() error
	base() *Event
}

// Event is embedded by every event struct. Its zero value is ready, and ready
// again once a Trigger has returned or panicked, so a retried transaction may
// trigger the same event. An event belongs to one goroutine at a time.
type Event struct {
	cur state
}

// RequestEvent is embedded by events of the request level, where an answer may
// be given without the action. It adds Stop.
type RequestEvent struct {
	Event
}

// state is what the running handler has done so far. It lives in the event by
// value and is saved on the stack while others run, so that a Trigger without
// Use handlers allocates nothing.
type state struct {
	who     *label // the running handler; nil outside any
	run     runner // what Next continues; nil where Next means nothing
	at      int
	called  bool // Next was called
	open    bool // and has not returned, or left by a panic
	stopped bool
	timed   bool
	inner   time.Duration // spent inside Next, if timed
	err     error         // what Next returned
	fault   error         // the first rule broken
}

type runner interface {
	next(at int) error
}

// Next runs the handlers that follow and then the action, and returns their
// error. A Use handler must call it exactly once; everywhere else it is an error.
// That error comes back from Trigger even if the handler drops it.
func (e *Event) Next() error {
	s := &e.cur
	switch {
	case s.run == nil:
		return s.misuse(ErrOutside)
	case s.stopped:
		return s.misuse(ErrNextAfterStop)
	case s.called:
		return s.misuse(ErrNextTwice)
	}
	s.called, s.open = true, true
	if !s.timed {
		s.err = s.run.next(s.at + 1)
	} else {
		start := time.Now()
		s.err = s.run.next(s.at + 1)
		s.inner = time.Since(start)
	}
	s.open = false
	return s.err
}

// Stop says that a Use handler has dealt with the request itself: the handlers
// that follow, the action and every After do not run, and Trigger returns nil.
// Calling it anywhere but in a Use handler, or after Next, makes Trigger return
// an error. Outside any Trigger it does nothing.
func (e *RequestEvent) Stop() {
	s := &e.cur
	switch {
	case s.run == nil:
		s.misuse(ErrOutside)
	case s.called:
		s.misuse(ErrStopAfterNext)
	default:
		s.stopped = true
	}
}

func (e *Event) base() *Event { return e }

// misuse remembers the first broken rule, because the handler may drop the error.
func (s *state) misuse(rule error) error {
	if s.who == nil {
		return &MisuseError{Err: rule}
	}
	err := s.who.misuse(rule)
	if s.fault == nil {
		s.fault = err
	}
	return err
}

// Deferrer is an event whose action is only kept later, as a record's is when
// its transaction commits. Trigger gives it one fn that runs every After handler;
// Defer must run fn once if the action is kept, and never otherwise. An event
// that happens to be outside a transaction runs fn at once.
type Deferrer interface{ Defer(fn func()) }

// Logger is an event that takes the errors and panics ([PanicError]) of its
// After handlers. Those of other events go to slog.Default.
type Logger interface {
	AfterFailed(hook, handler string, err error)
}

// Watcher is an event that wants to know of slow handlers. Slow is called when a
// Before or Use returned after more than [SlowAfter], not counting what a Use
// spent inside Next. Other events are not measured at all.
type Watcher interface {
	Slow(hook, handler string, took time.Duration)
}

// SlowAfter is how long a handler may take before a [Watcher] is told. A Before
// may run inside a transaction, where every other writer waits for it.
const SlowAfter = 50 * time.Millisecond

// Tagged is an event that [Hook.For] can select: "directory:staff".
type Tagged interface{ Tags() []string }
