package hooks

import (
	"fmt"
	"reflect"
	"strings"
	"unicode"
)

// Any is a hook without its event's type: what docs, tests and the console see.
type Any interface {
	// HookName is the hook's path in its registry: "account.create".
	HookName() string
	// Bound lists the handlers in the order they run.
	Bound() []Binding
	// Observe calls fn at the start of every Trigger until unobserve is called.
	Observe(fn func(name string)) (unobserve func())

	setName(string)
}

// Walk names every hook in registry, a pointer to a struct, after the path of
// fields that leads to it, and returns them in the order they are declared. It
// descends into structs; an embedded one adds nothing to the path. Names are in
// lower camel case: OAuth.UserInfo is "oAuth.userInfo", APIKey is "apiKey".
// Walking again gives the same names. It panics if registry is no such pointer or
// if two hooks get one name.
func Walk(registry any) []Any {
	v := reflect.ValueOf(registry)
	if v.Kind() != reflect.Pointer || v.Elem().Kind() != reflect.Struct {
		panic(fmt.Sprintf("hooks: Walk(%T): want a pointer to a struct", registry))
	}
	w := walker{seen: map[string]bool{}}
	w.walk(v.Elem(), "")
	return w.all
}

type walker struct {
	all  []Any
	seen map[string]bool
}

func (w *walker) walk(v reflect.Value, prefix string) {
	for i := range v.NumField() {
		field := v.Type().Field(i)
		if !field.IsExported() && !field.Anonymous || field.Type.Kind() != reflect.Struct {
			continue
		}
		path := prefix
		if !field.Anonymous {
			path = strings.TrimPrefix(prefix+"."+lowerCamel(field.Name), ".")
		}
		if !isHook(field.Type) {
			w.walk(v.Field(i), path)
			continue
		}
		if w.seen[path] {
			panic(fmt.Sprintf("hooks: Walk: two hooks are named %q", path))
		}
		w.seen[path] = true
		h := v.Field(i).Addr().Interface().(Any)
		if h.HookName() != path {
			h.setName(path)
		}
		w.all = append(w.all, h)
	}
}

// isHook asks the type and not its methods, because a struct that embeds a hook
// has those too and may hold others beside it.
func isHook(t reflect.Type) bool {
	return t.PkgPath() == reflect.TypeFor[Event]().PkgPath() && strings.HasPrefix(t.Name(), "Hook[")
}

// lowerCamel lowers the leading capitals, save the last one if a word starts
// there: Create, OAuth, APIKey and ID become create, oAuth, apiKey and id.
func lowerCamel(name string) string {
	rs := []rune(name)
	for i, r := range rs {
		if !unicode.IsUpper(r) || i > 0 && i+1 < len(rs) && unicode.IsLower(rs[i+1]) {
			break
		}
		rs[i] = unicode.ToLower(r)
	}
	return string(rs)
}
