// Package hooks is the mechanism by which code outside the house takes part in
// what happens inside it. A [Hook] is one extension point; handlers are bound to
// it at start, and [Hook.Trigger] runs them around an action.
//
// There are three levels of handler. Before validates, changes or refuses. After
// reacts to what has been kept. Use goes around the action, for the one case in
// ten that needs both sides of it. Before and Use share one order; After handlers
// run when all of that has succeeded, because an outer Use may still refuse.
//
// The package knows nothing of identity, storage or HTTP. The catalogue of hooks
// is a struct of them, whose fields [Walk] names.
package hooks

import (
	"cmp"
	"reflect"
	"runtime"
	"slices"
	"strconv"
	"strings"
	"sync"
	"sync/atomic"
)

// Hook is one extension point for events of type E. Its zero value is ready, it
// must not be copied, and all its methods may be called from many goroutines: a
// Trigger runs the handlers that were bound when it began.
//
// The type of the event is that of its methods only: what they do is written, and
// compiled, once for all types, as the methods of point and list.
type Hook[E Carrier] struct{ point }

// point is a hook without its event's type.
type point struct {
	name atomic.Pointer[string]
	now  atomic.Pointer[list] // nil while there is nobody to tell
	mu   sync.Mutex           // held by whoever replaces now
	seq  int                  // bindings so far; guarded by mu
}

// list is what a hook holds at one moment. It is never changed, only replaced.
type list struct {
	around    []handler // Before and Use, in order
	after     []handler
	observers []*func(string)
	name      func() string
}

type handler struct {
	*label
	when func(Carrier) bool // nil is always
	fn   func(Carrier) error
}

// label is what a handler is called, without its type.
type label struct {
	Binding
	seq  int
	hook func() string // asked late: a hook may be named after handlers are bound
}

func (l *label) misuse(rule error) error {
	return &MisuseError{Hook: l.hook(), Handler: l.ID, Err: rule}
}

// Binding describes a bound handler, for docs and tests.
type Binding struct {
	ID       string
	Order    int
	Level    string // "before", "after" or "use"
	Filtered bool   // narrowed by When or For
}

const (
	before = "before"
	after  = "after"
	use    = "use"
)

// HookName is the path that Walk found the hook under, as "account.create". It
// is empty until then.
func (h *point) HookName() string {
	if p := h.name.Load(); p != nil {
		return *p
	}
	return ""
}

func (h *point) setName(name string) { h.name.Store(&name) }

// Idle reports whether a Trigger would do nothing but run its action. A caller
// may then spare itself the making of an event.
func (h *point) Idle() bool { return h.now.Load() == nil }

// Bound lists the handlers in the order they run: Before and Use, then After.
func (h *point) Bound() []Binding {
	l := h.now.Load()
	if l == nil {
		return nil
	}
	var all []Binding
	for _, hd := range slices.Concat(l.around, l.after) {
		all = append(all, hd.Binding)
	}
	return all
}

// Observe calls fn with the hook's name at the start of every Trigger, until the
// returned function is called.
func (h *point) Observe(fn func(name string)) (unobserve func()) {
	if fn == nil {
		panic("hooks: Observe(nil)")
	}
	h.replace(func(l *list) { l.observers = append(l.observers, &fn) })
	return func() {
		h.replace(func(l *list) {
			l.observers = slices.DeleteFunc(l.observers, func(o *func(string)) bool { return o == &fn })
		})
	}
}

// Unbind removes the handler with this id and reports whether there was one.
func (h *point) Unbind(id string) (found bool) {
	h.replace(func(l *list) { _, found = l.take(id) })
	return found
}

// replace gives change a copy of the list to work on, and publishes it.
func (h *point) replace(change func(*list)) {
	h.mu.Lock()
	defer h.mu.Unlock()
	l := &list{name: h.HookName}
	if old := h.now.Load(); old != nil {
		l.around = slices.Clone(old.around)
		l.after = slices.Clone(old.after)
		l.observers = slices.Clone(old.observers)
	}
	change(l)
	if len(l.around)+len(l.after)+len(l.observers) == 0 {
		l = nil
	}
	h.now.Store(l)
}

// take removes the handler with this id and returns its label.
func (l *list) take(id string) (was *label, found bool) {
	for _, hs := range []*[]handler{&l.around, &l.after} {
		if i := slices.IndexFunc(*hs, func(hd handler) bool { return hd.ID == id }); i >= 0 {
			was = (*hs)[i].label
			*hs = slices.Delete(*hs, i, i+1)
			return was, true
		}
	}
	return nil, false
}

func (l *list) has(id string) bool {
	is := func(hd handler) bool { return hd.ID == id }
	return slices.ContainsFunc(l.around, is) || slices.ContainsFunc(l.after, is)
}

// bind binds fn, of which origin is the function as it was given.
func (h *point) bind(level string, when func(Carrier) bool, fn func(Carrier) error, origin any, opts []Option) {
	var o options
	for _, opt := range opts {
		opt(&o)
	}
	h.replace(func(l *list) {
		h.seq++
		lb := &label{seq: h.seq, hook: h.HookName}
		lb.Binding = Binding{ID: o.id, Order: o.order, Level: level, Filtered: when != nil}
		if o.id == "" {
			lb.ID = unused(funcName(origin), l.has)
		} else if was, ok := l.take(o.id); ok {
			lb.seq = was.seq
			if !o.ordered {
				lb.Order = was.Order
			}
		}
		into := &l.around
		if level == after {
			into = &l.after
		}
		*into = append(*into, handler{lb, when, fn})
		slices.SortFunc(*into, func(a, b handler) int {
			return cmp.Or(cmp.Compare(a.Order, b.Order), cmp.Compare(a.seq, b.seq))
		})
	})
}

// funcName is the function's name with its package's, as "audit.Register.func1".
func funcName(fn any) string {
	f := runtime.FuncForPC(reflect.ValueOf(fn).Pointer())
	if f == nil {
		return "func"
	}
	return shortName(f.Name())
}

// shortName drops the path before a package's name, but keeps the element before
// a major version ("mod/v2.Register"), which alone says nothing. The compiler
// marks method values with -fm and writes a dot in a path's last element as %2e.
func shortName(name string) string {
	name = strings.ReplaceAll(strings.TrimSuffix(name, "-fm"), "%2e", ".")
	path, _, _ := strings.Cut(name, "[") // type arguments have paths of their own
	i := strings.LastIndexByte(path, '/')
	if i < 0 {
		return name
	}
	last, _, _ := strings.Cut(path[i+1:], ".")
	if v, ok := strings.CutPrefix(last, "v"); ok {
		if _, err := strconv.Atoi(v); err == nil {
			i = strings.LastIndexByte(path[:i], '/')
		}
	}
	return name[i+1:]
}

// unused counts up from the second handler of a name on, so that one function
// bound twice is two handlers.
func unused(name string, taken func(string) bool) string {
	id := name
	for n := 2; taken(id); n++ {
		id = name + "#" + strconv.Itoa(n)
	}
	return id
}
