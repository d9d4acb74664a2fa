package hooks

import (
	"log/slog"
	"runtime/debug"
	"time"
)

// Trigger runs the handlers around action and returns the error of the first
// that refused, or of action, untouched. A panic in a Before, a Use or action
// passes through. Triggers nest, on the same event and the same hook too: action
// sees the event as the caller of Trigger did, so that it may call Next if the
// caller could.
func (h *Hook[E]) Trigger(e E, action func(E) error) error {
	l := h.now.Load()
	if l == nil {
		return action(e)
	}
	return l.trigger(e, typedWork[E](action))
}

// work is the action that a Trigger goes around.
type work interface{ do(e Carrier) error }

// typedWork is an action that takes its event by its type. A function is no closure
// more for being called through an interface: a Trigger allocates nothing.
type typedWork[E Carrier] func(E) error

func (fn typedWork[E]) do(e Carrier) error { return fn(e.(E)) }

func (l *list) trigger(e Carrier, action work) error {
	for _, o := range l.observers {
		(*o)(l.name())
	}
	w, _ := e.(Watcher)
	at, err := l.before(e, w, 0)
	if err != nil {
		return err
	}
	acted := true
	if at == len(l.around) {
		err = action.do(e)
	} else {
		acted, err = l.surround(e, action, w, at)
	}
	if err != nil || !acted || len(l.after) == 0 {
		return err
	}
	if d, ok := e.(Deferrer); ok {
		d.Defer(func() { l.react(e) })
		return nil
	}
	l.react(e)
	return nil
}

// before runs the Before handlers from at on, up to the first Use that applies,
// and returns its place, or the list's length.
func (l *list) before(e Carrier, w Watcher, at int) (int, error) {
	if at == len(l.around) {
		return at, nil
	}
	b := e.base()
	saved := b.cur
	defer func() { b.cur = saved }()
	for ; at < len(l.around); at++ {
		hd := &l.around[at]
		b.cur = state{who: hd.label}
		applies := hd.when == nil || hd.when(e)
		if b.cur.fault != nil {
			return at, b.cur.fault
		}
		if !applies {
			continue
		}
		if hd.Level == use {
			return at, nil
		}
		err := hd.call(e, w)
		if err == nil {
			err = b.cur.fault
		}
		if err != nil {
			return at, err
		}
	}
	return at, nil
}

// call runs fn, and measures it if anybody wants to know.
func (hd *handler) call(e Carrier, w Watcher) error {
	if w == nil {
		return hd.fn(e)
	}
	start := time.Now()
	err := hd.fn(e)
	if took := time.Since(start) - e.base().cur.inner; took > SlowAfter {
		w.Slow(hd.hook(), hd.ID, took)
	}
	return err
}

// chain is a Trigger that has met a Use handler: what its Next needs.
type chain struct {
	*list
	event   Carrier
	action  work
	watcher Watcher
	outer   state // of the event, as Trigger's caller left it
	acted   bool
}

func (l *list) surround(e Carrier, action work, w Watcher, at int) (acted bool, err error) {
	b := e.base()
	c := &chain{list: l, event: e, action: action, watcher: w, outer: b.cur}
	defer func() { b.cur = c.outer }()
	err = c.use(at)
	return c.acted, err
}

// use runs one Use handler and holds it to the rules.
func (c *chain) use(at int) error {
	b := c.event.base()
	saved := b.cur
	defer func() { b.cur = saved }()
	hd := &c.around[at]
	b.cur = state{who: hd.label, run: c, at: at, timed: c.watcher != nil}
	err := hd.call(c.event, c.watcher)
	did := &b.cur
	switch {
	case err != nil:
		return err
	case did.fault != nil:
		return did.fault
	case did.open:
		return hd.misuse(ErrPanicSwallowed)
	case did.called:
		return did.err
	case did.stopped:
		return nil
	}
	return hd.misuse(ErrSkipped)
}

// next is what Event.Next continues with.
func (c *chain) next(at int) error {
	at, err := c.before(c.event, c.watcher, at)
	if err != nil {
		return err
	}
	if at < len(c.around) {
		return c.use(at)
	}
	b := c.event.base()
	inner := b.cur
	b.cur = c.outer
	defer func() { c.outer, b.cur = b.cur, inner }()
	err = c.action.do(c.event)
	c.acted = err == nil
	return err
}

// react runs every After handler, whatever becomes of the others.
func (l *list) react(e Carrier) {
	for i := range l.after {
		hd := &l.after[i]
		err := hd.react(e)
		if err == nil {
			continue
		}
		if to, ok := e.(Logger); ok {
			to.AfterFailed(hd.hook(), hd.ID, err)
			continue
		}
		slog.Default().Error("after handler failed", "hook", hd.hook(), "handler", hd.ID, "err", err)
	}
}

func (hd *handler) react(e Carrier) (err error) {
	b := e.base()
	saved := b.cur
	defer func() {
		b.cur = saved
		if v := recover(); v != nil {
			err = &PanicError{Value: v, Stack: debug.Stack()}
		}
	}()
	b.cur = state{who: hd.label}
	if hd.when == nil || hd.when(e) {
		err = hd.fn(e)
	}
	if err == nil {
		err = b.cur.fault
	}
	return err
}
