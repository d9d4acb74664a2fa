package hooks

import (
	"slices"
	"strconv"
)

// The order bands. Lower runs first, handlers of one order run as they were
// bound, and 0 is where a handler is unless it says otherwise. Numbers between
// and beyond are allowed.
const (
	First = -1000 // before everybody: what others rely on
	Early = -100
	Late  = 100
	Last  = 1000 // after everybody: what must see the final form
)

// Option says something about a binding.
type Option func(*options)

type options struct {
	id      string
	order   int
	ordered bool
}

// ID names a handler, as "acme.domain". Binding the same id again replaces the
// handler and keeps its place; a new [Order] moves it. Without an id a handler is
// called after its function.
func ID(id string) Option { return func(o *options) { o.id = id } }

// Order puts a handler in a band: First, Early, 0, Late, Last or any number.
func Order(n int) Option {
	return func(o *options) { o.order, o.ordered = n, true }
}

// Before binds fn to run ahead of the action. Its error ends the Trigger, and
// nothing that follows runs. In a transaction it may run again, so it must be
// pure.
func (h *Hook[E]) Before(fn func(E) error, opts ...Option) { h.bind(before, nil, fn, opts) }

// After binds fn to run once the action has succeeded and is kept (see
// [Deferrer]), unless a Use handler stopped it. Its error or panic is reported to
// [Logger] and never returned, and the other After handlers still run.
func (h *Hook[E]) After(fn func(E) error, opts ...Option) { h.bind(after, nil, fn, opts) }

// Use binds fn to go around the action and the handlers that follow it. It must
// call Next exactly once or, on request events, Stop. An error of Next that fn
// drops is returned all the same; fn may put an error of its own in its place.
func (h *Hook[E]) Use(fn func(E) error, opts ...Option) { h.bind(use, nil, fn, opts) }

// When narrows what is bound next to events for which pred holds. It is asked
// when the handler's turn comes, so it sees what earlier handlers changed.
func (h *Hook[E]) When(pred func(E) bool) Filtered[E] { return Filtered[E]{hook: h}.When(pred) }

// For narrows what is bound next to events that carry one of these tags (see
// [Tagged]). Of no tags at all, no event carries one.
func (h *Hook[E]) For(tags ...string) Filtered[E] { return Filtered[E]{hook: h}.For(tags...) }

// bind is point.bind of a handler that takes its event by its type.
func (h *Hook[E]) bind(level string, when func(Carrier) bool, fn func(E) error, opts []Option) {
	if fn == nil {
		panic("hooks: " + level + " handler of " + strconv.Quote(h.HookName()) + " is nil")
	}
	h.point.bind(level, when, func(e Carrier) error { return fn(e.(E)) }, fn, opts)
}

// Filtered is a hook seen through a filter. Filters that are chained must all
// hold.
type Filtered[E Carrier] struct {
	hook *Hook[E]
	when func(Carrier) bool
}

// Before is [Hook.Before] for the events that pass.
func (f Filtered[E]) Before(fn func(E) error, opts ...Option) { f.hook.bind(before, f.when, fn, opts) }

// After is [Hook.After] for the events that pass.
func (f Filtered[E]) After(fn func(E) error, opts ...Option) { f.hook.bind(after, f.when, fn, opts) }

// Use is [Hook.Use] for the events that pass.
func (f Filtered[E]) Use(fn func(E) error, opts ...Option) { f.hook.bind(use, f.when, fn, opts) }

// When narrows further: both must hold. A nil pred panics, because a filter that
// is missing by mistake would let every event through.
func (f Filtered[E]) When(pred func(E) bool) Filtered[E] {
	if pred == nil {
		panic("hooks: When(nil)")
	}
	return Filtered[E]{f.hook, both(f.when, func(e Carrier) bool { return pred(e.(E)) })}
}

// For narrows further: the event must also carry one of these tags.
func (f Filtered[E]) For(tags ...string) Filtered[E] {
	return Filtered[E]{f.hook, both(f.when, tagged(tags))}
}

// both holds for what outer, unless it is nil, and inner hold for.
func both(outer, inner func(Carrier) bool) func(Carrier) bool {
	if outer == nil {
		return inner
	}
	return pair{outer, inner}.hold
}

type pair struct{ outer, inner func(Carrier) bool }

func (p pair) hold(e Carrier) bool { return p.outer(e) && p.inner(e) }

// tagged holds for events that carry one of these tags.
func tagged(tags []string) func(Carrier) bool { return anyOf(slices.Clone(tags)).on }

type anyOf []string

func (tags anyOf) on(e Carrier) bool {
	t, ok := e.(Tagged)
	return ok && slices.ContainsFunc(t.Tags(), func(tag string) bool { return slices.Contains(tags, tag) })
}
