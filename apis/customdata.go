package apis

import (
	"bytes"
	"encoding/json"
	"maps"
	"net/url"
	"slices"

	"github.com/gofiber/fiber/v3"

	"github.com/stormkeep/stormkeep/core"
)

// customData serves the custom data of every kind that has it (spec 12).
func (s *Server) customData() {
	for _, k := range s.App.Kinds() {
		s.customDataOf(k.Info())
	}
}

// customDataOf serves the custom data of a kind, if it has any.
func (s *Server) customDataOf(info core.KindInfo) {
	if !info.Custom {
		return
	}
	path := info.Name + "/:id/customData"
	owner := func(id string) core.Ref { return core.Ref(info.Name + "/" + id) }
	show := func(r *request, id string) (any, error) {
		d, err := core.GetCustomData(r.tx, owner(id))
		if err != nil {
			return nil, err
		}
		o := &object{path: info.Name + "/" + id + "/customData", etag: tagOf(d.Rev), members: []core.ViewField{
			{Name: "createdAt", Value: d.CreatedAt}, {Name: "modifiedAt", Value: d.ModifiedAt}}}
		for _, key := range slices.Sorted(maps.Keys(d.Values)) {
			o.members = append(o.members, core.ViewField{Name: key, Value: d.Values[key]})
		}
		return o, nil
	}
	s.get(Route{Path: path, Kind: info.Name, Shows: "CustomData", Summary: "Read the custom data of one " + info.Noun}, show)
	s.change(Route{Path: path, Kind: info.Name, Shows: "CustomData", Summary: "Set keys of the custom data of one " + info.Noun},
		func(r *request, id string, in map[string]json.RawMessage) (any, error) {
			if err := r.freshCustom(owner(id)); err != nil {
				return nil, err
			}
			if err := core.MergeCustomData(r.tx, owner(id), in); err != nil {
				return nil, err
			}
			return show(r, id)
		})
	s.route(Route{Method: fiber.MethodDelete, Path: "/v1/" + path, Kind: info.Name, Status: 204,
		Summary: "Empty the custom data of one " + info.Noun}, s.handle(func(r *request, id string) error {
		if bytes.HasSuffix(r.c.Request().URI().PathOriginal(), []byte("/")) {
			// A client that deletes the key "" must not lose all others.
			return fieldError("custom_empty", "customData", "CustomData field names cannot be empty.")
		}
		return r.dropCustom(owner(id))
	}))
	s.route(Route{Method: fiber.MethodDelete, Path: "/v1/" + path + "/:key", Kind: info.Name, Status: 204,
		Summary: "Delete a key of the custom data of one " + info.Noun}, s.handle(func(r *request, id string) error {
		key, err := url.PathUnescape(r.c.Params("key"))
		if err != nil {
			return queryError("bad_encoding", "The key is not percent-encoded.")
		}
		return r.dropCustom(owner(id), key)
	}))
}

// freshCustom refuses a change of custom data that is not what its caller read (412).
func (r *request) freshCustom(owner core.Ref) error {
	if !r.conditional() {
		return nil
	}
	rev, err := core.CustomRevision(r.tx, owner)
	if err != nil {
		return err
	}
	return r.matches(tagOf(rev))
}

// dropCustom deletes keys of custom data, or all of it, and tells what state it then has.
func (r *request) dropCustom(owner core.Ref, keys ...string) error {
	var tag string
	err := r.update(func(r *request) (any, error) {
		if err := r.freshCustom(owner); err != nil {
			return nil, err
		}
		if err := core.DeleteCustomData(r.tx, owner, keys...); err != nil {
			return nil, err
		}
		rev, err := core.CustomRevision(r.tx, owner)
		tag = tagOf(rev)
		return nil, err
	})
	if err == nil {
		r.c.Set(fiber.HeaderETag, tag)
	}
	return err
}
