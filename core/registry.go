package core

import (
	"fmt"
	"maps"
	"slices"
)

// Registry holds what plugins add by name before the app starts.
type Registry[T any] struct {
	app *App
	all map[string]T
}

// Add registers v. It panics for a name that is there already, and once the app has
// started: both are faults of the program.
func (r *Registry[T]) Add(name string, v T) {
	if _, taken := r.all[name]; taken || name == "" || r.app.started {
		panic(fmt.Sprintf("core: %q cannot be registered: the name is empty or taken, or the app has started", name))
	}
	if r.all == nil {
		r.all = map[string]T{}
	}
	r.all[name] = v
}

// Has tells whether there is something of that name.
func (r *Registry[T]) Has(name string) bool { _, ok := r.all[name]; return ok }

// Get is what has that name, the zero T if nothing has.
func (r *Registry[T]) Get(name string) T { return r.all[name] }

// Names are those that are registered, in order.
func (r *Registry[T]) Names() []string { return slices.Sorted(maps.Keys(r.all)) }
