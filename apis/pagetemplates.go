package apis

import (
	"encoding/json"
	"slices"

	"github.com/stormkeep/stormkeep/core"
)

// pageTemplates serve the sources of pages that an application has in place of ours.
func (s *Server) pageTemplates() {
	k := s.App.KindNamed("pageTemplates")
	load := func(r *request, id string) (*core.PageTemplate, error) {
		rec, err := k.Load(r.tx, id)
		if err != nil {
			return nil, err
		}
		t := rec.(*core.PageTemplate)
		t.Ours(s.App)
		return t, nil
	}
	s.get(Route{Path: "pageTemplates/:id", Kind: "pageTemplates", Summary: "Read one PageTemplate, or the page as it is"},
		func(r *request, id string) (any, error) { return present(load(r, id)) })
	s.edit(k)
	s.remove(k)
	list[core.PageTemplate, *core.PageTemplate]{page: func(r *request, id string, p page) (core.Page[*core.PageTemplate], error) {
		var all []*core.PageTemplate
		for _, name := range core.PageNames {
			t, err := load(r, string(core.PageTemplateOf(core.ID[core.Application](id), name)))
			if err != nil {
				return core.Page[*core.PageTemplate]{}, err
			}
			all = append(all, t)
		}
		return cut(all, p), nil
	}}.serve(s, "applications/:id/pageTemplates", "List the pages of which an application may have its own")
	s.create(Route{Path: "applications/:id/pageTemplates", Kind: "applications", Body: "pageTemplates", Summary: "Put a template in place of a page"},
		func(r *request, id string, in map[string]json.RawMessage) (any, error) {
			if err := r.owner("applications", id); err != nil {
				return nil, err
			}
			name, err := required(in, "PageTemplate", "page")
			if err != nil {
				return nil, err
			}
			if !slices.Contains(core.PageNames, name) {
				return nil, fieldError("unsupported_value", "page", "PageTemplate page %q is not supported.", name)
			}
			rec, err := k.Load(r.tx, string(core.PageTemplateOf(core.ID[core.Application](id), name)))
			if err != nil {
				return nil, err
			}
			return r.write(k, rec, in, false)
		})
}

// failedTemplate logs what became of a template that was good when it was kept.
func (s *Server) failedTemplate(page string, err error) {
	s.App.Log.Error("the template of a page fails, and ours is shown", "page", page, "err", err)
}
