package core

import (
	"fmt"
	"testing"
)

func TestWhatWasAskedForLastIsRemembered(t *testing.T) {
	m := newRecent[string, int](3)
	for i := range 3 {
		m.add(fmt.Sprint(i), i)
	}
	for i := range 3 {
		if v, ok := m.get(fmt.Sprint(i)); !ok || v != i {
			t.Errorf("%d of a full generation: %d, %v", i, v, ok)
		}
	}
	m.add("3", 3)
	if v, ok := m.get("0"); !ok || v != 0 {
		t.Errorf("the generation before: %d, %v", v, ok)
	}
	m.add("0", 7)
	if v, _ := m.get("0"); v != 7 {
		t.Errorf("the younger one counts: %d", v)
	}
	for i := range 100 {
		m.add(fmt.Sprint("x", i), i)
	}
	if _, ok := m.get("3"); ok || len(m.young)+len(m.old) > 6 {
		t.Errorf("it forgets: %v, %d", ok, len(m.young)+len(m.old))
	}
}
