package hooks

import (
	"strings"
	"testing"
)

func TestFiltersNarrow(t *testing.T) {
	big := func(e *ev) bool { return e.n > 10 }
	for _, tt := range []struct {
		name string
		bind func(h *Hook[*ev])
		e    *ev
		want string
	}{
		{"When holds", func(h *Hook[*ev]) { h.When(big).Before(says("b")) }, &ev{n: 11}, "b act"},
		{"When does not", func(h *Hook[*ev]) { h.When(big).Before(says("b")) }, &ev{n: 1}, "act"},
		{"For has the tag", func(h *Hook[*ev]) { h.For("directory:staff").After(says("a")) }, &ev{dir: "staff"}, "act a"},
		{"For has it not", func(h *Hook[*ev]) { h.For("directory:staff").After(says("a")) }, &ev{dir: "shop"}, "act"},
		{"For any of the tags", func(h *Hook[*ev]) { h.For("x", "directory:shop").After(says("a")) }, &ev{dir: "shop"}, "act a"},
		{"For no tags", func(h *Hook[*ev]) { h.For().After(says("a")) }, &ev{dir: "shop"}, "act"},
		{"a Use that is filtered out is no obstacle", func(h *Hook[*ev]) {
			h.When(big).Use(says("u"))
			h.Before(says("b"))
		}, &ev{}, "b act"},
		{"nor one inside another", func(h *Hook[*ev]) {
			h.Use(func(e *ev) error { e.say("u"); return e.Next() })
			h.When(big).Use(says("v"))
			h.Before(says("b"))
		}, &ev{}, "u b act"},
		{"chained filters must all hold: both", func(h *Hook[*ev]) { h.For("directory:staff").When(big).Before(says("b")) }, &ev{n: 11, dir: "staff"}, "b act"},
		{"chained filters must all hold: tag only", func(h *Hook[*ev]) { h.For("directory:staff").When(big).Before(says("b")) }, &ev{dir: "staff"}, "act"},
		{"chained filters must all hold: pred only", func(h *Hook[*ev]) { h.When(big).For("directory:staff").Before(says("b")) }, &ev{n: 11}, "act"},
		{"a filter sees what earlier handlers changed", func(h *Hook[*ev]) {
			h.When(big).Before(says("b"))
			h.Before(func(e *ev) error { e.n = 11; return nil }, Order(Early))
		}, &ev{}, "b act"},
		{"an After's filter sees what the action changed", func(h *Hook[*ev]) {
			h.For("directory:acted").After(says("a"))
		}, &ev{}, "act a"},
		{"a filter shared by two handlers", func(h *Hook[*ev]) {
			f := h.When(big)
			f.For("directory:x").Before(says("x"))
			f.Before(says("b"))
		}, &ev{n: 11}, "b act"},
	} {
		t.Run(tt.name, func(t *testing.T) {
			var h Hook[*ev]
			tt.bind(&h)
			err := h.Trigger(tt.e, func(e *ev) error {
				if e.dir == "" {
					e.dir = "acted"
				}
				return e.say("act")
			})
			if got := strings.Join(tt.e.log, " "); err != nil || got != tt.want {
				t.Errorf("got %q, want %q; %v", got, tt.want, err)
			}
		})
	}
}

type untagged struct{ Event }

func TestAnEventWithoutTagsHasNone(t *testing.T) {
	var h Hook[*untagged]
	h.For("directory:staff").Before(func(*untagged) error { return errRefused })
	if err := h.Trigger(&untagged{}, nop); err != nil {
		t.Error(err)
	}
}

func TestBandsAreInOrder(t *testing.T) {
	if !(First < Early && Early < 0 && 0 < Late && Late < Last) {
		t.Error(First, Early, Late, Last)
	}
}
