package hooks

import (
	"slices"
	"strings"
	"sync"
	"testing"
)

func ids(h Any) string {
	var s []string
	for _, b := range h.Bound() {
		s = append(s, b.ID)
	}
	return strings.Join(s, " ")
}

func TestBindings(t *testing.T) {
	for _, tt := range []struct {
		name string
		bind func(h *Hook[*ev])
		ids  string // as listed
		ran  string // as run by a Trigger
	}{
		{"none", func(h *Hook[*ev]) {}, "", "act"},
		{"as bound", func(h *Hook[*ev]) {
			h.Before(says("1"), ID("a"))
			h.Before(says("2"), ID("b"))
		}, "a b", "1 2 act"},
		{"by band, then as bound", func(h *Hook[*ev]) {
			h.Before(says("6"), ID("last"), Order(Last))
			h.Before(says("5"), ID("late"), Order(Late))
			h.Before(says("3"), ID("mid"))
			h.Before(says("4"), ID("mid2"))
			h.Before(says("2"), ID("early"), Order(Early))
			h.Before(says("1"), ID("first"), Order(First))
			h.Before(says("0"), ID("sooner"), Order(First-1))
		}, "sooner first early mid mid2 late last", "0 1 2 3 4 5 6 act"},
		{"after handlers are last and have an order too", func(h *Hook[*ev]) {
			h.After(says("4"), ID("d"), Order(Late))
			h.After(says("3"), ID("c"), Order(First))
			h.Before(says("2"), ID("b"), Order(Last))
			h.Before(says("1"), ID("a"))
		}, "a b c d", "1 2 act 3 4"},
		{"the same id replaces in place", func(h *Hook[*ev]) {
			h.Before(says("old"), ID("a"))
			h.Before(says("2"), ID("b"))
			h.Before(says("new"), ID("a"))
		}, "a b", "new 2 act"},
		{"a replacement keeps its band", func(h *Hook[*ev]) {
			h.Before(says("1"), ID("b"))
			h.Before(says("old"), ID("a"), Order(First))
			h.Before(says("new"), ID("a"))
		}, "a b", "new 1 act"},
		{"a replacement moves if it says so", func(h *Hook[*ev]) {
			h.Before(says("old"), ID("a"), Order(First))
			h.Before(says("1"), ID("b"))
			h.Before(says("new"), ID("a"), Order(Late))
		}, "b a", "1 new act"},
		{"a replacement may be of another level", func(h *Hook[*ev]) {
			h.Before(says("old"), ID("a"))
			h.After(says("new"), ID("a"))
		}, "a", "act new"},
		{"unbound", func(h *Hook[*ev]) {
			h.Before(says("1"), ID("a"))
			h.After(says("2"), ID("b"))
			if !h.Unbind("a") || h.Unbind("a") || h.Unbind("c") {
				h.Before(says("wrong answer of Unbind"))
			}
		}, "b", "act 2"},
	} {
		t.Run(tt.name, func(t *testing.T) {
			var h Hook[*ev]
			tt.bind(&h)
			if got := ids(&h); got != tt.ids {
				t.Errorf("listed %q, want %q", got, tt.ids)
			}
			e := &ev{}
			if err := h.Trigger(e, says("act")); err != nil || !e.is(strings.Fields(tt.ran)...) {
				t.Errorf("ran %q, want %q; %v", e.log, tt.ran, err)
			}
		})
	}
}

func TestBoundTellsOrderLevelAndFilter(t *testing.T) {
	var h Hook[*ev]
	h.After(nop, ID("c"))
	h.For("x").Use(nop, ID("b"), Order(Late))
	h.Before(nop, ID("a"), Order(Early))
	want := []Binding{{"a", Early, "before", false}, {"b", Late, "use", true}, {"c", 0, "after", false}}
	if got := h.Bound(); !slices.Equal(got, want) {
		t.Errorf("got %v, want %v", got, want)
	}
}

type plugin struct{}

func (*plugin) check(*ev) error { return nil }

func named(*ev) error { return nil }

func TestAHandlerWithoutIDIsCalledAfterItsFunction(t *testing.T) {
	var h Hook[*ev]
	h.Before(named)
	h.Before(named)
	h.After(named, ID(""))
	h.Before((&plugin{}).check)
	h.Before(func(*ev) error { return nil })
	want := "hooks.named hooks.named#2 hooks.(*plugin).check " +
		"hooks.TestAHandlerWithoutIDIsCalledAfterItsFunction.func1 hooks.named#3"
	if got := ids(&h); got != want {
		t.Errorf("got  %s\nwant %s", got, want)
	}
	if !h.Unbind("hooks.named") || len(h.Bound()) != 4 {
		t.Errorf("left %s", ids(&h))
	}
}

func TestShortNames(t *testing.T) {
	for full, want := range map[string]string{
		"main.main.func1":                         "main.main.func1",
		"github.com/acme/audit.Register.func1":    "audit.Register.func1",
		"github.com/acme/audit/v2.Register":       "audit/v2.Register",
		"gopkg.in/audit%2ev3.(*Log).Write-fm":     "audit.v3.(*Log).Write",
		"github.com/acme/vault.Open":              "vault.Open",
		"github.com/acme/a.Of[github.com/x/y.T]":  "a.Of[github.com/x/y.T]",
		"github.com/acme/a.Of[...].func1":         "a.Of[...].func1",
		"github.com/acme/v2/audit.Register.func2": "audit.Register.func2",
		"v2.Register": "v2.Register",
	} {
		if got := shortName(full); got != want {
			t.Errorf("%s: got %s, want %s", full, got, want)
		}
	}
}

func TestIdleIsWhenNobodyListens(t *testing.T) {
	var h Hook[*ev]
	idle := func(want bool, when string) {
		t.Helper()
		if h.Idle() != want {
			t.Errorf("%s: idle is %v", when, !want)
		}
	}
	idle(true, "new")
	h.Before(nop, ID("a"))
	idle(false, "bound")
	h.Unbind("a")
	idle(true, "unbound")
	stop := h.Observe(func(string) {})
	idle(false, "observed")
	stop()
	stop()
	idle(true, "unobserved")
}

func TestObserversHearEveryTrigger(t *testing.T) {
	var r struct{ Login Hook[*ev] }
	Walk(&r)
	var heard []string
	hear := func(who string) func() {
		return r.Login.Observe(func(name string) { heard = append(heard, who+" "+name) })
	}
	stopA := hear("a")
	stopB := hear("b")
	r.Login.Trigger(&ev{}, nop)
	stopA()
	r.Login.Before(func(*ev) error { return errRefused })
	r.Login.Trigger(&ev{}, nop)
	stopB()
	r.Login.Trigger(&ev{}, nop)
	if want := []string{"a login", "b login", "b login"}; !slices.Equal(heard, want) {
		t.Errorf("got %q, want %q", heard, want)
	}
}

func TestMistakesOfBindingPanicAtOnce(t *testing.T) {
	for name, do := range map[string]func(h *Hook[*ev]){
		"Before(nil)":    func(h *Hook[*ev]) { h.Before(nil) },
		"When(nil)":      func(h *Hook[*ev]) { h.When(nil) },
		"When.When(nil)": func(h *Hook[*ev]) { h.For("a").When(nil) },
		"Observe(nil)":   func(h *Hook[*ev]) { h.Observe(nil) },
	} {
		t.Run(name, func(t *testing.T) {
			defer func() {
				if recover() == nil {
					t.Error("no panic")
				}
			}()
			do(new(Hook[*ev]))
		})
	}
}

// Run with -race. Each Trigger sees one list, whole: a pair that is bound and
// unbound around it must never be seen out of order.
func TestTriggersAndBindingsRunTogether(t *testing.T) {
	var r struct{ Create Hook[*ev] }
	h := &r.Create
	h.Use(func(e *ev) error { e.n++; return e.Next() }, ID("count"))
	var wg sync.WaitGroup
	for range 4 {
		wg.Go(func() {
			e := &ev{}
			for range 300 {
				e.n, e.log = 0, nil
				if err := h.Trigger(e, says("act")); err != nil || e.n != 1 || !slices.Contains(e.log, "act") {
					t.Errorf("got %v, %d, %q", err, e.n, e.log)
					return
				}
			}
		})
	}
	wg.Go(func() {
		for range 100 {
			h.Before(says("b"), ID("b"))
			h.After(says("a"))
			h.When(func(e *ev) bool { return e.n > 0 }).Use(func(e *ev) error { return e.Next() }, ID("u"))
			h.Unbind("b")
			h.Observe(func(string) {})()
		}
	})
	wg.Go(func() {
		for range 100 {
			Walk(&r)
			h.Bound()
			h.Idle()
		}
	})
	wg.Wait()
	if got := len(h.Bound()); got != 102 {
		t.Errorf("%d handlers are bound, want 102", got)
	}
}
