package apis

import (
	"context"
	"encoding/json"
	"maps"
	"slices"
	"strings"

	"github.com/gofiber/fiber/v3"

	"github.com/stormkeep/stormkeep/core"
	"github.com/stormkeep/stormkeep/core/meter"
)

// Visit is one request to a plugin's route below /v1, in the transaction in which it
// is answered.
type Visit struct {
	Tx *core.Tx
	ID string                     // what stands for :id
	In map[string]json.RawMessage // the members of the body of a POST
	r  *request
}

// Answer adds a route of a plugin. Its path is what follows /v1/. A GET is answered
// from an unchanging state, and can be expanded where a link leads to it; anything else
// in a transaction that is kept unless do fails, and may run again. What do returns is
// a record, a list made by Listed, or nil for 204; with the status 201 the record is a
// new one.
func (s *Server) Answer(rt Route, do func(v *Visit) (any, error)) {
	if rt.Method == fiber.MethodGet {
		s.get(rt, func(r *request, id string) (any, error) { return do(&Visit{Tx: r.tx, ID: id, r: r}) })
		return
	}
	rt.Path = "/v1/" + rt.Path
	s.route(rt, s.handle(func(r *request, id string) error {
		in, err := r.body()
		if err != nil {
			return err
		}
		return r.update(func(r *request) (any, error) {
			r.created = rt.Status == fiber.StatusCreated
			return do(&Visit{Tx: r.tx, ID: id, In: in, r: r})
		})
	}))
}

// Resource serves GET, POST and DELETE of the records of a kind at NAME/:id.
func (s *Server) Resource(k core.AnyKind) { s.resource(k) }

// Decode sets what the body names and the caller may set.
func (v *Visit) Decode(rec any, create bool) error { return v.r.decode(v.In, rec, create) }

// Text is a member of the body that must be a string; "" where it is not there.
func (v *Visit) Text(name string) (string, error) {
	value, _, err := text(v.In, name)
	return value, err
}

// Owner demands that the record below which the route lies exists.
func (v *Visit) Owner(kind string) error { return v.r.owner(kind, v.ID) }

// Filter is the value by which a list is narrowed, "" if it is not. Other attributes
// than names are refused.
func (v *Visit) Filter(name string, names ...string) (string, error) {
	for given := range v.r.page.where {
		if given != name && !slices.Contains(names, given) {
			return "", queryError("unsupported_query", "%q is not a supported query property.", given)
		}
	}
	if v.r.page.order != "" {
		return "", queryError("unsupported_order", "This list cannot be ordered.")
	}
	return v.r.page.where[name], nil
}

// Listed is the asked page of a list, at a path below /v1.
func Listed[T any, P core.Record[T]](v *Visit, path string, ix *core.Index[T], q core.Query) (any, error) {
	q.Offset, q.Limit = v.r.page.offset, v.r.page.limit
	p, err := core.List[T, P](v.Tx, ix, q)
	return collected(v.r, path, p), err
}

// reader sees what every operator may see, and no secret.
func reader(t core.ID[core.Tenant]) core.Actor {
	return core.Actor{Kind: core.ByKey, Tenant: t, Role: core.Auditor, Caps: core.Caps{Manage: true}}
}

// Shown is a record as /v1 shows it to who may see no secret, with hrefs of the public
// URL. It is only its href if it is gone, or of a kind that /v1 does not show by itself.
func (s *Server) Shown(ctx context.Context, t core.ID[core.Tenant], ref core.Ref) (out json.RawMessage, err error) {
	err = s.App.View(core.As(ctx, reader(t)), func(tx *core.Tx) error {
		r := &request{srv: s, who: nobody, tx: tx, base: s.publicURL + "/v1", page: page{limit: defaultLimit}}
		w := writer{request: r, plain: true}
		var shown any = &object{path: ref.Path()}
		if k := s.App.KindNamed(ref.Kind()); k != nil && !k.Info().Private && !k.Info().Internal && !strings.Contains(ref.ID(), "/") {
			rec, err := k.Load(tx, ref.ID())
			if err != nil && !core.IsNotFound(err) {
				return err
			}
			if err == nil {
				shown = rec
			}
		}
		err := w.node(shown, nil)
		out = w.b
		return err
	})
	return out, err
}

// Measures are what a plugin tells of itself in /metrics.
type Measures struct{ x *exposition }

// Count tells a counter by the values of a label.
func (m *Measures) Count(name, help, label string, values map[string]uint64) {
	m.x.family(name, counter, help)
	for _, v := range slices.Sorted(maps.Keys(values)) {
		m.x.sample(name, float64(values[v]), label, v)
	}
}

// Times tells a histogram of nanoseconds, in seconds.
func (m *Measures) Times(name, help string, h *meter.Histogram) {
	m.x.family(name, histogram, help)
	m.x.histogram(name, h.Read(), 1e9)
}

// Measure has fn tell what it has counted whenever /metrics is read.
func (s *Server) Measure(fn func(*Measures)) { s.measures = append(s.measures, fn) }

// Object is an answer that is no record: its path below /v1 and its members.
func Object(path string, members ...core.ViewField) any { return &object{path: path, members: members} }

// Href is where a record is, by the public URL.
func (s *Server) Href(ref core.Ref) string { return s.publicURL + "/v1/" + ref.Path() }
