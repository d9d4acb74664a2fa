package hooks

import (
	"bytes"
	"errors"
	"log/slog"
	"slices"
	"strings"
	"testing"
)

func TestTheOrderOfATrigger(t *testing.T) {
	around := func(s string) func(*ev) error {
		return func(e *ev) error {
			e.say(s + "(")
			err := e.Next()
			e.say(")" + s)
			return err
		}
	}
	refuse := func(s string) func(*ev) error {
		return func(e *ev) error { e.say(s); return errRefused }
	}
	for _, tt := range []struct {
		name string
		bind func(h *Hook[*ev])
		act  error
		want string
		err  error
	}{
		{"before and after", func(h *Hook[*ev]) { h.After(says("a")); h.Before(says("b")) }, nil, "b act a", nil},
		{"use and before share an order", func(h *Hook[*ev]) {
			h.Before(says("1"))
			h.Use(around("u"))
			h.Before(says("2"))
			h.Use(around("v"))
			h.Before(says("3"))
		}, nil, "1 u( 2 v( 3 act )v )u", nil},
		{"after runs when every use has agreed", func(h *Hook[*ev]) {
			h.After(says("a"), Order(First))
			h.Use(around("u"), Order(Last))
		}, nil, "u( act )u a", nil},
		{"a before that refuses ends it", func(h *Hook[*ev]) {
			h.Before(says("1"))
			h.Before(refuse("2"))
			h.Before(says("3"))
			h.After(says("a"))
		}, nil, "1 2", errRefused},
		{"a before that refuses inside a use", func(h *Hook[*ev]) {
			h.Use(around("u"))
			h.Before(refuse("1"))
			h.Use(around("v"))
			h.After(says("a"))
		}, nil, "u( 1 )u", errRefused},
		{"no after when the action fails", func(h *Hook[*ev]) { h.After(says("a")) }, errRefused, "act", errRefused},
		{"no after when a use refuses what was done", func(h *Hook[*ev]) {
			h.Use(func(e *ev) error { e.Next(); return errRefused })
			h.Use(around("v"))
			h.After(says("a"))
		}, nil, "v( act )v", errRefused},
		{"a use inside stops: outer ones finish, nothing else runs", func(h *Hook[*ev]) {
			h.Use(around("u"))
			h.Use(func(e *ev) error { e.Stop(); return nil })
			h.Before(says("b"))
			h.After(says("a"))
		}, nil, "u( )u", nil},
		{"a stop inside does not excuse an outer use", func(h *Hook[*ev]) {
			h.Use(says("forgot"))
			h.Use(func(e *ev) error { e.Stop(); return nil })
		}, nil, "forgot", ErrSkipped},
		{"an inner mistake passes an outer use that drops it", func(h *Hook[*ev]) {
			h.Use(func(e *ev) error { e.Next(); return nil })
			h.Use(says("forgot"))
		}, nil, "forgot", ErrSkipped},
		{"a panic that a use recovers is no success", func(h *Hook[*ev]) {
			h.Use(func(e *ev) error { defer func() { recover() }(); return e.Next() })
			h.Before(func(*ev) error { panic("b") })
			h.After(says("a"))
		}, nil, "", ErrPanicSwallowed},
		{"a panic that a use turns into an error is one", func(h *Hook[*ev]) {
			h.Use(func(e *ev) (err error) {
				defer func() { recover(); err = errRefused }()
				return e.Next()
			})
			h.Use(func(*ev) error { panic("u") })
		}, nil, "", errRefused},
	} {
		t.Run(tt.name, func(t *testing.T) {
			var h Hook[*ev]
			tt.bind(&h)
			e := &ev{}
			for range 2 { // the same event again, as after a retry
				e.log = nil
				err := h.Trigger(e, func(e *ev) error { e.say("act"); return tt.act })
				if !errors.Is(err, tt.err) || tt.err == nil && err != nil {
					t.Errorf("got %v, want %v", err, tt.err)
				}
				if got := strings.Join(e.log, " "); got != tt.want {
					t.Errorf("ran %q, want %q", got, tt.want)
				}
				if e.cur != (state{}) {
					t.Errorf("the event is left as %+v", e.cur)
				}
			}
		})
	}
}

func TestErrorsComeBackUntouched(t *testing.T) {
	var h Hook[*ev]
	h.Use(func(e *ev) error { e.Next(); return nil })
	h.Use(func(e *ev) error { return e.Next() })
	if err := h.Trigger(&ev{}, func(*ev) error { return errRefused }); err != errRefused {
		t.Errorf("got %v", err)
	}
	h.Before(func(*ev) error { return errRefused })
	if err := h.Trigger(&ev{}, nop); err != errRefused {
		t.Errorf("got %v", err)
	}
}

func TestAPanicPassesAndLeavesTheEventUsable(t *testing.T) {
	boom := func(e *ev) error {
		if e.n == 0 {
			panic("boom")
		}
		return nil
	}
	next := func(e *ev) error { return e.Next() }
	for name, bind := range map[string]func(h *Hook[*ev]) func(*ev) error{
		"before": func(h *Hook[*ev]) func(*ev) error { h.Before(boom); return nop[*ev] },
		"use": func(h *Hook[*ev]) func(*ev) error {
			h.Use(func(e *ev) error { boom(e); return e.Next() })
			return nop[*ev]
		},
		"use, then": func(h *Hook[*ev]) func(*ev) error {
			h.Use(func(e *ev) error { e.Next(); return boom(e) })
			return nop[*ev]
		},
		"in two uses": func(h *Hook[*ev]) func(*ev) error { h.Use(next); h.Use(next); h.Before(boom); return nop[*ev] },
		"filter": func(h *Hook[*ev]) func(*ev) error {
			h.When(func(e *ev) bool { return boom(e) == nil }).Before(nop)
			return nop[*ev]
		},
		"action":        func(h *Hook[*ev]) func(*ev) error { h.Before(nop); return boom },
		"action in use": func(h *Hook[*ev]) func(*ev) error { h.Use(next); return boom },
		"action, idle":  func(h *Hook[*ev]) func(*ev) error { return boom },
	} {
		t.Run(name, func(t *testing.T) {
			var h Hook[*ev]
			action := bind(&h)
			e := &ev{}
			func() {
				defer func() {
					if v := recover(); v != "boom" {
						t.Errorf("recovered %v", v)
					}
				}()
				h.Trigger(e, action)
			}()
			if e.cur != (state{}) {
				t.Errorf("the event is left as %+v", e.cur)
			}
			e.n = 1
			if err := h.Trigger(e, action); err != nil {
				t.Error(err)
			}
		})
	}
}

func TestEveryAfterRunsAndFailuresAreReported(t *testing.T) {
	bind := func(h *Hook[*logged]) {
		h.After(func(e *logged) error { e.say("1"); return errRefused }, ID("fails"))
		h.After(func(e *logged) error { e.say("2"); panic("boom") }, ID("panics"))
		h.When(func(*logged) bool { panic(errRefused) }).After(nop, ID("filter"))
		h.After(func(e *logged) error { return e.say("3") }, ID("fine"))
	}
	var r struct{ Send Hook[*logged] }
	Walk(&r)
	bind(&r.Send)
	e := &logged{}
	if err := r.Send.Trigger(e, nop); err != nil {
		t.Fatalf("an After's failure came back: %v", err)
	}
	if !e.is("1", "2", "3") {
		t.Errorf("ran %q", e.log)
	}
	var got []string
	for _, f := range e.failed {
		got = append(got, f.hook+" "+f.handler+" "+f.err.Error())
	}
	want := []string{"send fails refused", "send panics panic: boom", "send filter panic: refused"}
	if !slices.Equal(got, want) {
		t.Errorf("got %q, want %q", got, want)
	}
	var p *PanicError
	if !errors.As(e.failed[1].err, &p) || !bytes.Contains(p.Stack, []byte("trigger_test.go")) {
		t.Errorf("the stack does not show the handler: %v", e.failed[1].err)
	}
	if e.cur != (state{}) {
		t.Errorf("the event is left as %+v", e.cur)
	}
}

func TestWithoutALoggerFailuresGoToSlog(t *testing.T) {
	var out bytes.Buffer
	was := slog.Default()
	defer slog.SetDefault(was)
	slog.SetDefault(slog.New(slog.NewTextHandler(&out, nil)))
	var r struct{ Send Hook[*ev] }
	Walk(&r)
	r.Send.After(func(*ev) error { return errRefused }, ID("acme.mail"))
	r.Send.Trigger(&ev{}, nop)
	for _, want := range []string{"level=ERROR", "hook=send", "handler=acme.mail", "err=refused"} {
		if !strings.Contains(out.String(), want) {
			t.Errorf("%q lacks %s", out.String(), want)
		}
	}
}

// kept is an event of a transaction.
type kept struct {
	logged
	later []func()
}

func (e *kept) Defer(fn func()) { e.later = append(e.later, fn) }

func TestAfterWaitsUntilTheActionIsKept(t *testing.T) {
	var h Hook[*kept]
	h.After(func(e *kept) error { e.say("1"); return errRefused }, ID("fails"))
	h.After(func(e *kept) error { return e.say("2") })
	e := &kept{}

	h.Use(func(e *kept) error { e.Next(); return errRefused }, ID("veto"))
	if err := h.Trigger(e, nop); err != errRefused || len(e.later) != 0 {
		t.Fatalf("a refused action left %d to do; %v", len(e.later), err)
	}
	h.Unbind("veto")
	if err := h.Trigger(e, nop); err != nil || len(e.later) != 1 || len(e.log) != 0 {
		t.Fatalf("got %v, %d later, ran %q", err, len(e.later), e.log)
	}
	h.Unbind("fails") // what was bound when the action ran is what reacts
	e.later[0]()
	if !e.is("1", "2") || len(e.failed) != 1 || e.failed[0].handler != "fails" {
		t.Errorf("ran %q, reported %v", e.log, e.failed)
	}

	var idle Hook[*kept]
	idle.Before(nop)
	e = &kept{}
	if idle.Trigger(e, nop); len(e.later) != 0 {
		t.Error("something was deferred for no After")
	}
}

func TestTriggersNest(t *testing.T) {
	next := func(e *ev) error { return e.Next() }
	both := func(x, y *Hook[*ev]) { x.Use(next); y.Use(next) }
	for _, tt := range []struct {
		name string
		bind func(x, y *Hook[*ev])
		want string
		err  error
	}{
		{"both idle", func(x, y *Hook[*ev]) {}, "act", nil},
		{"both around", both, "act", nil},
		{"before in both", func(x, y *Hook[*ev]) { x.Before(says("x")); y.Before(says("y")) }, "x y act", nil},
		{"inner stopped", func(x, y *Hook[*ev]) {
			both(x, y)
			y.Use(func(e *ev) error { e.Stop(); return nil })
			x.After(says("ax"))
			y.After(says("ay"))
		}, "ax", nil},
		{"inner refused", func(x, y *Hook[*ev]) { both(x, y); y.Before(func(*ev) error { return errRefused }) }, "", errRefused},
		{"inner misused", func(x, y *Hook[*ev]) { both(x, y); y.Use(says("forgot")) }, "forgot", ErrSkipped},
		{"after of both", func(x, y *Hook[*ev]) { both(x, y); x.After(says("ax")); y.After(says("ay")) }, "act ay ax", nil},
	} {
		t.Run(tt.name, func(t *testing.T) {
			var x, y Hook[*ev]
			tt.bind(&x, &y)
			e := &ev{}
			err := x.Trigger(e, func(e *ev) error { return y.Trigger(e, says("act")) })
			if got := strings.Join(e.log, " "); got != tt.want || !errors.Is(err, tt.err) || tt.err == nil && err != nil {
				t.Errorf("ran %q, want %q; got %v, want %v", got, tt.want, err, tt.err)
			}
			if e.cur != (state{}) {
				t.Errorf("the event is left as %+v", e.cur)
			}
		})
	}
}

func TestTheSameHookNestsOnTheSameEvent(t *testing.T) {
	var h Hook[*ev]
	h.Before(says("b"))
	h.Use(func(e *ev) error { e.say("("); err := e.Next(); e.say(")"); return err })
	h.After(says("a"))
	e := &ev{}
	err := h.Trigger(e, func(e *ev) error { return h.Trigger(e, says("act")) })
	if want := "b ( b ( act ) a ) a"; err != nil || strings.Join(e.log, " ") != want {
		t.Errorf("ran %q, want %q; %v", e.log, want, err)
	}
}

// A Use handler may wrap its Next in another hook. Whether that hook is idle,
// has only Before or goes around, must not change what Next means.
func TestAnActionSeesTheEventAsItsCallerDid(t *testing.T) {
	for name, bind := range map[string]func(y *Hook[*ev]){
		"idle":   func(*Hook[*ev]) {},
		"before": func(y *Hook[*ev]) { y.Before(nop) },
		"use":    func(y *Hook[*ev]) { y.Use(func(e *ev) error { return e.Next() }) },
	} {
		t.Run(name, func(t *testing.T) {
			var x, y Hook[*ev]
			bind(&y)
			x.Use(func(e *ev) error { return y.Trigger(e, func(e *ev) error { return e.Next() }) })
			e := &ev{}
			if err := x.Trigger(e, says("act")); err != nil || !e.is("act") {
				t.Errorf("next: ran %q; %v", e.log, err)
			}
			x.Use(func(e *ev) error { return y.Trigger(e, func(e *ev) error { e.Stop(); return nil }) })
			e = &ev{}
			if err := x.Trigger(e, says("act")); err != nil || !e.is() {
				t.Errorf("stop: ran %q; %v", e.log, err)
			}
			if err := y.Trigger(e, func(e *ev) error { return e.Next() }); !errors.Is(err, ErrOutside) {
				t.Errorf("an action of no Use called Next: %v", err)
			}
		})
	}
}

func TestWhatATriggerAllocates(t *testing.T) {
	e, action := &untagged{}, nop[*untagged]
	for _, tt := range []struct {
		name string
		bind func(h *Hook[*untagged])
		most float64
	}{
		{"idle", func(h *Hook[*untagged]) {}, 0},
		{"idle again", func(h *Hook[*untagged]) { h.Before(nop, ID("x")); h.Unbind("x") }, 0},
		{"before and after", func(h *Hook[*untagged]) { h.Before(nop); h.After(nop) }, 0},
		{"a use that is filtered out", func(h *Hook[*untagged]) { h.For("x").Use(nop) }, 0},
		{"use", func(h *Hook[*untagged]) {
			for range 8 {
				h.Use(func(e *untagged) error { return e.Next() })
			}
		}, 1},
	} {
		var h Hook[*untagged]
		tt.bind(&h)
		if got := testing.AllocsPerRun(100, func() { h.Trigger(e, action) }); got > tt.most {
			t.Errorf("%s: %v allocations, want at most %v", tt.name, got, tt.most)
		}
	}
}

func BenchmarkTrigger(b *testing.B) {
	for _, bb := range []struct {
		name string
		bind func(h *Hook[*untagged])
		n    int
	}{
		{"idle", nil, 0},
		{"before1", func(h *Hook[*untagged]) { h.Before(nop) }, 1},
		{"before8", func(h *Hook[*untagged]) { h.Before(nop) }, 8},
		{"after1", func(h *Hook[*untagged]) { h.After(nop) }, 1},
		{"after8", func(h *Hook[*untagged]) { h.After(nop) }, 8},
		{"use1", func(h *Hook[*untagged]) { h.Use(func(e *untagged) error { return e.Next() }) }, 1},
		{"use8", func(h *Hook[*untagged]) { h.Use(func(e *untagged) error { return e.Next() }) }, 8},
	} {
		b.Run(bb.name, func(b *testing.B) {
			var h Hook[*untagged]
			for range bb.n {
				bb.bind(&h)
			}
			e, action := &untagged{}, nop[*untagged]
			b.ReportAllocs()
			for b.Loop() {
				h.Trigger(e, action)
			}
		})
	}
}
