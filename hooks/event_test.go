package hooks

import (
	"errors"
	"fmt"
	"slices"
	"strings"
	"testing"
	"testing/synctest"
	"time"
)

// ev is a request event that keeps a log of who ran.
type ev struct {
	RequestEvent
	log []string
	n   int
	dir string
}

func (e *ev) say(s string) error     { e.log = append(e.log, s); return nil }
func (e *ev) Tags() []string         { return []string{"directory:" + e.dir} }
func (e *ev) is(want ...string) bool { return slices.Equal(e.log, want) }

var errRefused = errors.New("refused")

func says(s string) func(*ev) error { return func(e *ev) error { return e.say(s) } }

func TestUseIsHeldToItsRules(t *testing.T) {
	own := errors.New("own")
	for _, tt := range []struct {
		name   string
		use    func(e *ev) error
		action error
		want   error // nil is success
		rule   bool  // want comes inside a MisuseError that names hook and handler
		log    string
	}{
		{"next once", func(e *ev) error { return e.Next() }, nil, nil, false, "act after"},
		{"next, then its own error", func(e *ev) error { e.Next(); return own }, nil, own, false, "act"},
		{"next, its error returned", func(e *ev) error { return e.Next() }, errRefused, errRefused, false, "act"},
		{"next, its error dropped", func(e *ev) error { e.Next(); return nil }, errRefused, errRefused, false, "act"},
		{"next, its error exchanged", func(e *ev) error { e.Next(); return own }, errRefused, own, false, "act"},
		{"stop", func(e *ev) error { e.Stop(); return nil }, nil, nil, false, ""},
		{"stop twice", func(e *ev) error { e.Stop(); e.Stop(); return nil }, nil, nil, false, ""},
		{"stop, then its own error", func(e *ev) error { e.Stop(); return own }, nil, own, false, ""},
		{"refusal without next", func(e *ev) error { return own }, nil, own, false, ""},
		{"neither", func(e *ev) error { return nil }, nil, ErrSkipped, true, ""},
		{"next twice", func(e *ev) error { e.Next(); return e.Next() }, nil, ErrNextTwice, true, "act"},
		{"next twice, dropped", func(e *ev) error { e.Next(); e.Next(); return nil }, nil, ErrNextTwice, true, "act"},
		{"next again after a refusal", func(e *ev) error { e.Next(); return e.Next() }, errRefused, ErrNextTwice, true, "act"},
		{"next after stop", func(e *ev) error { e.Stop(); return e.Next() }, nil, ErrNextAfterStop, true, ""},
		{"next after stop, dropped", func(e *ev) error { e.Stop(); e.Next(); return nil }, nil, ErrNextAfterStop, true, ""},
		{"stop after next", func(e *ev) error { err := e.Next(); e.Stop(); return err }, nil, ErrStopAfterNext, true, "act"},
		{"the first broken rule is told", func(e *ev) error { e.Next(); e.Stop(); e.Next(); return nil }, nil, ErrStopAfterNext, true, "act"},
	} {
		t.Run(tt.name, func(t *testing.T) {
			var r struct{ Account struct{ Create Hook[*ev] } }
			Walk(&r)
			h := &r.Account.Create
			h.Use(tt.use, ID("acme.audit"))
			h.After(says("after"))
			e := &ev{}
			err := h.Trigger(e, func(e *ev) error { e.say("act"); return tt.action })
			if !errors.Is(err, tt.want) || tt.want == nil && err != nil {
				t.Errorf("got %v, want %v", err, tt.want)
			}
			var m *MisuseError
			if errors.As(err, &m) != tt.rule {
				t.Errorf("got %T, rule broken: %v", err, tt.rule)
			}
			if tt.rule && (m.Hook != "account.create" || m.Handler != "acme.audit") {
				t.Errorf("names %q %q", m.Hook, m.Handler)
			}
			if got := strings.Join(e.log, " "); got != tt.log {
				t.Errorf("ran %q, want %q", got, tt.log)
			}
			if e.cur != (state{}) {
				t.Errorf("the event is left as %+v", e.cur)
			}
		})
	}
}

func TestNextAndStopOutsideUseAreErrors(t *testing.T) {
	calls := map[string]func(*ev) error{
		"next":          func(e *ev) error { return e.Next() },
		"next, dropped": func(e *ev) error { e.Next(); return nil },
		"stop":          func(e *ev) error { e.Stop(); return nil },
	}
	for name, call := range calls {
		for place, bind := range map[string]func(*Hook[*ev]){
			"before": func(h *Hook[*ev]) { h.Before(call, ID("x")) },
			"filter that holds": func(h *Hook[*ev]) {
				h.When(func(e *ev) bool { call(e); return true }).Before(says("b"), ID("x"))
			},
			"filter that does not": func(h *Hook[*ev]) {
				h.When(func(e *ev) bool { call(e); return false }).Use(says("u"), ID("x"))
			},
			"before inside a use": func(h *Hook[*ev]) {
				h.Use(func(e *ev) error { return e.Next() })
				h.Before(call, ID("x"))
			},
		} {
			t.Run(place+" "+name, func(t *testing.T) {
				var h Hook[*ev]
				bind(&h)
				e := &ev{}
				err := h.Trigger(e, says("act"))
				var m *MisuseError
				if !errors.Is(err, ErrOutside) || !errors.As(err, &m) || m.Handler != "x" || len(e.log) > 0 {
					t.Errorf("got %v, ran %q", err, e.log)
				}
			})
		}
		t.Run("after "+name, func(t *testing.T) {
			var h Hook[*logged]
			h.After(func(e *logged) error { return call(&e.ev) }, ID("x"))
			e := &logged{}
			if err := h.Trigger(e, nop[*logged]); err != nil {
				t.Fatal(err)
			}
			if len(e.failed) != 1 || !errors.Is(e.failed[0].err, ErrOutside) {
				t.Errorf("reported %v", e.failed)
			}
		})
	}
	t.Run("no trigger", func(t *testing.T) {
		e := &ev{}
		e.Stop()
		if err := e.Next(); !errors.Is(err, ErrOutside) || e.cur != (state{}) {
			t.Errorf("got %v, left %+v", err, e.cur)
		}
	})
}

func nop[E Carrier](E) error { return nil }

type failure struct {
	hook, handler string
	err           error
}

// logged takes the errors of its After handlers.
type logged struct {
	ev
	failed []failure
}

func (e *logged) AfterFailed(hook, handler string, err error) {
	e.failed = append(e.failed, failure{hook, handler, err})
}

// watched hears of slow handlers.
type watched struct {
	ev
	slow []string
}

func (e *watched) Slow(hook, handler string, took time.Duration) {
	e.slow = append(e.slow, fmt.Sprint(hook, " ", handler, " ", took))
}

// A bubble's clock moves only by Sleep, so these times are exact.
func TestASlowHandlerIsTold(t *testing.T) {
	sleep := func(d time.Duration) func(*watched) error {
		return func(e *watched) error { time.Sleep(d); return nil }
	}
	around := func(d time.Duration) func(*watched) error {
		return func(e *watched) error { time.Sleep(d); return e.Next() }
	}
	for _, tt := range []struct {
		name string
		bind func(*Hook[*watched])
		want []string
	}{
		{"before over the limit", func(h *Hook[*watched]) { h.Before(sleep(51*time.Millisecond), ID("b")) }, []string{"make b 51ms"}},
		{"before at the limit", func(h *Hook[*watched]) { h.Before(sleep(50*time.Millisecond), ID("b")) }, nil},
		{"a refusal that took long", func(h *Hook[*watched]) {
			h.Before(func(e *watched) error { time.Sleep(time.Second); return errRefused }, ID("b"))
		}, []string{"make b 1s"}},
		{"use over the limit", func(h *Hook[*watched]) { h.Use(around(60*time.Millisecond), ID("u")) }, []string{"make u 60ms"}},
		{"a slow action is nobody's", func(h *Hook[*watched]) { h.Use(around(0), ID("u")) }, nil},
		{"use is not blamed for what it surrounds", func(h *Hook[*watched]) {
			h.Use(around(20*time.Millisecond), ID("u"))
			h.Use(around(70*time.Millisecond), ID("v"))
			h.Before(sleep(80*time.Millisecond), ID("b"))
		}, []string{"make b 80ms", "make v 70ms"}},
		{"after is not measured", func(h *Hook[*watched]) { h.After(sleep(time.Second)) }, nil},
	} {
		t.Run(tt.name, func(t *testing.T) {
			synctest.Test(t, func(t *testing.T) {
				var r struct{ Make Hook[*watched] }
				Walk(&r)
				tt.bind(&r.Make)
				e := &watched{}
				r.Make.Trigger(e, func(*watched) error { time.Sleep(time.Minute); return nil })
				if !slices.Equal(e.slow, tt.want) {
					t.Errorf("got %q, want %q", e.slow, tt.want)
				}
			})
		})
	}
}
