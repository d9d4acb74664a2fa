package apis

import (
	"bytes"
	"encoding/json"
	"reflect"
	"slices"
	"strconv"
	"strings"
	"unicode/utf8"

	"github.com/stormkeep/stormkeep/core"
)

const maxDepth = 32 // of JSON

// parseObject reads a JSON object of bounded depth. An empty body is no object:
// nil.
func parseObject(b []byte) (map[string]json.RawMessage, error) {
	b = bytes.Trim(b, " \t\r\n")
	if len(b) == 0 {
		return nil, nil
	}
	if !utf8.Valid(b) {
		return nil, queryError("bad_encoding", "The request body is not valid UTF-8.")
	}
	if depth(b) > maxDepth {
		return nil, queryError("bad_query", "The request body is nested more than %d levels deep.", maxDepth)
	}
	var in map[string]json.RawMessage
	if err := json.Unmarshal(b, &in); err != nil || in == nil {
		return nil, &core.Error{Kind: core.Invalid, Code: "bad_query", Msg: "The request body is not a JSON object.", Err: err}
	}
	return in, nil
}

// depth is how deep the brackets of a JSON text nest.
func depth(b []byte) int {
	deepest, now := 0, 0
	text := false
	for i := 0; i < len(b); i++ {
		switch c := b[i]; {
		case text && c == '\\':
			i++
		case c == '"':
			text = !text
		case text:
		case c == '{' || c == '[':
			now++
			deepest = max(deepest, now)
		case c == '}' || c == ']':
			now--
		}
	}
	return deepest
}

// decode sets the members of rec that the body names and that the caller may set.
// Others are ignored, since SDKs post back what they hold (spec 2.4); a strict
// caller is told of names that are none. allowed are names that the handler reads
// itself.
func (r *request) decode(in map[string]json.RawMessage, rec any, create bool, allowed ...string) error {
	rv := reflect.ValueOf(rec).Elem()
	s := shapeOf(rv.Type())
	noun := ""
	if k, ok := rec.(record); ok {
		kind, _, _ := strings.Cut(kindPath(k), "/")
		if info := r.srv.App.KindNamed(kind); info != nil {
			noun = info.Info().Noun
		}
	}
	for name, raw := range in {
		m := s.byName[name]
		if m == nil {
			if r.strict && !r.knownName(rec, name, allowed) {
				return fieldError("unknown_field", name, "%q is not a property of this resource.", name)
			}
			continue
		}
		if m.access == "ro" || m.access == "create" && !create {
			continue
		}
		if err := r.set(rv.FieldByIndex(m.index), m, raw, noun); err != nil {
			return err
		}
	}
	return nil
}

// only refuses, for a strict caller, members of a body that sets no record's
// fields beyond those that its handler reads.
func (r *request) only(in map[string]json.RawMessage, allowed ...string) error {
	for name := range in {
		if r.strict && !slices.Contains(allowed, name) {
			return fieldError("unknown_field", name, "%q is not a property of this resource.", name)
		}
	}
	return nil
}

// kindPath is the record's path with any id: new records have none yet.
func kindPath(rec record) string {
	if p := rec.Path(); p != "" {
		return p
	}
	f, ok := reflect.TypeOf(rec).Elem().FieldByName("ID")
	if !ok {
		return ""
	}
	return reflect.ValueOf("x").Convert(f.Type).Interface().(core.Link).Path()
}

// knownName tells whether a body may name a member that is no field: a link, a
// view's member, or one that the handler reads.
func (r *request) knownName(rec any, name string, allowed []string) bool {
	for _, a := range allowed {
		if a == name {
			return true
		}
	}
	if name == "href" || name == "customData" || name == "tenant" {
		return true
	}
	if k, ok := rec.(record); ok {
		kind, _, _ := strings.Cut(kindPath(k), "/")
		if info := r.srv.App.KindNamed(kind); info != nil {
			for _, l := range info.Info().Links {
				if n, _, _ := strings.Cut(l, "="); n == name {
					return true
				}
			}
		}
	}
	if v, ok := rec.(core.Viewer); ok {
		view := core.View{Tx: r.tx}
		v.View(&view)
		for _, f := range view.Fields {
			if f.Name == name {
				return true
			}
		}
	}
	return false
}

func fieldError(code, field, format string, args ...any) error {
	e := core.Errorf(core.Invalid, code, format, args...)
	e.Fields = map[string]string{field: e.Msg}
	return e
}

// set reads one member, tolerantly: booleans and numbers may come as strings
// (spec 2.3), links as objects or strings, null clears.
func (r *request) set(v reflect.Value, m *member, raw json.RawMessage, noun string) error {
	wrong := func() error {
		return fieldError("wrong_type", m.name, "%s is of the wrong type.", strings.TrimSpace(noun+" "+m.name))
	}
	if isLink(m.typ) {
		return r.setLink(v, m, raw, noun)
	}
	text := string(raw)
	if text == "null" {
		if m.typ == reflect.TypeFor[string]() || v.Kind() == reflect.Slice {
			v.SetZero()
		}
		return nil
	}
	if unquoted := ""; v.Kind() != reflect.String && len(raw) > 0 && raw[0] == '"' && json.Unmarshal(raw, &unquoted) == nil {
		text = strings.ToLower(strings.TrimSpace(unquoted))
	}
	switch v.Kind() {
	case reflect.Bool:
		b, err := strconv.ParseBool(text)
		if err != nil {
			return wrong()
		}
		v.SetBool(b)
	case reflect.Int, reflect.Int64:
		n, err := strconv.ParseInt(text, 10, 64)
		if err != nil {
			f, ferr := strconv.ParseFloat(text, 64)
			if ferr != nil || f != float64(int64(f)) {
				return wrong()
			}
			n = int64(f)
		}
		v.SetInt(n)
	default:
		if _, own := v.Addr().Interface().(json.Unmarshaler); v.Kind() == reflect.Map && !own {
			v.SetZero() // what is left out is gone, unless the type puts what comes to what is there
		}
		if json.Unmarshal(raw, v.Addr().Interface()) != nil {
			return wrong()
		}
	}
	return nil
}

// setLink reads {"href": …} or a bare href.
func (r *request) setLink(v reflect.Value, m *member, raw json.RawMessage, noun string) error {
	href, err := hrefIn(raw)
	if err != nil {
		return fieldError("wrong_type", m.name, "%s %s must be an object with an href.", noun, m.name)
	}
	if href == "" {
		return nil
	}
	path, ok := r.pathOf(href)
	if !ok {
		return fieldError("invalid_reference", m.name, "%s %s does not refer to a resource of this server.", noun, m.name)
	}
	if m.typ == reflect.TypeFor[core.Ref]() {
		v.SetString(path)
		return nil
	}
	_, id, _ := strings.Cut(path, "/")
	if reflect.ValueOf(id).Convert(m.typ).Interface().(core.Link).Path() != path || strings.Contains(id, "/") {
		return fieldError("invalid_reference", m.name, "%s %s refers to a resource of another type.", noun, m.name)
	}
	v.SetString(id)
	return nil
}

// linked is the id of the record of type T that a body links to, false if it links to
// none.
func linked[T any](r *request, raw json.RawMessage) (core.ID[T], bool) {
	href, err := hrefIn(raw)
	if err != nil {
		return "", false
	}
	path, mine := r.pathOf(href)
	id, is := core.IDOf[T](core.Ref(path))
	return id, mine && is
}

// hrefIn is the href of {"href": …} or of a bare string; "" for null and for an
// object without one.
func hrefIn(raw json.RawMessage) (string, error) {
	var text string
	if json.Unmarshal(raw, &text) == nil {
		return text, nil
	}
	var link struct {
		Href string `json:"href"`
	}
	err := json.Unmarshal(raw, &link)
	return link.Href, err
}
