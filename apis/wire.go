package apis

import (
	"encoding/json"
	"fmt"
	"reflect"
	"slices"
	"strconv"
	"strings"
	"sync"
	"unicode/utf8"

	"github.com/stormkeep/stormkeep/core"
)

// shape is what the wire needs to know of a record's type, read from its tags
// once: json names a member, api says who may set it ("ro" nobody, "create" only
// who makes it, "-" it is not shown) and, after a comma, that an empty one is
// "null".
type shape struct {
	fields []member
	byName map[string]*member
}

type member struct {
	name   string
	index  []int
	typ    reflect.Type
	access string
	null   bool
	key    string // `"name":`
	link   bool   // an ID or a Ref
	prefix string // of the path that a link's value ends
}

var shapes sync.Map // reflect.Type → *shape

func shapeOf(t reflect.Type) *shape {
	if known, ok := shapes.Load(t); ok {
		return known.(*shape)
	}
	s := &shape{byName: map[string]*member{}}
	for _, f := range reflect.VisibleFields(t) {
		name, _, _ := strings.Cut(f.Tag.Get("json"), ",")
		access, opts, _ := strings.Cut(f.Tag.Get("api"), ",")
		if name == "" || name == "-" || f.Anonymous || !f.IsExported() || access == "-" {
			continue
		}
		m := member{name: name, index: f.Index, typ: f.Type, access: access, null: opts == "null", key: `"` + name + `":`}
		if m.link = isLink(f.Type); m.link {
			probe := reflect.ValueOf("x").Convert(f.Type).Interface().(core.Link).Path()
			m.prefix = strings.TrimSuffix(probe, "x")
		}
		s.fields = append(s.fields, m)
	}
	for i := range s.fields {
		s.byName[s.fields[i].name] = &s.fields[i]
	}
	known, _ := shapes.LoadOrStore(t, s)
	return known.(*shape)
}

// record is what every stored record offers the wire.
type record interface {
	Path() string
	Revision() uint64
}

// where is the path of a record on the wire, below the API's root, with its id and
// its kind.
func (s *Server) where(rec record) (path, id string, info core.KindInfo) {
	path = rec.Path()
	kind, id, _ := strings.Cut(path, "/")
	if k := s.App.KindNamed(kind); k != nil {
		if info = k.Info(); info.At != "" {
			path = info.Where(id)
		}
	}
	return path, id, info
}

// object is a shown thing that is no record: an href and members.
type object struct {
	path    string
	members []core.ViewField
	etag    string // of the record behind it, if there is one
}

// collection is one page of a list (spec 2.6).
type collection struct {
	path  string
	page  page
	size  int
	items []any
}

// writer renders what a request answers.
type writer struct {
	*request
	b     []byte
	plain bool // refuses what cannot be expanded, and expands nothing
}

// node appends one shown thing. expand is what to show whole below it; the items
// of a collection have it each. An answer past maxAnswer goes no further.
func (w *writer) node(v any, expand expansion) error {
	if err := w.form(v, expand); err != nil {
		return err
	}
	if len(w.b) > maxAnswer {
		return queryError("bad_query_value", "The answer would be too large; ask for a smaller page or fewer expansions.")
	}
	return nil
}

// form appends a thing in the form that its type has.
func (w *writer) form(v any, expand expansion) error {
	switch v := v.(type) {
	case *collection:
		return w.collection(v, expand)
	case *object:
		w.b = append(w.b, '{')
		if v.path != "" {
			w.href(v.path)
		}
		known, err := w.members(v.members, expand)
		if err != nil {
			return err
		}
		w.b = append(w.b, '}')
		return unknownExpansion(known, expand, func(name string) bool {
			return slices.ContainsFunc(v.members, func(f core.ViewField) bool { return f.Name == name && isLinkValue(f.Value) })
		})
	case record:
		return w.record(v, expand)
	}
	return fmt.Errorf("the wire has no form for %T", v)
}

func (w *writer) collection(c *collection, expand expansion) error {
	w.b = append(w.b, '{')
	w.href(c.path)
	w.b = append(w.b, `,"offset":`...)
	w.b = strconv.AppendInt(w.b, int64(c.page.offset), 10)
	w.b = append(w.b, `,"limit":`...)
	w.b = strconv.AppendInt(w.b, int64(c.page.limit), 10)
	w.b = append(w.b, `,"size":`...)
	w.b = strconv.AppendInt(w.b, int64(c.size), 10)
	w.b = append(w.b, `,"items":[`...)
	for i, item := range c.items {
		if i > 0 {
			w.b = append(w.b, ',')
		}
		if err := w.node(item, expand); err != nil {
			return err
		}
	}
	w.b = append(w.b, ']', '}')
	return nil
}

// record appends a record: its href, its fields, its links, and what its view
// adds.
func (w *writer) record(rec record, expand expansion) error {
	rv := reflect.ValueOf(rec).Elem()
	path, id, info := w.srv.where(rec)
	w.b = append(w.b, '{')
	w.href(path)
	known := 0
	s := shapeOf(rv.Type())
	for i := range s.fields {
		m := &s.fields[i]
		w.b = append(w.b, ',')
		w.b = append(w.b, m.key...)
		done, err := w.value(rv.FieldByIndex(m.index), m, expand)
		if err != nil {
			return err
		}
		known += done
	}
	n, err := w.childLinks(info, path, id, expand)
	if err != nil {
		return err
	}
	known += n
	if v, ok := rec.(core.Viewer); ok {
		view := core.View{Tx: w.tx}
		v.View(&view)
		n, err := w.members(view.Fields, expand)
		if err != nil {
			return err
		}
		known += n
	}
	w.b = append(w.b, '}')
	if known == len(expand) {
		return nil
	}
	return unknownExpansion(known, expand, w.linksOf(rec))
}

// unknownExpansion refuses a name that is no link of what is shown (2107).
func unknownExpansion(known int, expand expansion, isLink func(name string) bool) error {
	if known == len(expand) {
		return nil
	}
	for name := range expand {
		if !isLink(name) {
			return queryError("not_expandable", "%q is not a supported expandable property.", name)
		}
	}
	return nil
}

// mayExpand refuses what cannot be expanded, before work is done that its refusal
// would not undo.
func (r *request) mayExpand(isLink func(name string) bool) error {
	return unknownExpansion(-1, r.expand, isLink)
}

// accountOnly is mayExpand where only the account can be.
func accountOnly(name string) bool { return name == "account" }

// linksOf tells which members of a record are links.
func (w *writer) linksOf(rec record) func(name string) bool {
	have := map[string]bool{}
	s := shapeOf(reflect.TypeOf(rec).Elem())
	for _, m := range s.fields {
		have[m.name] = m.link
	}
	kind, _, _ := strings.Cut(kindPath(rec), "/")
	if k := w.srv.App.KindNamed(kind); k != nil {
		for _, l := range k.Info().Links {
			name, _, _ := strings.Cut(l, "=")
			have[name] = true
		}
	}
	return func(name string) bool { return have[name] }
}

// value appends a field. It returns 1 if it met one of the expansions.
func (w *writer) value(v reflect.Value, m *member, expand expansion) (int, error) {
	if m.link {
		path := v.String()
		if path != "" {
			path = m.prefix + path
		}
		want, ok := expand[m.name]
		if !ok {
			w.link(path)
			return 0, nil
		}
		return 1, w.expanded(path, want)
	}
	if m.null && v.IsZero() {
		w.b = append(w.b, "null"...)
		return 0, nil
	}
	switch v.Kind() {
	case reflect.String:
		w.b = appendString(w.b, v.String())
	case reflect.Bool:
		w.b = strconv.AppendBool(w.b, v.Bool())
	case reflect.Int, reflect.Int64, reflect.Int32:
		w.b = strconv.AppendInt(w.b, v.Int(), 10)
	default:
		if t, ok := v.Addr().Interface().(*core.Time); ok {
			w.b = t.AppendJSON(w.b)
			return 0, nil
		}
		if v.Kind() == reflect.Slice && v.Len() == 0 {
			w.b = append(w.b, '[', ']')
			return 0, nil
		}
		b, err := json.Marshal(v.Interface())
		if err != nil {
			return 0, err
		}
		w.b = append(w.b, b...)
	}
	return 0, nil
}

// members appends what a view adds, and tells how many of the expansions it met.
func (w *writer) members(fields []core.ViewField, expand expansion) (known int, err error) {
	for _, f := range fields {
		if n := len(w.b); w.b[n-1] != '{' {
			w.b = append(w.b, ',')
		}
		w.b = appendString(w.b, f.Name)
		w.b = append(w.b, ':')
		want, expanded := expand[f.Name]
		if expanded = expanded && isLinkValue(f.Value); expanded {
			known++
		}
		switch v := f.Value.(type) {
		case core.Link:
			if err := w.linkOr(v.Path(), want, expanded); err != nil {
				return known, err
			}
		case core.Href:
			if err := w.linkOr(string(v), want, expanded); err != nil {
				return known, err
			}
		case core.Secret:
			text, err := w.secret(string(v))
			if err != nil {
				return known, err
			}
			w.b = appendString(w.b, text)
		case core.Time:
			w.b = v.AppendJSON(w.b)
		case json.RawMessage:
			w.b = append(w.b, v...)
		case record:
			if err := w.node(v, nil); err != nil {
				return known, err
			}
		default:
			b, err := json.Marshal(v)
			if err != nil {
				return known, err
			}
			w.b = append(w.b, b...)
		}
	}
	return known, nil
}

// isLinkValue tells whether a view's member is a link.
func isLinkValue(v any) bool {
	switch v.(type) {
	case core.Link, core.Href:
		return true
	}
	return false
}

func (w *writer) linkOr(path string, want page, expanded bool) error {
	if expanded {
		return w.expanded(path, want)
	}
	w.link(path)
	return nil
}

// expanded appends what a link leads to, itself not expanded.
func (w *writer) expanded(path string, want page) error {
	if path == "" {
		w.b = append(w.b, "null"...)
		return nil
	}
	if w.plain {
		w.link(path)
		return nil
	}
	r := *w.request
	r.page, r.expanding = want, true
	v, err := w.srv.resolve(&r, path)
	if core.IsNotFound(err) {
		w.link(path) // built later, or gone meanwhile
		return nil
	}
	if err != nil {
		return err
	}
	return w.node(v, nil)
}

func (w *writer) href(path string) {
	w.b = append(w.b, `"href":"`...)
	w.b = append(w.b, w.base...)
	w.b = append(w.b, '/')
	w.b = append(w.b, path...)
	w.b = append(w.b, '"')
}

func (w *writer) link(path string) {
	if path == "" {
		w.b = append(w.b, "null"...)
		return
	}
	w.b = append(w.b, '{')
	w.href(path)
	w.b = append(w.b, '}')
}

var linkType = reflect.TypeFor[core.Link]()

func isLink(t reflect.Type) bool { return t.Kind() == reflect.String && t.Implements(linkType) }

// appendString appends s as JSON.
func appendString(b []byte, s string) []byte {
	for i := 0; i < len(s); i++ {
		if c := s[i]; c < ' ' || c >= utf8.RuneSelf || c == '"' || c == '\\' {
			out, err := json.Marshal(s)
			if err != nil {
				return append(b, `""`...)
			}
			return append(b, out...)
		}
	}
	b = append(b, '"')
	b = append(b, s...)
	return append(b, '"')
}
